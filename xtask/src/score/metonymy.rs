//! Literal or metonymic, on ReLocaR: one marked place name a sample. Mixed readings count as metonymic.

use std::path::Path;

use anyhow::{Context, Result, bail};
use roxmltree::Document as Xml;
use serde_json::{Value, json};
use whodid::mention::place;
use whodid::record::{Document, Format, Place, PlaceMention, Reading, Span};
use whodid::resource::Resources;
use whodid::{article, parse, text};

use super::{percent, set};

/// Scores [`place::metonymic`] on the marked names; one that the place finder does not find is judged at its own words.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let known = Resources::embedded();
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let xml = Xml::parse(&content).with_context(|| format!("{} is not XML", path.display()))?;
    let trace = std::env::var_os("TRACE").is_some();
    let (mut all, mut right, mut found, mut hits, mut said, mut true_met) = (0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    for sample in xml.descendants().filter(|node| node.has_tag_name("sample")) {
        let (mut line, mut marked, mut reading_is) = (String::new(), None, "");
        for node in sample.descendants().filter(roxmltree::Node::is_text) {
            let piece = node.text().unwrap_or("");
            if let Some(tag) = node.parent().filter(|parent| parent.has_tag_name("loc")) {
                marked = Some((line.trim_start().len(), piece.trim().len()));
                reading_is = tag.attribute("reading").unwrap_or("");
            }
            line.push_str(piece);
        }
        let line = line.trim();
        let Some((start, len)) = marked else { continue };
        let document = Document { bytes: line.as_bytes().to_vec(), format: Format::Text, ..Document::default() };
        let article = article::read(&document, &mut Vec::new());
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        // White space apart, the reader keeps the text.
        let name = &line[start..start + len];
        let before = line[..start].matches(name).count();
        let Some((at, _)) = article.text.match_indices(name).nth(before) else { continue };
        let span = Span::new(at, at + len);
        let places = place::find(&reading, &known);
        let mention = places.iter().find(|mention| mention.place.span.overlaps(span));
        found += usize::from(mention.is_some());
        let words = reading.words_in(span);
        let own = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))).map(|head| PlaceMention {
            head,
            place: Place { span, ..Place::default() },
            metonymic: false,
        });
        let Some(mention) = mention.or(own.as_ref()) else { continue };
        let answer = place::metonymic(&reading, mention, &known);
        let gold = reading_is != "lit";
        all += 1;
        right += usize::from(answer == gold);
        said += usize::from(answer);
        true_met += usize::from(gold);
        hits += usize::from(answer && gold);
        if trace {
            let word = mention.head;
            let head = reading.head(word);
            let case = reading.child(word, whodid::record::Deprel::Case).map_or("-", |case| reading.form(case));
            let (lemma, tag) = head.map_or(("-", String::new()), |head| (reading.lemma(head), reading.upos(head).to_string()));
            let verdict = match (gold, answer) {
                (true, true) | (false, false) => "RIGHT",
                (true, false) => "MISSED",
                (false, true) => "FALSE",
            };
            println!("{verdict}\t{name}\t{}\t{case}\t{lemma}/{tag}\t{line}", reading.deprel(word));
        }
    }
    if all == 0 {
        bail!("{}: no samples", path.display());
    }
    let share = |part: usize, whole: usize| percent(part as f64, whole as f64);
    Ok(json!({
        "task": "metonymy", "set": set(path), "n": all, "accuracy": share(right, all), "precision": share(hits, said), "recall": share(hits, true_met),
        "found": share(found, all),
    }))
}
