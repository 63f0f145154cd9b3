//! `cargo xtask pack actors`: dated office-holdings and armed groups, from tables of facts to one pack.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rustc_hash::{FxHashMap, FxHashSet};
use whodid::record::Country;
use whodid::resource::actors::{MAGIC, PERSON, Posts, ROLE, STINT, fold, is_article, rough};
use whodid::resource::{Countries, Naming};

/// One time in office, as the tables have it.
struct Holding {
    country: Option<Country>,
    post: String,
    person: String,
    wikidata: u32,
    start: u32,
    end: u32,
    known_until: u32,
    level: u8,
}

/// Entities that broke away, whose rows carry the parent's code.
const BREAKAWAY: &[&str] = &["abkhazia", "artsakh", "donetsk", "luhansk", "somaliland", "crimea", "transnistria", "south-ossetia"];

/// Builds `packs/actors/actors.bin` and `groups.tsv` from the tables in `facts`, and `data/actors/officeholders.tsv`.
pub(crate) fn pack(facts: &Path) -> Result<()> {
    let countries = Countries::embedded();
    let divisions = divisions(&facts.with_file_name("places").join("admin1.json"))?;
    let mut holdings = office_holders(&facts.join("officeholders-21c.csv"), &divisions)?;
    holdings.extend(international(&facts.join("world-igo-holders21.csv"))?);
    holdings.extend(executive(&facts.join("us-executive.yaml"))?);
    let mut aliases = BTreeMap::new();
    holdings.extend(by_hand(Path::new("data/actors/officeholders.tsv"), &mut aliases)?);
    let holdings = dedup(holdings, &aliases);
    let bytes = write(&holdings, &aliases)?;
    std::fs::write("packs/actors/actors.bin", &bytes)?;
    let groups = groups(&facts.join("ucdp-actors-22.1.csv"), &countries)?;
    std::fs::write("packs/actors/groups.tsv", &groups)?;
    println!("{} holdings, {} bytes; {} groups", holdings.len(), bytes.len(), groups.lines().count() - 1);
    Ok(())
}

/// "2016-12-13", "2016-12", "2016" to yyyymmdd with zeros for what is not told; 0 for nothing.
fn number(date: &str) -> u32 {
    let mut parts = date.trim().split('-').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    next() * 10_000 + next() * 100 + next()
}

fn item(wikidata: &str) -> u32 {
    wikidata.trim_start_matches('Q').parse().unwrap_or(0)
}

/// Names of provinces and states by country.
fn divisions(path: &Path) -> Result<FxHashMap<String, Vec<String>>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let rows: serde_json::Value = serde_json::from_str(&text)?;
    let countries = Countries::embedded();
    let mut all: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for row in rows.as_array().into_iter().flatten() {
        let (Some(code), Some(name)) = (row["code"].as_str(), row["name"].as_str()) else { continue };
        let Some(country) = code.split('.').next().and_then(|code2| countries.by_code2(code2)) else { continue };
        all.entry(country.to_string()).or_default().push(fold(name));
    }
    Ok(all)
}

fn office_holders(path: &Path, divisions: &FxHashMap<String, Vec<String>>) -> Result<Vec<Holding>> {
    let mut rows = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let (mut holdings, mut repositories) = (Vec::new(), Vec::new());
    let mut latest: FxHashMap<String, u32> = FxHashMap::default();
    for row in rows.records() {
        let row = row?;
        let cell = |index: usize| row.get(index).unwrap_or("").trim();
        let (start, end, repository) = (number(cell(4)), number(cell(5)), cell(6).to_owned());
        if start == 0 || cell(2).is_empty() {
            continue;
        }
        // The last change that a table tells is the last day it is known to have been kept.
        let known = latest.entry(repository.clone()).or_default();
        *known = (*known).max(start).max(end.min(20_230_131));
        let level = if BREAKAWAY.iter().any(|name| repository.contains(name)) {
            2
        } else {
            u8::from(is_subnational(cell(1), divisions.get(cell(0)).map_or(&[], Vec::as_slice)))
        };
        let country = match cell(0) {
            "UNK" => Country::parse("XKX"),
            "IGO" => None,
            code => Country::parse(code),
        };
        holdings.push(Holding { country, post: cell(1).to_owned(), person: cell(2).to_owned(), wikidata: item(cell(3)), start, end, known_until: 0, level });
        repositories.push(repository);
    }
    for (holding, repository) in holdings.iter_mut().zip(&repositories) {
        holding.known_until = latest.get(repository).copied().unwrap_or(0);
    }
    Ok(holdings)
}

