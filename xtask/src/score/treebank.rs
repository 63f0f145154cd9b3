//! Treebanks as articles: paragraphs are blocks.

use train::conllu::Sentence;
use whodid::record::{Article, Block, Span, Zone};

/// An article of sentences joined by spaces and paragraphs joined by newlines, with the gold sentences and words in it.
/// A word whose spelling does not stand in the text is none; its sentence keeps its place.
pub(crate) struct Gold {
    /// The article.
    pub(crate) article: Article,
    /// Span of each sentence.
    pub(crate) sentences: Vec<Span>,
    /// Span of each word, sentence by sentence.
    pub(crate) words: Vec<Vec<Option<Span>>>,
}

/// Joins sentences to an article.
pub(crate) fn article(sentences: &[Sentence]) -> Gold {
    let mut gold = Gold { article: Article::default(), sentences: Vec::new(), words: Vec::new() };
    let text = &mut gold.article.text;
    let mut start = 0;
    for sentence in sentences {
        if !text.is_empty() {
            if sentence.paragraph {
                gold.article.zones.push(Block { span: Span::new(start, text.len()), zone: Zone::Body });
                text.push('\n');
                start = text.len();
            } else {
                text.push(' ');
            }
        }
        let at = text.len();
        text.push_str(&sentence.text);
        gold.sentences.push(Span::new(at, text.len()));
        gold.words.push(sentence.spans.iter().map(|span| span.map(|(from, to)| Span::new(at + from, at + to))).collect());
    }
    gold.article.zones.push(Block { span: Span::new(start, text.len()), zone: Zone::Body });
    gold
}
