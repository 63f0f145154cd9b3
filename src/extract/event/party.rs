//! From the words in a slot to the people behind them.

use crate::extract::Context;
use crate::extract::argument::{self, Arguments};
use crate::mention::actor;
use crate::record::{Actor, ActorBasis, ActorMention, Country, Deprel, Feats, Party, PlacePrecision, Word};
use crate::resource::lexicon::Slot;

/// Whether a word, or what it measures or modifies, names people or an organisation.
pub(super) fn is_party(context: &Context<'_>, word: Word) -> bool {
    mention(context, word).is_some()
}

/// The mention that a filler stands for: its own; else of what it counts ("dozens of civilians"), of its possessor or its
/// modifier ("Russia's warplanes", "rebel positions").
pub(super) fn mention<'a>(context: &Context<'a>, word: Word) -> Option<&'a ActorMention> {
    let mentions = context.mentions;
    if let Some(found) = actor::at(mentions, word) {
        return Some(found);
    }
    let reading = context.reading;
    let of = |child: Word| reading.deprel(child) == Deprel::Nmod && reading.children(child).any(|case| reading.lemma(case) == "of");
    let pick = |wanted: &dyn Fn(Word) -> bool| reading.children(word).filter(|&child| wanted(child)).find_map(|child| actor::at(mentions, child));
    pick(&|child| reading.deprel(child) == Deprel::NmodPoss)
        .or_else(|| pick(&|child| matches!(reading.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked)))
        .or_else(|| pick(&of))
}

/// "I", "we".
pub(super) fn is_first_person(context: &Context<'_>, word: Word) -> bool {
    matches!(context.reading.lemma(word), "I" | "i" | "we")
}

/// "We condemn": in someone's words, "I" and "we" are whose words they are.
fn speaker(context: &Context<'_>, word: Word) -> Option<Actor> {
    let (chain, _) = is_first_person(context, word).then(|| context.attributions.at(context.reading.span(word)))?;
    let source = chain.last()?;
    Some(Actor { span: context.reading.span(word), basis: Some(ActorBasis::Coreference), ..source.actor.clone() })
}

/// A country in a slot for parties ("visited Lebanon", "sent tents to Somalia") is one, though it stands as a place.
fn country(context: &Context<'_>, word: Word) -> Option<Actor> {
    let place = context.mentions.places.iter().find(|place| place.head == word)?;
    (place.place.precision == Some(PlacePrecision::Country)).then(|| Actor {
        span: place.place.span,
        country: place.place.country,
        basis: Some(ActorBasis::Metonymy),
        ..Actor::default()
    })
}

/// The parties in some slots, in text order, each once.
pub(super) fn in_slots(context: &Context<'_>, arguments: &Arguments, slots: &[Slot]) -> Vec<Party> {
    let mut words: Vec<Word> = Vec::new();
    for slot in slots {
        for filler in arguments.fillers(context.reading, slot) {
            words.extend(argument::coordinated(context.reading, filler));
        }
        // The slots of a role are alternatives in order of preference, but for parties who act together.
        if !matches!(slot, Slot::Subj) && words.iter().any(|&word| is_party(context, word) || country(context, word).is_some()) {
            break;
        }
    }
    words.sort_unstable();
    words.dedup();
    parties(context, words.into_iter())
}

fn parties(context: &Context<'_>, words: impl Iterator<Item = Word>) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for word in words {
        let mut actors = nations(context, word);
        if actors.is_empty() {
            let known = mention(context, word).map(|mention| mention.actor.clone());
            actors.extend(known.or_else(|| speaker(context, word)).or_else(|| country(context, word)));
        }
        for actor in actors {
            if !found.iter().any(|other| other.actor.span == actor.span) {
                found.push(Party::from(actor));
            }
        }
    }
    found
}

/// "Kenyan and Ethiopian officers", "the presidents of Brazil and Guyana": one noun for people of several countries, a party each. Empty
/// where it is of one.
fn nations(context: &Context<'_>, word: Word) -> Vec<Actor> {
    let reading = context.reading;
    let Some(shared) = mention(context, word).filter(|mention| reading.words_in(mention.actor.span).contains(&word) && !mention.pronoun) else {
        return Vec::new();
    };
    let plural = reading.feats(word).has(Feats::PLUR);
    if !plural || shared.actor.name.is_some() {
        return Vec::new();
    }
    let country = |part: Word| {
        let place = context.mentions.places.iter().find(|place| place.head == part && place.place.precision == Some(PlacePrecision::Country));
        place.and_then(|place| place.place.country).or_else(|| context.known.countries.demonym(&reading.form(part).to_lowercase()))
    };
    let of = |child: Word| reading.deprel(child) == Deprel::Nmod && reading.children(child).any(|case| reading.lemma(case) == "of");
    let owners = reading.children(word).filter(|&child| matches!(reading.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss) || of(child));
    let first = owners.flat_map(|child| argument::coordinated(reading, child).collect::<Vec<_>>());
    let of_each: Vec<(Word, Country)> = first.filter_map(|part| Some((part, country(part)?))).collect();
    let mut countries: Vec<Country> = of_each.iter().map(|(_, country)| *country).collect();
    countries.sort_unstable();
    countries.dedup();
    if countries.len() < 2 || countries.len() < of_each.len() {
        return Vec::new();
    }
    of_each
        .into_iter()
        .map(|(part, country)| {
            let span = reading.span(part);
            Actor { span, country: Some(country), sectors: shared.actor.sectors.clone(), basis: shared.actor.basis, ..Actor::default() }
        })
        .collect()
}
