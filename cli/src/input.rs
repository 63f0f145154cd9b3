//! Documents named on the command line.

use jiff::civil::Date;
use whodid::record::Stamp;
use whodid::source::{Common, Options};

/// What is known of documents from outside, where they do not say it themselves.
#[derive(clap::Args)]
pub(crate) struct Known {
    /// Day of publication: 2016-12-13
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Where it was published
    #[arg(long)]
    url: Option<String>,
}

impl Known {
    /// How documents are read that it is known of.
    pub(crate) fn options(&self) -> Options {
        let common = Common { publisher: self.publisher.clone(), published: self.published.map(Stamp::day), url: self.url.clone() };
        Options { common, ..Options::default() }
    }
}

/// Where the fields of an article stand in CSV and JSON Lines, where the usual names (text, title, date, url and the like) do not tell.
#[derive(clap::Args)]
pub(crate) struct Columns {
    /// Column or field that holds the text
    #[arg(long, value_name = "COL")]
    text: Option<String>,
    /// Column or field that holds the day of publication
    #[arg(long, value_name = "COL")]
    published: Option<String>,
    /// Column or field that holds the headline
    #[arg(long, value_name = "COL")]
    title: Option<String>,
    /// Column or field that holds the address
    #[arg(long, value_name = "COL")]
    url: Option<String>,
    /// Publisher of the documents that do not say it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
}

impl Columns {
    /// How tables are read whose columns these are.
    pub(crate) fn options(&self) -> Options {
        Options {
            text: self.text.clone(),
            title: self.title.clone(),
            published: self.published.clone(),
            url: self.url.clone(),
            common: Common { publisher: self.publisher.clone(), ..Common::default() },
        }
    }
}

/// A day, ISO 8601.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "not a day; write it as 2016-12-13".to_owned())
}
