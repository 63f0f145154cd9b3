//! From a shape to a record: parties, time, place, attribution, evidence.

use jiff::ToSpan;

use super::candidate::{self, Candidate};
use super::fold::{self, Content, Shape};
use super::party;
use crate::extract::Context;
use crate::extract::argument::Arguments;
use crate::mention::{place, time};
use crate::record::{
    Actor, Claim, Context as Topic, Deprel, Event, EventType, Head, Mode, Party, Place, PlaceBasis, Realis, Sector, Source, Span, Upos, What, When, Word,
};
use crate::resource::lexicon::{LightEffect, Slot};

/// Evidence longer than this is cut to the trigger and its nearest arguments.
const LONGEST_EVIDENCE: usize = 300;

/// Makes the record; an error says why there is none.
pub(super) fn build(context: &Context<'_>, candidates: &[Candidate<'_>], shape: &Shape) -> Result<Event, String> {
    let candidate = &candidates[shape.candidate];
    let reading = context.reading;
    let trigger = reading.span(candidate.trigger);
    let (mut actors, mut recipients) = parties(context, candidate, shape.event_type, &shape.modes);
    let verbal = is_verbal(shape.event_type);
    let places = if verbal { Vec::new() } else { places(context, candidate) };
    let (mut attribution, mut claim) = attributed(context, candidate, shape, &actors, &recipients);
    let date = date(context, candidate, shape, &attribution);
    let background = background(context, candidate, date.as_ref());
    let placed = places.iter().any(|place| place.basis == Some(PlaceBasis::Clause));
    if actors.is_empty() && !shape.own_type && attribution.is_empty() {
        return Err(format!("'{}' is to be done, but nobody is named who would or who says so", reading.surface(trigger)));
    }
    if actors.is_empty()
        && recipients.is_empty()
        && !(stands_without_party(shape.event_type) && (placed || hits_something(context, candidate) || (background && !places.is_empty())))
        && !(shape.own_type
            && !verbal_only(shape.event_type)
            && (placed || date.is_some() || candidate::is_spelt_out(context, candidate.trigger, candidate.sense)))
        && shape.event_type != EventType::Occurrence
    {
        return Err(format!("'{}' would be {}, but nobody is named who does it or to whom", reading.surface(trigger), shape.event_type));
    }
    let content = shape.content.as_ref().map(|content| what_of(context, candidates, content));
    if shape.event_type == EventType::Request && !shape.own_type {
        // "X says Y must withdraw": X asks, Y is asked.
        recipients = std::mem::take(&mut actors);
        actors = attribution.pop().map(|source| Party::from(source.actor)).into_iter().collect();
        if attribution.is_empty() && claim == Claim::Reported {
            claim = Claim::Asserted;
        }
    }
    if recipients.is_empty() {
        recipients = concerned(shape.event_type, &actors, content.as_ref());
    }
    let confidence = confidence(candidate, &actors, &recipients);
    let head = Head { trigger, evidence: vec![evidence(context, candidate)], claim, realis: shape.realis, attribution, links: Vec::new(), confidence };
    let contexts = contexts(context, candidate, shape);
    let cameo = if shape.own_type { candidate.sense.cameo.as_deref().map(str::to_owned) } else { None };
    let what = What { event_type: Some(shape.event_type), modes: shape.modes.clone(), actors, recipients, date, places };
    Ok(Event { head, what, contexts, cameo, background, content, figures: Vec::new() })
}

/// Whom a promise, demand, threat or refusal is about where it names nobody itself: of what is asked, who is to do it ("demanded that the
/// pirates free the crew"); of the rest, to whom it would be done ("threatened to break off talks with India").
fn concerned(event_type: EventType, actors: &[Party], content: Option<&What>) -> Vec<Party> {
    let Some(content) = content else { return Vec::new() };
    let parties = match event_type {
        EventType::Request => &content.actors,
        EventType::Agree | EventType::Threaten | EventType::Reject => &content.recipients,
        _ => return Vec::new(),
    };
    parties.iter().filter(|party| !actors.iter().any(|actor| actor.actor.span == party.actor.span || same_side(&actor.actor, &party.actor))).cloned().collect()
}

/// "Twin bombings struck Aden": nobody is named, and yet something was done there.
fn stands_without_party(event_type: EventType) -> bool {
    matches!(event_type, EventType::Assault | EventType::Protest | EventType::Coerce)
}

