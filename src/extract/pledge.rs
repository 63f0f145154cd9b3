//! Who promised what.

use super::Context;
use crate::record::{Event, Figure, Pledge};
use crate::trace::Trace;

/// Finds pledges, in text order.
pub fn find(_context: &Context<'_>, _events: &[Event], _figures: &[Figure], _trace: &mut impl Trace) -> Vec<Pledge> {
    Vec::new()
}
