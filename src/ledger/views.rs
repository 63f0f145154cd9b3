//! The views that people read a ledger by: one a kind, one column a field.

use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension};

use crate::record::columns::{self, Column, INNER_SEPARATOR, SEPARATOR};
use crate::record::fields::{KINDS, Shape};

/// Makes the views anew where they differ from what the fields declare.
pub(super) fn renew(connection: &Connection) -> rusqlite::Result<()> {
    for kind in KINDS {
        let (name, wanted) = (format!("{}s", kind.name), sql(kind));
        let mut statement = connection.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?")?;
        let there: Option<String> = statement.query_row([&name], |row| row.get(0)).optional()?;
        if there.as_ref() != Some(&wanted) {
            connection.execute_batch(&format!("DROP VIEW IF EXISTS {name}; {wanted}"))?;
        }
    }
    Ok(())
}

fn sql(kind: &'static Shape) -> String {
    let mut view = format!("CREATE VIEW {}s AS SELECT", kind.name);
    for column in columns::of(kind) {
        let value = match (kind.name, column.name.as_str()) {
            ("article", "text") => "article.text".to_owned(),
            // Derived, and as long as the text: `whodid query articles --format jsonl` gives it.
            ("article", "body_text") => continue,
            _ => expression(&column),
        };
        let _ = write!(view, "\n  {value} AS \"{}\",", column.name);
    }
    let _ =
        write!(view, "\n  latest.revision AS revision\nFROM latest LEFT JOIN article ON article.number = latest.article\nWHERE latest.kind = '{}'", kind.name);
    view
}

/// The value of a column, out of the JSON of a row of `latest`.
fn expression(column: &Column) -> String {
    let keys = |steps: &[&'static crate::record::fields::Field]| steps.iter().map(|step| format!(".{}", step.name)).collect::<String>();
    let path = column.path.as_slice();
    let Some(first) = path.iter().position(|step| step.many) else {
        return format!("json_extract(latest.json, '${}')", keys(path));
    };
    let (list, member) = path.split_at(first + 1);
    let value = match member.iter().position(|step| step.many) {
        None if member.is_empty() => "member.value".to_owned(),
        None => format!("json_extract(member.value, '${}')", keys(member)),
        Some(_) => {
            format!("(SELECT group_concat(part.value, '{INNER_SEPARATOR}' ORDER BY part.key) FROM json_each(member.value, '${}') AS part)", keys(member))
        }
    };
    // Empty places are kept, so that columns of one list stay aligned; a list without any value is nothing.
    format!(
        "(SELECT iif(count({value}) = 0, NULL, group_concat(coalesce({value}, ''), '{SEPARATOR}' ORDER BY member.key)) FROM json_each(latest.json, '${}') AS member)",
        keys(list)
    )
}
