//! Titles of office, read into roles: "Canada's Defence Minister" and "Minister of National Defence" are one role.

use rustc_hash::FxHashMap;

use super::fold::fold_into;
use crate::record::Sector;

const TABLE: &str = include_str!("../../../data/actors/posts.txt");

/// What a title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Roles of the title: "minister:defence", "president"; more than one where it joins portfolios.
    pub roles: Vec<String>,
    /// The sector that the office puts its holder in.
    pub sector: Option<Sector>,
    /// "Deputy", "vice", "assistant": another office than the bare one.
    pub deputy: bool,
    /// "Former", "ex", "late": the office is over.
    pub former: bool,
    /// Words that no row knows, joining words left out: "President of the Football Association" is no head of state.
    pub unread: usize,
}

/// Words that say nothing of which office it is.
fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "for"
            | "to"
            | "in"
            | "on"
            | "by"
            | "with"
            | "state"
            | "republic"
            | "federal"
            | "union"
            | "acting"
            | "interim"
            | "transitional"
            | "first"
            | "second"
            | "third"
            | "national"
            | "affairs"
            | "new"
            | "current"
            | "then"
            | "general"
            | "senior"
            | "his"
            | "her"
            | "their"
            | "its"
            | "s"
            | "the"
            | "a"
            | "an"
            | "mr"
            | "mrs"
            | "ms"
            | "united"
            | "states"
            | "government"
    )
}

/// The wordings of titles (`data/actors/posts.txt`).
#[derive(Debug)]
pub struct Posts {
    /// Folded phrase to role or portfolio; a phrase of more words wins.
    phrases: FxHashMap<&'static str, Entry>,
    longest: usize,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    /// A whole office: "prime minister".
    Office(&'static str, Option<Sector>),
    /// An office that a portfolio completes: "minister", "secretary".
    Kind(&'static str, Option<Sector>),
    /// What an office is about: "foreign affairs".
    Portfolio(&'static str, Option<Sector>),
    Deputy,
    Former,
}

impl Posts {
    /// The table that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut all = Self { phrases: FxHashMap::default(), longest: 1 };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, phrases)) = line.split_once(": ") else { continue };
            let mut head = head.split_whitespace();
            let (Some(class), Some(name)) = (head.next(), head.next()) else { continue };
            let sector = head.next().and_then(Sector::parse);
            let entry = match class {
                "office" => Entry::Office(name, sector),
                "kind" => Entry::Kind(name, sector),
                "portfolio" => Entry::Portfolio(name, sector),
                "deputy" => Entry::Deputy,
                _ => Entry::Former,
            };
            for phrase in phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                all.longest = all.longest.max(phrase.split(' ').count());
                all.phrases.insert(phrase, entry);
            }
        }
        all
    }

    /// Reads a title. Words that no row knows are passed over.
    #[must_use]
    pub fn read(&self, title: &str) -> Title {
        let mut folded = String::new();
        fold_into(title, &mut folded);
        let words: Vec<&str> = folded.split(' ').filter(|word| !matches!(*word, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "s")).collect();
        let (mut found, mut kind, mut portfolios) = (Title::default(), None, Vec::new());
        let mut at = 0;
        while at < words.len() {
            let (mut taken, mut read) = (1, false);
            for length in (1..=self.longest.min(words.len() - at)).rev() {
                let joined;
                let phrase = if length == 1 {
                    words[at]
                } else {
                    joined = words[at..at + length].join(" ");
                    joined.as_str()
                };
                let Some(entry) = self.phrases.get(phrase) else { continue };
                (taken, read) = (length, true);
                match *entry {
                    Entry::Office(name, sector) => {
                        found.roles.push(name.to_owned());
                        found.sector = found.sector.or(sector);
                    }
                    Entry::Kind(name, sector) => kind = kind.or(Some((name, sector))),
                    Entry::Portfolio(name, sector) => portfolios.push((name, sector)),
                    Entry::Deputy => found.deputy = true,
                    Entry::Former => found.former = true,
                }
                break;
            }
            at += taken;
            if !read && !is_joining(words[at - 1]) {
                found.unread += 1;
            }
        }
        if let Some((kind, sector)) = kind {
            if portfolios.is_empty() {
                found.roles.push(kind.to_owned());
            }
            found.roles.extend(portfolios.iter().map(|(portfolio, _)| format!("{kind}:{portfolio}")));
            let own = portfolios.iter().find_map(|(_, sector)| *sector);
            found.sector = found.sector.or(if sector == Some(Sector::Gov) { sector } else { own.or(sector) });
        }
        if found.deputy {
            for role in &mut found.roles {
                role.insert_str(0, "deputy ");
            }
        }
        found.roles.sort_unstable();
        found.roles.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_role() {
        let posts = Posts::embedded();
        for (title, role) in [
            ("Minister of National Defence", "minister:defence"),
            ("Defence Minister", "minister:defence"),
            ("Secretary of Defense", "minister:defence"),
            ("Foreign Affairs Minister", "minister:foreign"),
            ("Foreign Secretary", "minister:foreign"),
            ("Secretary of State for Foreign and Commonwealth Affairs", "minister:foreign"),
            ("Minister of Immigration, Refugees and Citizenship", "minister:immigration"),
            ("Prime Minister", "head_of_government"),
            ("Deputy Prime Minister", "deputy head_of_government"),
            ("Vice President", "deputy president"),
            ("Permanent Representative to the United Nations", "un_envoy"),
            ("President", "president"),
        ] {
            assert!(posts.read(title).roles.iter().any(|read| read == role), "{title}: {:?}", posts.read(title));
        }
        assert!(posts.read("former prime minister").former);
        assert_eq!(posts.read("Chief of the General Staff").sector, Some(Sector::Mil));
    }
}
