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

/// What `work` gives; where it panicked, what to tell of it.
pub(crate) fn held<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // The coder is immutable, and what a panic leaves half-made is dropped with it.
    panic::catch_unwind(panic::AssertUnwindSafe(work)).map_err(|_| {
        let why = LAST.with(RefCell::take);
        format!("defect in whodid: {why}; the document was left out, please report it with the document")
    })
}

/// The records of a document; where the coder panicked, one issue that says so.
pub(crate) fn code(coder: &Coder, document: &Document) -> Vec<Value> {
    held(|| records(&coder.code(document))).unwrap_or_else(|problem| {
        let source = document.url.as_deref().unwrap_or(&document.path);
        vec![source_issue(source, &Issue { stage: Stage::Extract, span: None, problem })]
    })
}
