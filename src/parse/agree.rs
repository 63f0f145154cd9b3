//! Names, put in order after the sentences are read: cut to what is the name, and one kind for one spelling in an article.
//!
//! A news story gives a full name once and a family name after; the short forms are the hard ones, and the finder sees one sentence only.

use rustc_hash::FxHashMap;

use super::features::word_hash;
use crate::record::{Article, Deprel, Name, NameKind, Parse, Text, Upos};
use crate::resource::{FAMILY_NAME, Naming, PEOPLE, Resources};

/// Drops what cannot be a name, cuts titles off persons, and gives countries and their peoples their kind.
pub(super) fn tidy(article: &Article, text: &Text, known: &Resources, parse: &mut Parse) {
    let form = |word: usize| text.words[word].of(&article.text);
    let mut lower = String::new();
    let mut is_title = |word: usize| {
        lower.clear();
        lower.extend(form(word).trim_end_matches('.').chars().flat_map(char::to_lowercase));
        known.splitting.is_title(&lower)
    };
    parse.names.retain_mut(|name| {
        if name.kind == NameKind::Person {
            while name.words.start < name.words.end && is_title(name.words.start) {
                name.words.start += 1;
            }
        }
        // A bracket that opens and does not close begins something else: "GENEVA (AP".
        let opens = name.words.clone().find(|&word| form(word) == "(");
        if let Some(open) = opens
            && !(open..name.words.end).any(|word| form(word) == ")")
        {
            name.words.end = open;
        }
        if name.words.is_empty() {
            return false;
        }
        let surface = text.words[name.words.start].join(text.words[name.words.end - 1]).of(&article.text);
        match known.countries.naming(surface) {
            Some((_, Naming::Name)) => name.kind = NameKind::Location,
            Some((_, Naming::Adjective | Naming::People)) => name.kind = NameKind::Norp,
            // "the Erdogan government": what is no people is a person, if it is a family name or has a government.
            None if name.kind == NameKind::Norp && name.words.len() == 1 => {
                let lists = known.weights.lists.of(word_hash(surface));
                let governs = || name.words.end < text.words.len() && known.splitting.is_government(form(name.words.end));
                if lists & PEOPLE == 0 && parse.upos[name.words.start] == Upos::Propn && (lists & FAMILY_NAME != 0 || governs()) {
                    name.kind = NameKind::Person;
                }
            }
            _ => {}
        }
        surface.chars().any(char::is_uppercase) && (name.words.len() > 1 || parse.upos[name.words.start] != Upos::Pron)
    });
}

/// Joins persons that stand side by side and are one name by the tree: "Daoud" "Sesay".
pub(super) fn join(parse: &mut Parse) {
    parse.names.dedup_by(|next, name| {
        let one = name.kind == NameKind::Person
            && next.kind == NameKind::Person
            && name.words.end == next.words.start
            && parse.deprel[next.words.start] == Deprel::Flat;
        if one {
            name.words.end = next.words.end;
        }
        one
    });
}

/// What an article says of one spelling: times read as each kind, and whether it ends a person's full name.
#[derive(Clone, Copy, Default)]
struct Votes {
    kinds: [u32; 4],
    family: u32,
}

impl Votes {
    /// The kind most often read; a family name counts for the person.
    fn kind(&self) -> Option<NameKind> {
        let mut kinds = self.kinds;
        kinds[NameKind::Person as usize] += self.family;
        let most = kinds.into_iter().enumerate().max_by_key(|&(index, count)| (count, std::cmp::Reverse(index)));
        most.filter(|&(_, count)| count > 0).map(|(index, _)| NameKind::ALL[index])
    }
}

/// Gives each spelling one kind, and finds family names that were passed over.
pub(super) fn agree(article: &Article, text: &Text, known: &Resources, parse: &mut Parse) {
    let form = |word: usize| text.words[word].of(&article.text);
    let surface = |name: &Name| text.words[name.words.start].join(text.words[name.words.end - 1]).of(&article.text);
    let mut votes: FxHashMap<&str, Votes> = FxHashMap::default();
    for name in &parse.names {
        votes.entry(surface(name)).or_default().kinds[name.kind as usize] += 1;
        let last = form(name.words.end - 1);
        if name.kind == NameKind::Person && name.words.len() >= 2 && last.chars().count() > 2 {
            votes.entry(last).or_default().family += 1;
        }
    }
    for name in &mut parse.names {
        if name.kind != NameKind::Norp
            && known.countries.naming(surface(name)).is_none()
            && let Some(kind) = votes.get(surface(name)).and_then(Votes::kind)
            && kind != NameKind::Norp
        {
            name.kind = kind;
        }
    }
    let mut missed: Vec<Name> = Vec::new();
    let mut names = parse.names.iter().peekable();
    for word in 0..text.words.len() {
        while names.peek().is_some_and(|name| name.words.end <= word) {
            names.next();
        }
        if names.peek().is_some_and(|name| name.words.contains(&word)) || parse.upos[word] != Upos::Propn {
            continue;
        }
        if let Some(votes) = votes.get(form(word))
            && votes.family > 0
            && votes.kind() == Some(NameKind::Person)
            && form(word).chars().next().is_some_and(char::is_uppercase)
        {
            missed.push(Name { words: word..word + 1, kind: NameKind::Person });
        }
    }
    if !missed.is_empty() {
        parse.names.extend(missed);
        parse.names.sort_unstable_by_key(|name| name.words.start);
    }
}
