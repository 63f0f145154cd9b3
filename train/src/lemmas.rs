//! Lemma rules by word and by ending.

use std::collections::BTreeMap;

use whodid::parse::lemma::{LONGEST, class, ending_key, word_key};
use whodid::record::Upos;
use whodid::resource::build_slots;

use train::conllu::Sentence;

/// The rule that makes `lemma` of `form`, both in lower case; `capital` where it gets one whatever the form has.
fn rule(lower: &str, lemma: &str, capital: bool) -> String {
    let lemma = lemma.to_lowercase();
    let shared: usize = lower.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let cut = lower.chars().count() - shared;
    let ending: String = lemma.chars().skip(shared).collect();
    format!("{}{cut} {ending}", if capital { "^" } else { "" })
}

fn winner(rules: &BTreeMap<String, usize>) -> Option<(&str, usize)> {
    rules.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(rule, &count)| (rule.as_str(), count))
}

/// The sections `lemmas` and `rules`.
pub(crate) fn train(sentences: &[Sentence]) -> (Vec<u8>, Vec<u8>) {
    // A capital belongs to the word where it never goes without one.
    let mut capitals: BTreeMap<(Upos, String), (usize, usize)> = BTreeMap::new();
    let mut words: BTreeMap<(u32, String), BTreeMap<String, usize>> = BTreeMap::new();
    for turn in 0..2 {
        for sentence in sentences {
            for word in 0..sentence.len() {
                let lower = sentence.forms[word].to_lowercase().replace(['’', '‘'], "'");
                let lemma = sentence.lemmas[word].replace(['’', '‘'], "'");
                let upos = sentence.upos[word];
                if lemma == "_" {
                    continue;
                }
                if turn == 0 {
                    let (all, capital) = capitals.entry((upos, lower)).or_default();
                    *all += 1;
                    *capital += usize::from(lemma.chars().next().is_some_and(char::is_uppercase));
                    continue;
                }
                let capital = upos != Upos::Propn && capitals.get(&(upos, lower.clone())).is_some_and(|(all, capital)| capital * 10 > all * 9);
                let rule = rule(&lower, &lemma, capital);
                *words.entry((class(upos, sentence.feats[word]), lower)).or_default().entry(rule).or_default() += 1;
            }
        }
    }
    // Endings learn from word types, so that common irregular words do not outvote the rest.
    let mut endings: BTreeMap<(u32, String), BTreeMap<String, usize>> = BTreeMap::new();
    for ((class, lower), rules) in &words {
        let Some((rule, _)) = winner(rules) else { continue };
        let starts: Vec<usize> = lower.char_indices().map(|(at, _)| at).chain([lower.len()]).collect();
        for &start in starts.iter().rev().take(LONGEST + 1) {
            *endings.entry((*class, lower[start..].to_owned())).or_default().entry(rule.to_owned()).or_default() += 1;
        }
    }
    let mut rules: Vec<String> = Vec::new();
    let mut number = |rule: &str| {
        let index = rules.iter().position(|known| known == rule).unwrap_or_else(|| {
            rules.push(rule.to_owned());
            rules.len() - 1
        });
        index as u16
    };
    let mut entries: Vec<(u32, u16)> = Vec::new();
    let mut kept: BTreeMap<(u32, &str), String> = BTreeMap::new();
    // Shorter endings first: a longer one is kept only where it says something else.
    let mut by_length: Vec<_> = endings.iter().collect();
    by_length.sort_by_key(|((class, ending), _)| (ending.chars().count(), *class, ending.clone()));
    let longest = |kept: &BTreeMap<(u32, &str), String>, class: u32, word: &str| -> Option<String> {
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let low = starts.len().saturating_sub(LONGEST + 1);
        starts[low..].iter().find_map(|&start| kept.get(&(class, &word[start..])).cloned())
    };
    for ((class, ending), counts) in &by_length {
        let Some((rule, count)) = winner(counts) else { continue };
        let total: usize = counts.values().sum();
        if ending.is_empty() || (total >= 2 && count * 3 >= total * 2 && longest(&kept, *class, ending).as_deref() != Some(rule)) {
            entries.push((ending_key(ending, *class), number(rule)));
            kept.insert((*class, ending.as_str()), rule.to_owned());
        }
    }
    for ((class, lower), counts) in &words {
        let Some((rule, _)) = winner(counts) else { continue };
        if longest(&kept, *class, lower).as_deref() != Some(rule) {
            entries.push((word_key(lower, *class), number(rule)));
        }
    }
    eprintln!("lemmas: {} entries, {} rules", entries.len(), rules.len());
    (build_slots(&entries), rules.join("\n").into_bytes())
}
