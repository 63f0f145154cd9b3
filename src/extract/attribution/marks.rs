//! Quotation marks: which stretches of the text stand between them.
//!
//! A quotation never leaves its paragraph, but a paragraph that begins with an opening mark goes on with one that the paragraph before
//! left open. A mark that is opened and never closed holds to the end of its sentence, so that one slip cannot swallow a story.

use std::ops::Range;

use crate::record::{Reading, Span, Word, Zone};

/// What stands between two quotation marks. Quotations do not overlap: one inside another is part of the outer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Without the marks and the space beside them.
    pub inner: Span,
    /// With the marks.
    pub outer: Span,
    /// The words inside.
    pub words: Range<Word>,
    /// Index of its paragraph, counted over the story.
    pub paragraph: usize,
    /// Whether it is the first thing in its paragraph.
    pub opens_paragraph: bool,
    /// Whether it goes on with the quotation before it, which was left open.
    pub continues: bool,
}

/// A pair of marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    Straight,
    Curly,
    Low,
    Guillemets,
    GuillemetsInward,
    TwoSingles,
    CurlySingle,
    StraightSingle,
}

/// Finds quotations in story blocks, in text order.
#[must_use]
pub(super) fn find(reading: &Reading<'_>) -> Vec<Quotation> {
    let text = reading.article.text.as_str();
    let mut found: Vec<Quotation> = Vec::new();
    let paragraphs: Vec<(Span, Zone)> = paragraphs(reading);
    let mut left_open = false;
    for (index, &(paragraph, zone)) in paragraphs.iter().enumerate() {
        let end = paragraph.end as usize;
        let mut at = paragraph.start as usize;
        let mut continued = std::mem::take(&mut left_open);
        while at < end {
            let Some((start, pair)) = opening(text, at, paragraph) else { break };
            let body = start + pair.opening_len(text, start);
            let opens_paragraph = text[paragraph.start as usize..start].trim().is_empty();
            let (inner_end, outer_end) = match closing(text, body, end, pair) {
                Some(closing) => closing,
                None if pair.is_single() => {
                    at = body;
                    continue;
                }
                None => {
                    let goes_on = paragraphs.get(index + 1).is_some_and(|&(next, next_zone)| next_zone == zone && begins_with(text, next, pair));
                    left_open = goes_on && reopened(text, body, end, pair).is_none();
                    let limit = if left_open { end } else { reopened(text, body, end, pair).unwrap_or(end).min(sentence_end(reading, body, end)) };
                    (limit, limit)
                }
            };
            let inner = trim(text, body, inner_end);
            if !inner.is_empty() {
                let continues = continued && opens_paragraph;
                let outer = Span::new(start, outer_end);
                found.push(Quotation { inner, outer, words: reading.words_in(inner), paragraph: index, opens_paragraph, continues });
            }
            continued = false;
            at = outer_end.max(body);
        }
    }
    found
}

