//! The published form of the declaration: a JSON Schema, and the same as a page to read.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::record::fields::{self, Field, Shape, Type};

/// Pattern of an id: a letter and 80 bits in base32.
const ID: &str = "^[a-z]_[a-z2-7]{16}$";
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const MOMENT: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?$";

/// The JSON Schema (draft 2020-12) of one record.
#[must_use]
pub fn json_schema() -> Value {
    let mut definitions = Map::new();
    for part in fields::PARTS {
        definitions.insert(part.name.to_owned(), object(part, None));
    }
    for kind in fields::KINDS {
        definitions.insert(format!("{}_record", kind.name), object(kind, Some(kind.name)));
    }
    let kinds: Vec<Value> = fields::KINDS.iter().map(|kind| json!({ "$ref": format!("#/$defs/{}_record", kind.name) })).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "whodid record",
        "description": "One line of the output of `whodid code`. Keys with nothing to say are left out; null is never written.",
        "oneOf": kinds,
        "$defs": definitions,
    })
}

fn object(shape: &Shape, kind: Option<&str>) -> Value {
    let mut properties = Map::new();
    for field in shape.fields() {
        let mut property = match kind {
            Some(kind) if field.name == "kind" => json!({ "const": kind }),
            _ => of_field(field),
        };
        if let Some(property) = property.as_object_mut() {
            let unit = field.unit.map_or_else(String::new, |unit| format!(" Unit: {unit}."));
            property.insert("description".to_owned(), Value::String(format!("{}{unit}", field.doc)));
        }
        properties.insert(field.name.to_owned(), property);
    }
    let required: Vec<&str> = shape.fields().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({ "type": "object", "description": shape.doc, "properties": properties, "additionalProperties": false });
    // A part whose fields may each be left out is itself left out when all are.
    if required.is_empty() {
        schema["minProperties"] = json!(1);
    } else {
        schema["required"] = json!(required);
    }
    schema
}

fn of_field(field: &Field) -> Value {
    let one = match field.of {
        Type::Text => json!({ "type": "string", "minLength": 1 }),
        Type::Word(words) => json!({ "enum": words }),
        Type::Id(_) => json!({ "type": "string", "pattern": ID }),
        Type::Whole => json!({ "type": "integer", "minimum": 0 }),
        Type::Number if field.unit == Some("0 to 1") => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Type::Number => json!({ "type": "number" }),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Day => json!({ "type": "string", "pattern": DAY }),
        Type::Moment => json!({ "type": "string", "pattern": MOMENT }),
        Type::Country => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        Type::Object(shape) => json!({ "$ref": format!("#/$defs/{}", shape.name) }),
    };
    if field.many { json!({ "type": "array", "minItems": 1, "items": one }) } else { one }
}

/// The fields of every kind and part as Markdown tables.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Fields of the record\n\nOne JSON object a line, `kind` first. Keys with nothing to say are left out; null is never written. Offsets count\n\
         bytes, and code points where the name ends in `_char`, into the article's `text`; ends are exclusive.\n\
         \nThis page is printed by `whodid schema --format markdown`; the same declaration gives `whodid schema`, a JSON Schema.\n",
    );
    let kinds = fields::KINDS.iter().map(|kind| (format!("Record `{}`", kind.name), kind));
    let parts = fields::PARTS.iter().map(|part| (format!("Part `{}`", part.name), part));
    for (title, shape) in kinds.chain(parts) {
        let _ = write!(page, "\n## {title}\n\n{}\n\n| field | holds | always | says |\n| --- | --- | --- | --- |\n", shape.doc);
        for field in shape.fields() {
            let unit = field.unit.map_or_else(String::new, |unit| format!(" ({unit})"));
            let always = if field.required { "yes" } else { "" };
            let _ = writeln!(page, "| `{}` | {}{unit} | {always} | {} |", field.name, holds(field), field.doc);
        }
    }
    page
}

/// The type of a field in words.
fn holds(field: &Field) -> String {
    let one = match field.of {
        Type::Text => "text".to_owned(),
        Type::Word(words) => format!("one of {}", words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")),
        Type::Id("record") => "id".to_owned(),
        Type::Id(kind) => format!("id of the {kind}"),
        Type::Whole => "whole number".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::Day => "day, ISO 8601".to_owned(),
        Type::Moment => "day or time, ISO 8601".to_owned(),
        Type::Country => "ISO 3166 alpha-3".to_owned(),
        Type::Object(shape) => format!("[{}](#part-{})", shape.name, shape.name),
    };
    if field.many { format!("list: {one}") } else { one }
}
