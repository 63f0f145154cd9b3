//! Reads crisis news and writes a sourced record: who did what to whom, where and when, and according to whom.
//!
//! ```
//! use whodid::{pipeline::Coder, record::Document};
//!
//! let document = Document { bytes: b"Rebels shelled the town on Monday.".to_vec(), ..Document::default() };
//! let coded = Coder::default().code(&document);
//! assert_eq!(coded.article.text, "Rebels shelled the town on Monday.");
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

// In the order of the flow; a stage imports nothing that stands below it (`tests/it/tidy.rs`).
pub mod record;
//
pub mod trace;
//
pub mod resource;
//
pub mod source;
//
pub mod article;
//
pub mod text;
//
pub mod parse;
//
pub mod mention;
//
pub mod extract;
//
pub mod pipeline;
//
pub mod ledger;
//
pub mod export;
