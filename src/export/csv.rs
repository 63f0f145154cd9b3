//! CSV: one kind a file, one record a row, the columns of `record::columns`.

use std::io::{self, Write};

use serde_json::Value;

use crate::record::columns::{self, Column, INNER_SEPARATOR, SEPARATOR};
use crate::record::fields::{Field, Shape};

/// Writes rows of one kind.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
    kind: &'static str,
    columns: Vec<Column>,
}

impl<W: Write> Writer<W> {
    /// Begins a file for records of `kind`: writes the header.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn new(out: W, kind: &'static Shape) -> io::Result<Self> {
        let columns = columns::of(kind);
        let mut out = csv::Writer::from_writer(out);
        out.write_record(columns.iter().map(|column| &column.name))?;
        Ok(Self { out, kind: kind.name, columns })
    }

    /// Writes those of `records` that are of this kind.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(&mut self, records: &[Value]) -> io::Result<()> {
        for record in records.iter().filter(|record| record["kind"] == self.kind) {
            self.out.write_record(self.columns.iter().map(|column| cell(record, column)))?;
        }
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The cell of a record in a column.
#[must_use]
pub fn cell(record: &Value, column: &Column) -> String {
    neutral(value_at(record, &column.path, SEPARATOR))
}

fn value_at(value: &Value, path: &[&'static Field], separator: &str) -> String {
    let Some((field, rest)) = path.split_first() else { return plain(value) };
    match value.get(field.name) {
        None => String::new(),
        Some(Value::Array(members)) => {
            let cells: Vec<String> = members.iter().map(|member| value_at(member, rest, INNER_SEPARATOR)).collect();
            if cells.iter().all(String::is_empty) { String::new() } else { cells.join(separator) }
        }
        Some(inner) => value_at(inner, rest, separator),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A spreadsheet runs a cell that begins so as a formula; an apostrophe makes it text. Numbers are left as they are.
#[must_use]
pub fn neutral(mut cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        cell.insert(0, '\'');
    }
    cell
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::record::fields;

    #[test]
    fn members_of_lists_stay_aligned() {
        let record = json!({"kind": "event", "id": "e_1", "actors": [{"text": "rebels"}, {"text": "Iran", "country": "IRN", "sectors": ["GOV", "MIL"]}]});
        let columns = columns::of(fields::kind("event").unwrap());
        let cell_of = |name: &str| cell(&record, columns.iter().find(|column| column.name == name).unwrap());
        assert_eq!(cell_of("actors_text"), "rebels | Iran");
        assert_eq!(cell_of("actors_country"), " | IRN");
        assert_eq!(cell_of("actors_sectors"), " | GOV,MIL");
        assert_eq!(cell_of("actors_name"), "");
    }

    #[test]
    fn formulas_are_made_text_and_numbers_are_not() {
        assert_eq!(neutral("=1+1".into()), "'=1+1");
        assert_eq!(neutral("@SUM(A1)".into()), "'@SUM(A1)");
        assert_eq!(neutral("-77.03".into()), "-77.03");
        assert_eq!(neutral("- no comment".into()), "'- no comment");
    }

    #[test]
    fn only_the_kind_of_the_file_is_written() {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out, fields::kind("quote").unwrap()).unwrap();
        writer.write(&[json!({"kind": "event", "id": "e_1"}), json!({"kind": "quote", "id": "q_1", "text": "Stop, \"now\""})]).unwrap();
        writer.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().nth(1).unwrap().contains("\"Stop, \"\"now\"\"\""));
    }
}
