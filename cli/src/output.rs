//! Where records go: one writer for every format.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;

use anyhow::Context;
use serde_json::Value;
use whodid::export::table::Layout;
use whodid::export::{csv, json, table};
use whodid::record::fields::{self, KINDS, Shape};

/// A format of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// Rows of one kind, or one file a kind with --output
    Csv,
    /// A digest to read
    Table,
}

/// A kind of record, named as on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    Articles,
    Actors,
    Events,
    Quotes,
    Figures,
    Pledges,
    Issues,
}

impl Kind {
    /// Its declaration.
    pub(crate) fn shape(self) -> &'static Shape {
        let index = match self {
            Kind::Articles => 0,
            Kind::Actors => 1,
            Kind::Events => 2,
            Kind::Quotes => 3,
            Kind::Figures => 4,
            Kind::Pledges => 5,
            Kind::Issues => 6,
        };
        KINDS[index]
    }
}

/// Writes the records of one document after another.
#[allow(clippy::large_enum_variant, reason = "there is one a run")]
pub(crate) enum Output {
    Jsonl(BufWriter<StdoutLock<'static>>),
    Json(BufWriter<StdoutLock<'static>>, json::Array),
    Csv(csv::Writer<StdoutLock<'static>>),
    CsvFiles(Vec<csv::Writer<File>>),
    Table(BufWriter<StdoutLock<'static>>, Layout, bool),
}

impl Output {
    /// Opens stdout in a format; CSV files go into `folder` where one is given.
    pub(crate) fn open(format: Option<Format>, kind: Option<Kind>, folder: Option<&Path>) -> anyhow::Result<Self> {
        let stdout = io::stdout().lock();
        let format = format.unwrap_or(if stdout.is_terminal() { Format::Table } else { Format::Jsonl });
        Ok(match (format, folder) {
            (Format::Jsonl, _) => Output::Jsonl(BufWriter::new(stdout)),
            (Format::Json, _) => Output::Json(BufWriter::new(stdout), json::Array::default()),
            (Format::Table, _) => Output::Table(BufWriter::new(stdout), layout(), false),
            (Format::Csv, None) => Output::Csv(csv::Writer::new(stdout, kind.unwrap_or(Kind::Events).shape())?),
            (Format::Csv, Some(folder)) => {
                std::fs::create_dir_all(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
                let mut files = Vec::new();
                for shape in fields::KINDS.iter().filter(|shape| kind.is_none_or(|kind| kind.shape().name == shape.name)) {
                    let path = folder.join(format!("{}s.csv", shape.name));
                    let file = File::create(&path).with_context(|| format!("{}: cannot be written", path.display()))?;
                    files.push(csv::Writer::new(file, shape)?);
                }
                Output::CsvFiles(files)
            }
        })
    }

    /// Writes the records of one document.
    pub(crate) fn write(&mut self, records: &[Value]) -> io::Result<()> {
        match self {
            Output::Jsonl(out) => json::lines(out, records),
            Output::Json(out, array) => array.write(out, records),
            Output::Csv(writer) => writer.write(records),
            Output::CsvFiles(writers) => writers.iter_mut().try_for_each(|writer| writer.write(records)),
            Output::Table(out, layout, begun) => {
                if *begun {
                    writeln!(out)?;
                }
                *begun = true;
                table::digest(out, records, *layout)
            }
        }
    }

    /// Writes what is still held back.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Output::Jsonl(mut out) | Output::Table(mut out, _, _) => out.flush(),
            Output::Json(mut out, array) => array.finish(&mut out).and_then(|()| out.flush()),
            Output::Csv(writer) => writer.finish(),
            Output::CsvFiles(writers) => writers.into_iter().try_for_each(csv::Writer::finish),
        }
    }
}

/// The terminal's width, and whether it wants colour (<https://no-color.org>).
pub(crate) fn layout() -> Layout {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Layout { width: width.max(40), colour: io::stdout().is_terminal() && !no_colour && !dumb }
}
