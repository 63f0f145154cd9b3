//! Which words fire: triggers of the lexicon with their arguments.

use crate::extract::Context;
use crate::extract::argument::{self, Arguments};
use crate::record::{Deprel, EventType, Feats, Realis, Sentence, Stage, Upos, Word};
use crate::resource::lexicon::{LightEffect, Pos, Sense, Slot};
use crate::trace::Trace;

/// A word that a sense of the lexicon fits.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    /// The word that names the type.
    pub(super) trigger: Word,
    /// The word whose clause tells it: the trigger itself, or the verb that lends a noun its subject and tense.
    pub(super) host: Word,
    /// The sense.
    pub(super) sense: &'a Sense,
    /// Its type: [`Sense::event_type`] is not empty here.
    pub(super) event_type: EventType,
    /// Logical arguments, the light verb's joined in.
    pub(super) arguments: Arguments,
    /// What the light verb does to it.
    pub(super) effect: LightEffect,
    /// How it stands to the world.
    pub(super) realis: Realis,
    /// Whether it is negated, also inside what is asked or promised.
    pub(super) negated: bool,
    /// Whether it can only be what another record is about: a noun that no verb carries and that names no party.
    pub(super) bare: bool,
    /// How sure the match is, 0 to 1.
    pub(super) weight: f32,
}

/// Matches every word of a sentence.
pub(super) fn find<'a>(context: &Context<'a>, sentence: &Sentence, trace: &mut impl Trace) -> Vec<Candidate<'a>> {
    if !sentence.zone.is_story() {
        return Vec::new();
    }
    let mut found: Vec<Candidate<'a>> = sentence.words.clone().filter_map(|word| of_word(context, word, trace)).collect();
    named_by_subject(context, &mut found);
    found
}

/// "The cyclone destroyed the hospital", "the attacks struck a plant": the subject names the type and is the trigger, the verb tells it.
fn named_by_subject(context: &Context<'_>, found: &mut Vec<Candidate<'_>>) {
    let names = |verb: &Candidate<'_>, noun: &Candidate<'_>| {
        verb.trigger == verb.host
            && verb.arguments.subj == Some(noun.trigger)
            && context.reading.upos(noun.trigger) == Upos::Noun
            && verb.event_type == noun.event_type
            && (verb.event_type == EventType::Assault
                || verb.sense.constraints.iter().any(|constraint| !constraint.negated && matches!(constraint.slot, Slot::Subj | Slot::Any)))
    };
    let mut told = Vec::new();
    for verb in 0..found.len() {
        let Some(subject) = found[verb].arguments.subj else { continue };
        let noun = (0..found.len()).find(|&noun| noun != verb && found[noun].trigger == subject && !told.contains(&noun) && names(&found[verb], &found[noun]));
        if let Some(noun) = noun {
            // "by rebels", "on the camp": what hangs on the noun tells of the same act.
            let lent = found[noun].arguments.clone();
            found[verb].trigger = found[noun].trigger;
            found[verb].arguments.obliques.extend(lent.obliques);
            found[verb].arguments.poss = found[verb].arguments.poss.or(lent.poss);
            told.push(noun);
        }
    }
    told.sort_unstable();
    for noun in told.into_iter().rev() {
        found.remove(noun);
    }
    found.sort_by_key(|candidate| candidate.trigger);
}

fn of_word<'a>(context: &Context<'a>, word: Word, trace: &mut impl Trace) -> Option<Candidate<'a>> {
    let reading = context.reading;
    let lexicon = &context.known.lexicon;
    let pos = Pos::of(reading.upos(word))?;
    let gerund = if pos == Pos::Noun && lexicon.senses(reading.lemma(word), pos).next().is_none() { gerund(context, word) } else { None };
    let mut senses = gerund.as_deref().map_or_else(|| lexicon.senses(reading.lemma(word), pos), |verb| lexicon.senses(verb, Pos::Verb)).peekable();
    senses.peek()?;
    if reading.upos(word) == Upos::Aux || is_part_of_name(context, word) {
        return None;
    }
    let mut arguments = argument::arguments(reading, word);
    if gerund.is_some() {
        // "the lifting of the ban by Kenya": its verb's object and subject.
        arguments.obj = arguments.fillers(reading, &Slot::Prep("of".into())).first().copied();
        arguments.subj = arguments.fillers(reading, &Slot::Prep("by".into())).first().copied().or(arguments.poss);
    }
    let (mut host, mut effect, mut weight) = (word, LightEffect::Carries, 0.9);
    if pos == Pos::Noun {
        if matches!(reading.deprel(word), Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::NmodUnmarked) {
            return None;
        }
        if let Some((verb, found)) = light_verb(context, word) {
            host = verb;
            effect = found;
            lend(context, word, verb, &mut arguments);
        } else {
            weight = 0.6;
        }
    }
    let span = reading.span(word);
    // The most specific sense that fits; among equals the later line.
    let mut best: Option<&Sense> = None;
    for sense in senses {
        let unmet = sense.constraints.iter().position(|constraint| !arguments.meets(reading, Some(context.mentions), lexicon, constraint));
        let place = || format!("'{}' ({}:{})", sense.pattern, sense.source.0, sense.source.1);
        if let Some(unmet) = unmet {
            trace.note(Stage::Extract, span, || format!("{} does not fit: {} is not so", place(), sense.pattern.split(' ').nth(unmet + 1).unwrap_or("")));
        } else if best.is_none_or(|best| best.specificity() <= sense.specificity()) {
            best = Some(sense);
        } else {
            trace.note(Stage::Extract, span, || format!("{} fits, but one that asks for more fits too", place()));
        }
    }
    let sense = best?;
    let Some(event_type) = sense.event_type else {
        trace.note(Stage::Extract, span, || format!("'{}' ({}:{}) says that this is no event", sense.pattern, sense.source.0, sense.source.1));
        return None;
    };
    trace.note(Stage::Extract, span, || format!("'{}' ({}:{}) fits: {event_type}", sense.pattern, sense.source.0, sense.source.1));
    let bare = pos == Pos::Noun && host == word && !stands_alone(context, word, event_type, sense, &arguments);
    if effect == LightEffect::Ends {
        trace.note(Stage::Extract, span, || "it is over, and this only says so".into());
        return None;
    }
    let (realis, negated) = standing(context, word, host, effect);
    Some(Candidate { trigger: word, host, sense, event_type, arguments, effect, realis, negated, bare, weight })
}

