//! Where sentences end.

use crate::record::{Sentence, Span, Text, Zone};
use crate::resource::{Abbreviation, Splitting};

/// Cuts the words from `first` on, which are those of one block, into sentences.
pub(super) fn split(surface: &str, first: usize, block: (usize, Zone), known: &Splitting, text: &mut Text) {
    let mut start = first;
    let mut at = first;
    while at < text.words.len() {
        let end = closed(surface, &text.words, (start, at), known);
        if let Some(end) = end {
            close(start..end, block, text);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    close(start..text.words.len(), block, text);
}

fn close(words: std::ops::Range<usize>, block: (usize, Zone), text: &mut Text) {
    if let (Some(first), Some(last)) = (text.words.get(words.start), text.words[..words.end].last())
        && !words.is_empty()
    {
        text.sentences.push(Sentence { span: first.join(*last), words, block: block.0, zone: block.1 });
    }
}

/// If a sentence that begins at `start` ends with the word `at` (and the closing marks after it): the first word of the next.
fn closed(surface: &str, words: &[Span], (start, at): (usize, usize), known: &Splitting) -> Option<usize> {
    let word = words[at].of(surface);
    let gap = |next: usize| &surface[words[next - 1].end as usize..words[next].start as usize];
    if at + 1 < words.len() && gap(at + 1).contains('\n') {
        return Some(at + 1);
    }
    let stop = match word {
        "." => Stop::Full,
        "…" => Stop::Ellipsis,
        _ if word.starts_with(['!', '?']) => Stop::Full,
        _ if word.starts_with("..") => Stop::Ellipsis,
        _ if word.len() > 1 && word.ends_with('.') => Stop::Abbreviation,
        _ => return None,
    };
    let mut next = at + 1;
    let mut closed_quote = false;
    while next < words.len() && gap(next).is_empty() && is_closer(words[next].of(surface)) {
        // A straight mark with no space on either side opens where none is open: `he asked."No," she said`.
        let opens = words[next].of(surface) == "\"" && next + 1 < words.len() && gap(next + 1).is_empty();
        if opens && words[start..next].iter().filter(|word| word.of(surface) == "\"").count() % 2 == 0 {
            break;
        }
        closed_quote |= is_quote(words[next].of(surface));
        next += 1;
    }
    // Marks of notes belong to what they follow: "in 1805. [17] He".
    while !matches!(stop, Stop::Abbreviation)
        && let Some(after) = note(surface, words, next, known)
    {
        next = after;
    }
    // A quote that ends the block closes it, though a space stand before it.
    if next < words.len() && is_quote(words[next].of(surface)) && (next + 1 == words.len() || gap(next + 1).contains('\n')) {
        next += 1;
    }
    if next >= words.len() {
        return Some(next);
    }
    let follower = words[next].of(surface);
    let joined = gap(next).is_empty();
    let opener = is_opener(follower);
    let word_after = if opener && next + 1 < words.len() { words[next + 1].of(surface) } else { follower };
    let starts_lower = word_after.chars().next().is_some_and(char::is_lowercase);
    let ends = match stop {
        Stop::Full if word == "." => {
            if matches!(follower, "," | ";" | ":" | ")" | "-" | "–" | "—") && !gap(next).contains(' ') {
                false
            } else {
                // A bracket after a space is a remark of its own.
                !starts_lower || (follower == "(" && !joined)
            }
        }
        Stop::Full => !starts_lower && !matches!(follower, "," | ";" | ":" | "-" | "–" | "—"),
        Stop::Ellipsis => !joined && word_after.chars().next().is_some_and(char::is_uppercase) && (opener || is_starter(word_after, known) || closed_quote),
        Stop::Abbreviation => after_abbreviation(word, word_after, opener, closed_quote, known),
    };
    ends.then_some(next)
}

/// The word after the mark of a note, if one stands at `at`: "[17]", or a raised number that text has made a plain one, which no word
/// that begins sentences could be counted by ("rights. 4 The army").
fn note(surface: &str, words: &[Span], at: usize, known: &Splitting) -> Option<usize> {
    let word = |at: usize| words.get(at).map(|word| word.of(surface));
    let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    if word(at)? == "[" {
        let mark = word(at + 1)?;
        return ((is_number(mark) || mark.len() == 1) && word(at + 2)? == "]").then_some(at + 3);
    }
    let raised = is_number(word(at)?) && is_starter(word(at + 1)?, known) && !surface[words[at].end as usize..words[at + 1].start as usize].contains('\n');
    raised.then_some(at + 1)
}

enum Stop {
    Full,
    Ellipsis,
    Abbreviation,
}

fn after_abbreviation(word: &str, follower: &str, opener: bool, closed_quote: bool, known: &Splitting) -> bool {
    let stem = &word[..word.len() - 1];
    let kind = if let Some(kind) = known.abbreviation(stem) {
        kind
    } else if stem.chars().count() == 1 {
        Abbreviation::Before
    } else {
        Abbreviation::Either
    };
    let capital = follower.chars().next().is_some_and(char::is_uppercase);
    match kind {
        Abbreviation::Before => false,
        Abbreviation::Month if follower.starts_with(|c: char| c.is_ascii_digit()) => false,
        Abbreviation::Month | Abbreviation::Either => capital && (is_starter(follower, known) || opener || closed_quote),
    }
}

fn is_starter(word: &str, known: &Splitting) -> bool {
    let mut characters = word.chars();
    let capital = characters.next().is_some_and(char::is_uppercase) && characters.all(char::is_lowercase);
    let mut buffer = [0u8; 16];
    let Some(target) = buffer.get_mut(..word.len()) else { return false };
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    capital && std::str::from_utf8(target).is_ok_and(|lower| known.is_starter(lower))
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "”" | "“" | "''" | "'" | "’" | "»")
}

fn is_closer(word: &str) -> bool {
    matches!(word, "\"" | "”" | "''" | "'" | "’" | "»" | ")" | "]" | "}" | "**" | "*")
}

fn is_opener(word: &str) -> bool {
    matches!(word, "\"" | "“" | "``" | "'" | "‘" | "«" | "„" | "(" | "[")
}
