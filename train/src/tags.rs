//! The tags: parts of speech with features.

use std::collections::BTreeMap;

use train::conllu::Sentence;
use whodid::record::{Feats, Upos};

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