/// The verb of "the denouncing of", where it has senses of its own.
fn gerund(context: &Context<'_>, word: Word) -> Option<String> {
    let stem = context.reading.lemma(word).strip_suffix("ing").filter(|stem| stem.len() > 2)?;
    if !has_complement(context, word) {
        return None;
    }
    // "stopping" is of "stop".
    let mut last = stem.chars().rev();
    let single = last.next().zip(last.next()).filter(|(last, before)| last == before).and_then(|(last, _)| stem.strip_suffix(last));
    let verbs = [Some(stem.to_owned()), Some(format!("{stem}e")), single.map(str::to_owned)];
    verbs.into_iter().flatten().find(|verb| context.known.lexicon.senses(verb, Pos::Verb).next().is_some())
}

/// "Islamic State Health Service": a word inside a name is no trigger.
fn is_part_of_name(context: &Context<'_>, word: Word) -> bool {
    let names = &context.reading.parse.names;
    let at = names.partition_point(|name| name.words.end <= word);
    names.get(at).is_some_and(|name| name.words.contains(&word))
}

/// The verb that lends its subject and tense to a noun, and what it does to it.
fn light_verb(context: &Context<'_>, noun: Word) -> Option<(Word, LightEffect)> {
    let reading = context.reading;
    let mut at = noun;
    // "a series of attacks", "the start of talks": through a noun that only measures.
    loop {
        let head = reading.head(at)?;
        match reading.deprel(at) {
            Deprel::Conj => at = head,
            Deprel::Nmod if measures(reading.lemma(head)) => at = head,
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl | Deprel::OblAgent => {
                let uses = context.known.lexicon.light(reading.lemma(head));
                let arguments = argument::arguments(reading, head);
                let light = uses.iter().find(|light| {
                    light.constraints.iter().all(|constraint| arguments.meets(reading, Some(context.mentions), &context.known.lexicon, constraint))
                        && (is_object(reading.deprel(at), &arguments, at)
                            || light.constraints.iter().any(|constraint| arguments.fillers(reading, &constraint.slot).contains(&at)))
                })?;
                return Some((head, light.effect));
            }
            _ => return None,
        }
    }
}

fn is_object(deprel: Deprel, arguments: &Arguments, word: Word) -> bool {
    arguments.obj == Some(word) || (arguments.obj.is_none() && matches!(deprel, Deprel::Obj | Deprel::NsubjPass))
}

fn measures(lemma: &str) -> bool {
    matches!(
        lemma,
        "series"
            | "number"
            | "wave"
            | "spate"
            | "round"
            | "string"
            | "kind"
            | "type"
            | "start"
            | "campaign"
            | "act"
            | "day"
            | "week"
            | "month"
            | "hour"
            | "year"
            | "dozen"
    )
}

/// Gives a noun the subject and obliques of its light verb.
fn lend(context: &Context<'_>, noun: Word, verb: Word, arguments: &mut Arguments) {
    let lent = argument::arguments(context.reading, verb);
    let is_self = |word: Option<Word>| word.is_some_and(|word| word == noun || context.reading.is_under(noun, word));
    if arguments.subj.is_none() && !is_self(lent.subj) {
        arguments.subj = lent.subj;
    }
    if arguments.iobj.is_none() {
        arguments.iobj = lent.iobj;
    }
    arguments.obliques.extend(lent.obliques.iter().filter(|(_, filler)| !is_self(Some(*filler))));
    arguments.xcomp.extend(lent.xcomp.iter().filter(|&&complement| complement != noun));
}

