//! The algebra of deeds and words: a promise, demand, threat or refusal is its own type and holds what would be done.

use super::candidate::Candidate;
use crate::extract::Context;
use crate::extract::argument;
use crate::record::{Claim, Deprel, EventType, Feats, Mode, Reading, Realis, Stage, Upos, Word};
use crate::resource::lexicon::Test;
use crate::trace::Trace;

/// What becomes of a candidate.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Index of the candidate that fires.
    pub(super) candidate: usize,
    /// Type of the record.
    pub(super) event_type: EventType,
    /// Its modes.
    pub(super) modes: Vec<Mode>,
    /// How it stands to the world.
    pub(super) realis: Realis,
    /// What would be done.
    pub(super) content: Option<Content>,
    /// Whether the type is that of the sense itself, so that its CAMEO code and contexts hold.
    pub(super) own_type: bool,
}

/// What would be done.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// The word that heads it.
    pub(super) word: Word,
    /// The candidate that types it, if one does.
    pub(super) candidate: Option<usize>,
}

impl Shape {
    /// The word that fires.
    pub(super) fn trigger(&self, candidates: &[Candidate<'_>]) -> Word {
        candidates[self.candidate].trigger
    }
}

/// Decides for every candidate of a sentence whether it is a record, part of another, or none.
pub(super) fn fold(context: &Context<'_>, candidates: &[Candidate<'_>], trace: &mut impl Trace) -> Vec<Shape> {
    let mut taken = vec![false; candidates.len()];
    let mut contents: Vec<Option<Content>> = vec![None; candidates.len()];
    let consumed = consumed(context, candidates);
    for (index, candidate) in candidates.iter().enumerate().filter(|(index, _)| consumed[*index]) {
        taken[index] = true;
        trace.note(Stage::Extract, context.reading.span(candidate.trigger), || "told by the words it stands with: part of their record".into());
    }
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| came_of_it(context, candidates, candidate)) {
        taken[index] = true;
        trace.note(Stage::Extract, context.reading.span(candidate.trigger), || "what came of a disaster or accident, and nobody's deed".into());
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let Some(word) = content_word(context, candidate).filter(|_| !consumed[index]) else { continue };
        let typed = typed_content(context, candidates, index, word);
        if let Some(inner) = typed {
            match (candidate.event_type, context.clauses.doubt(candidates[inner].host)) {
                // "denied bombing": the bombing, denied.
                (EventType::Reject, Some(Claim::Denied)) => {
                    taken[index] = true;
                    trace.note(Stage::Extract, context.reading.span(candidate.trigger), || "what is denied is the record".into());
                    continue;
                }
                // What someone is charged with is a second record, alleged.
                (EventType::Accuse, Some(Claim::Alleged)) => {
                    contents[index] = Some(Content { word, candidate: typed });
                    continue;
                }
                _ => {}
            }
        }
        for (other, inner) in candidates.iter().enumerate() {
            if other != index && (Some(other) == typed || is_inside(context, inner, word)) {
                taken[other] = true;
                trace.note(Stage::Extract, context.reading.span(inner.trigger), || {
                    format!("told as what '{}' is about, not as done", context.reading.form(candidate.trigger))
                });
            }
        }
        contents[index] = Some(Content { word, candidate: typed });
    }
    let mut shapes = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if taken[index] {
            continue;
        }
        if candidate.bare {
            trace.note(Stage::Extract, context.reading.span(candidate.trigger), || {
                "the noun has no verb that carries it and no party of its own: not an event".into()
            });
            continue;
        }
        match shape(context, index, candidate, contents[index].as_ref()) {
            Ok(shape) => shapes.push(shape),
            Err(why) => trace.note(Stage::Extract, context.reading.span(candidate.trigger), || why.into()),
        }
    }
    shapes
}

