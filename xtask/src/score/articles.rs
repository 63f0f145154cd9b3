//! Whole articles: of what a careful human takes from them, how much is found, and how much of what is found is right.
//!
//! PATH is a folder of JSON Lines, one file an article: the first line is the article (`text`, `published`, and `title`, `publisher`,
//! `url` where known), the others are its records in the published form. A stretch of gold may lack its offsets; it is then
//! looked up in the text. Records are matched one to one within a kind, in text order, where the triggers of events, or the evidence of others, overlap and the
//! type is the same: event_type, form, measure and number (the value, else the lower bound), state; for actors, the country and the name. `status_acc` and
//! `attribution_acc` are over the matched records; attribution is right where both have the same number of sources and
//! each gold source's words are part of, or hold, those found. `asserted_kept`: of the events found as asserted, those that the gold has;
//! `real_found`: of the gold events that are told as done (asserted, reported or alleged), those that are found. Kinds that the gold does not
//! code are left out.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use whodid::export::record::records;
use whodid::pipeline::Coder;
use whodid::record::{Document, Stamp};

use super::percent;

/// Kinds that are scored, with the fields that make their type.
const KINDS: &[(&str, &[&str])] =
    &[("event", &["event_type"]), ("quote", &["form"]), ("figure", &["measure"]), ("pledge", &["state"]), ("actor", &["country", "name"])];

#[derive(Default)]
struct Tally {
    gold: u32,
    found: u32,
    matched: u32,
    status: u32,
    attribution: u32,
    actors: u32,
    asserted: (u32, u32),
    real: (u32, u32),
}

pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let mut files: Vec<_> = std::fs::read_dir(path).with_context(|| format!("{}: cannot be read", path.display()))?.collect::<Result<_, _>>()?;
    files.retain(|file| file.path().extension().is_some_and(|extension| extension == "jsonl"));
    files.sort_by_key(std::fs::DirEntry::path);
    if files.is_empty() {
        bail!("{}: holds no .jsonl file", path.display());
    }
    let coder = Coder::default();
    let mut tallies: Vec<Tally> = KINDS.iter().map(|_| Tally::default()).collect();
    for file in &files {
        let text = std::fs::read_to_string(file.path())?;
        let lines: Vec<Value> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| serde_json::from_str(line).with_context(|| format!("{}:{}: is no JSON", file.path().display(), number + 1)))
            .collect::<Result<_, _>>()?;
        let Some((article, gold)) = lines.split_first() else { continue };
        one(&coder, article, gold, &mut tallies);
    }
    let mut line = Map::new();
    line.insert("task".to_owned(), json!("articles"));
    line.insert("set".to_owned(), json!(super::set(path)));
    line.insert("n".to_owned(), json!(files.len()));
    for ((kind, _), tally) in KINDS.iter().zip(&tallies) {
        let Tally { gold, found, matched, status, attribution, actors, asserted, real } = *tally;
        if gold == 0 {
            continue;
        }
        let mut put = |figure: &str, part: u32, whole: u32| line.insert(format!("{kind}_{figure}"), json!(percent(part.into(), whole.into())));
        put("precision", matched, found);
        put("recall", matched, gold);
        put("f1", 2 * matched, gold + found);
        if *kind == "quote" {
            put("speaker_acc", attribution, matched);
        }
        if *kind == "event" {
            put("status_acc", status, matched);
            put("attribution_acc", attribution, matched);
            put("actors_acc", actors, matched);
            line.insert("asserted_kept".to_owned(), json!(percent(asserted.0.into(), asserted.1.into())));
            line.insert("real_found".to_owned(), json!(percent(real.0.into(), real.1.into())));
        }
    }
    Ok(Value::Object(line))
}

