//! Words that put something into someone's mouth: `data/reporting/`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::record::{EventType, LinkType, SourceType, closed_list};

closed_list! {
    /// How a source stands to what it says.
    pub enum Class { Neutral = "neutral", Confirmation = "confirmation", Denial = "denial", Doubt = "doubt", Knowledge = "knowledge", Unverified = "unverified" }
}

closed_list! {
    /// What a reporting verb tells: words, a deed done by speaking, a state of mind, or what a document shows.
    pub enum VerbKind { Speech = "speech", Act = "act", Thought = "thought", Evidence = "evidence" }
}

closed_list! {
    /// What a reporting noun holds.
    pub enum NounKind { Document = "document", Speech = "speech", Feeling = "feeling" }
}

closed_list! {
    /// How an attributing word that is no verb and no noun is used.
    pub enum PhraseUse { Adverb = "adverb", Adjective = "adjective" }
}

/// Where the content of a reporting verb may stand: a set of the words of [`FRAMES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u32);

/// The frame names, in the order of their bits. From the eighth on they are prepositions.
const FRAMES: [&str; 19] =
    ["clause", "if", "quote", "noun", "inf", "ger", "xcomp", "of", "about", "for", "on", "upon", "against", "over", "at", "with", "into", "in", "to"];

impl Frames {
    /// "said that …".
    pub const CLAUSE: Frames = Frames(1);
    /// "asked whether …".
    pub const IF: Frames = Frames(1 << 1);
    /// "quipped: “…”".
    pub const QUOTE: Frames = Frames(1 << 2);
    /// "confirmed the attack".
    pub const NOUN: Frames = Frames(1 << 3);
    /// "vowed to …".
    pub const INF: Frames = Frames(1 << 4);
    /// "denied doing …".
    pub const GER: Frames = Frames(1 << 5);
    /// "urged them to …".
    pub const XCOMP: Frames = Frames(1 << 6);

    /// Whether it has any frame of `other`.
    #[must_use]
    pub fn any(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }

    /// Whether the content may follow this preposition (lower case).
    #[must_use]
    pub fn takes(self, preposition: &str) -> bool {
        FRAMES.iter().skip(7).position(|name| *name == preposition).is_some_and(|index| self.0 & (1 << (index + 7)) != 0)
    }

    fn parse(text: &str) -> Option<Frames> {
        text.split(',').try_fold(Frames(0), |frames, name| FRAMES.iter().position(|known| *known == name).map(|bit| Frames(frames.0 | 1 << bit)))
    }
}

/// Where the one spoken to stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// Nowhere.
    None,
    /// As the object ("told reporters").
    Object,
    /// After this preposition ("said to reporters").
    After(&'static str),
}

/// A reporting verb.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// How its subject stands to the content.
    pub class: Class,
    /// What it tells.
    pub kind: VerbKind,
    /// Where the content may stand.
    pub frames: Frames,
    /// Where the one spoken to stands.
    pub addressee: Addressee,
}

/// A reporting noun.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// How its owner stands to the content.
    pub class: Class,
    /// What it holds.
    pub kind: NounKind,
}

/// An adverb or adjective that attributes.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// How the unnamed source stands to it.
    pub class: Class,
    /// How it is used.
    pub usage: PhraseUse,
}

/// A common noun for a source.
#[derive(Clone, Copy, Debug)]
pub struct SourceNoun {
    /// What kind of source it is.
    pub source_type: SourceType,
    /// Whether the noun alone leaves open who it is.
    pub unnamed: bool,
}

/// All reporting words. Keys are lemmas, lower case; verbs with their particle ("point out").
#[derive(Debug, Default)]
pub struct Reporting {
    verbs: FxHashMap<&'static str, Verb>,
    nouns: FxHashMap<&'static str, Noun>,
    phrases: FxHashMap<&'static str, Phrase>,
    sources: FxHashMap<&'static str, SourceNoun>,
    carriers: FxHashSet<&'static str>,
    links: FxHashMap<&'static str, LinkType>,
    deeds: FxHashMap<&'static str, Vec<EventType>>,
}

