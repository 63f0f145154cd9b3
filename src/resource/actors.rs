//! Who is who: office-holders by date, organisations by all their names, nouns that name people (`data/actors/`, `packs/actors`).

mod fold;
mod pack;
mod posts;

use rustc_hash::FxHashMap;

pub use fold::{fold, fold_into, is_article, rough};
pub use pack::{Fit, Level, MAGIC, PERSON, Pack, Person, ROLE, STINT, Stint};
pub use posts::{Posts, Title};

use crate::record::{Country, Sector};

const ORGANISATIONS: &str = include_str!("../../data/actors/organisations.tsv");
const AGENTS: &str = include_str!("../../data/actors/agents.txt");

/// An organisation, armed group, people or other body with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// The knowledge base's own name.
    pub name: &'static str,
    /// Country it belongs to; none for bodies of many.
    pub country: Option<Country>,
    /// Most telling first.
    pub sectors: Vec<Sector>,
}

/// What a noun says of those it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// Sector; none for "people", "man", "leader".
    pub sector: Option<Sector>,
    /// A body, not persons: "army".
    pub group: bool,
    /// An office with one holder: "president".
    pub role: bool,
    /// Whether it calls them civilians.
    pub civilian: Option<bool>,
    /// Takes the country of the story where nothing else says whose.
    pub local: bool,
    /// Names people only where they act: "source", "side".
    pub weak: bool,
}

/// Everything known of actors but countries.
#[derive(Debug)]
pub struct Actors {
    /// Office-holders; none where the pack could not be read.
    pub pack: Option<Pack>,
    /// Wordings of offices.
    pub posts: Posts,
    organisations: Vec<Organisation>,
    names: FxHashMap<String, Name>,
    /// First word of a name to the number of words of the longest name that it begins.
    first_words: FxHashMap<String, u8>,
    agents: FxHashMap<&'static str, Agent>,
    plurals: FxHashMap<String, &'static str>,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    organisation: u32,
    /// Matched only where the text has capitals ("WHO").
    capitals: bool,
}

