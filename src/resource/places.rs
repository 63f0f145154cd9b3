//! The gazetteer: every place name and what it may stand for, read in place from a pack.
//!
//! A pack is `Layout`'s header and six sections. `names` (an fst) leads a folded name to the first of its postings; a posting
//! is a record and how the name stands to it; records are of one size, in the order of their folded names, so that the numbers
//! in the fst rise with its keys and it stays small. All numbers are little-endian; nothing is parsed or copied at start.

use std::fmt;

use fst::raw::{CompiledAddr, Fst, Output};

use super::fold::{Folded, fold, fold_char, without_article};
use crate::record::Country;

/// First bytes of a pack.
pub const MAGIC: [u8; 8] = *b"WDPLACES";
/// Version of the layout; a pack of another version is refused.
pub const VERSION: u32 = 1;
/// Bytes before the first section: magic, version, and offset and length of each section.
pub const HEADER: usize = 12 + 8 * SECTIONS;
/// Sections, in order: fst, postings, records, strings, countries, first-level divisions.
pub const SECTIONS: usize = 6;

/// What kind of place it is; the order is that of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// An independent state or a territory with a code of its own.
    Country,
    /// State, province, governorate.
    Admin1,
    /// County, district.
    Admin2,
    /// Capital of a country (PPLC).
    Capital,
    /// Seat of a first-level division (PPLA).
    Seat,
    /// Seat of a lower division (PPLA2 to PPLA5).
    LowerSeat,
    /// Any other town or village.
    Town,
    /// Part of a town (PPLX).
    Quarter,
    /// A region without exact bounds ("Darfur", "Middle East").
    Region,
    /// Sea, river, lake, strait, canal.
    Water,
    /// Camp.
    Camp,
    /// Continent.
    Continent,
    /// Airport, base, dam, crossing, square and other single sites.
    Site,
}

impl Class {
    /// Every class, in the order of the pack.
    pub const ALL: [Class; 13] = [
        Class::Country,
        Class::Admin1,
        Class::Admin2,
        Class::Capital,
        Class::Seat,
        Class::LowerSeat,
        Class::Town,
        Class::Quarter,
        Class::Region,
        Class::Water,
        Class::Camp,
        Class::Continent,
        Class::Site,
    ];

    /// Whether it is a town or village as a whole.
    #[must_use]
    pub fn is_town(self) -> bool {
        matches!(self, Class::Capital | Class::Seat | Class::LowerSeat | Class::Town)
    }

    /// Whether its coordinates are those of a spot, not the middle of an area.
    #[must_use]
    pub fn is_spot(self) -> bool {
        self.is_town() || matches!(self, Class::Quarter | Class::Camp | Class::Site)
    }
}

/// How a name stands to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is the gazetteer's own name for it.
    Main,
    /// One of its other names.
    Other,
    /// A name with its Arabic article left out.
    Stripped,
}

/// Fixed-size facts about a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// GeoNames id, under 2^24; 0 where it has none.
    pub geonames_id: u32,
    /// Degrees north and east: of a spot, or the middle of an area's towns; none where neither is known.
    pub point: Option<(f64, f64)>,
    /// Where its name stands among the strings.
    pub name: u32,
    /// Number of its first-level division; [`Record::NO_ADMIN1`] where it has none.
    pub admin1: u16,
    /// Number of its country; [`Record::NO_COUNTRY`] where it has none.
    pub country: u8,
    /// Kind.
    pub class: Class,
    /// Inhabitants, rounded to about a tenth; 0 where unknown.
    pub population: u32,
}

impl Record {
    /// Bytes of a record in the pack.
    pub const SIZE: usize = 17;
    /// No first-level division.
    pub const NO_ADMIN1: u16 = u16::MAX;
    /// No country.
    pub const NO_COUNTRY: u8 = u8::MAX;
    const NO_POINT: i32 = -0x80_0000;
    const POPULATION_STEP: f64 = 0.08;

