//! Time expressions against TIMEX3 annotation (`*.tml`), by the rules of TempEval-3: an expression is found strictly where its
//! extent is the same, relaxed where it overlaps; its value counts only where it is found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};
use whodid::pipeline::Coder;
use whodid::record::{Document, Format, Stamp};

/// One gold expression: first and last character, counted without white space; value and type.
struct Gold {
    extent: (usize, usize),
    value: String,
    kind: String,
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
}

impl Counts {
    fn f1(&self, right: usize) -> f64 {
        super::percent(2.0 * right as f64, (self.gold + self.found) as f64)
    }
}

/// Scores a folder of `.tml` files, or one.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let mut files: Vec<PathBuf> = if path.is_dir() {
        std::fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| file.extension().is_some_and(|end| end == "tml")).collect()
    } else {
        vec![path.to_owned()]
    };
    files.sort();
    let show = std::env::var_os("WHODID_SHOW").is_some();
    let coder = Coder::default();
    let mut all = Counts::default();
    let mut by_kind: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for file in &files {
        let source = std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
        let (text, day, gold) = read(&source).with_context(|| format!("{}: not TimeML", file.display()))?;
        let document = Document {
            bytes: text.clone().into_bytes(),
            format: Format::Text,
            path: file.display().to_string(),
            published: day.parse().ok().map(Stamp::day),
            ..Document::default()
        };
        let coded = coder.code(&document);
        // Characters of the article without white space: the reader may join lines, it changes nothing else.
        let mut place = vec![0usize; coded.article.text.len() + 1];
        let mut count = 0;
        for (at, character) in coded.article.text.char_indices() {
            place[at] = count;
            count += usize::from(!character.is_whitespace());
        }
        place[coded.article.text.len()] = count;
        if count != text.chars().filter(|character| !character.is_whitespace()).count() {
            anyhow::bail!("{}: the article has other characters than the text", file.display());
        }
        let found: Vec<((usize, usize), &whodid::record::TimeMention)> =
            coded.mentions.times.iter().filter_map(|time| time.when.span.map(|span| ((place[span.start as usize], place[span.end as usize]), time))).collect();
        all.gold += gold.len();
        all.found += found.len();
        let mut taken = vec![false; found.len()];
        for gold in &gold {
            let entry = by_kind.entry(gold.kind.to_lowercase()).or_default();
            entry.0 += 1;
            let hit = found
                .iter()
                .position(|(extent, _)| *extent == gold.extent)
                .or_else(|| found.iter().enumerate().position(|(index, (extent, _))| !taken[index] && extent.0 < gold.extent.1 && gold.extent.0 < extent.1));
            match hit {
                Some(index) => {
                    taken[index] = true;
                    all.relaxed += 1;
                    entry.1 += 1;
                    let strict = found[index].0 == gold.extent;
                    all.strict += usize::from(strict);
                    let same = found[index].1.when.timex == gold.value;
                    all.value += usize::from(same);
                    entry.2 += usize::from(same);
                    if show && !(same && strict) {
                        let span = found[index].1.when.span.map_or("", |span| span.of(&coded.article.text));
                        println!(
                            "{}\t{day}\t{:?}\t{}\t{span}\t{}",
                            if strict { "VALUE" } else { "SPAN" },
                            words(&text, gold.extent),
                            gold.value,
                            found[index].1.when.timex
                        );
                    }
                }
                None if show => println!(
                    "MISSED\t{day}\t{:?}\t{}\t{}",
                    words(&text, gold.extent),
                    gold.value,
                    words(&text, (gold.extent.0.saturating_sub(25), gold.extent.1 + 25))
                ),
                None => {}
            }
        }
        if show {
            for (index, (extent, time)) in found.iter().enumerate() {
                if !taken[index] {
                    println!("EXTRA\t{day}\t{:?}\t{}\t{}", words(&text, *extent), time.when.timex, words(&text, (extent.0.saturating_sub(25), extent.1 + 25)));
                }
            }
        }
    }
    let mut line = json!({
        "task": "time", "set": super::set(path), "n": all.gold,
        "strict_f1": all.f1(all.strict), "relaxed_f1": all.f1(all.relaxed), "value_f1": all.f1(all.value),
        "relaxed_precision": super::percent(all.relaxed as f64, all.found as f64), "relaxed_recall": super::percent(all.relaxed as f64, all.gold as f64),
    });
    for (kind, (gold, relaxed, value)) in by_kind {
        line[format!("{kind}_recall")] = json!(super::percent(relaxed as f64, gold as f64));
        line[format!("{kind}_value")] = json!(super::percent(value as f64, gold as f64));
    }
    Ok(line)
}

/// The text of a `.tml` file, the day it was made, and its expressions.
fn read(source: &str) -> anyhow::Result<(String, String, Vec<Gold>)> {
    let head = source.split("<TEXT>").next().unwrap_or("");
    let dct = head.split("<DCT>").nth(1).context("no DCT")?;
    let day = attribute(dct, "value").context("no value in DCT")?.get(..10).unwrap_or("").to_owned();
    let body = source.split_once("<TEXT>").context("no TEXT")?.1;
    let body = body.split_once("</TEXT>").context("TEXT has no end")?.0.trim();
    let mut text = String::new();
    let mut gold = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    let mut count = 0;
    let mut rest = body;
    while let Some(next) = rest.chars().next() {
        if next == '<' {
            let (tag, after) = rest[1..].split_once('>').context("a tag has no end")?;
            rest = after;
            if tag.starts_with("TIMEX3") {
                open = Some((count, attribute(tag, "value").unwrap_or_default(), attribute(tag, "type").unwrap_or_default()));
            } else if tag == "/TIMEX3"
                && let Some((start, value, kind)) = open.take()
                && count > start
            {
                gold.push(Gold { extent: (start, count), value, kind });
            }
            continue;
        }
        let (character, length) = if next == '&' { entity(rest) } else { (next, next.len_utf8()) };
        text.push(character);
        count += usize::from(!character.is_whitespace());
        rest = &rest[length..];
    }
    Ok((text, day, gold))
}

fn entity(rest: &str) -> (char, usize) {
    for (name, character) in [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\'')] {
        if rest.starts_with(name) {
            return (character, name.len());
        }
    }
    ('&', 1)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    Some(tag[start..].split('"').next()?.to_owned())
}

/// The stretch of `text` between two characters counted without white space.
fn words(text: &str, (start, end): (usize, usize)) -> String {
    let mut count = 0;
    let mut found = String::new();
    for character in text.chars() {
        if count >= start && count < end {
            found.push(if character.is_whitespace() { ' ' } else { character });
        }
        count += usize::from(!character.is_whitespace());
    }
    found.trim().to_owned()
}
