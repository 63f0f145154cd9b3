//! The same deed told twice is one record with more evidence.

use crate::extract::Context;
use crate::record::{Claim, Deprel, Event, EventType, Party, Stage, Upos, Word, Zone};
use crate::trace::Trace;

/// Joins records that tell one deed: two verbs or a verb and a noun for one act in a sentence, the title's telling and the first one in the
/// body, "the attack" after an attack, and retellings later on that bring no source, status, figure, party, date or place of their own.
pub(super) fn merge(context: &Context<'_>, events: Vec<(Word, Event)>, trace: &mut impl Trace) -> Vec<Event> {
    let mut kept: Vec<(Word, Event)> = Vec::new();
    for (word, mut event) in events {
        let title = kept.iter().position(|(other, earlier)| in_title(context, *other) && !in_title(context, word) && title_of(earlier, &event));
        if let Some(index) = title {
            // The body tells it in full: the title is its evidence.
            trace.note(Stage::Extract, kept[index].1.head.trigger, || "told again in the body: evidence for that record".into());
            let (_, title) = kept.remove(index);
            absorb(&mut event, title);
        }
        let same = kept
            .iter()
            .position(|(other, earlier)| one_act(context, *other, earlier, word, &event) || retold(earlier, &event))
            .or_else(|| kept.iter().rposition(|(_, earlier)| taken_up(context, earlier, word, &event)));
        match same {
            Some(index) => {
                let (_, earlier) = &mut kept[index];
                trace.note(Stage::Extract, event.head.trigger, || "the same deed told again: more evidence for the first record".into());
                absorb(earlier, event);
            }
            None => kept.push((word, event)),
        }
    }
    kept.into_iter().map(|(_, event)| event).collect()
}

fn in_title(context: &Context<'_>, word: Word) -> bool {
    context.reading.text.sentences[context.reading.sentence_of(word)].zone == Zone::Title
}

/// A title and the body's telling: of one type, with nothing that sets them apart.
fn title_of(title: &Event, body: &Event) -> bool {
    let content = |event: &Event| event.content.as_ref().map(|content| content.event_type);
    title.what.event_type == body.what.event_type
        && !title.head.realis_differs(&body.head)
        && (title.head.claim == Claim::Denied) == (body.head.claim == Claim::Denied)
        && !body.background
        && same_place(title, body)
        && content(title) == content(body)
        && agree(&title.what.actors, &body.what.actors)
        && agree(&title.what.recipients, &body.what.recipients)
        && (title.what.modes.is_empty() || body.what.modes.is_empty() || title.what.modes.iter().any(|mode| body.what.modes.contains(mode)))
}

/// "The attack", "both explosions", "this shelling": a noun that takes up a deed told before and says nothing of who, whom and when.
fn taken_up(context: &Context<'_>, earlier: &Event, word: Word, later: &Event) -> bool {
    let reading = context.reading;
    let definite = reading.upos(word) == Upos::Noun
        && reading
            .children(word)
            .any(|child| reading.deprel(child) == Deprel::Det && matches!(reading.lemma(child), "the" | "this" | "that" | "these" | "those" | "both"));
    definite
        && earlier.what.event_type == later.what.event_type
        && !earlier.head.realis_differs(&later.head)
        && later.head.claim <= earlier.head.claim.max(Claim::Reported)
        && later.what.actors.is_empty()
        && later.what.recipients.is_empty()
        && later.what.date.is_none()
        && same_place(earlier, later)
        && (later.what.modes.is_empty() || later.what.modes.iter().all(|mode| earlier.what.modes.contains(mode)))
}

/// Whether two events may have happened at one place: one has none, or the first places are one.
fn same_place(one: &Event, other: &Event) -> bool {
    let place = |event: &Event| event.what.places.first().map(|place| place.geonames_id);
    place(one).is_none() || place(other).is_none() || place(one) == place(other)
}

