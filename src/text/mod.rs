//! Story to sentences and words.

use crate::record::{Article, Text};
use crate::resource::Resources;

/// Splits the story blocks of an article into sentences and UD words.
#[must_use]
pub fn split(_article: &Article, _known: &Resources) -> Text {
    Text::default()
}
