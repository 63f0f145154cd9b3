//! Which country a sentence and the story speak of: whose the army is where nothing else says so.

use rustc_hash::FxHashMap;

use super::gather::{Found, Kind};
use crate::record::{Country, PlaceMention, Reading, Word, Zone};
use crate::resource::Naming;

/// Countries by sentence and over the story.
#[derive(Debug)]
pub(super) struct Focus {
    /// Countries that each sentence names, in order, without repeats.
    sentences: Vec<Vec<Country>>,
    /// The country most named, and its share of all that are named.
    story: Option<(Country, f32)>,
}

impl Focus {
    pub(super) fn new(reading: &Reading<'_>, places: &[PlaceMention], found: &Found<'_>) -> Self {
        let mut sentences: Vec<Vec<Country>> = vec![Vec::new(); reading.text.sentences.len()];
        let mut counts: FxHashMap<Country, (u32, usize)> = FxHashMap::default();
        let mut total = 0;
        let mut note = |word: Word, country: Country, order: usize| {
            let index = reading.sentence_of(word);
            let Some(list) = sentences.get_mut(index) else { return };
            if !list.contains(&country) {
                list.push(country);
            }
            // Headlines say what the story is about.
            let weight = if reading.text.sentences[index].zone == Zone::Title { 2 } else { 1 };
            total += weight;
            let count = counts.entry(country).or_insert((0, order));
            count.0 += weight;
        };
        for (order, candidate) in found.all.iter().enumerate() {
            match candidate.kind {
                Kind::Country(country, naming) if naming != Naming::Part || candidate.words.len() == 1 => note(candidate.top, country, order),
                Kind::Body(Some(body)) => {
                    if let Some(country) = body.country {
                        note(candidate.top, country, order);
                    }
                }
                _ => {}
            }
        }
        for place in places {
            if let Some(country) = place.place.country
                && place.head < reading.len()
                && found.of(place.head).is_none()
            {
                note(place.head, country, usize::MAX);
            }
        }
        let best = counts.iter().max_by_key(|(country, (count, order))| (*count, std::cmp::Reverse(*order), std::cmp::Reverse(**country)));
        let story = best.filter(|(_, (count, _))| *count >= 2).map(|(country, (count, _))| (*country, *count as f32 / total as f32));
        Self { sentences, story }
    }

    /// The country of a bare noun of people at `word`. `close`: only what its sentence says.
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
