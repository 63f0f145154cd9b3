//! Who an actor is on the day: own sentences with the mention, the day, and the country, sector and person that are right.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use whodid::pipeline::Coder;
use whodid::record::{ActorMention, Document, Format, Span, Stamp};

use whodid::resource::actors::fold;

use super::{percent, set};

/// PATH is tab-separated: date, sentence, mention, country, sector, person; "-" for nothing.
///
/// `accuracy`: country, sector and person all right. `wrong_confident`: a country or person is given, and it is another one.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let coder = Coder::default();
    let table = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let trace = std::env::var_os("TRACE").is_some();
    let (mut all, mut right, mut countries, mut sectors, mut people, mut missed, mut wrong, mut unknown) = (0, 0, 0, 0, 0, 0, 0, 0);
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.starts_with("date\t")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [date, sentence, words, country, sector, person] = cells[..] else { anyhow::bail!("six cells wanted: {line}") };
        let document =
            Document { bytes: sentence.as_bytes().to_vec(), format: Format::Text, published: Some(Stamp::day(date.parse()?)), ..Document::default() };
        let coded = coder.code(&document);
        let at = coded.article.text.find(words).with_context(|| format!("the mention does not stand in its sentence: {line}"))?;
        let span = Span::new(at, at + words.len());
        let mention = best(&coded.mentions.actors, span);
        let wanted = |text: &str| Some(text.to_owned()).filter(|text| text != "-");
        let answer = mention.map(|mention| &mention.actor);
        let given_country = answer.and_then(|actor| actor.country).map(|country| country.to_string());
        let given_name = answer.and_then(|actor| actor.name.clone());
        let country_right = mention.is_some() && given_country == wanted(country);
        let sector_right = mention.is_some()
            && match wanted(sector) {
                None => true,
                Some(sector) => answer.is_some_and(|actor| actor.sectors.iter().any(|other| other.as_str() == sector)),
            };
        // A group's own name is no person.
        let same = given_name.as_deref().map(fold) == wanted(person).as_deref().map(fold);
        let person_right = mention.is_some() && (wanted(person).is_none() || same);
        let contradicts = given_country.is_some() && given_country != wanted(country) || wanted(person).is_some() && given_name.is_some() && !same;
        all += 1;
        right += usize::from(country_right && sector_right && person_right);
        countries += usize::from(country_right);
        sectors += usize::from(sector_right);
        people += usize::from(person_right);
        missed += usize::from(mention.is_none());
        unknown += usize::from(mention.is_some() && given_country.is_none() && country != "-");
        wrong += usize::from(contradicts);
        if trace && !(country_right && sector_right && person_right) {
            println!(
                "{date}\t{sentence}\t{words}: {country} {sector} {person}; given {given_country:?} {:?} {given_name:?}",
                answer.map(|actor| &actor.sectors)
            );
        }
    }
    ensure!(all > 0, "{}: no rows", path.display());
    let share = |part: usize| percent(part as f64, all as f64);
    Ok(json!({
        "task": "actors", "set": set(path), "n": all, "accuracy": share(right), "wrong_confident": share(wrong),
        "country": share(countries), "sector": share(sectors), "person": share(people), "unknown": share(unknown), "missed": share(missed),
    }))
}

/// The mention that covers most of the words, the wider of two that cover the same.
fn best(mentions: &[ActorMention], span: Span) -> Option<&ActorMention> {
    let shared = |mention: &&ActorMention| {
        let own = mention.actor.span;
        let common = own.end.min(span.end).saturating_sub(own.start.max(span.start));
        (common, std::cmp::Reverse(own.len()))
    };
    mentions.iter().filter(|mention| !mention.pronoun && mention.actor.span.overlaps(span)).max_by_key(shared)
}
