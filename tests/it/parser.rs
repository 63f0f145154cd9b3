//! Parser snapshots: what the language engine makes of sentences of crisis news. `UPDATE=1` rewrites them for review.
//!
//! Each file holds sentences of its own writing on lines that begin with `>`; below each stand its words over their tags, and the
//! arcs that carry an event: a governor, its relation, its dependent.

use std::fmt::Write as _;
use std::path::Path;

use whodid::record::{Article, Block, Reading, Span, Zone};
use whodid::resource::Resources;
use whodid::{parse, text};

#[test]
fn snapshots() {
    let known = Resources::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/it/parser");
    let update = std::env::var_os("UPDATE").is_some();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let old = std::fs::read_to_string(&file).unwrap();
        let mut new = String::new();
        for line in old.lines() {
            if line.starts_with('#') {
                writeln!(new, "{line}").unwrap();
            } else if let Some(surface) = line.strip_prefix("> ") {
                writeln!(new, "\n> {surface}\n{}", snapshot(surface, &known)).unwrap();
            }
        }
        if update {
            std::fs::write(&file, new).unwrap();
        } else {
            let different = old.lines().zip(new.lines()).find(|(old, new)| old != new);
            assert!(old == new, "{} differs ({different:?}); UPDATE=1 cargo test rewrites it for review", file.display());
        }
    }
}

fn snapshot(surface: &str, known: &Resources) -> String {
    let zones = vec![Block { span: Span::new(0, surface.len()), zone: Zone::Body }];
    let article = Article { text: surface.to_owned(), zones, ..Article::default() };
    let split = text::split(&article, known);
    let parsed = parse::parse(&article, &split, known);
    let reading = Reading::new(&article, &split, &parsed);
    let mut out = String::new();
    for sentence in &split.sentences {
        let (mut forms, mut tags, mut arcs) = (String::from("  "), String::from("  "), String::from("  "));
        for word in sentence.words.clone() {
            let (form, tag) = (reading.form(word), reading.upos(word).as_str());
            let width = form.chars().count().max(tag.len());
            write!(forms, "{form:<width$} ").unwrap();
            write!(tags, "{tag:<width$} ").unwrap();
            let head = reading.head(word).map_or("ROOT", |head| reading.form(head));
            if !matches!(tag, "PUNCT" | "DET" | "ADP") {
                write!(arcs, "{form}<{}<{head} ", reading.deprel(word)).unwrap();
            }
        }
        let names: Vec<String> = parsed
            .names
            .iter()
            .filter(|name| sentence.words.contains(&name.words.start))
            .map(|name| format!("[{} {}]", name.kind, reading.surface(reading.span_of(name.words.start, name.words.end - 1))))
            .collect();
        for line in [&forms, &tags, &arcs] {
            writeln!(out, "{}", line.trim_end()).unwrap();
        }
        if !names.is_empty() {
            writeln!(out, "  {}", names.join(" ")).unwrap();
        }
    }
    out.truncate(out.trim_end().len());
    out
}
