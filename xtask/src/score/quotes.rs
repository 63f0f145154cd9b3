//! Who said what, on a corpus of attributions in brat's standoff form: `text/*.txt` and `attributions/*.ann` with Source, Cue and Content.
//!
//! The corpus lets each word stand in one attribution, so of nested ones the outermost are compared. It marks beliefs and wishes too,
//! so what is compared are the attributions that quotes are made from, not the quotes alone.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use whodid::extract::attribution::{self, Attribution};
use whodid::extract::clause;
use whodid::record::{Document, Reading};
use whodid::resource::Resources;
use whodid::{article, mention, parse, text};

use super::percent;

/// Byte ranges of one attribution.
#[derive(Clone, Debug, Default)]
struct Gold {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
    direct: bool,
}

#[derive(Default)]
struct Tally {
    gold: usize,
    guess: usize,
    exact: usize,
    cover80: usize,
    cover30: usize,
    tuple: usize,
    source: usize,
    cue: usize,
    direct: usize,
    direct80: usize,
    words: usize,
}

/// `path` holds the folders `text` and `attributions`.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let known = Resources::embedded();
    let mut tally = Tally::default();
    let pairs = pairs(path)?;
    let show = std::env::var_os("SHOW_MISSES").is_some();
    let mut seconds = 0.0;
    for (text_file, gold_file) in &pairs {
        let raw = std::fs::read_to_string(text_file).with_context(|| format!("{}: cannot be read", text_file.display()))?;
        let gold = gold(&raw, &std::fs::read_to_string(gold_file).with_context(|| format!("{}: cannot be read", gold_file.display()))?);
        let document = Document { bytes: raw.clone().into_bytes(), format: whodid::record::Format::Text, ..Document::default() };
        let started = Instant::now();
        let article = article::read(&document, &mut Vec::new());
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        let mentions = mention::find(&reading, &known);
        let clauses = clause::analyse(&reading, &known);
        let found = attribution::find(&reading, &mentions, &clauses, &known);
        seconds += started.elapsed().as_secs_f64();
        tally.words += raw.split_whitespace().count();
        let map = Alignment::new(&raw, &article.text);
        let gold: Vec<Gold> = gold.iter().map(|gold| map.gold(gold)).collect();
        let guess: Vec<&Attribution> = found.all.iter().filter(|attribution| attribution.depth == 0 && !attribution.content.is_empty()).collect();
        compare(&article.text, &gold, &guess, &mut tally, show);
    }
    let f1 = |right: usize| percent(2.0 * right as f64, (tally.gold + tally.guess) as f64);
    Ok(json!({
        "task": "quotes", "set": super::set(path), "n": tally.gold, "exact_f1": f1(tally.exact), "cover80_f1": f1(tally.cover80), "cover30_f1": f1(tally.cover30),
        "tuple_f1": f1(tally.tuple), "cover80_precision": percent(tally.cover80 as f64, tally.guess as f64), "cover80_recall": percent(tally.cover80 as f64, tally.gold as f64),
        "source_of_matched": percent(tally.source as f64, tally.cover80 as f64), "cue_of_matched": percent(tally.cue as f64, tally.cover80 as f64),
        "direct_recall80": percent(tally.direct80 as f64, tally.direct as f64), "direct_n": tally.direct, "words_per_s": (tally.words as f64 / seconds).round(),
    }))
}

/// Each annotation file with the text whose name it bears, an annotator's mark after it left out.
fn pairs(path: &Path) -> anyhow::Result<Vec<(PathBuf, PathBuf)>> {
    let list = |folder: &str| -> anyhow::Result<Vec<PathBuf>> {
        let folder = path.join(folder);
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&folder).with_context(|| format!("{}: cannot be read", folder.display()))?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.sort();
        Ok(files)
    };
    let texts = list("text")?;
    let mut by_text: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for annotation in list("attributions")?.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "ann")) {
        let stem = annotation.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = texts.iter().find(|text| {
            let name = text.file_stem().unwrap_or_default().to_string_lossy();
            stem == name || stem.rsplit_once('_').is_some_and(|(before, _)| before == name)
        });
        if let Some(text) = text {
            // Where several people annotated one text, the first is taken.
            by_text.entry(text.clone()).or_insert(annotation);
        }
    }
    if by_text.is_empty() {
        bail!("{}: no text/*.txt with an attributions/*.ann of its name", path.display());
    }
    Ok(by_text.into_iter().collect())
}

