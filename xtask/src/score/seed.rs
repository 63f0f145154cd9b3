//! The article that the project began from: how much of what a careful human takes from it the program's own output holds.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use jiff::civil::date;
use serde_json::{Value, json};
use whodid::export::{json::lines, record::records};
use whodid::pipeline::Coder;
use whodid::record::{Document, Stamp};

/// `path` holds article.txt and expected.json; the comparison is `tools/check_seed.py` beside it.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let article = path.join("article.txt");
    let document = Document {
        bytes: std::fs::read(&article).with_context(|| format!("{}: cannot be read", article.display()))?,
        path: "article.txt".to_owned(),
        publisher: Some("The Globe and Mail".to_owned()),
        published: Some(Stamp::day(date(2016, 12, 13))),
        ..Document::default()
    };
    let mut output = Vec::new();
    lines(&mut output, &records(&Coder::default().code(&document)))?;
    let file = std::env::temp_dir().join(format!("whodid-seed-{}.jsonl", std::process::id()));
    std::fs::write(&file, output)?;
    let script = path.join("../tools/check_seed.py");
    let checked = Command::new("python3").arg(&script).arg(&file).arg(path.join("expected.json")).output().context("python3: cannot be run")?;
    let _ = std::fs::remove_file(&file);
    let report = String::from_utf8_lossy(&checked.stdout);
    if !checked.status.success() {
        bail!("{}: {}", script.display(), String::from_utf8_lossy(&checked.stderr));
    }
    eprint!("{report}");
    let (found, of) = counts(&report).with_context(|| format!("{}: its last line is not 'found N of M'", script.display()))?;
    Ok(json!({ "task": "seed", "set": super::set(path), "n": of, "found": found, "of": of }))
}

fn counts(report: &str) -> Option<(i64, i64)> {
    let (found, of) = report.lines().last()?.strip_prefix("found ")?.split_once(" of ")?;
    Some((found.parse().ok()?, of.trim().parse().ok()?))
}
