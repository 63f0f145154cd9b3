//! `data/text/`: what the splitter knows of English spelling.

use rustc_hash::{FxHashMap, FxHashSet};

/// Where a word that keeps its full stop may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Before what it belongs to: no sentence ends after it.
    Before,
    /// Anywhere: a sentence ends after it where a word follows that begins sentences.
    Either,
    /// As `Before` where a number follows, else as `Either`.
    Month,
}

/// Word lists of the splitter.
#[derive(Debug)]
pub struct Splitting {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    prefixes: FxHashSet<&'static str>,
    starters: FxHashSet<&'static str>,
}

fn words(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

impl Splitting {
    /// The lists that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut abbreviations = FxHashMap::default();
        for line in include_str!("../../data/text/abbreviations.txt").lines() {
            let mut fields = line.split_whitespace();
            let kind = match fields.next() {
                Some("before") => Abbreviation::Before,
                Some("either") => Abbreviation::Either,
                Some("month") => Abbreviation::Month,
                _ => continue,
            };
            abbreviations.extend(fields.map(|word| (word, kind)));
        }
        Self {
            abbreviations,
            prefixes: words(include_str!("../../data/text/prefixes.txt")).collect(),
            starters: words(include_str!("../../data/text/starters.txt")).collect(),
        }
    }

    /// Kind of the abbreviation whose spelling without the full stop is `stem`.
    #[must_use]
    pub fn abbreviation(&self, stem: &str) -> Option<Abbreviation> {
        self.abbreviations.get(stem).copied()
    }

    /// Whether `lower` stays joined to what follows its hyphen.
    #[must_use]
    pub fn is_prefix(&self, lower: &str) -> bool {
        self.prefixes.contains(lower)
    }

    /// Whether `lower` is a word that begins sentences.
    #[must_use]
    pub fn is_starter(&self, lower: &str) -> bool {
        self.starters.contains(lower)
    }
}