/// Candidates that another one has used up: a noun that a verb's sense asks for ("suspended talks"), or, where both are of one type
/// ("launched an attack"), the verb, since the noun names the type.
fn consumed(context: &Context<'_>, candidates: &[Candidate<'_>]) -> Vec<bool> {
    let mut consumed = vec![false; candidates.len()];
    for (index, candidate) in candidates.iter().enumerate() {
        for constraint in
            candidate.sense.constraints.iter().filter(|constraint| !constraint.negated && matches!(constraint.test, Test::Lemmas(_) | Test::Class(_)))
        {
            for filler in candidate.arguments.fillers(context.reading, &constraint.slot) {
                let noun = candidates.iter().position(|other| other.trigger == filler);
                match noun.filter(|&noun| noun != index) {
                    Some(noun) if candidates[noun].event_type == candidate.event_type && candidates[noun].host == candidate.trigger => consumed[index] = true,
                    Some(noun) => consumed[noun] = true,
                    None => {}
                }
            }
        }
    }
    consumed
}

/// "A building collapsed, killing eleven", "seven people were killed when a bomber crashed": violence that only says what a disaster or
/// accident did.
fn came_of_it(context: &Context<'_>, candidates: &[Candidate<'_>], candidate: &Candidate<'_>) -> bool {
    let reading = context.reading;
    let host = candidate.host;
    let participle =
        matches!(reading.deprel(host), Deprel::Advcl | Deprel::Acl) && !reading.feats(host).has(Feats::FIN) && reading.child(host, Deprel::Mark).is_none();
    let actorless = || candidate.sense.frame.actor.iter().all(|slot| candidate.arguments.fillers(reading, slot).is_empty());
    candidate.event_type == EventType::Assault
        && candidates.iter().filter(|other| other.event_type == EventType::Occurrence).any(|other| {
            let cause = matches!(reading.deprel(other.host), Deprel::Advcl | Deprel::Obl) && reading.head(other.host) == Some(host);
            (participle && reading.head(host) == Some(other.host)) || (cause && actorless())
        })
}

/// The word that heads what a folded type is about.
fn content_word(context: &Context<'_>, candidate: &Candidate<'_>) -> Option<Word> {
    let slots = &candidate.sense.frame.content;
    slots.iter().flat_map(|slot| candidate.arguments.fillers(context.reading, slot)).find(|&word| word != candidate.trigger && word != candidate.host)
}

/// The candidate that types a content: the content word itself, or the first under it that is told as no fact.
fn typed_content(context: &Context<'_>, candidates: &[Candidate<'_>], outer: usize, word: Word) -> Option<usize> {
    let inner = |candidate: &Candidate<'_>| candidate.trigger == word || candidate.host == word;
    let direct = candidates.iter().enumerate().position(|(index, candidate)| index != outer && inner(candidate));
    direct.or_else(|| {
        candidates
            .iter()
            .enumerate()
            .position(|(index, candidate)| index != outer && candidate.trigger != candidates[outer].trigger && is_inside(context, candidate, word))
    })
}

/// Whether a candidate belongs to a content: under its head, and no fact of its own.
fn is_inside(context: &Context<'_>, candidate: &Candidate<'_>, content: Word) -> bool {
    context.reading.is_under(candidate.host, content) && (candidate.host == content || !matches!(candidate.realis, Realis::Happened | Realis::Ongoing))
}

