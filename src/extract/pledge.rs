//! Who promised what.
//!
//! A pledge is a commitment: a word that commits (`data/pledges/cues.txt`) with an act of one's own, or a "will" in someone's
//! own statement about what that someone is to do. Forecasts, requests, conditional offers and negated plans are none.

use super::Context;
use crate::mention::{actor, time};
use crate::record::{
    Actor, Claim, Deprel, Event, Figure, Head, Measure, Pledge, PledgeState, Polarity, Realis, Source, Span, TimeBound, Unit, Upos, When, Word,
};
use crate::trace::Trace;

/// A commitment before its fields are filled.
struct Found {
    /// The word that commits.
    cue: Word,
    /// The verb whose subject commits.
    subject_of: Word,
    /// What is to be done: the head of its clause or phrase.
    action: Word,
    state: PledgeState,
    confidence: f32,
}

/// Finds pledges, in text order.
pub fn find(context: &Context<'_>, _events: &[Event], figures: &[Figure], trace: &mut impl Trace) -> Vec<Pledge> {
    let reading = context.reading;
    let mut pledges = Vec::new();
    let mut taken: Vec<Word> = Vec::new(); // actions that already are pledged
    for sentence in reading.text.sentences.iter().filter(|sentence| sentence.zone.is_story()) {
        for word in sentence.words.clone() {
            let Some(found) = cue(context, word) else { continue };
            if taken.contains(&found.action) || taken.contains(&found.cue) {
                continue;
            }
            match make(context, &found, figures) {
                Some(pledge) => {
                    taken.push(found.action);
                    taken.push(found.cue);
                    pledges.push(pledge);
                }
                None => trace.note(crate::record::Stage::Extract, reading.span(word), || format!("{} commits nobody: no pledge", reading.form(word))),
            }
        }
    }
    pledges
}

/// What the word at `word` commits to, if it is a cue.
fn cue(context: &Context<'_>, word: Word) -> Option<Found> {
    let reading = context.reading;
    let cues = &context.known.pledges;
    let lemma = reading.lemma(word);
    let found = |action: Word, state: PledgeState, confidence: f32| Found { cue: word, subject_of: word, action, state, confidence };
    match reading.upos(word) {
        Upos::Verb | Upos::Adj => {
            // "commit suicide", "swear allegiance"
            if reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Obj | Deprel::Obl) && cues.is("never", reading.lemma(child))) {
                return None;
            }
            // "kept its promise to send a ship", "broke its pledge", "missed the deadline"
            if let Some(found) = of_promise(context, word) {
                return Some(found);
            }
            if cues.is("refuse", lemma)
                && let Some(inner) = reading.child(word, Deprel::Xcomp).filter(|&inner| cues.is("verb", reading.lemma(inner)))
                && let Some(action) = clause_action(context, inner).or_else(|| reading.child(inner, Deprel::Obj))
            {
                return Some(Found { cue: word, subject_of: word, action, state: PledgeState::Refused, confidence: 0.8 });
            }
            if cues.is("verb", lemma) && reading.upos(word) == Upos::Verb {
                // "agreed that the talks were useful" is no act to come.
                if let Some(action) = clause_action(context, word).filter(|&action| lemma != "agree" || is_infinitive(context, action)) {
                    return Some(found(action, PledgeState::Promised, if lemma == "agree" { 0.7 } else { 0.85 }));
                }
            }
            if cues.is("object", lemma) && reading.upos(word) == Upos::Verb {
                let passive = reading.children(word).any(|child| reading.deprel(child) == Deprel::AuxPass);
                let action = reading.children(word).find(|&child| {
                    matches!(reading.deprel(child), Deprel::Obj) && !passive && matches!(reading.upos(child), Upos::Noun | Upos::Num | Upos::Propn | Upos::Sym)
                });
                if let Some(action) = action.filter(|&action| !cues.is("never", reading.lemma(action)) && !is_person(context, action)) {
                    return Some(found(action, PledgeState::Promised, 0.75));
                }
            }
            if cues.is("to", lemma)
                && let Some(action) = reading
                    .children(word)
                    .find(|&child| matches!(reading.deprel(child), Deprel::Obl | Deprel::Advcl | Deprel::Xcomp) && marked(context, child, "to"))
            {
                return Some(found(action, PledgeState::Promised, 0.75));
            }
            if cues.is("aim", lemma) && reading.upos(word) == Upos::Verb {
                let passive = reading.children(word).any(|child| reading.deprel(child) == Deprel::AuxPass);
                // "intending to" is a motive.
                let finite = !reading.form(word).ends_with("ing") || reading.children(word).any(|child| reading.deprel(child) == Deprel::Aux);
                let action = clause_action(context, word).filter(|&action| is_infinitive(context, action) && !passive && finite)?;
                return Some(found(action, PledgeState::Promised, 0.55));
            }
            own_will(context, word)
        }
        Upos::Noun => {
            if cues.is("track", lemma) && marked(context, word, "on") {
                let action = clause_action(context, word).filter(|&action| is_infinitive(context, action))?;
                return Some(found(action, PledgeState::OnTrack, 0.8));
            }
            if cues.is("noun", lemma) {
                let action = noun_action(context, word)?;
                let head = reading.head(word);
                // "their lack of commitment", "fears for a promise"
                if head
                    .is_some_and(|head| matches!(reading.lemma(head), "lack" | "absence" | "fear" | "doubt" | "demand" | "seek" | "want" | "need" | "question"))
                {
                    return None;
                }
                return Some(Found { cue: word, subject_of: word, action, state: PledgeState::Promised, confidence: 0.65 });
            }
            None
        }
        _ => None,
    }
}

