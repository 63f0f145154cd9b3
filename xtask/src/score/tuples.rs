//! Who did what to whom, sentence by sentence: one line of JSON each, with the type and the parties of its event.
//!
//! `tuple_acc`: one event of the sentence has the type, the country of a gold actor and the country of a gold recipient, where the gold
//! has one. `type_f1`: over all pairs of sentence and type. `actor_country`, `recipient_country`: of the sentences whose gold
//! has a country there, those where an event has it. A sector in the gold's country field (IGO, NGO) asks for that sector.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use whodid::export::record::records;
use whodid::pipeline::Coder;
use whodid::record::{Document, Format, Stamp};

use super::percent;

#[derive(Default)]
struct Tally {
    sentences: u32,
    right: u32,
    type_right: u32,
    type_given: u32,
    actors: (u32, u32),
    recipients: (u32, u32),
}

pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let coder = Coder::default();
    let mut tally = Tally::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).with_context(|| format!("{}:{}: is no JSON", path.display(), number + 1))?;
        one(&coder, &gold, number, &mut tally);
    }
    let Tally { sentences, right, type_right, type_given, actors, recipients } = tally;
    let (precision, recall) = (percent(type_right.into(), type_given.into()), percent(type_right.into(), sentences.into()));
    let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Ok(json!({
        "task": "tuples", "set": super::set(path), "n": sentences,
        "tuple_acc": percent(right.into(), sentences.into()),
        "type_f1": (f1 * 100.0).round() / 100.0,
        "actor_country": percent(actors.0.into(), actors.1.into()),
        "recipient_country": percent(recipients.0.into(), recipients.1.into()),
    }))
}

fn one(coder: &Coder, gold: &Value, number: usize, tally: &mut Tally) {
    let published = gold["published"].as_str().and_then(|day| day.parse().ok()).map(Stamp::day);
    let document = Document {
        bytes: gold["text"].as_str().unwrap_or("").as_bytes().to_vec(),
        format: Format::Text,
        path: format!("sentence {number}"),
        published,
        ..Document::default()
    };
    let records = records(&coder.code(&document));
    let events: Vec<&Value> = records.iter().filter(|record| record["kind"] == "event").collect();
    tally.sentences += 1;
    let mut types: Vec<&str> = events.iter().filter_map(|event| event["event_type"].as_str()).collect();
    types.sort_unstable();
    types.dedup();
    tally.type_given += types.len() as u32;
    tally.type_right += u32::from(types.iter().any(|event_type| gold["event_type"] == *event_type));

    let (actors, recipients) = (countries(&gold["actors"]), countries(&gold["recipients"]));
    let right = |event: &&Value| event["event_type"] == gold["event_type"] && has(event, "actors", &actors) && has(event, "recipients", &recipients);
    tally.right += u32::from(events.iter().any(right));
    for (role, gold, (found, of)) in [("actors", &actors, &mut tally.actors), ("recipients", &recipients, &mut tally.recipients)] {
        if !gold.is_empty() {
            *of += 1;
            *found += u32::from(events.iter().any(|event| has(event, role, gold)));
        }
    }
}

fn countries(parties: &Value) -> Vec<&str> {
    let parties = parties.as_array().into_iter().flatten();
    parties.filter_map(|party| party["country"].as_str()).filter(|country| !country.is_empty()).collect()
}

/// Whether a party of the event in `role` is of one of the countries; with none asked for, it holds.
fn has(event: &Value, role: &str, countries: &[&str]) -> bool {
    let mut parties = event[role].as_array().into_iter().flatten();
    countries.is_empty()
        || parties.any(|party| {
            let sectors = party["sectors"].as_array();
            countries.iter().any(|country| party["country"] == *country || sectors.is_some_and(|sectors| sectors.iter().any(|sector| sector == country)))
        })
}
