//! Who said what.

use super::attribution::{Attribution, Attributions};
use crate::record::{Deprel, Head, Mentions, Quote, QuoteForm, Reading, Realis, Source, SourceRole, Span, Upos, Word};
use crate::resource::Resources;
use crate::resource::reporting::VerbKind;

/// Finds quotes, in text order: utterances in marks, reported clauses, and quoted fragments inside someone's sentence.
#[must_use]
pub fn find(reading: &Reading<'_>, mentions: &Mentions, attributions: &Attributions, _known: &Resources) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for attribution in &attributions.all {
        if attribution.direct {
            quotes.extend(utterances(reading, attribution).into_iter().map(|spans| quote(reading, attributions, attribution, QuoteForm::Direct, spans)));
        } else if is_indirect(reading, attributions, attribution) {
            let spans = attribution.content.iter().map(|&span| without_that(reading, span)).collect();
            quotes.push(quote(reading, attributions, attribution, QuoteForm::Indirect, spans));
        }
    }
    fragments(reading, mentions, attributions, &mut quotes);
    quotes.sort_by_key(|quote| quote.spans.first().map_or(0, |span| span.start));
    quotes
}

/// The quotations of one speaker as records: halves of one quotation that its cue splits, or that a new paragraph goes on with, are one;
/// a quotation that begins a sentence of its own after the cue is another.
fn utterances(reading: &Reading<'_>, attribution: &Attribution) -> Vec<Vec<Span>> {
    let mut utterances: Vec<Vec<Span>> = Vec::new();
    let sentence = |span: Span| {
        let words = reading.words_in(span);
        (!words.is_empty()).then(|| (reading.sentence_of(words.start), reading.sentence_of(words.end - 1)))
    };
    for &span in &attribution.content {
        let previous = utterances.last().and_then(|spans| spans.last().copied());
        let goes_on = previous.is_some_and(|previous| match (sentence(previous), sentence(span)) {
            (Some((_, last)), Some((first, _))) => {
                first == last || !reading.surface(Span { start: previous.end, end: span.start }).contains(char::is_alphanumeric)
            }
            _ => false,
        });
        match utterances.last_mut().filter(|_| goes_on) {
            Some(spans) => spans.push(span),
            None => utterances.push(vec![span]),
        }
    }
    utterances
}

/// Whether it is a clause reported as someone's words: no belief, no document, nothing told inside another telling.
fn is_indirect(reading: &Reading<'_>, attributions: &Attributions, attribution: &Attribution) -> bool {
    let speaks = attribution.kind.is_none_or(|kind| kind == VerbKind::Speech) && attribution.sources.iter().any(|source| source.role == SourceRole::Speaker);
    let fragments =
        || attributions.quotations.iter().any(|quotation| is_fragment(attributions, quotation.inner) && covers(reading, attribution, quotation.inner));
    let told = |cue: Span| {
        attributions
            .all
            .iter()
            .any(|outer| outer.kind != Some(VerbKind::Thought) && !outer.intention && outer.clausal && outer.covers(cue) && !std::ptr::eq(outer, attribution))
    };
    speaks && attribution.clausal && !attribution.content.is_empty() && attribution.cue_span.is_some_and(|cue| !told(cue)) && !fragments()
}

/// Whether a quotation is no utterance of its own.
fn is_fragment(attributions: &Attributions, inner: Span) -> bool {
    !attributions.all.iter().any(|attribution| attribution.direct && attribution.content.contains(&inner))
}

/// Whether a quotation lies in what is said, the stop at its end left out.
fn covers(reading: &Reading<'_>, attribution: &Attribution, inner: Span) -> bool {
    let surface = reading.surface(inner);
    let trimmed = surface.trim_end_matches([',', '.', '?', '!', ';']);
    attribution.covers(Span { end: inner.start + trimmed.len() as u32, ..inner })
}

/// The clause without the conjunction that introduces it.
fn without_that(reading: &Reading<'_>, span: Span) -> Span {
    let words = reading.words_in(span);
    if words.len() > 1 && reading.form(words.start).eq_ignore_ascii_case("that") && reading.deprel(words.start) == Deprel::Mark {
        return reading.span_of(words.start + 1, words.end - 1);
    }
    span
}

