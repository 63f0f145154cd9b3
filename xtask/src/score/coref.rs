//! Coreference on OntoGUM news: the mean of MUC, B-cubed and CEAF-e, over exact spans.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use whodid::pipeline::Coder;
use whodid::record::{Document, Format, Stamp};

use super::{percent, set};

/// A mention: first and last character of the text without white space, so that layout does not matter.
type Span = (usize, usize);
/// Mentions of one entity.
type Cluster = BTreeSet<Span>;

/// PATH is a folder that holds `coref/ontogum/conllu`, or such a folder itself, or one file of it.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let folder = path.join("coref/ontogum/conllu");
    let folder = if folder.is_dir() { folder } else { path.to_owned() };
    let mut files: Vec<PathBuf> =
        if folder.is_dir() { std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()? } else { vec![folder] };
    files.retain(|file| file.extension().is_some_and(|extension| extension == "conllu"));
    files.sort();
    ensure!(!files.is_empty(), "{}: no conllu files", path.display());
    let coder = Coder::default();
    let (mut muc, mut b3, mut ceaf) = (Sums::default(), Sums::default(), Sums::default());
    let (mut gold_mentions, mut found_mentions, mut shared_mentions) = (0, 0, 0);
    for file in &files {
        let (text, published, gold) = read(&std::fs::read_to_string(file).with_context(|| file.display().to_string())?);
        let document = Document { bytes: text.into_bytes(), format: Format::Text, published, ..Document::default() };
        let coded = coder.code(&document);
        let found = clusters(&coded);
        let all = |clusters: &[Cluster]| clusters.iter().flatten().copied().collect::<BTreeSet<Span>>();
        let (own, its) = (all(&gold), all(&found));
        gold_mentions += own.len();
        found_mentions += its.len();
        shared_mentions += own.intersection(&its).count();
        muc.add(links(&gold, &found), links(&found, &gold));
        b3.add(cubed(&gold, &found), cubed(&found, &gold));
        let similarity = aligned(&gold, &found);
        ceaf.add((similarity, gold.len() as f64), (similarity, found.len() as f64));
    }
    Ok(json!({
        "task": "coref", "set": set(path), "n": files.len(), "conll_f1": percent((muc.f1() + b3.f1() + ceaf.f1()) / 3.0, 1.0),
        "muc_f1": percent(muc.f1(), 1.0), "b3_f1": percent(b3.f1(), 1.0), "ceafe_f1": percent(ceaf.f1(), 1.0),
        "mention_f1": super::f1(shared_mentions, found_mentions, gold_mentions),
    }))
}

#[derive(Default)]
struct Sums {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Sums {
    fn add(&mut self, recall: (f64, f64), precision: (f64, f64)) {
        self.recall = (self.recall.0 + recall.0, self.recall.1 + recall.1);
        self.precision = (self.precision.0 + precision.0, self.precision.1 + precision.1);
    }

    fn f1(&self) -> f64 {
        let share = |(part, whole): (f64, f64)| if whole == 0.0 { 0.0 } else { part / whole };
        let (recall, precision) = (share(self.recall), share(self.precision));
        if recall + precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) }
    }
}

fn of(clusters: &[Cluster], span: Span) -> Option<usize> {
    clusters.iter().position(|cluster| cluster.contains(&span))
}

/// MUC: links of `one` that `other` keeps, and all of them.
fn links(one: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let mut kept = (0.0, 0.0);
    for cluster in one {
        let mut parts: BTreeSet<usize> = BTreeSet::new();
        let mut alone = 0;
        for &span in cluster {
            match of(other, span) {
                Some(index) => _ = parts.insert(index),
                None => alone += 1,
            }
        }
        kept.0 += (cluster.len() - parts.len() - alone) as f64;
        kept.1 += (cluster.len() - 1) as f64;
    }
    kept
}

/// B-cubed: for each mention of `one`, the share of its cluster that `other` keeps with it.
fn cubed(one: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let mut kept = (0.0, 0.0);
    for cluster in one {
        for &span in cluster {
            kept.1 += 1.0;
            if let Some(index) = of(other, span) {
                kept.0 += cluster.intersection(&other[index]).count() as f64 / cluster.len() as f64;
            }
        }
    }
    kept
}

