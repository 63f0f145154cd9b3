//! Reading of treebanks, for training and for scoring.

pub mod conllu;
