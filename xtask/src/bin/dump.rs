//! dump
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use whodid::extract::{attribution, clause, quote};
use whodid::record::*;
use whodid::resource::Resources;
use whodid::{article, mention, parse, text};
fn main() {
    let known = Resources::embedded();
    let tree = std::env::var_os("TREE").is_some();
    let mut input = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut input).unwrap();
    for raw in input.split("\n===\n") {
        let document = Document {
            bytes: raw.as_bytes().to_vec(),
            format: Format::Text,
            published: Some(Stamp::day(jiff::civil::date(2019, 5, 15))),
            ..Document::default()
        };
        let article = article::read(&document, &mut Vec::new());
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        let mentions = mention::find(&reading, &known);
        let clauses = clause::analyse(&reading, &known);
        let t = std::time::Instant::now();
        let found = attribution::find(&reading, &mentions, &clauses, &known);
        let quotes = quote::find(&reading, &mentions, &found, &known);
        let took = t.elapsed();
        println!("######## {} words, {:?}, actors {}", reading.len(), took, mentions.actors.len());
        if tree {
            for s in &text.sentences {
                println!("-- {:?} {}", s.zone, s.span.of(&article.text));
                println!(
                    "{}",
                    s.words
                        .clone()
                        .map(|w| format!(
                            "{}:{}={}/{}{}<{}:{}",
                            w,
                            reading.form(w),
                            reading.lemma(w),
                            reading.upos(w),
                            if reading.feats(w).has(Feats::FIN) { "F" } else { "" },
                            reading.head(w).map_or(-1, |h| h as i64),
                            reading.deprel(w)
                        ))
                        .collect::<Vec<_>>()
                        .join(" ")
                );
            }
        } else {
            for b in &article.zones {
                println!("[{}] {}", b.zone, b.span.of(&article.text));
            }
        }
        let show = |spans: &[Span]| spans.iter().map(|s| s.of(&article.text)).collect::<Vec<_>>().join(" // ");
        for a in &found.all {
            println!(
                "ATT d{} {:?} {} {}{}{} | {} | {} | {}",
                a.depth,
                a.kind.map(|k| k.as_str()).unwrap_or("-"),
                a.claim,
                if a.direct { "D" } else { "" },
                if a.clausal { "C" } else { "" },
                if a.intention { "I" } else { "" },
                a.sources
                    .iter()
                    .map(|s| format!(
                        "{} <{}{} {} {}{}>",
                        s.actor.span.of(&article.text),
                        s.actor.name.clone().unwrap_or_default(),
                        s.source_type,
                        s.role,
                        if s.anonymous { "anon " } else { "" },
                        s.date.as_ref().map(|d| d.timex.clone()).unwrap_or_default()
                    ))
                    .collect::<Vec<_>>()
                    .join(" + "),
                a.cue_span.map_or("", |s| s.of(&article.text)),
                show(&a.content)
            );
        }
        for q in &quotes {
            println!(
                "QUOTE {} | {} | to {} | {} | {}",
                q.form,
                q.speaker.as_ref().map_or("-".to_owned(), |s| format!("{}={}", s.span.of(&article.text), s.name.clone().unwrap_or_default())),
                q.addressee.as_ref().map_or("-", |s| s.span.of(&article.text)),
                q.date.as_ref().map(|d| d.timex.clone()).unwrap_or_default(),
                show(&q.spans)
            );
        }
    }
}
