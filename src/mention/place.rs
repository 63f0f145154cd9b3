//! Place names, resolved against the gazetteer.

use crate::record::{PlaceMention, Reading};
use crate::resource::Resources;

/// Finds and resolves places, in text order.
#[must_use]
pub fn find(_reading: &Reading<'_>, _known: &Resources) -> Vec<PlaceMention> {
    Vec::new()
}

/// The places of a record.
#[must_use]
pub fn for_record(_reading: &Reading<'_>, _places: &[PlaceMention], _word: crate::record::Word) -> Vec<crate::record::Place> {
    Vec::new()
}
