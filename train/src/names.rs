//! Sets of names, brought to one scheme.
//!
//! The sets differ in what they call a name. The scheme here: without article, title or possessive mark; a country is a location
//! also where it acts; a nationality, people, religion or party membership is a norp.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use train::conllu::Sentence;
use whodid::parse::features::word_hash;
use whodid::record::{Article, Block, NameKind, Span, Upos, Zone};
use whodid::resource::{Resources, build_slots};
use whodid::text;

/// A sentence with its names: first word, one past the last, kind.
pub(crate) struct Named {
    /// Spellings.
    pub(crate) forms: Vec<String>,
    /// Names, in order, without overlap.
    pub(crate) names: Vec<(usize, usize, NameKind)>,
}

/// Words of nationalities, peoples and religions.
pub(crate) fn peoples(known: &Resources) -> BTreeSet<String> {
    let mut peoples: BTreeSet<String> =
        include_str!("../data/peoples.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(str::to_lowercase).collect();
    for country in known.countries.rows() {
        for word in country.adjectives() {
            if !word.contains(' ') && word.len() > 3 {
                peoples.insert(word.to_lowercase());
                peoples.insert(format!("{}s", word.to_lowercase()));
            }
        }
    }
    peoples
}

/// Names in two columns: spelling and mark (B-PER, I-PER, O), a blank line after each sentence.
pub(crate) fn columns(path: &Path) -> anyhow::Result<Vec<Named>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut all = Vec::new();
    let mut named = Named { forms: Vec::new(), names: Vec::new() };
    for line in text.lines().chain([""]) {
        let Some((form, label)) = line.split_once('\t') else {
            if !named.forms.is_empty() {
                all.push(std::mem::replace(&mut named, Named { forms: Vec::new(), names: Vec::new() }));
            }
            continue;
        };
        let at = named.forms.len();
        named.forms.push(form.to_owned());
        let kind = match label.get(2..) {
            Some("PER" | "Person") => NameKind::Person,
            Some("ORG" | "Organization") => NameKind::Organization,
            Some("LOC" | "Location" | "Facility") => NameKind::Location,
            Some("NORP") => NameKind::Norp,
            _ => continue,
        };
        match named.names.last_mut() {
            Some(last) if label.starts_with("I-") && last.1 == at && last.2 == kind => last.1 = at + 1,
            _ => named.names.push((at, at + 1, kind)),
        }
    }
    Ok(all)
}

/// This project's own labels: words, a tab, and "name=KIND; name=KIND", where a kind is P, O, L, F or N.
pub(crate) fn own(path: &Path) -> anyhow::Result<Vec<Named>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (words, listed) = line.split_once('\t').with_context(|| format!("{}:{}: no tab", path.display(), number + 1))?;
        let forms: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let (mut names, mut from) = (Vec::new(), 0);
        for item in listed.split("; ").filter(|item| !item.is_empty()) {
            let wrong = || format!("{}:{}: {item}", path.display(), number + 1);
            let (name, kind) = item.rsplit_once('=').with_context(wrong)?;
            let kind = match kind {
                "P" => NameKind::Person,
                "O" => NameKind::Organization,
                "L" | "F" => NameKind::Location,
                "N" => NameKind::Norp,
                _ => anyhow::bail!("{}: no such kind", wrong()),
            };
            let name: Vec<&str> = name.split(' ').collect();
            let at = (from..(forms.len() + 1).saturating_sub(name.len())).find(|&at| name.iter().zip(&forms[at..]).all(|(a, b)| a == b));
            let at = at.with_context(wrong)?;
            from = at + name.len();
            names.push((at, from, kind));
        }
        all.push(Named { forms, names });
    }
    Ok(all)
}

/// Marks nationalities outside names, and drops articles, titles and possessive marks from names.
pub(crate) fn unify(named: &mut Named, peoples: &BTreeSet<String>, known: &Resources) {
    for (start, end, kind) in &mut named.names {
        let bare = |word: &str| word.trim_end_matches('.').to_lowercase();
        while *start < *end && matches!(bare(&named.forms[*start]).as_str(), "the" | "a" | "an") {
            *start += 1;
        }
        while *start + 1 < *end
            && *kind == NameKind::Person
            && (known.splitting.is_title(&bare(&named.forms[*start])) || peoples.contains(&bare(&named.forms[*start])))
        {
            *start += 1;
        }
        while *start < *end && matches!(named.forms[*end - 1].as_str(), "'s" | "’s" | "'" | "’") {
            *end -= 1;
        }
        if *start + 1 == *end && *kind != NameKind::Norp && peoples.contains(&named.forms[*start].to_lowercase()) {
            *kind = NameKind::Norp;
        }
    }
    named.names.retain(|(start, end, _)| start < end);
    let mut taken = vec![false; named.forms.len()];
    for &(start, end, _) in &named.names {
        taken[start..end].fill(true);
    }
    for (at, form) in named.forms.iter().enumerate() {
        if !taken[at] && form.chars().next().is_some_and(char::is_uppercase) && peoples.contains(&form.to_lowercase()) {
            named.names.push((at, at + 1, NameKind::Norp));
        }
    }
    named.names.sort_unstable_by_key(|name| name.0);
}