/// Whether a noun without a light verb tells an event: it names a party, or it is the subject of something that came of it.
fn stands_alone(context: &Context<'_>, word: Word, event_type: EventType, sense: &Sense, arguments: &Arguments) -> bool {
    let reading = context.reading;
    let has = |slots: &[Slot]| slots.iter().any(|slot| arguments.fillers(reading, slot).iter().any(|&filler| super::party::is_party(context, filler)));
    let (actor, recipient) = (has(&sense.frame.actor), has(&sense.frame.recipient));
    let determined =
        reading.children(word).any(|child| reading.deprel(child) == Deprel::Det && matches!(reading.lemma(child), "no" | "any" | "every" | "such"));
    // "Hurricanes are storms": a noun that is only spoken of.
    let defined = reading.head(word).is_some_and(|head| reading.child(head, Deprel::Cop).is_some()) || reading.child(word, Deprel::Cop).is_some();
    if determined || defined {
        return false;
    }
    let placed = context.mentions.places.iter().any(|place| reading.head(place.head) == Some(word)) || reading.child(word, Deprel::Nummod).is_some();
    match event_type {
        EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Occurrence => {
            let subject = matches!(reading.deprel(word), Deprel::Nsubj | Deprel::NsubjPass)
                && reading.head(word).is_some_and(|head| reading.feats(head).has(Feats::FIN) || reading.upos(head) == Upos::Verb);
            actor
                || recipient
                || subject
                || placed
                || is_long_past(context, word)
                || (is_particular(context, word) && (event_type == EventType::Occurrence || has_complement(context, word)))
        }
        EventType::Mobilize | EventType::Sanction | EventType::Retreat | EventType::Aid | EventType::Consult => {
            actor || recipient || is_spelt_out(context, word, sense)
        }
        EventType::Concede | EventType::Cooperate | EventType::Support if is_particular(context, word) => {
            actor || recipient || is_spelt_out(context, word, sense)
        }
        _ => actor && (recipient || !sense.frame.content.is_empty()),
    }
}

/// "The lifting of the curfew": one happening, and what it is done to is what the sense asks for.
pub(super) fn is_spelt_out(context: &Context<'_>, word: Word, sense: &Sense) -> bool {
    let asked = sense.constraints.iter().any(|constraint| !constraint.negated && matches!(&constraint.slot, Slot::Prep(of) if &**of == "of"));
    asked && is_particular(context, word)
}

/// "The bombing of a market"
fn has_complement(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    reading.children(word).any(|child| reading.deprel(child) == Deprel::Nmod && reading.children(child).any(|case| reading.lemma(case) == "of"))
}

/// "The crash", "a flood", "Cyclone Ida": one happening, not the kind ("many accidents", "floods are common").
fn is_particular(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    // Headlines leave articles out.
    let headline = reading.text.sentences[reading.sentence_of(word)].zone == crate::record::Zone::Title && reading.deprel(word) == Deprel::Nsubj;
    let articled = headline
        || reading.children(word).any(|child| reading.deprel(child) == Deprel::Det && matches!(reading.lemma(child), "the" | "a" | "this" | "that" | "an"));
    articled
        || reading.children(word).any(|child| {
            reading.upos(child) == Upos::Propn && matches!(reading.deprel(child), Deprel::Compound | Deprel::Flat | Deprel::Nmod | Deprel::NmodPoss)
        })
}

/// "After years of fighting", "months of siege": no date, but a long past.
pub(super) fn is_long_past(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    let mut at = word;
    while let Some(head) = reading.head(at) {
        match reading.deprel(at) {
            Deprel::Conj => at = head,
            Deprel::Nmod => {
                let lemma = reading.lemma(head);
                return matches!(lemma, "decade" | "history")
                    || (matches!(lemma, "year" | "month" | "week" | "century") && reading.feats(head).has(Feats::PLUR));
            }
            _ => return false,
        }
    }
    false
}

/// Realis and polarity of the event: the host's, changed by the light verb, or the noun's own where that is no fact.
fn standing(context: &Context<'_>, word: Word, host: Word, effect: LightEffect) -> (Realis, bool) {
    let clauses = context.clauses;
    let own = clauses.realis(word);
    if host == word {
        return (own, clauses.is_negated(word));
    }
    let lent = clauses.realis(host);
    let realis = if matches!(lent, Realis::Happened | Realis::Ongoing) && !matches!(own, Realis::Happened | Realis::Ongoing) { own } else { lent };
    let realis = match effect {
        LightEffect::Plans if realis == Realis::Happened || realis == Realis::Ongoing => Realis::Planned,
        LightEffect::Negates if realis == Realis::Happened => Realis::Negated,
        _ => realis,
    };
    (realis, clauses.is_negated(host) || clauses.is_negated(word))
}
