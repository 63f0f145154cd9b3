//! Claims about claims: confirms, denies, corroborates, corrects, claims responsibility.

use super::Context;
use crate::record::Event;
use crate::trace::Trace;

/// Finds links and puts them on the events they are about.
pub fn find(_context: &Context<'_>, _events: &mut [Event], _trace: &mut impl Trace) {}
