//! Plain text with the page around it: paragraphs from lines, and their zones from wording, shape and place.

use std::borrow::Cow;

use crate::record::Zone;
use crate::resource::Chrome;

use super::piece::Piece;
use super::wording::{self, ends_sentence};
use crate::source::date::Order;

/// Cuts text into paragraphs. Lines that were wrapped at a margin are joined again; other line ends end a paragraph.
pub(super) fn paragraphs(text: &str) -> Vec<Piece<'_>> {
    let other = ['\r', '\u{c}', '\u{b}', '\u{2028}', '\u{2029}', '\u{85}'];
    let lines: Vec<&str> = text.split('\n').flat_map(|line| line.trim_end_matches('\r').split(other)).map(trim).collect();
    let margin = margin(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<(Cow<str>, &str)> = None;
    for &line in &lines {
        open = match open {
            Some((held, last)) if !line.is_empty() && margin.is_some_and(|margin| wrapped(last, line, margin)) => {
                let mut held = held.into_owned();
                held.push(' ');
                held.push_str(line);
                Some((Cow::Owned(held), line))
            }
            held => {
                pieces.extend(held.map(|(text, _)| Piece::new(tidy(text))));
                (!line.is_empty()).then_some((Cow::Borrowed(line), line))
            }
        };
    }
    pieces.extend(open.map(|(text, _)| Piece::new(tidy(text))));
    pieces
}

fn trim(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'))
}