/// Names of a GUM treebank: entities whose head is a proper noun, cut to the proper nouns.
pub(crate) fn gum(sentences: &[Sentence]) -> Vec<Named> {
    let mut all = Vec::new();
    let mut open: Vec<(String, String, usize)> = Vec::new();
    for sentence in sentences {
        let mut entities: Vec<(usize, usize, NameKind)> = Vec::new();
        open.clear();
        for (word, misc) in sentence.misc.iter().enumerate() {
            let Some(entity) = misc.split('|').find_map(|field| field.strip_prefix("Entity=")) else { continue };
            let mut rest = entity;
            while !rest.is_empty() {
                if let Some(inner) = rest.strip_prefix('(') {
                    let end = inner.find(['(', ')']).unwrap_or(inner.len());
                    let mut fields = inner[..end].split('-');
                    let (id, kind) = (fields.next().unwrap_or("").to_owned(), fields.next().unwrap_or("").to_owned());
                    rest = &inner[end..];
                    open.push((id.clone(), kind, word));
                    if let Some(after) = rest.strip_prefix(')') {
                        rest = after;
                        close(&mut open, &id, word, &mut entities);
                    }
                } else {
                    let end = rest.find(')').unwrap_or(rest.len());
                    let id = rest[..end].to_owned();
                    rest = rest.get(end + 1..).unwrap_or("");
                    close(&mut open, &id, word, &mut entities);
                }
            }
        }
        let mut names: Vec<(usize, usize, NameKind)> = entities.into_iter().filter_map(|entity| proper(sentence, entity)).collect();
        // The longest of those that overlap.
        names.sort_by_key(|&(start, end, _)| (std::cmp::Reverse(end - start), start));
        let mut kept: Vec<(usize, usize, NameKind)> = Vec::new();
        for name in names {
            if kept.iter().all(|other| name.1 <= other.0 || other.1 <= name.0) {
                kept.push(name);
            }
        }
        kept.sort_unstable_by_key(|name| name.0);
        all.push(Named { forms: sentence.forms.clone(), names: kept });
    }
    all
}

fn close(open: &mut Vec<(String, String, usize)>, id: &str, word: usize, entities: &mut Vec<(usize, usize, NameKind)>) {
    let Some(index) = open.iter().rposition(|entity| entity.0 == id) else { return };
    let (_, kind, start) = open.remove(index);
    let kind = match kind.as_str() {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Location,
        _ => return,
    };
    entities.push((start, word + 1, kind));
}

fn proper(sentence: &Sentence, (start, end, kind): (usize, usize, NameKind)) -> Option<(usize, usize, NameKind)> {
    let head = (start..end).find(|&word| !(start..end).contains(&(sentence.heads[word] as usize)))?;
    let is_name = |word: usize| {
        sentence.upos[word] == Upos::Propn || (sentence.upos[word] == Upos::Adj && sentence.forms[word].chars().next().is_some_and(char::is_uppercase))
    };
    if sentence.upos[head] != Upos::Propn {
        return None;
    }
    let joins = |word: usize| matches!(sentence.forms[word].as_str(), "of" | "for" | "and" | "&" | "-" | "de" | "the" | "'s");
    let (mut low, mut high) = (head, head + 1);
    while low > start && (is_name(low - 1) || (sentence.forms[low - 1] == "-" && low - 1 > start && is_name(low - 2))) {
        low -= 1;
    }
    loop {
        let mut next = high;
        while kind != NameKind::Person && next < end && joins(next) || next < end && sentence.forms[next] == "-" {
            next += 1;
        }
        if next < end && next - high <= 2 && is_name(next) {
            high = next + 1;
        } else {
            break;
        }
    }
    Some((low, high, kind))
}