/// "kept its promise", "reneged on its pledge", "failed to meet the target".
fn of_promise(context: &Context<'_>, verb: Word) -> Option<Found> {
    let reading = context.reading;
    let cues = &context.known.pledges;
    let lemma = reading.lemma(verb);
    let state = if cues.is("keep", lemma) {
        PledgeState::Kept
    } else if cues.is("break", lemma) {
        PledgeState::Broken
    } else if cues.is("miss", lemma) {
        PledgeState::Missed
    } else if cues.is("withdraw", lemma) {
        PledgeState::Withdrawn
    } else {
        return None;
    };
    let object = reading.children(verb).find(|&child| {
        matches!(reading.deprel(child), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Nmod)
            && (cues.is("noun", reading.lemma(child)) || (matches!(state, PledgeState::Missed | PledgeState::Kept) && cues.is("target", reading.lemma(child))))
    })?;
    let realis = context.clauses.realis(verb);
    let failed = reading.head(verb).is_some_and(|head| cues.is("fail", reading.lemma(head)) && reading.deprel(verb) == Deprel::Xcomp);
    let state = match (state, realis) {
        (PledgeState::Kept, _) if failed => PledgeState::Missed,
        (PledgeState::Kept, Realis::Negated) => PledgeState::Missed,
        // "will keep its promise" renews it; "urged to keep" says nothing of its state.
        (_, Realis::Promised | Realis::Planned) => PledgeState::Promised,
        (state, Realis::Happened | Realis::Ongoing) => state,
        _ => return None,
    };
    let action = noun_action(context, object).unwrap_or(object);
    Some(Found { cue: verb, subject_of: verb, action, state, confidence: 0.75 })
}

/// The infinitive or that-clause that a cue takes: by the tree, else by the order of words.
fn clause_action(context: &Context<'_>, cue: Word) -> Option<Word> {
    let reading = context.reading;
    let by_tree = reading.children(cue).filter(|&child| child > cue).find(|&child| match reading.deprel(child) {
        Deprel::Xcomp | Deprel::Acl | Deprel::Advcl => is_infinitive(context, child),
        Deprel::Ccomp => {
            // "promised it would leave": what is to come
            let modal = reading.children(child).any(|inner| reading.deprel(inner) == Deprel::Aux && matches!(reading.lemma(inner), "will" | "would" | "shall"));
            modal || is_infinitive(context, child)
        }
        _ => false,
    });
    by_tree.or_else(|| after_to(context, cue)).or_else(|| after_would(context, cue))
}

