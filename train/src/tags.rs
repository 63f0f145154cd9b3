//! The tagger.

use std::collections::BTreeMap;

use whodid::parse::cues::Cues;
use whodid::parse::tagger;
use whodid::record::{Feats, Upos};

use crate::perceptron::{Perceptron, Random};
use train::conllu::Sentence;

/// A part of speech with its features.
pub(crate) type Tag = (Upos, Feats);

/// The tags that occur at least ten times.
pub(crate) fn tagset(sentences: &[Sentence]) -> Vec<Tag> {
    let mut counts: BTreeMap<(Upos, u16), usize> = BTreeMap::new();
    for sentence in sentences {
        for (&upos, &feats) in sentence.upos.iter().zip(&sentence.feats) {
            *counts.entry((upos, feats.0)).or_default() += 1;
        }
    }
    counts.into_iter().filter(|&(_, count)| count >= 10).map(|((upos, feats), _)| (upos, Feats(feats))).collect()
}

/// Index of a tag; of a rare one, the nearest of the same part of speech.
pub(crate) fn index(tagset: &[Tag], upos: Upos, feats: Feats) -> u8 {
    let far = |tag: &Tag| (tag.0 != upos, (tag.1.0 ^ feats.0).count_ones());
    (0..tagset.len()).min_by_key(|&tag| far(&tagset[tag])).unwrap_or(0) as u8
}

/// Trains on the sentences at `chosen`.
pub(crate) fn train(cues: &[Vec<Cues>], gold: &[Vec<u8>], chosen: &[usize], classes: usize, least: u32, epochs: usize) -> Perceptron {
    let mut model = Perceptron::new(classes, least);
    let mut random = Random(1);
    let (mut keys, mut scores, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..epochs {
        for index in random.order(chosen.len()) {
            let sentence = &cues[chosen[index]];
            let gold = &gold[chosen[index]];
            let headline = tagger::headline(sentence);
            tags.clear();
            for at in 0..sentence.len() {
                tagger::features(sentence, at, &tags, headline, &mut keys);
                model.score(&keys, &mut scores);
                let guess = best(&scores);
                model.tick();
                if guess != gold[at] as usize {
                    model.update(&keys, gold[at] as usize, guess);
                }
                tags.push(guess as u8);
            }
        }
    }
    model
}

/// Tags a sentence.
pub(crate) fn tag(model: &Perceptron, sentence: &[Cues]) -> Vec<u8> {
    let (mut keys, mut scores, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    let headline = tagger::headline(sentence);
    for at in 0..sentence.len() {
        tagger::features(sentence, at, &tags, headline, &mut keys);
        model.score(&keys, &mut scores);
        tags.push(best(&scores) as u8);
    }
    tags
}

/// Tags each sentence by a model that has not seen it, so that the parser learns from tags as bad as those it will meet.
pub(crate) fn jackknife(cues: &[Vec<Cues>], gold: &[Vec<u8>], classes: usize, least: u32, epochs: usize, folds: usize) -> Vec<Vec<u8>> {
    let mut tags = vec![Vec::new(); cues.len()];
    for fold in 0..folds {
        let chosen: Vec<usize> = (0..cues.len()).filter(|index| index / 50 % folds != fold).collect();
        let mut model = train(cues, gold, &chosen, classes, least, epochs);
        model.freeze();
        for index in (0..cues.len()).filter(|index| index / 50 % folds == fold) {
            tags[index] = tag(&model, &cues[index]);
        }
    }
    tags
}

/// The best class; the first of equals.
pub(crate) fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}