/// Names of the re3d folders under licences that let them be shipped.
pub(crate) fn re3d(folder: &Path, known: &Resources) -> anyhow::Result<Vec<Named>> {
    let mut all = Vec::new();
    for set in [
        "Australian_Department_of_Foreign_Affairs",
        "CENTCOM",
        "Delegation_of_the_European_Union_to_Syria",
        "UK_Government",
        "US_State_Department",
        "Wikipedia",
    ] {
        let documents = std::fs::read_to_string(folder.join(set).join("documents.json")).with_context(|| set.to_owned())?;
        let entities = std::fs::read_to_string(folder.join(set).join("entities.json")).with_context(|| set.to_owned())?;
        let entities: Vec<serde_json::Value> = entities.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        for line in documents.lines() {
            let Ok(document) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let (Some(id), Some(text)) = (document["_id"].as_str(), document["text"].as_str()) else { continue };
            let article = Article { text: text.to_owned(), zones: vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }], ..Article::default() };
            let split = text::split(&article, known);
            let byte = |at: u64| text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte);
            let mut spans: Vec<(usize, usize, NameKind)> = Vec::new();
            for entity in entities.iter().filter(|entity| entity["documentId"].as_str() == Some(id)) {
                let kind = match entity["type"].as_str() {
                    Some("Person") => NameKind::Person,
                    Some("Organisation") => NameKind::Organization,
                    Some("Location") => NameKind::Location,
                    Some("Nationality") => NameKind::Norp,
                    _ => continue,
                };
                let (Some(begin), Some(end)) = (entity["begin"].as_u64(), entity["end"].as_u64()) else { continue };
                spans.push((byte(begin), byte(end), kind));
            }
            for sentence in &split.sentences {
                let words = &split.words[sentence.words.clone()];
                let forms: Vec<String> = words.iter().map(|word| word.of(text).to_owned()).collect();
                let mut names: Vec<(usize, usize, NameKind)> = Vec::new();
                for &(begin, end, kind) in &spans {
                    let first = words.iter().position(|word| word.start as usize >= begin);
                    let last = words.iter().rposition(|word| word.end as usize <= end);
                    if let (Some(first), Some(last)) = (first, last)
                        && first <= last
                        && (words[first].start as usize) < end
                        && let Some(name) = capitalised(&forms, (first, last + 1, kind), known)
                    {
                        names.push(name);
                    }
                }
                names.sort_by_key(|&(start, end, kind)| (std::cmp::Reverse(end - start), start, kind));
                let mut kept: Vec<(usize, usize, NameKind)> = Vec::new();
                for name in names {
                    if kept.iter().all(|other| name.1 <= other.0 || other.1 <= name.0) {
                        kept.push(name);
                    }
                }
                kept.sort_unstable_by_key(|name| name.0);
                all.push(Named { forms, names: kept });
            }
        }
    }
    Ok(all)
}

/// A noun phrase cut down to a name: every word but small words inside begins with a capital.
fn capitalised(forms: &[String], (mut start, end, kind): (usize, usize, NameKind), known: &Resources) -> Option<(usize, usize, NameKind)> {
    let capital = |word: usize| forms[word].chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if start < end && matches!(forms[start].to_lowercase().as_str(), "the" | "a" | "an") {
        start += 1;
    }
    let inner = |word: usize| matches!(forms[word].as_str(), "of" | "for" | "and" | "the" | "-" | "al" | "in" | "&" | "(" | ")" | "bin" | "ibn" | "de");
    if start >= end || !capital(start) || !capital(end - 1) || !(start..end).all(|word| capital(word) || inner(word)) {
        return None;
    }
    let name = forms[start..end].join(" ");
    let country = known.countries.rows().iter().any(|row| row.names().any(|other| other == name));
    Some((start, end, if country { NameKind::Location } else { kind }))
}

/// The section `lists`: words of given names 1, family names 2, countries 4, peoples 8, places 16, organisations 32.
pub(crate) fn lists(data: &Path, known: &Resources, peoples: &BTreeSet<String>) -> anyhow::Result<Vec<u8>> {
    let mut bits: std::collections::BTreeMap<u32, u16> = std::collections::BTreeMap::new();
    let mut add = |word: &str, bit: u16| {
        if word.chars().count() > 1 {
            *bits.entry(word_hash(word)).or_default() |= bit;
        }
    };
    for file in ["facts/actors/officeholders-21c.csv", "facts/actors/world-igo-holders21.csv"] {
        let mut rows = csv::Reader::from_path(data.join(file)).with_context(|| file.to_owned())?;
        let column = rows.headers()?.iter().position(|name| name == "person").context("no column person")?;
        for row in rows.records() {
            let row = row?;
            let names: Vec<&str> = row.get(column).unwrap_or("").split([' ', '-']).filter(|name| !name.is_empty()).collect();
            if let [given, .., family] = names.as_slice() {
                add(given, 1);
                add(family, 2);
            }
        }
    }
    for country in known.countries.rows() {
        for word in country.names().flat_map(|name| name.split([' ', '-'])) {
            if word.chars().next().is_some_and(char::is_uppercase) {
                add(word, 4);
            }
        }
    }
    for people in peoples {
        add(people, 8);
    }
    let organisations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/actors/organisations.tsv");
    let organisations = std::fs::read_to_string(&organisations).with_context(|| organisations.display().to_string())?;
    for line in organisations.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut fields = line.split('\t');
        let names = fields.next().into_iter().chain(fields.nth(2)).flat_map(|names| names.split('|'));
        for word in names.flat_map(|name| name.split([' ', '-'])) {
            if word.chars().next().is_some_and(char::is_uppercase) {
                add(word, 32);
            }
        }
    }
    for number in 0..known.places.len() as u32 {
        let Some(record) = known.places.record(number) else { continue };
        if record.population >= 15_000 || !record.class.is_town() {
            for word in known.places.name(&record).split([' ', '-']) {
                if word.len() > 3 && word.chars().next().is_some_and(char::is_uppercase) {
                    add(word, 16);
                }
            }
        }
    }
    let entries: Vec<(u32, u16)> = bits.into_iter().collect();
    eprintln!("lists: {} words", entries.len());
    Ok(build_slots(&entries))
}
