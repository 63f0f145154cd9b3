//! Figures. IDETECT (JSON Lines): is the figure of highest salience the labelled quantity, with its reporting term and unit.
//! NewsQuant (JSON): every quantity of a sentence by value, and by value with what qualifies it.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use whodid::pipeline::Coder;
use whodid::record::{Coded, Document, Figure, Format, Measure, NumberKind, Qualifier, Unit};

/// Scores one file of either kind.
pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let source = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    if source.trim_start().starts_with('[') { quantities(path, &source) } else { displaced(path, &source) }
}

fn show() -> bool {
    std::env::var_os("WHODID_SHOW").is_some()
}

fn code(coder: &Coder, text: &str, path: &Path) -> Coded {
    coder.code(&Document { bytes: text.as_bytes().to_vec(), format: Format::Text, path: path.display().to_string(), ..Document::default() })
}

/// The Helix term of a measure, as `vocabulary.md` has it; IDETECT splits shelters in two.
fn term(measure: Measure) -> &'static [&'static str] {
    match measure {
        Measure::Displaced => &["displaced"],
        Measure::Fled | Measure::FledAbroad => &["forced to flee"],
        Measure::Evacuated => &["evacuated"],
        Measure::Relocated => &["relocated"],
        Measure::Sheltered => &["sheltered", "in relief camp"],
        Measure::Returned => &["returns"],
        Measure::Homeless => &["homeless"],
        Measure::Affected => &["affected"],
        Measure::Destroyed => &["destroyed housing", "uninhabitable housing"],
        Measure::Damaged => &["partially destroyed housing", "uninhabitable housing"],
        _ => &[],
    }
}

fn displaced(path: &Path, source: &str) -> anyhow::Result<Value> {
    let coder = Coder::default();
    let (mut n, mut value_right, mut term_right, mut unit_right, mut all_right) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for line in source.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line)?;
        let excerpt = gold["excerpt"].as_str().unwrap_or("");
        let Some(quantity) = gold["Quantity"].as_f64() else { continue };
        n += 1;
        let coded = code(&coder, excerpt, path);
        // The first of the most salient.
        let best = coded.figures.iter().fold(None::<&Figure>, |best, figure| match best {
            Some(best) if best.salience >= figure.salience => Some(best),
            _ => Some(figure),
        });
        let amount = best.and_then(|figure| figure.value.or(figure.high).or(figure.low));
        let value_is = amount.is_some_and(|amount| (amount - quantity).abs() < 0.5);
        let gold_term = gold["Term"].as_str().unwrap_or("").to_lowercase();
        let term_is = best.is_some_and(|figure| term(figure.measure).contains(&gold_term.as_str()));
        let gold_unit = gold["Unit"].as_str().unwrap_or("");
        let unit_is = best.is_some_and(|figure| match gold_unit {
            "Households" => matches!(figure.unit, Unit::Household | Unit::Family | Unit::Dwelling),
            _ => matches!(figure.unit, Unit::Person | Unit::Child | Unit::Body),
        });
        value_right += usize::from(value_is);
        term_right += usize::from(term_is);
        unit_right += usize::from(unit_is);
        all_right += usize::from(value_is && term_is && unit_is);
        if show() && !(value_is && term_is && unit_is) {
            let marks = format!("{}{}{}", if value_is { "v" } else { "V" }, if term_is { "t" } else { "T" }, if unit_is { "u" } else { "U" });
            println!("{marks}\t{quantity} {gold_term} {gold_unit}\t{}", excerpt.chars().take(260).collect::<String>());
            for figure in &coded.figures {
                println!(
                    "\t{:.2} {:?}/{:?}..{:?} {} {} [{}]",
                    figure.salience,
                    figure.value,
                    figure.low,
                    figure.high,
                    figure.measure,
                    figure.unit,
                    figure.head.evidence.first().map_or("", |span| span.of(&coded.article.text))
                );
            }
        }
    }
    Ok(json!({
        "task": "figures", "set": super::set(path), "n": n,
        "value_acc": super::percent(value_right as f64, n as f64), "term_acc": super::percent(term_right as f64, n as f64),
        "unit_acc": super::percent(unit_right as f64, n as f64), "all_acc": super::percent(all_right as f64, n as f64),
    }))
}

