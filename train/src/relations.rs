//! Sentences that were written for this project, each with two parties and what the one does to the other.

use std::path::Path;

use anyhow::Context as _;
use whodid::record::{Article, Block, Span, Zone};
use whodid::resource::Resources;
use whodid::text;

/// Words of each sentence of a file of lines of type, status, and a sentence with `<s>source</s>` and `<t>target</t>`, tabs between.
pub(crate) fn words(path: &Path, known: &Resources) -> anyhow::Result<Vec<Vec<String>>> {
    let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let wrong = |number: usize| format!("{}:{}: not a type, a status and a sentence", path.display(), number + 1);
    lines.lines().enumerate().map(|(number, line)| line.split('\t').nth(2).map(|marked| split(marked, known)).with_context(|| wrong(number))).collect()
}

fn split(marked: &str, known: &Resources) -> Vec<String> {
    let sentence = ["<s>", "</s>", "<t>", "</t>"].iter().fold(marked.to_owned(), |sentence, mark| sentence.replace(mark, ""));
    let zones = vec![Block { span: Span::new(0, sentence.len()), zone: Zone::Body }];
    let article = Article { text: sentence, zones, ..Article::default() };
    text::split(&article, known).words.iter().map(|word| word.of(&article.text).to_owned()).collect()
}
