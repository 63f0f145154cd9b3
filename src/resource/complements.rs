//! `data/text/complements.txt`, `particles.txt`: what belongs to a verb and is easily hung on a noun.

use rustc_hash::FxHashMap;

/// For each verb, the words that may stand before what its object is to do ("to", "of", "from"), and its particles.
#[derive(Debug)]
pub struct Complements {
    marks: FxHashMap<&'static str, Vec<&'static str>>,
    particles: FxHashMap<&'static str, Vec<&'static str>>,
}

/// Reads lines of a word, a colon and verbs: the words by verb.
fn by_verb(data: &'static str) -> FxHashMap<&'static str, Vec<&'static str>> {
    let mut verbs: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        if let Some((word, listed)) = line.split_once(':') {
            listed.split_whitespace().for_each(|verb| verbs.entry(verb).or_default().push(word));
        }
    }
    verbs
}

impl Complements {
    /// The lists that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self { marks: by_verb(include_str!("../../data/text/complements.txt")), particles: by_verb(include_str!("../../data/text/particles.txt")) }
    }

    /// The words before what the object of the verb with this lemma is to do; empty for other verbs.
    #[must_use]
    pub fn of(&self, lemma: &str) -> &[&'static str] {
        self.marks.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is a particle of the verb with this lemma where it stands next to it.
    #[must_use]
    pub fn is_particle(&self, lemma: &str, word: &str) -> bool {
        self.particles.get(lemma).is_some_and(|words| words.contains(&word))
    }
}
