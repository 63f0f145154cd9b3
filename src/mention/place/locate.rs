//! Which places belong to a record: those of its clause, else the ladder sentence, dateline, title, story.

use crate::record::{Article, Country, Deprel, Place, PlaceBasis, PlaceMention, PlacePrecision, Reading, Span, Upos, Word, Zone};
use crate::resource::Resources;
use crate::resource::places::Class;

/// Share of a story's places that one country must have to stand for all.
const DOMINATES: f64 = 0.6;

/// The names of the dateline that the gazetteer knows, inner first ("ALEPPO, Syria, Dec 13 (Reuters) -": ALEPPO, Syria).
pub(super) fn dateline_names<'a>(article: &'a Article, known: &Resources) -> Vec<&'a str> {
    let Some(span) = article.dateline else { return Vec::new() };
    let text = span.of(&article.text);
    let head = &text[..text.find(['(', '—', '–', '|']).unwrap_or(text.len())];
    let known_name = |name: &&str| name.len() > 1 && known.places.lookup(name).next().is_some();
    head.split([',', '/']).flat_map(|part| part.split(" - ")).map(str::trim).filter(known_name).take(3).collect()
}

/// The place of the dateline.
#[must_use]
pub fn dateline(article: &Article, known: &Resources) -> Option<Place> {
    let names = dateline_names(article, known);
    let (first, rest) = names.split_first()?;
    let records = || known.places.lookup(first).filter_map(|posting| known.places.record(posting.record));
    let outer: Vec<_> = rest.iter().flat_map(|name| known.places.lookup(name)).filter_map(|posting| known.places.record(posting.record)).collect();
    let lies_in = |record: &crate::resource::places::Record| {
        outer.iter().any(|outer| match outer.class {
            Class::Country => outer.country == record.country,
            Class::Admin1 => outer.admin1 == record.admin1 && outer.country == record.country,
            _ => false,
        })
    };
    let record = records().find(lies_in).or_else(|| records().next())?;
    let text_start = article.text.as_ptr() as usize;
    let start = first.as_ptr() as usize - text_start;
    Some(Place { span: Span::new(start, start + first.len()), ..super::of_record(&record, &known.places) })
}

/// Indices of the literal places that belong to the clause of a predicate: its own oblique phrases ("fighting in Homs"), else places
/// inside its arguments ("killed residents of Homs").
#[must_use]
pub fn nearest(reading: &Reading<'_>, places: &[PlaceMention], word: Word) -> Vec<usize> {
    let sentence = reading.sentence_of(word);
    let mut own = Vec::new();
    let mut inside = Vec::new();
    for (index, mention) in places.iter().enumerate() {
        if mention.metonymic || reading.sentence_of(mention.head) != sentence {
            continue;
        }
        match path(reading, mention.head, word) {
            Some(Path::Oblique) if !is_party(reading, mention) => own.push(index),
            Some(Path::Argument) if !is_party(reading, mention) => inside.push(index),
            _ => {}
        }
    }
    if own.is_empty() { inside } else { own }
}

/// Whether a place says whose or with whom, not where: "with Iran", and a country beside a noun without "in" ("U.S. troops", "Syria's army").
fn is_party(reading: &Reading<'_>, mention: &PlaceMention) -> bool {
    let case = reading.child(mention.head, Deprel::Case).map_or("", |case| reading.form(case));
    if matches!(case, "with" | "against" | "by" | "for" | "about") {
        return true;
    }
    let beside = matches!(reading.deprel(mention.head), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::Nmod | Deprel::Nsubj);
    let locative = matches!(case, "in" | "inside" | "across" | "throughout" | "near" | "at" | "within" | "from" | "to" | "into" | "around");
    mention.place.precision == Some(PlacePrecision::Country) && beside && !locative
}

enum Path {
    Oblique,
    Argument,
}

/// How a place hangs on a predicate, where no other clause comes between.
fn path(reading: &Reading<'_>, place: Word, predicate: Word) -> Option<Path> {
    let mut at = place;
    let mut kind = Path::Argument;
    while at != predicate {
        let relation = reading.deprel(at);
        let head = reading.head(at)?;
        let cuts = matches!(
            relation,
            Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Parataxis | Deprel::Csubj | Deprel::CsubjPass | Deprel::Acl
        ) || (relation == Deprel::Conj && matches!(reading.upos(at), Upos::Verb | Upos::Aux));
        if cuts {
            return None;
        }
        if head == predicate {
            kind = match relation {
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod => Path::Oblique,
                Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound | Deprel::NmodUnmarked => Path::Oblique,
                _ => Path::Argument,
            };
        }
        at = head;
    }
    Some(kind)
}

/// The places of a record whose predicate is `word`: its clause's, else the sentence's, the dateline's if the story is about its country,
/// the title's, else the country that dominates the story; `basis` says which.
#[must_use]
pub fn for_record(reading: &Reading<'_>, places: &[PlaceMention], word: Word, known: &Resources) -> Vec<Place> {
    let with = |place: &Place, basis: PlaceBasis| Place { basis: Some(basis), ..place.clone() };
    let own = nearest(reading, places, word);
    if !own.is_empty() {
        return own.into_iter().map(|index| with(&places[index].place, PlaceBasis::Clause)).collect();
    }
    let literal = || places.iter().filter(|mention| !mention.metonymic && mention.place.name.is_some());
    let sentence = reading.sentence_of(word);
    let here: Vec<&PlaceMention> = literal().filter(|mention| reading.sentence_of(mention.head) == sentence && !is_party(reading, mention)).collect();
    if let [only] = here.as_slice() {
        return vec![with(&only.place, PlaceBasis::Sentence)];
    }
    if let Some(place) = dateline(reading.article, known).filter(|place| is_told_of(reading, places, place)) {
        return vec![with(&place, PlaceBasis::Dateline)];
    }
    let titled: Vec<&PlaceMention> = literal().filter(|mention| reading.text.sentences[reading.sentence_of(mention.head)].zone == Zone::Title).collect();
    if let [only] = titled.as_slice() {
        return vec![with(&only.place, PlaceBasis::Title)];
    }
    story(literal(), known).into_iter().collect()
}

/// Whether a story is about its dateline's country: it names it or a place in it, or no other. A reporter may write about Sudan from Nairobi.
fn is_told_of(reading: &Reading<'_>, places: &[PlaceMention], dateline: &Place) -> bool {
    let mut told = places.iter().filter(|mention| reading.text.sentences[reading.sentence_of(mention.head)].zone.is_story()).peekable();
    told.peek().is_none() || told.any(|mention| mention.place.country == dateline.country)
}

/// The country that most places of a story lie in.
fn story<'a>(places: impl Iterator<Item = &'a PlaceMention>, known: &Resources) -> Option<Place> {
    let mut counts: Vec<(Country, u32, Span)> = Vec::new();
    let mut all = 0;
    for mention in places {
        let Some(country) = mention.place.country else { continue };
        all += 1;
        match counts.iter_mut().find(|(other, ..)| *other == country) {
            Some((_, count, _)) => *count += 1,
            None => counts.push((country, 1, mention.place.span)),
        }
    }
    let &(country, count, span) = counts.iter().max_by_key(|(_, count, span)| (*count, std::cmp::Reverse(span.start)))?;
    if count < 2 || f64::from(count) < DOMINATES * f64::from(all) {
        return None;
    }
    let number = known.places.country_record(known.places.country_number(country)?)?;
    let record = known.places.record(number)?;
    let place = super::of_record(&record, &known.places);
    Some(Place { span, precision: Some(PlacePrecision::Country), basis: Some(PlaceBasis::Story), ..place })
}