/// "pledged (on Monday) (not) to resettle", whatever the tagger took "resettle" for.
fn after_to(context: &Context<'_>, cue: Word) -> Option<Word> {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(cue)].words;
    let mut at = cue + 1;
    while at < sentence.end.min(cue + 8) {
        if let Some(time) = context.mentions.times.iter().find(|time| time.words.contains(&at)) {
            at = time.words.end;
            continue;
        }
        match reading.form(at) {
            "to" => break,
            "on" | "in" | "not" | "never" | "again" | "also" => at += 1,
            _ if reading.upos(at) == Upos::Adv => at += 1,
            _ => return None,
        }
    }
    let mut verb = at + 1;
    while verb < sentence.end && reading.upos(verb) == Upos::Adv {
        verb += 1;
    }
    let open = at < sentence.end && verb < sentence.end && reading.form(at) == "to";
    // "pledged to the refugees" and "a promise to voters" name who it is for.
    let named = |word: Word| {
        matches!(reading.upos(word), Upos::Det | Upos::Propn | Upos::Pron | Upos::Num | Upos::Punct)
            || reading.feats(word).has(crate::record::Feats::PLUR)
            || is_person(context, word)
    };
    (open && (!named(verb) || reading.form(verb).ends_with("ing"))).then_some(verb)
}

/// "promised residents that the road would be repaired", whatever the tree.
fn after_would(context: &Context<'_>, cue: Word) -> Option<Word> {
    let reading = context.reading;
    if reading.upos(cue) != Upos::Verb {
        return None;
    }
    let sentence = &reading.text.sentences[reading.sentence_of(cue)].words;
    let that = (cue + 1..sentence.end.min(cue + 6)).find(|&word| reading.form(word) == "that")?;
    let modal = (that + 1..sentence.end.min(that + 8)).find(|&word| matches!(reading.form(word), "would" | "will"))?;
    reading.head(modal).filter(|&verb| verb > modal && reading.upos(verb) == Upos::Verb)
}

/// What a noun such as "promise" is of: an infinitive, "to end the siege", "of $5 million".
fn noun_action(context: &Context<'_>, noun: Word) -> Option<Word> {
    let reading = context.reading;
    let clause = reading.children(noun).find(|&child| {
        child > noun
            && matches!(reading.deprel(child), Deprel::Acl | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp)
            && (is_infinitive(context, child) || reading.deprel(child) == Deprel::Ccomp)
    });
    clause
        .or_else(|| {
            // "made a promise to rebuild": the infinitive may hang on the light verb.
            let head = reading.head(noun).filter(|&head| reading.deprel(noun) == Deprel::Obj && reading.upos(head) == Upos::Verb)?;
            reading
                .children(head)
                .find(|&child| child > noun && matches!(reading.deprel(child), Deprel::Xcomp | Deprel::Advcl) && is_infinitive(context, child))
        })
        .or_else(|| {
            reading.children(noun).find(|&child| {
                child > noun
                    && reading.deprel(child) == Deprel::Nmod
                    && (marked(context, child, "of") || (marked(context, child, "to") && reading.upos(child) != Upos::Propn))
                    && !is_person(context, child)
            })
        })
}

fn is_infinitive(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    let after_to = word.checked_sub(1).is_some_and(|before| reading.form(before) == "to" && reading.sentence_of(before) == reading.sentence_of(word));
    after_to && !matches!(reading.upos(word), Upos::Propn | Upos::Pron | Upos::Num)
        || reading.children(word).any(|child| reading.deprel(child) == Deprel::Mark && reading.form(child).eq_ignore_ascii_case("to"))
}

fn marked(context: &Context<'_>, word: Word, marker: &str) -> bool {
    let reading = context.reading;
    reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Case | Deprel::Mark) && reading.form(child).eq_ignore_ascii_case(marker))
}

fn is_person(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    actor::at(context.mentions, word).is_some() || context.known.units.of(reading.lemma(word)) == Some(Unit::Person)
}

