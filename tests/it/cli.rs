//! The program's contract: what is printed where, and the exit status.

use std::fs;

use serde_json::Value;

use crate::support::{stderr, stdout, whodid};

#[test]
fn a_missing_file_is_one_line_that_says_what_where_and_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let output = whodid(folder.path(), &["code", "absent.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "whodid: absent.txt: No such file or directory (os error 2); check the path\n");
    assert_eq!(stdout(&output), "");
}

#[test]
fn the_article_comes_first_and_kind_is_its_first_key() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Rebels shelled the town of Azaz on Monday.\n").unwrap();
    let output = whodid(folder.path(), &["code", "a.txt", "--published", "2016-12-13"]);
    let text = stdout(&output);
    assert!(text.starts_with("{\"kind\":\"article\",\"id\":"), "{text}");
    assert!(!text.contains("null"), "{text}");
}

#[test]
fn a_day_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = whodid(folder.path(), &["code", "a.txt", "--published", "13.12.2016"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("write it as 2016-12-13"), "{}", stderr(&output));
}

const TEXT: &str = "Rebels shelled the town of Azaz on Monday. At least 12 people were killed, the mayor said. \"We are lost,\" he said.\n";

#[test]
fn every_format_holds_the_same_records() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    let code = |arguments: &[&str]| {
        let output = whodid(folder.path(), &[&["code", "a.txt", "--published", "2016-12-13"], arguments].concat());
        assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {}", stderr(&output));
        stdout(&output)
    };
    let lines: Vec<Value> = code(&[]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let array: Vec<Value> = serde_json::from_str(&code(&["--format", "json"])).unwrap();
    assert_eq!(lines, array);
    let quotes = lines.iter().filter(|record| record["kind"] == "quote").count();
    assert!(quotes > 0, "{lines:?}");
    let rows = |text: &str| csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).count();
    assert_eq!(rows(&code(&["--format", "csv", "--kind", "quotes"])), quotes);
    assert_eq!(code(&["--kind", "quotes"]).lines().count(), quotes);
    code(&["--format", "csv", "--output", "out"]);
    for kind in whodid::record::fields::KINDS {
        let file = fs::read_to_string(folder.path().join("out").join(format!("{}s.csv", kind.name))).unwrap();
        assert_eq!(rows(&file), lines.iter().filter(|record| record["kind"] == kind.name).count(), "{}", kind.name);
    }
    let table = code(&["--format", "table"]);
    assert!(table.contains("Who said what") && table.contains("We are lost") && !table.contains('\x1b'), "{table}");
}

#[test]
fn csv_fields_with_quotes_and_line_ends_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "The mayor, \"Bo\" Rahman,\nsaid: \"=SUM(A1)\".").unwrap();
    let output = stdout(&whodid(folder.path(), &["code", "a.txt", "--format", "csv", "--kind", "articles"]));
    let mut reader = csv::Reader::from_reader(output.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
    let text = reader.records().next().unwrap().unwrap()[column].to_owned();
    assert!(text.contains("\"Bo\" Rahman"), "{text}");
}

#[test]
fn an_article_without_a_record_is_status_1() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Fog.\n").unwrap();
    assert_eq!(whodid(folder.path(), &["code", "a.txt"]).status.code(), Some(1));
}

#[test]
fn one_unreadable_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("b.txt"), TEXT).unwrap();
    let output = whodid(folder.path(), &["code", "absent.txt", "b.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("Rebels shelled"), "{}", stdout(&output));
    assert_eq!(stderr(&output).lines().count(), 1);
}

#[test]
fn explain_takes_a_text_or_a_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    for argument in ["a.txt", TEXT] {
        let output = stdout(&whodid(folder.path(), &["explain", argument, "--published", "2016-12-13"]));
        for part in ["SENTENCE 1", "shelled", "root", "time  'Monday'", "2016-12-12", "RECORDS"] {
            assert!(output.contains(part), "{part} is not in\n{output}");
        }
    }
}

