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

/// Word lists of the splitter, and words beside persons' names.
#[derive(Debug)]
pub struct Splitting {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    prefixes: FxHashSet<&'static str>,
    starters: FxHashSet<&'static str>,
    titles: FxHashSet<&'static str>,
    governments: FxHashSet<&'static str>,
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
            titles: words(include_str!("../../data/text/titles.txt")).collect(),
            governments: words(include_str!("../../data/text/governments.txt")).collect(),
        }
    }

    /// Whether it is what a leader has: "administration".
    #[must_use]
    pub fn is_government(&self, lower: &str) -> bool {
        self.governments.contains(lower)
    }

    /// Kind of the abbreviation whose spelling without the full stop is `stem`: as the list has it, in capitals, or in small letters
    /// where it stands before what it belongs to.
    #[must_use]
    pub fn abbreviation(&self, stem: &str) -> Option<Abbreviation> {
        let found = self.abbreviations.get(stem).copied();
        if found.is_some() || stem.len() > 4 || !stem.is_ascii() || stem.is_empty() {
            return found;
        }
        let capitals = stem.bytes().all(|byte| byte.is_ascii_uppercase());
        let small = stem.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut buffer = [0u8; 4];
        let title = buffer.get_mut(..stem.len())?;
        title.copy_from_slice(stem.as_bytes());
        title.make_ascii_lowercase();
        title[0].make_ascii_uppercase();
        let kind = self.abbreviations.get(std::str::from_utf8(title).ok()?).copied()?;
        let titles = matches!(stem, "mr" | "mrs" | "ms" | "dr" | "gen" | "col" | "lt" | "sgt" | "capt" | "prof" | "sen");
        (kind == Abbreviation::Before && (capitals && stem.len() >= 2 && stem != "NO" || small && titles)).then_some(kind)
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

    /// Whether `lower` stands before a person's name and is no part of it.
    #[must_use]
    pub fn is_title(&self, lower: &str) -> bool {
        self.titles.contains(lower)
    }
}
