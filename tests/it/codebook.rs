//! The codebook is the test suite: every fenced case of `codebook/*.md` is coded and held against what it says.
//!
//! `codebook/README.md` describes the cases. `UPDATE=1 cargo test codebook` rewrites the expected lines for review.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use whodid::pipeline::Coder;
use whodid::record::{Actor, Coded, Document, Event, Figure, Head, Party, Pledge, Quote, Source, Stamp, What};

/// One fenced case.
#[derive(Debug, Default)]
struct Case {
    /// File and line, and the heading above it.
    place: String,
    published: Option<String>,
    publisher: Option<String>,
    /// Why the program is known to fail it; such a case must fail.
    gap: Option<String>,
    text: String,
    expected: Vec<String>,
}

#[test]
fn every_case_of_the_codebook_holds() {
    let coder = Coder::default();
    let (mut failures, mut cases, mut gaps) = (String::new(), 0, 0);
    for file in files() {
        for case in read(&file) {
            cases += 1;
            let coded = code(&coder, &case);
            let problems = compare(&coded, &case.expected);
            gaps += usize::from(case.gap.is_some());
            match (&case.gap, problems.is_empty()) {
                (None, false) => write!(failures, "\n{}\n  {}\n    {}\n", case.place, case.text.replace('\n', "\n  "), problems.join("\n    ")).unwrap(),
                (Some(gap), true) => write!(failures, "\n{}\n  holds now: take out 'gap: {gap}'\n", case.place).unwrap(),
                _ => {}
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            update(&coder, &file);
        }
    }
    println!("codebook: {cases} cases, {gaps} of them known gaps");
    assert!(cases > 0, "no case was found");
    assert!(failures.is_empty(), "{} cases fail:\n{failures}", failures.matches("\n\n").count() + 1);
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codebook");
    let pages = [folder.clone(), folder.join("types")].into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut files: Vec<PathBuf> = pages.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    files.sort();
    files
}

fn read(file: &Path) -> Vec<Case> {
    let markdown = std::fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let (mut cases, mut heading, mut current): (Vec<Case>, String, Option<(Case, u8)>) = Default::default();
    for (number, line) in (1..).zip(markdown.lines()) {
        match &mut current {
            None if line.starts_with('#') => heading = line.trim_start_matches('#').trim().into(),
            None if line.trim_end() == "```case" => {
                current = Some((Case { place: format!("codebook/{name}:{number} {heading}"), ..Case::default() }, 0));
            }
            None => {}
            Some(_) if line.trim_end() == "```" => cases.extend(current.take().map(|(case, _)| case)),
            Some((_, part)) if line.trim_end() == "---" => *part += 1,
            Some((case, 0)) => {
                let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{}: expected 'key: value' or '---', found '{line}'", case.place));
                match key {
                    "published" => case.published = Some(value.into()),
                    "publisher" => case.publisher = Some(value.into()),
                    "gap" => case.gap = Some(value.into()),
                    other => panic!("{}: unknown key '{other}'", case.place),
                }
            }
            Some((case, 1)) => {
                if !case.text.is_empty() {
                    case.text.push('\n');
                }
                case.text.push_str(line);
            }
            Some((case, _)) if !line.trim().is_empty() => case.expected.push(line.trim().into()),
            Some(_) => {}
        }
    }
    cases
}

fn code(coder: &Coder, case: &Case) -> Coded {
    let published = case.published.as_deref().map(|day| Stamp::day(day.parse().unwrap_or_else(|_| panic!("{}: '{day}' is no day", case.place))));
    coder.code(&Document {
        bytes: case.text.clone().into_bytes(),
        published,
        publisher: case.publisher.clone(),
        path: case.place.clone(),
        ..Document::default()
    })
}

/// A record as a line: kind, what it is, and its fields.
struct Line {
    kind: &'static str,
    what: String,
    fields: Vec<(&'static str, String)>,
}

impl Line {
    fn text(&self) -> String {
        let mut text = format!("{} {}", self.kind, self.what);
        for (key, value) in &self.fields {
            write!(text, "; {key} {value}").unwrap();
        }
        text
    }
}

/// What is wrong: expected lines without a record, and records of the kinds that the case speaks of without a line.
fn compare(coded: &Coded, expected: &[String]) -> Vec<String> {
    let lines = lines(coded);
    let mut used = vec![false; lines.len()];
    let mut problems = Vec::new();
    let (forbidden, wanted): (Vec<&String>, Vec<&String>) = expected.iter().partition(|line| line.starts_with("no "));
    // The lines that say most choose first.
    let mut order = wanted.clone();
    order.sort_by_key(|line| std::cmp::Reverse(line.matches("; ").count()));
    for line in order {
        match lines.iter().enumerate().position(|(index, actual)| !used[index] && answers(line, actual)) {
            Some(index) => used[index] = true,
            None => problems.push(format!("missing: {line}")),
        }
    }
    for line in forbidden {
        let what = &line[3..];
        if let Some(index) = lines.iter().enumerate().position(|(index, actual)| !used[index] && answers(what, actual)) {
            problems.push(format!("must not be: {}", lines[index].text()));
        }
    }
    let spoken = |kind: &str| kind != "actor" && wanted.iter().any(|line| line.split(' ').next() == Some(kind));
    for (index, actual) in lines.iter().enumerate() {
        if !used[index] && (spoken(actual.kind) || !problems.is_empty()) {
            problems.push(format!("{}: {}", if spoken(actual.kind) { "beyond the case" } else { "also there" }, actual.text()));
        }
    }
    if problems.iter().all(|problem| problem.starts_with("also there")) { Vec::new() } else { problems }
}

/// Whether a record answers an expected line: kind and type, and each field that the line states.
fn answers(line: &str, actual: &Line) -> bool {
    let mut parts = line.split("; ");
    let first = parts.next().unwrap_or("");
    let (kind, what) = first.split_once(' ').unwrap_or((first, ""));
    if kind != actual.kind || !(what.is_empty() || alternatives(what).any(|what| what == actual.what)) {
        return false;
    }
    parts.all(|part| {
        let (key, value) = part.split_once(' ').unwrap_or((part, ""));
        let known = FIELDS.contains(&key);
        assert!(known, "unknown field '{key}' in: {line}");
        let found = actual.fields.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value.as_str());
        if value == "-" { found.is_empty() } else { value_holds(key, value, found) }
    })
}

const FIELDS: &[&str] = &[
    "trigger",
    "modes",
    "cameo",
    "contexts",
    "status",
    "claim",
    "realis",
    "actors",
    "recipients",
    "place",
    "date",
    "content",
    "content-modes",
    "content-actors",
    "content-recipients",
    "content-place",
    "content-date",
    "by",
    "background",
    "evidence",
    "text",
    "speaker",
    "addressee",
    "cue",
    "value",
    "low",
    "high",
    "qualifier",
    "unit",
    "currency",
    "kind",
    "population",
    "population-country",
    "destination-country",
    "period",
    "per",
    "cause",
    "promiser",
    "action",
    "polarity",
    "deadline",
    "made-on",
    "links",
    "name",
    "country",
    "sectors",
    "basis",
    "role",
    "flow",
];

fn alternatives(text: &str) -> impl Iterator<Item = &str> {
    text.split('|')
}

/// Every comma-separated part of the value must stand in what was found; `|` separates alternatives.
fn value_holds(key: &str, value: &str, found: &str) -> bool {
    match key {
        "status"
        | "claim"
        | "realis"
        | "qualifier"
        | "unit"
        | "kind"
        | "polarity"
        | "background"
        | "value"
        | "low"
        | "high"
        | "cameo"
        | "content"
        | "country"
        | "basis"
        | "date"
        | "deadline"
        | "made-on"
        | "period"
        | "population-country"
        | "destination-country"
        | "cause"
        | "currency"
        | "flow"
        | "content-date" => alternatives(value).any(|value| value == found),
        // "sanctions|imposed": the quotes hold both.
        _ if value.starts_with('"') && !value.contains(", ") => {
            alternatives(value.trim_matches('"')).any(|value| part_holds(&format!("\"{}", value.trim_matches('"')), found))
        }
        _ => alternatives(value).any(|value| value.split(", ").all(|part| part_holds(part, found))),
    }
}

/// `"words"` must stand in one member of the list; codes ("CAN GOV") must all be codes of one member.
fn part_holds(part: &str, found: &str) -> bool {
    found.split(", ").any(|member| match part.strip_prefix('"') {
        Some(words) => member.to_lowercase().contains(&words.trim_end_matches('"').to_lowercase()),
        None => part.split(' ').all(|code| member.split(' ').any(|have| have == code)),
    })
}

fn lines(coded: &Coded) -> Vec<Line> {
    let text = coded.article.text.as_str();
    let mut lines: Vec<Line> = coded.events.iter().map(|event| event_line(event, text)).collect();
    lines.extend(coded.quotes.iter().map(|quote| quote_line(quote, text)));
    lines.extend(coded.figures.iter().map(|figure| figure_line(figure, text)));
    lines.extend(coded.pledges.iter().map(|pledge| pledge_line(pledge, text)));
    for mention in coded.mentions.actors.iter().filter(|mention| !mention.pronoun) {
        let actor = &mention.actor;
        let mut line = Line { kind: "actor", what: String::new(), fields: Vec::new() };
        push(&mut line, "text", &member(actor, text));
        push(&mut line, "name", &actor.name.as_ref().map_or(String::new(), |name| format!("\"{name}\"")));
        push(&mut line, "country", actor.country.as_ref().map_or("", |country| country.as_str()));
        push(&mut line, "sectors", &actor.sectors.iter().map(|sector| sector.as_str()).collect::<Vec<_>>().join(" "));
        push(&mut line, "basis", actor.basis.map_or("", |basis| basis.as_str()));
        push(&mut line, "role", &actor.role.as_ref().map_or(String::new(), |role| format!("\"{role}\"")));
        lines.push(line);
    }
    lines
}

fn push(line: &mut Line, key: &'static str, value: &str) {
    if !value.is_empty() {
        line.fields.push((key, value.into()));
    }
}

/// An actor as its words, name and codes.
fn member(actor: &Actor, text: &str) -> String {
    let mut member = format!("\"{}\"", actor.span.of(text).replace(", ", " "));
    if let Some(name) = &actor.name {
        write!(member, " \"{name}\"").unwrap();
    }
    if let Some(country) = actor.country {
        write!(member, " {country}").unwrap();
    }
    for sector in &actor.sectors {
        write!(member, " {sector}").unwrap();
    }
    member
}

fn parties(parties: &[Party], text: &str) -> String {
    parties.iter().map(|party| member(&party.actor, text)).collect::<Vec<_>>().join(", ")
}

fn when(when: Option<&whodid::record::When>) -> String {
    match when.and_then(|when| when.start.zip(when.end)) {
        Some((start, end)) if start == end => start.to_string(),
        Some((start, end)) => format!("{start}/{end}"),
        None => String::new(),
    }
}

fn places(what: &What, text: &str) -> String {
    what.places
        .iter()
        .map(|place| format!("\"{}\" \"{}\"", place.span.of(text).replace(", ", " "), place.name.as_deref().unwrap_or("")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn head(line: &mut Line, head: &Head, text: &str) {
    push(line, "trigger", &format!("\"{}\"", head.trigger.of(text)));
    push(line, "status", head.status().as_str());
    push(line, "claim", head.claim.as_str());
    push(line, "realis", head.realis.as_str());
    push(line, "by", &sources(&head.attribution, text));
    push(line, "evidence", &head.evidence.iter().map(|span| format!("\"{}\"", span.of(text).replace(", ", " "))).collect::<Vec<_>>().join(", "));
    push(
        line,
        "links",
        &head
            .links
            .iter()
            .map(|link| format!("{} {}", link.link, link.by.as_ref().map_or(String::new(), |by| member(by, text))))
            .collect::<Vec<_>>()
            .join(", "),
    );
}

fn sources(sources: &[Source], text: &str) -> String {
    sources.iter().map(|source| format!("{} {} {}", member(&source.actor, text), source.role, source.source_type)).collect::<Vec<_>>().join(", ")
}

fn event_line(event: &Event, text: &str) -> Line {
    let what = event.what.event_type.map_or("", |event_type| event_type.as_str());
    let mut line = Line { kind: "event", what: what.into(), fields: Vec::new() };
    let modes = |what: &What| what.modes.iter().map(|mode| mode.as_str()).collect::<Vec<_>>().join(", ");
    push(&mut line, "modes", &modes(&event.what));
    push(&mut line, "cameo", event.cameo.as_deref().unwrap_or(""));
    push(&mut line, "contexts", &event.contexts.iter().map(|context| context.as_str()).collect::<Vec<_>>().join(", "));
    push(&mut line, "actors", &parties(&event.what.actors, text));
    push(&mut line, "recipients", &parties(&event.what.recipients, text));
    push(&mut line, "place", &places(&event.what, text));
    push(&mut line, "date", &when(event.what.date.as_ref()));
    if let Some(content) = &event.content {
        push(&mut line, "content", content.event_type.map_or("", |event_type| event_type.as_str()));
        push(&mut line, "content-modes", &modes(content));
        push(&mut line, "content-actors", &parties(&content.actors, text));
        push(&mut line, "content-recipients", &parties(&content.recipients, text));
        push(&mut line, "content-place", &places(content, text));
        push(&mut line, "content-date", &when(content.date.as_ref()));
    }
    push(&mut line, "background", if event.background { "yes" } else { "no" });
    head(&mut line, &event.head, text);
    line
}

fn quote_line(quote: &Quote, text: &str) -> Line {
    let mut line = Line { kind: "quote", what: quote.form.as_str().into(), fields: Vec::new() };
    push(&mut line, "text", &format!("\"{}\"", quote.spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ").replace(", ", " ")));
    push(&mut line, "speaker", &quote.speaker.as_ref().map_or(String::new(), |speaker| member(speaker, text)));
    push(&mut line, "addressee", &quote.addressee.as_ref().map_or(String::new(), |addressee| member(addressee, text)));
    push(&mut line, "cue", &quote.cue.map_or(String::new(), |cue| format!("\"{}\"", cue.of(text))));
    push(&mut line, "date", &when(quote.date.as_ref()));
    head(&mut line, &quote.head, text);
    line
}

fn figure_line(figure: &Figure, text: &str) -> Line {
    let mut line = Line { kind: "figure", what: figure.measure.as_str().into(), fields: Vec::new() };
    for (key, value) in [("value", figure.value), ("low", figure.low), ("high", figure.high)] {
        push(&mut line, key, &value.map_or(String::new(), |value| value.to_string()));
    }
    push(&mut line, "qualifier", figure.qualifier.as_str());
    push(&mut line, "unit", figure.unit.as_str());
    push(&mut line, "currency", figure.currency.unwrap_or(""));
    push(&mut line, "per", figure.per.as_deref().unwrap_or(""));
    push(&mut line, "kind", figure.kind.as_str());
    push(&mut line, "flow", figure.flow_or_stock.map_or("", |flow| flow.as_str()));
    push(&mut line, "population", &figure.population.map_or(String::new(), |span| format!("\"{}\"", span.of(text))));
    push(&mut line, "population-country", figure.population_country.as_ref().map_or("", |country| country.as_str()));
    push(&mut line, "destination-country", figure.destination_country.as_ref().map_or("", |country| country.as_str()));
    push(&mut line, "period", &when(figure.period.as_ref()));
    push(&mut line, "cause", figure.cause.map_or("", |cause| cause.as_str()));
    head(&mut line, &figure.head, text);
    line
}

fn pledge_line(pledge: &Pledge, text: &str) -> Line {
    let mut line = Line { kind: "pledge", what: pledge.state.as_str().into(), fields: Vec::new() };
    push(&mut line, "promiser", &pledge.promiser.as_ref().map_or(String::new(), |promiser| member(promiser, text)));
    push(&mut line, "action", &pledge.action.map_or(String::new(), |span| format!("\"{}\"", span.of(text).replace(", ", " "))));
    push(&mut line, "polarity", pledge.polarity.as_str());
    push(&mut line, "deadline", &when(pledge.deadline.as_ref()));
    push(&mut line, "made-on", &when(pledge.made_on.as_ref()));
    head(&mut line, &pledge.head, text);
    line
}

/// Rewrites the expected lines of the failing cases of a file with what the program says.
fn update(coder: &Coder, file: &Path) {
    let mut markdown = std::fs::read_to_string(file).unwrap();
    for case in read(file).iter().filter(|case| case.gap.is_none()) {
        let coded = code(coder, case);
        if compare(&coded, &case.expected).is_empty() {
            continue;
        }
        let kinds: Vec<&str> = case.expected.iter().filter_map(|line| line.split(' ').next()).collect();
        let actual: Vec<String> = lines(&coded).iter().filter(|line| kinds.contains(&line.kind)).map(Line::text).collect();
        markdown = markdown.replace(&case.expected.join("\n"), &actual.join("\n"));
    }
    std::fs::write(file, markdown).unwrap();
}
