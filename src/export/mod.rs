//! Hands records on: one file per layout.
