//! CSV and its like: a document a row.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::{Format, Item, Items, Options, Problem, Row, names, one};

/// Where the fields stand in a row.
#[derive(Clone, Copy, Default)]
struct Columns {
    text: Option<usize>,
    html: bool,
    title: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
    publisher: Option<usize>,
    retrieved: Option<usize>,
}

/// The rows of a table that has a line of column names. A row's place is `file#1` for the first row under the names.
pub(super) fn read(input: impl Read + Send + 'static, delimiter: u8, place: String, options: &Options) -> Items {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
    let head = match reader.byte_headers() {
        Ok(head) => head.clone(),
        Err(error) => return one(Err(Problem::new(place, error, "check that it is a table"))),
    };
    let columns = match columns(&head, options) {
        Ok(columns) => columns,
        Err((what, mend)) => return one(Err(Problem::new(place, what, mend))),
    };
    let common = options.common.clone();
    let mut number = 0_usize;
    let rows = std::iter::from_fn(move || {
        let mut record = ByteRecord::new();
        number += 1;
        let place = format!("{place}#{number}");
        match reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(row(&record, &columns, place).into_items(&common)),
            // The reader stands behind what it could not read, or at the end.
            Err(error) if reader.is_done() => {
                let last: Vec<Item> = if error.is_io_error() { vec![Err(Problem::new(place, error, ""))] } else { Vec::new() };
                (!last.is_empty()).then_some(last)
            }
            Err(error) => Some(vec![Err(Problem::new(place, error, "mend the row"))]),
        }
    });
    Box::new(rows.flatten())
}

fn columns(head: &ByteRecord, options: &Options) -> Result<Columns, (String, String)> {
    let shown: Vec<String> = head.iter().map(|name| String::from_utf8_lossy(name).trim_matches(['\u{feff}', ' ', '"']).to_owned()).collect();
    let known = |names: &[&str]| names.iter().find_map(|name| shown.iter().position(|column| column.eq_ignore_ascii_case(name)));
    let chosen = |wish: Option<&String>, names: &[&str]| match wish {
        Some(wish) => match shown.iter().position(|column| column == wish) {
            Some(at) => Ok(Some(at)),
            None => Err((format!("no column {wish:?}"), format!("its columns are {}", shown.join(", ")))),
        },
        None => Ok(known(names)),
    };
    let mut columns = Columns {
        text: chosen(options.text.as_ref(), names::TEXT)?,
        html: false,
        title: chosen(options.title.as_ref(), names::TITLE)?,
        published: chosen(options.published.as_ref(), names::PUBLISHED)?,
        url: chosen(options.url.as_ref(), names::URL)?,
        publisher: known(names::PUBLISHER),
        retrieved: known(names::RETRIEVED),
    };
    if columns.text.is_none() {
        columns.text = known(names::HTML);
        columns.html = columns.text.is_some();
    }
    if columns.text.is_none() {
        return Err(("no column \"text\"".into(), format!("name the one that holds the text: its columns are {}", shown.join(", "))));
    }
    Ok(columns)
}

fn row(record: &ByteRecord, columns: &Columns, place: String) -> Row {
    let raw = |at: Option<usize>| at.and_then(|at| record.get(at));
    let text = |at: Option<usize>| raw(at).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Row {
        bytes: raw(columns.text).unwrap_or_default().to_vec(),
        format: if columns.html { Format::Html } else { Format::Unknown },
        title: text(columns.title),
        published: text(columns.published),
        url: text(columns.url),
        publisher: text(columns.publisher),
        retrieved: text(columns.retrieved),
        place,
    }
}
