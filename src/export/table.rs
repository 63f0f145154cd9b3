//! A digest for the terminal: an article's headline, then who did what, who said what, how many, who promised what.
//!
//! Colour only repeats what the words say.

use std::io::{self, Write};

use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How the digest is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour.
    pub colour: bool,
}

const BOLD: &str = "1";
const DIM: &str = "2";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// Width of the column that holds a status or a state.
const LABEL: usize = 12;

impl Layout {
    fn paint(self, style: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn label(self, text: &str) -> String {
        let style = match text {
            "asserted" | "kept" | "on_track" | "direct" => GREEN,
            "alleged" | "reported" | "mixed" | "partly_kept" => YELLOW,
            "denied" | "negated" | "broken" | "missed" => RED,
            _ => CYAN,
        };
        let padding = " ".repeat(LABEL.saturating_sub(text.width()));
        format!("{}{padding}", self.paint(style, text))
    }
}

/// Writes the digest of one document's records.
///
/// # Errors
/// What the writer gives.
pub fn digest(out: &mut impl Write, records: &[Value], layout: Layout) -> io::Result<()> {
    for article in of_kind(records, "article") {
        let title = text(article, "title").or_else(|| text(article, "body_text").and_then(|body| body.lines().next()));
        writeln!(out, "{}", layout.paint(BOLD, &fit(title.unwrap_or("(no text)"), layout.width)))?;
        let about: Vec<&str> = ["publisher", "published", "id"].iter().filter_map(|field| text(article, field)).collect();
        writeln!(out, "{}", layout.paint(DIM, &about.join(" · ")))?;
    }
    section(out, "Who did what", records, "event", layout, |event| {
        let kind = [text(event, "event_type").unwrap_or("?").to_owned(), list(event, "modes")].join(" ");
        let parties: Vec<String> = [parties(event, "actors"), Some(kind.trim_end().to_owned()), parties(event, "recipients").map(|names| format!("→ {names}"))]
            .into_iter()
            .flatten()
            .collect();
        let aside = [place(event), day(event, "date"), according(event)];
        (text(event, "status").unwrap_or("").to_owned(), join(&parties.join("  "), &aside))
    })?;
    section(out, "Who said what", records, "quote", layout, |quote| {
        let speaker = quote.get("speaker").map_or_else(|| "?".to_owned(), actor);
        (text(quote, "form").unwrap_or("").to_owned(), join(&speaker, &[text(quote, "cue").map(str::to_owned), day(quote, "date")]))
    })?;
    section(out, "How many", records, "figure", layout, |figure| {
        let what = format!("{} {}", amount(figure), text(figure, "measure").unwrap_or(""));
        (
            text(figure, "status").unwrap_or("").to_owned(),
            join(&what, &[text(figure, "population").map(str::to_owned), day(figure, "period"), according(figure)]),
        )
    })?;
    section(out, "Who promised what", records, "pledge", layout, |pledge| {
        let promiser = pledge.get("promiser").map_or_else(|| "?".to_owned(), actor);
        let refrains = text(pledge, "polarity") == Some("refrain");
        let action = text(pledge, "action").map(|action| if refrains { format!("not to: {action}") } else { action.to_owned() });
        (text(pledge, "state").unwrap_or("").to_owned(), join(&promiser, &[action, day(pledge, "deadline").map(|day| format!("by {day}"))]))
    })?;
    let issues: Vec<&Value> = of_kind(records, "issue").collect();
    if !issues.is_empty() {
        writeln!(out, "\n{}", layout.paint(BOLD, "Not coded"))?;
        for issue in issues {
            writeln!(out, "  {} {}", layout.label(text(issue, "stage").unwrap_or("")), fit(text(issue, "problem").unwrap_or(""), rest(layout)))?;
        }
    }
    Ok(())
}

fn section(out: &mut impl Write, title: &str, records: &[Value], kind: &str, layout: Layout, line: impl Fn(&Value) -> (String, String)) -> io::Result<()> {
    let mut begun = false;
    for record in of_kind(records, kind) {
        if !begun {
            writeln!(out, "\n{}", layout.paint(BOLD, title))?;
            begun = true;
        }
        let (label, words) = line(record);
        writeln!(out, "  {} {}", layout.label(&label), fit(&words, rest(layout)))?;
        if let Some(words) = evidence(record) {
            let words = fit(&format!("“{words}”"), rest(layout));
            writeln!(out, "  {} {}", " ".repeat(LABEL), layout.paint(DIM, &words))?;
        }
    }
    Ok(())
}

fn rest(layout: Layout) -> usize {
    layout.width.saturating_sub(LABEL + 3).max(20)
}

fn of_kind<'r>(records: &'r [Value], kind: &'r str) -> impl Iterator<Item = &'r Value> {
    records.iter().filter(move |record| record["kind"] == kind)
}

fn text<'r>(record: &'r Value, field: &str) -> Option<&'r str> {
    record.get(field)?.as_str()
}