/// Words that are nothing without someone who says them to someone.
fn verbal_only(event_type: EventType) -> bool {
    matches!(event_type, EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten | EventType::Agree)
}

/// Talk: it is drawn where it was said, never on the place that is talked about.
fn is_verbal(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten | EventType::Support | EventType::Agree | EventType::Concede
    )
}

fn parties(context: &Context<'_>, candidate: &Candidate<'_>, event_type: EventType, modes: &[Mode]) -> (Vec<Party>, Vec<Party>) {
    let frame = &candidate.sense.frame;
    let lent = candidate.host != candidate.trigger && candidate.effect != LightEffect::Suffers;
    let mut actors = if lent {
        // "launched an attack": the noun's own roles, after the subject that the verb lends.
        let slots: Vec<Slot> = std::iter::once(Slot::Subj).chain(frame.actor.iter().filter(|slot| **slot != Slot::Subj).cloned()).collect();
        party::in_slots(context, &candidate.arguments, &slots)
    } else {
        party::in_slots(context, &candidate.arguments, &frame.actor)
    };
    let mut recipients = party::in_slots(context, &candidate.arguments, &frame.recipient);
    if candidate.effect == LightEffect::Suffers {
        // "came under attack from rebels": the verb's subject is the one it is done to.
        let slot = [Slot::Subj];
        let sufferers = party::in_slots(context, &candidate.arguments, &slot);
        actors.retain(|party| !sufferers.iter().any(|sufferer| sufferer.actor.span == party.actor.span));
        if recipients.is_empty() {
            recipients = sufferers;
        }
    }
    recipients.retain(|party| !actors.iter().any(|actor| actor.actor.span == party.actor.span));
    if event_type == EventType::Assault && !modes.contains(&Mode::Destroy) {
        for party in &mut recipients {
            default_victim(&mut party.actor);
        }
    }
    (actors, recipients)
}

/// People killed or hurt are civilians unless the text says otherwise.
fn default_victim(actor: &mut Actor) {
    if actor.sectors.is_empty()
        && actor.name.is_none()
        && actor.civilian != Some(false)
        && actor.basis.is_none_or(|basis| basis == crate::record::ActorBasis::Pattern)
    {
        actor.sectors.push(Sector::Cvl);
    }
}

/// "The town was bombed": what is done to a place, a building or people is told, though nobody is named.
fn hits_something(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    let lexicon = &context.known.lexicon;
    let slots = &candidate.sense.frame.recipient;
    let object = slots.iter().flat_map(|slot| candidate.arguments.fillers(context.reading, slot)).next();
    let Some(object) = object.filter(|_| candidate.host == candidate.trigger) else { return false };
    ["territory", "building", "infrastructure", "people", "armed", "vehicle"]
        .iter()
        .filter_map(|name| lexicon.class(name))
        .any(|class| lexicon.in_class(class, context.reading.lemma(object), |_| None))
}

/// What would be done.
fn what_of(context: &Context<'_>, candidates: &[Candidate<'_>], content: &Content) -> What {
    let arguments = fold::arguments_of(context, candidates, content);
    match content.candidate {
        Some(index) => {
            let inner = &candidates[index];
            let (actors, recipients) = parties(context, inner, inner.event_type, &inner.sense.modes);
            What {
                event_type: Some(inner.event_type),
                modes: inner.sense.modes.clone(),
                actors,
                recipients,
                date: time::for_predicate(context.reading, &context.mentions.times, inner.host).map(|time| time.when.clone()),
                places: places(context, inner),
            }
        }
        None => What {
            // "asked for tents": what helps stands for its being given.
            event_type: helps(context, content.word).then_some(EventType::Aid),
            modes: Vec::new(),
            actors: subject(context, &arguments),
            recipients: Vec::new(),
            date: time::for_predicate(context.reading, &context.mentions.times, content.word).map(|time| time.when.clone()),
            places: under(context, content.word),
        },
    }
}

fn helps(context: &Context<'_>, word: Word) -> bool {
    let lexicon = &context.known.lexicon;
    let upos = context.reading.upos(word);
    upos == Upos::Noun
        && ["aid", "relief"].iter().filter_map(|name| lexicon.class(name)).any(|class| lexicon.in_class(class, context.reading.lemma(word), |_| None))
}

fn subject(context: &Context<'_>, arguments: &Arguments) -> Vec<Party> {
    party::in_slots(context, arguments, &[Slot::Subj])
}