/// "Canada will continue to rally …, the government said": a future act of the speaker's own.
fn own_will(context: &Context<'_>, verb: Word) -> Option<Found> {
    let reading = context.reading;
    let cues = &context.known.pledges;
    reading.children(verb).find(|&child| {
        reading.deprel(child) == Deprel::Aux && matches!(reading.form(child).to_ascii_lowercase().as_str(), "will" | "'ll" | "’ll" | "wo" | "shall")
    })?;
    if reading.children(verb).any(|child| matches!(reading.deprel(child), Deprel::AuxPass | Deprel::NsubjPass | Deprel::Cop | Deprel::Expl))
        || reading.upos(verb) != Upos::Verb
    {
        return None;
    }
    let subject = reading.child(verb, Deprel::Nsubj)?;
    let lemma = reading.lemma(verb);
    // "will continue to rally": what is done tells whether it is done on purpose.
    let aspect = matches!(lemma, "continue" | "keep" | "go" | "try" | "seek" | "work" | "do");
    let deed = reading.children(verb).find(|&child| aspect && matches!(reading.deprel(child), Deprel::Xcomp | Deprel::Advcl) && child > verb);
    let deed = deed.or_else(|| after_to(context, verb).filter(|_| aspect)).unwrap_or(verb);
    if cues.is("stative", reading.lemma(deed)) || cues.is("hostile", reading.lemma(deed)) || (deed == verb && lemma == "continue") {
        return None;
    }
    if conditional(context, verb) {
        return None;
    }
    let (chain, _) = context.attributions.at(reading.span(verb));
    let speaker = chain.last()?;
    speaks_of_self(context, subject, speaker).then_some(Found { cue: verb, subject_of: verb, action: verb, state: PledgeState::Promised, confidence: 0.7 })
}

/// Whether the subject of a clause is who says it.
fn speaks_of_self(context: &Context<'_>, subject: Word, speaker: &Source) -> bool {
    let reading = context.reading;
    let form = reading.form(subject).to_ascii_lowercase();
    if matches!(form.as_str(), "we" | "i") {
        return true;
    }
    let mention = actor::at(context.mentions, subject);
    let source_words = reading.words_in(speaker.actor.span);
    let source = source_words.clone().find_map(|word| actor::at(context.mentions, word));
    if let (Some(mention), Some(source)) = (mention, source) {
        if mention.entity == source.entity {
            return true;
        }
        // A minister speaks for the country.
        let government = |actor: &Actor| {
            actor.sectors.iter().any(|sector| matches!(sector, crate::record::Sector::Gov | crate::record::Sector::Mil | crate::record::Sector::Leg))
        };
        let whole = mention.actor.sectors.is_empty() || government(&mention.actor);
        if mention.actor.country.is_some() && mention.actor.country == source.actor.country && whole && government(&source.actor) {
            return true;
        }
        if !mention.pronoun {
            return false;
        }
    }
    let country = |actor: &Actor| actor.country.is_some() && actor.country == context.known.countries.named(reading.form(subject));
    if country(&speaker.actor) {
        return true;
    }
    // "The agency said it will …": a pronoun right under the reporting verb is its subject.
    matches!(form.as_str(), "it" | "they" | "he" | "she")
        && reading.head(subject).is_some_and(|verb| {
            reading.deprel(verb) == Deprel::Ccomp && reading.head(verb).is_some_and(|cue| speaker.cue.is_some_and(|span| span.overlaps(reading.span(cue))))
        })
}

/// Whether the clause of `word` depends on a condition.
fn conditional(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    context.clauses.realis(word) == Realis::Conditional
        || reading.children(word).any(|child| {
            reading.deprel(child) == Deprel::Advcl
                && reading
                    .children(child)
                    .any(|inner| reading.deprel(inner) == Deprel::Mark && matches!(reading.lemma(inner), "if" | "unless" | "provided" | "once"))
        })
}

