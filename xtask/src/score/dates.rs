//! Publication dates of pages, to the day. With SHOW set, every miss is printed.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use whodid::article;

use super::pages::{cpu_seconds, document, json_file};
use super::{percent, set};

/// Scores the pages of a folder with `gold.json`: url -> {file, date}.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let gold = json_file(&path.join("gold.json"))?;
    let gold = gold.as_object().context("gold.json: not an object")?;
    let (mut right, mut wrong, mut none, mut pages, mut seconds) = (0_usize, 0_usize, 0_usize, 0_usize, 0.0);
    for (url, page) in gold {
        let file = path.join(page["file"].as_str().unwrap_or(""));
        let Some(wanted) = page["date"].as_str().filter(|_| file.is_file()) else { continue };
        pages += 1;
        let document = document(&file, Some(url))?;
        let before = cpu_seconds();
        let article = article::read(&document, &mut Vec::new());
        seconds += cpu_seconds() - before;
        let found = article.day().map(|day| day.to_string());
        match &found {
            Some(day) if day == wanted => right += 1,
            Some(_) => wrong += 1,
            None => none += 1,
        }
        if std::env::var_os("SHOW").is_some() && found.as_deref() != Some(wanted) {
            eprintln!("{wanted} {:?} {} {url}", article.published.map(|(stamp, basis)| format!("{} {basis}", stamp.date)), file.display());
        }
    }
    // As the set's own scorer has it: precision over what was answered, recall over what was not left out.
    let (right, wrong, none) = (right as f64, wrong as f64, none as f64);
    Ok(json!({
        "task": "dates", "set": set(path), "n": pages, "accuracy": percent(right, right + wrong + none), "precision": percent(right, right + wrong),
        "recall": percent(right, right + none), "f1": percent(2.0 * right, 2.0 * right + wrong + none), "pages_per_s": (pages as f64 / seconds.max(1e-9)).round(),
    }))
}
