//! Where place names stand: names that the tagger calls locations, and gazetteer names that the words around call places.

use std::ops::Range;

use crate::record::{NameKind, Reading, Upos, Word};
use crate::resource::places::Hit;
use crate::resource::{PlaceWord, Resources};

/// A stretch of words that names a place.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The words of the name, with "province" and the like after it.
    pub(super) words: Range<Word>,
    /// The words that the gazetteer knows.
    pub(super) name: Range<Word>,
    /// What the gazetteer knows; none where it does not know the name.
    pub(super) hit: Option<Hit>,
    /// What the words beside it say that it is.
    pub(super) kind: Option<Said>,
    /// Name of the state that an abbreviation stands for.
    pub(super) abbreviated: Option<&'static str>,
}

/// What kind of place the text says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// "Idlib province".
    Division,
    /// "the city of Idlib".
    Settlement,
    /// "Idlib hospital": in or at the place.
    Site,
}

/// Finds place names, in text order, without overlap.
pub(super) fn find(reading: &Reading<'_>, known: &Resources) -> Vec<Spot> {
    let mut finder = Finder { reading, known, owner: vec![NO_NAME; reading.len()], spots: Vec::new() };
    for (index, name) in reading.parse.names.iter().enumerate() {
        finder.owner[name.words.clone()].fill(index as u32);
    }
    for sentence in &reading.text.sentences {
        finder.scan(sentence.words.clone());
    }
    finder.spots
}

/// Least prominence of a place whose name stands inside an organisation's.
const EMBEDDED: u32 = 1_000;

const NO_NAME: u32 = u32::MAX;

struct Finder<'a> {
    reading: &'a Reading<'a>,
    known: &'a Resources,
    /// Number of the tagged name that holds each word.
    owner: Vec<u32>,
    spots: Vec<Spot>,
}

/// A gazetteer name at some word.
#[derive(Clone, Copy)]
struct Found {
    hit: Hit,
    end: Word,
}

