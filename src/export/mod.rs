//! Hands records on: one file per layout.
//!
//! Internal types stay free of the layout: [`record`] turns what was coded into JSON objects as `record::fields` declares
//! them, and every layout is written from those.

pub mod csv;
pub mod json;
mod offsets;
pub mod record;
pub mod schema;
pub mod table;
