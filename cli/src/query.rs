//! `whodid query`: records out of a ledger.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::Value;
use whodid::export::{csv, json, table};
use whodid::ledger::{Filter, Ledger};
use whodid::record::fields::Shape;

use crate::output::{self, Kind};
use crate::{Status, input};

/// Read records out of a ledger, also while one is being ingested into it
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to read; unresolved: actors and places of which nothing is known, by frequency
    #[arg(value_enum)]
    kind: Asked,
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Format of the output [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Country of a party, place or population: ISO 3166 alpha-3
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    country: Option<String>,
    /// Part of an actor's name
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    actor: Option<String>,
    /// Event type, measure of a figure, form of a quote, state of a pledge, or stage of an issue
    #[arg(long, help_heading = "Filters")]
    r#type: Option<String>,
    /// Status: asserted, reported, alleged, denied, planned, promised, requested, threatened, conditional, negated
    #[arg(long, help_heading = "Filters")]
    status: Option<String>,
    /// Part of a place's name
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    place: Option<String>,
    /// First day, by the record's own date where it has one, else by that of publication
    #[arg(long, value_name = "DATE", value_parser = input::day, help_heading = "Filters")]
    from: Option<Date>,
    /// Last day, inclusive
    #[arg(long, value_name = "DATE", value_parser = input::day, help_heading = "Filters")]
    to: Option<Date>,
    /// Words that the article holds: "aid convoy" AND border*
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    text: Option<String>,
    /// Stop after so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Asked {
    Events,
    Quotes,
    Figures,
    Pledges,
    Actors,
    Articles,
    Issues,
    Unresolved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Rows to read
    Table,
    /// One JSON object a line
    Jsonl,
    /// Rows with one column a field
    Csv,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let ledger = Ledger::read(&arguments.ledger)?;
    let filter = Filter {
        country: arguments.country.as_ref().map(|code| code.to_uppercase()),
        actor: arguments.actor.clone(),
        place: arguments.place.clone(),
        class: arguments.r#type.clone(),
        status: arguments.status.clone(),
        from: arguments.from.map(|day| day.to_string()),
        to: arguments.to.map(|day| day.to_string()),
        text: arguments.text.clone(),
    };
    let form = arguments.format.unwrap_or(if io::stdout().is_terminal() { Form::Table } else { Form::Jsonl });
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let mut out = BufWriter::new(io::stdout().lock());
    let found = match arguments.kind {
        Asked::Events => records(&ledger, Kind::Events, &filter, form, limit, &mut out)?,
        Asked::Quotes => records(&ledger, Kind::Quotes, &filter, form, limit, &mut out)?,
        Asked::Figures => records(&ledger, Kind::Figures, &filter, form, limit, &mut out)?,
        Asked::Pledges => records(&ledger, Kind::Pledges, &filter, form, limit, &mut out)?,
        Asked::Actors => records(&ledger, Kind::Actors, &filter, form, limit, &mut out)?,
        Asked::Articles => records(&ledger, Kind::Articles, &filter, form, limit, &mut out)?,
        Asked::Issues => records(&ledger, Kind::Issues, &filter, form, limit, &mut out)?,
        Asked::Unresolved => unresolved(&ledger, &filter, form, limit, &mut out)?,
    };
    out.flush()?;
    Ok(if found { Status::Done } else { Status::Negative })
}

fn records(ledger: &Ledger, kind: Kind, filter: &Filter, form: Form, limit: usize, out: &mut impl Write) -> anyhow::Result<bool> {
    let shape = kind.shape();
    let count = match form {
        Form::Jsonl => each(ledger, shape, filter, limit, |record| json::lines(out, std::slice::from_ref(record)))?,
        Form::Csv => {
            let mut writer = csv::Writer::new(out, shape)?;
            let count = each(ledger, shape, filter, limit, |record| writer.write(std::slice::from_ref(record)))?;
            writer.finish()?;
            count
        }
        Form::Table => {
            let mut rows = Vec::new();
            let count = each(ledger, shape, filter, limit, |record| {
                rows.push(row(kind, record));
                Ok(())
            })?;
            table::rows(out, headers(kind), &rows, output::layout())?;
            count
        }
    };
    Ok(count > 0)
}

/// Hands at most `limit` records on; how many there were.
fn each(ledger: &Ledger, shape: &Shape, filter: &Filter, limit: usize, mut hand_on: impl FnMut(&Value) -> io::Result<()>) -> anyhow::Result<usize> {
    let mut count = 0;
    let mut written = Ok(());
    if limit > 0 {
        ledger.records(shape, filter, |record| {
            count += 1;
            written = hand_on(&record);
            written.is_ok() && count < limit
        })?;
    }
    written?;
    Ok(count)
}

