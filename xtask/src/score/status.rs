//! How predicates stand to the world, against factuality scales (-3 to 3).

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use whodid::extract::clause;
use whodid::pipeline::Coder;
use whodid::record::{Article, Block, Claim, Reading, Realis, Span, Zone};

/// The scale of DESIGN.md.
fn value(realis: Realis, negated: bool, doubt: Option<Claim>) -> f64 {
    let value = match (doubt, realis) {
        (Some(Claim::Denied), _) => return -2.0,
        (Some(Claim::Alleged), Realis::Happened | Realis::Ongoing) => 1.0,
        (_, Realis::Happened | Realis::Ongoing) => 3.0,
        (_, Realis::Negated) => return -3.0,
        (_, Realis::Planned | Realis::Promised | Realis::Predicted) => 1.0,
        (_, Realis::Threatened | Realis::Attempted | Realis::Conditional | Realis::Requested | Realis::Desired) => 0.0,
    };
    if negated { -value } else { value }
}

/// Scores JSON Lines of `{text, targets: [{span1, label}]}`: a file, or the dev.jsonl and train.jsonl of a folder.
pub(crate) fn score(path: &Path) -> Result<Value> {
    let files = if path.is_dir() { vec![path.join("dev.jsonl"), path.join("train.jsonl")] } else { vec![path.to_owned()] };
    let coder = Coder::default();
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for file in files.iter().filter(|file| file.exists()) {
        let lines = std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let item: Value = serde_json::from_str(line)?;
            let text = item["text"].as_str().unwrap_or_default().to_owned();
            // Targets are counted in blank-separated tokens.
            let starts: Vec<usize> = text
                .split(' ')
                .scan(0, |at, token| {
                    let start = *at;
                    *at += token.len() + 1;
                    Some(start)
                })
                .collect();
            let block = Block { span: Span::new(0, text.len()), zone: Zone::Body };
            let article = Article { text, zones: vec![block], ..Article::default() };
            let (words, parse) = coder.read(&article);
            let reading = Reading::new(&article, &words, &parse);
            let clauses = clause::analyse(&reading, &coder.resources);
            for target in item["targets"].as_array().into_iter().flatten() {
                let Some(label) = target["label"].as_f64() else { continue };
                let start = target["span1"][0].as_u64().and_then(|index| starts.get(index as usize).copied());
                let word = start.and_then(|start| words.words.iter().position(|word| word.end as usize > start));
                let given = word.map_or(0.0, |word| value(clauses.realis(word), clauses.is_negated(word), clauses.doubt(word)));
                if std::env::var_os("WHODID_SHOW").is_some() && (label - given).abs() > 2.0 {
                    println!("{label:.1} given {given:.1} '{}': {}", target["span_text"].as_str().unwrap_or_default(), article.text);
                }
                pairs.push((label, given));
            }
        }
    }
    let class = |value: f64| {
        if value >= 0.5 {
            1
        } else if value <= -0.5 {
            -1
        } else {
            0
        }
    };
    let f1 = |wanted: i32| {
        let gold = pairs.iter().filter(|(label, _)| class(*label) == wanted).count();
        let given = pairs.iter().filter(|(_, given)| class(*given) == wanted).count();
        let right = pairs.iter().filter(|(label, given)| class(*label) == wanted && class(*given) == wanted).count();
        (2.0 * right as f64 / (gold + given).max(1) as f64 * 10_000.0).round() / 100.0
    };
    let mae = pairs.iter().map(|(label, given)| (label - given).abs()).sum::<f64>() / pairs.len().max(1) as f64;
    Ok(json!({"task": "status", "set": super::set(path), "n": pairs.len(), "negative_f1": f1(-1), "uncertain_f1": f1(0), "mae": (mae * 100.0).round() / 100.0}))
}
