//! Trains the weights of the language engine from treebanks; see MODEL-CARD.md beside the packed weights.
fn main() {}