/// CEAF-e: the best one-to-one matching of clusters by 2|A and B| / (|A| + |B|), by the Hungarian method.
fn aligned(gold: &[Cluster], found: &[Cluster]) -> f64 {
    let size = gold.len().max(found.len());
    let value = |row: usize, column: usize| match (gold.get(row), found.get(column)) {
        (Some(one), Some(other)) => 2.0 * one.intersection(other).count() as f64 / (one.len() + other.len()) as f64,
        _ => 0.0,
    };
    // Costs are one less similarity; rows and columns count from 1, 0 is the root of each search.
    let (mut rows, mut columns, mut matched) = (vec![0.0; size + 1], vec![0.0; size + 1], vec![0usize; size + 1]);
    for row in 1..=size {
        matched[0] = row;
        let (mut least, mut used, mut way) = (vec![f64::INFINITY; size + 1], vec![false; size + 1], vec![0usize; size + 1]);
        let mut at = 0;
        while matched[at] != 0 {
            used[at] = true;
            let (from, mut step, mut next) = (matched[at], f64::INFINITY, 0);
            for column in 1..=size {
                if used[column] {
                    continue;
                }
                let cost = 1.0 - value(from - 1, column - 1) - rows[from] - columns[column];
                if cost < least[column] {
                    (least[column], way[column]) = (cost, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=size {
                if used[column] {
                    rows[matched[column]] += step;
                    columns[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            matched[at] = matched[way[at]];
            at = way[at];
        }
    }
    (1..=size).map(|column| value(matched[column] - 1, column - 1)).sum()
}

/// The program's entities with two mentions or more: actors, and places with one GeoNames id.
fn clusters(coded: &whodid::record::Coded) -> Vec<Cluster> {
    let text = &coded.article.text;
    let mut letters = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, letter) in text.char_indices() {
        letters[at..at + letter.len_utf8()].fill(count);
        count += usize::from(!letter.is_whitespace());
    }
    letters[text.len()] = count;
    let span = |span: whodid::record::Span| (letters[span.start as usize], letters[span.end as usize] - 1);
    let mut entities: BTreeMap<(bool, u32), Cluster> = BTreeMap::new();
    for mention in coded.mentions.actors.iter().filter(|mention| !mention.modifier && !mention.actor.span.is_empty()) {
        entities.entry((true, mention.entity)).or_default().insert(span(mention.actor.span));
    }
    for place in coded.mentions.places.iter().filter(|place| !place.metonymic && !place.place.span.is_empty()) {
        if let Some(id) = place.place.geonames_id {
            entities.entry((false, id)).or_default().insert(span(place.place.span));
        }
    }
    entities.into_values().filter(|cluster| cluster.len() > 1).collect()
}

/// Text, day and gold clusters of one file.
fn read(content: &str) -> (String, Option<Stamp>, Vec<Cluster>) {
    let (mut text, mut published) = (String::new(), None);
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut entities: BTreeMap<String, Cluster> = BTreeMap::new();
    let (mut count, mut paragraph) = (0, true);
    // A contraction ("don't") is one surface over several words.
    let mut inside = 0usize;
    for line in content.lines() {
        if let Some(date) = line.strip_prefix("# meta::dateCreated = ") {
            published = date.parse().ok().map(Stamp::day);
        }
        paragraph |= line.starts_with("# newpar");
        if line.starts_with("# text = ") {
            if paragraph && !text.is_empty() {
                text.push_str("\n\n");
            }
            paragraph = false;
        }
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = cells[..] else { continue };
        let spaced = !misc.split('|').any(|item| item == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            text.push_str(form);
            if spaced {
                text.push(' ');
            }
            inside = last.parse::<usize>().unwrap_or(0) + 1 - first.parse::<usize>().unwrap_or(0);
        } else if inside > 0 {
            inside -= 1;
        } else if !id.contains('.') {
            text.push_str(form);
            if spaced {
                text.push(' ');
            }
        }
        if id.contains(['-', '.']) {
            continue;
        }
        let first = count;
        count += form.chars().filter(|letter| !letter.is_whitespace()).count();
        let Some(marks) = misc.split('|').find_map(|item| item.strip_prefix("Entity=")) else { continue };
        // "(1(2" opens, "1)" closes, "(3)" does both.
        let mut rest = marks;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('(') {
                let end = after.find(['(', ')']).unwrap_or(after.len());
                let name = after[..end].split('-').next().unwrap_or("").to_owned();
                if after[end..].starts_with(')') {
                    entities.entry(name).or_default().insert((first, count - 1));
                    rest = &after[end + 1..];
                } else {
                    open.push((name, first));
                    rest = &after[end..];
                }
            } else {
                let end = rest.find([')', '(']).unwrap_or(rest.len());
                let name = rest[..end].split('-').next().unwrap_or("");
                if let Some(at) = open.iter().rposition(|(other, _)| other == name) {
                    let (name, first) = open.remove(at);
                    entities.entry(name).or_default().insert((first, count - 1));
                }
                rest = rest.get(end + 1..).unwrap_or("");
            }
        }
    }
    (text, published, entities.into_values().filter(|cluster| cluster.len() > 1).collect())
}
