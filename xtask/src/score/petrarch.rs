//! Events coded with a user's dictionaries, against the validation records of PETRARCH 2 and UniversalPetrarch.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use whodid::pipeline::Coder;
use whodid::record::{Document, Stamp};
use whodid::resource::petrarch::Dictionaries;

/// An event: code, source, target.
type Coding = (String, String, String);

/// Scores a file of records. The dictionaries stand beside it, or in the folder `phoenix` where the records name those.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let folder: PathBuf = if text.contains("Phoenix.Countries") { folder.join("phoenix") } else { folder };
    let dictionaries = Dictionaries::read(&folder).with_context(|| folder.display().to_string())?;
    let included = within(&text, "Include").unwrap_or("").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let coder = Coder::default();
    let (mut n, mut gold_n, mut found_n, mut right, mut whole) = (0, 0, 0, 0, 0);
    for record in uncommented(&text).split("<Sentence ").skip(1) {
        let head = record.split('>').next().unwrap_or("");
        let category = attribute(head, "category").unwrap_or_default();
        if attribute(head, "evaluate").is_some_and(|value| value.eq_ignore_ascii_case("false")) || !included.contains(&category) {
            continue;
        }
        let Some(body) = record.split("</Sentence>").next() else { continue };
        let codings: Vec<&str> = body.split("<EventCoding ").skip(1).map(|coding| coding.split("/>").next().unwrap_or("")).collect();
        if codings.iter().any(|coding| coding.contains("error=")) {
            continue;
        }
        let mut gold: Vec<Coding> = codings
            .iter()
            .filter_map(|coding| {
                Some((attribute(coding, "eventcode")?, attribute(coding, "sourcecode")?.to_uppercase(), attribute(coding, "targetcode")?.to_uppercase()))
            })
            .collect();
        gold.sort();
        gold.dedup();
        let sentence = within(body, "Text").unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&");
        let day = attribute(head, "date").and_then(|day| day_of(&day));
        let document = Document { bytes: sentence.clone().into_bytes(), published: day.map(Stamp::day), ..Document::default() };
        let (_, events) = coder.code_with(&document, &dictionaries);
        let mut found: Vec<Coding> = events.into_iter().map(|event| (event.code, event.source, event.target)).collect();
        found.sort();
        found.dedup();
        let hits = gold.iter().filter(|coding| found.contains(coding)).count();
        // A record without an event that yields none is one right.
        let none = usize::from(gold.is_empty() && found.is_empty());
        n += 1;
        gold_n += gold.len().max(usize::from(gold.is_empty()));
        found_n += found.len() + none;
        right += hits + none;
        whole += usize::from(gold == found);
        if std::env::var_os("WHODID_SHOW").is_some() && gold != found {
            println!("{} {sentence}\n    gold {gold:?}\n    got  {found:?}", attribute(head, "id").unwrap_or_default());
        }
    }
    Ok(json!({
        "task": "petrarch", "set": super::set(path), "n": n, "recall": super::percent(right as f64, gold_n as f64),
        "precision": super::percent(right as f64, found_n as f64), "f1": super::f1(right, found_n, gold_n), "whole": super::percent(whole as f64, n as f64),
        "problems": dictionaries.problems.len(),
    }))
}

/// The file is no strict XML: comments with "--" inside.
fn uncommented(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("<!--") {
        kept.push_str(&rest[..open]);
        rest = rest[open..].split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn within<'t>(text: &'t str, tag: &str) -> Option<&'t str> {
    text.split_once(&format!("<{tag}>"))?.1.split_once(&format!("</{tag}>")).map(|(inner, _)| inner)
}

fn attribute(text: &str, name: &str) -> Option<String> {
    let after = text.split_once(&format!("{name}="))?.1.trim_start();
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    after[1..].split(quote).next().map(str::to_owned)
}

/// YYYYMMDD or YYMMDD.
fn day_of(text: &str) -> Option<jiff::civil::Date> {
    let number: i32 = text.trim().parse().ok()?;
    let year = if text.trim().len() == 6 { number / 10_000 + if number / 10_000 <= 30 { 2000 } else { 1900 } } else { number / 10_000 };
    jiff::civil::Date::new(year as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}
