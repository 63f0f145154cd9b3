//! The pack of office-holders: people, the offices they held and when, read in place.
//!
//! Little-endian. Header of 16 words: magic (2 words), snapshot, then (offset, count) of people, stints, roles, strings and
//! postings, then (offset, length) of the fst. Nothing is copied: a look-up reads the bytes where they lie.

use fst::Map;
use jiff::civil::Date;

use super::fold::{fold_into, is_article, rough};
use crate::record::{Country, Sector};

/// First eight bytes of a pack.
pub const MAGIC: [u8; 8] = *b"WDACT002";
/// Bytes of a person: name, Wikidata number, first stint, number of stints.
pub const PERSON: usize = 16;
/// Bytes of a stint: person, post, start, end, known until, country and level, sector and rank.
pub const STINT: usize = 28;
/// Bytes of a role entry: country, role name, stint.
pub const ROLE: usize = 12;

/// A person in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person(pub u32);

/// How an office stands to the state whose code it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An office of the state.
    National,
    /// Of a province, state or city of it.
    Subnational,
    /// Of an entity that broke away from it.
    Breakaway,
}

/// A time in office.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stint<'a> {
    /// Whose.
    pub person: Person,
    /// Title of the office.
    pub post: &'a str,
    /// Country; none for the UN and other bodies of many.
    pub country: Option<Country>,
    /// How the office stands to that country.
    pub level: Level,
    /// Sector of the office.
    pub sector: Option<Sector>,
    /// How high: 0 head of state or government, 1 foreign, defence, interior, 2 the rest, 3 no office of the state.
    pub rank: u8,
    /// Start as it is known: year, or year and month, or day (yyyymmdd, zeros for what is not known).
    start: u32,
    end: u32,
    /// The source's last known day.
    known_until: u32,
}

/// How firmly a day lies in a stint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The day lies between bounds that only tell year or month.
    Loose,
    /// The stint was open when the source was last looked at, and the day is later.
    AfterSnapshot,
    /// In office that day.
    Sure,
}

impl Stint<'_> {
    /// Whether the day lies in the stint, and how firmly.
    #[must_use]
    pub fn covers(&self, day: Date) -> Option<Fit> {
        let day = number(day);
        let (start, end) = (self.start, if self.end == 0 { u32::MAX } else { upper(self.end) });
        if day < start || day > end {
            return None;
        }
        if self.end == 0 && day > self.known_until {
            return Some(Fit::AfterSnapshot);
        }
        let loose = (start % 100 == 0 && day < upper(start)) || (self.end != 0 && self.end.is_multiple_of(100) && day >= self.end);
        Some(if loose { Fit::Loose } else { Fit::Sure })
    }

    /// First day, where it is known to the day.
    #[must_use]
    pub fn start(&self) -> Option<Date> {
        date(self.start)
    }

    /// Last day, where it ended and is known to the day.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        date(self.end)
    }

    /// Whether it is over by that day.
    #[must_use]
    pub fn is_over(&self, day: Date) -> bool {
        self.end != 0 && upper(self.end) < number(day)
    }

    /// Start as a number that sorts by time.
    #[must_use]
    pub fn start_number(&self) -> u32 {
        self.start
    }
}

fn number(day: Date) -> u32 {
    day.year().max(0) as u32 * 10_000 + day.month() as u32 * 100 + day.day() as u32
}

/// The last number that a date of year or month precision can stand for.
fn upper(date: u32) -> u32 {
    match (date / 100 % 100, date % 100) {
        (0, _) => date + 1231,
        (_, 0) => date + 31,
        _ => date,
    }
}

fn date(number: u32) -> Option<Date> {
    Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}

/// The pack, open.
#[derive(Debug)]
pub struct Pack {
    bytes: &'static [u8],
    people: Section,
    stints: Section,
    roles: Section,
    strings: Section,
    postings: Section,
    keys: Map<&'static [u8]>,
    snapshot: u32,
}

#[derive(Clone, Copy, Debug)]
struct Section {
    at: usize,
    count: usize,
}

