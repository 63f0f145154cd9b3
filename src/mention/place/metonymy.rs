//! Whether a place name stands for a government, a team or the people there ("Damascus said", "talks with Iran").
//!
//! The place in the tree decides: a subject of most verbs acts, a name after "in" or "near" does not.

use crate::record::{Deprel, Name, NameKind, PlaceMention, Reading, Upos, Word};
use crate::resource::{PlaceWord, Resources};

/// Whether the place of a mention is meant as one who acts.
#[must_use]
pub fn metonymic(reading: &Reading<'_>, mention: &PlaceMention, known: &Resources) -> bool {
    if mention.place.relation.is_some() || mention.head >= reading.len() {
        return false;
    }
    let name = mention.head;
    // "Goma Police", "the Bank of Uganda": the organisation acts.
    let inside = |other: &Name| other.kind == NameKind::Organization && other.words.len() > 1 && other.words.contains(&name);
    reading.parse.names.iter().any(inside) || acts(reading, name, known)
}

fn acts(reading: &Reading<'_>, name: Word, known: &Resources) -> bool {
    let Some(head) = reading.head(name) else { return false };
    let is = |word: Word, group| known.place_words.is(&reading.lemma(word).to_lowercase(), group);
    let case = reading.children(name).find(|&child| reading.deprel(child) == Deprel::Case).map(|child| reading.form(child).to_ascii_lowercase());
    let case = case.as_deref().unwrap_or("");
    match reading.deprel(name) {
        Deprel::Nsubj => {
            let copula = reading.child(head, Deprel::Cop).is_some();
            !copula && reading.upos(head) == Upos::Verb && !is(head, PlaceWord::Still)
        }
        Deprel::NsubjPass => is(head, PlaceWord::Addressed),
        Deprel::OblAgent => true,
        Deprel::Obj | Deprel::Iobj => reading.deprel(name) == Deprel::Iobj || is(head, PlaceWord::Addressed),
        Deprel::Obl => match case {
            "by" => reading.child(head, Deprel::AuxPass).is_some() || reading.deprel(head) == Deprel::Acl,
            "against" => true,
            "with" | "for" | "to" | "between" => is(head, PlaceWord::PartnerVerb),
            _ => false,
        },
        Deprel::Nmod => match case {
            "against" | "versus" | "v" => true,
            "with" | "between" | "to" | "on" | "for" | "over" => is(head, PlaceWord::Partner),
            "by" => true,
            _ => false,
        },
        Deprel::NmodPoss => is(head, PlaceWord::State),
        Deprel::Compound | Deprel::Amod => is(head, PlaceWord::Team) && !is(head, PlaceWord::Settlement),
        Deprel::Conj => acts(reading, head, known),
        _ => false,
    }
}
