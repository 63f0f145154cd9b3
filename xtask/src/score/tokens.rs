//! Words and sentences from running text.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use train::conllu;
use whodid::resource::Resources;
use whodid::text;

use super::{f1, set, treebank};

/// Scores a CoNLL-U file. A gold word whose spelling does not stand in the text counts as missed.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let sentences = conllu::read(path)?;
    let gold = treebank::article(&sentences);
    let found = text::split(&gold.article, &Resources::embedded());
    let words: BTreeSet<_> = gold.words.iter().flatten().flatten().map(|span| (span.start, span.end)).collect();
    let found_words: BTreeSet<_> = found.words.iter().map(|span| (span.start, span.end)).collect();
    let whole: BTreeSet<_> = gold.sentences.iter().map(|span| (span.start, span.end)).collect();
    let found_whole: BTreeSet<_> = found.sentences.iter().map(|sentence| (sentence.span.start, sentence.span.end)).collect();
    if std::env::var_os("SHOW").is_some() {
        show(&gold.article.text, &words, &found_words);
        show(&gold.article.text, &whole, &found_whole);
    }
    let all: usize = gold.words.iter().map(Vec::len).sum();
    Ok(json!({
        "task": "tokens", "set": set(path), "n": all,
        "token_f1": f1(words.intersection(&found_words).count(), found_words.len(), all),
        "sentence_f1": f1(whole.intersection(&found_whole).count(), found_whole.len(), whole.len()),
    }))
}

/// Prints what is missing and what is too much, for eyes.
fn show(text: &str, gold: &BTreeSet<(u32, u32)>, found: &BTreeSet<(u32, u32)>) {
    for span in gold.symmetric_difference(found) {
        println!("{} {:?}", if gold.contains(span) { "missing " } else { "too much" }, &text[span.0 as usize..span.1 as usize]);
    }
}
