//! Where documents come from: files, folders, CSV, JSON Lines.