/// Whether a post is one of a part of the country: a governor's, a mayor's, a provincial minister's.
fn is_subnational(post: &str, divisions: &[String]) -> bool {
    let folded = fold(post);
    if ["mayor of", "governor of", "lord mayor", "county governor", "chief minister", "lieutenant governor"].iter().any(|start| folded.contains(start)) {
        return !["bank", "reserve", "governor general"].iter().any(|word| folded.contains(word));
    }
    if folded.starts_with("ambassador") || folded.starts_with("secretary of state for") {
        return false;
    }
    let Some((_, rest)) = folded.split_once(" of ").or_else(|| folded.split_once(" for ")) else { return false };
    divisions.iter().any(|name| name.len() > 3 && (rest == name || rest.ends_with(&format!(" {name}")) || rest.ends_with(&format!(" of {name}"))))
}

fn international(path: &Path) -> Result<Vec<Holding>> {
    let mut rows = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let mut holdings = Vec::new();
    for row in rows.records() {
        let row = row?;
        let cell = |index: usize| row.get(index).unwrap_or("").trim();
        let (start, end) = (number(cell(3)), number(cell(4)));
        if start > 0 {
            let (post, person) = (cell(0).to_owned(), cell(1).split(", Baron").next().unwrap_or("").to_owned());
            holdings.push(Holding { country: None, post, person, wikidata: item(cell(2)), start, end, known_until: 20_230_131, level: 0 });
        }
    }
    Ok(holdings)
}

/// Presidents and vice-presidents: the file's own few lines of YAML, read line by line.
fn executive(path: &Path) -> Result<Vec<Holding>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let country = Country::parse("USA");
    let (mut holdings, mut first, mut last, mut post, mut start) = (Vec::new(), String::new(), String::new(), "", 0);
    for line in text.lines() {
        let Some((key, value)) = line.trim_start_matches(['-', ' ']).split_once(':') else { continue };
        let value = value.trim().trim_matches(['\'', '"']);
        match key {
            "first" => first = value.to_owned(),
            "last" => last = value.to_owned(),
            "type" => post = if value == "prez" { "President of the United States" } else { "Vice President of the United States" },
            "start" => start = number(value),
            "end" if number(value) >= 19_890_000 => {
                let person = format!("{first} {last}");
                holdings.push(Holding { country, post: post.to_owned(), person, wikidata: 0, start, end: number(value), known_until: 0, level: 0 });
            }
            _ => {}
        }
    }
    Ok(holdings)
}

