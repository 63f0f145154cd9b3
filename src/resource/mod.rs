//! What the program knows: loads `data/` and the packs, and is the only place that knows those file formats.
//!
//! Nothing here is parsed that can be mapped: packs are read in place from the program's own bytes.

mod chrome;
mod countries;
pub mod fold;
pub mod places;

pub use chrome::{Chrome, Patterns};
pub use countries::{Countries, CountryRow, Naming};
pub use places::Gazetteer;

/// All immutable resources. `Send + Sync`: threads share one.
#[derive(Debug)]
pub struct Resources {
    /// Codes, names, adjectives and capitals of countries.
    pub countries: Countries,
    /// Every known place by name.
    pub places: Gazetteer,
}

impl Resources {
    /// The resources that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self { countries: Countries::embedded(), places: Gazetteer::embedded() }
    }
}
