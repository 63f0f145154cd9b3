//! Prints the zones of pages: `cargo run --example zones FILE…`.
#![allow(clippy::print_stdout)]

use whodid::{article, record::Document};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let document = Document { bytes: std::fs::read(&path)?, path, ..Document::default() };
        let mut issues = Vec::new();
        let article = article::read(&document, &mut issues);
        println!("{} {:?} {:?}", article.id, article.title, article.published);
        println!(
            "publisher {:?} language {:?} licence {:?} url {:?} modified {:?}",
            article.publisher, article.language, article.licence, article.url, article.modified
        );
        println!("byline {:?}", article.byline.map(|span| span.of(&article.text)));
        for block in &article.zones {
            println!("{:12} {}", block.zone, block.span.of(&article.text));
        }
        println!("wire credits {:?}", article.wire_credits.iter().map(|span| span.of(&article.text)).collect::<Vec<_>>());
        println!("{issues:?}");
    }
    Ok(())
}
