//! Dictionary form of a word: its own rule, else the rule of its longest known ending.

use crate::record::{Feats, Upos};
use crate::resource::Lemmas;

/// Longest ending that rules are kept for, in characters.
pub const LONGEST: usize = 6;

/// What a rule holds for: a part of speech, apart where a form says more than the dictionary does (plural, comparative, possessive,
/// past), so that "lay" and "her" have two rules.
#[must_use]
pub fn class(upos: Upos, feats: Feats) -> u32 {
    let more = [Feats::PLUR, Feats::CMP, Feats::POSS, Feats::PAST].iter().any(|&feat| feats.has(feat));
    upos as u32 * 2 + u32::from(more)
}

/// Key of the rule of a whole word (lower case) in a class.
#[must_use]
pub fn word_key(lower: &str, class: u32) -> u32 {
    hash(lower.as_bytes(), class + 1)
}

/// Key of the rule of an ending in a class.
#[must_use]
pub fn ending_key(ending: &str, class: u32) -> u32 {
    hash(ending.as_bytes(), class + 101)
}

fn hash(bytes: &[u8], seed: u32) -> u32 {
    let hash = bytes.iter().fold(seed.wrapping_mul(0x9E37_79B1), |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
    hash ^ (hash >> 15)
}

/// Appends the lemma of `form` to `out`; `lower` is a buffer. An adjective that is part of a name keeps its capital: `inside` says that
/// a capital is no matter of the sentence's.
pub(super) fn push(form: &str, (upos, feats): (Upos, Feats), inside: bool, lemmas: &Lemmas, lower: &mut String, out: &mut String) {
    let class = class(upos, feats);
    lower.clear();
    for character in form.chars() {
        match character {
            '’' | '‘' => lower.push('\''),
            _ => lower.extend(character.to_lowercase()),
        }
    }
    let mut rule = lemmas.rule(word_key(lower, class));
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
        rule = starts[..=count].iter().rev().find_map(|&start| lemmas.rule(ending_key(&lower[start..], class)));
    }
    let mut characters = form.chars();
    let capital = characters.next().is_some_and(char::is_uppercase);
    let small = characters.all(|character| !character.is_uppercase());
    let keeps_case = upos == Upos::Propn;
    let start = out.len();
    out.push_str(if keeps_case { form } else { lower });
    let raised = upos == Upos::Adj && inside && capital && small;
    if let Some(rule) = rule {
        for _ in 0..rule.cut {
            if out.len() > start {
                out.pop();
            }
        }
        out.push_str(rule.ending);
    }
    if (raised || rule.is_some_and(|rule| rule.capital)) && !keeps_case {
        let first = out[start..].chars().next();
        if let Some(first) = first {
            let upper: String = first.to_uppercase().collect();
            out.replace_range(start..start + first.len_utf8(), &upper);
        }
    }
}
