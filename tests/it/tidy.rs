//! The shape of the code itself: stages look only backwards, files keep to one idea, nothing of a developer's machine is left.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// Every file below `folder` with one of these extensions, in order of name.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                if name != "target" && name != "shared" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extensions.iter().any(|other| extension == *other)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The stages in the order of `src/lib.rs`.
fn stages() -> Vec<String> {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// The stages that a piece of code names through `crate::`, also inside braces.
fn imported(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|group| group.split_once("};").map(|(group, _)| group));
        match group {
            None => names.push(rest),
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (index, character) in group.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(&group[start..index]);
                            start = index + 1;
                        }
                        _ => {}
                    }
                }
                names.push(&group[start..]);
            }
        }
    }
    let word = |text: &str| text.trim_start().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect::<String>();
    names.into_iter().map(word).collect()
}

#[test]
fn imports_are_read_in_every_form() {
    let code = "use crate::record::Span;\nuse crate::{ledger, text::{Word, split}, trace};\nlet x = crate::parse::tree();";
    assert_eq!(imported(code), ["record", "ledger", "text", "trace", "parse"]);
}

#[test]
fn no_stage_imports_a_later_one() {
    let stages = stages();
    assert!(stages.len() > 8, "{stages:?}");
    let rank = |name: &str| stages.iter().position(|stage| stage == name);
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), &["rs"]) {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let stage = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let Some(own) = rank(&stage) else { continue };
        let code = fs::read_to_string(&path).unwrap();
        // Unit tests may run the whole flow.
        let code = code.split("#[cfg(test)]\nmod ").next().unwrap();
        let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        for name in imported(&code) {
            if rank(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports the later stage {name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_of_code_grows_past_800_lines() {
    let mut long = Vec::new();
    for path in files(&root(), &["rs"]) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > 800 {
            long.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(long.is_empty(), "split by idea:\n{}", long.join("\n"));
}

#[test]
fn nothing_of_a_developers_machine_is_left() {
    // Spelled in halves, or this file would hold them.
    let forbidden = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("TO", "DO"), concat!("FIX", "ME"), concat!("dbg", "!(")];
    let mut wrong = Vec::new();
    for path in files(&root(), &["rs", "toml", "md", "sh"]) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            for word in forbidden.iter().filter(|word| line.contains(*word)) {
                wrong.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_ledger_knows_sql() {
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), &["rs"]) {
        if !path.starts_with(root().join("src/ledger")) && fs::read_to_string(&path).unwrap().contains("rusqlite") {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