/// Whether two lists of parties may be the same people: one says nothing, or they share a name, a country or a sector.
fn agree(one: &[Party], other: &[Party]) -> bool {
    let shares = |one: &Party, other: &Party| {
        let (one, other) = (&one.actor, &other.actor);
        (one.name.is_some() && one.name == other.name)
            || (one.country.is_some() && one.country == other.country)
            || one.sectors.iter().any(|sector| other.sectors.contains(sector))
            || (one.name.is_none() && one.country.is_none() && one.sectors.is_empty())
            || (other.name.is_none() && other.country.is_none() && other.sectors.is_empty())
    };
    one.is_empty() || other.is_empty() || one.iter().any(|one| other.iter().any(|other| shares(one, other)))
}

/// Two words for one act: of one type, in one sentence, one hanging directly on the other.
fn one_act(context: &Context<'_>, first: Word, earlier: &Event, second: Word, later: &Event) -> bool {
    let reading = context.reading;
    let related = reading.head(second) == Some(first) || reading.head(first) == Some(second);
    // "struck a market and killed 23": what the blow did.
    let effect = earlier.what.event_type == Some(EventType::Assault)
        && reading.head(second) == Some(first)
        && matches!(reading.lemma(second), "kill" | "injure" | "wound" | "maim" | "hurt")
        && reading.children(second).all(|child| !matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass));
    related
        && (reading.deprel(second) != Deprel::Conj || effect)
        && earlier.what.event_type == later.what.event_type
        && earlier.head.status() == later.head.status()
        && (disjoint_or_equal(earlier, later))
}

fn disjoint_or_equal(earlier: &Event, later: &Event) -> bool {
    let spans = |event: &Event| event.what.actors.iter().map(|party| party.actor.span).collect::<Vec<_>>();
    let (one, other) = (spans(earlier), spans(later));
    one.is_empty() || other.is_empty() || one == other
}

/// Told again with nothing new.
fn retold(earlier: &Event, later: &Event) -> bool {
    if earlier.what.event_type != later.what.event_type || earlier.head.claim != later.head.claim || earlier.head.realis != later.head.realis {
        return false;
    }
    let brings_source = later.head.attribution.iter().any(|source| !earlier.head.attribution.iter().any(|known| known.actor.name == source.actor.name));
    let brings_date = later.what.date.as_ref().is_some_and(|date| earlier.what.date.as_ref().is_none_or(|known| known.start != date.start));
    let who = |event: &Event| {
        let key = |party: &crate::record::Party| (party.actor.name.clone(), party.actor.country, party.actor.sectors.clone());
        (event.what.actors.iter().map(key).collect::<Vec<_>>(), event.what.recipients.iter().map(key).collect::<Vec<_>>())
    };
    let named = later.what.actors.iter().any(|party| party.actor.name.is_some() || party.actor.country.is_some());
    let same_modes = earlier.what.modes == later.what.modes && earlier.cameo == later.cameo;
    let same_content = earlier.content.as_ref().map(|content| content.event_type) == later.content.as_ref().map(|content| content.event_type);
    // Talk is told act by act: two demands of one day are two.
    let material = !matches!(
        earlier.what.event_type,
        Some(EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten | EventType::Support | EventType::Agree | EventType::Concede)
    );
    material && named && same_modes && same_content && !brings_source && !brings_date && who(earlier) == who(later)
}

fn absorb(earlier: &mut Event, later: Event) {
    for span in later.head.evidence {
        if !earlier.head.evidence.iter().any(|known| known.contains(span)) {
            earlier.head.evidence.push(span);
        }
    }
    if earlier.what.actors.is_empty() {
        earlier.what.actors = later.what.actors;
    }
    if earlier.what.recipients.is_empty() {
        earlier.what.recipients = later.what.recipients;
    }
    if earlier.what.date.is_none() {
        earlier.what.date = later.what.date;
    }
    if earlier.what.places.is_empty() {
        earlier.what.places = later.what.places;
    }
    for mode in later.what.modes {
        if !earlier.what.modes.contains(&mode) {
            earlier.what.modes.push(mode);
        }
    }
}
