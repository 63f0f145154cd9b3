//! `whodid completions`: for the shell.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Status;

/// Print completions for a shell
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::Arguments::command(), "whodid", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Status::Done)
}
