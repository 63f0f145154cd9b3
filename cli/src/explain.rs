//! `whodid explain`: what the program sees in a text, and why it made a record or did not.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use whodid::export::record::records;
use whodid::export::table;
use whodid::extract::clause::{self, Clauses};
use whodid::parse::tree;
use whodid::pipeline::Coder;
use whodid::record::{Actor, Coded, Document, Place, Reading, Sentence, Span, Upos};
use whodid::source;
use whodid::trace::Notes;

use crate::input::Known;
use crate::{Status, output};

/// Show tokens, trees, mentions, every pattern tried, and why a record was or was not made
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A text, or the path of a file; - is standard input
    #[arg(value_name = "TEXT|FILE")]
    text: String,
    #[command(flatten)]
    known: Known,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let coder = Coder::default();
    let mut out = BufWriter::new(io::stdout().lock());
    let path = PathBuf::from(&arguments.text);
    let options = arguments.known.options();
    if arguments.text != "-" && !path.exists() {
        let common = options.common;
        let bytes = arguments.text.clone().into_bytes();
        let document = Document { bytes, publisher: common.publisher, published: common.published, url: common.url, ..Document::default() };
        explain(&coder, &document, &mut out)?;
    } else {
        for item in source::open(&[path], &options) {
            explain(&coder, &item?, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Status::Done)
}

fn explain(coder: &Coder, document: &Document, out: &mut impl Write) -> io::Result<()> {
    let mut notes = Notes::default();
    let coded = coder.code_traced(document, &mut notes);
    let (text, parse) = coder.read(&coded.article);
    let reading = Reading::new(&coded.article, &text, &parse);
    let clauses = clause::analyse(&reading, &coder.resources);

    writeln!(out, "BLOCKS")?;
    for block in &coded.article.zones {
        writeln!(out, "  {:<12} {}", block.zone, table::fit(reading.surface(block.span), 100))?;
    }
    for (index, sentence) in text.sentences.iter().enumerate() {
        writeln!(out, "\nSENTENCE {} ({}, bytes {} to {})", index + 1, sentence.zone, sentence.span.start, sentence.span.end)?;
        write!(out, "{}", tree::draw(&reading, index))?;
        predicates(out, &reading, &clauses, sentence)?;
        mentions(out, &reading, &coded, sentence)?;
        let inside = |span: &Span| sentence.span.contains(*span);
        for (stage, span, note) in notes.0.iter().filter(|(_, span, _)| inside(span)) {
            writeln!(out, "  {stage}  '{}': {note}", reading.surface(*span))?;
        }
        for issue in coded.issues.iter().filter(|issue| issue.span.as_ref().is_some_and(inside)) {
            writeln!(out, "  issue  {}", issue.problem)?;
        }
    }
    writeln!(out, "\nRECORDS")?;
    table::digest(out, &records(&coded), output::layout())
}

/// How each verb stands to the world.
fn predicates(out: &mut impl Write, reading: &Reading<'_>, clauses: &Clauses, sentence: &Sentence) -> io::Result<()> {
    for word in sentence.words.clone().filter(|&word| reading.upos(word) == Upos::Verb) {
        let doubt = clauses.doubt(word).map_or_else(String::new, |claim| format!(", {claim}"));
        writeln!(out, "  predicate  {}: {}{doubt}", reading.form(word), clauses.realis(word))?;
    }
    Ok(())
}

fn mentions(out: &mut impl Write, reading: &Reading<'_>, coded: &Coded, sentence: &Sentence) -> io::Result<()> {
    let inside = |span: Span| sentence.span.contains(span);
    for mention in coded.mentions.actors.iter().filter(|mention| inside(mention.actor.span)) {
        writeln!(out, "  actor {}  {}", mention.entity, actor(reading, &mention.actor))?;
    }
    for mention in coded.mentions.places.iter().filter(|mention| inside(mention.place.span)) {
        let stands_for = if mention.metonymic { " (stands for its government or people)" } else { "" };
        writeln!(out, "  place  {}{stands_for}", place(reading, &mention.place))?;
    }
    for mention in coded.mentions.times.iter().filter(|mention| sentence.words.contains(&mention.words.start)) {
        let words = reading.span_of(mention.words.start, mention.words.end.saturating_sub(1).max(mention.words.start));
        let when = &mention.when;
        let days = when.start.zip(when.end).map_or_else(|| "not resolved".to_owned(), |(start, end)| format!("{start} to {end}"));
        writeln!(out, "  time  '{}': {} {}, {days}, {}", reading.surface(words), mention.kind, when.timex, when.basis)?;
    }
    for mention in coded.mentions.numbers.iter().filter(|mention| sentence.words.contains(&mention.words.start)) {
        let words = reading.span_of(mention.words.start, mention.words.end.saturating_sub(1).max(mention.words.start));
        let bounds: Vec<String> = [("value", mention.value), ("low", mention.low), ("high", mention.high)]
            .into_iter()
            .filter_map(|(name, number)| number.map(|number| format!("{name} {number}")))
            .collect();
        writeln!(out, "  number  '{}': {}, {}, {}", reading.surface(words), mention.kind, mention.qualifier, bounds.join(", "))?;
    }
    Ok(())
}

fn actor(reading: &Reading<'_>, actor: &Actor) -> String {
    let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.as_str()).collect();
    let known = [
        actor.name.clone(),
        actor.country.map(|country| country.to_string()),
        Some(sectors.join(" ")).filter(|sectors| !sectors.is_empty()),
        actor.role.clone(),
        actor.basis.map(|basis| format!("by {basis}")),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    format!("'{}': {}", reading.surface(actor.span), if known.is_empty() { "nothing known".to_owned() } else { known.join(", ") })
}

fn place(reading: &Reading<'_>, place: &Place) -> String {
    let known = [
        place.relation.clone(),
        place.name.clone(),
        place.admin1.clone(),
        place.country.map(|country| country.to_string()),
        place.geonames_id.map(|id| format!("GeoNames {id}")),
        place.precision.map(|precision| precision.to_string()),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    format!("'{}': {}", reading.surface(place.span), if known.is_empty() { "nothing known".to_owned() } else { known.join(", ") })
}
