//! How what is meant lies to the place that is named: "north of Homs", "east Aleppo districts", "20 km from Goma".
//!
//! No coordinates are made from these: the record keeps the anchor and the relation.

use std::ops::Range;

use crate::record::{Place, PlaceMention, PlacePrecision, Reading, Word};
use crate::resource::{PlaceWord, Resources};

use super::spot::Spot;

/// A phrase that ends or begins in a place name.
pub(super) struct Relation {
    /// All its words, the name's too.
    pub(super) words: Range<Word>,
    /// "20 km south of", "countryside of".
    pub(super) text: String,
}

/// The relation that the words around a name state.
pub(super) fn find(reading: &Reading<'_>, spot: &Spot, known: &Resources) -> Option<Relation> {
    let sentence = reading.text.sentences.get(reading.sentence_of(spot.words.start))?.words.clone();
    let form = |word: Word| reading.form(word);
    let is = |word: Word, group| known.place_words.is_any_case(form(word), group);
    let (mut start, mut end) = (spot.words.start, spot.words.end);
    let mut part: Option<Word> = None;
    let mut facing: Option<String> = None;

    // After the name: "Aleppo's eastern suburbs", "Damascus countryside".
    let mut after = end;
    if after < sentence.end && matches!(form(after), "'s" | "’s" | "'" | "’") {
        after += 1;
    }
    let turned = direction(reading, after..sentence.end.min(after + 3), known);
    if let Some((words, text)) = &turned {
        after = words.end;
        facing = Some(text.clone());
    }
    if after < sentence.end && is(after, PlaceWord::Part) && form(after).chars().all(char::is_lowercase) && !matches!(form(after), "side" | "half") {
        part = Some(after);
        end = after + 1;
    } else {
        facing = None;
    }

    // Before it: "eastern Aleppo", "the outskirts of Mosul", "20 km south of Homs".
    let before = start.saturating_sub(2).max(sentence.start)..start;
    if let Some((words, text)) = direction(reading, before.clone(), known).filter(|(words, _)| words.end == start) {
        start = words.start;
        facing = Some(text);
    } else if start >= sentence.start + 2 && matches!(form(start - 1), "of" | "around" | "near" | "outside" | "from" | "surrounding") {
        let joint = form(start - 1);
        let noun = start - 2;
        if joint == "of" && is(noun, PlaceWord::Direction) && !form(noun).ends_with("ern") && form(noun) != "central" {
            let side = compass(form(noun));
            let (first, length) = length_before(reading, noun, &sentence, known);
            let text = if length.is_empty() { format!("{side} of") } else { format!("{length} {side} of") };
            return Some(Relation { words: first..end, text });
        }
        if is(noun, PlaceWord::Length) {
            let (first, length) = length_before(reading, start - 1, &sentence, known);
            return Some(Relation { words: first..end, text: format!("{length} from") });
        }
        if is(noun, PlaceWord::Part) && joint != "from" && part.is_none() {
            part = Some(noun);
            start = noun;
            let side = start.saturating_sub(2).max(sentence.start)..start;
            if let Some((words, text)) = direction(reading, side, known).filter(|(words, _)| words.end == noun) {
                start = words.start;
                facing = Some(text);
            }
        }
    }
    let noun = part.map(|word| match form(word) {
        noun @ ("countryside" | "outskirts" | "suburbs" | "center" | "centre" | "border" | "borders" | "coast" | "edge" | "fringes") => noun,
        "suburb" => "suburbs",
        _ => "part",
    });
    let text = match (facing, noun) {
        (Some(facing), Some(noun)) => format!("{facing} {noun} of"),
        (None, Some(noun)) => format!("{noun} of"),
        (Some(facing), None) => match facing.as_str() {
            "rural" => "countryside of".to_owned(),
            "downtown" => "centre of".to_owned(),
            _ => format!("{facing} part of"),
        },
        (None, None) => {
            let word = form(start.checked_sub(1).filter(|before| *before >= sentence.start)?);
            match word {
                "near" | "outside" | "around" => {
                    return Some(Relation { words: start - 1..end, text: word.to_owned() });
                }
                _ => return None,
            }
        }
    };
    Some(Relation { words: start..end, text })
}