/// Literal places below a word.
fn under(context: &Context<'_>, word: Word) -> Vec<Place> {
    let places = context.mentions.places.iter().filter(|place| !place.metonymic && context.reading.is_under(place.head, word));
    places.map(|mention| Place { basis: Some(PlaceBasis::Clause), ..mention.place.clone() }).collect()
}

fn places(context: &Context<'_>, candidate: &Candidate<'_>) -> Vec<Place> {
    let mut found = place::for_record(context.reading, &context.mentions.places, candidate.trigger, context.known);
    if candidate.host != candidate.trigger && found.iter().all(|place| place.basis != Some(PlaceBasis::Clause)) {
        let hosted = place::for_record(context.reading, &context.mentions.places, candidate.host, context.known);
        if hosted.iter().any(|place| place.basis == Some(PlaceBasis::Clause)) {
            found = hosted;
        }
    }
    // "Canada's minister" says whose minister, not where.
    found.retain(|place| place.basis == Some(PlaceBasis::Clause) || !names_whose(context, place.span));
    found
}

/// Whether a place stands inside the name of someone, as whose they are.
fn names_whose(context: &Context<'_>, span: Span) -> bool {
    let inside = context.mentions.actors.iter().any(|mention| mention.actor.span.contains(span));
    inside
        && context.reading.words_in(span).any(|word| matches!(context.reading.deprel(word), Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Flat))
}

/// According to whom, and how the source stands to it.
fn attributed(context: &Context<'_>, candidate: &Candidate<'_>, shape: &Shape, actors: &[Party], recipients: &[Party]) -> (Vec<Source>, Claim) {
    let (mut chain, mut claim) = context.attributions.at(context.reading.span(candidate.trigger));
    let performative = is_verbal(shape.event_type) && first_person(context, candidate);
    for source in &mut chain {
        let side = |parties: &[Party]| parties.iter().any(|party| same_side(&source.actor, &party.actor));
        let (own, opposed) = (side(actors), side(recipients));
        source.party_to_event = (!actors.is_empty() || !recipients.is_empty()).then_some(own || opposed);
        // A party on its own side's acts is reported; on its opponent's, alleged.
        if opposed && !own && is_hostile(shape.event_type) && claim == Claim::Reported {
            claim = Claim::Alleged;
        }
    }
    if performative && claim == Claim::Reported {
        claim = Claim::Asserted;
    }
    if let Some(doubt) = context.clauses.doubt(candidate.trigger).max(context.clauses.doubt(candidate.host)) {
        claim = claim.max(doubt);
    }
    (chain, claim)
}

/// "We condemn": saying it does it.
fn first_person(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    candidate.arguments.subj.is_some_and(|subject| party::is_first_person(context, subject))
}

fn same_side(source: &Actor, party: &Actor) -> bool {
    match (&source.name, &party.name) {
        (Some(one), Some(other)) if one == other => true,
        _ => {
            let partisan = |actor: &Actor| {
                actor.sectors.iter().any(|sector| {
                    matches!(sector, Sector::Gov | Sector::Mil | Sector::Reb | Sector::Prm | Sector::Cop | Sector::Spy | Sector::Uaf | Sector::Opp)
                })
            };
            source.country.is_some()
                && source.country == party.country
                && partisan(source)
                && (partisan(party) || party.sectors.is_empty())
                && armed(source) == armed(party)
        }
    }
}

/// Rebels of a country are not on its government's side.
fn armed(actor: &Actor) -> bool {
    actor.sectors.iter().any(|sector| matches!(sector, Sector::Reb | Sector::Uaf | Sector::Opp))
}

fn is_hostile(event_type: EventType) -> bool {
    matches!(event_type, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Threaten | EventType::Mobilize)
}

/// When the act was done or is to be done; of words just said, when they were said.
fn date(context: &Context<'_>, candidate: &Candidate<'_>, shape: &Shape, attribution: &[Source]) -> Option<When> {
    let times = &context.mentions.times;
    let folded = shape.content.is_some() && !shape.own_type;
    if !folded {
        let own = time::for_predicate(context.reading, times, candidate.trigger).or_else(|| time::for_predicate(context.reading, times, candidate.host));
        if let Some(found) = own {
            return Some(found.when.clone());
        }
    }
    if folded || first_person(context, candidate) {
        return attribution.last().and_then(|source| source.date.clone());
    }
    None
}

