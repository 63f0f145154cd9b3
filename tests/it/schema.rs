//! What is written out, held against what is declared.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use whodid::export::schema;

use crate::support::{stdout, whodid};

/// Panics with every breach of the schema in `records`.
pub(crate) fn assert_valid(records: &[Value]) {
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::validator_for(&schema::json_schema()).unwrap());
    for record in records {
        // The schema offers the kinds as alternatives; the record's own says what is wrong with it.
        if !VALIDATOR.is_valid(record) {
            let kind = record["kind"].as_str().unwrap_or("?");
            let mut own = schema::json_schema();
            own["oneOf"] = serde_json::json!([{ "$ref": format!("#/$defs/{kind}_record") }]);
            let wrong: Vec<String> = jsonschema::validator_for(&own).unwrap().iter_errors(record).map(|error| format!("{error:?}")).collect();
            panic!("{record:#}\nis no valid {kind}:\n{}", wrong.join("\n"));
        }
    }
}

#[test]
fn the_schema_is_itself_valid_and_is_what_the_program_prints() {
    let schema = schema::json_schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let printed: Value = serde_json::from_str(&stdout(&whodid(Path::new("."), &["schema"]))).unwrap();
    assert_eq!(printed, schema);
}

#[test]
fn a_key_that_is_not_declared_is_refused() {
    let validator = jsonschema::validator_for(&schema::json_schema()).unwrap();
    let mut issue = serde_json::json!({"kind": "issue", "id": "i_aaaaaaaaaaaaaaaa", "stage": "text", "problem": "too long"});
    assert!(validator.is_valid(&issue));
    issue["mood"] = "sad".into();
    assert!(!validator.is_valid(&issue));
}
