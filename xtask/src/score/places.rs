//! Place names against LGL, GeoVirus and GeoWebNews: their spans, and what they are resolved to.
//!
//! Spans match by overlap, one to one. A place is right when it has the gold's GeoNames id or lies within 161 km of it, and for a
//! country when it is that country. In sets that label adjectives of nationality, those that the coder reads as a country count as found,
//! right or wrong; in others they do not. Areas, which carry no coordinates, are measured from the middle that the gazetteer has for them.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use roxmltree::{Document as Xml, Node};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use whodid::mention::place;
use whodid::record::{Country, Document, Format, Place, PlaceMention, PlacePrecision, Reading};
use whodid::resource::Resources;
use whodid::{article, parse, text};

use super::{percent, set};

const NEAR_KM: f64 = 161.0;

/// A toponym of a gold set.
struct Gold {
    /// Code points.
    start: usize,
    end: usize,
    id: Option<u32>,
    point: Option<(f64, f64)>,
    /// The country, where it names one.
    names_country: Option<Country>,
    /// The country in which it lies.
    country: Option<Country>,
    kind: String,
}

struct Article {
    text: String,
    gold: Vec<Gold>,
}

/// Scores places on one of the three sets, told apart by their form.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let known = Resources::embedded();
    let mut ids: FxHashMap<u32, u32> = FxHashMap::default();
    for number in 0..known.places.len() as u32 {
        if let Some(record) = known.places.record(number).filter(|record| record.geonames_id != 0) {
            ids.insert(record.geonames_id, number);
        }
    }
    let articles = read(path, &known, &ids)?;
    let trace = std::env::var_os("TRACE").is_some();
    let (mut gold_all, mut found_all, mut both) = (0, 0, 0);
    let (mut with_id, mut id_right) = (0, 0);
    let (mut with_country, mut country_right) = (0, 0);
    let (mut with_place, mut near, mut resolvable) = (0, 0, 0);
    let mut seconds = 0.0;
    let with_demonyms = labels_demonyms(&articles, &known);
    for source in &articles {
        let document = Document { bytes: source.text.clone().into_bytes(), format: Format::Text, ..Document::default() };
        let mut issues = Vec::new();
        let article = article::read(&document, &mut issues);
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        let started = Instant::now();
        let mut places = place::find(&reading, &known);
        seconds += started.elapsed().as_secs_f64();
        if with_demonyms {
            add_demonyms(&reading, &known, &mut places);
        }

        let marks = Marks::new(&article.text);
        let gold_marks = Marks::new(&source.text);
        let mut taken = vec![false; places.len()];
        gold_all += source.gold.len();
        found_all += places.len();
        for gold in &source.gold {
            let (start, end) = (gold_marks.of_char(gold.start), gold_marks.of_char(gold.end));
            resolvable += usize::from(gold.id.is_some() || gold.point.is_some());
            let hit = places.iter().enumerate().find(|(index, mention)| {
                let (first, last) = (marks.of_byte(mention.place.span.start as usize), marks.of_byte(mention.place.span.end as usize));
                !taken[*index] && first < end && start < last
            });
            let surface: String = source.text.chars().skip(gold.start).take(gold.end - gold.start).collect();
            let Some((index, mention)) = hit else {
                if trace {
                    let words = (0..reading.len()).filter(|&word| {
                        let span = reading.span(word);
                        marks.of_byte(span.start as usize) < end && start < marks.of_byte(span.end as usize)
                    });
                    let tags: Vec<String> = words
                        .map(|word| {
                            let name = reading.parse.names.iter().find(|name| name.words.contains(&word));
                            let name = name.map_or(String::new(), |name| {
                                format!("{}:{}", name.kind, reading.surface(reading.span_of(name.words.start, name.words.end - 1)))
                            });
                            format!("{}/{name}", reading.upos(word))
                        })
                        .collect();
                    let is_known = known.places.lookup(&surface).next().is_some();
                    println!("MISSED\t{surface}\t{}\t{is_known}\t{}\t{}", gold.kind, tags.join(" "), around(&source.text, gold));
                }
                continue;
            };
            taken[index] = true;
            both += 1;
            let point = mention.place.lat.zip(mention.place.lon).or_else(|| {
                let number = ids.get(&mention.place.geonames_id?)?;
                known.places.record(*number)?.point
            });
            if let Some(id) = gold.id {
                with_id += 1;
                id_right += usize::from(mention.place.geonames_id == Some(id));
            }
            if let Some(country) = gold.country {
                with_country += 1;
                country_right += usize::from(mention.place.country == Some(country));
            }
            if gold.id.is_some() || gold.point.is_some() {
                with_place += 1;
                let right = right(mention, &known, point, gold);
                near += usize::from(right);
                if trace && !right {
                    let place = &mention.place;
                    println!(
                        "WRONG\t{surface}\t{}\tgold {:?} {:?} {:?}\tfound {:?} {:?} {:?}",
                        gold.kind,
                        gold.id.map(|id| ids.contains_key(&id)),
                        gold.point,
                        gold.country,
                        place.name,
                        place.country,
                        place.admin1
                    );
                }
            }
        }
        if trace {
            for (mention, _) in places.iter().zip(&taken).filter(|(_, taken)| !**taken) {
                let span = mention.place.span;
                println!("EXTRA\t{}\t{:?}\t{}", reading.surface(span), mention.place.name, context(&article.text, span.range()));
            }
        }
    }
    let share = |part: usize, whole: usize| percent(part as f64, whole as f64);
    Ok(json!({
        "task": "places", "set": set(path), "n": gold_all,
        "span_f1": share(2 * both, gold_all + found_all), "span_precision": share(both, found_all), "span_recall": share(both, gold_all),
        "exact_id": share(id_right, with_id), "country": share(country_right, with_country), "acc161": share(near, with_place),
        "end_to_end161": share(near, resolvable), "ms_per_article": (seconds * 1e6 / articles.len().max(1) as f64).round() / 1e3,
    }))
}

