//! Time expressions, resolved against the publication date only.

use crate::record::{Reading, TimeMention};
use crate::resource::Resources;

/// Finds time expressions, in text order.
#[must_use]
pub fn find(_reading: &Reading<'_>, _known: &Resources) -> Vec<TimeMention> {
    Vec::new()
}
