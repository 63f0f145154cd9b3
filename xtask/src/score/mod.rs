//! Accuracy and speed, one file a task. Each scorer calls the entry points that the program calls.

mod actors;
mod articles;
mod chrome;
mod coref;
mod dates;
mod events;
mod figures;
mod metonymy;
mod names;
mod pages;

mod parse;
mod petrarch;
mod places;
mod quotes;
mod seed;
mod segments;
mod speed;
mod status;
mod time;
mod tokens;
mod treebank;
mod tuples;

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

/// Every task with the set that `score all` runs it on, seen from the root of the repository.
const TASKS: &[(&str, &str)] = &[
    ("parse", "../shared/treebanks/en_ewt-dev.conllu"),
    ("parse", "../shared/treebanks/en_gum_permissive-dev.conllu"),
    ("tokens", "../shared/treebanks/en_ewt-dev.conllu"),
    ("tokens", "../shared/treebanks/en_gum_permissive-dev.conllu"),
    ("names", "../shared/gold/ner/worldwide-dev.tsv"),
    ("events", "../shared/gold/events/PLV_train.tsv"),
    ("tuples", "../shared/gold/events/tuples-sample.jsonl"),
    ("petrarch", "../shared/gold/events/petrarch/PETR_Validate_records_2_02.xml"),
    ("petrarch", "../shared/gold/events/petrarch/PETR2_GSR_validation.xml"),
    ("quotes", "../shared/gold/quotes/polnear/data/dev"),
    ("time", "../shared/gold/time/TBAQ-cleaned/TimeBank"),
    ("figures", "../shared/gold/figures/idetect.jsonl"),
    ("figures", "../shared/gold/figures/newsquant-half.json"),
    ("status", "../shared/gold/status/UW"),
    ("places", "../shared/gold/places/lgl.xml"),
    ("places", "../shared/gold/places/GeoVirus.xml"),
    ("places", "../shared/gold/places/GeoWebNews-first100.xml"),
    ("metonymy", "../shared/gold/places/ReLocaR_Train.xml"),
    ("actors", "tests/gold/actors.tsv"),
    ("coref", "../shared/gold/coref/gum_news"),
    ("pages", "../shared/gold/pages/scrapinghub"),
    ("segments", "../shared/gold/pages/trafilatura-dev"),
    ("dates", "../shared/gold/pages/htmldate-mediacloud"),
    ("chrome", "tests/gold/chrome"),
    ("seed", "../shared/seed"),
    ("articles", "tests/gold/articles/open"),
    ("articles", "tests/gold/articles/aside"),
    ("speed", "../shared/corpora/wikinews"),
    ("speed", "../shared/corpora/reuters21578"),
];

/// Scores one task on one set.
pub(crate) fn one(task: &str, path: &Path) -> anyhow::Result<Value> {
    if !TASKS.iter().any(|(other, _)| *other == task) {
        anyhow::bail!("{task}: no such task; there are {}", names().join(", "));
    }
    if !path.exists() {
        anyhow::bail!("{}: no such file or folder; name the set with --data PATH", path.display());
    }
    // Each scorer is one line here.
    match task {
        "actors" => actors::score(path),
        "coref" => coref::score(path),
        "names" => names::score(path),
        "parse" => parse::score(path),
        "petrarch" => petrarch::score(path),
        "tokens" => tokens::score(path),
        "events" => events::score(path),
        "quotes" => quotes::score(path),
        "pages" => pages::score(path),
        "segments" => segments::score(path),
        "dates" => dates::score(path),
        "places" => places::score(path),
        "metonymy" => metonymy::score(path),
        "figures" => figures::score(path),
        "chrome" => chrome::score(path),
        "articles" => articles::score(path),
        "seed" => seed::score(path),
        "speed" => speed::score(path),
        "tuples" => tuples::score(path),
        "status" => status::score(path),
        "time" => time::score(path),
        _ => Ok(json!({ "task": task, "set": set(path), "n": 0, "note": "not scored yet" })),
    }
}

/// The set that `score TASK` takes where none is named.
pub(crate) fn usual_set(task: &str) -> &'static str {
    TASKS.iter().find(|(other, _)| *other == task).map_or("", |(_, path)| path)
}

/// The name of a set: the last part of its path.
pub(crate) fn set(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A share in percent with two decimals.
pub(crate) fn percent(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { (part / whole * 10_000.0).round() / 100.0 }
}

/// F1 in percent of so many right, found and gold.
pub(crate) fn f1(right: usize, found: usize, gold: usize) -> f64 {
    percent(2.0 * right as f64, (found + gold) as f64)
}

fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = TASKS.iter().map(|(task, _)| *task).collect();
    names.dedup();
    names
}

/// Scores every task on its usual set and rewrites `bench/scoreboard.md`.
pub(crate) fn all() -> anyhow::Result<()> {
    let commit = commit();
    let mut page = format!(
        "# Scoreboard\n\nWritten by `cargo xtask score all` at commit `{commit}`. Shares are percentages; speeds, times and memory carry their unit\nin the \
         name. What is not scored yet has no figure.\n\nEvery set here was looked at while the program was made, to find kinds of errors: expect lower figures on sets that nobody has \
         seen. The sets `chrome` and `actors` are the project's own, small, and were tuned on; on their first runs they gave 95.45 and 88.95. Of the whole articles the half \
         `aside` is scored and not read.\n\n| task | set | n | figures | command |\n| --- | --- | --- | --- | --- |\n"
    );
    for &(task, path) in TASKS {
        let line = match one(task, Path::new(path)) {
            Ok(line) => line,
            Err(error) => json!({ "task": task, "set": set(Path::new(path)), "n": 0, "note": format!("{error:#}") }),
        };
        println!("{line}");
        let figures: Vec<String> = line
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| !["task", "set", "n"].contains(&key.as_str()))
            .map(|(key, value)| format!("{key} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect();
        let set = line["set"].as_str().unwrap_or("");
        page.push_str(&format!("| {task} | {set} | {} | {} | `cargo xtask score {task} --data {path}` |\n", line["n"], figures.join(", ")));
    }
    let file = PathBuf::from("bench/scoreboard.md");
    std::fs::create_dir_all("bench").context("bench: the folder cannot be made")?;
    std::fs::write(&file, page).with_context(|| format!("{}: cannot be written", file.display()))
}

/// The commit that is checked out, with a plus where the tree differs from it.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let head = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    let changed = git(&["status", "--porcelain", "-uno"]).is_some_and(|changes| !changes.is_empty());
    if changed { format!("{head}+") } else { head }
}
