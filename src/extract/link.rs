//! Claims about claims: confirms, denies, corroborates, corrects, claims responsibility.

use super::Context;
use super::attribution::{Attribution, subject_of};
use crate::record::{Claim, Deprel, Event, EventType, Link, LinkType, SourceRole, Span, Stage, Upos, Word};
use crate::trace::Trace;

/// Finds links and puts them on the events they are about.
pub fn find(context: &Context<'_>, events: &mut [Event], trace: &mut impl Trace) {
    for attribution in &context.attributions.all {
        let Some(cue) = attribution.cue else { continue };
        if let Some(link) = kind(context, cue) {
            let link = if attribution.claim == Claim::Alleged && link == LinkType::Confirms { continue } else { link };
            attach(context, events, attribution, cue, link, trace);
        }
    }
    responsibility(context, events, trace);
}

/// What a reporting verb does to the claim it is about.
fn kind(context: &Context<'_>, cue: Word) -> Option<LinkType> {
    let (reading, reporting) = (context.reading, &context.known.reporting);
    if reading.upos(cue) != Upos::Verb {
        return None;
    }
    match reading.child(cue, Deprel::CompoundPrt) {
        Some(particle) => reporting.link(&format!("{} {}", reading.lemma(cue), reading.form(particle).to_ascii_lowercase())),
        None => reporting.link(reading.lemma(cue)),
    }
}

fn attach(context: &Context<'_>, events: &mut [Event], attribution: &Attribution, cue: Word, link: LinkType, trace: &mut impl Trace) {
    let reading = context.reading;
    let by = attribution.sources.iter().find(|source| source.role == SourceRole::Speaker).map(|source| source.actor.clone());
    let span = attribution.cue_span.unwrap_or_else(|| reading.span(cue));
    let mut evidence = attribution.content.iter().fold(span, |evidence, content| evidence.join(*content));
    if let Some(by) = &by
        && reading.text.sentences[reading.sentence_of(cue)].span.contains(by.span)
    {
        evidence = evidence.join(by.span);
    }
    match target(context, events, &attribution.content, cue) {
        Some(index) => events[index].head.links.push(Link { link, event: carrier(events, reading.span(cue)), by, evidence }),
        None => trace.note(Stage::Extract, evidence, || format!("{link}: no event found that it is about")),
    }
}

/// The event whose trigger is the linking word itself, where there is one ("rejected the claim" may be a REJECT).
fn carrier(events: &[Event], span: Span) -> Option<usize> {
    events.iter().position(|event| event.head.trigger.overlaps(span))
}

/// The event that a claim is about: one told in its content, else the nearest earlier one that its noun points to.
fn target(context: &Context<'_>, events: &[Event], content: &[Span], cue: Word) -> Option<usize> {
    let reading = context.reading;
    let cue_span = reading.span(cue);
    let inside = events.iter().position(|event| content.iter().any(|content| content.contains(event.head.trigger)) && !event.head.trigger.overlaps(cue_span));
    if inside.is_some() {
        return inside;
    }
    let earlier = |fits: &dyn Fn(&Event) -> bool| {
        events.iter().rposition(|event| event.head.trigger.end <= cue_span.start && !event.head.trigger.overlaps(cue_span) && fits(event))
    };
    let nouns: Vec<Word> = content.iter().flat_map(|content| reading.words_in(*content)).filter(|&word| reading.upos(word) == Upos::Noun).collect();
    for &noun in &nouns {
        let lemma = reading.lemma(noun);
        if let Some(index) = earlier(&|event| reading.words_in(event.head.trigger).any(|word| reading.lemma(word) == lemma)) {
            return Some(index);
        }
        for wanted in context.known.reporting.deed(lemma) {
            if let Some(index) = earlier(&|event| event.what.event_type == Some(*wanted)) {
                return Some(index);
            }
        }
    }
    // "rejected the allegation": what was alleged last.
    let claim = nouns.iter().any(|&noun| context.known.reporting.noun(reading.lemma(noun)).is_some());
    if claim { earlier(&|event| event.head.claim == Claim::Alleged && event.what.event_type != Some(EventType::Accuse)) } else { None }
}

/// "claimed responsibility for the bombing", "took credit for".
fn responsibility(context: &Context<'_>, events: &mut [Event], trace: &mut impl Trace) {
    let reading = context.reading;
    for noun in 0..reading.len() {
        if !matches!(reading.lemma(noun), "responsibility" | "credit") || reading.upos(noun) != Upos::Noun {
            continue;
        }
        let Some(verb) = reading.head(noun).filter(|&verb| {
            matches!(reading.lemma(verb), "claim" | "take" | "accept" | "admit" | "deny") && matches!(reading.deprel(noun), Deprel::Obj | Deprel::NsubjPass)
        }) else {
            continue;
        };
        if reading.children(verb).any(|child| reading.deprel(child) == Deprel::Advmod && matches!(reading.form(child), "not" | "n't" | "n’t" | "never"))
            || reading.children(noun).any(|child| reading.form(child) == "no")
        {
            continue;
        }
        let link = if reading.lemma(verb) == "deny" { LinkType::Denies } else { LinkType::ClaimsResponsibility };
        let holds_for = |word: Word| {
            reading.children(word).find(|&child| {
                child > noun
                    && matches!(reading.deprel(child), Deprel::Nmod | Deprel::Obl | Deprel::Acl | Deprel::Advcl)
                    && reading.children(child).any(|mark| matches!(reading.deprel(mark), Deprel::Case | Deprel::Mark) && reading.form(mark) == "for")
            })
        };
        let deed = holds_for(noun).or_else(|| holds_for(verb));
        let by = subject_of(reading, context.mentions, context.known, verb);
        let content = deed.map(|deed| {
            let (first, last) = reading.extent(deed, &|_| true);
            reading.span_of(first, last)
        });
        let mut evidence = reading.span(verb).join(reading.span(noun));
        evidence = content.map_or(evidence, |content| evidence.join(content));
        if let Some(by) = &by
            && reading.text.sentences[reading.sentence_of(verb)].span.contains(by.span)
        {
            evidence = evidence.join(by.span);
        }
        let target = content.and_then(|content| target(context, events, &[content], verb)).or_else(|| {
            // "It claimed responsibility": the attack told last.
            events.iter().rposition(|event| event.what.event_type == Some(EventType::Assault) && event.head.trigger.end <= evidence.start)
        });
        match target {
            Some(index) => events[index].head.links.push(Link { link, event: carrier(events, reading.span(verb)), by, evidence }),
            None => trace.note(Stage::Extract, evidence, || format!("{link}: no event found that it is about")),
        }
    }
}
