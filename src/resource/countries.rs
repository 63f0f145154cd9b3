//! Countries: codes, names, adjectives, peoples and capitals (`data/countries/countries.tsv`).

use rustc_hash::FxHashMap;

use crate::record::Country;

const TABLE: &str = include_str!("../../data/countries/countries.tsv");

/// Words shared by two countries, and the one that is meant where nothing else is said.
const PREFERRED: &[(&str, &str)] = &[("Congolese", "COD"), ("Congo", "COD"), ("Dominican", "DOM"), ("Macau", "MAC"), ("Saint Martin", "MAF")];

/// One country or territory of ISO 3166.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryRow {
    /// Alpha-3 code.
    pub code: Country,
    /// Alpha-2 code.
    pub code2: &'static str,
    /// GeoNames id of the country.
    pub geonames_id: u32,
    /// The usual English name ("Syria").
    pub name: &'static str,
    names: &'static str,
    adjectives: &'static str,
    capitals: &'static str,
}

impl CountryRow {
    /// The usual name and every other ("United States", "U.S.", "America").
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(list(self.names))
    }

    /// Adjectives, the usual one first ("Afghan", "Afghani").
    pub fn adjectives(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.adjectives)
    }

    /// Seats of government, the usual one first.
    pub fn capitals(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.capitals)
    }
}

/// How a word or phrase names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The country itself: "Syria", "the U.K.".
    Name,
    /// Its adjective, which is often the name of one of its people too: "Syrian".
    Adjective,
    /// Its people, one or many: "Syrians", "Spaniard".
    People,
    /// Its seat of government: "Damascus".
    Capital,
    /// A region that tells the country: "Scotland".
    Part,
}

/// Every country with its names.
#[derive(Debug)]
pub struct Countries {
    rows: Vec<CountryRow>,
    by_code: FxHashMap<Country, u16>,
    by_code2: FxHashMap<&'static str, u16>,
    names: FxHashMap<String, (u16, Naming)>,
    longest: usize,
}

impl Countries {
    /// The table that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut all = Self { rows: Vec::new(), by_code: FxHashMap::default(), by_code2: FxHashMap::default(), names: FxHashMap::default(), longest: 1 };
        let mut columns = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        for line in columns.by_ref() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (Some(code), code2, geonames_id, name) = (Country::parse(cell()), cell(), cell().parse().unwrap_or(0), cell()) else { continue };
            let (names, adjectives, people, capitals, parts) = (cell(), cell(), cell(), cell(), cell());
            let index = all.rows.len() as u16;
            all.rows.push(CountryRow { code, code2, geonames_id, name, names, adjectives, capitals });
            all.by_code.insert(code, index);
            all.by_code2.insert(code2, index);
            all.add(name, index, Naming::Name);
            list(names).for_each(|name| all.add(name, index, Naming::Name));
            for adjective in list(adjectives) {
                all.add(adjective, index, Naming::Adjective);
                if takes_plural(adjective) {
                    all.add(&format!("{adjective}s"), index, Naming::People);
                }
            }
            list(people).flat_map(|pair| pair.split(' ').collect::<Vec<_>>()).for_each(|word| all.add(word, index, Naming::People));
            list(capitals).for_each(|capital| all.add(capital, index, Naming::Capital));
            list(parts).for_each(|part| all.add(part, index, Naming::Part));
        }
        all
    }

    fn add(&mut self, name: &str, index: u16, naming: Naming) {
        let code = self.rows[usize::from(index)].code;
        if PREFERRED.iter().any(|(word, owner)| name.starts_with(word) && *word == name.trim_end_matches('s') && *owner != code.as_str()) {
            return;
        }
        self.longest = self.longest.max(name.split(' ').count());
        self.names.entry(key(name)).or_insert((index, naming));
    }

    /// Every row, by code.
    #[must_use]
    pub fn rows(&self) -> &[CountryRow] {
        &self.rows
    }

    /// The row of a country.
    #[must_use]
    pub fn get(&self, code: Country) -> Option<&CountryRow> {
        self.by_code.get(&code).and_then(|&index| self.rows.get(usize::from(index)))
    }

    /// The country with this alpha-2 code, upper case.
    #[must_use]
    pub fn by_code2(&self, code2: &str) -> Option<Country> {
        self.by_code2.get(code2).and_then(|&index| self.rows.get(usize::from(index))).map(|row| row.code)
    }

    /// What a word or phrase names, whatever the kind. Case matters ("turkey", "china" are none), but all capitals
    /// will do ("SYRIA"), and so will full stops left out ("UK", "U.K."). A leading "the" is no part of it.
    #[must_use]
    pub fn naming(&self, phrase: &str) -> Option<(Country, Naming)> {
        let found = self.names.get(phrase).copied().or_else(|| {
            if phrase.contains('’') {
                return self.names.get(&key(phrase)).copied();
            }
            let shouted = phrase.len() > 3 && phrase.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ');
            if shouted { self.names.get(&title_case(phrase)).copied() } else { None }
        });
        found.and_then(|(index, naming)| Some((self.rows.get(usize::from(index))?.code, naming)))
    }

    /// The country that a name names ("Syria", "U.S.").
    #[must_use]
    pub fn named(&self, phrase: &str) -> Option<Country> {
        self.naming(phrase).filter(|(_, naming)| *naming == Naming::Name).map(|(code, _)| code)
    }

    /// The country of an adjective or a people ("Syrian", "Syrians", "Spaniard").
    #[must_use]
    pub fn demonym(&self, phrase: &str) -> Option<Country> {
        match self.naming(phrase) {
            Some((code, Naming::Adjective | Naming::People)) => Some(code),
            // "U.S." and "UK" are names that stand as adjectives.
            Some((code, Naming::Name)) if self.get(code).is_some_and(|row| row.adjectives().any(|adjective| adjective == phrase)) => Some(code),
            _ => None,
        }
    }

    /// The country whose seat of government this is.
    #[must_use]
    pub fn capital(&self, phrase: &str) -> Option<Country> {
        match self.naming(phrase)? {
            (code, Naming::Capital) => Some(code),
            _ => None,
        }
    }

    /// Number of words of the longest name: how far a longest-match search must look.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }
}

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> + use<> {
    cell.split('|').filter(|item| !item.is_empty())
}

