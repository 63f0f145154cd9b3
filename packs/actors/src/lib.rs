//! The actors pack of whodid, as bytes. Made by a command, never by hand; see the folder's SOURCE.md.

/// People and the offices they held, with dates. `whodid::resource::Actors` reads it in place.
pub static ACTORS: &[u8] = include_bytes!("../actors.bin");

/// Armed groups of the UCDP actor list, tab-separated.
pub static GROUPS: &str = include_str!("../groups.tsv");
