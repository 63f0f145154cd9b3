//! Labels: a name and a colon before what is said, as headlines and transcripts have them ("UN: Fighting displaces thousands").

use super::cue::Cue;
use super::marks::Quotation;
use super::source::Sources;
use crate::record::{Deprel, Upos, Word, Zone};
use crate::resource::reporting::{Class, VerbKind};

/// Sentences that begin with a speaker's name and a colon, or, in titles, end with them.
pub(super) fn find(sources: &Sources<'_>, quotations: &[Quotation]) -> Vec<Cue> {
    let reading = sources.reading;
    let mut cues = Vec::new();
    for sentence in &reading.text.sentences {
        let words = sentence.words.clone();
        let Some(colon) = words.clone().take(8).find(|&word| reading.form(word) == ":").filter(|&colon| colon > words.start && colon + 1 < words.end) else {
            continue;
        };
        let rest = colon + 1..words.end;
        let lead = words.start..colon;
        let named = |range: std::ops::Range<Word>| {
            range.len() <= 6
                && range
                    .clone()
                    .all(|word| matches!(reading.upos(word), Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Adp | Upos::Part | Upos::Punct | Upos::X))
        };
        let speaker = |range: std::ops::Range<Word>| {
            range
                .clone()
                .rev()
                .find(|&word| {
                    sources.mention(word).is_some() || (matches!(reading.upos(word), Upos::Propn) && sources.can_speak(word) && sentence.zone == Zone::Title)
                })
                .or_else(|| upper(sources, range))
        };
        let told = rest.clone().any(|word| matches!(reading.upos(word), Upos::Verb | Upos::Aux))
            && !quotations.iter().any(|quotation| quotation.words.start == rest.start || quotation.words.start == rest.start + 1);
        let (source, content) = if named(lead.clone())
            && told
            && let Some(source) = speaker(lead.clone())
        {
            (source, rest)
        } else if sentence.zone == Zone::Title
            && named(rest.clone())
            && let Some(source) = speaker(rest.clone())
        {
            (source, lead)
        } else {
            continue;
        };
        let last =
            content.clone().rev().find(|&word| reading.upos(word) != Upos::Punct || !matches!(reading.form(word), "." | "\"" | "”")).unwrap_or(content.start);
        cues.push(Cue {
            word: colon,
            span: reading.span(colon),
            class: Class::Neutral,
            kind: Some(VerbKind::Speech),
            sources: vec![source],
            relay: None,
            addressee: None,
            content: vec![reading.span_of(content.start, last)],
            clausal: true,
            quotes: false,
            intention: false,
            negated: false,
            hearsay: false,
        });
    }
    cues
}

/// The last word of a label in capitals ("SMITH", "UN").
fn upper(sources: &Sources<'_>, words: std::ops::Range<Word>) -> Option<Word> {
    let reading = sources.reading;
    let capitals = |word: Word| {
        reading.form(word).chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase)
            && reading.form(word).chars().filter(|letter| letter.is_alphabetic()).count() > 1
    };
    let last = words.clone().next_back()?;
    (words.clone().all(capitals) && reading.deprel(last) != Deprel::Punct).then_some(last)
}
