//! Body text against the article-extraction-benchmark: its own metric, 4-gram shingles counted per page. With SHOW set, every miss is printed.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use whodid::article;
use whodid::record::{Article, Document, Format, Zone};

use super::{percent, set};

/// Scores the pages of a folder with `ground-truth.json` and `html/*.html.gz`.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let gold: Value = json_file(&path.join("ground-truth.json"))?;
    let gold = gold.as_object().context("ground-truth.json: not an object")?;
    let (mut precisions, mut recalls, mut exact, mut seconds) = (Vec::new(), Vec::new(), 0, 0.0);
    for (name, page) in gold {
        let document = document(&path.join("html").join(format!("{name}.html.gz")), page["url"].as_str())?;
        let before = cpu_seconds();
        let article = article::read(&document, &mut Vec::new());
        seconds += cpu_seconds() - before;
        let body = body(&article);
        let (wanted, found) = (shingles(page["articleBody"].as_str().unwrap_or("")), shingles(&body));
        let hits: usize = wanted.iter().map(|(shingle, count)| found.get(shingle).map_or(0, |other| *count.min(other))).sum();
        let (all_wanted, all_found) = (wanted.values().sum::<usize>(), found.values().sum::<usize>());
        if all_found > 0 {
            precisions.push(hits as f64 / all_found as f64);
        }
        if all_wanted > 0 {
            recalls.push(hits as f64 / all_wanted as f64);
        }
        exact += usize::from(hits == all_wanted && hits == all_found);
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{:.3} {:.3} {name}", hits as f64 / all_found.max(1) as f64, hits as f64 / all_wanted.max(1) as f64);
        }
    }
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len().max(1) as f64;
    let (precision, recall) = (mean(&precisions), mean(&recalls));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    Ok(json!({
        "task": "pages", "set": set(path), "n": gold.len(), "f1": percent(f1, 1.0), "precision": percent(precision, 1.0), "recall": percent(recall, 1.0),
        "exact": percent(exact as f64, gold.len() as f64), "pages_per_s": (gold.len() as f64 / seconds.max(1e-9)).round(),
    }))
}

/// The body zones of an article, joined.
pub(super) fn body(article: &Article) -> String {
    let blocks = article.zones.iter().filter(|block| block.zone == Zone::Body).map(|block| block.span.of(&article.text));
    blocks.collect::<Vec<_>>().join("\n")
}

/// A page from a file, gzipped or not.
pub(super) fn document(path: &Path, url: Option<&str>) -> anyhow::Result<Document> {
    let mut bytes = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).with_context(|| path.display().to_string())?;
        bytes = plain;
    }
    Ok(Document { bytes, format: Format::Html, url: url.map(str::to_owned), path: path.display().to_string(), ..Document::default() })
}

/// A JSON file.
pub(super) fn json_file(path: &Path) -> anyhow::Result<Value> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    // Python writes NaN where there is no value.
    let text = String::from_utf8_lossy(&bytes).replace(": NaN", ": null");
    serde_json::from_str(&text).with_context(|| format!("{}: not JSON", path.display()))
}

/// Processor time of this thread; wall time where the system does not tell.
pub(super) fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| std::time::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64()), |nanoseconds| nanoseconds / 1e9)
}

fn shingles(text: &str) -> FxHashMap<Vec<&str>, usize> {
    const LENGTH: usize = 4;
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut counts = FxHashMap::default();
    if !words.is_empty() && words.len() < LENGTH {
        counts.insert(words, 1);
        return counts;
    }
    for window in words.windows(LENGTH) {
        *counts.entry(window.to_vec()).or_default() += 1;
    }
    counts
}
