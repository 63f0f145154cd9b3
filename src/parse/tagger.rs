//! Part of speech and features, left to right.

use super::cues::{Cues, cue};

/// A tag before the first word.
pub const NO_TAG: u8 = u8::MAX;

/// Whether most words of the sentence begin with a capital, as in headlines: 1 if so.
#[must_use]
pub fn headline(cues: &[Cues]) -> u32 {
    let capitals = cues.iter().filter(|word| word.capital).count();
    u32::from(capitals * 2 > cues.len() + 1)
}

/// Features of the word `at`; `tags` holds those of the words before it.
pub fn features(cues: &[Cues], at: usize, tags: &[u8], headline: u32, out: &mut Vec<u64>) {
    out.clear();
    let edge = Cues::default();
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|index| cues.get(index)).unwrap_or(&edge);
    let tag = |back: usize| at.checked_sub(back).map_or(u32::from(NO_TAG), |index| u32::from(tags[index]));
    let (now, before, after) = (word(0), word(-1), word(1));
    let (before2, after2) = (word(-2), word(2));
    let (tag1, tag2) = (tag(1), tag(2));
    let first = u32::from(at == 0) | headline << 1;
    cue!(out, 1, now.word);
    cue!(out, 2, before.word);
    cue!(out, 3, after.word);
    cue!(out, 4, before2.word);
    cue!(out, 5, after2.word);
    cue!(out, 6, before.word, now.word);
    cue!(out, 7, now.word, after.word);
    cue!(out, 8, now.suffix[0]);
    cue!(out, 9, now.suffix[1]);
    cue!(out, 10, now.suffix[2]);
    cue!(out, 11, now.suffix[3]);
    cue!(out, 12, now.prefix[0]);
    cue!(out, 13, now.prefix[1]);
    cue!(out, 14, now.prefix[2]);
    cue!(out, 15, now.shape);
    cue!(out, 16, now.shape, first);
    cue!(out, 17, tag1);
    cue!(out, 18, tag1, tag2);
    cue!(out, 19, tag1, now.word);
    cue!(out, 20, tag1, after.word);
    cue!(out, 21, tag1, tag2, now.word);
    cue!(out, 22, now.fine);
    cue!(out, 23, before.fine);
    cue!(out, 24, after.fine);
    cue!(out, 25, now.fine, tag1);
    cue!(out, 26, now.coarse, after.coarse);
    cue!(out, 27, now.suffix[2], tag1);
    cue!(out, 28, now.suffix[1], after.word);
    cue!(out, 29, before.suffix[2]);
    cue!(out, 30, after.suffix[2]);
    cue!(out, 31, now.coarse, now.shape);
    cue!(out, 32, now.suffix[2], now.shape, first);
    cue!(out, 33, tag1, after.fine);
    cue!(out, 34, tag1, now.shape, after.shape);
    cue!(out, 35, after.word, after2.word);
    cue!(out, 36, now.fine, after.fine);
    cue!(out, 37, now.word, first);
    cue!(out, 38, before.word, after.word);
}
