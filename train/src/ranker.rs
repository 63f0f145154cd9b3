//! Learns the ranker of event types: how much each thing seen of a pair of parties speaks for each type, a multinomial logistic regression.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use whodid::pipeline::Coder;
use whodid::resource::{CLASSES, NONE, Ranker, TYPES};

use crate::relations::{self, Relation};

/// Rounds of sentences. The event lexicon was filled from the first, so there its rules are better than elsewhere.
const ROUNDS: [&str; 3] = ["train/labels/relations.tsv", "train/labels/relations-2.tsv", "train/labels/relations-3.tsv"];

/// A feature is kept that stands in this many sentences.
const OFTEN: usize = 2;

/// How much weights cost: half their squares times this, for a sentence.
const COST: f32 = 1.0;

/// Steps over all sentences, and the size of the first; they shrink evenly to nothing.
const STEPS: usize = 300;
const RATE: f32 = 0.05;

/// Of ten sentences of a later round, one is held back to tell how good the ranker is; the shipped one learns from all.
const HELD_BACK: usize = 10;

/// A sentence as the ranker sees it.
struct Example {
    features: Vec<u32>,
    class: usize,
    /// Whether it may be held back.
    later: bool,
}

/// Learns, says how good it is on what is held back, and writes the pack.
pub(crate) fn ranker(out: &Path) -> Result<()> {
    let coder = Coder::default();
    let mut seen: Vec<(Vec<String>, usize, bool)> = Vec::new();
    for (round, file) in ROUNDS.iter().enumerate() {
        for (number, relation) in relations::read(Path::new(file))?.into_iter().enumerate() {
            let Relation { sentence, source, target, event_type } = relation;
            let mut features = coder.relation_features(&sentence, source, target);
            // Trust in the rules is learned where they stand as they do elsewhere.
            if round == 0 && number % 2 == 0 {
                features.retain(|feature| !feature.starts_with("rule"));
            }
            let class = event_type.map_or(Some(NONE), |event_type| TYPES.iter().position(|&known| known == event_type));
            seen.push((features, class.context("OCCURRENCE is nothing that one party does to another")?, round > 0));
        }
    }
    let names = names(&seen);
    let examples: Vec<Example> = seen
        .iter()
        .map(|(features, class, later)| Example {
            features: features.iter().filter_map(|feature| names.get(feature.as_str()).copied()).collect(),
            class: *class,
            later: *later,
        })
        .collect();
    let (back, rest): (Vec<_>, Vec<_>) = examples.iter().enumerate().partition(|(number, example)| example.later && number % HELD_BACK == 0);
    let unnumbered =
        |examples: Vec<(usize, &'_ Example)>| examples.into_iter().map(|(_, example)| (example.features.clone(), example.class)).collect::<Vec<_>>();
    let (back, rest) = (unnumbered(back), unnumbered(rest));
    let weights = learn(&rest, names.len());
    let right = back.iter().filter(|(features, class)| best(&weights, features) == *class).count();
    eprintln!("{} sentences, {} features; of {} held back {:.1} % right", examples.len(), names.len(), back.len(), 100.0 * right as f64 / back.len() as f64);
    let all: Vec<_> = examples.into_iter().map(|example| (example.features, example.class)).collect();
    let weights = learn(&all, names.len());
    let rows: Vec<(String, [f32; CLASSES])> = names.keys().zip(&weights).map(|(name, row)| ((*name).to_owned(), *row)).collect();
    let pack = Ranker::pack(&rows)?;
    eprintln!("{} bytes", pack.len());
    std::fs::write(out, pack).with_context(|| format!("cannot write {}", out.display()))
}

/// Features that stand in enough sentences, in byte order, numbered.
fn names(seen: &[(Vec<String>, usize, bool)]) -> BTreeMap<&str, u32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in seen.iter().flat_map(|(features, ..)| features) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(name, _)| name).zip(0..).collect()
}

fn scores(weights: &[[f32; CLASSES]], features: &[u32]) -> [f32; CLASSES] {
    let mut scores = [0.0; CLASSES];
    for &feature in features {
        for (score, weight) in scores.iter_mut().zip(&weights[feature as usize]) {
            *score += weight;
        }
    }
    scores
}

fn best(weights: &[[f32; CLASSES]], features: &[u32]) -> usize {
    let scores = scores(weights, features);
    (0..CLASSES).max_by(|&one, &other| scores[one].total_cmp(&scores[other])).unwrap_or(NONE)
}

/// Adam over all sentences at once: no chance, no order.
fn learn(examples: &[(Vec<u32>, usize)], features: usize) -> Vec<[f32; CLASSES]> {
    let mut weights = vec![[0f32; CLASSES]; features];
    let mut means = vec![[0f32; CLASSES]; features];
    let mut squares = vec![[0f32; CLASSES]; features];
    let many = examples.len() as f32;
    for step in 0..STEPS {
        let mut slopes: Vec<[f32; CLASSES]> = weights.iter().map(|row| row.map(|weight| COST * weight / many)).collect();
        for (seen, class) in examples {
            let mut shares = scores(&weights, seen);
            let top = shares.iter().copied().fold(f32::MIN, f32::max);
            shares = shares.map(|score| (score - top).exp());
            let sum: f32 = shares.iter().sum();
            shares = shares.map(|share| share / sum / many);
            shares[*class] -= 1.0 / many;
            for &feature in seen {
                for (slope, share) in slopes[feature as usize].iter_mut().zip(&shares) {
                    *slope += share;
                }
            }
        }
        let rate = RATE * (1.0 - step as f32 / STEPS as f32);
        let (first, second) = (1.0 - 0.9f32.powi(step as i32 + 1), 1.0 - 0.999f32.powi(step as i32 + 1));
        for feature in 0..features {
            for class in 0..CLASSES {
                let slope = slopes[feature][class];
                let mean = &mut means[feature][class];
                *mean = 0.9 * *mean + 0.1 * slope;
                let square = &mut squares[feature][class];
                *square = 0.999 * *square + 0.001 * slope * slope;
                weights[feature][class] -= rate * (*mean / first) / ((*square / second).sqrt() + 1e-8);
            }
        }
    }
    weights
}
