//! JSON Lines, and JSON files that hold one object or a list of them: a document an object.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::{Format, Item, Items, LARGEST, Options, Problem, Row, bytes, names, one};

/// The objects of JSON Lines. An object's place is `file#id` where it has an id, else `file#line`, counted from 1.
pub(super) fn read(mut input: impl BufRead + Send + 'static, place: String, options: &Options) -> Items {
    let options = options.clone();
    let mut number = 0_usize;
    let mut ended = false;
    let objects = std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            number += 1;
            let mut line = Vec::new();
            let here = || format!("{place}#{number}");
            match input.by_ref().take(2 * LARGEST).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(length) if length as u64 == 2 * LARGEST && !line.ends_with(b"\n") => {
                    ended = true;
                    return Some(vec![Err(Problem::new(here(), "one line of over 128 MiB", "check that it is JSON Lines: one object a line"))]);
                }
                Ok(_) => {}
                Err(error) => {
                    ended = true;
                    return Some(vec![Err(Problem::new(here(), error, "check that it may be read"))]);
                }
            }
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(match serde_json::from_slice::<Value>(line) {
                Ok(Value::Object(object)) => items(object, &place, number, &options),
                Ok(_) => vec![Err(Problem::new(here(), "not a JSON object", "give one object a line"))],
                Err(error) => vec![Err(Problem::new(here(), format!("not JSON: {error}"), "give one object a line"))],
            });
        }
    });
    Box::new(objects.flatten())
}

/// The object of a JSON file, or the objects of the list that it is.
pub(super) fn read_whole(input: impl Read, place: String, options: &Options) -> Items {
    let bytes = match bytes(input, &place) {
        Ok(bytes) => bytes,
        Err(problem) => return one(Err(problem)),
    };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match serde_json::from_slice::<Value>(text) {
        Ok(Value::Object(object)) => Box::new(items(object, &place, 1, options).into_iter()),
        Ok(Value::Array(list)) => {
            let options = options.clone();
            Box::new(list.into_iter().enumerate().flat_map(move |(at, value)| match value {
                Value::Object(object) => items(object, &place, at + 1, &options),
                _ => vec![Err(Problem::new(format!("{place}#{}", at + 1), "not a JSON object", "give a list of objects"))],
            }))
        }
        Ok(_) => one(Err(Problem::new(place, "neither a JSON object nor a list of them", "give a list of objects"))),
        // Many call JSON Lines ".json".
        Err(_) if serde_json::from_slice::<Value>(text.split(|&byte| byte == b'\n').next().unwrap_or_default()).is_ok() => {
            read(std::io::Cursor::new(text.to_vec()), place, options)
        }
        Err(error) => one(Err(Problem::new(place, format!("not JSON: {error}"), "mend the file"))),
    }
}

fn items(mut object: Map<String, Value>, place: &str, number: usize, options: &Options) -> Vec<Item> {
    let id = field(&mut object, None, names::ID);
    let place = id.map_or_else(|| format!("{place}#{number}"), |id| format!("{place}#{id}"));
    let text = field(&mut object, options.text.as_ref(), names::TEXT);
    let html = if text.is_none() && options.text.is_none() { field(&mut object, None, names::HTML) } else { None };
    if text.is_none() && html.is_none() {
        let shown: Vec<&str> = object.keys().map(String::as_str).take(12).collect();
        let mend = format!("name the field that holds the text: its fields are {}", shown.join(", "));
        return vec![Err(Problem::new(place, format!("no field {:?}", options.text.as_deref().unwrap_or("text")), mend))];
    }
    let format = if html.is_some() { Format::Html } else { Format::Unknown };
    let row = Row {
        bytes: text.or(html).unwrap_or_default().into_bytes(),
        format,
        title: field(&mut object, options.title.as_ref(), names::TITLE),
        published: field(&mut object, options.published.as_ref(), names::PUBLISHED),
        url: field(&mut object, options.url.as_ref(), names::URL),
        publisher: field(&mut object, None, names::PUBLISHER),
        retrieved: field(&mut object, None, names::RETRIEVED),
        place,
    };
    row.into_items(&options.common)
}

/// The first of the fields that is there, as text.
fn field(object: &mut Map<String, Value>, wish: Option<&String>, names: &[&str]) -> Option<String> {
    let taken = match wish {
        Some(wish) => object.get_mut(wish.as_str()).map(Value::take),
        None => names.iter().find_map(|name| object.get_mut(*name).map(Value::take).filter(|value| value.is_string() || value.is_number())),
    };
    match taken? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
