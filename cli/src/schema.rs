//! `whodid schema`: the contract of the output.

use std::io::{self, Write};

use whodid::export::schema;

use crate::Status;

/// Print the JSON Schema of the records, or their fields as a page
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Form of the contract
    #[arg(long, value_enum, default_value = "json")]
    format: Form,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// JSON Schema, draft 2020-12
    Json,
    /// Tables of fields
    Markdown,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    let mut out = io::stdout().lock();
    match arguments.format {
        Form::Json => {
            serde_json::to_writer_pretty(&mut out, &schema::json_schema()).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Form::Markdown => out.write_all(schema::markdown().as_bytes())?,
    }
    Ok(Status::Done)
}