/// Whether a set labels adjectives of nationality as toponyms: more than one in a hundred is one.
fn labels_demonyms(articles: &[Article], known: &Resources) -> bool {
    let is = |article: &Article, gold: &Gold| {
        let surface: String = article.text.chars().skip(gold.start).take(gold.end - gold.start).collect();
        known.countries.named(&surface).is_none() && known.countries.demonym(&surface).is_some()
    };
    let all: usize = articles.iter().map(|article| article.gold.len()).sum();
    articles.iter().map(|article| article.gold.iter().filter(|gold| is(article, gold)).count()).sum::<usize>() * 100 > all
}

fn add_demonyms(reading: &Reading<'_>, known: &Resources, places: &mut Vec<PlaceMention>) {
    for (span, country) in place::demonyms(reading, known) {
        if places.iter().any(|mention| mention.place.span.overlaps(span)) {
            continue;
        }
        let geonames_id = known.countries.get(country).map(|row| row.geonames_id);
        let place = Place { span, country: Some(country), geonames_id, precision: Some(PlacePrecision::Country), ..Place::default() };
        places.push(PlaceMention { head: reading.words_in(span).start, place, metonymic: true });
    }
    places.sort_by_key(|mention| mention.place.span);
}

fn right(mention: &PlaceMention, known: &Resources, point: Option<(f64, f64)>, gold: &Gold) -> bool {
    let place = &mention.place;
    if gold.id.is_some() && place.geonames_id == gold.id {
        return true;
    }
    if let Some(country) = gold.names_country {
        // "northern Mali" names Mali.
        let own_id = known.countries.get(country).map(|row| row.geonames_id);
        return place.country == Some(country) && (place.precision == Some(PlacePrecision::Country) || place.geonames_id == own_id);
    }
    // Where the set has no ids but names a page, an area that bears the page's name is the one meant: its middle may be anywhere.
    let is_page = gold.id.is_none() && point.is_none() && place.name.as_deref() == Some(gold.kind.as_str());
    is_page || point.zip(gold.point).is_some_and(|(found, gold)| kilometres(found, gold) <= NEAR_KM)
}

fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat1, lat2) = (one.0.to_radians(), other.0.to_radians());
    let half = ((lat2 - lat1) / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * ((other.1 - one.1).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

/// Positions in a text counted without white space, which the reader may change.
struct Marks {
    by_byte: Vec<u32>,
    by_char: Vec<u32>,
}

impl Marks {
    fn new(text: &str) -> Self {
        let (mut by_byte, mut by_char) = (Vec::with_capacity(text.len() + 1), Vec::new());
        let mut count = 0;
        for character in text.chars() {
            by_char.push(count);
            by_byte.extend(std::iter::repeat_n(count, character.len_utf8()));
            count += u32::from(!character.is_whitespace());
        }
        by_char.push(count);
        by_byte.push(count);
        Self { by_byte, by_char }
    }

    fn of_byte(&self, at: usize) -> u32 {
        self.by_byte.get(at).copied().unwrap_or(u32::MAX)
    }

    fn of_char(&self, at: usize) -> u32 {
        self.by_char.get(at).copied().unwrap_or(u32::MAX)
    }
}

fn around(text: &str, gold: &Gold) -> String {
    text.chars().skip(gold.start.saturating_sub(40)).take(gold.end - gold.start + 80).map(|letter| if letter == '\n' { ' ' } else { letter }).collect()
}

fn context(text: &str, range: std::ops::Range<usize>) -> String {
    let before: String = text[..range.start].chars().rev().take(40).collect();
    let after: String = text[range.end..].chars().take(40).collect();
    format!("{}[{}]{after}", before.chars().rev().collect::<String>(), &text[range]).replace('\n', " ")
}

fn read(path: &Path, known: &Resources, ids: &FxHashMap<u32, u32>) -> Result<Vec<Article>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let xml = Xml::parse(&content).with_context(|| format!("{} is not XML", path.display()))?;
    let mut articles = Vec::new();
    for node in xml.root_element().children().filter(|node| node.has_tag_name("article")) {
        let text = child(node, "text").unwrap_or_default();
        let mut gold: Vec<Gold> = node.descendants().filter_map(|node| toponym(node, known, ids)).collect();
        gold.sort_by_key(|gold| (gold.start, gold.end));
        gold.dedup_by_key(|gold| (gold.start, gold.end));
        articles.push(Article { text, gold });
    }
    if articles.is_empty() {
        bail!("{}: no articles", path.display());
    }
    Ok(articles)
}

fn child(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.has_tag_name(name))?;
    Some(child.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect())
}

fn toponym(node: Node<'_, '_>, known: &Resources, ids: &FxHashMap<u32, u32>) -> Option<Gold> {
    let number = |node: Node<'_, '_>, name: &str| child(node, name).and_then(|text| text.trim().parse::<f64>().ok());
    let by_id = |id: u32| known.places.record(*ids.get(&id)?);
    let gold = match node.tag_name().name() {
        // GeoVirus counts from one and names a page of Wikipedia.
        "location" => {
            let title = child(node, "page").unwrap_or_default().rsplit('/').next().unwrap_or("").replace('_', " ");
            let names_country = known.countries.named(&title);
            let point = number(node, "lat").zip(number(node, "lon"));
            Gold {
                start: (number(node, "start")? as usize).saturating_sub(1),
                end: (number(node, "end")? as usize).saturating_sub(1),
                id: None,
                point,
                names_country,
                country: names_country,
                kind: title,
            }
        }
        "toponym" => {
            let tagged = node.children().find(|child| child.has_tag_name("gaztag"));
            let kind = child(node, "type");
            // GeoWebNews gives an id element to toponyms alone, not to common nouns and demonyms.
            if kind.is_some() && !node.children().any(|child| child.has_tag_name("geonamesID")) {
                return None;
            }
            let id = match tagged {
                Some(tag) => tag.attribute("geonameid").and_then(|id| id.parse().ok()),
                None => number(node, "geonamesID").map(|id| id as u32),
            };
            let place = tagged.unwrap_or(node);
            let point = number(place, "lat").zip(number(place, "lon")).or_else(|| number(node, "latitude").zip(number(node, "longitude")));
            let record = id.and_then(by_id);
            let country_id = tagged
                .and_then(|tag| tag.children().find(|child| child.has_tag_name("country"))?.attribute("geonameid")?.parse::<u32>().ok())
                .or(id.filter(|_| record.is_some_and(|record| record.class == whodid::resource::places::Class::Country)));
            let country = country_id.and_then(by_id).or(record).and_then(|record| known.places.country(&record));
            let code = tagged.and_then(|tag| child(tag, "fcode")).unwrap_or_default();
            let is_country = code.starts_with("PCL") || record.is_some_and(|record| record.class == whodid::resource::places::Class::Country);
            Gold {
                start: number(node, "start")? as usize,
                end: number(node, "end")? as usize,
                id,
                point,
                names_country: country.filter(|_| is_country),
                country,
                kind: kind.unwrap_or(code),
            }
        }
        _ => return None,
    };
    (gold.start < gold.end).then_some(gold)
}
