//! The words about place names: what kind a name is said to be, directions, stop words, abbreviations of states.

use rustc_hash::{FxHashMap, FxHashSet};

const WORDS: &str = include_str!("../../data/places/words.txt");
const METONYMY: &str = include_str!("../../data/places/metonymy.txt");
const STOP: &str = include_str!("../../data/places/stop.txt");
const ABBREVIATIONS: &str = include_str!("../../data/places/abbreviations.tsv");

crate::record::closed_list! {
    /// What a word says about the place name beside it.
    pub enum PlaceWord {
        Division = "division", Settlement = "settlement", Site = "site", Feature = "feature", Direction = "direction", Part = "part",
        Locative = "locative", Length = "length", Office = "office", Particle = "particle",
        Still = "still", Addressed = "addressed", Partner = "partner", PartnerVerb = "partner_verb", State = "state", Team = "team",
        Place = "place", Motion = "motion",
    }
}

/// The tables of `data/places`.
#[derive(Debug)]
pub struct PlaceWords {
    groups: FxHashMap<&'static str, u32>,
    stop: FxHashSet<&'static str>,
    abbreviations: FxHashMap<&'static str, &'static str>,
}

impl PlaceWords {
    /// The tables that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let rows = |text: &'static str| text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut groups = FxHashMap::default();
        for (group, words) in rows(WORDS).chain(rows(METONYMY)).filter_map(|line| line.split_once(':')) {
            let Some(group) = PlaceWord::parse(group) else { continue };
            for word in words.split_whitespace() {
                *groups.entry(word).or_insert(0) |= 1u32 << group as u32;
            }
        }
        Self { groups, stop: rows(STOP).collect(), abbreviations: rows(ABBREVIATIONS).filter_map(|line| line.split_once('\t')).collect() }
    }

    /// Whether `word`, in lower case, belongs to the group.
    #[must_use]
    pub fn is(&self, word: &str, group: PlaceWord) -> bool {
        self.groups.get(word).is_some_and(|groups| groups & 1u32 << group as u32 != 0)
    }

    /// Whether `word`, in any case, belongs to the group.
    #[must_use]
    pub fn is_any_case(&self, word: &str, group: PlaceWord) -> bool {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) { self.is(&word.to_ascii_lowercase(), group) } else { self.is(word, group) }
    }

    /// Whether the folded name almost never means the village that bears it.
    #[must_use]
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// The state or province that an abbreviation after a town means ("Ala.": Alabama).
    #[must_use]
    pub fn abbreviated(&self, text: &str) -> Option<&'static str> {
        self.abbreviations.get(text).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let words = PlaceWords::embedded();
        for group in PlaceWord::ALL {
            assert!(words.groups.values().any(|groups| groups & 1u32 << *group as u32 != 0), "{group} is empty");
        }
        assert!(words.is("province", PlaceWord::Division) && !words.is("province", PlaceWord::Site));
        assert!(words.is_any_case("Province", PlaceWord::Division));
        assert!(words.is_stop("reading") && !words.is_stop("aleppo"));
        assert_eq!(words.abbreviated("Ala."), Some("Alabama"));
    }
}