/// Reads the attributions of one file; offsets there are code points.
fn gold(text: &str, annotations: &str) -> Vec<Gold> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let at = |point: &str| point.parse::<usize>().ok().and_then(|point| bytes.get(point).copied());
    let mut entities: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let mut golds = Vec::new();
    for line in annotations.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, offsets)) = what.split_once(' ') else { continue };
            let mut ranges: Vec<Range<usize>> = offsets
                .split(';')
                .filter_map(|range| range.split_once(' ').and_then(|(start, end)| Some(at(start)?..at(end)?)))
                .filter(|range| range.start < range.end)
                .collect();
            ranges.sort_by_key(|range| range.start);
            entities.insert(id, ranges);
        }
    }
    for line in annotations.lines().filter(|line| line.starts_with('E')) {
        let mut gold = Gold::default();
        for (role, id) in line.split('\t').nth(1).unwrap_or("").split(' ').filter_map(|part| part.split_once(':')) {
            let ranges = entities.get(id).cloned().unwrap_or_default();
            match role.trim_end_matches(|digit: char| digit.is_ascii_digit()) {
                "Source" => gold.source.extend(ranges),
                "Cue" => gold.cue.extend(ranges),
                "Content" => gold.content.extend(ranges),
                _ => {}
            }
        }
        gold.content.sort_by_key(|range| range.start);
        if !gold.content.is_empty() {
            gold.direct = is_direct(text, &gold.content);
            golds.push(gold);
        }
    }
    golds
}

/// Whether every stretch of the content stands in quotation marks, marks at its ends or right beside it.
fn is_direct(text: &str, content: &[Range<usize>]) -> bool {
    const MARKS: [char; 4] = ['"', '“', '”', '\''];
    content.iter().all(|range| {
        let inner = text[range.clone()].trim_matches(|edge: char| edge.is_whitespace() || ".,;:".contains(edge));
        let opens = inner.starts_with(MARKS) || text[..range.start].ends_with(MARKS);
        let closes = inner.ends_with(MARKS) || text[range.end..].starts_with(MARKS);
        // "“a” and “b”": marks at both ends, but words outside them between.
        let between = inner.trim_matches(MARKS).matches(['"', '“', '”']).count() == 0;
        opens && closes && between
    })
}

/// Where each character of the raw text went in the article's text: both hold the same letters in the same order.
struct Alignment<'a> {
    to: Vec<usize>,
    article: &'a str,
    end: usize,
}

impl<'a> Alignment<'a> {
    fn new(raw: &str, article: &'a str) -> Self {
        let mut to = vec![article.len(); raw.len() + 1];
        let mut rest = article.char_indices().filter(|(_, character)| !character.is_whitespace()).peekable();
        for (at, character) in raw.char_indices().filter(|(_, character)| !character.is_whitespace()) {
            // What the reader left out has no place.
            while let Some(&(there, other)) = rest.peek() {
                if other == character {
                    to[at] = there;
                    rest.next();
                    break;
                }
                rest.next();
            }
        }
        Self { to, article, end: article.len() }
    }

    fn range(&self, raw: &Range<usize>) -> Range<usize> {
        let start = self.to[raw.start..raw.end].iter().copied().min().unwrap_or(0);
        let end = self.to[raw.start..raw.end]
            .iter()
            .copied()
            .filter(|&at| at < self.end)
            .max()
            .map_or(start, |at| at + self.article[at..].chars().next().map_or(0, char::len_utf8));
        start..end.max(start)
    }

    fn gold(&self, gold: &Gold) -> Gold {
        let all = |ranges: &[Range<usize>]| ranges.iter().map(|range| self.range(range)).collect();
        Gold { source: all(&gold.source), cue: all(&gold.cue), content: all(&gold.content), direct: gold.direct }
    }
}

