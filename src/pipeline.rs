//! The whole flow on one screen.

use crate::extract::dictionary::DictionaryEvent;
use crate::extract::event::relation::{Ranked, Seen};
use crate::record::{Article, Block, Coded, Document, Mentions, Parse, Reading, Span, Text, Zone};
use crate::resource::Resources;
use crate::resource::petrarch::Dictionaries;
use crate::trace::{Silent, Trace};
use crate::{article, extract, mention, parse, text};

/// Codes documents. Holds what the program knows and nothing else: one is shared by all threads.
#[derive(Debug)]
pub struct Coder {
    /// What the program knows.
    pub resources: Resources,
}

impl Default for Coder {
    fn default() -> Self {
        Self { resources: Resources::embedded() }
    }
}

impl Coder {
    /// Codes one document. Never fails: what could not be read is an issue in the result.
    ///
    /// A pure function of the document and the resources: no clock, no network, no randomness.
    #[must_use]
    pub fn code(&self, document: &Document) -> Coded {
        self.code_traced(document, &mut Silent)
    }

    /// [`Coder::code`] with a listener that is told what was tried and why it came to nothing.
    pub fn code_traced(&self, document: &Document, trace: &mut impl Trace) -> Coded {
        let known = &self.resources;
        let mut issues = Vec::new();
        let article = article::read(document, &mut issues);
        if !article.is_english() {
            return Coded { issues, article, ..Coded::default() };
        }
        let (text, parse) = self.read(&article);
        let reading = Reading::new(&article, &text, &parse);
        let mentions = mention::find(&reading, known);
        let found = extract::find(&reading, &mentions, known, &mut issues, trace);
        let extract::Found { events, quotes, figures, pledges } = found;
        Coded { mentions, events, quotes, figures, pledges, issues, article }
    }

    /// Codes one document with a user's own dictionaries in PETRARCH's format, and nothing of ours but the tree.
    #[must_use]
    pub fn code_with(&self, document: &Document, dictionaries: &Dictionaries) -> (Article, Vec<DictionaryEvent>) {
        let article = article::read(document, &mut Vec::new());
        let (text, parse) = self.read(&article);
        let events = extract::dictionary::code(&Reading::new(&article, &text, &parse), dictionaries);
        (article, events)
    }

    /// The language layer of an article: what [`Coder::code`] codes from, for those who want to look at it.
    #[must_use]
    pub fn read(&self, article: &Article) -> (Text, Parse) {
        let text = text::split(article, &self.resources);
        let parse = parse::parse(article, &text, &self.resources);
        (text, parse)
    }

    /// Ranks what the party at `source` did to the party at `target`, best first; the spans are byte offsets into `sentence`.
    /// Empty where a span does not lie in it.
    #[must_use]
    pub fn relation(&self, sentence: &str, source: Span, target: Span) -> Vec<Ranked> {
        if [source, target].iter().any(|span| sentence.get(span.start as usize..span.end as usize).is_none()) {
            return Vec::new();
        }
        self.pair(sentence, |reading, mentions| extract::relation(reading, mentions, &self.resources, source, target))
    }

    /// What [`Coder::relation`] looks at: what the ranker learns from and what its answers are explained by.
    #[must_use]
    pub fn relation_seen(&self, sentence: &str, source: Span, target: Span) -> Seen {
        self.pair(sentence, |reading, mentions| extract::relation_seen(reading, mentions, &self.resources, source, target))
    }

    fn pair<T>(&self, sentence: &str, ask: impl FnOnce(&Reading<'_>, &Mentions) -> T) -> T {
        let block = Block { span: Span::new(0, sentence.len()), zone: Zone::Body };
        let article = Article { text: sentence.into(), zones: vec![block], ..Article::default() };
        let (text, parse) = self.read(&article);
        let reading = Reading::new(&article, &text, &parse);
        let mentions = mention::find(&reading, &self.resources);
        ask(&reading, &mentions)
    }
}