/// The type and realis of a candidate that is not part of another.
fn shape(context: &Context<'_>, index: usize, candidate: &Candidate<'_>, content: Option<&Content>) -> Result<Shape, &'static str> {
    let own = |realis| Shape {
        candidate: index,
        event_type: candidate.event_type,
        modes: candidate.sense.modes.clone(),
        realis,
        content: content.cloned(),
        own_type: true,
    };
    let folded = |event_type, modes, realis| Shape {
        candidate: index,
        event_type,
        modes,
        realis,
        content: Some(Content { word: candidate.host, candidate: Some(index) }),
        own_type: false,
    };
    use EventType as E;
    match candidate.realis {
        // What did not happen by itself is no record: nobody did or left it.
        Realis::Negated if candidate.event_type == E::Occurrence => Err("did not happen"),
        Realis::Desired if is_told_to(context, candidate) => Ok(folded(E::Request, asked_modes(candidate), Realis::Happened)),
        Realis::Requested | Realis::Desired => Err("asked or wished for, not done"),
        // "will not approve": who will not, refuses; harm that will not be done is no threat.
        Realis::Planned | Realis::Promised if candidate.negated => Ok(match candidate.event_type {
            E::Agree | E::Consult | E::Support | E::Concede | E::Cooperate | E::Aid | E::Retreat => folded(E::Reject, asked_modes(candidate), Realis::Happened),
            _ => own(Realis::Negated),
        }),
        Realis::Planned | Realis::Promised | Realis::Conditional if is_vow(context, candidate) => {
            Ok(folded(E::Threaten, threat_modes(candidate), Realis::Threatened))
        }
        realis @ (Realis::Planned | Realis::Promised) => Ok(match candidate.event_type {
            E::Aid | E::Cooperate | E::Retreat | E::Concede | E::Support => folded(E::Agree, Vec::new(), realis),
            E::Assault | E::Coerce | E::Sanction if realis == Realis::Promised => folded(E::Threaten, threat_modes(candidate), Realis::Threatened),
            _ => own(realis),
        }),
        // "ready to release them if the road stays open"
        Realis::Happened | Realis::Ongoing if candidate.event_type == E::Agree && content.is_some_and(|content| depends(context, content.word)) => {
            Ok(own(Realis::Conditional))
        }
        // "could not agree": neither done nor left undone.
        Realis::Conditional if candidate.negated => Err("what could not or need not be is no record"),
        // "officials can be removed", "are removed from office": how things are, and nobody's deed.
        Realis::Conditional | Realis::Happened if is_general(context, candidate) => Err("told of nobody and of no time: how things are, not what was done"),
        // "We do not accept these terms": a no said now, not an agreement that was not made.
        Realis::Negated
            if candidate.event_type == E::Agree
                && candidate.arguments.subj.is_some_and(|subject| super::party::is_first_person(context, subject))
                && context.reading.children(candidate.host).any(|child| is_now(context.reading, child)) =>
        {
            Ok(folded(E::Reject, asked_modes(candidate), Realis::Happened))
        }
        Realis::Threatened => Ok(folded(E::Threaten, threat_modes(candidate), Realis::Threatened)),
        realis => Ok(own(realis)),
    }
}

/// "We will shoot", "said they would prosecute the owners": harm that its doer says is to come is a threat.
fn is_vow(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    let reading = context.reading;
    let harm = match candidate.event_type {
        EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Protest => true,
        EventType::Accuse => candidate.sense.modes.contains(&Mode::Allege),
        _ => false,
    };
    let says_so =
        reading.child(candidate.host, Deprel::Ccomp).is_none() && matches!(reading.deprel(candidate.host), Deprel::Ccomp | Deprel::Root | Deprel::Conj);
    harm && says_so
        && !candidate.arguments.passive
        && candidate.arguments.subj.is_some()
        && reading.children(candidate.host).any(|child| is_future(reading, child))
}

/// "Turkey says Syria must withdraw": what someone says that another has to do is asked of that one.
fn is_told_to(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    let reading = context.reading;
    let must = |child: Word| reading.deprel(child) == Deprel::Aux && matches!(reading.lemma(child), "must" | "should" | "ought");
    let (chain, _) = context.attributions.at(context.reading.span(candidate.trigger));
    let Some(speaker) = chain.last() else { return false };
    let subject = candidate.arguments.subj.and_then(|subject| super::party::mention(context, subject));
    reading.children(candidate.host).any(must)
        && subject.is_some_and(|subject| {
            !subject.pronoun
                && subject.actor.span != speaker.actor.span
                && (subject.actor.country.is_none() || subject.actor.country != speaker.actor.country || subject.actor.sectors != speaker.actor.sectors)
        })
}

