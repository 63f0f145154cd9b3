//! Tags and trees, gold words and sentences.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use train::conllu;
use whodid::parse;
use whodid::record::{Deprel, ROOT, Upos};
use whodid::resource::Resources;

use super::{f1, percent, set};

/// Scores a CoNLL-U file.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let sentences = conllu::read(path)?;
    let (article, text) = conllu::spelled(&sentences);
    let known = Resources::embedded();
    let mut times = Vec::new();
    let mut found = parse::parse(&article, &text, &known);
    for _ in 0..3 {
        let start = Instant::now();
        found = parse::parse(&article, &text, &known);
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);

    let universal = |deprel: Deprel| deprel.as_str().split(':').next().unwrap_or_default();
    let (mut all, mut uas, mut las, mut words, mut las_words, mut upos, mut lemma) = (0usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    let core = [[Deprel::Nsubj], [Deprel::Obj], [Deprel::NsubjPass]];
    let mut pairs = [(BTreeSet::new(), BTreeSet::new()), (BTreeSet::new(), BTreeSet::new()), (BTreeSet::new(), BTreeSet::new())];
    let mut first = 0;
    for sentence in &sentences {
        let count = sentence.len();
        for word in 0..count {
            let at = first + word;
            let gold_head = if sentence.heads[word] as usize == count { ROOT } else { (first + sentence.heads[word] as usize) as u32 };
            let head = found.head[at] == gold_head;
            let both = head && universal(found.deprel[at]) == universal(sentence.labels[word]);
            all += 1;
            uas += usize::from(head);
            las += usize::from(both);
            if sentence.upos[word] != Upos::Punct {
                words += 1;
                las_words += usize::from(both);
            }
            upos += usize::from(found.upos[at] == sentence.upos[word]);
            lemma += usize::from(found.lemma(at) == sentence.lemmas[word] || sentence.lemmas[word] == "_");
            for (relation, (gold, guess)) in core.iter().zip(&mut pairs) {
                if relation.contains(&sentence.labels[word]) && gold_head != ROOT && sentence.upos[sentence.heads[word] as usize] == Upos::Verb {
                    gold.insert((gold_head as usize, at));
                }
                if relation.contains(&found.deprel[at]) && found.head[at] != ROOT && found.upos[found.head[at] as usize] == Upos::Verb {
                    guess.insert((found.head[at] as usize, at));
                }
            }
        }
        first += count;
    }
    let core_f1 = |index: usize| f1(pairs[index].0.intersection(&pairs[index].1).count(), pairs[index].1.len(), pairs[index].0.len());
    Ok(json!({
        "task": "parse", "set": set(path), "n": all,
        "uas": percent(uas as f64, all as f64), "las": percent(las as f64, all as f64), "las_nopunct": percent(las_words as f64, words as f64), "upos": percent(upos as f64, all as f64), "lemma": percent(lemma as f64, all as f64),
        "nsubj_f1": core_f1(0), "obj_f1": core_f1(1), "nsubj_pass_f1": core_f1(2),
        "words_per_s": (all as f64 / times[1]).round(),
    }))
}