fn make(context: &Context<'_>, found: &Found, figures: &[Figure]) -> Option<Pledge> {
    let reading = context.reading;
    let cues = &context.known.pledges;
    let statement = if reading.upos(found.cue) == Upos::Noun { governor(context, found.cue) } else { found.cue };
    // A promise that is asked for, threatened, supposed or denied is none.
    let realis = context.clauses.realis(statement);
    let stands = matches!(realis, Realis::Happened | Realis::Ongoing | Realis::Promised | Realis::Planned);
    let negated = (found.cue != found.action && context.clauses.is_negated(statement)) || has_no(context, found.cue);
    if !stands && found.state == PledgeState::Promised || (negated && found.state != PledgeState::Missed) {
        return None;
    }
    if conditional(context, found.cue) || conditional(context, found.action) {
        return None;
    }
    let refrain = cues.is("refrain", reading.lemma(found.action)) || is_left_undone(context, found);
    if cues.is("hostile", reading.lemma(found.action)) && !refrain && found.state == PledgeState::Promised {
        return None; // a threat
    }
    let mut promiser = promiser(context, found)?;
    let action = action_span(context, found);
    let (mut attribution, claim) = context.attributions.at(reading.span(found.cue));
    attribution.retain(|source| source.cue.is_none_or(|cue| !cue.overlaps(reading.span(found.cue))));
    let claim = if attribution.is_empty() && claim == Claim::Reported { Claim::Asserted } else { claim };
    // "We will", "it will": who says so.
    if found.cue == found.action
        && promiser.name.is_none()
        && promiser.country.is_none()
        && let Some(speaker) = attribution.last()
        && reading.words_in(promiser.span).len() == 1
        && subject_word(context, found.subject_of).is_some_and(|subject| reading.upos(subject) == Upos::Pron)
    {
        promiser = speaker.actor.clone();
    }
    let deadline = deadline(context, found, action);
    let target = target(context, action, figures);
    let made_on = made_on(context, found, statement, deadline.as_ref(), &attribution);
    let first = if found.cue == found.action { subject_word(context, found.subject_of).unwrap_or(found.cue).min(found.cue) } else { found.cue };
    // "on track": the preposition is part of the cue.
    let on = found.cue.checked_sub(1).filter(|_| found.state == PledgeState::OnTrack);
    let trigger = on.map_or(reading.span(found.cue), |on| reading.span_of(on, found.cue));
    let evidence = reading.span(first).join(trigger).join(action);
    let state_attribution = if found.state == PledgeState::Promised { Vec::new() } else { attribution.clone() };
    Some(Pledge {
        head: Head { trigger, evidence: vec![evidence], claim, realis: Realis::Promised, attribution, links: Vec::new(), confidence: found.confidence },
        promiser: Some(promiser),
        action: Some(action),
        polarity: if refrain { Polarity::Refrain } else { Polarity::Do },
        beneficiary: beneficiary(context, found, action),
        target,
        deadline,
        made_on,
        state: found.state,
        state_attribution,
    })
}

/// "promised not to attack", "will never return".
fn is_left_undone(context: &Context<'_>, found: &Found) -> bool {
    let reading = context.reading;
    let negation = |word: Word| matches!(reading.form(word).to_ascii_lowercase().as_str(), "not" | "never" | "n't" | "n’t");
    if found.cue != found.action && found.cue < found.action {
        let from = found.action.saturating_sub(4).max(found.cue + 1);
        return (from..found.action).any(negation);
    }
    reading.children(found.action).any(|child| child < found.action && negation(child))
}

/// "has no plans", "no promise".
fn has_no(context: &Context<'_>, word: Word) -> bool {
    let reading = context.reading;
    reading.upos(word) == Upos::Noun && reading.children(word).any(|child| reading.deprel(child) == Deprel::Det && reading.lemma(child) == "no")
}

/// The verb above a noun, for the standing of what is said.
fn governor(context: &Context<'_>, noun: Word) -> Word {
    let reading = context.reading;
    let copula = reading.children(noun).any(|child| reading.deprel(child) == Deprel::Cop);
    match reading.head(noun) {
        Some(head) if !copula && reading.upos(head) == Upos::Verb => head,
        _ => noun,
    }
}

