//! What a number counts by the order of words alone: where the tree gives nothing.

use std::ops::Range;

use super::count::Hit;
use crate::record::{Measure, Reading, Upos, Word};
use crate::resource::{Part, Resources};

/// The last noun of the run of adjectives and nouns that starts at `at`.
pub(super) fn noun(reading: &Reading<'_>, known: &Resources, at: Word) -> Option<Word> {
    let sentence = &reading.text.sentences[reading.sentence_of(at.checked_sub(1)?)];
    let end = sentence.words.end.min(at + 6);
    let mut found = None;
    let mut first = at;
    if first < end && reading.form(first) == "of" {
        first += 1;
    }
    for word in first..end {
        match reading.upos(word) {
            Upos::Noun => found = Some(word),
            Upos::Propn if known.units.of(reading.lemma(word)).is_some() => found = Some(word),
            Upos::Adj | Upos::Adv | Upos::Propn | Upos::Det => {}
            Upos::Punct if reading.form(word) == "-" => {}
            Upos::Verb if found.is_none() && reading.form(word).ends_with("ed") => {}
            _ => break,
        }
    }
    found
}

/// The measure that the nearest words after or before the number give.
pub(super) fn measure(reading: &Reading<'_>, known: &Resources, words: &Range<Word>, noun: Option<Word>) -> Option<Hit> {
    let sentence = reading.text.sentences[reading.sentence_of(words.start)].words.clone();
    before(reading, known, words, &sentence).or_else(|| after(reading, known, words.end.max(noun.map_or(0, |noun| noun + 1))))
}

/// "were", "have", "remained": words that may stand between what is counted and what befell it.
fn passes(form: &str) -> bool {
    matches!(
        form,
        "were"
            | "was"
            | "been"
            | "being"
            | "be"
            | "are"
            | "is"
            | "have"
            | "has"
            | "had"
            | "remained"
            | "remain"
            | "remains"
            | "forced"
            | "made"
            | "left"
            | "registered"
            | "reported"
            | "became"
            | "ordered"
            | "compelled"
            | "obliged"
            | "to"
            | "as"
            | "who"
            | "that"
            | "which"
            | "newly"
            | "internally"
            | "also"
            | "still"
            | "already"
            | "reportedly"
            | "confirmed"
            | "rendered"
    )
}

/// "12 people … were displaced", "12 people fled".
pub(super) fn after(reading: &Reading<'_>, known: &Resources, start: Word) -> Option<Hit> {
    let sentence = &reading.text.sentences[reading.sentence_of(start.checked_sub(1)?)].words;
    let mut passive = false;
    let mut depth = 0; // inside parentheses
    for word in start..sentence.end.min(start + 14) {
        let form = reading.form(word);
        match form {
            "(" => depth += 1,
            ")" => depth -= 1,
            "." | ";" | ":" | "after" | "when" | "because" | "while" | "before" | "if" | "where" | "whether" => return None,
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        if matches!(form, "were" | "was" | "been" | "being" | "are" | "is" | "be" | "remained" | "made" | "as") {
            passive = true;
            continue;
        }
        if passes(form) {
            passive |= form == "forced" || form == "to";
            continue;
        }
        let verbal = matches!(reading.upos(word), Upos::Verb | Upos::Adj | Upos::Aux) || (form.ends_with("ed") && reading.upos(word) == Upos::Noun);
        if !verbal {
            continue;
        }
        let adjacent = word == start;
        let next_is_object = word + 1 < sentence.end && matches!(reading.upos(word + 1), Upos::Num | Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron);
        for rule in known.measures.rules(reading.lemma(word)).iter().chain(known.measures.rules_of_form(form)) {
            let beside =
                rule.with.is_none_or(|with| (word + 1..sentence.end.min(word + 6)).any(|near| reading.lemma(near) == with || reading.form(near) == with));
            let fits = beside
                && match rule.part {
                    Part::Agent => true,
                    Part::State => passive || adjacent,
                    Part::Patient => passive || (adjacent && !next_is_object) || (form.ends_with("ed") && !next_is_object),
                    Part::Noun | Part::Of => false,
                };
            if fits {
                return Some((rule.measure, word, rule.part));
            }
        }
        if reading.upos(word) == Upos::Verb {
            return None;
        }
    }
    None
}

/// "killed 12", "a toll of 12", "the toll rose to 12".
fn before(reading: &Reading<'_>, known: &Resources, words: &Range<Word>, sentence: &Range<Word>) -> Option<Hit> {
    let first = sentence.start.max(words.start.saturating_sub(3));
    let mut of = false;
    for word in (first..words.start).rev() {
        let form = reading.form(word);
        if form == "of" || form == "to" {
            of = true;
            continue;
        }
        if matches!(reading.upos(word), Upos::Det | Upos::Adv) || matches!(form, "another" | "further" | "additional") {
            continue;
        }
        let part = if of { Part::Of } else { Part::Patient };
        let hit = known
            .measures
            .rules(reading.lemma(word))
            .iter()
            .chain(known.measures.rules_of_form(form))
            .find(|rule| rule.part == part && rule.with.is_none_or(|with| with == "in" && reading.form(word + 1) == "in"));
        if let Some(rule) = hit
            && (of
                || (word > sentence.start && reading.form(word - 1) == "to")
                || form.ends_with("ed")
                || form.ends_with("ing")
                || reading.upos(word) == Upos::Verb)
        {
            return Some((rule.measure, word, part));
        }
        break;
    }
    // "The toll climbed to 12"
    let marker = words.start.checked_sub(1).filter(|&word| word >= sentence.start)?;
    if !matches!(reading.form(marker), "to" | "at" | "from" | "reached" | "hit" | "topped" | "exceeded") {
        return None;
    }
    let back = sentence.start.max(marker.saturating_sub(8));
    (back..marker).rev().find_map(|word| {
        let rule = known.measures.rules_of_form(reading.form(word)).iter().find(|rule| rule.part == Part::Of && rule.with.is_none())?;
        (rule.measure != Measure::Combatants && rule.measure != Measure::Participants && matches!(reading.upos(word), Upos::Noun | Upos::Adj)).then_some((
            rule.measure,
            word,
            Part::Of,
        ))
    })
}