    /// Appends the record as the pack holds it.
    pub fn write(&self, out: &mut Vec<u8>) {
        let scaled = |degrees: f64| (degrees * 1e4).round() as i32;
        let (lat, lon) = self.point.map_or((Self::NO_POINT, 0), |(lat, lon)| (scaled(lat), scaled(lon)));
        let population = (f64::from(self.population).ln_1p() / Self::POPULATION_STEP).round();
        out.extend(&self.geonames_id.to_le_bytes()[..3]);
        out.extend(&lat.to_le_bytes()[..3]);
        out.extend(&lon.to_le_bytes()[..3]);
        out.extend(&self.name.to_le_bytes()[..3]);
        out.extend(self.admin1.to_le_bytes());
        out.extend([self.country, self.class as u8, population as u8]);
    }

    /// How readily a bare name means it, on the scale of a town's inhabitants: the order of a name's postings.
    #[must_use]
    pub fn prominence(&self) -> u32 {
        match self.class {
            Class::Country | Class::Continent => u32::MAX,
            // A division is named less often than its seat of the same name.
            Class::Admin1 => self.population / 4,
            Class::Admin2 => self.population / 16,
            Class::Region | Class::Water => 1_000_000,
            Class::Quarter | Class::Camp | Class::Site if self.population == 0 => 20_000,
            _ => self.population,
        }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::SIZE] = bytes.try_into().ok()?;
        let short = |at: usize| i32::from_le_bytes([0, bytes[at], bytes[at + 1], bytes[at + 2]]) >> 8;
        let (lat, lon) = (short(3), short(6));
        Some(Self {
            geonames_id: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]),
            point: (lat != Self::NO_POINT).then(|| (f64::from(lat) / 1e4, f64::from(lon) / 1e4)),
            name: u32::from_le_bytes([bytes[9], bytes[10], bytes[11], 0]),
            admin1: u16::from_le_bytes([bytes[12], bytes[13]]),
            country: bytes[14],
            class: *Class::ALL.get(usize::from(bytes[15]))?,
            population: (f64::from(bytes[16]) * Self::POPULATION_STEP).exp_m1().round() as u32,
        })
    }
}

/// A record and how a name stands to it: three bytes in the pack, the last one of a name marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Number of the record.
    pub record: u32,
    /// How the name stands to it.
    pub kind: Match,
}

impl Posting {
    /// Bytes of a posting in the pack.
    pub const SIZE: usize = 3;

    /// Appends the posting as the pack holds it.
    pub fn write(&self, last: bool, out: &mut Vec<u8>) {
        let packed = self.record << 3 | (self.kind as u32) << 1 | u32::from(last);
        out.extend(&packed.to_le_bytes()[..3]);
    }

    fn read(bytes: &[u8]) -> (Self, bool) {
        let packed = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
        let kind = match packed >> 1 & 3 {
            0 => Match::Main,
            1 => Match::Other,
            _ => Match::Stripped,
        };
        (Self { record: packed >> 3, kind }, packed & 1 == 1)
    }
}

/// A pack that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPack(String);

impl fmt::Display for BadPack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "places pack: {}; make it again with `cargo xtask pack places`", self.0)
    }
}

impl std::error::Error for BadPack {}

/// Every known place by name.
pub struct Gazetteer {
    names: Fst<&'static [u8]>,
    postings: &'static [u8],
    records: &'static [u8],
    strings: &'static [u8],
    countries: &'static [u8],
    admin1: &'static [u8],
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Gazetteer({} places, {} names)", self.len(), self.names.len())
    }
}

/// A name found at the start of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text that it covers.
    pub len: usize,
    /// First of its postings.
    postings: u32,
}

