//! What is written out, held against what is declared.

use std::path::Path;

use serde_json::Value;
use whodid::export::{record::records, schema};
use whodid::pipeline::Coder;
use whodid::record::{Document, Stamp};

use crate::support::{root, stdout, whodid};

/// Panics with every breach of the schema in `records`.
pub(crate) fn assert_valid(records: &[Value]) {
    let validator = jsonschema::validator_for(&schema::json_schema()).unwrap();
    for record in records {
        // The schema offers the kinds as alternatives; the record's own says what is wrong with it.
        if !validator.is_valid(record) {
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

#[test]
fn records_of_the_examples_are_valid() {
    let coder = Coder::default();
    let mut paths: Vec<_> = std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "html"));
    paths.sort();
    assert!(paths.len() >= 6, "examples/ holds too few: {paths:?}");
    for path in paths {
        let published = Some(Stamp::day(jiff::civil::date(2024, 3, 12)));
        let document = Document { bytes: std::fs::read(&path).unwrap(), path: path.display().to_string(), published, ..Document::default() };
        assert_valid(&records(&coder.code(&document)));
    }
}