/// The story's paragraphs: its blocks, cut at line breaks.
fn paragraphs(reading: &Reading<'_>) -> Vec<(Span, Zone)> {
    let text = reading.article.text.as_str();
    let mut paragraphs = Vec::new();
    for block in reading.article.zones.iter().filter(|block| block.zone.is_story()) {
        let mut start = block.span.start as usize;
        for line in block.span.of(text).split('\n') {
            if !line.trim().is_empty() {
                paragraphs.push((Span::new(start, start + line.len()), block.zone));
            }
            start += line.len() + 1;
        }
    }
    paragraphs
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_edge(character: Option<char>) -> bool {
    character.is_none_or(|character| character.is_whitespace() || "([{—–-/\"“‘'«„:…".contains(character))
}

/// The next opening mark at or after `at`: where it stands and of which pair.
fn opening(text: &str, at: usize, paragraph: Span) -> Option<(usize, Pair)> {
    let bytes = text.as_bytes();
    let end = paragraph.end as usize;
    for (offset, character) in text[at..end].char_indices() {
        let here = at + offset;
        let pair = match character {
            '"' => Pair::Straight,
            '“' => Pair::Curly,
            '„' => Pair::Low,
            '«' => Pair::Guillemets,
            '»' => Pair::GuillemetsInward,
            '‘' => Pair::CurlySingle,
            '`' | '\'' if bytes.get(here + 1) == Some(&bytes[here]) => Pair::TwoSingles,
            '\'' => Pair::StraightSingle,
            _ => continue,
        };
        let next = after(text, here + pair.opening_len(text, here));
        let starts_word = next.is_some_and(|next| !next.is_whitespace() && !",.;:!?)”’".contains(next));
        let at_edge = here == paragraph.start as usize || is_edge(before(text, here));
        let opens = match pair {
            Pair::Curly | Pair::Low | Pair::Guillemets => true,
            Pair::Straight | Pair::GuillemetsInward | Pair::TwoSingles => at_edge && starts_word,
            Pair::CurlySingle | Pair::StraightSingle => {
                at_edge && next.is_some_and(|next| next.is_alphanumeric() || next == '[') && !elision(&text[here + character.len_utf8()..end])
            }
        };
        if opens && here + pair.opening_len(text, here) <= end {
            return Some((here, pair));
        }
    }
    None
}

/// Whether an apostrophe before `rest` stands for left-out letters ("'90s", "'em").
fn elision(rest: &str) -> bool {
    let word: &str = rest.split(|character: char| !character.is_alphanumeric()).next().unwrap_or("");
    word.starts_with(|character: char| character.is_ascii_digit())
        || ["em", "til", "tis", "twas", "cause", "n", "bout", "round"].contains(&word.to_ascii_lowercase().as_str())
}

/// The closing mark of a quotation whose words begin at `from`: where the words end and where the mark ends.
fn closing(text: &str, from: usize, end: usize, pair: Pair) -> Option<(usize, usize)> {
    let mut depth = 0u32;
    let mut doubles = 0u32;
    let mut candidate = None;
    for (offset, character) in text[from..end].char_indices() {
        let here = from + offset;
        let past = here + character.len_utf8();
        let spaced = before(text, here).is_some_and(char::is_whitespace) || offset == 0;
        let next = after(text, past).filter(|_| past < end);
        match pair {
            Pair::Straight if character == '"' => {
                return if spaced && next.is_some_and(char::is_alphanumeric) { None } else { Some((here, past)) };
            }
            Pair::Straight if character == '”' => return Some((here, past)),
            Pair::Curly => match character {
                '“' if depth > 0 || !spaced => return Some((here, past)),
                '“' => return None,
                '”' => return Some((here, past)),
                '"' if !spaced => return Some((here, past)),
                _ => {}
            },
            Pair::Low if "“”\"".contains(character) => return Some((here, past)),
            Pair::Guillemets => match character {
                '«' => depth += 1,
                '»' if depth > 0 => depth -= 1,
                '»' => return Some((here, past)),
                _ => {}
            },
            Pair::GuillemetsInward if character == '«' => return Some((here, past)),
            Pair::TwoSingles if character == '\'' && next == Some('\'') && !spaced => return Some((here, past + 1)),
            Pair::TwoSingles if character == '"' && !spaced => return Some((here, past)),
            Pair::CurlySingle | Pair::StraightSingle => {
                if "\"“”".contains(character) {
                    doubles += 1;
                }
                let closes = if pair == Pair::CurlySingle { character == '’' || character == '\'' } else { character == '\'' };
                let reopens =
                    if pair == Pair::CurlySingle { character == '‘' } else { character == '\'' && spaced && next.is_some_and(char::is_alphanumeric) };
                if reopens && candidate.is_some() {
                    return candidate;
                }
                if closes && !spaced && !next.is_some_and(char::is_alphanumeric) && doubles.is_multiple_of(2) {
                    // "the workers' rights": a plural possessive, unless no other mark follows.
                    if before(text, here) == Some('s') && next == Some(' ') && after(text, past + 1).is_some_and(char::is_lowercase) {
                        candidate = candidate.or(Some((here, past)));
                        continue;
                    }
                    return Some((here, past));
                }
            }
            _ => {}
        }
    }
    candidate
}

/// Where a quotation that is not closed meets another opening mark of its pair.
fn reopened(text: &str, from: usize, end: usize, pair: Pair) -> Option<usize> {
    let mark = match pair {
        Pair::Curly => '“',
        Pair::Straight => '"',
        _ => return None,
    };
    text[from..end]
        .char_indices()
        .map(|(offset, character)| (from + offset, character))
        .find(|&(here, character)| {
            character == mark && before(text, here).is_some_and(char::is_whitespace) && after(text, here + mark.len_utf8()).is_some_and(char::is_alphanumeric)
        })
        .map(|(here, _)| here)
}

fn begins_with(text: &str, paragraph: Span, pair: Pair) -> bool {
    let start = paragraph.of(text).trim_start();
    match pair {
        Pair::Straight | Pair::Curly => start.starts_with(['"', '“']),
        Pair::TwoSingles => start.starts_with("''") || start.starts_with("``"),
        Pair::Low => start.starts_with('„'),
        Pair::Guillemets => start.starts_with(['«', '»']),
        Pair::GuillemetsInward => start.starts_with('»'),
        Pair::CurlySingle | Pair::StraightSingle => false,
    }
}

/// End of the sentence that holds byte `at`, no further than `end`.
fn sentence_end(reading: &Reading<'_>, at: usize, end: usize) -> usize {
    let index = reading.text.sentences.partition_point(|sentence| (sentence.span.end as usize) <= at);
    reading.text.sentences.get(index).map_or(end, |sentence| (sentence.span.end as usize).min(end)).max(at)
}

/// `text[start..end]` without white space at its ends.
fn trim(text: &str, start: usize, end: usize) -> Span {
    let whole = &text[start..end.max(start)];
    let left = whole.len() - whole.trim_start().len();
    let length = whole.trim().len();
    Span::new(start + left, start + left + length)
}

impl Pair {
    fn is_single(self) -> bool {
        matches!(self, Pair::CurlySingle | Pair::StraightSingle)
    }

    fn opening_len(self, text: &str, at: usize) -> usize {
        let first = after(text, at).map_or(0, char::len_utf8);
        if self == Pair::TwoSingles { first * 2 } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Article, Block, Parse, Text};

    fn quoted(text: &str) -> Vec<String> {
        let article = Article { text: text.to_owned(), zones: vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }], ..Article::default() };
        let words = Text::default();
        let parse = Parse::default();
        let reading = Reading::new(&article, &words, &parse);
        find(&reading).iter().map(|quotation| quotation.inner.of(text).to_owned()).collect()
    }

    #[test]
    fn every_kind_of_mark() {
        assert_eq!(quoted("He said, “we leave.”"), ["we leave."]);
        assert_eq!(quoted("He said, \"we leave.\" Then \"we stay\"."), ["we leave.", "we stay"]);
        assert_eq!(quoted("He said « nous partons »."), ["nous partons"]);
        assert_eq!(quoted("Er sagte: „wir gehen“."), ["wir gehen"]);
        assert_eq!(quoted("Minister decries 'horrible mess' in the city's port"), ["horrible mess"]);
        assert_eq!(quoted("He said, ‘the workers’ rights are gone,’ and left."), ["the workers’ rights are gone,"]);
        assert_eq!(quoted("''We leave,'' he said."), ["We leave,"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(quoted("Syria's army won't leave in the '90s, the soldiers' families said.").is_empty());
        assert!(quoted("It is 6'2\" tall.").is_empty());
    }

    #[test]
    fn inner_quotations_belong_to_the_outer() {
        assert_eq!(quoted("“She told me ‘go home,’ and I went,” he said."), ["She told me ‘go home,’ and I went,"]);
    }

    #[test]
    fn a_paragraph_that_reopens_goes_on() {
        let text = "“It began at night.\n“We ran,” she said.";
        assert_eq!(quoted(text), ["It began at night.", "We ran,"]);
    }

    #[test]
    fn an_open_mark_swallows_nothing() {
        assert_eq!(quoted("He said \"go. Then \"stay\" was heard.\nMore text follows.").last().map(String::as_str), Some("stay"));
        assert_eq!(quoted("A “slip\nand a long story”").len(), 1);
        assert!(quoted("“").is_empty() && quoted("\"").is_empty() && quoted("é\"").is_empty());
    }
}
