//! Whether a place name stands for a government, a team or the people there ("Damascus said", "talks with Iran").
//!
//! The place in the tree decides: the subject of most verbs acts, a name after "in" or "near" does not.

use crate::record::{Deprel, Name, NameKind, PlaceMention, Reading, Upos, Word};
use crate::resource::{PlaceWord, Resources};

/// How many conjuncts and appositions are followed to what they lean on.
const STEPS: usize = 6;

/// Whether the place of a mention is meant as one who acts.
#[must_use]
pub fn metonymic(reading: &Reading<'_>, mention: &PlaceMention, known: &Resources) -> bool {
    let name = mention.head;
    if mention.place.relation.is_some() || name >= reading.len() {
        return false;
    }
    // "Goma Police", "the Bank of Uganda": the organisation acts.
    let inside = |other: &Name| other.kind == NameKind::Organization && other.words.len() > 1 && other.words.contains(&name);
    reading.parse.names.iter().any(inside) || acts(reading, name, known, STEPS)
}

fn acts(reading: &Reading<'_>, name: Word, known: &Resources, steps: usize) -> bool {
    let Some(head) = reading.head(name).filter(|_| steps > 0) else { return false };
    let is = |group| known.place_words.is_any_case(reading.lemma(head), group);
    let case = reading.child(name, Deprel::Case).map_or("", |case| reading.form(case));
    let case = case.to_ascii_lowercase();
    let relation = reading.deprel(name);
    match relation {
        Deprel::Nsubj | Deprel::NsubjOuter => match reading.upos(head) {
            _ if !matches!(case.as_str(), "" | "of") => false,
            Upos::Verb => !is(PlaceWord::Still),
            Upos::Noun | Upos::Propn => reading.child(head, Deprel::Cop).is_some() && !is(PlaceWord::Place) && reading.child(head, Deprel::Case).is_none(),
            _ => false,
        },
        Deprel::NsubjPass => is(PlaceWord::Addressed),
        Deprel::OblAgent | Deprel::Iobj => true,
        Deprel::Obj => is(PlaceWord::Addressed),
        Deprel::Obl => match case.as_str() {
            "by" | "against" | "with" => true,
            "for" => !is(PlaceWord::Motion),
            "to" | "between" | "from" => is(PlaceWord::PartnerVerb),
            "on" | "upon" => is(PlaceWord::Addressed),
            _ => false,
        },
        Deprel::Nmod => match case.as_str() {
            "against" | "versus" | "v" | "by" | "towards" | "toward" => true,
            "with" | "between" | "to" | "on" | "for" | "over" | "from" => is(PlaceWord::Partner),
            // "Kingdom of Tonga": the whole name is what stands in the clause.
            "of" if reading.upos(head) == Upos::Propn && is(PlaceWord::Place) => acts(reading, head, known, steps - 1),
            "of" => is(PlaceWord::State),
            _ => false,
        },
        Deprel::NmodPoss => is(PlaceWord::State),
        Deprel::Compound | Deprel::Amod => is(PlaceWord::Team),
        Deprel::Conj | Deprel::Appos | Deprel::Flat => acts(reading, head, known, steps - 1),
        _ => false,
    }
}
