//! Who, where, when and how many: stretches of text resolved against what is known.

use std::fmt;

use jiff::civil::Date;

use super::{ActorBasis, DateBasis, DatePrecision, PlaceBasis, PlacePrecision, Qualifier, Sector, Span, Word};

/// ISO 3166 alpha-3 code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub [u8; 3]);

impl Country {
    /// The country with this code: three ASCII letters, any case.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|byte| byte.to_ascii_uppercase())))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Everything found in an article before anything is extracted. Each list is in text order.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Time expressions.
    pub times: Vec<TimeMention>,
    /// Numbers with their qualifiers.
    pub numbers: Vec<NumberMention>,
    /// Places, also those that [`Mentions::actors`] reads as governments (`metonymic`).
    pub places: Vec<PlaceMention>,
    /// People and organisations.
    pub actors: Vec<ActorMention>,
    /// Other names that the article itself states ("Daesh is another term for Islamic State").
    pub aliases: Vec<Alias>,
}

/// A noun phrase that names people or an organisation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActorMention {
    /// The head word; of a name with an apposition, the last word of the name.
    pub head: Word,
    /// Who it is.
    pub actor: Actor,
    /// Mentions with one number are one actor.
    pub entity: u32,
    /// The word by which it hangs in the tree: "dozens" of "dozens of civilians", "Stéphane" of "Mr. Stéphane Dion".
    pub top: Word,
    /// Whether it is a pronoun: resolved by coreference, never a record of its own.
    pub pronoun: bool,
    /// Whether it only modifies a noun that names no actor ("Russian" airstrikes): never a record of its own.
    pub modifier: bool,
}

/// Who someone is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actor {
    /// The full noun phrase without relative clauses.
    pub span: Span,
    /// The knowledge base's own name ("Harjit Sajjan", "Islamic State"); empty where it has none.
    pub name: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// Country; none for the UN and other bodies of many.
    pub country: Option<Country>,
    /// Most telling first.
    pub sectors: Vec<Sector>,
    /// Office held on the article's day.
    pub role: Option<String>,
    /// First day of that office.
    pub role_start: Option<Date>,
    /// Last day of that office, where it ended.
    pub role_end: Option<Date>,
    /// Age in years, where the text states it.
    pub age: Option<u16>,
    /// "female" or "male", where the text states it.
    pub sex: Option<&'static str>,
    /// Whether the text calls them civilians (or not).
    pub civilian: Option<bool>,
    /// How it was resolved; none where it was not.
    pub basis: Option<ActorBasis>,
}

/// A second name that the article states.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The other name, as it stands.
    pub alias: Span,
    /// The knowledge base's name of what it stands for.
    pub name: String,
}

/// A stretch that names a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Head word of the place name.
    pub head: Word,
    /// Where it is.
    pub place: Place,
    /// Whether it stands for a government or people there, not for the place.
    pub metonymic: bool,
}

/// Where something is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// What stands in the text, with its relation words ("east Aleppo districts").
    pub span: Span,
    /// The anchor's name in the gazetteer ("Aleppo").
    pub name: Option<String>,
    /// GeoNames id of the anchor.
    pub geonames_id: Option<u32>,
    /// Degrees north; none for areas.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Country.
    pub country: Option<Country>,
    /// First-level division's name.
    pub admin1: Option<String>,
    /// How fine it is.
    pub precision: Option<PlacePrecision>,
    /// How it lies to the anchor ("east part of", "20 km south of").
    pub relation: Option<String>,
    /// Where a record found it; none on the mention itself.
    pub basis: Option<PlaceBasis>,
}

/// A time expression, or a date that a record took.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// What stands in the text; none where the date is the day of publication.
    pub span: Option<Span>,
    /// First day; none where the expression could not be resolved (relative, and no publication date).
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// TIMEX3 value.
    pub timex: String,
    /// Where it comes from.
    pub basis: DateBasis,
    /// How fine it is.
    pub precision: DatePrecision,
}

/// A time expression in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Its words, without a preposition before it.
    pub words: std::ops::Range<usize>,
    /// The TIMEX3 type.
    pub kind: TimeKind,
    /// Its value.
    pub when: When,
    /// How the phrase stands to it ("by the end of 2016": By; "since Friday": Since).
    pub bound: Option<TimeBound>,
}

super::closed_list! {
    /// TIMEX3 type.
    pub enum TimeKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

super::closed_list! {
    /// How a phrase bounds its time expression.
    pub enum TimeBound { By = "by", Before = "before", After = "after", Since = "since", Until = "until", Over = "over", From = "from" }
}

/// A number in the text: digits or words, with its qualifier.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberMention {
    /// Its words, the qualifier's too ("about 34,000", "3.73 million", "between 10 and 12").
    pub words: std::ops::Range<usize>,
    /// The word of it that stands in the tree (the last numeral).
    pub head: Word,
    /// The value; none where it is a range or vague.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How exact it is said to be.
    pub qualifier: Qualifier,
    /// What kind of number it is.
    pub kind: NumberKind,
    /// ISO 4217 code, for money.
    pub currency: Option<&'static str>,
}

super::closed_list! {
    /// What kind of number it is. Ordinals, years, ages and clock times are no counts.
    pub enum NumberKind { Count = "count", Percent = "percent", Money = "money", Measure = "measure", Ordinal = "ordinal", Age = "age", Other = "other" }
}
