//! `whodid code`: documents in, records out.

mod dictionary;

use std::io::{self, Write};
use std::path::PathBuf;

use whodid::pipeline::Coder;
use whodid::record::{Document, Span};
use whodid::source;

use crate::input::Known;
use crate::output::{Format, Kind, Output};
use crate::{Status, guard};

/// Code documents and print their records; no ledger is touched
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files, folders, CSV or JSON Lines of articles; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    known: Known,
    /// Rank what the first party did to the second; each must stand in the text of FILE
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["kind", "output"])]
    between: Option<Vec<String>>,
    /// Code with the dictionaries of a folder in PETRARCH 2's format (verbs, actors, agents, discards) instead of ours: a line an event,
    /// with date, source, target, code, the words and the document
    #[arg(long, value_name = "DIR", conflicts_with_all = ["kind", "output", "between"])]
    dictionaries: Option<PathBuf>,
    /// Of the events of one date, source, target and code keep the first
    #[arg(long, requires = "dictionaries")]
    one_a_day: bool,
    /// Format of the output [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Print records of this kind only; with csv, events where none is given
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Folder for CSV files, one a kind
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    if arguments.output.is_some() && arguments.format != Some(Format::Csv) {
        anyhow::bail!("--output: only CSV is written to a folder; add --format csv, or redirect standard output");
    }
    let coder = Coder::default();
    if let Some([source, target]) = arguments.between.as_deref() {
        return between(&coder, arguments, source, target);
    }
    if let Some(folder) = &arguments.dictionaries {
        return dictionary::run(&coder, arguments, folder);
    }
    guard::keep_panics_quiet();
    let mut output = Output::open(arguments.format, arguments.kind, arguments.output.as_deref())?;
    let (mut found, mut unread) = (false, false);
    for item in source::open(&arguments.files, &arguments.known.options()) {
        let Some(document) = read(item, &mut unread)? else { continue };
        let mut records = guard::code(&coder, &document);
        found |= records.iter().any(|record| record["kind"] != "article" && record["kind"] != "issue");
        if let Some(kind) = arguments.kind {
            records.retain(|record| record["kind"] == kind.shape().name);
        }
        output.write(&records)?;
    }
    output.finish()?;
    Ok(status(unread, found))
}

/// The document; where it could not be had, that is told, and the others are coded all the same.
fn read(item: Result<Document, source::Problem>, unread: &mut bool) -> io::Result<Option<Document>> {
    if let Err(problem) = &item {
        writeln!(io::stderr(), "whodid: {problem}")?;
        *unread = true;
    }
    Ok(item.ok())
}

/// What the exit status tells: that not all could be read, else whether anything was found.
fn status(unread: bool, found: bool) -> Status {
    match (unread, found) {
        (true, _) => Status::Unread,
        (false, true) => Status::Done,
        (false, false) => Status::Negative,
    }
}

/// A share below this is not shown to people.
const WORTH_TELLING: f32 = 0.01;

/// Ranks the event types between two parties, document by document, best first.
fn between(coder: &Coder, arguments: &Arguments, source: &str, target: &str) -> anyhow::Result<Status> {
    let mut out = io::stdout().lock();
    let mut found = false;
    for item in source::open(&arguments.files, &arguments.known.options()) {
        let document = item?;
        let text = String::from_utf8_lossy(&document.bytes);
        let span = |party: &str| match text.find(party) {
            Some(start) => Ok(Span::new(start, start + party.len())),
            None => Err(anyhow::anyhow!("{}: {party:?} does not stand in it; write the party as the text does", document.path)),
        };
        for ranked in coder.relation(&text, span(source)?, span(target)?) {
            found = true;
            let trigger = ranked.trigger.of(&text);
            match arguments.format {
                Some(Format::Jsonl) => {
                    let because: Vec<_> = ranked.because.iter().map(|(seen, weight)| serde_json::json!({ "seen": seen, "weight": weight })).collect();
                    let line = serde_json::json!({ "event_type": ranked.event_type.as_str(), "score": ranked.score, "trigger": trigger, "because": because });
                    writeln!(out, "{line}")?;
                }
                None | Some(Format::Table) if ranked.score < WORTH_TELLING => {}
                None | Some(Format::Table) => {
                    let because: Vec<&str> = ranked.because.iter().map(|(seen, _)| seen.as_str()).collect();
                    writeln!(out, "{:<10} {:>6.2}  {trigger:<20} {}", ranked.event_type, ranked.score, because.join("; "))?;
                }
                Some(Format::Json | Format::Csv) => anyhow::bail!("--between: has no such format; use table or jsonl"),
            }
        }
    }
    Ok(if found { Status::Done } else { Status::Negative })
}
