//! The words of page chrome: `data/chrome/*.txt`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::record::Zone;

/// Word lists that tell the story from the page around it.
#[derive(Debug)]
pub struct Chrome {
    /// Whole lines that belong to the page.
    pub navigation: Patterns,
    /// Whole lines that head a list of other stories.
    pub related_heads: Patterns,
    /// Words before a colon or bar that open a link to another story.
    pub related_labels: FxHashSet<&'static str>,
    /// Lines that credit others for the text.
    pub wire: Patterns,
    /// Agencies as they are written, longest first.
    pub agencies: Vec<&'static str>,
    /// Words that open a photo credit, longest first.
    pub credit_marks: Vec<&'static str>,
    /// Words that open a caption.
    pub caption_marks: Vec<&'static str>,
    /// What a byline calls its writer.
    pub roles: FxHashSet<&'static str>,
    hints: FxHashMap<&'static str, Zone>,
}

impl Chrome {
    /// The lists that the program carries, read once.
    pub fn embedded() -> &'static Chrome {
        static CHROME: LazyLock<Chrome> = LazyLock::new(Chrome::load);
        &CHROME
    }

    fn load() -> Self {
        let longest_first = |text: &'static str| {
            let mut list: Vec<&str> = entries(text).collect();
            list.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
            list
        };
        let hints = entries(include_str!("../../data/chrome/hints.txt"))
            .filter_map(|line| line.split_once(": "))
            .filter_map(|(zone, words)| Some((words, Zone::parse(zone)?)))
            .collect();
        Self {
            navigation: Patterns::new(include_str!("../../data/chrome/navigation.txt")),
            related_heads: Patterns::new(include_str!("../../data/chrome/related_heads.txt")),
            related_labels: entries(include_str!("../../data/chrome/related_labels.txt")).collect(),
            wire: Patterns::new(include_str!("../../data/chrome/wire.txt")),
            agencies: longest_first(include_str!("../../data/chrome/agencies.txt")),
            credit_marks: longest_first(include_str!("../../data/chrome/credit_marks.txt")),
            caption_marks: entries(include_str!("../../data/chrome/caption_marks.txt")).collect(),
            roles: entries(include_str!("../../data/chrome/roles.txt")).collect(),
            hints,
        }
    }

    /// What words of a class, id or role say of a block. `words` are lower case, joined by single spaces.
    #[must_use]
    pub fn hint(&self, words: &str) -> Option<Zone> {
        self.hints.get(words).copied()
    }
}

fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    let comment = |line: &str| line.strip_prefix("# ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    text.lines().map(str::trim).filter(move |line| !line.is_empty() && !comment(line))
}

/// Lines to compare whole lines with; `*` stands for anything.
#[derive(Debug)]
pub struct Patterns {
    whole: FxHashSet<&'static str>,
    /// Patterns with a star, by the first word; those that begin with a star stand under "".
    starred: FxHashMap<&'static str, Vec<&'static str>>,
}

impl Patterns {
    fn new(text: &'static str) -> Self {
        let (mut whole, mut starred) = (FxHashSet::default(), FxHashMap::<_, Vec<_>>::default());
        for entry in entries(text) {
            if entry.contains('*') {
                let first = first_word(entry);
                starred.entry(if first.contains('*') { "" } else { first }).or_default().push(entry);
            } else {
                whole.insert(entry);
            }
        }
        Self { whole, starred }
    }

    /// Whether a line in its plain form is one of these.
    #[must_use]
    pub fn matches(&self, line: &str) -> bool {
        let among = |first: &str| self.starred.get(first).is_some_and(|list| list.iter().any(|pattern| glob(pattern, line)));
        self.whole.contains(line) || among(first_word(line)) || among("")
    }
}

fn first_word(line: &str) -> &str {
    line.split(' ').next().unwrap_or("")
}

/// Whether `line` is `pattern`, where each `*` stands for any characters. Greedy from the left, which suffices without `?`.
fn glob(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(held) = last.replace(part) {
            match rest.find(held) {
                Some(at) => rest = &rest[at + held.len()..],
                None => return false,
            }
        }
    }
    last.is_none_or(|tail| rest.ends_with(tail)) && (last.is_some() || rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        assert!(glob("share on *", "share on twitter"));
        assert!(!glob("share on *", "shares on twitter"));
        assert!(glob("* contributed to this report", "jane doe contributed to this report"));
        assert!(glob("reporting by *edit*", "reporting by a; editing by b"));
        assert!(!glob("tag*:*", "tags"));
        assert!(glob("home", "home") && !glob("home", "homes"));
    }

    #[test]
    fn lists_are_in_plain_form() {
        let chrome = Chrome::embedded();
        assert!(chrome.navigation.matches("skip to main content"));
        assert!(!chrome.navigation.matches("rebels shelled the town"));
        assert!(chrome.wire.matches("with files from reuters"));
        assert_eq!(chrome.hint("article body"), Some(Zone::Body));
        assert!(chrome.related_labels.iter().chain(&chrome.roles).all(|entry| entry.chars().all(|c| !c.is_uppercase())));
    }
}