/// The verb or predicate noun, upwards from `word`, that has a subject of its own.
fn subject_word(context: &Context<'_>, word: Word) -> Option<Word> {
    let reading = context.reading;
    let mut at = word;
    for _ in 0..4 {
        if let Some(subject) = reading.children(at).find(|&child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass)) {
            return Some(subject);
        }
        match reading.head(at) {
            Some(head)
                if matches!(reading.deprel(at), Deprel::Xcomp | Deprel::Conj | Deprel::Obj | Deprel::Obl | Deprel::Advcl | Deprel::Nmod)
                    && reading.upos(head) != Upos::Propn =>
            {
                at = head;
            }
            _ => return None,
        }
    }
    None
}

fn promiser(context: &Context<'_>, found: &Found) -> Option<Actor> {
    let reading = context.reading;
    if reading.upos(found.cue) == Upos::Noun {
        // "Canada's promise", "a promise by Canada"
        let owner = reading.children(found.cue).find(|&child| {
            reading.deprel(child) == Deprel::NmodPoss
                || (reading.deprel(child) == Deprel::Nmod && (marked(context, child, "by") || marked(context, child, "from")))
        });
        if let Some(owner) = owner {
            if let Some(mention) = actor::at(context.mentions, owner) {
                return Some(mention.actor.clone());
            }
            if reading.upos(owner) != Upos::Pron {
                return None;
            }
        }
    }
    let subject = subject_word(context, found.subject_of);
    if let Some(mention) = subject.and_then(|subject| actor::at(context.mentions, subject)) {
        return Some(mention.actor.clone());
    }
    if subject.is_none() {
        // Where the tree has no subject: the actor that stands right before the cue.
        let before = (found.cue.saturating_sub(3)..found.cue).rev().find(|&word| !matches!(reading.upos(word), Upos::Aux | Upos::Adv))?;
        let same = reading.sentence_of(before) == reading.sentence_of(found.cue);
        let ends_there = |mention: &&crate::record::ActorMention| mention.actor.span.end == reading.span(before).end;
        return context.mentions.actors.iter().filter(|_| same).find(ends_there).map(|mention| mention.actor.clone());
    }
    let verb = subject.and_then(|subject| reading.head(subject)).unwrap_or(found.subject_of);
    let actor = super::attribution::subject_of(reading, context.mentions, context.known, verb)?;
    // Things promise nothing ("the deal guarantees"), people and bodies do.
    let head = subject?;
    let agentive = actor.basis.is_some()
        || actor.country.is_some()
        || !actor.sectors.is_empty()
        || matches!(reading.upos(head), Upos::Propn | Upos::Pron)
        || context.known.units.of(reading.lemma(head)) == Some(Unit::Person);
    (agentive && !matches!(reading.lemma(head), "this" | "that" | "which" | "what" | "there" | "these" | "those")).then_some(actor)
}

/// The words of what is to be done: after "to", or the whole clause; the subject of "will" is left out.
fn action_span(context: &Context<'_>, found: &Found) -> Span {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(found.action)];
    let own = found.action == found.cue;
    let (low, high) = reading.extent(found.action, &|child| {
        let relation = reading.deprel(child);
        let head = reading.head(child);
        let top = head == Some(found.action);
        let before = child < found.action;
        let aside = match relation {
            Deprel::Punct => !before || own,
            Deprel::Parataxis => true,
            Deprel::Mark | Deprel::Case => before,
            Deprel::Nsubj | Deprel::Aux | Deprel::Advcl | Deprel::Cc => own && before,
            // A second clause with a subject of its own.
            Deprel::Conj => reading.children(child).any(|inner| reading.deprel(inner) == Deprel::Nsubj),
            _ => false,
        };
        !(top && aside)
    });
    let to = (found.cue + 1..found.action).rev().take(4).find(|&word| reading.form(word) == "to");
    let low = if own { low.max(found.action) } else { low.max(to.unwrap_or(found.cue) + 1).min(found.action) };
    // Not beyond the words of the statement that it stands in.
    let statement = context.attributions.all.iter().filter(|attribution| !attribution.intention).flat_map(|attribution| &attribution.content);
    let around = statement.filter(|content| content.contains(reading.span(found.action))).min_by_key(|content| content.len());
    let mut end = around.map_or(sentence.words.end, |content| reading.words_in(*content).end.min(sentence.words.end));
    if let Some(mark) = (found.action..end).find(|&word| matches!(reading.form(word), "\"" | "”" | "''" | ";")) {
        end = mark;
    }
    let mut high = high.min(end.saturating_sub(1)).max(found.action);
    // Where the tree breaks a phrase off: on to the next mark or verb.
    while high + 1 < end && matches!(reading.upos(high + 1), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num | Upos::Adp | Upos::Det) {
        high += 1;
    }
    while high > found.action && matches!(reading.upos(high), Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Det) {
        high -= 1;
    }
    reading.span_of(low.max(sentence.words.start), high)
}

