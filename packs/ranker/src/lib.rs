//! The ranker of event types, as bytes. Made by `cargo train ranker`, never by hand; see MODEL-CARD.md beside it.
//!
//! Learned from sentences that were written for this project: CC BY 4.0 (LICENCE).

/// The pack. `whodid::resource::Ranker` reads it in place.
pub static PACK: &[u8] = include_bytes!("../ranker.bin");