/// One space between words, and nothing that is not seen.
fn tidy(text: Cow<'_, str>) -> Cow<'_, str> {
    let unseen = |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}');
    let mut last = 'a';
    let untidy = text.chars().any(|c| {
        let bad = unseen(c) || c.is_whitespace() && (c != ' ' || last == ' ');
        last = c;
        bad
    });
    if !untidy {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !unseen(c) {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The margin at which lines were wrapped, in characters; none where a line is a paragraph.
///
/// Wrapped text shows by lines that stop in mid-sentence although they are as long as the longest.
fn margin(lines: &[&str]) -> Option<usize> {
    const NARROWEST: usize = 40;
    const WIDEST: usize = 120;
    let sample = &lines[..lines.len().min(2000)];
    let margin = sample.iter().map(|line| line.chars().take(WIDEST + 1).count()).max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&margin) {
        return None;
    }
    let pairs = sample.windows(2).filter(|pair| !pair[1].is_empty() && full(pair[0], pair[1], margin));
    let (mut open, mut all) = (0, 0);
    for pair in pairs {
        all += 1;
        open += usize::from(!ends_sentence(pair[0]));
    }
    (open * 2 > all).then_some(margin)
}

/// Whether the first word of the next line would not have fitted on this one.
fn full(line: &str, next: &str, margin: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or("");
    !line.is_empty() && line.chars().count() + 1 + word.chars().count() > margin.saturating_sub(2)
}

/// Whether the next line goes on with this one. Text wrapped by hand is ragged: a long line that ends in mid-sentence goes on too.
fn wrapped(line: &str, next: &str, margin: usize) -> bool {
    let ragged = || line.chars().count() * 10 > margin * 7 && !ends_sentence(line);
    !next.starts_with(['•', '*', '·', '▪']) && (full(line, next, margin) || ragged())
}

/// Decides the zone of every paragraph.
pub(super) fn settle(pieces: &mut [Piece<'_>], titled: bool, order: Order, chrome: &Chrome) {
    for piece in pieces.iter_mut().filter(|piece| piece.zone.is_none()) {
        piece.zone = wording::zone(&piece.text, order, chrome);
    }
    captions_before_credits(pieces, chrome);
    under_heads(pieces, chrome);
    let prose = |piece: &Piece| piece.zone.is_none() && is_prose(&piece.text);
    let Some(first) = pieces.iter().position(prose) else {
        // No sentence anywhere: what is there is the story.
        for piece in pieces.iter_mut() {
            piece.zone.get_or_insert(Zone::Body);
        }
        return;
    };
    let last = pieces.iter().rposition(prose).unwrap_or(first);
    let (head, rest) = pieces.split_at_mut(first);
    let (body, tail) = rest.split_at_mut(last - first + 1);
    settle_head(head, titled);
    settle_body(body);
    for piece in tail.iter_mut().filter(|piece| piece.zone.is_none()) {
        piece.zone = Some(if is_headline(&piece.text) { Zone::Related } else { Zone::Navigation });
    }
}

/// A line of its own that credits a photo makes a caption of the sentence before it.
fn captions_before_credits(pieces: &mut [Piece<'_>], chrome: &Chrome) {
    const LONGEST: usize = 350;
    for at in 0..pieces.len() {
        let credited = pieces.get(at + 1).is_some_and(|next| next.is(Zone::Credit) && !next.split);
        let Some(piece) = pieces.get_mut(at).filter(|piece| piece.zone.is_none() && piece.text.len() <= LONGEST) else { continue };
        if credited && ends_sentence(&piece.text) || wording::opens_caption(&piece.text, chrome) {
            piece.zone = Some(Zone::Caption);
        }
    }
}

/// Headlines under "More on this story" are links, up to the next paragraph of prose.
fn under_heads(pieces: &mut [Piece<'_>], chrome: &Chrome) {
    let mut under = false;
    for piece in pieces.iter_mut() {
        match piece.zone {
            Some(Zone::Related) => under = wording::heads_related(&piece.text, chrome),
            None if is_prose(&piece.text) => under = false,
            None if under => piece.zone = Some(Zone::Related),
            _ => {}
        }
    }
}

fn settle_head(head: &mut [Piece<'_>], titled: bool) {
    // The headline is the first line before the story that has a headline's length; a line right after it is its deck.
    let title = head.iter().position(|piece| piece.zone.is_none() && is_headline(&piece.text)).filter(|_| !titled);
    for (at, piece) in head.iter_mut().enumerate().filter(|(_, piece)| piece.zone.is_none()) {
        if (titled || title.is_some_and(|title| at > title)) && wording::is_name_and_place(&piece.text) {
            piece.zone = Some(Zone::Byline);
            continue;
        }
        let deck = title.is_some_and(|title| at == title + 1) && is_headline(&piece.text);
        piece.zone = Some(match title {
            Some(title) if at == title || deck => Zone::Title,
            _ if titled && is_headline(&piece.text) => Zone::Title,
            _ => Zone::Navigation,
        });
    }
}

fn settle_body(body: &mut [Piece<'_>]) {
    let mut at = 0;
    while at < body.len() {
        let run = body[at..].iter().take_while(|piece| piece.zone.is_none() && !is_prose(&piece.text)).count();
        if run == 0 {
            body[at].zone.get_or_insert(Zone::Body);
            at += 1;
            continue;
        }
        let lines = &mut body[at..at + run];
        // One short line is a subheading, a few that start with bullets are a list of the story's own; others are links or menus.
        let listed = lines.iter().any(|piece| piece.text.starts_with(['•', '-', '*', '–', '·', '▪']));
        let short = lines.iter().filter(|piece| !is_headline(&piece.text)).count();
        let zone = if listed || run == 1 {
            Zone::Body
        } else if short * 2 > run {
            Zone::Navigation
        } else if run >= 3 {
            Zone::Related
        } else {
            Zone::Body
        };
        for piece in lines {
            piece.zone = Some(zone);
        }
        at += run;
    }
}

/// Whether a paragraph is told in sentences.
fn is_prose(text: &str) -> bool {
    let words = text.split_whitespace().take(30).count();
    words >= 4 && ends_sentence(text) || words >= 25 || words >= 12 && (text.contains(". ") || text.contains("” ") || text.contains("\" "))
}

/// Whether a line has the length of a headline.
fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().take(40).count();
    (3..=30).contains(&words) && text.len() >= 15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        paragraphs(text).iter().map(|piece| piece.text.to_string()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Fighters left the port on Monday after a week of shelling that killed\nmore than forty people, the governor told reporters by telephone from\nthe capital.\n\nAid is to follow.";
        let found = of(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("killed more than forty") && found[0].ends_with("from the capital."));
    }

    #[test]
    fn one_paragraph_a_line() {
        assert_eq!(of("Fighters left the port on Monday.\nAid is to follow.\r\nA third line stands here.").len(), 3);
        assert_eq!(of("One  two\u{a0}three\u{200b}."), ["One two three."]);
    }

    #[test]
    fn windows_line_ends() {
        let text = "Fighters left the port on Monday after a week of shelling that killed\r\nmore than forty people, the governor told reporters by telephone from\r\nthe capital.";
        assert_eq!(of(text).len(), 1);
    }
}
