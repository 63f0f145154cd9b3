//! Event types between two marked parties, against Zero-Shot-PLOVER's tables.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use whodid::extract::event::relation::Ranked;
use whodid::pipeline::Coder;
use whodid::record::{EventType, Span};

/// The 15 labels. YIELD is CONCEDE or RETREAT.
const LABELS: &[&str] = &[
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
    "YIELD",
];

fn label(event_type: EventType) -> Option<&'static str> {
    match event_type {
        EventType::Concede | EventType::Retreat => Some("YIELD"),
        EventType::Occurrence => None,
        other => Some(other.as_str()),
    }
}

/// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
fn quad(label: &str) -> u8 {
    match label {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

/// The label with the largest share; CONCEDE and RETREAT are one.
fn answer(ranked: &[Ranked]) -> &'static str {
    let share = |wanted: &str| ranked.iter().filter(|ranked| label(ranked.event_type) == Some(wanted)).map(|ranked| ranked.score).sum::<f32>();
    if ranked.is_empty() {
        return "";
    }
    LABELS.iter().copied().max_by(|one, other| share(one).total_cmp(&share(other))).unwrap_or("")
}

/// Scores a table with `marked_sentence` and `gold_root` or `gold_binary`.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(true)
        .flexible(true)
        .from_path(path)
        .with_context(|| format!("{}: cannot be opened", path.display()))?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let marked = column("marked_sentence").context("the table has no column marked_sentence")?;
    let (root, binary) = (column("gold_root"), column("gold_binary"));
    if root.is_none() && binary.is_none() {
        bail!("the table has neither gold_root nor gold_binary");
    }
    let coder = Coder::default();
    let mut answered = 0;
    let (mut roots, mut quads, mut binaries): (Vec<(String, String)>, Vec<_>, Vec<_>) = Default::default();
    for row in reader.records() {
        let row = row?;
        let Some((sentence, source, target)) = row.get(marked).and_then(unmark) else { continue };
        let answer = answer(&coder.relation(&sentence, source, target));
        answered += usize::from(!answer.is_empty());
        if std::env::var_os("WHODID_SHOW").is_some() && root.is_some_and(|root| row.get(root) != Some(answer)) {
            println!(
                "{} for {}: {}",
                if answer.is_empty() { "-" } else { answer },
                root.and_then(|root| row.get(root)).unwrap_or(""),
                row.get(marked).unwrap_or("")
            );
        }
        let group = |label: &str| if label.is_empty() { String::new() } else { quad(label).to_string() };
        let side = |label: &str| if label.is_empty() { String::new() } else { u8::from(quad(label) > 2).to_string() };
        if let Some(gold) = root.and_then(|root| row.get(root)) {
            roots.push((gold.into(), answer.into()));
            quads.push((group(gold), group(answer)));
            binaries.push((side(gold), side(answer)));
        } else if let Some(gold) = binary.and_then(|binary| row.get(binary)) {
            binaries.push((gold.into(), side(answer)));
        }
    }
    let n = binaries.len();
    let covered = super::percent(answered as f64, n as f64);
    let binary_f1 = macro_f1(&binaries, &["0", "1"]);
    if root.is_none() {
        return Ok(json!({"task": "events", "set": super::set(path), "n": n, "binary_f1": binary_f1, "covered": covered}));
    }
    let right = roots.iter().filter(|(gold, answer)| gold == answer).count();
    Ok(json!({
        "task": "events", "set": super::set(path), "n": n, "root_f1": macro_f1(&roots, LABELS), "root_acc": super::percent(right as f64, n as f64),
        "quad_f1": macro_f1(&quads, &["1", "2", "3", "4"]), "binary_f1": binary_f1, "covered": covered,
    }))
}

/// The sentence without its marks, and where the two parties stand in it.
fn unmark(marked: &str) -> Option<(String, Span, Span)> {
    let mut text = String::with_capacity(marked.len());
    let mut marks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rest = marked;
    'scan: while !rest.is_empty() {
        for tag in ["<s>", "</s>", "<t>", "</t>"] {
            if let Some(after) = rest.strip_prefix(tag) {
                marks.insert(tag, text.len());
                rest = after;
                continue 'scan;
            }
        }
        let next = rest.chars().next()?;
        text.push(next);
        rest = &rest[next.len_utf8()..];
    }
    let span = |open: &str, close: &str| Some(Span::new(*marks.get(open)?, *marks.get(close)?));
    Some((text, span("<s>", "</s>")?, span("<t>", "</t>")?))
}

/// Mean F1 over the labels that stand in the gold, in percent.
fn macro_f1(pairs: &[(String, String)], labels: &[&str]) -> f64 {
    let scores: Vec<f64> = labels
        .iter()
        .filter_map(|label| {
            let count = |test: &dyn Fn(&(String, String)) -> bool| pairs.iter().filter(|pair| test(pair)).count() as f64;
            let gold = count(&|(gold, _)| gold == label);
            let given = count(&|(_, answer)| answer == label);
            let right = count(&|(gold, answer)| gold == label && answer == label);
            (gold > 0.0).then(|| if right > 0.0 { 2.0 * right / (gold + given) } else { 0.0 })
        })
        .collect();
    super::percent(scores.iter().sum::<f64>(), scores.len() as f64)
}
