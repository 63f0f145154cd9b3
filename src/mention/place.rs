//! Place names, resolved against the gazetteer.
//!
//! [`find`] finds and resolves them, [`metonymic`] tells governments from places, [`nearest`] and [`for_record`] say
//! which of them belong to a record.

mod locate;
mod metonymy;
mod rank;
mod relation;
mod spot;

pub use locate::{dateline, for_record, nearest};
pub use metonymy::metonymic;

use std::ops::Range;

use crate::record::{Country, NameKind, Place, PlaceMention, PlacePrecision, Reading, Span, Word};
use crate::resource::Resources;
use crate::resource::places::{Class, Gazetteer, Record};

use self::spot::{Said, Spot};

/// Finds and resolves places, in text order.
///
/// None is marked metonymic here: that is for the actor finder to say, by [`metonymic`].
#[must_use]
pub fn find(reading: &Reading<'_>, known: &Resources) -> Vec<PlaceMention> {
    let spots = spot::find(reading, known);
    let numbers = rank::resolve(reading, &spots, &locate::dateline_names(reading.article, known), known);
    let mut mentions = Vec::with_capacity(spots.len());
    for (spot, number) in spots.iter().zip(numbers) {
        mentions.push(mention(reading, spot, number, known));
    }
    relation::add_backward(reading, &mut mentions, known);
    mentions
}

/// Adjectives and peoples that tell a country ("Syrian", "Syrians"), in text order. They are no places, but speak for one.
#[must_use]
pub fn demonyms(reading: &Reading<'_>, known: &Resources) -> Vec<(Span, Country)> {
    let norps = reading.parse.names.iter().filter(|name| name.kind == NameKind::Norp && !name.words.is_empty());
    norps
        .filter_map(|name| {
            let span = reading.span_of(name.words.start, name.words.end - 1);
            Some((span, known.countries.demonym(reading.surface(span))?))
        })
        .collect()
}

fn mention(reading: &Reading<'_>, spot: &Spot, number: Option<u32>, known: &Resources) -> PlaceMention {
    let mut place = number.and_then(|number| known.places.record(number)).map_or_else(Place::default, |record| of_record(&record, &known.places));
    place.span = reading.span_of(spot.words.start, spot.words.end - 1);
    if place.name.is_some() {
        let relation = relation::find(reading, spot, known).or_else(|| {
            let site = spot.kind == Some(Said::Site);
            site.then(|| relation::Relation { words: spot.words.clone(), text: "site in".to_owned() })
        });
        if let Some(relation) = relation {
            place.span = reading.span_of(relation.words.start, relation.words.end - 1);
            place.relation = Some(relation.text);
            place.precision = Some(PlacePrecision::Area);
            (place.lat, place.lon) = (None, None);
        }
    }
    PlaceMention { head: head(reading, &spot.name), place, metonymic: false }
}

/// What the gazetteer knows of a place, without a span.
fn of_record(record: &Record, places: &Gazetteer) -> Place {
    let precision = match record.class {
        Class::Country => PlacePrecision::Country,
        Class::Admin1 => PlacePrecision::Admin1,
        Class::Capital | Class::Seat | Class::LowerSeat | Class::Town => PlacePrecision::Town,
        Class::Quarter | Class::Camp | Class::Site if record.point.is_some() => PlacePrecision::Point,
        _ => PlacePrecision::Area,
    };
    let point = record.point.filter(|_| record.class.is_spot());
    let admin1 = places.admin1_record(record.admin1).and_then(|number| places.record(number));
    Place {
        name: Some(places.name(record).to_owned()),
        geonames_id: Some(record.geonames_id).filter(|id| *id != 0),
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        country: places.country(record),
        admin1: admin1.map(|admin1| places.name(&admin1).to_owned()),
        precision: Some(if point.is_none() && precision == PlacePrecision::Town { PlacePrecision::Area } else { precision }),
        ..Place::default()
    }
}

/// The word of a name that the tree hangs it by.
fn head(reading: &Reading<'_>, words: &Range<Word>) -> Word {
    words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))).unwrap_or(words.start)
}
