//! Learns the ranker of event types: how much each thing seen of a pair of parties speaks for each type, a multinomial logistic regression.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use whodid::pipeline::Coder;
use whodid::resource::network::VECTOR;
use whodid::resource::{CLASSES, MEANINGS, NONE, Ranker, TYPES};

use crate::relations::{self, Relation};

/// Rounds of sentences. The event lexicon was filled from the first, so there its rules are better than elsewhere.
const ROUNDS: usize = 8;

/// A feature is kept that stands in this many sentences.
const OFTEN: usize = 2;

/// How much weights cost: half their squares times this, over all sentences.
const COST: f32 = 1.0;

/// Steps over all sentences, and the size of the first; they shrink evenly to nothing.
const STEPS: usize = 400;
const RATE: f32 = 0.05;

/// Of ten sentences of a later round, one is held back to tell how good the ranker is; the shipped one learns from all.
const HELD_BACK: usize = 10;

/// Numbers of the mean vectors of a pair.
const NUMBERS: usize = MEANINGS * VECTOR;

/// A sentence as the ranker sees it.
#[derive(Clone)]
struct Example {
    features: Vec<u32>,
    numbers: Vec<f32>,
    class: usize,
    /// Whether it is held back at first.
    back: bool,
}

/// Weights: a row a feature, then a row a number.
type Weights = Vec<[f32; CLASSES]>;

/// Learns, says how good it is on what is held back, and writes the pack.
pub(crate) fn ranker(out: &Path) -> Result<()> {
    let coder = Coder::default();
    let mut seen: Vec<(Vec<String>, Example)> = Vec::new();
    for round in 0..ROUNDS {
        let file = if round == 0 { "train/labels/relations.tsv".to_owned() } else { format!("train/labels/relations-{}.tsv", round + 1) };
        for (number, relation) in relations::read(file.as_ref())?.into_iter().enumerate() {
            let Relation { sentence, source, target, event_type } = relation;
            let found = coder.relation_seen(&sentence, source, target);
            let mut features = found.features;
            // Trust in the rules is learned where they stand as they do elsewhere.
            if round == 0 && number % 2 == 0 {
                features.retain(|feature| !feature.starts_with("rule"));
            }
            let class = event_type.map_or(Some(NONE), |event_type| TYPES.iter().position(|&known| known == event_type));
            let example = Example {
                features: Vec::new(),
                numbers: found.meanings.as_flattened().to_vec(),
                class: class.context("OCCURRENCE is nothing that one party does to another")?,
                back: round > 0 && number % HELD_BACK == 0,
            };
            seen.push((features, example));
        }
    }
    let names = names(&seen);
    let numbered = |(features, example): &(Vec<String>, Example)| Example {
        features: features.iter().filter_map(|feature| names.get(feature.as_str()).copied()).collect(),
        ..example.clone()
    };
    let examples: Vec<Example> = seen.iter().map(numbered).collect();
    let (back, rest): (Vec<Example>, Vec<Example>) = examples.iter().cloned().partition(|example| example.back);
    let weights = learn(&rest, names.len());
    let right = back.iter().filter(|example| best(&weights, example) == example.class).count();
    eprintln!("{} sentences, {} features; of {} held back {:.1} % right", examples.len(), names.len(), back.len(), 100.0 * right as f64 / back.len() as f64);
    let weights = learn(&examples, names.len());
    let rows: Vec<(String, [f32; CLASSES])> = names.keys().zip(&weights).map(|(name, row)| ((*name).to_owned(), *row)).collect();
    let pack = Ranker::pack(&rows, &weights[names.len()..])?;
    eprintln!("{} bytes", pack.len());
    std::fs::write(out, pack).with_context(|| format!("cannot write {}", out.display()))
}

/// Features that stand in enough sentences, in byte order, numbered.
fn names(seen: &[(Vec<String>, Example)]) -> BTreeMap<&str, u32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in seen.iter().flat_map(|(features, _)| features) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(name, _)| name).zip(0..).collect()
}

fn scores(weights: &Weights, example: &Example) -> [f32; CLASSES] {
    let mut scores = [0.0; CLASSES];
    for &feature in &example.features {
        for (score, weight) in scores.iter_mut().zip(&weights[feature as usize]) {
            *score += weight;
        }
    }
    for (number, row) in example.numbers.iter().zip(&weights[weights.len() - NUMBERS..]) {
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += number * weight;
        }
    }
    scores
}

fn best(weights: &Weights, example: &Example) -> usize {
    let scores = scores(weights, example);
    (0..CLASSES).max_by(|&one, &other| scores[one].total_cmp(&scores[other])).unwrap_or(NONE)
}

/// Adam over all sentences at once: no chance, no order.
fn learn(examples: &[Example], features: usize) -> Weights {
    let rows = features + NUMBERS;
    let mut weights: Weights = vec![[0f32; CLASSES]; rows];
    let mut means = weights.clone();
    let mut squares = weights.clone();
    let many = examples.len() as f32;
    for step in 0..STEPS {
        let mut slopes: Weights = weights.iter().map(|row| row.map(|weight| COST * weight / many)).collect();
        for example in examples {
            let mut shares = scores(&weights, example);
            let top = shares.iter().copied().fold(f32::MIN, f32::max);
            shares = shares.map(|score| (score - top).exp());
            let sum: f32 = shares.iter().sum();
            shares = shares.map(|share| share / sum / many);
            shares[example.class] -= 1.0 / many;
            for &feature in &example.features {
                for (slope, share) in slopes[feature as usize].iter_mut().zip(&shares) {
                    *slope += share;
                }
            }
            for (number, row) in example.numbers.iter().zip(&mut slopes[features..]) {
                for (slope, share) in row.iter_mut().zip(&shares) {
                    *slope += number * share;
                }
            }
        }
        let rate = RATE * (1.0 - step as f32 / STEPS as f32);
        let (first, second) = (1.0 - 0.9f32.powi(step as i32 + 1), 1.0 - 0.999f32.powi(step as i32 + 1));
        for row in 0..rows {
            for class in 0..CLASSES {
                let slope = slopes[row][class];
                let mean = &mut means[row][class];
                *mean = 0.9 * *mean + 0.1 * slope;
                let square = &mut squares[row][class];
                *square = 0.999 * *square + 0.001 * slope * slope;
                weights[row][class] -= rate * (*mean / first) / ((*square / second).sqrt() + 1e-8);
            }
        }
    }
    weights
}
