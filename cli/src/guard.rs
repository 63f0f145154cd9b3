//! One document that meets a defect must not stop the others.

use std::cell::RefCell;
use std::panic;

use serde_json::Value;
use whodid::export::record::{records, source_issue};
use whodid::pipeline::Coder;
use whodid::record::{Document, Issue, Stage};

thread_local! {
    /// Where and why this thread last panicked.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what a panic says, instead of printing it. Called once, before threads start.
pub(crate) fn keep_panics_quiet() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let why = info.payload_as_str().unwrap_or("no reason given");
        LAST.with(|last| last.replace(format!("{why}{place}")));
    }));
}

/// The records of a document; where the coder panicked, one issue that says so.
pub(crate) fn code(coder: &Coder, document: &Document) -> Vec<Value> {
    // The coder is immutable, and what a panic leaves half-made is dropped with it.
    let coded = panic::catch_unwind(panic::AssertUnwindSafe(|| records(&coder.code(document))));
    coded.unwrap_or_else(|_| {
        let why = LAST.with(RefCell::take);
        let problem = format!("defect in whodid: {why}; the document was left out, please report it with the document");
        let source = document.url.as_deref().unwrap_or(&document.path);
        vec![source_issue(source, &Issue { stage: Stage::Extract, span: None, problem })]
    })
}
