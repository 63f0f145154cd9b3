//! How far the noun phrase of a mention reaches.

use crate::record::{Deprel, Reading, Span, Word};

/// The noun phrase that hangs in the tree by `top`: determiners, modifiers, appositions; no relative clause, no conjunct,
/// no preposition before it. It reaches at least over `first..=last`.
pub(super) fn span(reading: &Reading<'_>, top: Word, first: Word, last: Word) -> Span {
    let (mut low, mut high) = (first.min(top), last.max(top));
    let mut after = top;
    for child in reading.children(top) {
        if child < top {
            if keeps(reading, child) {
                low = low.min(reading.extent(child, &|word| !leaves(reading, word)).0);
            }
            continue;
        }
        // A clause or a conjunct ends the phrase: what follows it may hang on something else.
        if ends(reading, child) && after >= last {
            break;
        }
        if keeps(reading, child) {
            high = high.max(reading.extent(child, &|word| !leaves(reading, word)).1);
            after = high;
        }
    }
    // Opening marks and stray punctuation at the ends are no part of it.
    while low < first && is_mark(reading.form(low)) {
        low += 1;
    }
    while high > last && is_mark(reading.form(high)) {
        high -= 1;
    }
    reading.span_of(low, high)
}

fn is_mark(form: &str) -> bool {
    form.chars().all(|letter| !letter.is_alphanumeric())
}

fn keeps(reading: &Reading<'_>, child: Word) -> bool {
    matches!(
        reading.deprel(child),
        Deprel::Det
            | Deprel::DetPredet
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::Flat
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Fixed
            | Deprel::Goeswith
            | Deprel::Appos
            | Deprel::Nmod
    )
}

fn ends(reading: &Reading<'_>, child: Word) -> bool {
    matches!(
        reading.deprel(child),
        Deprel::AclRelcl
            | Deprel::Acl
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::Cc
            | Deprel::Conj
            | Deprel::Parataxis
            | Deprel::Ccomp
            | Deprel::Dep
            | Deprel::List
    )
}

/// What is left out anywhere below: clauses.
fn leaves(reading: &Reading<'_>, word: Word) -> bool {
    matches!(reading.deprel(word), Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Parataxis | Deprel::Advcl)
}