/// By when: a bounded or future time in what is to be done.
fn deadline(context: &Context<'_>, found: &Found, action: Span) -> Option<When> {
    let reading = context.reading;
    let times = &context.mentions.times;
    let sentence = &reading.text.sentences[reading.sentence_of(found.action)].words;
    let inside = || times.iter().filter(|time| sentence.contains(&time.words.start) && time.when.span.is_some_and(|span| action.contains(span)));
    if let Some(by) = inside().find(|time| matches!(time.bound, Some(TimeBound::By | TimeBound::Before | TimeBound::Until)) && time.when.end.is_some()) {
        return Some(last_day(by));
    }
    // The parser may hang "by …" elsewhere: the first of the sentence after the action's head.
    if let Some(by) = times
        .iter()
        .find(|time| sentence.contains(&time.words.start) && time.words.start > found.action && time.bound == Some(TimeBound::By) && time.when.end.is_some())
    {
        return Some(last_day(by));
    }
    let day = reading.article.day()?;
    let own = time::for_predicate(reading, times, found.action)
        .filter(|time| time.when.start.is_some_and(|start| start > day) || (time.when.start == Some(day) && time.when.end > Some(day)))?;
    action.contains(own.when.span?).then(|| own.when.clone())
}

/// "By the end of 2016" is by its last day.
fn last_day(by: &crate::record::TimeMention) -> When {
    let bounded = time::bounded(by);
    When { start: bounded.end, ..bounded }
}

/// The number aimed at: the most salient figure in what is to be done.
fn target(context: &Context<'_>, action: Span, figures: &[Figure]) -> Option<usize> {
    let _ = context;
    let mut best: Option<usize> = None;
    for (index, figure) in figures.iter().enumerate() {
        let inside =
            figure.head.evidence.first().is_some_and(|span| action.overlaps(*span) && (action.contains(figure.head.trigger) || action.contains(*span)));
        let counts = figure.measure != Measure::Other
            || matches!(figure.unit, Unit::Person | Unit::Currency | Unit::Percent | Unit::Household | Unit::Dwelling | Unit::Tonne);
        if inside && counts && best.is_none_or(|best| figures[best].salience < figure.salience) {
            best = Some(index);
        }
    }
    best
}

/// The day of the statement: the date beside the cue, or beside the words that report it.
fn made_on(context: &Context<'_>, found: &Found, statement: Word, deadline: Option<&When>, attribution: &[Source]) -> Option<When> {
    let reading = context.reading;
    let times = &context.mentions.times;
    let past = |when: &When| {
        when.start.is_none_or(|start| reading.article.day().is_none_or(|day| start <= day))
            && when.start.is_some()
            && deadline.is_none_or(|deadline| deadline.span != when.span)
    };
    if found.cue != found.action {
        for word in [found.cue, statement] {
            // Between the cue and what is to be done, or before the cue.
            if let Some(time) =
                time::for_predicate(reading, times, word).filter(|time| time.words.start < found.action && past(&time.when) && time.bound.is_none())
            {
                return Some(time.when.clone());
            }
        }
    }
    let source = attribution.last()?;
    if let Some(date) = source.date.clone().filter(|date| past(date)) {
        return Some(date);
    }
    let cue = reading.words_in(source.cue?).next()?;
    time::for_predicate(reading, times, cue).filter(|time| past(&time.when)).map(|time| time.when.clone())
}

