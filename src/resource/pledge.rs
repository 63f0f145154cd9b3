//! Words that commit someone: `data/pledges/cues.txt`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::number::entries;

const CUES: &str = include_str!("../../data/pledges/cues.txt");

/// Lists of lemmas by class; the classes are explained in the file.
#[derive(Debug)]
pub struct PledgeCues {
    classes: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

impl PledgeCues {
    /// Reads the list that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut classes: FxHashMap<&'static str, FxHashSet<&'static str>> = FxHashMap::default();
        for (class, words) in entries(CUES) {
            classes.entry(class).or_default().extend(words);
        }
        Self { classes }
    }

    /// Whether `lemma` is of this class.
    #[must_use]
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_extractor_is_there() {
        let cues = PledgeCues::embedded();
        for class in [
            "verb", "object", "to", "aim", "noun", "track", "keep", "break", "miss", "fail", "withdraw", "refuse", "target", "stative", "hostile", "refrain",
            "never",
        ] {
            assert!(cues.classes.contains_key(class), "{class}");
        }
        assert!(cues.is("verb", "vow") && !cues.is("verb", "say"));
    }
}