impl Finder<'_> {
    fn scan(&mut self, sentence: Range<Word>) {
        let mut word = sentence.start;
        let mut found: Vec<Found> = Vec::new();
        while word < sentence.end {
            let next = self.spot_at(word, &sentence, &mut found);
            // A tagged location that holds nothing the gazetteer knows is a place all the same.
            if let Some(location) = self.location(word).filter(|location| location.end == next.max(word + 1)) {
                let free = self.spots.last().is_none_or(|spot| spot.words.end <= location.start);
                if free && location.clone().any(|word| is_capitalised(self.reading.form(word))) {
                    self.push(location, None, None);
                }
            }
            word = next.max(word + 1);
        }
    }

    /// Tries every gazetteer name at `word`, longest first; the word to go on from.
    fn spot_at(&mut self, word: Word, sentence: &Range<Word>, found: &mut Vec<Found>) -> Word {
        let reading = self.reading;
        if !self.starts_name(word) {
            return word + 1;
        }
        if let Some(end) = self.abbreviation(word, sentence) {
            return end;
        }
        found.clear();
        let start = reading.span(word).start;
        let text = &reading.article.text[start as usize..reading.span(sentence.end - 1).end as usize];
        let ends = &reading.text.words[word..sentence.end];
        let end_at = |offset: usize| ends.binary_search_by_key(&(start + offset as u32), |span| span.end).ok();
        self.known.places.prefixes(
            text,
            |offset| end_at(offset).is_some(),
            |hit| {
                if let Some(index) = end_at(hit.len) {
                    found.push(Found { hit, end: word + index + 1 });
                }
            },
        );
        while let Some(candidate) = found.pop() {
            let words = word..candidate.end;
            if self.is_place(&words, candidate.hit, sentence) {
                let (kind, end) = self.said(&words, sentence);
                self.spots.push(Spot { words: word..end, name: words, hit: Some(candidate.hit), kind, abbreviated: None });
                return end;
            }
        }
        word + 1
    }

    fn push(&mut self, words: Range<Word>, hit: Option<Hit>, abbreviated: Option<&'static str>) {
        self.spots.push(Spot { words: words.clone(), name: words, hit, kind: None, abbreviated });
    }

    /// The tagged location that holds `word`.
    fn location(&self, word: Word) -> Option<Range<Word>> {
        self.name(word).filter(|(_, kind)| *kind == NameKind::Location).map(|(words, _)| words)
    }

    fn name(&self, word: Word) -> Option<(Range<Word>, NameKind)> {
        let name = self.reading.parse.names.get(*self.owner.get(word)? as usize)?;
        Some((name.words.clone(), name.kind))
    }

    /// "Ala." after a comma after a place.
    fn abbreviation(&mut self, word: Word, sentence: &Range<Word>) -> Option<Word> {
        let after = self.spots.last()?.words.end;
        if after + 1 != word || self.reading.form(after) != "," {
            return None;
        }
        let form = self.reading.form(word);
        let dotted = self.reading.text.words.get(word + 1).filter(|_| word + 1 < sentence.end && self.reading.form(word + 1) == ".");
        let name = self.known.place_words.abbreviated(form).or_else(|| {
            let span = self.reading.span(word).join(*dotted?);
            self.known.place_words.abbreviated(self.reading.surface(span))
        })?;
        self.push(word..word + 1, None, Some(name));
        Some(word + 1)
    }

    /// Whether a name may begin here: a capital, or an article with a capital after it ("al-Bab").
    fn starts_name(&self, word: Word) -> bool {
        let form = self.reading.form(word);
        if is_capitalised(form) {
            return !(self.known.place_words.is_any_case(form, PlaceWord::Particle) && matches!(self.reading.upos(word), Upos::Det | Upos::Adp | Upos::Pron));
        }
        match form.split_once('-') {
            Some((article, rest)) if !rest.is_empty() => self.is_particle(article) && is_capitalised(rest),
            Some(_) => false,
            None => {
                let joined = |at: Word| self.reading.text.words.get(at).is_some_and(|span| span.start == self.reading.span(at - 1).end);
                self.is_particle(form)
                    && joined(word + 1)
                    && joined(word + 2)
                    && self.reading.form(word + 1) == "-"
                    && is_capitalised(self.reading.form(word + 2))
            }
        }
    }

    fn is_particle(&self, form: &str) -> bool {
        self.known.place_words.is(form, PlaceWord::Particle)
    }

    /// Whether a gazetteer name at these words is a place here.
    fn is_place(&self, words: &Range<Word>, hit: Hit, sentence: &Range<Word>) -> bool {
        let reading = self.reading;
        let words_ok = words.clone().all(|word| {
            let form = reading.form(word);
            is_capitalised(form)
                || form.starts_with(|first: char| !first.is_alphabetic())
                || self.is_particle(form)
                || (word + 1 == words.end && word > words.start && self.known.place_words.is(form, PlaceWord::Division))
                || form.split_once('-').is_some_and(|(article, rest)| self.is_particle(article) && is_capitalised(rest))
        });
        if !words_ok || is_capitalised_particle_only(reading, words) {
            return false;
        }
        let surface = reading.surface(reading.span_of(words.start, words.end - 1));
        let Some(best) = self.known.places.postings(hit).next().and_then(|posting| self.known.places.record(posting.record)) else { return false };
        let single = words.len() == 1;
        if surface.len() <= 3 && !surface.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.') && self.known.places.name(&best).len() != surface.len()
        {
            return false;
        }
        let great = best.prominence();
        let named = words.clone().find_map(|word| self.name(word));
        match named {
            Some((name, NameKind::Location)) => {
                // "Ogun River" is not Ogun; "northern Ogun" and "Ogun State" are about it.
                let rest_is_about = name.clone().filter(|word| !words.contains(word)).all(|word| {
                    let form = reading.form(word);
                    let is = |group| self.known.place_words.is_any_case(form, group);
                    !is_capitalised(form)
                        || is(PlaceWord::Direction)
                        || is(PlaceWord::Division)
                        || is(PlaceWord::Settlement)
                        || is(PlaceWord::Site)
                        || is(PlaceWord::Part)
                        || form == "Greater"
                        || self.spots.last().is_some_and(|spot| spot.words.contains(&word))
                        || word >= words.end && (words.end..word).any(|between| reading.form(between) == ",")
                });
                rest_is_about || (name.start..name.end) == *words
            }
            // "U.S." is tagged as an adjective is.
            Some((_, NameKind::Norp)) => self.known.countries.named(surface).is_some(),
            Some((name, kind)) => {
                let same = name == *words;
                if kind == NameKind::Organization && !same {
                    // "Goma Police", "Ministry of Health of Chad": toponyms, though the name as a whole is an actor's.
                    let opens = words.start == name.start || matches!(reading.form(words.start - 1), "of" | "in" | "for" | "the");
                    return opens && great >= EMBEDDED && !self.is_stop(surface, single);
                }
                // The tagger takes states for organisations ("Russia vetoed"), and towns for people.
                same && match kind {
                    NameKind::Organization => great > 300_000,
                    _ => great > 1_000_000 || (great > 20_000 && self.is_locative(words, sentence)),
                } && !self.is_stop(surface, single)
            }
            None => {
                if self.is_stop(surface, single) || !words.clone().any(|word| reading.upos(word) == Upos::Propn) {
                    return false;
                }
                let country = great == u32::MAX;
                if country {
                    return true;
                }
                if self.is_part_of_longer(words, sentence) {
                    return false;
                }
                let contained = reading.text.words.get(words.end).is_some() && words.end < sentence.end && reading.form(words.end) == ",";
                great >= 500_000 || (great >= 2_000 && !single) || (great >= 300 && self.is_locative(words, sentence)) || (contained && great >= 20_000)
            }
        }
    }

    fn is_stop(&self, surface: &str, single: bool) -> bool {
        single && crate::resource::fold::fold(surface).is_none_or(|folded| self.known.place_words.is_stop(&folded))
    }

    /// "in X", "near X", "X province", "the city of X".
    fn is_locative(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        let form = |word: Word| self.reading.form(word);
        let said = self.said(words, sentence).0.is_some();
        let mut before = words.start;
        while before > sentence.start
            && (self.known.place_words.is_any_case(form(before - 1), PlaceWord::Direction) || matches!(form(before - 1), "the" | "the town of" | "nearby"))
        {
            before -= 1;
        }
        said || (before > sentence.start && self.known.place_words.is_any_case(form(before - 1), PlaceWord::Locative))
    }

    /// Whether an untagged name has more capitals beside it, as "Sydney" in "Sydney Smith" and "Lynch" in "Jessica Lynch".
    fn is_part_of_longer(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        let capital = |word: Word| {
            let form = self.reading.form(word);
            let about = [PlaceWord::Direction, PlaceWord::Division, PlaceWord::Settlement, PlaceWord::Site, PlaceWord::Part];
            is_capitalised(form) && self.reading.upos(word) == Upos::Propn && !about.iter().any(|&group| self.known.place_words.is_any_case(form, group))
        };
        (words.end < sentence.end && capital(words.end)) || (words.start > sentence.start && capital(words.start - 1))
    }

    /// What the words beside a name say that it is, and where the name with a following word of kind ends.
    fn said(&self, words: &Range<Word>, sentence: &Range<Word>) -> (Option<Said>, Word) {
        let form = |word: Word| self.reading.form(word);
        let is = |word: Word, group| self.known.place_words.is_any_case(form(word), group);
        let mut next = words.end;
        // "Kabul International Airport": up to three words on.
        while next < sentence.end && next < words.end + 3 && is(next, PlaceWord::Site) {
            next += 1;
        }
        if next > words.end {
            return (Some(Said::Site), next);
        }
        if next < sentence.end && self.reading.upos(next) != Upos::Verb {
            if is(next, PlaceWord::Division) && form(next) != "division" {
                let plural = form(next).ends_with('s');
                // "east Aleppo districts" are parts of a town, "Aleppo district" is one round it.
                if !plural {
                    return (Some(Said::Division), next + 1);
                }
            }
            if is(next, PlaceWord::Settlement) && form(next) != "capital" {
                return (Some(Said::Settlement), next + 1);
            }
        }
        if words.start >= sentence.start + 2 && form(words.start - 1) == "of" {
            let noun = words.start - 2;
            if is(noun, PlaceWord::Settlement) {
                return (Some(Said::Settlement), words.end);
            }
            if is(noun, PlaceWord::Division) && !form(noun).ends_with('s') {
                return (Some(Said::Division), words.end);
            }
        }
        if words.start > sentence.start && matches!(form(words.start - 1), "city" | "town" | "village") {
            return (Some(Said::Settlement), words.end);
        }
        (None, words.end)
    }
}

pub(super) fn is_capitalised(form: &str) -> bool {
    form.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase)
}

fn is_capitalised_particle_only(reading: &Reading<'_>, words: &Range<Word>) -> bool {
    words.len() == 1 && matches!(reading.upos(words.start), Upos::Det | Upos::Adp | Upos::Pron | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Part)
}