impl Actors {
    /// The knowledge that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut all = Self {
            pack: Pack::open(whodid_actors::ACTORS).ok(),
            posts: Posts::embedded(),
            organisations: Vec::new(),
            names: FxHashMap::default(),
            first_words: FxHashMap::default(),
            agents: FxHashMap::default(),
            plurals: FxHashMap::default(),
        };
        all.read_organisations(ORGANISATIONS);
        all.read_groups(whodid_actors::GROUPS);
        all.read_agents(AGENTS);
        all
    }

    fn read_organisations(&mut self, table: &'static str) {
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (name, country, sectors, names) = (cell(), Country::parse(cell()), cell(), cell());
            if !name.is_empty() {
                let sectors = sectors.split(' ').filter_map(Sector::parse).collect();
                self.add(Organisation { name, country, sectors }, names);
            }
        }
    }

    fn read_groups(&mut self, table: &'static str) {
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (name, country, _, _, names) = (cell(), Country::parse(cell()), cell(), cell(), cell());
            if !name.is_empty() && !self.names.contains_key(&fold(name)) {
                let crime = ["Cartel", "Cártel", "Command", "Comando", "gang", "Mara "].iter().any(|word| name.contains(word));
                self.add(Organisation { name, country, sectors: vec![if crime { Sector::Crm } else { Sector::Reb }] }, names);
            }
        }
    }

    fn add(&mut self, organisation: Organisation, names: &'static str) {
        let index = self.organisations.len() as u32;
        for name in std::iter::once(organisation.name).chain(names.split('|')) {
            let key = fold(name);
            let Some((first, words)) = key.split(' ').next().map(|first| (first.to_owned(), key.split(' ').count() as u8)) else { continue };
            if key.is_empty() {
                continue;
            }
            let capitals = !name.contains(' ') && name.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase);
            let longest = self.first_words.entry(first).or_default();
            *longest = (*longest).max(words);
            // A name that is known both in capitals and otherwise ("NATO", "Nato") is matched in both.
            self.names
                .entry(key)
                .and_modify(|known| known.capitals &= capitals || known.organisation != index)
                .or_insert(Name { organisation: index, capitals });
        }
        self.organisations.push(organisation);
    }

    fn read_agents(&mut self, table: &'static str) {
        let mut last_words = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(": ") else { continue };
            let mut flags = head.split(' ');
            let first = flags.next().unwrap_or("");
            let mut agent = Agent { sector: Sector::parse(first), ..Agent::default() };
            for flag in flags {
                match flag {
                    "group" => agent.group = true,
                    "role" => agent.role = true,
                    "civilian" => agent.civilian = Some(true),
                    "local" => agent.local = true,
                    _ => {}
                }
            }
            if matches!(agent.sector, Some(Sector::Mil | Sector::Reb | Sector::Prm | Sector::Uaf)) {
                agent.civilian = Some(false);
            }
            for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let (singular, plural) = word.split_once('/').map_or((word, None), |(singular, plural)| (singular, Some(plural)));
                if first == "weak" {
                    if let Some(known) = self.agents.get_mut(singular) {
                        known.weak = true;
                    }
                    continue;
                }
                self.agents.entry(singular).or_insert(agent);
                let plural = plural.map_or_else(|| format!("{singular}s"), str::to_owned);
                if plural != singular {
                    self.plurals.entry(plural).or_insert(singular);
                }
                if let Some(last) = singular.rsplit(' ').next() {
                    *last_words.entry(last).or_insert(0u32) += 1;
                }
            }
        }
    }

    /// The longest name of an organisation that begins at the first of `words`: how many words it takes, and whose it is.
    ///
    /// `surface(count)` is the text from the first word over `count` words; none where the last of them is a mark.
    pub fn organisation<'t>(&self, available: usize, surface: impl Fn(usize) -> Option<&'t str>, scratch: &mut String) -> Option<(usize, &Organisation)> {
        fold_into(surface(1)?, scratch);
        let first = scratch.split(' ').next().unwrap_or("");
        let longest = usize::from(*self.first_words.get(first)?);
        // Words that fold to nothing (hyphens, quotation marks) may stand between.
        for count in (1..=available.min(longest * 2)).rev() {
            let Some(text) = surface(count) else { continue };
            fold_into(text, scratch);
            let Some(name) = self.names.get(scratch.as_str()) else { continue };
            if name.capitals && text.chars().any(char::is_lowercase) {
                continue;
            }
            return self.organisations.get(name.organisation as usize).map(|organisation| (count, organisation));
        }
        None
    }

    /// The organisation of this name.
    #[must_use]
    pub fn organisation_named(&self, name: &str) -> Option<&Organisation> {
        let known = self.names.get(&fold(name))?;
        (!known.capitals || !name.chars().any(char::is_lowercase)).then(|| self.organisations.get(known.organisation as usize)).flatten()
    }

    /// What a noun or phrase says of those it names: lower case, singular or plural.
    #[must_use]
    pub fn agent(&self, phrase: &str) -> Option<Agent> {
        self.agents.get(phrase).or_else(|| self.plurals.get(phrase).and_then(|singular| self.agents.get(singular))).copied()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn actors() -> Actors {
        Actors::embedded()
    }

    fn in_office(actors: &Actors, name: &str, day: jiff::civil::Date) -> Option<&'static str> {
        let pack = actors.pack.as_ref().unwrap();
        let (mut scratch, mut found) = (String::new(), Vec::new());
        pack.find(name, &mut scratch, &mut found);
        found.iter().flat_map(|person| pack.stints(*person)).find(|stint| stint.covers(day).is_some()).map(|stint| stint.post)
    }

    #[test]
    fn organisations_by_any_name() {
        let actors = actors();
        for (name, expected) in [("Daesh", "Islamic State"), ("U.N.", "United Nations"), ("Nato", "NATO")] {
            assert_eq!(actors.organisation_named(name).map(|organisation| organisation.name), Some(expected), "{name}");
        }
        assert_eq!(actors.organisation_named("is"), None);
        assert_eq!(actors.organisation_named("who"), None);
    }

    #[test]
    fn agents_in_singular_and_plural() {
        let actors = actors();
        for (word, sector) in
            [("soldiers", Sector::Mil), ("policemen", Sector::Cop), ("gunman", Sector::Uaf), ("rebel officials", Sector::Reb), ("refugees", Sector::Ref)]
        {
            assert_eq!(actors.agent(word).and_then(|agent| agent.sector), Some(sector), "{word}");
        }
        assert!(actors.agent("people").is_some_and(|agent| agent.sector.is_none()));
        assert!(actors.agent("report").is_none());
    }

    #[test]
    fn office_by_date() {
        let actors = actors();
        assert!(in_office(&actors, "Angela Merkel", date(2015, 9, 1)).is_some_and(|post| post.contains("Chancellor")));
        assert_eq!(in_office(&actors, "Angela Merkel", date(2023, 1, 1)), None);
        assert!(in_office(&actors, "Bashar Assad", date(2012, 1, 1)).is_some_and(|post| post.contains("President")));
    }

    #[test]
    fn role_by_country_and_date() {
        let actors = actors();
        let pack = actors.pack.as_ref().unwrap();
        let day = date(2013, 6, 1);
        let names: Vec<&str> =
            pack.in_role(Country::parse("FRA"), "president").filter(|stint| stint.covers(day).is_some()).map(|stint| pack.name(stint.person)).collect();
        assert_eq!(names, ["François Hollande"]);
    }
}