/// A passive in the present or with a modal verb, without an agent, of people or things in general: no name, none in particular.
fn is_general(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    let reading = context.reading;
    let host = candidate.host;
    let present = |child: Word| match reading.deprel(child) {
        Deprel::AuxPass => matches!(reading.form(child), "is" | "are"),
        Deprel::Aux => matches!(reading.lemma(child), "can" | "may" | "could" | "might"),
        _ => false,
    };
    let perfect = reading.children(host).any(|child| reading.lemma(child) == "have" || matches!(reading.form(child), "being" | "been"));
    candidate.arguments.passive
        && candidate.arguments.subj.is_none()
        && !perfect
        && reading.child(host, Deprel::AuxPass).is_some()
        && reading.children(host).any(present)
        && !matches!(candidate.event_type, EventType::Occurrence | EventType::Accuse | EventType::Threaten | EventType::Request | EventType::Reject)
        && candidate.arguments.obj.is_none_or(|object| {
            reading.upos(object) != Upos::Propn
                && (reading.feats(object).has(Feats::PLUR)
                    || reading.upos(object) == Upos::Pron
                    || reading.child(object, Deprel::Det).is_some_and(|det| matches!(reading.lemma(det), "a" | "an")))
        })
}

fn is_now(reading: &Reading<'_>, word: Word) -> bool {
    reading.deprel(word) == Deprel::Aux && reading.lemma(word) == "do" && !reading.feats(word).has(Feats::PAST)
}

fn is_future(reading: &Reading<'_>, word: Word) -> bool {
    reading.deprel(word) == Deprel::Aux && matches!(reading.lemma(word), "will" | "would" | "shall" | "'ll" | "wo")
}

/// Whether something is tied to a condition: "if", "unless", "provided that".
fn depends(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    context.clauses.realis(word) == Realis::Conditional
        || reading.children(word).any(|child| {
            reading.deprel(child) == Deprel::Advcl && reading.children(child).any(|mark| matches!(reading.lemma(mark), "if" | "unless" | "provided"))
        })
}

/// The mode of a demand or refusal from what is asked or refused.
fn asked_modes(candidate: &Candidate<'_>) -> Vec<Mode> {
    match candidate.event_type {
        EventType::Aid | EventType::Cooperate | EventType::Support => vec![Mode::Assist],
        EventType::Consult => vec![Mode::Meet],
        EventType::Concede | EventType::Retreat => vec![Mode::Yield],
        _ => Vec::new(),
    }
}

/// The mode of a threat from what is threatened.
fn threat_modes(candidate: &Candidate<'_>) -> Vec<Mode> {
    let first = candidate.sense.modes.first();
    let mode = match (candidate.event_type, first) {
        (EventType::Assault, _) => Mode::Violence,
        (_, Some(Mode::Arrest)) => Mode::Arrest,
        (_, Some(Mode::Expel | Mode::Deport)) => Mode::Expel,
        (_, Some(Mode::Ban | Mode::Censor)) => Mode::Ban,
        (EventType::Coerce, Some(Mode::Seize)) => Mode::Territory,
        (EventType::Sanction, Some(Mode::Discontinue | Mode::Withdraw)) => Mode::Relations,
        (EventType::Coerce | EventType::Sanction, _) => Mode::Restrict,
        _ => return Vec::new(),
    };
    vec![mode]
}

/// Arguments of a content word, also where no sense types it.
pub(super) fn arguments_of(context: &Context<'_>, candidates: &[Candidate<'_>], content: &Content) -> argument::Arguments {
    match content.candidate {
        Some(index) => candidates[index].arguments.clone(),
        None => argument::arguments(context.reading, content.word),
    }
}
