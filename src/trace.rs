//! Why a record was or was not made: the same code with a listener.

use crate::record::{Span, Stage};

/// Listens to the stages. [`Silent`] is of no size and compiles to nothing.
pub trait Trace {
    /// Something was tried on `span`: `say` tells what and how it ended. Called by the stages only through this.
    fn note(&mut self, stage: Stage, span: Span, say: impl FnOnce() -> String);
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Trace for Silent {
    #[inline]
    fn note(&mut self, _: Stage, _: Span, _: impl FnOnce() -> String) {}
}

/// Keeps every note.
#[derive(Clone, Debug, Default)]
pub struct Notes(pub Vec<(Stage, Span, String)>);

impl Trace for Notes {
    fn note(&mut self, stage: Stage, span: Span, say: impl FnOnce() -> String) {
        self.0.push((stage, span, say()));
    }
}
