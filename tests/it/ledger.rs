//! Ledgers: what is added, what is read, and what must never change.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::{Value, json};
use whodid::ledger::{Added, Batch, Filter, Ledger, Run};
use whodid::record::fields;

use crate::support::{examples, stderr, stdout, whodid};

const TEXT: &str = "Rebels shelled Azaz on Monday. The mayor said 12 people died.";

/// A run of some version of the program.
fn run(ledger: &mut Ledger, version: &str) -> i64 {
    ledger.run(&Run { program: format!("whodid {version}"), resources: "{}".into(), options: "{}".into() }).unwrap()
}

/// An article with one event, whose type and status are given.
fn batch(event_type: &str, status: &str) -> Batch {
    let article = json!({
        "kind": "article", "id": "a_aaaaaaaaaaaaaaaa", "url": "https://example.org/azaz", "title": "Azaz shelled", "published": "2016-12-13",
        "published_basis": "given", "sha256": "00", "text": TEXT, "body_text": TEXT, "zones": [{"start": 0, "end": TEXT.len(), "zone": "body"}],
    });
    let event = json!({
        "kind": "event", "id": "e_aaaaaaaaaaaaaaaa", "article": "a_aaaaaaaaaaaaaaaa", "event_type": event_type,
        "actors": [{"text": "Rebels", "start": 0, "end": 6, "country": "SYR", "sectors": ["REB"]}],
        "places": [{"text": "Azaz", "start": 15, "end": 19, "name": "A'zāz", "country": "SYR", "basis": "clause"}],
        "date": {"start": "2016-12-12", "end": "2016-12-12", "text": "Monday", "timex": "2016-12-12", "basis": "relative", "precision": "day"},
        "background": false, "claim": status, "realis": "happened", "status": status, "trigger": {"start": 7, "end": 14, "text": "shelled"},
        "evidence": [{"start": 0, "end": 19, "start_char": 0, "end_char": 19, "text": "Rebels shelled Azaz", "zone": "body"}], "confidence": 0.8,
    });
    Batch { key: "key".into(), source: "https://example.org/azaz".into(), records: vec![article, event] }
}

fn all(ledger: &Ledger, kind: &str, filter: &Filter) -> Vec<Value> {
    let mut records = Vec::new();
    let each = |record| {
        records.push(record);
        true
    };
    ledger.records(fields::kind(kind).unwrap(), filter, each).unwrap();
    records
}

/// Everything that a ledger holds but the hash of the program.
fn dump(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut lines = Vec::new();
    for sql in [
        "SELECT json_array(number, id, text) FROM article ORDER BY number",
        "SELECT json_array(number, id, revision, kind, article, json, type, status, first_day, last_day, published) FROM record ORDER BY number",
        "SELECT json_array(facet, value, record) FROM facet ORDER BY facet, value, record",
        "SELECT json_array(key, source, article) FROM document ORDER BY key",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        lines.extend(statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
    }
    lines
}

#[test]
fn what_was_added_is_read_as_it_was_printed() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    let run = run(&mut ledger, "1");
    let batch = batch("ASSAULT", "asserted");
    assert_eq!(ledger.append(run, std::slice::from_ref(&batch)).unwrap(), Added { new: 2, revised: 0, withdrawn: 0 });
    assert_eq!(all(&ledger, "article", &Filter::default()), [batch.records[0].clone()]);
    assert_eq!(all(&ledger, "event", &Filter::default()), [batch.records[1].clone()]);
    assert_eq!(ledger.check().unwrap(), (Vec::new(), 2));
}

