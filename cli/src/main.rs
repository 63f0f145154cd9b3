//! The program `whodid`.
//!
//! Data go to stdout, progress and messages to stderr. Exit status: 0 done; 1 nothing was found, or a check failed; 2 an
//! error; 130 interrupted. A reader that stops reading (a broken pipe) is no error.

mod check;
mod code;
mod completions;
mod explain;
mod guard;
mod ingest;
mod input;
mod output;
mod query;
mod schema;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads crisis news and writes a sourced record: who did what to whom, where, when, and according to whom.
#[derive(Parser)]
#[command(version, propagate_version = false, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Code(code::Arguments),
    Ingest(ingest::Arguments),
    Query(query::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

/// How a command ended that met no error.
enum Status {
    /// It did what it was asked.
    Done,
    /// It ran, and found nothing, or found something wrong.
    Negative,
    /// Not all documents could be read; each was named on stderr.
    Unread,
    /// It was interrupted, and kept what it had.
    Interrupted,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Negative) => ExitCode::from(1),
        Ok(Status::Unread) => ExitCode::from(2),
        Ok(Status::Interrupted) => ExitCode::from(130),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "whodid: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Status> {
    match command {
        Command::Code(arguments) => code::run(&arguments),
        Command::Ingest(arguments) => ingest::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