/// A direction at the end or the start of a few words: "eastern", "north - west".
fn direction(reading: &Reading<'_>, words: Range<Word>, known: &Resources) -> Option<(Range<Word>, String)> {
    let is = |word: Word| known.place_words.is_any_case(reading.form(word), PlaceWord::Direction);
    let ending = words.end.checked_sub(1).filter(|&last| words.contains(&last) && is(last));
    let word = ending.or_else(|| words.clone().next().filter(|&first| is(first)))?;
    // A capital is part of the name of a place of its own: "South Kivu", "West Bank".
    if reading.form(word).starts_with(char::is_uppercase) && word != reading.text.sentences[reading.sentence_of(word)].words.start {
        return None;
    }
    Some((word..word + 1, compass(reading.form(word)).to_owned()))
}

/// "northern" and "north" are one: "north".
fn compass(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let short = lower.strip_suffix("ern").unwrap_or(&lower);
    match short.strip_prefix("north").or_else(|| short.strip_prefix("south")) {
        Some(rest) if !rest.is_empty() && !rest.starts_with('-') => format!("{}-{rest}", &short[..5]),
        _ => short.to_owned(),
    }
}

/// "about 20 km" before a word: where it begins, and its text without a qualifier; the word itself and nothing where there is none.
fn length_before(reading: &Reading<'_>, word: Word, sentence: &Range<Word>, known: &Resources) -> (Word, String) {
    let unit = word.checked_sub(1).filter(|&unit| unit >= sentence.start && known.place_words.is(reading.form(unit), PlaceWord::Length));
    let Some(unit) = unit else { return (word, String::new()) };
    let digits = |word: Word| reading.form(word).starts_with(|first: char| first.is_ascii_digit()) || reading.upos(word) == crate::record::Upos::Num;
    let mut first = unit;
    while first > sentence.start && (digits(first - 1) || (reading.form(first - 1) == "-" && first < unit)) {
        first -= 1;
    }
    if first == unit {
        return (word, String::new());
    }
    (first, reading.surface(reading.span_of(first, unit)).to_owned())
}

/// Adds phrases that lean on the last town before them: "the countryside to the west", "the eastern districts".
pub(super) fn add_backward(reading: &Reading<'_>, mentions: &mut Vec<PlaceMention>, known: &Resources) {
    let mut added: Vec<(usize, PlaceMention)> = Vec::new();
    for word in 3..reading.len() {
        let is_toward = reading.form(word - 1) == "the"
            && reading.form(word - 2) == "to"
            && known.place_words.is(reading.form(word), PlaceWord::Direction)
            && known.place_words.is(reading.form(word - 3), PlaceWord::Part)
            && reading.sentence_of(word) == reading.sentence_of(word - 3)
            && reading.text.words.get(word + 1).is_none_or(|_| reading.form(word + 1) != "of");
        if !is_toward {
            continue;
        }
        let span = reading.span_of(word - 3, word);
        let index = mentions.partition_point(|mention| mention.place.span.start < span.start);
        let near = mentions[..index].iter().rev().find(|mention| {
            matches!(mention.place.precision, Some(PlacePrecision::Town | PlacePrecision::Point | PlacePrecision::Area)) && mention.place.name.is_some()
        });
        let Some(anchor) = near.filter(|anchor| reading.sentence_of(word) <= reading.sentence_of(anchor.head) + 1) else { continue };
        let relation = format!("{} to the {} of", reading.form(word - 3), reading.form(word));
        let place = Place { span, lat: None, lon: None, precision: Some(PlacePrecision::Area), relation: Some(relation), ..anchor.place.clone() };
        added.push((index, PlaceMention { head: word - 3, place, metonymic: false }));
    }
    for (index, mention) in added.into_iter().rev() {
        mentions.insert(index, mention);
    }
}
