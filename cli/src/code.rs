//! `whodid code`: documents in, records out.

use std::io::{self, Write};
use std::path::PathBuf;

use whodid::pipeline::Coder;
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
    guard::keep_panics_quiet();
    let coder = Coder::default();
    let mut output = Output::open(arguments.format, arguments.kind, arguments.output.as_deref())?;
    let (mut found, mut unread) = (false, false);
    for item in source::open(&arguments.files, &arguments.known.options()) {
        let document = match item {
            Ok(document) => document,
            Err(problem) => {
                // The others are coded all the same; the exit status tells that not all were.
                writeln!(io::stderr(), "whodid: {problem}")?;
                unread = true;
                continue;
            }
        };
        let mut records = guard::code(&coder, &document);
        found |= records.iter().any(|record| record["kind"] != "article" && record["kind"] != "issue");
        if let Some(kind) = arguments.kind {
            records.retain(|record| record["kind"] == kind.shape().name);
        }
        output.write(&records)?;
    }
    output.finish()?;
    Ok(match (unread, found) {
        (true, _) => Status::Unread,
        (false, true) => Status::Done,
        (false, false) => Status::Negative,
    })
}
