//! According to whom: which words stand inside whose claim.

use super::clause::Clauses;
use crate::record::{Claim, Mentions, Reading, Source, Span, Word};
use crate::resource::Resources;

/// Every stretch of the article that is given as someone's words or knowledge, nested ones inside outer ones.
#[derive(Clone, Debug, Default)]
pub struct Attributions {
    /// In text order of their cues.
    pub all: Vec<Attribution>,
}

/// One source with what it says.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Who says it.
    pub source: Option<Source>,
    /// The reporting word or phrase.
    pub cue: Option<Word>,
    /// What is said: stretches of text, quotation marks left out.
    pub content: Vec<Span>,
    /// How the source stands to it: reported, alleged (doubt, or a party to the event), denied.
    pub claim: Claim,
    /// Whether the content stands in quotation marks, wholly or in part.
    pub quoted: bool,
}

impl Attributions {
    /// The chain that governs `span` (outermost first) and the claim that comes of it; asserted where nobody is named.
    #[must_use]
    pub fn at(&self, span: Span) -> (Vec<Source>, Claim) {
        let mut chain = Vec::new();
        let mut claim = Claim::Asserted;
        for attribution in self.all.iter().filter(|attribution| attribution.content.iter().any(|content| content.contains(span))) {
            chain.extend(attribution.source.clone());
            claim = claim.max(attribution.claim);
        }
        (chain, claim)
    }
}

/// Finds who says what.
#[must_use]
pub fn find(_reading: &Reading<'_>, _mentions: &Mentions, _clauses: &Clauses, _known: &Resources) -> Attributions {
    Attributions::default()
}
