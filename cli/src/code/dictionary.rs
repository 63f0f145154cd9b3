//! `whodid code --dictionaries DIR`: a user's own verbs and actors, our tree.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use whodid::extract::dictionary::OneADay;
use whodid::pipeline::Coder;
use whodid::resource::petrarch::Dictionaries;
use whodid::source;

use super::Arguments;
use crate::output::Format;
use crate::{Status, guard};

/// Codes document by document; with `--one-a-day`, what one document tells is not told again by the next.
pub(super) fn run(coder: &Coder, arguments: &Arguments, folder: &Path) -> anyhow::Result<Status> {
    let dictionaries = Dictionaries::read(folder).with_context(|| format!("--dictionaries {}", folder.display()))?;
    let jsonl = match arguments.format {
        Some(Format::Jsonl) => true,
        None | Some(Format::Table) => false,
        Some(Format::Json | Format::Csv) => anyhow::bail!("--dictionaries: has no such format; use table (columns split by tabs) or jsonl"),
    };
    for problem in &dictionaries.problems {
        writeln!(io::stderr(), "whodid: {problem}; left out")?;
    }
    guard::keep_panics_quiet();
    let mut out = io::stdout().lock();
    let (mut found, mut unread) = (false, false);
    let mut one_a_day = OneADay::default();
    for item in source::open(&arguments.files, &arguments.known.options()) {
        let Some(document) = super::read(item, &mut unread)? else { continue };
        let (article, mut events) = match guard::held(|| coder.code_with(&document, &dictionaries)) {
            Ok(coded) => coded,
            Err(problem) => {
                writeln!(io::stderr(), "whodid: {}: {problem}", document.path)?;
                unread = true;
                continue;
            }
        };
        if arguments.one_a_day {
            events.retain(|event| one_a_day.is_first(event));
        }
        for event in events {
            found = true;
            let date = event.date.map(|date| date.to_string());
            let (trigger, sentence) = (event.trigger.of(&article.text), event.sentence.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" "));
            if jsonl {
                let line = serde_json::json!({
                    "date": date, "source": event.source, "target": event.target, "code": event.code, "trigger": trigger, "sentence": sentence,
                    "document": document.path,
                });
                writeln!(out, "{line}")?;
            } else {
                let date = date.unwrap_or_default();
                writeln!(out, "{date}\t{}\t{}\t{}\t{trigger}\t{sentence}\t{}", event.source, event.target, event.code, document.path)?;
            }
        }
    }
    Ok(super::status(unread, found))
}
