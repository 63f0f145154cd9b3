//! Tests of the whole: the real program, and the library from outside.
#![allow(missing_docs, clippy::unwrap_used)]

mod cli;
mod codebook;
mod hostile;
mod ledger;
mod parser;
mod property;
mod schema;
mod support;
mod tidy;
