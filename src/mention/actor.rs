//! People and organisations, resolved by name, role and date.

use crate::record::{ActorMention, Alias, PlaceMention, Reading};
use crate::resource::Resources;

/// Finds and resolves actors, in text order; marks the places that stand for governments as metonymic.
#[must_use]
pub fn find(_reading: &Reading<'_>, _places: &mut [PlaceMention], _known: &Resources) -> (Vec<ActorMention>, Vec<Alias>) {
    (Vec::new(), Vec::new())
}

/// The mention whose head is `word`.
#[must_use]
pub fn at(mentions: &crate::record::Mentions, word: crate::record::Word) -> Option<&ActorMention> {
    mentions.actors.iter().find(|mention| mention.head == word)
}