/// Told again from before the news window: the week before publication.
fn background(context: &Context<'_>, candidate: &Candidate<'_>, date: Option<&When>) -> bool {
    if let (Some(day), Some(end)) = (context.reading.article.day(), date.and_then(|date| date.end)) {
        return day.checked_sub(7.days()).is_ok_and(|edge| end < edge);
    }
    candidate::is_long_past(context, candidate.trigger)
}

/// Words to each side of a trigger that tell the contexts of its event.
const NEAR: usize = 200;

fn contexts(context: &Context<'_>, candidate: &Candidate<'_>, shape: &Shape) -> Vec<Topic> {
    let mut found: Vec<Topic> = if shape.own_type { candidate.sense.contexts.clone() } else { Vec::new() };
    let reading = context.reading;
    let words = reading.text.sentences[reading.sentence_of(candidate.trigger)].words.clone();
    // In a sentence without end, what stands pages away says nothing of the event, and reading it for each event would take for ever.
    let words = words.start.max(candidate.trigger.saturating_sub(NEAR))..words.end.min(candidate.trigger + NEAR);
    for word in words.clone() {
        let before = |back: usize| word.checked_sub(back).filter(|at| words.contains(at)).map(|at| reading.lemma(at));
        for topic in context.known.lexicon.contexts(reading.lemma(word), before) {
            found.push(topic);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The words that carry the record: the trigger with its arguments, without what tells something of its own.
fn evidence(context: &Context<'_>, candidate: &Candidate<'_>) -> Span {
    let reading = context.reading;
    let keep = |word: Word| match reading.deprel(word) {
        Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Parataxis | Deprel::Punct | Deprel::Cc | Deprel::Discourse | Deprel::Vocative => false,
        Deprel::Advcl => is_infinitive(context, word),
        Deprel::Conj => {
            reading.upos(word) != Upos::Verb || !reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass))
        }
        Deprel::Mark => reading.head(word) != Some(candidate.host),
        _ => true,
    };
    let (mut first, mut last) = reading.extent(candidate.host, &keep);
    let arguments = [candidate.arguments.subj, candidate.arguments.obj].into_iter().flatten();
    let sentence = reading.sentence_of(candidate.trigger);
    for argument in arguments.filter(|&argument| reading.sentence_of(argument) == sentence) {
        // The noun that a participle or relative clause modifies lies above it.
        let noun_keep = |word: Word| keep(word) && !reading.is_under(candidate.host, word) && reading.deprel(word) != Deprel::Acl;
        let (low, high) = reading.extent(argument, &noun_keep);
        let (wider_first, wider_last) = (first.min(low), last.max(high));
        if reading.span_of(wider_first, wider_last).len() <= LONGEST_EVIDENCE {
            (first, last) = (wider_first, wider_last);
        }
    }
    let whole = reading.span_of(first, last);
    if whole.len() <= LONGEST_EVIDENCE {
        return whole;
    }
    let near = |word: Word| {
        reading.head(word) == Some(candidate.host)
            && matches!(reading.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Aux | Deprel::AuxPass)
    };
    let (first, last) = reading.extent(candidate.host, &near);
    let short = reading.span_of(first, last);
    if short.len() <= LONGEST_EVIDENCE { short.join(reading.span(candidate.trigger)) } else { reading.span(candidate.trigger) }
}

fn is_infinitive(context: &Context<'_>, word: Word) -> bool {
    context.reading.children(word).any(|child| context.reading.deprel(child) == Deprel::Mark && context.reading.lemma(child) == "to")
}

/// How sure the record is: the match, and whether its parties are known.
fn confidence(candidate: &Candidate<'_>, actors: &[Party], recipients: &[Party]) -> f32 {
    let known = |parties: &[Party]| parties.iter().any(|party| party.actor.country.is_some() || party.actor.name.is_some() || !party.actor.sectors.is_empty());
    let parties = match (known(actors), known(recipients)) {
        (true, true) => 1.0,
        (true, false) | (false, true) => 0.85,
        (false, false) => 0.6,
    };
    let shared = if candidate.arguments.shared_subject { 0.9 } else { 1.0 };
    let factual = if matches!(candidate.realis, Realis::Happened | Realis::Ongoing) { 1.0 } else { 0.9 };
    (candidate.weight * parties * shared * factual * 100.0).round() / 100.0
}