#[test]
fn the_same_again_adds_nothing_a_change_is_a_revision_and_what_is_gone_is_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let first = run(&mut ledger, "1");
    ledger.append(first, &[batch("ASSAULT", "asserted")]).unwrap();
    assert_eq!(ledger.append(first, &[batch("ASSAULT", "asserted")]).unwrap(), Added::default());
    assert!(ledger.done(first).unwrap().contains("key"));

    let second = run(&mut ledger, "2");
    assert!(ledger.done(second).unwrap().is_empty());
    assert_eq!(ledger.append(second, &[batch("ASSAULT", "alleged")]).unwrap(), Added { new: 0, revised: 1, withdrawn: 0 });
    assert_eq!(all(&ledger, "event", &Filter::default())[0]["status"], "alleged");

    let mut without = batch("ASSAULT", "alleged");
    without.records.pop();
    let third = run(&mut ledger, "3");
    assert_eq!(ledger.append(third, &[without]).unwrap(), Added { new: 0, revised: 0, withdrawn: 1 });
    assert!(all(&ledger, "event", &Filter::default()).is_empty());

    // It is made again: the revisions before stay.
    let fourth = run(&mut ledger, "4");
    assert_eq!(ledger.append(fourth, &[batch("ASSAULT", "asserted")]).unwrap().revised, 1);
    let revisions: Vec<i64> = Connection::open(&path)
        .unwrap()
        .prepare("SELECT revision FROM record WHERE kind = 'event' ORDER BY revision")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(revisions, [1, 2, 3, 4]);
}

#[test]
fn claims_cannot_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let run = run(&mut ledger, "1");
    ledger.append(run, &[batch("ASSAULT", "asserted")]).unwrap();
    let connection = Connection::open(&path).unwrap();
    for sql in ["UPDATE record SET status = 'denied'", "DELETE FROM record", "UPDATE article SET text = ''"] {
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("a ledger only appends"), "{sql}: {error}");
    }
}

#[test]
fn filters_let_through_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    let run = run(&mut ledger, "1");
    ledger.append(run, &[batch("ASSAULT", "asserted")]).unwrap();
    let some = |text: &str| Some(text.to_owned());
    let none = Filter::default;
    let through = [
        Filter { country: some("SYR"), ..none() },
        Filter { actor: some("rebel"), ..none() },
        Filter { place: some("azaz"), ..none() },
        Filter { class: some("ASSAULT"), status: some("asserted"), ..none() },
        Filter { from: some("2016-12-12"), to: some("2016-12-12"), ..none() },
        Filter { text: some("mayor AND died"), ..none() },
    ];
    let back = [
        Filter { country: some("TUR"), ..none() },
        Filter { actor: some("Azaz"), ..none() },
        Filter { place: some("Rebels"), ..none() },
        Filter { class: some("AID"), ..none() },
        Filter { from: some("2016-12-13"), ..none() },
        Filter { to: some("2016-12-11"), ..none() },
        Filter { text: some("governor"), ..none() },
    ];
    for filter in through {
        assert_eq!(all(&ledger, "event", &filter).len(), 1, "{filter:?}");
    }
    for filter in back {
        assert_eq!(all(&ledger, "event", &filter).len(), 0, "{filter:?}");
    }
    let broken = Filter { text: some("\"mayor"), ..none() };
    let error = ledger.records(fields::kind("event").unwrap(), &broken, |_| true).unwrap_err().to_string();
    assert!(error.contains("no query"), "{error}");
}

#[test]
fn the_views_have_the_columns_and_the_cells_of_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let run = run(&mut ledger, "1");
    let batch = batch("ASSAULT", "asserted");
    ledger.append(run, std::slice::from_ref(&batch)).unwrap();
    let connection = Connection::open(&path).unwrap();
    for kind in fields::KINDS {
        let mut statement = connection.prepare(&format!("SELECT * FROM {}s", kind.name)).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        for column in whodid::record::columns::of(kind).iter().filter(|column| column.name != "body_text") {
            assert!(names.contains(&column.name), "{} lacks {}", kind.name, column.name);
        }
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let record = batch.records.iter().find(|record| record["kind"] == kind.name).unwrap();
            for column in whodid::record::columns::of(kind).iter().filter(|column| column.name != "body_text") {
                let cell = match row.get_ref(column.name.as_str()).unwrap() {
                    rusqlite::types::ValueRef::Null => String::new(),
                    rusqlite::types::ValueRef::Integer(flag) if matches!(column.path[0].of, fields::Type::Flag) => (flag == 1).to_string(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Real(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                    rusqlite::types::ValueRef::Blob(_) => panic!("{} is a blob", column.name),
                };
                assert_eq!(cell, whodid::export::csv::cell(record, column), "{}.{}", kind.name, column.name);
            }
        }
    }
}

