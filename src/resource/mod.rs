//! What the program knows: loads `data/` and the packs, and is the only place that knows those file formats.
//!
//! Nothing here is parsed that can be mapped: packs are read in place from the program's own bytes.

pub mod actors;
mod chrome;
mod complements;
mod countries;
pub mod fold;
pub mod lexicon;
mod matrix;
mod measure;
pub mod network;
mod number;
pub mod petrarch;
mod place_words;
pub mod places;
mod pledge;
mod ranker;
pub mod reporting;
mod splitting;
mod time;
mod unit;
mod weights;

pub use actors::Actors;
pub use chrome::{Chrome, Patterns};
pub use complements::Complements;
pub use countries::{Countries, CountryRow, Naming};
pub use lexicon::Lexicon;
pub use matrix::Matrix;
pub use measure::{MeasureRule, Measures, Part};
pub use number::{NumberWord, Numbers};
pub use place_words::{PlaceWord, PlaceWords};
pub use places::Gazetteer;
pub use pledge::PledgeCues;
pub use ranker::{CLASSES, MEANINGS, NONE, Ranker, Scores, TYPES, UNIT};
pub use splitting::{Abbreviation, Splitting};
pub use time::{TimeClass, TimeWord, TimeWords};
pub use unit::Units;
pub use weights::{FAMILY_NAME, Lemmas, NameLists, PEOPLE, Rule, SECTIONS, Tensor, Tensors, Vectors, Weights, build_slots};

/// All immutable resources. `Send + Sync`: threads share one.
#[derive(Debug)]
pub struct Resources {
    /// Office-holders, organisations, nouns that name people.
    pub actors: Actors,
    /// Codes, names, adjectives and capitals of countries.
    pub countries: Countries,
    /// Every known place by name.
    pub places: Gazetteer,
    /// The words about place names.
    pub place_words: PlaceWords,
    /// What belongs to a verb and is easily hung on a noun.
    pub complements: Complements,
    /// English spelling, for the splitter.
    pub splitting: Splitting,
    /// The language models.
    pub weights: Weights,
    /// What speaks for which type of event between two parties.
    pub ranker: Ranker,
    /// What numbers count.
    pub measures: Measures,
    /// Words that commit someone.
    pub pledges: PledgeCues,
    /// Number words, qualifiers, currencies.
    pub numbers: Numbers,
    /// Words of time expressions.
    pub times: TimeWords,
    /// Nouns by the unit they are counted in.
    pub units: Units,
    /// Words that put something into someone's mouth.
    pub reporting: reporting::Reporting,
    /// The event lexicon.
    pub lexicon: Lexicon,
}

impl Resources {
    /// The resources that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            actors: Actors::embedded(),
            countries: Countries::embedded(),
            places: Gazetteer::embedded(),
            place_words: PlaceWords::embedded(),
            complements: Complements::embedded(),
            splitting: Splitting::embedded(),
            weights: Weights::embedded(),
            ranker: Ranker::embedded(),
            measures: Measures::embedded(),
            pledges: PledgeCues::embedded(),
            numbers: Numbers::embedded(),
            times: TimeWords::embedded(),
            units: Units::embedded(),
            reporting: reporting::Reporting::embedded(),
            lexicon: Lexicon::embedded(),
        }
    }
}
