//! Who said what.

use super::attribution::Attributions;
use crate::record::{Mentions, Quote, Reading};
use crate::resource::Resources;

/// Finds quotes, in text order.
#[must_use]
pub fn find(_reading: &Reading<'_>, _mentions: &Mentions, _attributions: &Attributions, _known: &Resources) -> Vec<Quote> {
    Vec::new()
}
