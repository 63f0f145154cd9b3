//! The program `whodid`.

fn main() {}
