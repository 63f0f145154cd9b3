//! Packs, scores, benches and checks of whodid. Run as `cargo xtask COMMAND`.
fn main() {}