impl Gazetteer {
    /// The gazetteer that the program carries.
    ///
    /// # Panics
    /// Where the pack was made for another version of the program: the build is broken.
    #[must_use]
    pub fn embedded() -> Self {
        Self::open(whodid_places::PACK).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Reads a pack in place.
    ///
    /// # Errors
    /// Where the bytes are no pack, or one of another version.
    pub fn open(pack: &'static [u8]) -> Result<Self, BadPack> {
        let bad = |problem: String| BadPack(problem);
        if pack.get(..8) != Some(&MAGIC) {
            return Err(bad("it does not begin as one".to_owned()));
        }
        let number = |at: usize| pack.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let version = number(8);
        if version != VERSION {
            return Err(bad(format!("its layout has version {version}, this program reads {VERSION}")));
        }
        let section = |index: usize| {
            let (start, len) = (number(12 + 8 * index) as usize, number(16 + 8 * index) as usize);
            pack.get(start..start.saturating_add(len)).ok_or_else(|| bad(format!("section {index} lies outside it")))
        };
        Ok(Self {
            names: Fst::new(section(0)?).map_err(|error| bad(error.to_string()))?,
            postings: section(1)?,
            records: section(2)?,
            strings: section(3)?,
            countries: section(4)?,
            admin1: section(5)?,
        })
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() / Record::SIZE
    }

    /// Whether it holds no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record with this number.
    #[must_use]
    pub fn record(&self, number: u32) -> Option<Record> {
        let start = number as usize * Record::SIZE;
        Record::read(self.records.get(start..start + Record::SIZE)?)
    }

    /// Name of a record.
    #[must_use]
    pub fn name(&self, record: &Record) -> &'static str {
        let start = record.name as usize;
        let len = self.strings.get(start).copied().map_or(0, usize::from);
        self.strings.get(start + 1..start + 1 + len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// Country of a record.
    #[must_use]
    pub fn country(&self, record: &Record) -> Option<Country> {
        let start = usize::from(record.country) * 6;
        Country::parse(std::str::from_utf8(self.countries.get(start..start + 3)?).ok()?)
    }

    /// The number that records have for a country.
    #[must_use]
    pub fn country_number(&self, country: Country) -> Option<u8> {
        self.countries.chunks_exact(6).position(|row| row.starts_with(country.as_str().as_bytes())).map(|number| number as u8)
    }

    /// Number of the record of a country, by the country's own number.
    #[must_use]
    pub fn country_record(&self, country: u8) -> Option<u32> {
        Self::short(self.countries.get(usize::from(country) * 6 + 3..)?)
    }

    /// Number of the record of a first-level division, by the division's own number.
    #[must_use]
    pub fn admin1_record(&self, admin1: u16) -> Option<u32> {
        Self::short(self.admin1.get(usize::from(admin1) * 3..)?)
    }

    fn short(bytes: &[u8]) -> Option<u32> {
        let bytes = bytes.get(..3)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
    }

    /// What a name may stand for, most prominent first. Case, diacritics and the Arabic article do not matter.
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = Posting> + '_ {
        let folded = fold(name);
        let hit = folded.as_deref().and_then(|key| {
            let exact = self.names.get(key);
            exact.or_else(|| self.names.get(without_article(key)?)).map(|output| Hit { len: 0, postings: output.value() as u32 })
        });
        self.postings(hit)
    }

    /// The records of a hit, most prominent first.
    pub fn postings(&self, hit: impl Into<Option<Hit>>) -> impl Iterator<Item = Posting> + '_ {
        let mut at = hit.into().map(|hit| hit.postings as usize * Posting::SIZE);
        std::iter::from_fn(move || {
            let start = at?;
            let (posting, last) = Posting::read(self.postings.get(start..start + Posting::SIZE)?);
            at = (!last).then_some(start + Posting::SIZE);
            Some(posting)
        })
    }

