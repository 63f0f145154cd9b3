//! What one party did to another: event types ranked for two marked stretches of a sentence.
//!
//! The rules of the lexicon say which types they find and how well each fits the two; the ranker weighs that with what else is seen.

use super::candidate::Candidate;
use super::{fold, party, seen};
use crate::extract::Context;
use crate::extract::argument;
use crate::parse::softmax;
use crate::record::{EventType, Span, Stage, Word};
use crate::resource::network::VECTOR;
use crate::resource::{CLASSES, MEANINGS, Ranker, TYPES, UNIT};
use crate::trace::{Silent, Trace};

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// PLOVER type.
    pub event_type: EventType,
    /// Its share of one, 0 to 1; what all types lack to one is the share of "no act between the two".
    pub score: f32,
    /// The word that fired: the lexicon's for this type, else for another, else the source.
    pub trigger: Span,
    /// What spoke for it, the most first, each with its share of the score before it was made a share.
    pub because: Vec<(String, f32)>,
}

/// What the lexicon's rules say of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruled<'a> {
    pub(super) event_type: EventType,
    /// Larger fits better; comparable within one pair only.
    pub(super) score: f32,
    pub(super) trigger: Word,
    /// Code of the sense that fired.
    pub(super) cameo: Option<&'a str>,
}

/// Candidates of a sentence that a pair is weighed against.
const MANY: usize = 60;

/// Reasons that are told.
const REASONS: usize = 6;

/// Ranks the types of what `source` did to `target`, best first; each type once.
#[must_use]
pub fn rank(context: &Context<'_>, source: Span, target: Span) -> Vec<Ranked> {
    let ruled = ruled(context, &super::all(context, &mut Silent), source, target);
    let seen = look(context, source, target, &ruled);
    let ranker = &context.known.ranker;
    let shares = shares(ranker, &seen);
    let fallback = ruled.first().map_or(source, |rule| context.reading.span(rule.trigger));
    let mut answers: Vec<Ranked> = TYPES
        .iter()
        .enumerate()
        .map(|(class, &event_type)| Ranked {
            event_type,
            score: shares[class],
            trigger: ruled.iter().find(|rule| rule.event_type == event_type).map_or(fallback, |rule| context.reading.span(rule.trigger)),
            because: because(ranker, &seen, class),
        })
        .collect();
    answers.sort_by(|one, other| other.score.total_cmp(&one.score));
    answers
}

/// How likely the ranker holds it that `source` did `event_type` to `target`, 0 to 1, from the candidates of their sentence; none for a
/// type it does not know. With it, what spoke for that, the most first.
pub(super) fn share(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    event_type: EventType,
    source: Span,
    target: Span,
    trace: &mut impl Trace,
) -> Option<f32> {
    let class = TYPES.iter().position(|&known| known == event_type)?;
    // A sentence with more is a list; to weigh each pair against all would take for ever.
    if context.known.ranker.is_empty() || candidates.len() > MANY {
        return None;
    }
    let ruled = ruled(context, &[candidates], source, target);
    let seen = look(context, source, target, &ruled);
    let share = shares(&context.known.ranker, &seen)[class];
    trace.note(Stage::Extract, target, || {
        let because = because(&context.known.ranker, &seen, class);
        let because: Vec<String> = because.iter().map(|(feature, weight)| format!("{feature} {weight:+.2}")).collect();
        let (source, target) = (context.reading.surface(source), context.reading.surface(target));
        format!("ranker: {event_type} from '{source}' to '{target}' {share:.2}: {}", because.join("; "))
    });
    Some(share)
}

/// What the ranker looks at for a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Features as words, in byte order, each once.
    pub features: Vec<String>,
    /// What the words between and around the two mean: their vectors, averaged in groups.
    pub meanings: [[f32; VECTOR]; MEANINGS],
}

/// Everything the ranker looks at for a pair.
#[must_use]
pub fn seen(context: &Context<'_>, source: Span, target: Span) -> Seen {
    look(context, source, target, &ruled(context, &super::all(context, &mut Silent), source, target))
}

fn look(context: &Context<'_>, source: Span, target: Span, ruled: &[Ruled<'_>]) -> Seen {
    let mut features = Vec::new();
    let meanings = seen::of(context, source, target, ruled, &mut |feature| features.push(feature.to_owned()));
    features.sort_unstable();
    features.dedup();
    Seen { features, meanings }
}

/// The classes' shares of one.
fn shares(ranker: &Ranker, seen: &Seen) -> [f32; CLASSES] {
    let mut scores = [0; CLASSES];
    for feature in &seen.features {
        ranker.add(feature, &mut scores);
    }
    let mut shares = scores.map(|score| score as f32 / UNIT);
    for (group, meaning) in seen.meanings.iter().enumerate() {
        for (share, score) in shares.iter_mut().zip(ranker.meaning(group, meaning)) {
            *share += score;
        }
    }
    softmax(&mut shares);
    shares
}

fn because(ranker: &Ranker, seen: &Seen, class: usize) -> Vec<(String, f32)> {
    let weight = |feature: &str| ranker.weights(feature).nth(class).map_or(0.0, |weight| f32::from(weight) / UNIT);
    let features = seen.features.iter().map(|feature| (feature.clone(), weight(feature)));
    let meanings =
        seen.meanings.iter().enumerate().map(|(group, meaning)| (format!("meaning of {}", seen::GROUPS[group]), ranker.meaning(group, meaning)[class]));
    let mut reasons: Vec<(String, f32)> = features.chain(meanings).filter(|reason| reason.1 > 0.0).collect();
    reasons.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    reasons.truncate(REASONS);
    reasons
}

/// What the rules find, best first; each type once.
fn ruled<'a>(context: &Context<'a>, sentences: &[impl AsRef<[Candidate<'a>]>], source: Span, target: Span) -> Vec<Ruled<'a>> {
    let mut answers = Vec::new();
    for candidates in sentences.iter().map(AsRef::as_ref) {
        for shape in fold::fold(context, candidates, &mut Silent) {
            add(&mut answers, context, &candidates[shape.candidate], shape.event_type, source, target, 1.0);
        }
        // What is asked for or only meant still tells how the two stand.
        for candidate in candidates {
            add(&mut answers, context, candidate, candidate.event_type, source, target, 0.3);
        }
    }
    answers.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.trigger.cmp(&other.trigger)));
    let mut told = Vec::new();
    answers.retain(|answer| {
        !told.contains(&answer.event_type) && {
            told.push(answer.event_type);
            true
        }
    });
    answers
}

fn add<'a>(answers: &mut Vec<Ruled<'a>>, context: &Context<'_>, candidate: &Candidate<'a>, event_type: EventType, source: Span, target: Span, weight: f32) {
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
    answers.push(Ruled { event_type, score, trigger: candidate.trigger, cameo: candidate.sense.cameo.as_deref() });
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
