//! `whodid check`: is a ledger sound.

use std::io::{self, Write};
use std::path::PathBuf;

use whodid::ledger::Ledger;

use crate::Status;

/// Check the integrity of a ledger: the file, its references, its records, and every stretch against its text
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let (wrong, seen) = Ledger::read(&arguments.ledger)?.check()?;
    let mut out = io::stdout().lock();
    for line in &wrong {
        writeln!(out, "{line}")?;
    }
    writeln!(io::stderr(), "{seen} records looked at, {} wrong", wrong.len())?;
    Ok(if wrong.is_empty() { Status::Done } else { Status::Negative })
}
