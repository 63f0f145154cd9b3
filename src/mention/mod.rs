//! Who, where, when and how many, resolved against what is known.

pub mod actor;
pub mod coreference;
pub mod number;
pub mod place;
pub mod time;

use crate::record::{Mentions, Reading};
use crate::resource::Resources;

/// Finds every mention of an article.
#[must_use]
pub fn find(reading: &Reading<'_>, known: &Resources) -> Mentions {
    let times = time::find(reading, known);
    let numbers = number::find(reading, &times, known);
    let mut places = place::find(reading, known);
    let (mut actors, aliases) = actor::find(reading, &mut places, known);
    coreference::link(reading, &mut actors, known);
    Mentions { times, numbers, places, actors, aliases }
}
