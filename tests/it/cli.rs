//! The program's contract: what is printed where, and the exit status.

use std::fs;

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
