//! What tags and the words of class, id and role say of a block.

use crate::record::Zone;
use crate::resource::Chrome;

use super::dom::{NodeId, Tree};

/// Zones that the markup speaks of, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    pub(super) const NONE: Self = Self(0);
    /// What keeps a block out of the body.
    pub(super) const PAGE: Self = Self(1 << Zone::Navigation as u16 | 1 << Zone::Related as u16);

    pub(super) fn of(zone: Zone) -> Self {
        Self(1 << zone as u16)
    }

    pub(super) fn has(self, zone: Zone) -> bool {
        self.0 & 1 << zone as u16 != 0
    }

    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// What an element says of the blocks in it.
pub(super) fn of(tree: &Tree, node: NodeId, chrome: &Chrome, words: &mut Words) -> Hints {
    let tag = tree.tag(node);
    let mut hints = match tag {
        "nav" | "footer" | "button" | "form" | "menu" | "dialog" | "label" => Hints::of(Zone::Navigation),
        "aside" => Hints::of(Zone::Related),
        "figcaption" => Hints::of(Zone::Caption),
        "time" => Hints::of(Zone::Dateline),
        "address" => Hints::of(Zone::Byline),
        "h1" => Hints::of(Zone::Title),
        _ => Hints::NONE,
    };
    if matches!(tag, "html" | "body" | "main") {
        return hints;
    }
    for name in ["class", "id", "role", "itemprop", "rel", "data-component", "data-testid", "data-qa", "data-role", "data-type", "data-module"] {
        if let Some(value) = tree.attribute(node, name) {
            hints = hints.with(words.read(value, chrome));
        }
    }
    // The container of a page is often named for what else it holds ("article with-sidebar").
    if tag == "article" { hints.without(Hints::PAGE) } else { hints }
}

/// Splits names into words and looks them up; keeps its buffers.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<(usize, usize)>,
}

impl Words {
    /// Hints of a name or of several with spaces between: runs of up to three words of one name are looked up.
    fn read(&mut self, value: &str, chrome: &Chrome) -> Hints {
        const LONGEST: usize = 400;
        let mut hints = Hints::NONE;
        for name in value.split_whitespace().take(24).filter(|name| name.len() <= LONGEST) {
            self.split(name);
            for first in 0..self.ends.len() {
                for last in first..self.ends.len().min(first + 3) {
                    let words = &self.text[self.ends[first].0..self.ends[last].1];
                    if let Some(zone) = chrome.hint(words) {
                        hints = hints.with(Hints::of(zone));
                    }
                }
            }
        }
        hints
    }

    /// "articleBody", "article-body" and "article__body" are all "article body".
    fn split(&mut self, name: &str) {
        self.text.clear();
        self.ends.clear();
        let mut start = None;
        let mut before = ' ';
        for c in name.chars() {
            let edge = !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
            if let Some(start) = start.take_if(|_| edge) {
                self.ends.push((start, self.text.len()));
                self.text.push(' ');
            }
            if c.is_alphanumeric() {
                start.get_or_insert(self.text.len());
                self.text.extend(c.to_lowercase());
            }
            before = c;
        }
        if let Some(start) = start {
            self.ends.push((start, self.text.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let chrome = Chrome::embedded();
        let mut words = Words::default();
        for (name, zone) in [("articleBody", Zone::Body), ("c-article__body", Zone::Body), ("site-nav", Zone::Navigation), ("relatedPosts", Zone::Related)] {
            assert!(words.read(name, chrome).has(zone), "{name}");
        }
        assert_eq!(words.read("navy gradient headroom", chrome), Hints::NONE);
    }
}
