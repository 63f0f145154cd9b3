//! JSON Lines, and one JSON array.

use std::io::{self, Write};

use serde_json::Value;

/// Writes one record a line.
///
/// # Errors
/// What the writer gives.
pub fn lines(out: &mut impl Write, records: &[Value]) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes a JSON array, a record a line, over any number of calls to [`Array::write`].
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// Writes more members.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(&mut self, out: &mut impl Write, records: &[Value]) -> io::Result<()> {
        for record in records {
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, record)?;
        }
        Ok(())
    }

    /// Closes the array.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
