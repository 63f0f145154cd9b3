//! Who did what to whom.

use super::Context;
use crate::record::{Event, Issue};
use crate::trace::Trace;

/// Finds events, in text order.
pub fn find(_context: &Context<'_>, _issues: &mut Vec<Issue>, _trace: &mut impl Trace) -> Vec<Event> {
    Vec::new()
}
