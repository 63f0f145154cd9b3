//! The weights pack of whodid, as bytes. Made by `cargo train`, never by hand; see MODEL-CARD.md beside it.
//!
//! The weights are under CC BY-SA 4.0 (LICENCE), not under the licence of the code.

/// The pack. `whodid::resource::Weights` reads it in place.
pub static PACK: &[u8] = include_bytes!("../weights.bin");
