//! Where documents come from: files, folders, CSV, JSON Lines, standard input.
//!
//! Sources hand out bytes and what stands beside them; they neither decode pages nor look into them.

pub(crate) mod date;
mod lines;
mod table;
mod walk;

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::record::{Document, Format, Stamp};

/// One document longer than this is refused: no article is, and a heap of articles should come as CSV or JSON Lines.
pub const LARGEST: u64 = 8 << 20;

/// How to read the inputs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Column or field that holds the text.
    pub text: Option<String>,
    /// Column or field that holds the headline.
    pub title: Option<String>,
    /// Column or field that holds the publication date.
    pub published: Option<String>,
    /// Column or field that holds the address.
    pub url: Option<String>,
    /// What is known of every document that does not say it itself.
    pub common: Common,
}

/// What is known of every document of a run.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Who published them.
    pub publisher: Option<String>,
    /// When they were published.
    pub published: Option<Stamp>,
    /// Where; for a run on one document.
    pub url: Option<String>,
}

/// A document that could not be had: what, where, and the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path, with `#row` or `#line` for a part of a file.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub mend: String,
}

impl Problem {
    fn new(place: impl Into<String>, what: impl fmt::Display, mend: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.to_string(), mend: mend.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)?;
        if self.mend.is_empty() { Ok(()) } else { write!(formatter, "; {}", self.mend) }
    }
}

impl std::error::Error for Problem {}

/// What a source hands out: a document, or why there is none.
pub type Item = Result<Document, Problem>;

/// The documents of files, folders, tables and `-` (standard input), in the order given; folders in the order of their names.
///
/// Nothing is read before it is asked for, and a table is never held whole. A problem does not end the run.
///
/// ```no_run
/// use whodid::source::{open, Options};
///
/// for item in open(&["news/".into(), "more.csv".into()], &Options::default()) {
///     match item {
///         Ok(document) => println!("{}", document.path),
///         Err(problem) => eprintln!("{problem}"),
///     }
/// }
/// ```
pub fn open(inputs: &[PathBuf], options: &Options) -> impl Iterator<Item = Item> + Send + use<> {
    let options = options.clone();
    walk::Walk::new(inputs).flat_map(move |found| match found {
        Ok(path) => file(&path, &options),
        Err(problem) => one(Err(problem)),
    })
}

/// A date as people and programs write them: ISO 8601, seconds since 1970, RFC 2822, "4 January 2019". None where it could be read two ways.
#[must_use]
pub fn parse_date(text: &str) -> Option<Stamp> {
    date::machine(text, date::Order::Unknown)
}

type Items = Box<dyn Iterator<Item = Item> + Send>;

fn one(item: Item) -> Items {
    Box::new(std::iter::once(item))
}

/// The documents of one file, by its name; standard input by its first byte.
fn file(path: &Path, options: &Options) -> Items {
    let place = path.display().to_string();
    if place == "-" {
        let mut input = BufReader::new(std::io::stdin());
        let records = matches!(input.fill_buf(), Ok(head) if head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{'));
        return if records { lines::read(input, place, options) } else { one(whole(input, place, options)) };
    }
    let reader = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 16, file),
        Err(error) => return one(Err(Problem::new(place, error, "check that it exists and may be read"))),
    };
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "csv" => table::read(reader, b',', place, options),
        "tsv" | "tab" => table::read(reader, b'\t', place, options),
        "jsonl" | "ndjson" => lines::read(reader, place, options),
        "json" => lines::read_whole(reader, place, options),
        _ => one(whole(reader, place, options)),
    }
}

/// All of an input as one document.
fn whole(input: impl Read, place: String, options: &Options) -> Item {
    let bytes = bytes(input, &place)?;
    let extension = Path::new(&place).extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let format = match extension.as_deref() {
        Some("html" | "htm" | "xhtml" | "shtml" | "mhtml" | "php" | "asp" | "aspx") => Format::Html,
        _ => Format::Unknown,
    };
    let common = options.common.clone();
    Ok(Document { bytes, format, url: common.url, path: place, publisher: common.publisher, published: common.published, ..Document::default() })
}

fn bytes(input: impl Read, place: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| Problem::new(place, error, "check that it may be read"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::new(place, "one document of over 8 MiB", "split it, or give its articles as CSV or JSON Lines"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(place, "empty", "leave it out"));
    }
    Ok(bytes)
}

/// What a row of a table or a line of JSON says of a document, as text.
#[derive(Default)]
struct Row {
    place: String,
    bytes: Vec<u8>,
    format: Format,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    retrieved: Option<String>,
}

impl Row {
    /// The document, and before it what is wrong with its date.
    fn into_items(self, common: &Common) -> Vec<Item> {
        let mut items = Vec::new();
        if self.bytes.iter().all(u8::is_ascii_whitespace) {
            items.push(Err(Problem::new(self.place, "no text", "leave it out")));
            return items;
        }
        if self.bytes.len() as u64 > LARGEST {
            items.push(Err(Problem::new(self.place, "one document of over 8 MiB", "split it into its articles")));
            return items;
        }
        let full = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let published = full(self.published).and_then(|text| {
            let stamp = parse_date(&text);
            if stamp.is_none() {
                items.push(Err(Problem::new(&self.place, format!("the date {text:?} is none, or can be read two ways"), "write it as 2019-01-31")));
            }
            stamp
        });
        items.push(Ok(Document {
            bytes: self.bytes,
            format: self.format,
            url: full(self.url),
            path: self.place,
            title: full(self.title),
            publisher: full(self.publisher).or_else(|| common.publisher.clone()),
            published: published.or(common.published),
            retrieved: full(self.retrieved).and_then(|text| parse_date(&text)),
        }));
        items
    }
}

/// Names that columns and fields go by, where the user names none.
mod names {
    pub(super) const TEXT: &[&str] = &["text", "event_text", "body", "content", "article", "maintext", "full_text", "article_text"];
    pub(super) const HTML: &[&str] = &["html", "raw_html"];
    pub(super) const TITLE: &[&str] = &["title", "headline"];
    pub(super) const PUBLISHED: &[&str] = &["date", "published", "published_at", "publication_date", "date_publish", "publish_date", "pub_date", "pubdate"];
    pub(super) const URL: &[&str] = &["url", "link", "source_url"];
    pub(super) const PUBLISHER: &[&str] = &["publisher", "outlet", "source_domain", "sitename"];
    pub(super) const RETRIEVED: &[&str] = &["retrieved", "date_download", "crawl_date", "fetched"];
    pub(super) const ID: &[&str] = &["id", "article_id", "event_id", "guid"];
}

#[cfg(test)]
mod tests;