fn one(coder: &Coder, article: &Value, gold: &[Value], tallies: &mut [Tally]) {
    let field = |name: &str| article[name].as_str().map(str::to_owned);
    let document = Document {
        bytes: field("text").unwrap_or_default().into_bytes(),
        path: field("id").unwrap_or_else(|| "article".to_owned()),
        url: field("url"),
        title: field("title"),
        publisher: field("publisher"),
        published: field("published").and_then(|day| day.get(..10)?.parse().ok()).map(Stamp::day),
        ..Document::default()
    };
    let found = records(&coder.code(&document));
    let text = found[0]["text"].as_str().unwrap_or("").to_owned();
    for ((kind, fields), tally) in KINDS.iter().zip(tallies) {
        let of_kind = |records: &[Value]| -> Vec<(Vec<Range<usize>>, Value)> {
            let records = records.iter().filter(|record| record["kind"] == *kind);
            records.map(|record| (stretches(record, &text), record.clone())).collect()
        };
        let (gold, mut free) = (of_kind(gold), of_kind(&found));
        tally.gold += gold.len() as u32;
        tally.found += free.len() as u32;
        let is_asserted = |record: &Value| record["status"] == "asserted";
        let is_real = |record: &Value| ["asserted", "reported", "alleged"].iter().any(|status| record["status"] == *status);
        tally.asserted.1 += free.iter().filter(|found| is_asserted(&found.1)).count() as u32;
        tally.real.1 += gold.iter().filter(|gold| is_real(&gold.1)).count() as u32;
        for (places, record) in &gold {
            let same = |(other, found): &(Vec<Range<usize>>, Value)| {
                overlap(places, other) && fields.iter().all(|field| record[*field] == found[*field]) && number(record) == number(found)
            };
            let Some(index) = free.iter().position(same) else { continue };
            let (_, other) = free.remove(index);
            tally.matched += 1;
            tally.status += u32::from(record["status"] == other["status"]);
            tally.asserted.0 += u32::from(is_asserted(&other));
            tally.real.0 += u32::from(is_real(record));
            let sources = |record: &Value| if *kind == "quote" { json!([record["speaker"]]) } else { record["attribution"].clone() };
            tally.attribution += u32::from(same_sources(&sources(record), &sources(&other)));
            tally.actors += u32::from(same_sources(&record["actors"], &other["actors"]));
        }
    }
}

/// The value of a figure, else its lower bound; nothing for other kinds.
fn number(record: &Value) -> Option<f64> {
    record["value"].as_f64().or(record["low"].as_f64())
}

/// The trigger of an event where it has one, else the evidence.
fn stretches(record: &Value, text: &str) -> Vec<Range<usize>> {
    let evidence = record["evidence"].as_array().map_or(&[][..], Vec::as_slice);
    let parts = if record["kind"] == "event" && record["trigger"].is_object() { std::slice::from_ref(&record["trigger"]) } else { evidence };
    let place = |part: &Value| {
        let at = |key: &str| part[key].as_u64().and_then(|at| usize::try_from(at).ok());
        if let (Some(start), Some(end)) = (at("start"), at("end")) {
            return Some(start..end);
        }
        let words = part["text"].as_str()?;
        // The sentence that it stands in, where the gold gives it: the same word may stand elsewhere too.
        if let Some(around) = part["around"].as_str() {
            let start = text.find(around)? + around.find(words)?;
            return Some(start..start + words.len());
        }
        // A trigger without offsets is looked for inside its evidence.
        let inside = evidence.iter().filter_map(|evidence| evidence["text"].as_str()).find_map(|around| Some(text.find(around)? + around.find(words)?));
        let start = inside.or_else(|| text.find(words))?;
        Some(start..start + words.len())
    };
    parts.iter().filter_map(place).collect()
}

fn overlap(one: &[Range<usize>], other: &[Range<usize>]) -> bool {
    one.iter().any(|one| other.iter().any(|other| one.start < other.end && other.start < one.end))
}

fn same_sources(gold: &Value, found: &Value) -> bool {
    let names = |sources: &Value| -> Vec<String> {
        let sources = sources.as_array().into_iter().flatten();
        sources.map(|source| source["text"].as_str().or(source["name"].as_str()).unwrap_or("").to_lowercase()).collect()
    };
    let (gold, found) = (names(gold), names(found));
    gold.len() == found.len() && gold.iter().zip(&found).all(|(gold, found)| gold.contains(found.as_str()) || found.contains(gold.as_str()))
}
