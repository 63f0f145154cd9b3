//! Where place names stand: names that the tagger calls locations, and gazetteer names that the words around call places.

use std::ops::Range;

use crate::record::{NameKind, Reading, Upos, Word};
use crate::resource::fold::fold;
use crate::resource::places::{Class, Hit};
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
    let mut finder = Finder { reading, known, owner: vec![NO_NAME; reading.len()], spots: Vec::new(), perhaps: Vec::new() };
    for (index, name) in reading.parse.names.iter().enumerate() {
        finder.owner[name.words.clone()].fill(index as u32);
    }
    for sentence in &reading.text.sentences {
        finder.scan(sentence.words.clone());
    }
    finder.add_repeated();
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
    /// Names that nothing around them calls places: they are where the same name is one elsewhere in the article.
    perhaps: Vec<Spot>,
}

/// How sure it is that a name is one of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Place,
    /// Only if it is one elsewhere.
    Perhaps,
    No,
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
            let verdict = self.judge(&words, candidate.hit, sentence);
            if verdict == Verdict::No {
                continue;
            }
            let (kind, end) = self.said(&words, sentence);
            let spot = Spot { words: word..end, name: words, hit: Some(candidate.hit), kind, abbreviated: None };
            if verdict == Verdict::Place {
                self.spots.push(spot);
                return end;
            }
            self.perhaps.push(spot);
        }
        self.feature(word, sentence).unwrap_or(word + 1)
    }

    /// "Ogun River", "Baker Street": capitals that end in a word for a feature. Where it lies is not known.
    fn feature(&mut self, word: Word, sentence: &Range<Word>) -> Option<Word> {
        let reading = self.reading;
        let mut end = word + 1;
        while end < sentence.end && end < word + 5 && is_capitalised(reading.form(end)) && self.name(end).is_none_or(|(_, kind)| kind == NameKind::Location) {
            end += 1;
        }
        let is_feature = |word: Word| self.known.place_words.is_any_case(reading.form(word), PlaceWord::Feature);
        while end > word + 1 && !is_feature(end - 1) {
            end -= 1;
        }
        let plain = |word: Word| matches!(reading.upos(word), Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num);
        if end < word + 2 || !(word..end).all(plain) || self.name(word).is_some_and(|(_, kind)| kind != NameKind::Location) {
            return None;
        }
        self.push(word..end, None, None);
        Some(end)
    }

    /// Takes the names that may be places where the article has the same name for one.
    fn add_repeated(&mut self) {
        let reading = self.reading;
        let surface = |spot: &Spot| reading.surface(reading.span_of(spot.name.start, spot.name.end - 1));
        for spot in std::mem::take(&mut self.perhaps) {
            let index = self.spots.partition_point(|other| other.words.end <= spot.words.start);
            let free = self.spots.get(index).is_none_or(|other| other.words.start >= spot.words.end);
            if free && self.spots.iter().any(|other| other.hit.is_some() && surface(other).eq_ignore_ascii_case(surface(&spot))) {
                self.spots.insert(index, spot);
            }
        }
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
    fn judge(&self, words: &Range<Word>, hit: Hit, sentence: &Range<Word>) -> Verdict {
        use Verdict::{No, Perhaps, Place};
        let reading = self.reading;
        let sure = |yes: bool| if yes { Place } else { No };
        if !self.is_written_as_name(words) || is_function_word(reading, words) {
            return No;
        }
        let surface = reading.surface(reading.span_of(words.start, words.end - 1));
        let Some(best) = self.known.places.postings(hit).next().and_then(|posting| self.known.places.record(posting.record)) else { return No };
        let single = words.len() == 1;
        let capitals = surface.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.');
        let is_main = self.known.places.name(&best).len() == surface.len();
        // "Car" is not the C.A.R., "SWAT" not Swat.
        if (surface.len() <= 3 && !capitals && !is_main)
            || (single && surface.len() == 4 && capitals && best.class == Class::Region && self.is_lower_elsewhere())
        {
            return No;
        }
        let great = best.prominence();
        let stop = self.is_stop(surface, single);
        match words.clone().find_map(|word| self.name(word)) {
            Some((name, NameKind::Location)) => sure(name == *words || self.is_about(&name, words)),
            // "U.S." is tagged as an adjective is.
            Some((_, NameKind::Norp)) => sure(self.known.countries.named(surface).is_some()),
            Some((name, NameKind::Organization)) if name != *words => {
                // "Goma Police", "Ministry of Health of Chad": toponyms, though the name as a whole is an actor's.
                let opens = words.start <= name.start || matches!(reading.form(words.start - 1), "of" | "in" | "for" | "the");
                sure(opens && great >= EMBEDDED && !stop)
            }
            // The tagger takes states for organisations ("Russia vetoed"), and towns for people.
            Some((name, kind)) => {
                let enough = if kind == NameKind::Organization { 300_000 } else { 1_000_000 };
                sure(name == *words && !stop && (great > enough || (great > 20_000 && self.is_locative(words, sentence))))
            }
            None => {
                if stop || !words.clone().any(|word| reading.upos(word) == Upos::Propn) {
                    return No;
                }
                if great == u32::MAX {
                    return Place;
                }
                if self.is_part_of_longer(words, sentence) {
                    return No;
                }
                let enough = match () {
                    () if self.is_contained(words, sentence) => 0,
                    () if self.is_locative(words, sentence) => 300,
                    () if !single => 2_000,
                    () if words.end < sentence.end && self.known.place_words.is_any_case(reading.form(words.end), PlaceWord::Office) => 5_000,
                    () if self.is_dateline(words, sentence) => 300,
                    // "of Lexington": where someone is from.
                    () if words.start > sentence.start && reading.form(words.start - 1) == "of" => 20_000,
                    () => 200_000,
                };
                if great >= enough { Place } else { Perhaps }
            }
        }
    }

    /// Capitals throughout, but for small words and a word of kind at the end.
    fn is_written_as_name(&self, words: &Range<Word>) -> bool {
        words.clone().all(|word| {
            let form = self.reading.form(word);
            is_capitalised(form)
                || form.starts_with(|first: char| !first.is_alphabetic())
                || self.is_particle(form)
                || (word + 1 == words.end && word > words.start && self.known.place_words.is(form, PlaceWord::Division))
                || form.split_once('-').is_some_and(|(article, rest)| self.is_particle(article) && is_capitalised(rest))
        })
    }

    /// Whether a tagged location is about the place that a part of it names: "northern Ogun", "Ogun State" are, "Ogun River" is not.
    fn is_about(&self, name: &Range<Word>, words: &Range<Word>) -> bool {
        name.clone().filter(|word| !words.contains(word)).all(|word| {
            let form = self.reading.form(word);
            let about = [PlaceWord::Direction, PlaceWord::Division, PlaceWord::Settlement, PlaceWord::Site, PlaceWord::Part];
            !is_capitalised(form)
                || form == "Greater"
                || about.iter().any(|&group| self.known.place_words.is_any_case(form, group))
                || self.spots.last().is_some_and(|spot| spot.words.contains(&word))
                || (word >= words.end && (words.end..word).any(|between| self.reading.form(between) == ","))
        })
    }

    /// "Tripoli, Lebanon", "Mobile, Ala.": a comma and a state after it.
    fn is_contained(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        let outer = words.end + 1;
        if outer >= sentence.end || self.reading.form(words.end) != "," || !is_capitalised(self.reading.form(outer)) {
            return false;
        }
        let form = self.reading.form(outer);
        let longer = (outer + 1 < sentence.end).then(|| self.reading.surface(self.reading.span_of(outer, outer + 1)));
        let state = |name: &str| {
            let first = self.known.places.lookup(name).next().and_then(|posting| self.known.places.record(posting.record));
            first.is_some_and(|record| matches!(record.class, Class::Country | Class::Admin1))
        };
        self.known.place_words.abbreviated(form).is_some()
            || state(form)
            || longer.is_some_and(|longer| self.known.place_words.abbreviated(longer).is_some() || state(longer))
    }

    /// "HAMILTON - Two people": the start of a sentence, and a dash.
    fn is_dateline(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        words.start == sentence.start && words.end < sentence.end && matches!(self.reading.form(words.end), "—" | "–" | "-" | "--" | "(")
    }

    /// Whether the sentence at hand has small letters at all: no headline in capitals.
    fn is_lower_elsewhere(&self) -> bool {
        self.reading.article.text.bytes().any(|byte| byte.is_ascii_lowercase())
    }

    fn is_stop(&self, surface: &str, single: bool) -> bool {
        single && fold(surface).is_none_or(|folded| self.known.place_words.is_stop(&folded))
    }

    /// "in X", "near X", "X province", "the city of X".
    fn is_locative(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        let form = |word: Word| self.reading.form(word);
        let said = self.said(words, sentence).0.is_some();
        let mut before = words.start;
        while before > sentence.start
            && (self.known.place_words.is_any_case(form(before - 1), PlaceWord::Direction)
                || matches!(form(before - 1), "the" | "nearby" | "neighbouring" | "neighboring"))
        {
            before -= 1;
        }
        said || (before > sentence.start && self.known.place_words.is_any_case(form(before - 1), PlaceWord::Locative))
    }

    /// Whether an untagged name has more capitals beside it, as "Sydney" in "Sydney Smith" and "Lynch" in "Jessica Lynch".
    fn is_part_of_longer(&self, words: &Range<Word>, sentence: &Range<Word>) -> bool {
        let capital = |word: Word| {
            let form = self.reading.form(word);
            let about = [PlaceWord::Direction, PlaceWord::Division, PlaceWord::Settlement, PlaceWord::Site, PlaceWord::Part, PlaceWord::Office];
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

fn is_function_word(reading: &Reading<'_>, words: &Range<Word>) -> bool {
    words.len() == 1 && matches!(reading.upos(words.start), Upos::Det | Upos::Adp | Upos::Pron | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Part)
}
