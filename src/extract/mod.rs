//! Records from the tree and the mentions: events, quotes, figures, pledges.

pub mod argument;
pub mod attribution;
pub mod clause;
pub mod dictionary;
pub mod event;
pub mod figure;
pub mod link;
pub mod pledge;
pub mod quote;

use crate::record::{Event, Figure, Issue, Mentions, Pledge, Quote, Reading, Span};
use crate::resource::Resources;
use crate::trace::Trace;

/// What extraction gave.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// How many.
    pub figures: Vec<Figure>,
    /// Who promised what.
    pub pledges: Vec<Pledge>,
}

/// Extracts every record of an article.
pub fn find(reading: &Reading<'_>, mentions: &Mentions, known: &Resources, issues: &mut Vec<Issue>, trace: &mut impl Trace) -> Found {
    let clauses = clause::analyse(reading, known);
    let attributions = attribution::find(reading, mentions, &clauses, known);
    let quotes = quote::find(reading, mentions, &attributions, known);
    let context = Context { reading, mentions, clauses: &clauses, attributions: &attributions, known };
    let mut events = event::find(&context, issues, trace);
    let figures = figure::find(&context, &mut events, trace);
    let pledges = pledge::find(&context, &events, &figures, trace);
    link::find(&context, &mut events, trace);
    Found { events, quotes, figures, pledges }
}

/// Ranks what one party did to another, best first.
#[must_use]
pub fn relation(reading: &Reading<'_>, mentions: &Mentions, known: &Resources, source: Span, target: Span) -> Vec<event::relation::Ranked> {
    with_context(reading, mentions, known, |context| event::relation::rank(context, source, target))
}

/// Everything [`relation`] looks at: what the ranker learns from.
#[must_use]
pub fn relation_seen(reading: &Reading<'_>, mentions: &Mentions, known: &Resources, source: Span, target: Span) -> event::relation::Seen {
    with_context(reading, mentions, known, |context| event::relation::seen(context, source, target))
}

fn with_context<T>(reading: &Reading<'_>, mentions: &Mentions, known: &Resources, ask: impl FnOnce(&Context<'_>) -> T) -> T {
    let clauses = clause::analyse(reading, known);
    let attributions = attribution::find(reading, mentions, &clauses, known);
    ask(&Context { reading, mentions, clauses: &clauses, attributions: &attributions, known })
}

/// What every extractor reads.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The article with its language layer.
    pub reading: &'a Reading<'a>,
    /// Who, where, when, how many.
    pub mentions: &'a Mentions,
    /// How each predicate stands to the world.
    pub clauses: &'a clause::Clauses,
    /// Who says what.
    pub attributions: &'a attribution::Attributions,
    /// What the program knows.
    pub known: &'a Resources,
}
