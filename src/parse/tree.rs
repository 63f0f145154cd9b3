//! A tree drawn for a terminal.

use std::fmt::Write as _;

use crate::record::{Reading, Word};

/// Draws a sentence as an indented tree: words in text order, each under its governor's branch, with tag, lemma and relation.
///
/// ```text
///    ┌─ Rebels      NOUN   rebel     nsubj
/// ┌──┴─ shelled     VERB   shell     root
/// ```
#[must_use]
pub fn draw(reading: &Reading<'_>, sentence: usize) -> String {
    let mut out = String::new();
    let Some(sentence) = reading.text.sentences.get(sentence) else { return out };
    let words = sentence.words.clone();
    let branches: Vec<String> = words.clone().map(|word| branch(reading, word)).collect();
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let form_width = width(&mut words.clone().zip(&branches).map(|(word, branch)| branch.chars().count() + reading.form(word).chars().count()));
    let lemma_width = width(&mut words.clone().map(|word| reading.lemma(word).chars().count()));
    for (word, branch) in words.clone().zip(&branches) {
        let pad = form_width - branch.chars().count();
        let (form, upos, lemma, deprel) = (reading.form(word), reading.upos(word), reading.lemma(word), reading.deprel(word));
        let name = reading.parse.names.iter().find(|name| name.words.contains(&word)).map_or("", |name| name.kind.as_str());
        let line = format!("{branch}{form:<pad$}  {upos:<5}  {lemma:<lemma_width$}  {deprel:<14}  {name}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// The lines to the left of a word: one column for each word above it in the tree.
fn branch(reading: &Reading<'_>, word: Word) -> String {
    let mut path = vec![word];
    while let Some(head) = path.last().and_then(|&at| reading.head(at)) {
        path.push(head);
    }
    path.reverse();
    let mut branch = String::new();
    for pair in path.windows(2) {
        let [head, child] = *pair else { continue };
        let is_last_step = child == word;
        let (low, high) = (reading.children(head).next().unwrap_or(head).min(head), reading.children(head).next_back().unwrap_or(head).max(head));
        branch.push_str(match (is_last_step, word) {
            (true, at) if at == low => "┌─ ",
            (true, at) if at == high => "└─ ",
            (true, _) => "├─ ",
            (false, at) if at > low && at < high => "│  ",
            (false, _) => "   ",
        });
    }
    branch
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Article, Block, Deprel, Feats, Parse, ROOT, Sentence, Span, Text, Upos, Zone};

    #[test]
    fn branches_point_to_governors() {
        let surface = "Rebels shelled the town";
        let words = vec![Span::new(0, 6), Span::new(7, 14), Span::new(15, 18), Span::new(19, 23)];
        let article = Article { text: surface.to_owned(), zones: vec![Block { span: Span::new(0, 23), zone: Zone::Body }], ..Article::default() };
        let sentences = vec![Sentence { span: Span::new(0, 23), words: 0..4, block: 0, zone: Zone::Body }];
        let parse = Parse {
            upos: vec![Upos::Noun, Upos::Verb, Upos::Det, Upos::Noun],
            feats: vec![Feats::default(); 4],
            head: vec![1, ROOT, 3, 1],
            deprel: vec![Deprel::Nsubj, Deprel::Root, Deprel::Det, Deprel::Obj],
            lemmas: "rebelshellthetown".to_owned(),
            lemma: vec![Span::new(0, 5), Span::new(5, 10), Span::new(10, 13), Span::new(13, 17)],
            names: Vec::new(),
        };
        let text = Text { sentences, words };
        let reading = Reading::new(&article, &text, &parse);
        let drawn = "\
┌─ Rebels  NOUN   rebel  nsubj
shelled    VERB   shell  root
│  ┌─ the  DET    the    det
└─ town    NOUN   town   obj
";
        assert_eq!(draw(&reading, 0), drawn);
        assert_eq!(draw(&reading, 1), "");
    }
}
