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

use crate::record::{Country, Place, PlaceMention, PlacePrecision, Reading, Span, Upos, Word};
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

/// Adjectives and peoples that tell a country ("Syrian", "Sri Lankans"), in text order. They are no places, but speak for one.
#[must_use]
pub fn demonyms(reading: &Reading<'_>, known: &Resources) -> Vec<(Span, Country)> {
    let mut found = Vec::new();
    for sentence in &reading.text.sentences {
        let mut word = sentence.words.start;
        while word < sentence.words.end {
            let capital = spot::is_capitalised(reading.form(word)) && matches!(reading.upos(word), Upos::Adj | Upos::Propn | Upos::Noun);
            let two = (word + 2 <= sentence.words.end).then(|| reading.span_of(word, word + 1));
            let spans = [two.map(|span| (span, 2)), Some((reading.span(word), 1))];
            let hit = spans.into_iter().flatten().find_map(|(span, len)| Some((span, len, known.countries.demonym(reading.surface(span))?)));
            match hit.filter(|_| capital) {
                Some((span, len, country)) => {
                    found.push((span, country));
                    word += len;
                }
                None => word += 1,
            }
        }
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Document, PlaceBasis};
    use crate::{article, parse, text};

    /// Reads a text and hands its places to a check.
    fn with_places(source: &str, check: impl Fn(&Reading<'_>, &[PlaceMention], &Resources)) {
        let known = Resources::embedded();
        let document = Document { bytes: source.as_bytes().to_vec(), ..Document::default() };
        let article = article::read(&document, &mut Vec::new());
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        let places = find(&reading, &known);
        check(&reading, &places, &known);
    }

    fn described(source: &str) -> Vec<String> {
        let list = std::cell::RefCell::new(Vec::new());
        with_places(source, |reading, places, _| {
            for mention in places {
                let place = &mention.place;
                let country = place.country.map_or(String::new(), |country| country.to_string());
                let parts = [reading.surface(place.span), place.name.as_deref().unwrap_or("?"), &country, place.relation.as_deref().unwrap_or("-")];
                list.borrow_mut().push(parts.join(" | "));
            }
        });
        list.into_inner()
    }

    #[test]
    fn the_other_places_and_the_words_beside_a_name_decide_which_is_meant() {
        for (source, expected) in [
            ("Shells fell on Tripoli, Lebanon, on Friday.", vec!["Tripoli | Tripoli | LBN | -", "Lebanon | Lebanon | LBN | -"]),
            (
                "Fighters left Benghazi and Zawiya for Tripoli in Libya.",
                vec!["Benghazi | Benghazi | LBY | -", "Zawiya | Zawiya | LBY | -", "Tripoli | Tripoli | LBY | -", "Libya | Libya | LBY | -"],
            ),
            ("The convoy reached Idlib province on Tuesday.", vec!["Idlib province | Idlib | SYR | -"]),
        ] {
            assert_eq!(described(source), expected, "{source}");
        }
    }

    #[test]
    fn relations_keep_the_anchor_and_make_no_point() {
        for (source, expected) in [
            ("Clashes broke out in eastern Mosul on Monday.", "eastern Mosul | Mosul | IRQ | east part of"),
            ("The army shelled the outskirts of Mosul.", "outskirts of Mosul | Mosul | IRQ | outskirts of"),
            ("The camp lies 20 km south of Mosul.", "20 km south of Mosul | Mosul | IRQ | 20 km south of"),
            ("People fled Mosul's eastern suburbs.", "Mosul's eastern suburbs | Mosul | IRQ | east suburbs of"),
        ] {
            assert_eq!(described(source), [expected], "{source}");
            with_places(source, |_, places, _| {
                assert!(places[0].place.lat.is_none() && places[0].place.precision == Some(PlacePrecision::Area), "{source}");
            });
        }
    }

    #[test]
    fn words_that_are_names_of_villages_are_no_places() {
        for source in
            ["Mobile phones were banned.", "Police said they were ready.", "Reading is fun.", "Of the 12 dead, three were children.", "Mr. Lincoln spoke."]
        {
            assert!(described(source).is_empty(), "{source}: {:?}", described(source));
        }
    }

    #[test]
    fn a_record_takes_the_places_of_its_clause_first() {
        with_places("Rebels shelled a market in Aleppo after officials met in Geneva.", |reading, places, known| {
            let word = |form: &str| (0..reading.len()).find(|&word| reading.form(word) == form).unwrap();
            let of = |form: &str| for_record(reading, places, word(form), known);
            let names = |found: Vec<Place>| found.into_iter().map(|place| (place.name.unwrap_or_default(), place.basis)).collect::<Vec<_>>();
            assert_eq!(names(of("shelled")), [("Aleppo".to_owned(), Some(PlaceBasis::Clause))]);
            assert_eq!(names(of("met")), [("Geneva".to_owned(), Some(PlaceBasis::Clause))]);
        });
        with_places("U.S. troops killed two men in Mosul.", |reading, places, known| {
            let word = (0..reading.len()).find(|&word| reading.form(word) == "killed").unwrap();
            let found = for_record(reading, places, word, known);
            assert_eq!(found.iter().filter_map(|place| place.name.as_deref()).collect::<Vec<_>>(), ["Mosul"]);
        });
    }

    #[test]
    fn governments_are_told_from_places() {
        for (source, name, acts) in [
            ("Kenya accused Somalia of aiding the group.", "Kenya", true),
            ("Kenya accused Somalia of aiding the group.", "Somalia", true),
            ("Fighting went on in Somalia.", "Somalia", false),
            ("Ministers held talks with Turkey.", "Turkey", true),
            ("Turkey's government refused.", "Turkey", true),
            ("Chad is a country in Africa.", "Chad", false),
            ("Troops marched near Goma.", "Goma", false),
        ] {
            with_places(source, |reading, places, known| {
                let mention = places.iter().find(|mention| reading.surface(mention.place.span).ends_with(name)).unwrap();
                assert_eq!(metonymic(reading, mention, known), acts, "{source} {name}");
            });
        }
    }
}
