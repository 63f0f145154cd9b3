//! `whodid code --dictionaries DIR`: a user's own verbs and actors, our tree.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use whodid::extract::dictionary::one_a_day;
use whodid::pipeline::Coder;
use whodid::resource::petrarch::Dictionaries;
use whodid::source;

use super::Arguments;
use crate::Status;
use crate::output::Format;

/// Codes document by document; with `--one-a-day`, what one document tells is not told again by the next.
pub(super) fn run(coder: &Coder, arguments: &Arguments, folder: &Path) -> anyhow::Result<Status> {
    let dictionaries = Dictionaries::read(folder).with_context(|| format!("--dictionaries {}", folder.display()))?;
    for problem in &dictionaries.problems {
        writeln!(io::stderr(), "whodid: {problem}; the line is left out")?;
    }
    let mut out = io::stdout().lock();
    let (mut found, mut unread) = (false, false);
    let mut seen = std::collections::HashSet::new();
    for item in source::open(&arguments.files, &arguments.known.options()) {
        let document = match item {
            Ok(document) => document,
            Err(problem) => {
                writeln!(io::stderr(), "whodid: {problem}")?;
                unread = true;
                continue;
            }
        };
        let (article, mut events) = coder.code_with(&document, &dictionaries);
        if arguments.one_a_day {
            events = one_a_day(events);
            events.retain(|event| seen.insert((event.date, event.source.clone(), event.target.clone(), event.code.clone())));
        }
        for event in events {
            found = true;
            let date = event.date.map(|date| date.to_string());
            let (trigger, sentence) = (event.trigger.of(&article.text), event.sentence.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" "));
            match arguments.format {
                Some(Format::Jsonl) => {
                    let line = serde_json::json!({
                        "date": date, "source": event.source, "target": event.target, "code": event.code, "trigger": trigger, "sentence": sentence,
                        "document": document.path,
                    });
                    writeln!(out, "{line}")?;
                }
                None | Some(Format::Table) => {
                    let date = date.unwrap_or_default();
                    writeln!(out, "{date}\t{}\t{}\t{}\t{trigger}\t{sentence}\t{}", event.source, event.target, event.code, document.path)?;
                }
                Some(Format::Json | Format::Csv) => anyhow::bail!("--dictionaries: has no such format; use table (columns split by tabs) or jsonl"),
            }
        }
    }
    Ok(match (unread, found) {
        (true, _) => Status::Unread,
        (false, true) => Status::Done,
        (false, false) => Status::Negative,
    })
}