/// `data/actors/officeholders.tsv`: code, post, person, wikidata, start, end, other names.
fn by_hand(path: &Path, aliases: &mut BTreeMap<String, Vec<String>>) -> Result<Vec<Holding>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut holdings = Vec::new();
    let mut known_until = 0;
    for line in text.lines() {
        if let Some(date) = line.strip_prefix("# checked ") {
            known_until = number(date);
            continue;
        }
        if line.starts_with('#') || line.is_empty() || line.starts_with("code\t") {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, post, person, wikidata, start, end, ..] = cells[..] else { anyhow::bail!("six cells wanted: {line}") };
        ensure!(number(start) > 0, "no start: {line}");
        let country = Country::parse(code).filter(|_| code != "IGO");
        holdings.push(Holding {
            country,
            post: post.into(),
            person: person.into(),
            wikidata: item(wikidata),
            start: number(start),
            end: number(end),
            known_until,
            level: 0,
        });
        if let Some(names) = cells.get(6) {
            aliases.entry(person.to_owned()).or_default().extend(names.split('|').filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    Ok(holdings)
}

/// One person, one number; the same stint from two tables once; a stint by hand closes an open one of the same office.
fn dedup(mut holdings: Vec<Holding>, aliases: &BTreeMap<String, Vec<String>>) -> Vec<Holding> {
    let mut number_of: FxHashMap<String, u32> = FxHashMap::default();
    for holding in holdings.iter().filter(|holding| holding.wikidata > 0) {
        number_of.entry(fold(&holding.person)).or_insert(holding.wikidata);
    }
    let mut usual: FxHashMap<u32, String> = FxHashMap::default();
    for holding in holdings.iter_mut().filter(|holding| holding.wikidata == 0) {
        let names = std::iter::once(&holding.person).chain(aliases.get(&holding.person).into_iter().flatten());
        holding.wikidata = names.filter_map(|name| number_of.get(&fold(name))).copied().next().unwrap_or(0);
        if holding.wikidata > 0 {
            usual.insert(holding.wikidata, holding.person.clone());
        }
    }
    // One person bears one name, the one of the list by hand where it has one.
    for holding in holdings.iter().filter(|holding| holding.wikidata > 0) {
        usual.entry(holding.wikidata).or_insert_with(|| holding.person.clone());
    }
    for holding in &mut holdings {
        if let Some(name) = usual.get(&holding.wikidata) {
            holding.person.clone_from(name);
        }
    }
    // A row whose start is after its end is a slip of the source.
    holdings.retain(|holding| holding.end == 0 || holding.end + 1231 >= holding.start);
    holdings.sort_by(|a, b| {
        (fold(&a.person), a.wikidata, a.country, &a.post, a.start, a.end).cmp(&(fold(&b.person), b.wikidata, b.country, &b.post, b.start, b.end))
    });
    // Where one table has the stint open and another closed, the closed one is the newer knowledge.
    let mut kept: Vec<Holding> = Vec::with_capacity(holdings.len());
    for holding in holdings {
        match kept.last_mut() {
            Some(last)
                if last.person == holding.person && last.post == holding.post && last.country == holding.country && last.start / 100 == holding.start / 100 =>
            {
                last.end = last.end.max(holding.end);
                last.known_until = last.known_until.max(holding.known_until);
            }
            _ => kept.push(holding),
        }
    }
    kept
}

/// How high an office is: 0 head of state or government, 1 foreign, defence, interior, 2 the rest.
fn rank(roles: &[String], level: u8) -> u8 {
    if level > 0 {
        return 3;
    }
    match roles {
        _ if roles.iter().any(|role| matches!(role.as_str(), "president" | "head_of_government" | "monarch" | "un_secretary_general")) => 0,
        _ if roles
            .iter()
            .any(|role| matches!(role.as_str(), "minister:foreign" | "minister:defence" | "minister:interior" | "deputy president" | "un_envoy")) =>
        {
            1
        }
        _ => 2,
    }
}

#[derive(Default)]
struct Strings {
    ids: FxHashMap<String, u32>,
    all: Vec<String>,
}

impl Strings {
    fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.all.len() as u32;
        self.ids.insert(text.to_owned(), id);
        self.all.push(text.to_owned());
        id
    }
}

fn write(holdings: &[Holding], aliases: &BTreeMap<String, Vec<String>>) -> Result<Vec<u8>> {
    let (posts, countries) = (Posts::embedded(), Countries::embedded());
    let mut strings = Strings::default();
    let (mut people, mut stints, mut roles) = (Vec::<u8>::new(), Vec::<u8>::new(), Vec::<([u8; 3], String, u32)>::new());
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let (mut last, mut person): (Option<(&str, u32)>, u32) = (None, 0);
    let mut unread: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, holding) in holdings.iter().enumerate() {
        let who = (holding.person.as_str(), holding.wikidata);
        if last != Some(who) {
            person = (people.len() / PERSON) as u32;
            last = Some(who);
            let count = holdings[index..].iter().take_while(|next| (next.person.as_str(), next.wikidata) == who).count();
            for word in [strings.id(&holding.person), holding.wikidata, index as u32, count as u32] {
                people.extend(word.to_le_bytes());
            }
            let mut own = name_keys(&holding.person);
            aliases.get(&holding.person).into_iter().flatten().for_each(|alias| own.extend(name_keys(alias)));
            for key in own {
                keys.entry(key).or_default().push(person);
            }
        }
        let mut title = posts.read(&without_country(&holding.post, holding.country, &countries));
        if title.unread > 0 {
            // "President of the Regional Assembly": the high offices are those of the state and nothing else.
            title.roles.retain(|role| {
                !matches!(role.trim_start_matches("deputy "), "president" | "head_of_government" | "monarch" | "chief_of_staff" | "minister" | "un_envoy")
            });
        }
        if title.roles.is_empty() {
            *unread.entry(&holding.post).or_default() += 1;
        }
        let (code, rank) = (holding.country.map_or([0; 3], |country| country.0), rank(&title.roles, holding.level));
        if rank < 2
            && let Some(surname) = surname(&holding.person)
        {
            let list = keys.entry(format!("~{surname}")).or_default();
            if list.last() != Some(&person) {
                list.push(person);
            }
        }
        for word in [person, strings.id(&holding.post), holding.start, holding.end, holding.known_until] {
            stints.extend(word.to_le_bytes());
        }
        stints.extend(code);
        stints.extend([holding.level, title.sector.map_or(u8::MAX, |sector| sector as u8), rank, 0, 0]);
        if holding.level == 0 {
            roles.extend(title.roles.iter().map(|role| (code, role.clone(), index as u32)));
        }
    }
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    let names: std::collections::BTreeSet<String> = holdings.iter().map(|holding| fold(&holding.person)).collect();
    names
        .iter()
        .filter_map(|name| name.split_once(' '))
        .filter(|(first, _)| first.len() > 2 && !is_article(first))
        .for_each(|(first, _)| *given.entry(first.to_owned()).or_default() += 1);
    keys.extend(given.into_iter().filter(|(_, count)| *count >= 3).map(|(name, _)| (format!("!{name}"), vec![0])));
    roles.sort();
    let mut role_bytes = Vec::new();
    for (code, role, stint) in &roles {
        role_bytes.extend(code);
        role_bytes.push(0);
        role_bytes.extend(strings.id(role).to_le_bytes());
        role_bytes.extend(stint.to_le_bytes());
    }
    let (mut postings, mut builder) = (Vec::new(), fst::MapBuilder::memory());
    for (key, list) in &keys {
        builder.insert(key, ((postings.len() / 4) as u64) << 16 | list.len() as u64)?;
        list.iter().for_each(|person| postings.extend(person.to_le_bytes()));
    }
    let keys = builder.into_inner()?;
    let mut unread: Vec<_> = unread.into_iter().collect();
    unread.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    println!(
        "posts that no wording reads: {} of {}; the most frequent: {:?}",
        unread.iter().map(|(_, count)| count).sum::<usize>(),
        holdings.len(),
        &unread[..unread.len().min(40)]
    );
    let mut string_bytes = Vec::new();
    let mut at = 0u32;
    for text in &strings.all {
        string_bytes.extend(at.to_le_bytes());
        at += text.len() as u32;
    }
    string_bytes.extend(at.to_le_bytes());
    strings.all.iter().for_each(|text| string_bytes.extend(text.as_bytes()));

    let snapshot = 20_230_131u32;
    let mut header: Vec<u32> = vec![snapshot];
    let mut body: Vec<u8> = Vec::new();
    let sections = [
        (&people, people.len() / PERSON),
        (&stints, stints.len() / STINT),
        (&role_bytes, role_bytes.len() / ROLE),
        (&string_bytes, strings.all.len()),
        (&postings, postings.len() / 4),
        (&keys, keys.len()),
    ];
    for (bytes, count) in sections {
        while !body.len().is_multiple_of(8) {
            body.push(0);
        }
        header.extend([(64 + body.len()) as u32, count as u32]);
        body.extend(bytes);
    }
    header.resize(14, 0);
    let mut out = MAGIC.to_vec();
    header.iter().for_each(|word| out.extend(word.to_le_bytes()));
    out.extend(body);
    Ok(out)
}

