//! Page to story: decoded text in typed zones, with its dates and credits.

use crate::record::{Article, Block, Document, Issue, Span, Zone};

/// Reads the story out of a page.
#[must_use]
pub fn read(document: &Document, _issues: &mut Vec<Issue>) -> Article {
    let text = String::from_utf8_lossy(&document.bytes).into_owned();
    let zones = vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }];
    Article { text, zones, ..Article::default() }
}