fn headers(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Events => &["day", "status", "type", "who", "to whom", "where", "words"],
        Kind::Quotes => &["day", "form", "who", "words"],
        Kind::Figures => &["day", "status", "measure", "how many", "words"],
        Kind::Pledges => &["deadline", "state", "who", "words"],
        Kind::Actors => &["text", "name", "country", "sectors", "role"],
        Kind::Articles => &["published", "publisher", "id", "title"],
        Kind::Issues => &["stage", "article", "problem"],
    }
}

fn row(kind: Kind, record: &Value) -> Vec<String> {
    let shape: &Shape = kind.shape();
    let columns = whodid::record::columns::of(shape);
    let cell = |name: &str| columns.iter().find(|column| column.name == name).map_or_else(String::new, |column| csv::cell(record, column));
    let first = |names: &[&str]| names.iter().map(|name| cell(name)).find(|cell| !cell.is_empty()).unwrap_or_default();
    let actors = |name: &str| {
        let members = record.get(name).map_or(&[][..], |value| value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice));
        members.iter().map(table::actor).collect::<Vec<_>>().join(", ")
    };
    match kind {
        Kind::Events => {
            vec![cell("date_start"), cell("status"), cell("event_type"), actors("actors"), actors("recipients"), cell("places_name"), cell("evidence_text")]
        }
        Kind::Quotes => vec![cell("date_start"), cell("form"), actors("speaker"), cell("text")],
        Kind::Figures => vec![first(&["period_start", "as_of_start"]), cell("status"), cell("measure"), table::amount(record), cell("evidence_text")],
        Kind::Pledges => vec![first(&["deadline_end", "deadline_start"]), cell("state"), actors("promiser"), cell("evidence_text")],
        Kind::Actors => ["text", "name", "country", "sectors", "role"].map(cell).to_vec(),
        Kind::Articles => ["published", "publisher", "id", "title"].map(cell).to_vec(),
        Kind::Issues => vec![cell("stage"), first(&["article", "source"]), cell("problem")],
    }
}

/// A name of which nothing is known: what it was read as, and its words.
type Unknown = (&'static str, String);

/// Actors of which neither name nor country nor sector is known, and places that the gazetteer does not know; most frequent first.
fn unresolved(ledger: &Ledger, filter: &Filter, form: Form, limit: usize, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut counts: BTreeMap<Unknown, (u64, String)> = BTreeMap::new();
    let mut add = |read_as: &'static str, text: &Value, record: &Value| {
        if let Some(text) = text.as_str() {
            let example = || record["article"].as_str().unwrap_or("").to_owned();
            counts.entry((read_as, text.to_owned())).or_insert_with(|| (0, example())).0 += 1;
        }
    };
    let is_unknown = |value: &Value, fields: &[&str]| fields.iter().all(|field| value.get(*field).is_none());
    ledger.records(Kind::Actors.shape(), filter, |actor| {
        if is_unknown(&actor, &["name", "country", "sectors"]) {
            add("actor", &actor["text"], &actor);
        }
        true
    })?;
    for kind in [Kind::Events, Kind::Figures] {
        ledger.records(kind.shape(), filter, |record| {
            for place in ["places", "origin_places", "destination_places"].iter().filter_map(|field| record[*field].as_array()).flatten() {
                if is_unknown(place, &["geonames_id", "country"]) {
                    add("place", &place["text"], &record);
                }
            }
            true
        })?;
    }
    let mut rows: Vec<(Unknown, (u64, String))> = counts.into_iter().collect();
    // The map has them in order of name, and the sort keeps that among equals.
    rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    rows.truncate(limit);
    let found = !rows.is_empty();
    match form {
        Form::Jsonl => {
            for ((read_as, text), (count, example)) in rows {
                let line = serde_json::json!({ "count": count, "read_as": read_as, "text": text, "example": example });
                writeln!(out, "{line}")?;
            }
        }
        Form::Csv => {
            writeln!(out, "count,read_as,text,example")?;
            for ((read_as, text), (count, example)) in rows {
                writeln!(out, "{count},{read_as},\"{}\",{example}", csv::neutral(text).replace('"', "\"\""))?;
            }
        }
        Form::Table => {
            let rows: Vec<Vec<String>> =
                rows.into_iter().map(|((read_as, text), (count, example))| vec![count.to_string(), read_as.to_owned(), example, text]).collect();
            table::rows(out, &["count", "read as", "for example in", "text"], &rows, output::layout())?;
        }
    }
    Ok(found)
}