/// Whether the people of an adjective take -s: "Syrians", but "Chinese", "British", "Swiss".
fn takes_plural(adjective: &str) -> bool {
    !["ese", "ish", "ch", "ss", "x", ".", "ois"].iter().any(|end| adjective.ends_with(end)) && adjective.len() > 3
}

fn key(name: &str) -> String {
    name.replace('’', "'")
}

fn title_case(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut start = true;
    for letter in phrase.chars() {
        out.push(if start { letter } else { letter.to_ascii_lowercase() });
        start = letter == ' ';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<Country> {
        Country::parse(text)
    }

    #[test]
    fn names_in_every_form() {
        let all = Countries::embedded();
        for (phrase, expected) in
            [("Syria", "SYR"), ("U.S.", "USA"), ("UK", "GBR"), ("SYRIA", "SYR"), ("Côte d’Ivoire", "CIV"), ("Congo", "COD"), ("Kosovo", "XKX")]
        {
            assert_eq!(all.named(phrase), code(expected), "{phrase}");
        }
        assert_eq!(all.named("turkey"), None);
        assert_eq!(all.named("Syrian"), None);
    }

    #[test]
    fn peoples_and_adjectives() {
        let all = Countries::embedded();
        for (phrase, expected) in [
            ("Syrian", "SYR"),
            ("Iraqis", "IRQ"),
            ("Spaniards", "ESP"),
            ("Dutch", "NLD"),
            ("U.S.", "USA"),
            ("Congolese", "COD"),
            ("Nigeriens", "NER"),
            ("Dominicans", "DOM"),
        ] {
            assert_eq!(all.demonym(phrase), code(expected), "{phrase}");
        }
        assert_eq!(all.demonym("Syria"), None);
    }

    #[test]
    fn capitals_and_parts() {
        let all = Countries::embedded();
        assert_eq!(all.capital("Damascus"), code("SYR"));
        assert_eq!(all.capital("Kiev"), code("UKR"));
        assert_eq!(all.naming("Scotland"), code("GBR").map(|code| (code, Naming::Part)));
        assert_eq!(all.by_code2("SY"), code("SYR"));
    }

    #[test]
    fn every_row_is_whole() {
        let all = Countries::embedded();
        assert_eq!(all.rows().len(), 250);
        for row in all.rows() {
            assert!(row.geonames_id > 0 && row.code2.len() == 2 && !row.name.is_empty(), "{row:?}");
        }
    }
}
