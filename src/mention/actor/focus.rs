//! Which country a sentence and the story speak of: whose the army is where nothing else says so.

use rustc_hash::FxHashMap;

use super::gather::{Found, Kind};
use super::unit::Unit;
use crate::record::{ActorMention, Country, PlaceMention, Reading, Word, Zone};

/// Countries by sentence and over the story.
#[derive(Debug)]
pub(super) struct Focus {
    /// Countries that each sentence names, in order, without repeats.
    sentences: Vec<Vec<Country>>,
    /// The country most named, and its share of all that are named.
    story: Option<(Country, f32)>,
}

impl Focus {
    /// Reads the places, and the mentions as far as they are resolved by themselves.
    pub(super) fn new(reading: &Reading<'_>, places: &[PlaceMention], found: &Found<'_>, units: &[Unit], mentions: &[ActorMention]) -> Self {
        let mut tally = Tally { reading, sentences: vec![Vec::new(); reading.text.sentences.len()], counts: FxHashMap::default(), total: 0 };
        // What says whose someone is counts with that one.
        let mut spoken = vec![false; found.all.len()];
        for (unit, mention) in units.iter().zip(mentions) {
            unit.members.iter().chain(&unit.modifiers).for_each(|&index| spoken[index] = true);
            if let Some(country) = mention.actor.country {
                // Who holds an office speaks for one country of, often, another.
                tally.note(mention.head, country, mention.actor.role.is_none());
            }
        }
        for (candidate, _) in found.all.iter().zip(&spoken).filter(|(_, spoken)| !**spoken) {
            if let Kind::Country(country, _) = candidate.kind {
                tally.note(candidate.top, country, true);
            }
        }
        for place in places.iter().filter(|place| place.head < reading.len() && found.of(place.head).is_none()) {
            if let Some(country) = place.place.country {
                tally.note(place.head, country, true);
            }
        }
        let Tally { sentences, counts, total, .. } = tally;
        let best = counts.iter().max_by_key(|(country, count)| (**count, std::cmp::Reverse(**country)));
        let story = best.filter(|(_, count)| **count >= 2).map(|(country, count)| (*country, *count as f32 / total as f32));
        Self { sentences, story }
    }

    /// The country of a bare noun of people at `word`; `government`: it says who rules, which takes more.
    pub(super) fn of(&self, reading: &Reading<'_>, word: Word, government: bool) -> Option<Country> {
        let index = reading.sentence_of(word);
        let here = self.sentences.get(index).map_or(&[][..], Vec::as_slice);
        match (here, self.story) {
            ([one], _) => Some(*one),
            // Several: the one that the story is about, but never to say whose government it is.
            ([_, ..], Some((country, _))) if !government && here.contains(&country) => Some(country),
            ([], Some((country, share))) if share >= if government { 0.6 } else { 0.4 } => Some(country),
            _ => None,
        }
    }
}

struct Tally<'a, 'r> {
    reading: &'a Reading<'r>,
    sentences: Vec<Vec<Country>>,
    counts: FxHashMap<Country, u32>,
    total: u32,
}

impl Tally<'_, '_> {
    fn note(&mut self, word: Word, country: Country, here: bool) {
        let index = self.reading.sentence_of(word);
        let Some(list) = self.sentences.get_mut(index) else { return };
        if here && !list.contains(&country) {
            list.push(country);
        }
        // Headlines say what the story is about.
        let weight = if self.reading.text.sentences[index].zone == Zone::Title { 2 } else { 1 };
        self.total += weight;
        *self.counts.entry(country).or_default() += weight;
    }
}