/// Byte positions of the letters and digits in some stretches: punctuation and spaces do not count.
fn letters(text: &str, ranges: &[Range<usize>]) -> Vec<usize> {
    let mut letters: Vec<usize> = ranges
        .iter()
        .flat_map(|range| {
            text.char_indices()
                .skip_while(|(at, _)| *at < range.start)
                .take_while(|(at, _)| *at < range.end)
                .filter(|(_, character)| character.is_alphanumeric())
                .map(|(at, _)| at)
        })
        .collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

fn shared(left: &[usize], right: &[usize]) -> usize {
    left.iter().filter(|at| right.binary_search(at).is_ok()).count()
}

fn compare(text: &str, gold: &[Gold], guess: &[&Attribution], tally: &mut Tally, show: bool) {
    let gold_letters: Vec<Vec<usize>> = gold.iter().map(|gold| letters(text, &gold.content)).collect();
    let guess_ranges: Vec<Vec<Range<usize>>> = guess.iter().map(|guess| guess.content.iter().map(whodid::record::Span::range).collect()).collect();
    let guess_letters: Vec<Vec<usize>> = guess_ranges.iter().map(|ranges| letters(text, ranges)).collect();
    tally.gold += gold.len();
    tally.guess += guess.len();
    tally.direct += gold.iter().filter(|gold| gold.direct).count();
    // One to one, best covered first.
    let mut candidates: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (g, letters) in gold_letters.iter().enumerate().filter(|(_, letters)| !letters.is_empty()) {
        for (p, other) in guess_letters.iter().enumerate() {
            let common = shared(letters, other);
            if common > 0 {
                candidates.push((common * 10_000 / letters.len(), common * 10_000 / other.len().max(1), g, p));
            }
        }
    }
    candidates.sort_by(|left, right| (right.0, right.1, left.2, left.3).cmp(&(left.0, left.1, right.2, right.3)));
    let (mut gold_used, mut guess_used) = (vec![false; gold.len()], vec![false; guess.len()]);
    for (cover, _, g, p) in candidates {
        if gold_used[g] || guess_used[p] {
            continue;
        }
        (gold_used[g], guess_used[p]) = (true, true);
        tally.exact += usize::from(gold_letters[g] == guess_letters[p]);
        tally.cover30 += usize::from(cover > 3_000);
        if cover <= 8_000 {
            if show {
                print_case("PART", text, Some(&gold[g]), Some(guess[p]));
            }
            continue;
        }
        tally.cover80 += 1;
        tally.direct80 += usize::from(gold[g].direct);
        let source = guess[p].sources.iter().map(|source| source.actor.span.range()).collect::<Vec<_>>();
        let cue: Vec<Range<usize>> = guess[p].cue_span.iter().map(whodid::record::Span::range).collect();
        let meets =
            |left: &[Range<usize>], right: &[Range<usize>]| left.iter().any(|left| right.iter().any(|right| left.start < right.end && right.start < left.end));
        let source_right = meets(&gold[g].source, &source) || (gold[g].source.is_empty() && source.is_empty());
        let cue_right = meets(&gold[g].cue, &cue) || (gold[g].cue.is_empty() && cue.is_empty());
        tally.source += usize::from(source_right);
        tally.cue += usize::from(cue_right);
        tally.tuple += usize::from(source_right && cue_right);
        if show && !(source_right && cue_right) {
            print_case("LINK", text, Some(&gold[g]), Some(guess[p]));
        }
    }
    if show {
        for (_, gold) in gold.iter().enumerate().filter(|(g, _)| !gold_used[*g]) {
            print_case(if gold.direct { "MISSDIRECT" } else { "MISS" }, text, Some(gold), None);
        }
        for (_, guess) in guess.iter().enumerate().filter(|(p, _)| !guess_used[*p]) {
            print_case("EXTRA", text, None, Some(guess));
        }
    }
}

/// One case on one line of standard error, for reading through what went wrong (`SHOW_MISSES=1`).
fn print_case(kind: &str, text: &str, gold: Option<&Gold>, guess: Option<&Attribution>) {
    let surface =
        |ranges: &[Range<usize>]| ranges.iter().map(|range| text.get(range.clone()).unwrap_or("").replace('\n', " ")).collect::<Vec<_>>().join(" // ");
    if let Some(gold) = gold {
        eprintln!("{kind}\tgold\t{} | {} | {}", surface(&gold.source), surface(&gold.cue), surface(&gold.content));
    }
    if let Some(guess) = guess {
        let source: Vec<Range<usize>> = guess.sources.iter().map(|source| source.actor.span.range()).collect();
        let cue: Vec<Range<usize>> = guess.cue_span.iter().map(whodid::record::Span::range).collect();
        let content: Vec<Range<usize>> = guess.content.iter().map(whodid::record::Span::range).collect();
        eprintln!("{kind}\tguess\t{} | {} | {}", surface(&source), surface(&cue), surface(&content));
    }
}
