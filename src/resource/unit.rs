//! Nouns that are counted, by unit: `data/figures/units.txt`.

use rustc_hash::FxHashMap;

use super::number::entries;
use crate::record::Unit;

const UNITS: &str = include_str!("../../data/figures/units.txt");

/// Nouns by the unit they are counted in.
#[derive(Debug)]
pub struct Units {
    /// Lemma to unit; none for physical units.
    nouns: FxHashMap<&'static str, Option<Unit>>,
}

impl Units {
    /// Reads the list that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut nouns = FxHashMap::default();
        for (name, list) in entries(UNITS) {
            for noun in list {
                nouns.entry(noun).or_insert_with(|| Unit::parse(name));
            }
        }
        Self { nouns }
    }

    /// The unit that things of this noun (a lemma) are counted in.
    #[must_use]
    pub fn of(&self, lemma: &str) -> Option<Unit> {
        self.get(lemma).flatten()
    }

    /// Whether a noun is a physical unit, which counts nothing.
    #[must_use]
    pub fn is_physical(&self, lemma: &str) -> bool {
        self.get(lemma) == Some(None)
    }

    fn get(&self, lemma: &str) -> Option<Option<Unit>> {
        let mut buffer = [0; 24];
        self.nouns.get(super::number::fold(lemma, &mut buffer)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_units() {
        let units = Units::embedded();
        assert_eq!(units.of("family"), Some(Unit::Family));
        assert_eq!(units.of("Syrian"), Some(Unit::Person));
        assert!(units.is_physical("km") && units.of("km").is_none());
        assert!(!units.is_physical("teapot"));
    }
}