/// A quantity to match: its two ends, and the modifier as NewsQuant writes it.
struct Quantity {
    ends: (f64, f64),
    change: String,
}

fn quantities(path: &Path, source: &str) -> anyhow::Result<Value> {
    let coder = Coder::default();
    let rows: Vec<Value> = serde_json::from_str(source)?;
    let (mut gold_count, mut found_count, mut value_right, mut change_right) = (0usize, 0usize, 0usize, 0usize);
    for row in &rows {
        let text = row["text"].as_str().unwrap_or("");
        let gold: Vec<Quantity> = row["quantities"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let value = entry["value"].as_str().map(str::to_owned).unwrap_or_else(|| entry["value"].to_string());
                Some(Quantity { ends: ends(&value)?, change: entry["change"].as_str().unwrap_or("=").to_owned() })
            })
            .collect();
        let coded = code(&coder, text, path);
        let found: Vec<Quantity> = coded
            .mentions
            .numbers
            .iter()
            .filter(|number| !matches!(number.kind, NumberKind::Ordinal | NumberKind::Age | NumberKind::Other))
            .map(|number| {
                let low = number.value.or(number.low).unwrap_or(0.0);
                let high = number.value.or(number.high).unwrap_or(low);
                Quantity { ends: (low, high), change: change(number.qualifier).to_owned() }
            })
            .collect();
        gold_count += gold.len();
        found_count += found.len();
        let same = |a: &Quantity, b: &Quantity| {
            (a.ends.0 - b.ends.0).abs() <= 1e-6 * a.ends.0.abs().max(1.0) && (a.ends.1 - b.ends.1).abs() <= 1e-6 * a.ends.1.abs().max(1.0)
        };
        let mut taken = vec![false; found.len()];
        let mut missed = Vec::new();
        for gold in &gold {
            let exact = (0..found.len()).find(|&index| !taken[index] && same(gold, &found[index]) && found[index].change == gold.change);
            let hit = exact.or_else(|| (0..found.len()).find(|&index| !taken[index] && same(gold, &found[index])));
            match hit {
                Some(index) => {
                    taken[index] = true;
                    value_right += 1;
                    change_right += usize::from(found[index].change == gold.change);
                }
                None => missed.push(format!("{:?}", gold.ends)),
            }
        }
        if show() {
            let extra: Vec<String> = (0..found.len()).filter(|&index| !taken[index]).map(|index| format!("{:?}", found[index].ends)).collect();
            if !missed.is_empty() || !extra.is_empty() {
                println!("missed {} extra {}\t{text}", missed.join(" "), extra.join(" "));
            }
        }
    }
    let f1 = |right: usize| super::percent(2.0 * right as f64, (gold_count + found_count) as f64);
    Ok(json!({
        "task": "figures", "set": super::set(path), "n": gold_count, "value_f1": f1(value_right), "value_change_f1": f1(change_right),
        "value_precision": super::percent(value_right as f64, found_count as f64), "value_recall": super::percent(value_right as f64, gold_count as f64),
    }))
}

/// "275.0", "252.0-287.0".
fn ends(value: &str) -> Option<(f64, f64)> {
    if let Ok(number) = value.parse() {
        return Some((number, number));
    }
    let (low, high) = value.split_once('-')?;
    Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
}

/// NewsQuant's sign for a qualifier.
fn change(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::About => "~",
        Qualifier::MoreThan | Qualifier::AtLeast => ">",
        Qualifier::LessThan | Qualifier::AtMost | Qualifier::UpTo => "<",
        Qualifier::Exact | Qualifier::Between => "=",
    }
}
