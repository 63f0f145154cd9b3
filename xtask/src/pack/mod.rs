//! Packs: what the program carries, made from sources of facts.

use std::path::Path;

use anyhow::{Result, bail};

pub(crate) mod actors;
pub(crate) mod places;

/// Makes the pack that the first argument names.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let facts = args.iter().position(|arg| *arg == "--facts").and_then(|at| args.get(at + 1)).copied().unwrap_or("../shared/facts");
    match args.first().copied() {
        Some("places") => places::build(Path::new(facts), Path::new("data/places"), Path::new("packs/places/places.bin")),
        Some("actors") => actors::pack(&Path::new(facts).join("actors")),
        _ => bail!("usage: cargo xtask pack places|actors [--facts DIR]"),
    }
}