#[test]
fn between_ranks_types_and_names_a_party_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Kenya condemned Uganda for the raid.").unwrap();
    let output = whodid(folder.path(), &["code", "a.txt", "--between", "Kenya", "Uganda"]);
    assert!(stdout(&output).starts_with("ACCUSE"), "{}{}", stdout(&output), stderr(&output));
    let output = whodid(folder.path(), &["code", "a.txt", "--between", "Kenya", "Rwanda"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "whodid: a.txt: \"Rwanda\" does not stand in it; write the party as the text does\n");
}

#[test]
fn completions_name_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&whodid(folder.path(), &["completions", shell]));
        for command in ["code", "ingest", "query", "explain", "check", "schema"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn query_reads_what_ingest_wrote() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rows.csv"), format!("title,text,date,url\nAzaz,\"{}\",2016-12-13,https://example.org/1\n", TEXT.trim().replace('"', "\"\"")))
        .unwrap();
    let ingest = whodid(folder.path(), &["ingest", "rows.csv", "--ledger", "l.db"]);
    assert_eq!(ingest.status.code(), Some(0), "{}", stderr(&ingest));
    let query = |arguments: &[&str]| stdout(&whodid(folder.path(), &[&["query"], arguments, &["--ledger", "l.db"]].concat()));
    let lines = |text: &str| text.lines().count();
    assert_eq!(lines(&query(&["articles"])), 1);
    let quotes = lines(&query(&["quotes"]));
    assert!(quotes > 0);
    assert_eq!(lines(&query(&["quotes", "--limit", "1"])), 1);
    assert_eq!(lines(&query(&["quotes", "--format", "csv"])), quotes + 1);
    assert_eq!(lines(&query(&["quotes", "--format", "table"])), quotes + 1);
    assert_eq!(lines(&query(&["quotes", "--from", "2020-01-01"])), 0);
    let nothing = whodid(folder.path(), &["query", "quotes", "--ledger", "l.db", "--type", "sung"]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn dictionaries_of_the_user_code_and_their_faults_are_told_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("own")).unwrap();
    write(
        "own/verbs.txt",
        "&PACT\n+TREATY\n+TRADE_DEAL\n\n--- SIGN [057] ---\nSIGN # comment\n- * &PACT [0572]\n- * &NOTHING [999]\n\n--- BLAME [112] ---\nBLAME {BLAMES BLAMED }\n",
    );
    write("own/actors.txt", "VERDONIA\n+VERDONIAN\n\t[VRD <20091231]\n\t[NVR >20100101]\nSOUTH_KAL_ [KAL]\nBROKEN [KAL 20101301-]\n");
    write("own/agents.txt", "FARMER [~AGR]\n");
    write("a.txt", "Verdonian farmers blamed South Kal on Monday. Verdonia signed a treaty with South Kal. Verdonian farmers blamed South Kal.");
    let run = |extra: &[&str]| {
        let mut arguments = vec!["code", "a.txt", "--dictionaries", "own", "--published", "2012-03-05"];
        arguments.extend(extra);
        whodid(folder.path(), &arguments)
    };
    let output = run(&[]);
    let text = stdout(&output);
    let events: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').take(4).collect()).collect();
    let blame = vec!["2012-03-05", "NVRAGR", "KAL", "112"];
    assert_eq!(events, [blame.clone(), vec!["2012-03-05", "NVR", "KAL", "0572"], blame.clone()]);
    assert!(stderr(&output).contains("verbs.txt:8: no set of synonyms is named '&NOTHING'"), "{}", stderr(&output));
    assert!(stderr(&output).contains("actors.txt:6:"), "{}", stderr(&output));
    assert_eq!(stdout(&run(&["--one-a-day"])).lines().count(), 2);
    let output = whodid(folder.path(), &["code", "a.txt", "--dictionaries", "."]);
    assert!(!output.status.success() && stderr(&output).contains("holds no dictionary of verbs"), "{}", stderr(&output));
}