#[test]
fn a_reader_sees_a_ledger_while_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let run = run(&mut ledger, "1");
    ledger.append(run, &[batch("ASSAULT", "asserted")]).unwrap();
    let mut writer = Connection::open(&path).unwrap();
    let _writing = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    assert_eq!(all(&Ledger::read(&path).unwrap(), "event", &Filter::default()).len(), 1);
}

#[test]
fn the_ledger_is_the_same_for_any_number_of_threads_and_when_ingested_twice() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("articles")).unwrap();
    for (name, bytes) in examples() {
        fs::write(folder.path().join("articles").join(name), bytes).unwrap();
    }
    let ingest = |ledger: &str, jobs: &str| {
        let output = whodid(folder.path(), &["ingest", "articles", "--ledger", ledger, "--jobs", jobs]);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", stderr(&output));
        stderr(&output)
    };
    ingest("one.db", "1");
    ingest("four.db", "4");
    let one = dump(&folder.path().join("one.db"));
    assert!(one.len() > 100, "{one:?}");
    assert_eq!(one, dump(&folder.path().join("four.db")));
    let again = ingest("one.db", "3");
    assert!(again.starts_with("0 documents coded, 6 already there"), "{again}");
    assert_eq!(one, dump(&folder.path().join("one.db")));
    let check = whodid(folder.path(), &["check", "--ledger", "one.db"]);
    assert_eq!(check.status.code(), Some(0), "{}{}", stdout(&check), stderr(&check));
}

#[test]
fn what_a_document_lacks_is_a_row_and_the_others_are_coded() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    fs::write(articles.join("a.txt"), TEXT).unwrap();
    fs::write(articles.join("empty.txt"), "").unwrap();
    std::os::unix::fs::symlink("nowhere", articles.join("broken.txt")).unwrap();
    let output = whodid(folder.path(), &["ingest", "articles", "--ledger", "l.db"]);
    assert!(stderr(&output).starts_with("1 documents coded, 2 not read"), "{}", stderr(&output));
    let issues = whodid(folder.path(), &["query", "issues", "--ledger", "l.db", "--format", "jsonl"]);
    let sources: Vec<Value> = stdout(&issues).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["source"].clone()).collect();
    assert_eq!(sources.iter().filter(|source| source.is_string()).count(), 2, "{}", stdout(&issues));
}

#[test]
fn what_is_no_ledger_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), "not a database at all, and long enough to be told apart".repeat(40)).unwrap();
    Connection::open(folder.path().join("other.db")).unwrap().execute_batch("CREATE TABLE cheese (name TEXT)").unwrap();
    for (name, what) in [("absent.db", "no such ledger"), ("note.txt", "not a database"), ("other.db", "no ledger of whodid")] {
        for command in [&["query", "events", "--ledger", name][..], &["check", "--ledger", name]] {
            let output = whodid(folder.path(), command);
            assert_eq!(output.status.code(), Some(2), "{command:?}");
            let message = stderr(&output);
            assert!(message.starts_with(&format!("whodid: {name}: ")) && message.contains(what) && message.lines().count() == 1, "{command:?}: {message}");
        }
    }
    let output = whodid(folder.path(), &["ingest", "note.txt", "--ledger", "other.db"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no ledger of whodid"), "{}", stderr(&output));
}

#[test]
fn a_ledger_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    drop(Ledger::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Ledger::open(&path).unwrap_err().to_string();
    assert!(error.contains("of a newer whodid"), "{error}");
}

#[test]
fn check_finds_a_stretch_that_does_not_say_what_it_claims() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let run = run(&mut ledger, "1");
    let mut batch = batch("ASSAULT", "asserted");
    batch.records[1]["trigger"]["text"] = "bombed".into();
    ledger.append(run, &[batch]).unwrap();
    let output = whodid(folder.path(), &["check", "--ledger", "l.db"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("holds \"shelled\", not \"bombed\""), "{}", stdout(&output));
}
