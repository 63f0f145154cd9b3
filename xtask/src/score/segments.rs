//! Segments that must and must not stand in the body of a page. With SHOW set, every miss is printed.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use whodid::article;

use super::pages::{body, document, json_file};
use super::{percent, set};

/// Scores the pages of a folder with `gold.json`: file -> {url, with, without}.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let gold = json_file(&path.join("gold.json"))?;
    let gold = gold.as_object().context("gold.json: not an object")?;
    let (mut hit, mut missed, mut wrong, mut kept_out) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut pages = 0_usize;
    for (name, page) in gold {
        let file = path.join(name);
        if !file.exists() {
            continue;
        }
        pages += 1;
        let url = page["url"].as_str().filter(|url| url.starts_with("http"));
        let article = article::read(&document(&file, url)?, &mut Vec::new());
        let body = squeeze(&body(&article));
        let show = |what: &str, segment: &str| {
            if std::env::var_os("SHOW").is_some() {
                let zone = article.zones.iter().find(|block| squeeze(block.span.of(&article.text)).contains(segment)).map_or("-", |block| block.zone.as_str());
                eprintln!("{what} {zone} {name}: {segment}");
            }
        };
        for segment in segments(&page["with"]) {
            if body.contains(&segment) {
                hit += 1;
            } else {
                missed += 1;
                show("missed", &segment);
            }
        }
        for segment in segments(&page["without"]) {
            if body.contains(&segment) {
                wrong += 1;
                show("wrong", &segment);
            } else {
                kept_out += 1;
            }
        }
    }
    let (hit, missed, wrong, kept_out) = (hit as f64, missed as f64, wrong as f64, kept_out as f64);
    Ok(json!({
        "task": "segments", "set": set(path), "n": pages, "precision": percent(hit, hit + wrong), "recall": percent(hit, hit + missed),
        "f1": percent(2.0 * hit, 2.0 * hit + missed + wrong), "accuracy": percent(hit + kept_out, hit + missed + wrong + kept_out),
    }))
}

fn segments(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(squeeze).filter(|segment| !segment.is_empty()).collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
