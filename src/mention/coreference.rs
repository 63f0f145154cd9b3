//! Which mentions are one actor: short names, titles, role nouns, pronouns.

use crate::record::{ActorMention, Reading};
use crate::resource::Resources;

/// Gives mentions of one actor one `entity`, and what is known of one to the others.
pub fn link(_reading: &Reading<'_>, _actors: &mut Vec<ActorMention>, _known: &Resources) {}
