//! Dictionary form of a word: its own rule, else the rule of its longest known ending.

use super::features::word_hash;
use crate::record::{Feats, Upos};
use crate::resource::{Rule, Weights};

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

/// Names in capitals of this many letters are seldom short for something: "TEHRAN", but "NATO".
const SHOUTED: usize = 6;

/// Appends the lemma of `form` to `out`; `lower` is a buffer. An adjective that is part of a name, or that a list of peoples knows, keeps its
/// capital: `named` says so.
pub(super) fn push(form: &str, (upos, feats): (Upos, Feats), named: bool, known: &Weights, lower: &mut String, out: &mut String) {
    let class = class(upos, feats);
    lower.clear();
    for character in form.chars() {
        match character {
            '’' | '‘' => lower.push('\''),
            _ => lower.extend(character.to_lowercase()),
        }
    }
    let start = out.len();
    let whole = known.lemmas.rule(word_key(lower, class));
    if whole.is_none()
        && upos == Upos::Verb
        && let Some(lemma) = known.lemmas.verb(lower)
    {
        out.push_str(lemma);
        return;
    }
    let rule = whole.or_else(|| by_ending(lower, class, known));
    let keeps_case = upos == Upos::Propn;
    let shouted = keeps_case && form.len() >= SHOUTED && form.bytes().all(|byte| byte.is_ascii_uppercase());
    out.push_str(if keeps_case && !shouted { form } else { lower });
    if let Some(rule) = rule {
        for _ in 0..rule.cut {
            if out.len() > start {
                out.pop();
            }
        }
        out.push_str(rule.ending);
    }
    // A treebank's slip, or an ending that misleads: what is no word gives way to what is.
    if matches!(upos, Upos::Verb | Upos::Adj) && known.vectors.of(word_hash(&out[start..])).is_none() {
        match known.lemmas.verb(lower) {
            Some(lemma) if upos == Upos::Verb => out.replace_range(start.., lemma),
            _ => regular(lower, known, start, out),
        }
    }
    let mut characters = form.chars();
    let capital = characters.next().is_some_and(char::is_uppercase) && characters.all(|character| !character.is_uppercase());
    let raised = shouted || upos == Upos::Adj && named && capital || !keeps_case && rule.is_some_and(|rule| rule.capital);
    if raised && let Some(first) = out[start..].chars().next() {
        let upper: String = first.to_uppercase().collect();
        out.replace_range(start..start + first.len_utf8(), &upper);
    }
}

/// The rule of the longest ending that has one.
fn by_ending<'a>(lower: &str, class: u32, known: &'a Weights) -> Option<&'a Rule> {
    let mut starts = [lower.len(); LONGEST + 1];
    let mut count = 0;
    for (at, _) in lower.char_indices().rev().take(LONGEST) {
        count += 1;
        starts[count] = at;
    }
    starts[..=count].iter().rev().find_map(|&start| known.lemmas.rule(ending_key(&lower[start..], class)))
}

/// Puts what is left of a word without its regular ending in place of the lemma at `start`, where that is a word.
fn regular(lower: &str, known: &Weights, start: usize, out: &mut String) {
    let is_word = |word: &str| known.vectors.of(word_hash(word)).is_some();
    let Some(stem) = ["ing", "ed", "est", "er", "es"].iter().find_map(|ending| lower.strip_suffix(ending)).filter(|stem| stem.len() > 2 && stem.is_ascii())
    else {
        return;
    };
    let mut last = stem.bytes().rev();
    // "modelling"
    let single = if last.next() == last.next() { &stem[..stem.len() - 1] } else { stem };
    let end = out.len();
    for (stem, ending) in [(stem, ""), (stem, "e"), (single, "")] {
        out.push_str(stem);
        out.push_str(ending);
        if is_word(&out[end..]) {
            out.replace_range(start..end, "");
            return;
        }
        out.truncate(end);
    }
}
