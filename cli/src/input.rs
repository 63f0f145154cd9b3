//! Documents named on the command line.

use std::io::Read;

use anyhow::{Context, bail};
use jiff::civil::Date;
use whodid::record::{Document, Stamp};

/// What is known of the documents from outside.
#[derive(clap::Args)]
pub(crate) struct Known {
    /// Day of publication (2016-12-13); wins over the page's own
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) published: Option<Date>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Where it was published
    #[arg(long)]
    pub(crate) url: Option<String>,
}

/// A day, ISO 8601.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "not a day; write it as 2016-12-13".to_owned())
}

impl Known {
    /// Adds it to a document.
    pub(crate) fn put_on(&self, document: &mut Document) {
        if let Some(date) = self.published {
            document.published = Some(Stamp::day(date));
        }
        if self.publisher.is_some() {
            document.publisher.clone_from(&self.publisher);
        }
        if self.url.is_some() {
            document.url.clone_from(&self.url);
        }
    }
}

/// Reads a file, or standard input where the path is `-`.
pub(crate) fn read(path: &str) -> anyhow::Result<Document> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input: cannot be read")?;
    } else {
        if std::fs::metadata(path).is_ok_and(|data| data.is_dir()) {
            bail!("{path}: is a folder; name its files");
        }
        bytes = std::fs::read(path).map_err(|error| anyhow::anyhow!("{path}: {}", why(&error)))?;
    }
    Ok(Document { bytes, path: path.to_owned(), ..Document::default() })
}

/// What went wrong with a file, and the mend.
pub(crate) fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file; check the path".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