impl Reporting {
    /// The words that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut reporting = Self::default();
        for fields in rows(include_str!("../../data/reporting/verbs.tsv")) {
            if let Some((lemma, verb)) = verb(&fields) {
                reporting.verbs.insert(lemma, verb);
            }
        }
        for fields in rows(include_str!("../../data/reporting/nouns.tsv")) {
            if let [lemma, class, kind] = fields[..]
                && let (Some(class), Some(kind)) = (Class::parse(class), NounKind::parse(kind))
            {
                reporting.nouns.insert(lemma, Noun { class, kind });
            }
        }
        for fields in rows(include_str!("../../data/reporting/phrases.tsv")) {
            if let [word, class, usage] = fields[..]
                && let (Some(class), Some(usage)) = (Class::parse(class), PhraseUse::parse(usage))
            {
                reporting.phrases.insert(word, Phrase { class, usage });
            }
        }
        for fields in rows(include_str!("../../data/reporting/sources.tsv")) {
            if let [lemma, source_type, unnamed] = fields[..]
                && let Some(source_type) = SourceType::parse(source_type)
            {
                reporting.sources.insert(lemma, SourceNoun { source_type, unnamed: unnamed == "yes" });
            }
        }
        reporting.carriers.extend(rows(include_str!("../../data/reporting/carriers.txt")).filter_map(|fields| fields.first().copied()));
        for fields in rows(include_str!("../../data/reporting/links.tsv")) {
            if let [lemma, link] = fields[..]
                && let Some(link) = LinkType::parse(link)
            {
                reporting.links.insert(lemma, link);
            }
        }
        for fields in rows(include_str!("../../data/reporting/deeds.tsv")) {
            if let [noun, types] = fields[..]
                && let Some(types) = types.split(',').map(EventType::parse).collect()
            {
                reporting.deeds.insert(noun, types);
            }
        }
        reporting
    }

    /// What this verb does to the claim that is its object ("denied").
    #[must_use]
    pub fn link(&self, lemma: &str) -> Option<LinkType> {
        self.links.get(lemma).copied()
    }

    /// The types of event that this noun may point back to ("the deal").
    #[must_use]
    pub fn deed(&self, noun: &str) -> &[EventType] {
        self.deeds.get(noun).map_or(&[], Vec::as_slice)
    }

    /// The reporting verb with this lemma.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> Option<Verb> {
        self.verbs.get(lemma).copied()
    }

    /// The reporting noun with this lemma.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> Option<Noun> {
        self.nouns.get(lemma).copied()
    }

    /// The attributing adverb or adjective with this form, lower case.
    #[must_use]
    pub fn phrase(&self, form: &str) -> Option<Phrase> {
        self.phrases.get(form).copied()
    }

    /// The noun for a source with this lemma.
    #[must_use]
    pub fn source(&self, lemma: &str) -> Option<SourceNoun> {
        self.sources.get(lemma).copied()
    }

    /// Whether this verb lends a reporting noun its subject ("voiced concern").
    #[must_use]
    pub fn carries(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma)
    }
}

/// The lines that are neither empty nor comments, cut at tabs.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn verb(fields: &[&'static str]) -> Option<(&'static str, Verb)> {
    let [lemma, class, kind, frames, addressee] = fields[..] else { return None };
    let addressee = match addressee {
        "-" => Addressee::None,
        "obj" => Addressee::Object,
        preposition => Addressee::After(preposition),
    };
    Some((lemma, Verb { class: Class::parse(class)?, kind: VerbKind::parse(kind)?, frames: Frames::parse(frames)?, addressee }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let reporting = Reporting::embedded();
        let count = |table: &'static str| rows(table).count();
        assert_eq!(reporting.verbs.len(), count(include_str!("../../data/reporting/verbs.tsv")));
        assert_eq!(reporting.nouns.len(), count(include_str!("../../data/reporting/nouns.tsv")));
        assert_eq!(reporting.phrases.len(), count(include_str!("../../data/reporting/phrases.tsv")));
        assert_eq!(reporting.sources.len(), count(include_str!("../../data/reporting/sources.tsv")));
        assert_eq!(reporting.carriers.len(), count(include_str!("../../data/reporting/carriers.txt")));
        assert_eq!(reporting.links.len(), count(include_str!("../../data/reporting/links.tsv")));
        assert_eq!(reporting.deeds.len(), count(include_str!("../../data/reporting/deeds.tsv")));
        assert!(reporting.verbs.len() > 400);
    }

    #[test]
    fn frames() {
        let warn = Reporting::embedded().verb("warn").unwrap();
        assert!(warn.frames.any(Frames::CLAUSE) && warn.frames.takes("of") && !warn.frames.takes("to"));
        assert_eq!(warn.addressee, Addressee::Object);
    }
}
