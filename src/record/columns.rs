//! A record as one row: which columns a kind has where rows are flat (CSV, the views of a ledger).
//!
//! A part becomes columns named `part_field`; of a list, each column holds the members' values joined by [`SEPARATOR`], in the
//! same order and with empty places kept, so that the third of `actors_country` belongs to the third of `actors_text`.

use super::fields::{Field, Shape, Type};

/// Between the members of a list in one cell.
pub const SEPARATOR: &str = " | ";

/// Between the members of a list inside a member of a list.
pub const INNER_SEPARATOR: &str = ",";

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its header.
    pub name: String,
    /// The keys that lead to its value.
    pub path: Vec<&'static Field>,
}

impl Column {
    /// What it holds.
    #[must_use]
    pub fn doc(&self) -> &'static str {
        self.path.last().map_or("", |field| field.doc)
    }
}

/// The columns of a kind, in order. `kind` itself is left out: a table holds one kind.
#[must_use]
pub fn of(kind: &'static Shape) -> Vec<Column> {
    let mut columns = Vec::new();
    for field in kind.fields().filter(|field| field.name != "kind") {
        add(&mut columns, &mut Vec::new(), field);
    }
    columns
}

fn add(columns: &mut Vec<Column>, path: &mut Vec<&'static Field>, field: &'static Field) {
    let inside_list = path.iter().any(|step| step.many);
    path.push(field);
    match field.of {
        // A list of parts inside a list of parts does not fit one row; the JSON has it.
        Type::Object(_) if inside_list => {}
        Type::Object(shape) => {
            for inner in shape.fields().filter(|inner| shape.brief.contains(&inner.name)) {
                add(columns, path, inner);
            }
        }
        _ => {
            let name = path.iter().map(|step| step.name).collect::<Vec<_>>().join("_");
            columns.push(Column { name, path: path.clone() });
        }
    }
    path.pop();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::fields;

    #[test]
    fn every_kind_has_columns_of_different_names() {
        for kind in fields::KINDS {
            let mut names: Vec<String> = of(kind).into_iter().map(|column| column.name).collect();
            assert!(names.contains(&"id".to_owned()), "{}", kind.name);
            names.sort();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.name);
        }
    }

    #[test]
    fn parts_are_flattened_and_nested_lists_left_out() {
        let names: Vec<String> = of(fields::kind("event").unwrap()).into_iter().map(|column| column.name).collect();
        for name in ["event_type", "modes", "actors_country", "actors_sectors", "date_start", "content_event_type", "content_actors_name", "evidence_text"] {
            assert!(names.iter().any(|other| other == name), "{name} is not among {names:?}");
        }
        assert!(!names.iter().any(|name| name.starts_with("actors_attribution")));
    }
}