    /// Every name that `text` begins with and that ends where `is_end` says a word ends, shortest first.
    pub fn prefixes(&self, text: &str, is_end: impl Fn(usize) -> bool, mut found: impl FnMut(Hit)) {
        let mut at: CompiledAddr = self.names.root().addr();
        let mut output = Output::zero();
        let mut gap = false;
        for (offset, character) in text.char_indices() {
            match fold_char(character) {
                // A full stop or apostrophe that stands as a word of its own is not the name's.
                Folded::Nothing if is_end(offset) => return,
                Folded::Nothing => {}
                Folded::Gap => gap = offset > 0,
                Folded::Foreign => return,
                Folded::Letters(letters) => {
                    let gap = std::mem::take(&mut gap).then_some(b' ');
                    for byte in gap.into_iter().chain(letters.into_iter().filter(|&byte| byte != 0)) {
                        let node = self.names.node(at);
                        let Some(index) = node.find_input(byte) else { return };
                        let transition = node.transition(index);
                        output = output.cat(transition.out);
                        at = transition.addr;
                    }
                }
            }
            let end = offset + character.len_utf8();
            if !gap && is_end(end) {
                let node = self.names.node(at);
                if node.is_final() {
                    found(Hit { len: end, postings: output.cat(node.final_output()).value() as u32 });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(gazetteer: &Gazetteer, name: &str) -> Option<(String, String, Class)> {
        let record = gazetteer.record(gazetteer.lookup(name).next()?.record)?;
        Some((gazetteer.name(&record).to_owned(), gazetteer.country(&record).map_or(String::new(), |country| country.to_string()), record.class))
    }

    #[test]
    fn finds_names_whatever_their_spelling() {
        let gazetteer = Gazetteer::embedded();
        for (name, country, class) in [
            ("Aleppo", "SYR", Class::Seat),
            ("ALEPPO", "SYR", Class::Seat),
            ("Halep", "SYR", Class::Seat),
            ("Kiev", "UKR", Class::Capital),
            ("Sana'a", "YEM", Class::Capital),
            ("Hodeidah", "YEM", Class::Seat),
            ("al-Raqqah", "SYR", Class::Seat),
            ("Syria", "SYR", Class::Country),
            ("Ivory Coast", "CIV", Class::Country),
            ("Bustan al-Qasr", "SYR", Class::Quarter),
            ("Donbass", "UKR", Class::Region),
        ] {
            let (_, found, kind) = first(&gazetteer, name).unwrap();
            assert_eq!((found.as_str(), kind), (country, class), "{name}");
        }
        assert_eq!(first(&gazetteer, "Xyzzyville"), None);
        assert_eq!(first(&gazetteer, ""), None);
    }

    #[test]
    fn finds_every_name_at_the_start_of_a_text() {
        let gazetteer = Gazetteer::embedded();
        let text = "New York City's mayor";
        let mut found = Vec::new();
        gazetteer.prefixes(text, |end| matches!(end, 3 | 8 | 13 | 15), |hit| found.push(&text[..hit.len]));
        assert_eq!(found, ["New York", "New York City"]);
    }

    #[test]
    fn refuses_what_is_no_pack_of_this_version() {
        let problem = |pack: &'static [u8]| Gazetteer::open(pack).unwrap_err().to_string();
        assert!(problem(b"").contains("does not begin"));
        assert!(problem(b"WDPLACES\x63\0\0\0").contains("version 99"));
        assert!(problem(b"WDPLACES\x01\0\0\0").contains("cargo xtask pack places"));
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        let record =
            Record { geonames_id: 170_063, point: Some((36.2012, -37.1612)), name: 70_000, admin1: 9, country: 7, class: Class::Seat, population: 2_098_210 };
        let mut bytes = Vec::new();
        record.write(&mut bytes);
        assert_eq!(bytes.len(), Record::SIZE);
        let read = Record::read(&bytes).unwrap();
        assert!((f64::from(read.population) / 2_098_210.0 - 1.0).abs() < 0.05);
        assert_eq!(read, Record { population: read.population, ..record });
    }
}
