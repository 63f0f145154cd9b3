//! Who did what to whom.
//!
//! Where both parties of a record are known the ranker ([`relation`]) says how likely its type is between the two, and its confidence falls
//! with it; the ranker makes no records of its own (DESIGN.md says why).
//!
//! Triggers are matched against the lexicon ([`candidate`]), promises, demands, threats and refusals take up what would be
//! done ([`fold`]), parties are resolved ([`party`]), and what is told twice becomes one record ([`merge`]).

mod candidate;
mod fold;
mod merge;
mod party;
mod record;
pub mod relation;
mod seen;

use self::candidate::Candidate;
use super::Context;
use crate::record::{Event, Issue, Stage};
use crate::trace::Trace;

/// Finds events, in text order.
pub fn find(context: &Context<'_>, issues: &mut Vec<Issue>, trace: &mut impl Trace) -> Vec<Event> {
    let mut events = Vec::new();
    for sentence in &context.reading.text.sentences {
        let candidates = candidate::find(context, sentence, trace);
        for shape in fold::fold(context, &candidates, trace) {
            match record::build(context, &candidates, &shape) {
                Ok(mut event) => {
                    if let (Some(source), Some(target), Some(event_type)) = (event.what.actors.first(), event.what.recipients.first(), event.what.event_type)
                        && let Some(share) = relation::share(context, &candidates, event_type, source.actor.span, target.actor.span, trace)
                    {
                        event.head.confidence = ((event.head.confidence * (1.0 + share) / 2.0) * 100.0).round() / 100.0;
                    }
                    events.push((shape.trigger(&candidates), event));
                }
                Err(why) => {
                    let span = context.reading.span(shape.trigger(&candidates));
                    trace.note(Stage::Extract, span, || format!("no event: {why}"));
                    issues.push(Issue { stage: Stage::Extract, span: Some(span), problem: why });
                }
            }
        }
    }
    merge::merge(context, events, trace)
}

/// Every candidate of every sentence, for ranking a pair.
fn all<'a>(context: &Context<'a>, trace: &mut impl Trace) -> Vec<Vec<Candidate<'a>>> {
    context.reading.text.sentences.iter().map(|sentence| candidate::find(context, sentence, trace)).collect()
}
