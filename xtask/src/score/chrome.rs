//! Zones of pages: the project's own gold, plain text and HTML with each visible stretch marked `{{zone|text}}`. With SHOW set, every miss is printed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde_json::{Map, Value, json};
use whodid::article;
use whodid::record::{Document, Zone};

use super::{percent, set};

/// How often a zone was found, wrongly given, and missed.
#[derive(Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Scores the marked pages of a folder: a block is right when its zone and its text are those of a mark.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let mut files: Vec<_> = std::fs::read_dir(path).with_context(|| path.display().to_string())?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt" || extension == "html"));
    files.sort();
    let mut counts: BTreeMap<Zone, Count> = BTreeMap::new();
    for file in &files {
        let marked = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let (page, mut wanted) = unmark(&marked).with_context(|| file.display().to_string())?;
        let document = Document { bytes: page.into_bytes(), path: file.display().to_string(), ..Document::default() };
        let article = article::read(&document, &mut Vec::new());
        for block in &article.zones {
            let found = (block.zone, squeeze(block.span.of(&article.text)));
            match wanted.iter().position(|other| *other == found) {
                Some(at) => {
                    wanted.remove(at);
                    counts.entry(block.zone).or_default().right += 1;
                }
                None => {
                    counts.entry(block.zone).or_default().wrong += 1;
                    show("wrong", file, &found);
                }
            }
        }
        for missed in wanted {
            counts.entry(missed.0).or_default().missed += 1;
            show("missed", file, &missed);
        }
    }
    let f1 = |count: &Count| percent(2.0 * count.right as f64, (2 * count.right + count.wrong + count.missed) as f64);
    let all = counts.values().fold(Count::default(), |sum, count| Count {
        right: sum.right + count.right,
        wrong: sum.wrong + count.wrong,
        missed: sum.missed + count.missed,
    });
    let mut line = Map::new();
    line.insert("task".into(), json!("chrome"));
    line.insert("set".into(), json!(set(path)));
    line.insert("n".into(), json!(all.right + all.missed));
    line.insert("f1".into(), json!(f1(&all)));
    for (zone, count) in counts.iter().filter(|(_, count)| count.right + count.missed > 0) {
        line.insert(format!("{zone}_f1"), json!(f1(count)));
    }
    Ok(Value::Object(line))
}

fn show(what: &str, file: &Path, (zone, text): &(Zone, String)) {
    if std::env::var_os("SHOW").is_some() {
        eprintln!("{what} {} {zone}: {text}", file.file_name().unwrap_or_default().display());
    }
}

/// The page without its marks, and what was marked.
fn unmark(marked: &str) -> anyhow::Result<(String, Vec<(Zone, String)>)> {
    let (mut page, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(at) = rest.find("{{") {
        page.push_str(&rest[..at]);
        let (mark, after) = rest[at + 2..].split_once("}}").context("a mark is not closed")?;
        let (zone, text) = mark.split_once('|').context("a mark has no zone")?;
        page.push_str(text);
        wanted.push((Zone::parse(zone).with_context(|| format!("{zone}: no such zone"))?, squeeze(&untagged(text))));
        rest = after;
    }
    page.push_str(rest);
    Ok((page, wanted))
}

/// Without the tags in it.
fn untagged(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|&c| {
            let shown = !inside && c != '<';
            inside = c == '<' || inside && c != '>';
            shown
        })
        .collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