fn quote(reading: &Reading<'_>, attributions: &Attributions, attribution: &Attribution, form: QuoteForm, spans: Vec<Span>) -> Quote {
    let source: Option<&Source> = attribution.sources.iter().find(|source| !matches!(source.role, SourceRole::Outlet | SourceRole::Relay));
    let anchor = attribution.cue_span.or(spans.first().copied()).unwrap_or_default();
    let (mut outer, claim) =
        if form == QuoteForm::Direct || attribution.cue_span.is_some() { attributions.at(anchor) } else { (Vec::new(), crate::record::Claim::Asserted) };
    outer.extend(attribution.sources.iter().filter(|source| matches!(source.role, SourceRole::Outlet | SourceRole::Relay)).cloned());
    let mut evidence = spans.clone();
    let near = source.filter(|source| attribution.cue.is_some_and(|cue| reading.text.sentences[reading.sentence_of(cue)].span.contains(source.actor.span)));
    let stated = match (near, attribution.cue_span) {
        (Some(source), Some(cue)) => {
            let joined = source.actor.span.join(cue);
            if spans.iter().any(|span| span.overlaps(joined)) { vec![source.actor.span, cue] } else { vec![joined] }
        }
        (None, Some(cue)) => vec![cue],
        _ => Vec::new(),
    };
    evidence.extend(stated);
    evidence.sort_unstable();
    evidence.dedup();
    Quote {
        head: Head {
            trigger: anchor,
            evidence,
            claim,
            realis: Realis::Happened,
            attribution: outer,
            links: Vec::new(),
            confidence: confidence(attribution, form),
        },
        form,
        speaker: source.map(|source| source.actor.clone()),
        addressee: attribution.addressee.clone(),
        cue: attribution.cue_span,
        date: source.and_then(|source| source.date.clone()),
        place: attribution.place.clone(),
        spans,
    }
}

/// How often quotes found this way are right: those with a cue beside the marks nearly always, those without by their neighbours only.
fn confidence(attribution: &Attribution, form: QuoteForm) -> f32 {
    match (form, attribution.cue.is_some(), attribution.sources.is_empty()) {
        (_, _, true) => 0.4,
        (QuoteForm::Direct, true, _) => 0.95,
        (QuoteForm::Direct, false, _) => 0.6,
        (QuoteForm::Indirect, _, _) => 0.85,
        (QuoteForm::Mixed, _, _) => 0.8,
    }
}

/// Quoted fragments: of the source whose words they stand in, else of whoever does what they are part of.
fn fragments(reading: &Reading<'_>, mentions: &Mentions, attributions: &Attributions, quotes: &mut Vec<Quote>) {
    for quotation in attributions.quotations.iter().filter(|quotation| is_fragment(attributions, quotation.inner)) {
        let letters = quotation.words.clone().filter(|&word| reading.upos(word) != Upos::Punct).count();
        if letters < 2 || is_name(reading, &quotation.words) {
            continue;
        }
        let innermost = attributions
            .all
            .iter()
            .filter(|attribution| {
                !attribution.direct && attribution.kind != Some(VerbKind::Evidence) && attribution.covers(quotation.inner) && !attribution.sources.is_empty()
            })
            .max_by_key(|attribution| attribution.depth);
        if let Some(attribution) = innermost {
            let whole = attribution.clausal && attribution.content.iter().all(|content| quotation.outer.contains(*content));
            let form = if whole { QuoteForm::Direct } else { QuoteForm::Mixed };
            quotes.push(quote(reading, attributions, attribution, form, vec![quotation.inner]));
        } else if let Some(speaker) = doer(reading, mentions, quotation.words.start, quotation.words.end) {
            let actor = mentions.actors[speaker].actor.clone();
            let (attribution, claim) = attributions.at(quotation.inner);
            let head = Head {
                trigger: quotation.inner,
                evidence: vec![quotation.inner],
                claim,
                realis: Realis::Happened,
                attribution,
                links: Vec::new(),
                confidence: 0.5,
            };
            quotes.push(Quote {
                head,
                spans: vec![quotation.inner],
                form: QuoteForm::Mixed,
                speaker: Some(actor),
                addressee: None,
                cue: None,
                date: None,
                place: None,
            });
        }
    }
}

/// Whether marks stand around a name, a title or a word that is mentioned, not said.
fn is_name(reading: &Reading<'_>, words: &std::ops::Range<Word>) -> bool {
    let capital = |word: Word| reading.form(word).starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    let content = || words.clone().filter(|&word| !matches!(reading.upos(word), Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part));
    if content().all(capital) && words.len() <= 8 {
        return true;
    }
    let before = words.start.checked_sub(2).map(|word| reading.form(word).to_ascii_lowercase());
    before.is_some_and(|form| matches!(form.as_str(), "so-called" | "dubbed" | "titled" | "entitled" | "nicknamed" | "named" | "codenamed" | "self-styled" | "called" if form != "called" || words.len() <= 4))
}

/// The actor who does what the quoted words are part of: the subject of the nearest verb above them.
fn doer(reading: &Reading<'_>, mentions: &Mentions, first: Word, end: Word) -> Option<usize> {
    let top = (first..end).find(|&word| reading.head(word).is_none_or(|head| !(first..end).contains(&head)))?;
    let mut at = top;
    for _ in 0..12 {
        let subjects = reading.children(at).filter(|&child| reading.deprel(child) == Deprel::Nsubj && !(first..end).contains(&child));
        let actor = subjects.filter_map(|subject| mentions.actors.iter().position(|mention| mention.head == subject || mention.top == subject)).next();
        if actor.is_some() {
            return actor;
        }
        at = reading.head(at)?;
    }
    None
}
