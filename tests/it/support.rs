//! What the tests share.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The real program, run in `folder`.
pub(crate) fn whodid(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whodid")).current_dir(folder).args(arguments).env_remove("NO_COLOR").output().unwrap()
}

/// Its standard output, lossily.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Its messages, lossily.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The example articles: file names and bytes, in order of name.
pub(crate) fn examples() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "html")).collect();
    paths.sort();
    assert!(paths.len() >= 6, "examples/ holds too few: {paths:?}");
    paths.into_iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}