/// A title without the names of its own country.
fn without_country(post: &str, country: Option<Country>, countries: &Countries) -> String {
    let mut title = format!(" {} ", fold(post));
    if let Some(row) = country.and_then(|country| countries.get(country)) {
        let mut names: Vec<String> = row.names().chain(row.adjectives()).map(fold).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names {
            title = title.replace(&format!(" {name} "), " ");
        }
    }
    title
}

/// Keys under which a full name is found.
fn name_keys(name: &str) -> FxHashSet<String> {
    let name = name.split(" (").next().unwrap_or(name).split(", ").next().unwrap_or(name);
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "dr" | "sir" | "lord" | "baron")).collect();
    let bare: Vec<&str> = words.iter().copied().filter(|word| !is_article(word)).collect();
    let mut keys = FxHashSet::default();
    keys.insert(words.join(" "));
    keys.insert(bare.join(" "));
    if let (Some(first), Some(last)) = (bare.first(), bare.last())
        && bare.len() > 2
    {
        keys.insert(format!("{first} {last}"));
        // Two last names, and names where the second given name is the one that is used.
        keys.insert(format!("{first} {}", bare[1]));
        keys.insert(format!("{} {last}", bare[bare.len() - 2]));
    }
    let roughs: Vec<String> = keys.iter().filter(|key| key.contains(' ')).map(|key| format!("^{}", rough(key))).collect();
    keys.extend(roughs);
    keys
}

