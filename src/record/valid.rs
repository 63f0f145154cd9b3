//! Whether a record, as JSON, is what `fields` declares and points at the words it names.

use serde_json::{Map, Value};

use super::fields::{self, Field, Shape, Type};

/// Every way in which a record breaches its declaration; empty where it is sound.
#[must_use]
pub fn breaches(record: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let kind = record.get("kind").and_then(Value::as_str).and_then(fields::kind);
    match (kind, record.as_object()) {
        (Some(kind), Some(object)) => of_object(object, kind, kind.name, &mut found),
        _ => found.push("no record: `kind` names none".to_owned()),
    }
    found
}

fn of_object(object: &Map<String, Value>, shape: &Shape, path: &str, found: &mut Vec<String>) {
    for field in shape.fields() {
        match object.get(field.name) {
            None if field.required => found.push(format!("{path}.{} is missing", field.name)),
            None => {}
            Some(value) => of_field(value, field, &format!("{path}.{}", field.name), found),
        }
    }
    for key in object.keys().filter(|key| shape.field(key).is_none()) {
        found.push(format!("{path}.{key} is not declared"));
    }
}

fn of_field(value: &Value, field: &Field, path: &str, found: &mut Vec<String>) {
    if !field.many {
        return of_value(value, field, path, found);
    }
    match value.as_array() {
        None => found.push(format!("{path} is no list")),
        Some(members) if members.is_empty() => found.push(format!("{path} is empty and should be left out")),
        Some(members) => members.iter().for_each(|member| of_value(member, field, path, found)),
    }
}

fn of_value(value: &Value, field: &Field, path: &str, found: &mut Vec<String>) {
    let text = value.as_str();
    let sound = match field.of {
        Type::Text => text.is_some_and(|text| !text.is_empty()),
        Type::Word(words) => text.is_some_and(|text| words.contains(&text)),
        Type::Id(_) => text.is_some_and(|text| text.len() == 18 && text.as_bytes()[1] == b'_'),
        Type::Whole => value.is_u64(),
        Type::Number if field.unit == Some("0 to 1") => value.as_f64().is_some_and(|number| (0.0..=1.0).contains(&number)),
        Type::Number => value.is_number(),
        Type::Flag => value.is_boolean(),
        Type::Day => text.is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10),
        Type::Moment => text.is_some_and(|text| text.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())),
        Type::Country => text.is_some_and(|text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())),
        Type::Object(shape) => match value.as_object() {
            Some(object) => return of_object(object, shape, path, found),
            None => false,
        },
    };
    if !sound {
        found.push(format!("{path} holds {value}"));
    }
}

/// Every stretch of a record that does not say what stands at its offsets in the article's text.
#[must_use]
pub fn misplaced(record: &Value, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // The article's own `text` has no offsets, and its blocks no text.
    walk(record, text, &mut found);
    found
}

fn walk(value: &Value, text: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(members) => members.iter().for_each(|member| walk(member, text, found)),
        Value::Object(object) => {
            let offset = |key: &str| object.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
            if let (Some(start), Some(end)) = (offset("start"), offset("end")) {
                let words = object.get("text").and_then(Value::as_str);
                match (text.get(start..end), words) {
                    (None, _) => found.push(format!("{start}..{end} is no stretch of the text")),
                    (Some(there), Some(words)) if there != words => found.push(format!("{start}..{end} holds {there:?}, not {words:?}")),
                    _ => {}
                }
            }
            object.values().for_each(|member| walk(member, text, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_breach_is_named() {
        let issue = json!({"kind": "issue", "id": "i_aaaaaaaaaaaaaaaa", "stage": "text", "problem": "too long"});
        assert_eq!(breaches(&issue), Vec::<String>::new());
        let wrong = json!({"kind": "issue", "id": "i_aaaaaaaaaaaaaaaa", "stage": "stomach", "start": -1, "mood": "sad"});
        assert_eq!(breaches(&wrong), ["issue.stage holds \"stomach\"", "issue.start holds -1", "issue.problem is missing", "issue.mood is not declared"]);
        assert_eq!(breaches(&json!({"kind": "poem"})), ["no record: `kind` names none"]);
    }

    #[test]
    fn words_that_stand_elsewhere_are_found() {
        let record =
            json!({"trigger": {"start": 0, "end": 6, "text": "Rebels"}, "evidence": [{"start": 7, "end": 11, "text": "fled"}, {"start": 9, "end": 90}]});
        assert_eq!(misplaced(&record, "Rebels left."), ["7..11 holds \"left\", not \"fled\"", "9..90 is no stretch of the text"]);
    }
}
