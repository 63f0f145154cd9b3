//! People and organisations, resolved by name, role and date.

mod alias;
mod focus;
mod gather;
mod metonymy;
mod phrase;
mod resolve;
mod unit;

use crate::record::{ActorMention, Alias, Mentions, PlaceMention, Reading, Word};
use crate::resource::Resources;

/// Finds and resolves actors, in the order of their heads; marks the places that stand for governments as metonymic.
#[must_use]
pub fn find(reading: &Reading<'_>, places: &mut [PlaceMention], known: &Resources) -> (Vec<ActorMention>, Vec<Alias>) {
    let found = gather::find(reading, places, known);
    let units = unit::group(reading, places, known, &found);
    let mut mentions: Vec<ActorMention> = units.iter().map(|unit| resolve::mention(reading, places, known, &found, None, unit)).collect();
    // What the story is about tells whose the army is, where the phrase does not.
    let focus = focus::Focus::new(reading, places, &found, &units, &mentions);
    for (mention, unit) in mentions.iter_mut().zip(&units).filter(|(mention, _)| mention.actor.country.is_none()) {
        *mention = resolve::mention(reading, places, known, &found, Some(&focus), unit);
    }
    mentions.sort_by_key(|mention| (mention.head, mention.actor.span));
    mentions.dedup_by_key(|mention| mention.head);
    for (entity, mention) in mentions.iter_mut().enumerate() {
        mention.entity = entity as u32;
    }
    for place in places.iter_mut() {
        if let Some(mention) = at_word(&mentions, place.head)
            && !mention.modifier
            && place.place.span.contains(mention.actor.span)
        {
            place.metonymic = true;
        }
    }
    let aliases = alias::find(reading, known, &mut mentions);
    (mentions, aliases)
}

/// The mention that `word` heads: as head of the phrase, or as the word by which the phrase hangs in the tree.
#[must_use]
pub fn at(mentions: &Mentions, word: Word) -> Option<&ActorMention> {
    at_word(&mentions.actors, word)
}

/// [`at`] over a list in the order of heads.
pub(crate) fn at_word(actors: &[ActorMention], word: Word) -> Option<&ActorMention> {
    let from = actors.partition_point(|mention| mention.head < word);
    if let Some(mention) = actors.get(from).filter(|mention| mention.head == word) {
        return Some(mention);
    }
    // The top of a phrase stands near its head: a few mentions at most lie between.
    let after = actors[from..].iter().take(4);
    let before = actors[..from].iter().rev().take(4);
    after.chain(before).find(|mention| mention.top == word)
}