fn surname(name: &str) -> Option<String> {
    let folded = fold(name.split(" (").next().unwrap_or(name).split(", ").next().unwrap_or(name));
    folded.split(' ').rfind(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii")).map(str::to_owned)
}

/// Armed groups with names of two words or more: single words are peoples and acronyms, which the list by hand carries.
fn groups(path: &Path, countries: &Countries) -> Result<String> {
    let mut rows = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let mut out = "name\tcountry\tfirst\tlast\taliases\n".to_owned();
    let mut seen = FxHashSet::default();
    for row in rows.records() {
        let row = row?;
        let cell = |index: usize| row.get(index).unwrap_or("").trim();
        // A joined row mixes the two sides of a conflict; only rows of one list give the names of one group.
        if cell(5).contains('+') || cell(1).contains(',') || cell(1).starts_with("Government of") || cell(4).parse::<u32>().unwrap_or(0) < 1995 {
            continue;
        }
        let names: Vec<&str> = cell(1).split('|').map(str::trim).filter(|name| *name != "n/a" && name.len() > 2).collect();
        let joined = cell(5) == "acd" && names.len() > 1;
        let long: Vec<&str> = names.iter().copied().filter(|name| name.split(' ').count() > 1 && !name.contains(['(', '/']) && !name.contains(" - ")).collect();
        let Some(&name) = long.first().filter(|_| !joined) else { continue };
        if ["clan", "tribe", "Supporters of", "subclan", "Dinka", "Nuer", "Muslims", "Hindus", "Christians"].iter().any(|word| name.contains(word))
            || !seen.insert(fold(name))
        {
            continue;
        }
        let places: Vec<&str> = cell(2).split('|').map(|place| place.split(" (").next().unwrap_or(place).trim()).collect();
        let country = match places[..] {
            [place] => match countries.naming(place) {
                Some((country, Naming::Name)) => country.to_string(),
                _ => String::new(),
            },
            _ => String::new(),
        };
        let aliases: Vec<&str> = names.iter().copied().filter(|other| *other != name && !other.contains(['(', '/'])).collect();
        writeln!(out, "{name}\t{country}\t{}\t{}\t{}", cell(3), cell(4), aliases.join("|"))?;
    }
    Ok(out)
}
