//! The places pack of whodid, as bytes. Made by a command, never by hand; see the folder's SOURCE.md.

/// The pack; `whodid::resource::places` says how it is laid out.
pub const PACK: &[u8] = include_bytes!("../places.bin");
