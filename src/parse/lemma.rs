//! Dictionary form of a word: its own rule, else the rule of its longest known ending.

use crate::record::Upos;
use crate::resource::Lemmas;

/// Longest ending that rules are kept for, in characters.
pub const LONGEST: usize = 6;

/// Key of the rule of a whole word (lower case) under a part of speech.
#[must_use]
pub fn word_key(lower: &str, upos: Upos) -> u32 {
    hash(lower.as_bytes(), upos as u32 + 1)
}

/// Key of the rule of an ending under a part of speech.
#[must_use]
pub fn ending_key(ending: &str, upos: Upos) -> u32 {
    hash(ending.as_bytes(), upos as u32 + 101)
}

fn hash(bytes: &[u8], seed: u32) -> u32 {
    let hash = bytes.iter().fold(seed.wrapping_mul(0x9E37_79B1), |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
    hash ^ (hash >> 15)
}

/// Appends the lemma of `form` to `out`; `lower` is a buffer.
pub(super) fn push(form: &str, upos: Upos, lemmas: &Lemmas, lower: &mut String, out: &mut String) {
    lower.clear();
    for character in form.chars() {
        match character {
            '’' | '‘' => lower.push('\''),
            _ => lower.extend(character.to_lowercase()),
        }
    }
    let mut rule = lemmas.rule(word_key(lower, upos));
    if rule.is_none()
        && upos == Upos::Verb
        && let Some(lemma) = lemmas.verb(lower)
    {
        out.push_str(lemma);
        return;
    }
    if rule.is_none() {
        let mut starts = [0usize; LONGEST + 1];
        let mut count = 0;
        starts[0] = lower.len();
        for (at, _) in lower.char_indices().rev().take(LONGEST) {
            count += 1;
            starts[count] = at;
        }
        rule = starts[..=count].iter().rev().find_map(|&start| lemmas.rule(ending_key(&lower[start..], upos)));
    }
    let keeps_case = upos == Upos::Propn;
    let start = out.len();
    out.push_str(if keeps_case { form } else { lower });
    let Some(rule) = rule else { return };
    for _ in 0..rule.cut {
        if out.len() > start {
            out.pop();
        }
    }
    out.push_str(rule.ending);
    if rule.capital && !keeps_case {
        let first = out[start..].chars().next();
        if let Some(first) = first {
            let upper: String = first.to_uppercase().collect();
            out.replace_range(start..start + first.len_utf8(), &upper);
        }
    }
}
