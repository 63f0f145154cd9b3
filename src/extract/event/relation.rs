//! What one party did to another: event types ranked for two marked stretches of a sentence.

use super::candidate::Candidate;
use super::{fold, party};
use crate::extract::Context;
use crate::extract::argument;
use crate::record::{EventType, Span, Word};
use crate::trace::Silent;

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// PLOVER type.
    pub event_type: EventType,
    /// Larger is likelier; comparable within one call only.
    pub score: f32,
    /// The word that fired.
    pub trigger: Span,
}

/// Ranks the types of what `source` did to `target`, best first; each type once. Empty where no sense of the lexicon fits.
#[must_use]
pub fn rank(context: &Context<'_>, source: Span, target: Span) -> Vec<Ranked> {
    let mut answers: Vec<Ranked> = Vec::new();
    for candidates in super::all(context, &mut Silent) {
        for shape in fold::fold(context, &candidates, &mut Silent) {
            let candidate = &candidates[shape.candidate];
            add(&mut answers, context, candidate, shape.event_type, source, target, 1.0);
        }
        // What is asked for or only meant still tells how the two stand.
        for candidate in &candidates {
            add(&mut answers, context, candidate, candidate.event_type, source, target, 0.3);
        }
    }
    answers.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.trigger.cmp(&other.trigger)));
    let mut seen = Vec::new();
    answers.retain(|answer| {
        !seen.contains(&answer.event_type) && {
            seen.push(answer.event_type);
            true
        }
    });
    answers
}

fn add(answers: &mut Vec<Ranked>, context: &Context<'_>, candidate: &Candidate<'_>, event_type: EventType, source: Span, target: Span, weight: f32) {
    let frame = &candidate.sense.frame;
    let actor = touches(context, candidate, &frame.actor, source);
    let recipient = touches(context, candidate, &frame.recipient, target) || touches(context, candidate, &frame.content, target);
    let swapped = touches(context, candidate, &frame.actor, target) || touches(context, candidate, &frame.recipient, source);
    let near = 1.0 / (1.0 + distance(context, candidate.trigger, source) + distance(context, candidate.trigger, target));
    let fit = match (actor, recipient) {
        (true, true) => 3.0,
        (true, false) => 1.6,
        (false, true) => 1.2,
        (false, false) => 0.4,
    };
    let score = weight * (fit - if swapped { 0.9 } else { 0.0 }) + near;
    answers.push(Ranked { event_type, score, trigger: context.reading.span(candidate.trigger) });
}

/// Whether a filler of some slots, or the people behind it, lies in a marked stretch.
fn touches(context: &Context<'_>, candidate: &Candidate<'_>, slots: &[crate::resource::lexicon::Slot], marked: Span) -> bool {
    let reading = context.reading;
    slots.iter().flat_map(|slot| candidate.arguments.fillers(reading, slot)).flat_map(|word| argument::coordinated(reading, word)).any(|word| {
        marked.contains(reading.span(word))
            || party::mention(context, word).is_some_and(|mention| marked.overlaps(mention.actor.span))
            || reading.children(word).any(|child| {
                marked.contains(reading.span(child))
                    && !reading.children(child).any(|case| reading.upos(case) == crate::record::Upos::Adp && reading.lemma(case) != "of")
            })
    })
}

/// Words between a trigger and a stretch, in units of ten.
fn distance(context: &Context<'_>, trigger: Word, marked: Span) -> f32 {
    let words = context.reading.words_in(marked);
    let gap = if trigger < words.start { words.start - trigger } else { trigger.saturating_sub(words.end) };
    gap as f32 / 10.0
}
