//! Sentences that were written for this project, each with two parties and what the one does to the other.

use std::path::Path;

use anyhow::{Context as _, Result};
use whodid::record::{Article, Block, EventType, Span, Zone};
use whodid::resource::Resources;
use whodid::text;

/// A sentence with two parties.
pub(crate) struct Relation {
    /// Without marks.
    pub(crate) sentence: String,
    /// Who does it.
    pub(crate) source: Span,
    /// To whom.
    pub(crate) target: Span,
    /// What; none where the one does nothing to the other.
    pub(crate) event_type: Option<EventType>,
}

/// Reads a file of lines of type, status, and a sentence with `<s>source</s>` and `<t>target</t>`, tabs between.
pub(crate) fn read(path: &Path) -> Result<Vec<Relation>> {
    let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let read = |(number, line): (usize, &str)| {
        relation(line).with_context(|| format!("{}:{}: not a type, a status and a marked sentence", path.display(), number + 1))
    };
    lines.lines().enumerate().map(read).collect()
}

fn relation(line: &str) -> Option<Relation> {
    let mut fields = line.split('\t');
    let (name, _, marked) = (fields.next()?, fields.next()?, fields.next()?);
    let event_type = if name == "NONE" { None } else { Some(EventType::ALL.iter().copied().find(|known| known.as_str() == name)?) };
    let mut sentence = String::with_capacity(marked.len());
    let mut rest = marked;
    let mut marks = [None; 4];
    while let Some(at) = rest.find('<') {
        sentence.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = ["<s>", "</s>", "<t>", "</t>"].iter().position(|mark| rest.starts_with(mark))?;
        marks[mark].get_or_insert(sentence.len());
        rest = &rest[rest.find('>')? + 1..];
    }
    sentence.push_str(rest);
    let [source, source_end, target, target_end] = marks;
    Some(Relation { source: Span::new(source?, source_end?), target: Span::new(target?, target_end?), sentence, event_type })
}

/// Words of each sentence of a file.
pub(crate) fn words(path: &Path, known: &Resources) -> Result<Vec<Vec<String>>> {
    Ok(read(path)?.into_iter().map(|relation| split(relation.sentence, known)).collect())
}

fn split(sentence: String, known: &Resources) -> Vec<String> {
    let zones = vec![Block { span: Span::new(0, sentence.len()), zone: Zone::Body }];
    let article = Article { text: sentence, zones, ..Article::default() };
    text::split(&article, known).words.iter().map(|word| word.of(&article.text).to_owned()).collect()
}
