//! What numbers count, and what brings it about: `data/figures/{measures,causes}.txt`.

use rustc_hash::FxHashMap;

use super::number::entries;
use crate::record::{Cause, Measure};

const MEASURES: &str = include_str!("../../data/figures/measures.txt");
const CAUSES: &str = include_str!("../../data/figures/causes.txt");

/// Where what is counted stands to the word of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is the object of the verb, or the subject of its passive.
    Patient,
    /// It is the subject of the verb.
    Agent,
    /// The word is said of it.
    State,
    /// It is the word.
    Noun,
    /// The word governs it.
    Of,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureRule {
    /// What the number counts.
    pub measure: Measure,
    /// Where it stands.
    pub part: Part,
    /// A word that must stand beside the verb: object, particle, complement or oblique.
    pub with: Option<&'static str>,
}

/// Rules by lemma.
#[derive(Debug)]
pub struct Measures {
    rules: FxHashMap<&'static str, Vec<MeasureRule>>,
    causes: FxHashMap<&'static str, Cause>,
}

impl Measures {
    /// Reads the rules that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut rules: FxHashMap<&'static str, Vec<MeasureRule>> = FxHashMap::default();
        for (name, words) in entries(MEASURES) {
            let Some((measure, part)) = name.split_once(' ').and_then(|(measure, part)| Some((Measure::parse(measure)?, parse_part(part)?))) else { continue };
            for word in words {
                let (lemma, with) = word.split_once('+').map_or((word, None), |(lemma, with)| (lemma, Some(with)));
                rules.entry(lemma).or_default().push(MeasureRule { measure, part, with });
            }
        }
        for list in rules.values_mut() {
            // The more special first; the order of the file among equals.
            list.sort_by_key(|rule| rule.with.is_none());
        }
        let mut causes = FxHashMap::default();
        for (name, words) in entries(CAUSES) {
            if let Some(cause) = Cause::parse(name) {
                for word in words {
                    causes.entry(word).or_insert(cause);
                }
            }
        }
        Self { rules, causes }
    }

    /// The rules of a lemma, the more special first.
    #[must_use]
    pub fn rules(&self, lemma: &str) -> &[MeasureRule] {
        self.rules.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The rules of a word as it stands in the text, by its regular endings: for words whose lemma the parser missed.
    #[must_use]
    pub fn rules_of_form(&self, form: &str) -> &[MeasureRule] {
        let mut buffer = [0; 24];
        let Some(form) = super::number::fold(form, &mut buffer) else { return &[] };
        if let Some(rules) = self.rules.get(form) {
            return rules;
        }
        // "displaced" is "displac-e-d", "injured", "stopped", "buried", "fleeing"
        for (ending, instead) in [("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("s", ""), ("es", ""), ("ies", "y")] {
            if let Some(stem) = form.strip_suffix(ending)
                && stem.len() > 2
            {
                let mut lemma = [0; 24];
                let length = stem.len() + instead.len();
                let Some(place) = lemma.get_mut(..length) else { continue };
                place[..stem.len()].copy_from_slice(stem.as_bytes());
                place[stem.len()..].copy_from_slice(instead.as_bytes());
                if let Some(rules) = std::str::from_utf8(place).ok().and_then(|lemma| self.rules.get(lemma)) {
                    return rules;
                }
            }
        }
        &[]
    }

    /// What a word tells of the cause.
    #[must_use]
    pub fn cause(&self, lemma: &str) -> Option<Cause> {
        self.causes.get(lemma).copied()
    }
}

fn parse_part(part: &str) -> Option<Part> {
    Some(match part {
        "patient" => Part::Patient,
        "agent" => Part::Agent,
        "state" => Part::State,
        "noun" => Part::Noun,
        "of" => Part::Of,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_measure_and_a_part() {
        for (name, _) in entries(MEASURES) {
            let (measure, part) = name.split_once(' ').unwrap();
            assert!(Measure::parse(measure).is_some() && parse_part(part).is_some(), "{name}");
        }
        for (name, _) in entries(CAUSES) {
            assert!(Cause::parse(name).is_some(), "{name}");
        }
    }

    #[test]
    fn special_rules_stand_first() {
        let measures = Measures::embedded();
        let rules = measures.rules("burn");
        assert!(rules[0].with.is_some() && rules.last().unwrap().with.is_none());
    }

    #[test]
    fn words_are_known_by_their_endings() {
        let measures = Measures::embedded();
        for (form, measure) in [
            ("Displaced", Measure::Displaced),
            ("fleeing", Measure::Fled),
            ("evacuating", Measure::Evacuated),
            ("injuries", Measure::Injured),
            ("deaths", Measure::Killed),
        ] {
            assert_eq!(measures.rules_of_form(form).first().map(|rule| rule.measure), Some(measure), "{form}");
        }
        assert!(measures.rules_of_form("teapots").is_empty());
    }
}
