//! Keeps the records: one SQLite file.