fn list(record: &Value, field: &str) -> String {
    let members = record.get(field).and_then(Value::as_array).into_iter().flatten();
    members.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// What a reader would call an actor: its words, and who that is where the words do not say so.
#[must_use]
pub fn actor(actor: &Value) -> String {
    let (words, name) = (text(actor, "text"), text(actor, "name"));
    match (words, name) {
        (Some(words), Some(name)) if !words.contains(name) => format!("{words} ({name})"),
        (Some(words), _) => words.to_owned(),
        (None, Some(name)) => name.to_owned(),
        (None, None) => text(actor, "country").unwrap_or("?").to_owned(),
    }
}

fn parties(event: &Value, field: &str) -> Option<String> {
    let names: Vec<String> = event.get(field)?.as_array()?.iter().map(actor).collect();
    Some(names.join(", "))
}

fn place(event: &Value) -> Option<String> {
    let place = event.get("places")?.as_array()?.first()?;
    Some(format!("in {}", text(place, "name").or_else(|| text(place, "text"))?))
}

fn day(record: &Value, field: &str) -> Option<String> {
    let when = record.get(field)?;
    match (text(when, "start"), text(when, "end")) {
        (Some(start), Some(end)) if start != end => Some(format!("{start} to {end}")),
        (Some(start), _) => Some(start.to_owned()),
        (None, Some(end)) => Some(format!("to {end}")),
        (None, None) => text(when, "text").map(str::to_owned),
    }
}

fn according(record: &Value) -> Option<String> {
    let sources = record.get("attribution")?.as_array()?;
    let chain: Vec<&str> = sources.iter().filter_map(|source| text(source, "name").or_else(|| text(source, "text"))).collect();
    (!chain.is_empty()).then(|| format!("according to {}", chain.join(", ")))
}

/// The number of a figure with its bounds and its unit.
#[must_use]
pub fn amount(figure: &Value) -> String {
    let number = |field: &str| figure.get(field).filter(|value| value.is_number()).map(ToString::to_string);
    let bounds = match (number("value"), number("low"), number("high")) {
        (Some(value), _, _) => value,
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        (None, Some(low), None) => format!("{low} or more"),
        (None, None, Some(high)) => format!("up to {high}"),
        (None, None, None) => "?".to_owned(),
    };
    let unit = text(figure, "currency").or_else(|| text(figure, "unit")).unwrap_or("");
    let qualifier = text(figure, "qualifier").filter(|word| *word != "exact" && *word != "between").map(|word| word.replace('_', " "));
    [qualifier.as_deref().unwrap_or(""), &bounds, unit].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn evidence(record: &Value) -> Option<String> {
    let spans = record.get("evidence")?.as_array()?;
    Some(spans.iter().filter_map(|span| text(span, "text")).collect::<Vec<_>>().join(" … "))
}

fn join(first: &str, aside: &[Option<String>]) -> String {
    let mut parts = vec![first.to_owned()];
    parts.extend(aside.iter().flatten().cloned());
    parts.join(" · ")
}

/// One line of at most `width` columns; control characters, which could move the cursor, are shown as spaces.
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for character in text.chars().map(|character| if character.is_control() { ' ' } else { character }) {
        let wide = character.width().unwrap_or(0);
        if used + wide > width {
            while used + 1 > width
                && let Some(last) = line.pop()
            {
                used -= last.width().unwrap_or(0);
            }
            line.push('…');
            return line;
        }
        line.push(character);
        used += wide;
    }
    line
}

/// Writes rows under headers, columns as wide as they need and the last one cut to the terminal.
///
/// # Errors
/// What the writer gives.
pub fn rows(out: &mut impl Write, headers: &[&str], rows: &[Vec<String>], layout: Layout) -> io::Result<()> {
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).chain([headers[column].width()]).max().unwrap_or(0);
    // No column may take more than a sixth, so that the words at the end keep room.
    let widths: Vec<usize> = (0..headers.len()).map(|column| widest(column).min((layout.width / 6).max(10))).collect();
    let mut line = |cells: &[String], style: Option<&str>| -> io::Result<()> {
        let mut text = String::new();
        let mut used = 0;
        for (column, cell) in cells.iter().enumerate() {
            let last = column + 1 == cells.len();
            let room = layout.width.saturating_sub(used).max(1);
            let width = if last { room.max(20) } else { widths[column].min(room) };
            let cell = fit(cell, width);
            text.push_str(&cell);
            if !last {
                text.push_str(&" ".repeat(widths[column].saturating_sub(cell.width()) + 2));
                used += widths[column] + 2;
            }
        }
        let text = text.trim_end();
        writeln!(out, "{}", style.map_or_else(|| text.to_owned(), |style| layout.paint(style, text)))
    };
    line(&headers.iter().map(|&header| header.to_owned()).collect::<Vec<_>>(), Some(BOLD))?;
    for row in rows {
        line(row, None)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_to_columns_not_to_characters() {
        assert_eq!(fit("short", 10), "short");
        assert_eq!(fit("exactly ten", 10), "exactly t…");
        assert_eq!(fit("東京東京東京", 5), "東京…");
        assert_eq!(fit("a\x1b[2Jb", 10), "a [2Jb");
    }

    #[test]
    fn without_colour_no_escape_is_written() {
        let records = [serde_json::json!({"kind": "event", "event_type": "ASSAULT", "status": "alleged", "evidence": [{"text": "shelled the town"}]})];
        let write = |colour| {
            let mut out = Vec::new();
            digest(&mut out, &records, Layout { width: 60, colour }).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(write(true).contains('\x1b'));
        let plain = write(false);
        assert!(!plain.contains('\x1b') && plain.contains("alleged") && plain.contains("“shelled the town”"), "{plain}");
    }
}