impl Pack {
    /// Opens a pack; an error says what is wrong with it.
    ///
    /// # Errors
    /// Bytes that are no pack of this version, or cut short.
    pub fn open(bytes: &'static [u8]) -> Result<Self, String> {
        if bytes.get(..8) != Some(&MAGIC[..]) {
            return Err("not a pack of actors of this version".to_owned());
        }
        let word = |index: usize| bytes.get(index * 4..index * 4 + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
        let section = |index: usize| Section { at: word(index) as usize, count: word(index + 1) as usize };
        let (at, length) = (word(13) as usize, word(14) as usize);
        let keys = bytes.get(at..at + length).ok_or("the pack of actors is cut short")?;
        let keys = Map::new(keys).map_err(|error| error.to_string())?;
        Ok(Self { bytes, people: section(3), stints: section(5), roles: section(7), strings: section(9), postings: section(11), keys, snapshot: word(2) })
    }

    fn word(&self, at: usize) -> u32 {
        self.bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    fn string(&self, id: u32) -> &'static str {
        let table = self.strings.at;
        let bytes = table + (self.strings.count + 1) * 4;
        let (from, to) = (self.word(table + id as usize * 4) as usize, self.word(table + id as usize * 4 + 4) as usize);
        self.bytes.get(bytes + from..bytes + to).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// The day up to which the pack as a whole was kept.
    #[must_use]
    pub fn snapshot(&self) -> Option<Date> {
        date(self.snapshot)
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.count
    }

    /// A person's full name.
    #[must_use]
    pub fn name(&self, person: Person) -> &'static str {
        self.string(self.word(self.people.at + person.0 as usize * PERSON))
    }

    /// A person's Wikidata number; 0 where there is none.
    #[must_use]
    pub fn wikidata(&self, person: Person) -> u32 {
        self.word(self.people.at + person.0 as usize * PERSON + 4)
    }

    /// A person's offices, by start.
    pub fn stints(&self, person: Person) -> impl Iterator<Item = Stint<'static>> + '_ {
        let at = self.people.at + person.0 as usize * PERSON;
        let (first, count) = (self.word(at + 8), self.word(at + 12));
        (first..first.saturating_add(count)).map(|index| self.stint(index))
    }

    fn stint(&self, index: u32) -> Stint<'static> {
        let at = self.stints.at + index as usize * STINT;
        let code: [u8; 3] = self.bytes.get(at + 20..at + 23).and_then(|three| three.try_into().ok()).unwrap_or_default();
        let byte = |offset: usize| self.bytes.get(at + offset).copied().unwrap_or(0);
        Stint {
            person: Person(self.word(at)),
            post: self.string(self.word(at + 4)),
            start: self.word(at + 8),
            end: self.word(at + 12),
            known_until: self.word(at + 16),
            country: (code[0] != 0).then_some(Country(code)),
            level: match byte(23) {
                0 => Level::National,
                1 => Level::Subnational,
                _ => Level::Breakaway,
            },
            sector: Sector::ALL.get(usize::from(byte(24))).copied(),
            rank: byte(25),
        }
    }

    /// National stints of a country in a role ("minister:defence"), over all times.
    pub fn in_role(&self, country: Option<Country>, role: &str) -> impl Iterator<Item = Stint<'static>> + '_ {
        let code = country.map_or([0; 3], |country| country.0);
        let key = |index: usize| {
            let at = self.roles.at + index * ROLE;
            let code: [u8; 3] = self.bytes.get(at..at + 3).and_then(|three| three.try_into().ok()).unwrap_or_default();
            (code, self.string(self.word(at + 4)))
        };
        let mut low = 0;
        let mut high = self.roles.count;
        while low < high {
            let middle = low + (high - low) / 2;
            if key(middle) < (code, role) { low = middle + 1 } else { high = middle }
        }
        let last = (low..self.roles.count).find(|&index| key(index) != (code, role)).unwrap_or(self.roles.count);
        (low..last).map(|index| self.stint(self.word(self.roles.at + index * ROLE + 8)))
    }

    fn look_up(&self, key: &str, out: &mut Vec<Person>) {
        if let Some(value) = self.keys.get(key) {
            let (from, count) = ((value >> 16) as usize, (value & 0xffff) as usize);
            out.extend((from..from + count).map(|index| Person(self.word(self.postings.at + index * 4))));
        }
    }

    /// People of this full name: as it stands, then without articles ("Bashar Assad"), then by a rougher spelling.
    /// The flag says whether the match was rough. `scratch` is cleared.
    pub fn find(&self, name: &str, scratch: &mut String, out: &mut Vec<Person>) -> bool {
        out.clear();
        fold_into(name, scratch);
        self.look_up(scratch, out);
        if out.is_empty() && scratch.split(' ').any(is_article) {
            let bare: Vec<&str> = scratch.split(' ').filter(|word| !is_article(word)).collect();
            self.look_up(&bare.join(" "), out);
        }
        if !out.is_empty() || !scratch.contains(' ') {
            return false;
        }
        // Initials and middle names: first and last word alone.
        let words: Vec<&str> = scratch.split(' ').filter(|word| word.len() > 1).collect();
        if words.len() > 2
            && let (Some(first), Some(last)) = (words.first(), words.last())
        {
            self.look_up(&format!("{first} {last}"), out);
        }
        if out.is_empty() {
            self.look_up(&format!("^{}", rough(scratch)), out);
            return !out.is_empty();
        }
        false
    }

    /// Whether several people in the pack are called so: "Michael", "Fatima".
    #[must_use]
    pub fn is_given_name(&self, name: &str, scratch: &mut String) -> bool {
        fold_into(name, scratch);
        self.keys.contains_key(format!("!{scratch}"))
    }

    /// People of this last name who held a high office (head of state or government, foreign, defence, interior).
    pub fn find_surname(&self, name: &str, scratch: &mut String, out: &mut Vec<Person>) {
        out.clear();
        fold_into(name, scratch);
        let mut start = 0;
        while let Some(end) = scratch[start..].find(' ').filter(|end| is_article(&scratch[start..start + end])) {
            start += end + 1;
        }
        self.look_up(&format!("~{}", &scratch[start..]), out);
    }
}
