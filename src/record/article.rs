//! A page as it came in, and the story read out of it.

use jiff::civil::{Date, Time};

use super::{PublishedBasis, Span, Zone};

/// One thing to code: bytes as they came, with what is known from outside. Made by a source.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The page or text, undecoded.
    pub bytes: Vec<u8>,
    /// What the bytes are; [`Format::Unknown`] lets the reader look.
    pub format: Format,
    /// Where it was published.
    pub url: Option<String>,
    /// Where it was read from: a path, with `#row` or `#offset` for a part of a file. Identity where there is no url.
    pub path: String,
    /// Headline, where the source holds it apart from the text.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Publication date given from outside; wins over the page's own.
    pub published: Option<Stamp>,
    /// When it was fetched, if the source says so.
    pub retrieved: Option<Stamp>,
}

/// What the bytes of a document are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Look at the bytes.
    #[default]
    Unknown,
    /// Plain text, page chrome possibly in it.
    Text,
    /// HTML.
    Html,
}

/// A day, with the time of day and offset from UTC where the page states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day as the page states it, in the page's own zone.
    pub date: Date,
    /// Time of day.
    pub time: Option<Time>,
    /// Minutes east of UTC.
    pub offset: Option<i16>,
}

impl Stamp {
    /// A bare day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }
}

/// The story of a page.
///
/// `text` is the whole visible page, decoded and linearised in reading order, title first, blocks joined by one newline.
/// `zones` tile it: in order, without overlap, and only the newlines between blocks lie outside them.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// `a_` and 16 base32 characters of SHA-256(url or path, 0, text).
    pub id: String,
    /// The text, stored once.
    pub text: String,
    /// The blocks of the text with their types, in text order. One block is one paragraph.
    pub zones: Vec<Block>,
    /// Where it was published.
    pub url: Option<String>,
    /// Headline: the page's, or what the source gave.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Publication date, and where it was found.
    pub published: Option<(Stamp, PublishedBasis)>,
    /// Last modification that the page states.
    pub modified: Option<Stamp>,
    /// When it was fetched.
    pub retrieved: Option<Stamp>,
    /// SHA-256 of the bytes as they came, hexadecimal.
    pub sha256: String,
    /// BCP 47 language, where one was told with certainty.
    pub language: Option<String>,
    /// Licence that the page states.
    pub licence: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<Span>,
    /// Place and date line at the head of the story ("ALEPPO, Syria, Dec 13 (Reuters) -").
    pub dateline: Option<Span>,
    /// Photo captions with their credits.
    pub captions: Vec<Caption>,
    /// Links to other stories, their text.
    pub related: Vec<Span>,
    /// Agencies credited for the text ("With files from Reuters": "Reuters").
    pub wire_credits: Vec<Span>,
}

/// A paragraph, heading, caption or other block of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its stretch of the text, without the newline after it.
    pub span: Span,
    /// What it is.
    pub zone: Zone,
}

/// A photo caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caption {
    /// The caption without its credit.
    pub text: Span,
    /// "Name/Agency", where given.
    pub credit: Option<Span>,
}

impl Article {
    /// The publication day, if known.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.published.map(|(stamp, _)| stamp.date)
    }

    /// Whether the language is English, or could not be told. Nothing is coded from other languages.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(|code| code.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")))
    }

    /// The zone that holds the byte at `at`.
    #[must_use]
    pub fn zone_at(&self, at: u32) -> Zone {
        let index = self.zones.partition_point(|block| block.span.end <= at);
        self.zones.get(index).filter(|block| block.span.start <= at).map_or(Zone::Other, |block| block.zone)
    }
}