/// For whom: "promised residents that", "a promise to the refugees".
fn beneficiary(context: &Context<'_>, found: &Found, action: Span) -> Option<Actor> {
    let reading = context.reading;
    let verb = reading.upos(found.cue) == Upos::Verb;
    let word = reading.children(found.cue).find(|&child| {
        child != found.action
            && child > found.cue
            && match reading.deprel(child) {
                Deprel::Iobj => true,
                Deprel::Obj => verb && matches!(reading.upos(child), Upos::Noun | Upos::Propn | Upos::Pron) && is_person(context, child),
                Deprel::Obl | Deprel::Nmod => marked(context, child, "to") && is_person(context, child),
                _ => false,
            }
    });
    // "pledged $5 million to Yemen", "for the refugees"
    let word = word.or_else(|| {
        (reading.upos(found.action) != Upos::Verb)
            .then(|| {
                [found.action, found.cue].into_iter().find_map(|hook| {
                    reading.children(hook).find(|&child| {
                        child != found.action
                            && matches!(reading.deprel(child), Deprel::Obl | Deprel::Nmod)
                            && (marked(context, child, "to") || marked(context, child, "for"))
                            && is_person(context, child)
                    })
                })
            })
            .flatten()
    })?;
    let deed = reading.upos(found.action) == Upos::Verb || is_infinitive(context, found.action);
    actor::at(context.mentions, word).filter(|mention| !deed || !action.overlaps(mention.actor.span)).map(|mention| mention.actor.clone())
}

#[cfg(test)]
mod tests {
    use crate::pipeline::Coder;
    use crate::record::{Document, Format, Stamp};

    /// Pledges of a line read on 2016-05-20: `promiser: state polarity action`.
    fn pledges(coder: &Coder, line: &str) -> Vec<String> {
        let day = Stamp::day(jiff::civil::date(2016, 5, 20));
        let coded = coder.code(&Document { bytes: line.as_bytes().to_vec(), format: Format::Text, published: Some(day), ..Document::default() });
        let text = &coded.article.text;
        let of = |span: Option<crate::record::Span>| span.map_or("", |span| span.of(text)).to_owned();
        coded
            .pledges
            .iter()
            .map(|pledge| {
                let by = pledge.deadline.as_ref().and_then(|when| when.end).map_or_else(String::new, |day| format!(" by {day}"));
                format!("{}: {} {} {}{by}", of(pledge.promiser.as_ref().map(|actor| actor.span)), pledge.state, pledge.polarity, of(pledge.action))
            })
            .collect()
    }

    #[test]
    fn commitments_have_a_state_and_an_action() {
        let coder = Coder::default();
        for (line, expected) in [
            ("Finland promised on Thursday to rebuild the school by May.", "Finland: promised do rebuild the school by May by 2016-05-31"),
            ("The militia promised not to attack the convoy.", "The militia: promised refrain attack the convoy"),
            ("Belgium broke its promise to take back the children.", "Belgium: broken do take back the children"),
            ("Italy kept its promise to send a ship.", "Italy: kept do send a ship"),
            ("Ireland will continue to support the search, the Irish government said.", "Ireland: promised do continue to support the search"),
        ] {
            assert_eq!(pledges(&coder, line), [expected], "{line}");
        }
    }

    #[test]
    fn plans_denied_offers_requests_forecasts_and_threats_are_none() {
        let coder = Coder::default();
        for line in [
            "Austria has no plans to close the camp.",
            "Qatar is ready to pay if the prisoners are freed.",
            "The mayor asked the government to repair the dam by August.",
            "Heavy rain will continue on Sunday.",
            "The president vowed to crush the rebels.",
        ] {
            assert!(pledges(&coder, line).is_empty(), "{line}: {:?}", pledges(&coder, line));
        }
    }
}
