//! Input that no reader would call an article: a clear line or an empty result, the right exit status, no panic, bounded time.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{stderr, stdout, whodid};

/// Codes one file and holds what comes against the contract: records or a line, no defect, in time.
fn code(folder: &Path, name: &str, bytes: &[u8], within: Duration) -> Output {
    fs::write(folder.join(name), bytes).unwrap();
    let begun = Instant::now();
    let output = whodid(folder, &["code", name, "--format", "jsonl", "--published", "2024-03-12"]);
    assert!(begun.elapsed() < within, "{name}: {:?}", begun.elapsed());
    assert!(output.status.code().is_some_and(|code| code <= 2), "{name}: {:?}", output.status);
    for line in stdout(&output).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let problem = record["problem"].as_str().unwrap_or("");
        assert!(!problem.contains("defect"), "{name}: {problem}");
    }
    for line in stderr(&output).lines() {
        assert!(line.starts_with("whodid: "), "{name}: {line}");
    }
    output
}

const SOON: Duration = Duration::from_secs(20);

#[test]
fn nothing_to_read_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("empty.txt", &b""[..]), ("blank.txt", b" \n\t\n")] {
        let output = code(folder.path(), name, bytes, SOON);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains(name));
    }
}

#[test]
fn bytes_that_are_no_text_give_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes: Vec<u8> = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let mut state = 1_u32;
    bytes.extend((0..200_000).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }));
    let output = code(folder.path(), "picture.png", &bytes, SOON);
    assert!(output.status.code() != Some(0), "{}", stdout(&output).chars().take(500).collect::<String>());
}

#[test]
fn quotes_that_never_close_and_quotes_that_are_all() {
    let folder = tempfile::tempdir().unwrap();
    code(folder.path(), "open.txt", "“We will not leave, said the mayor. \"Nor will we, said another. 'Never.\n\nThe army shelled Azaz.".as_bytes(), SOON);
    code(folder.path(), "marks.txt", "\"".repeat(100_000).as_bytes(), SOON);
    code(folder.path(), "turned.txt", "“".repeat(100_000).as_bytes(), SOON);
    code(folder.path(), "brackets.txt", "(".repeat(100_000).as_bytes(), SOON);
}

#[test]
fn mixed_encodings_are_read_as_far_as_they_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = "Stéphane Dion urged Syria to stop. ".as_bytes().to_vec();
    bytes.extend(b"St\xe9phane Dion urged Russia to stop. \xff\xfe\x00 \xc3\x28 The end.");
    let output = code(folder.path(), "mixed.txt", &bytes, SOON);
    assert!(stdout(&output).contains("Dion urged Russia"), "{}", stdout(&output));
    let wide: Vec<u8> = "\u{feff}The army shelled Azaz.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = code(folder.path(), "wide.txt", &wide, SOON);
    assert!(stdout(&output).contains("The army shelled Azaz."), "{}", stdout(&output));
}

#[test]
fn a_megabyte_without_a_space() {
    let folder = tempfile::tempdir().unwrap();
    code(folder.path(), "x.txt", "x".repeat(1 << 20).as_bytes(), Duration::from_secs(60));
    code(folder.path(), "commas.txt", "a,".repeat(1 << 17).as_bytes(), Duration::from_secs(60));
}

#[test]
fn one_sentence_of_a_hundred_thousand_words() {
    let folder = tempfile::tempdir().unwrap();
    code(folder.path(), "long.txt", "the rebels and the soldiers who shelled ".repeat(15_000).as_bytes(), Duration::from_secs(60));
}

#[test]
fn names_nested_without_end() {
    let folder = tempfile::tempdir().unwrap();
    code(folder.path(), "deep.html", ["<div>".repeat(50_000), "The army shelled Azaz.".into()].concat().as_bytes(), SOON);
    code(folder.path(), "said.txt", "Ahmed said that ".repeat(2_000).as_bytes(), SOON);
}

#[test]
fn without_a_day_of_publication_a_relative_day_stays_unresolved() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Rebels attacked the town of Azaz on Monday, killing 12 soldiers.").unwrap();
    let output = whodid(folder.path(), &["code", "a.txt", "--format", "jsonl"]);
    for line in stdout(&output).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for field in ["date", "period", "as_of", "deadline", "made_on"] {
            assert!(record[field].get("start").is_none(), "{line}");
        }
    }
}

#[test]
fn a_folder_with_a_broken_link_is_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    fs::write(articles.join("b.txt"), "The army shelled Azaz on 3 March 2024.").unwrap();
    std::os::unix::fs::symlink("nowhere", articles.join("a.txt")).unwrap();
    std::os::unix::fs::symlink("..", articles.join("c")).unwrap();
    let output = whodid(folder.path(), &["code", "articles", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("The army shelled Azaz"), "{}", stdout(&output));
    assert!(stderr(&output).contains("a.txt"), "{}", stderr(&output));
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..2000).map(|row| format!("\"The army shelled Azaz, part {row}.\"\n")).collect();
    fs::write(folder.path().join("rows.csv"), format!("text\n{rows}")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_whodid"))
        .current_dir(folder.path())
        .args(["code", "rows.csv", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The pipe is closed with everything still to come.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_file_too_large_to_be_an_article_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::File::create(folder.path().join("big.txt")).unwrap().set_len(65 << 20).unwrap();
    let begun = Instant::now();
    let output = whodid(folder.path(), &["code", "big.txt"]);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("over 8 MiB") && stderr(&output).lines().count() == 1, "{}", stderr(&output));
}

#[test]
fn time_grows_with_the_length_of_a_text_and_not_faster() {
    let folder = tempfile::tempdir().unwrap();
    let time = |sentences: usize| {
        let text = "The army shelled Azaz on Monday, killing 12 people, the mayor said.\n".repeat(sentences);
        let begun = Instant::now();
        code(folder.path(), "long.txt", text.as_bytes(), Duration::from_secs(120));
        begun.elapsed().as_secs_f64()
    };
    let (short, long) = (time(500), time(4000));
    // Eight times the text; what other programs take of the machine is allowed for.
    assert!(long < short * 24.0 + 2.0, "{short} s for 500 sentences, {long} s for 4000");
}

#[test]
fn standard_input_is_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_whodid"))
        .current_dir(folder.path())
        .args(["code", "-", "--format", "json", "--published", "2024-03-12"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("The army shelled Azaz on Monday.".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let records: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(records[0]["kind"], "article");
}
