//! Names, gold words and sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use serde_json::{Value, json};
use whodid::parse;
use whodid::record::{Article, Block, NameKind, Sentence, Span, Text, Zone};
use whodid::resource::Resources;

use super::{f1, set};

/// Scores a file of two columns, word and mark (`B-Person`, `I-Person`, `O`), a blank line after each sentence.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let data = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut article = Article::default();
    let mut text = Text::default();
    let mut gold: BTreeMap<NameKind, BTreeSet<(usize, usize)>> = BTreeMap::new();
    let mut open: Option<(NameKind, usize)> = None;
    let mut first = 0;
    for line in data.lines().chain([""]) {
        let at = text.words.len();
        let (form, mark) = line.split_once('\t').unwrap_or(("", ""));
        let kind = kind(mark);
        if open.is_some_and(|(open, _)| !mark.starts_with("I-") || kind != Some(open))
            && let Some((kind, start)) = open.take()
        {
            gold.entry(kind).or_default().insert((start, at));
        }
        if open.is_none()
            && let Some(kind) = kind
        {
            open = Some((kind, at));
        }
        if form.is_empty() {
            if at > first {
                let span = text.words[first].join(text.words[at - 1]);
                text.sentences.push(Sentence { span, words: first..at, block: article.zones.len(), zone: Zone::Body });
                article.zones.push(Block { span, zone: Zone::Body });
                article.text.push('\n');
                first = at;
            }
            continue;
        }
        let start = article.text.len();
        article.text.push_str(form);
        text.words.push(Span::new(start, article.text.len()));
        article.text.push(' ');
    }
    let known = Resources::embedded();
    let start = Instant::now();
    let found = parse::parse(&article, &text, &known);
    let seconds = start.elapsed().as_secs_f64();
    let mut guess: BTreeMap<NameKind, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for name in &found.names {
        guess.entry(name.kind).or_default().insert((name.words.start, name.words.end));
    }
    let empty = BTreeSet::new();
    let counts = |kind: NameKind| {
        let (gold, guess) = (gold.get(&kind).unwrap_or(&empty), guess.get(&kind).unwrap_or(&empty));
        (gold.intersection(guess).count(), guess.len(), gold.len())
    };
    let of = |kind: NameKind| {
        let (right, found, gold) = counts(kind);
        f1(right, found, gold)
    };
    let all = NameKind::ALL.iter().map(|&kind| counts(kind)).fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    Ok(json!({
        "task": "names", "set": set(path), "n": all.2, "f1": f1(all.0, all.1, all.2),
        "per_f1": of(NameKind::Person), "org_f1": of(NameKind::Organization), "loc_f1": of(NameKind::Location), "norp_f1": of(NameKind::Norp),
        "words_per_s": (text.words.len() as f64 / seconds).round(),
    }))
}

fn kind(mark: &str) -> Option<NameKind> {
    match mark.get(2..)? {
        "Person" | "PER" => Some(NameKind::Person),
        "Organization" | "ORG" => Some(NameKind::Organization),
        "Location" | "Facility" | "LOC" => Some(NameKind::Location),
        "NORP" => Some(NameKind::Norp),
        _ => None,
    }
}
