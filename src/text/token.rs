//! Words of UD English.
//!
//! A chunk (what stands between white space) gives its opening and closing punctuation one by one; what is left is kept whole
//! (addresses, figures), or cut at the characters inside it that separate words, and at last at its clitics.

use crate::record::Span;
use crate::resource::Splitting;

/// Bytes of the longest chunk that is cut as one. Nobody writes longer ones, and cutting them whole would take time that grows with
/// the square of their length, and calls as deep as it is long.
const LONGEST: usize = 400;

/// Appends the words of `block` to `words`.
pub(super) fn split(text: &str, block: Span, known: &Splitting, words: &mut Vec<Span>) {
    let base = block.start as usize;
    let surface = block.of(text);
    let mut cutter = Cutter { text, known, words, limit: block.end as usize };
    let mut start = None;
    for (at, character) in surface.char_indices() {
        match start {
            Some(from) if is_space(character) => {
                cutter.chunk(base + from, base + at);
                start = None;
            }
            // The cutter calls itself for what it cut off, so what it is given is bounded.
            Some(from) if at - from >= LONGEST => {
                cutter.chunk(base + from, base + at);
                start = Some(at);
            }
            None if !is_space(character) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        cutter.chunk(base + from, block.end as usize);
    }
}

/// White space, with the invisible characters that pages put between words.
fn is_space(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' | '\u{2060}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´')
}

fn is_opening(character: char) -> bool {
    matches!(character, '#' | '(' | '[' | '{' | '<' | '"' | '“' | '„' | '«' | '‹' | '¿' | '¡' | '*' | '•' | '·' | '●' | '▪' | '■' | '►' | '|' | '~' | '=' | '_')
        || is_apostrophe(character)
        || is_dash(character)
}

fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | '}' | '>' | '"' | '”' | '“' | '»' | '›' | ',' | ';' | ':' | '!' | '?' | '…' | '%' | '*' | '|' | '~' | '=' | '_' | '‰')
        || is_apostrophe(character)
        || is_dash(character)
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―' | '−' | '‐' | '‑')
}

fn is_currency(character: char) -> bool {
    matches!(character, '$' | '€' | '£' | '¥' | '₹' | '₦' | '₪' | '₽' | '₩' | '₴' | '₺' | '฿' | '₱')
}

/// Marks that make one word where they are repeated.
fn repeats(character: char) -> bool {
    is_dash(character) || matches!(character, '.' | '!' | '?' | '*' | '=' | '_' | '~' | '\'' | '`')
}

const AFTER_APOSTROPHE: &[&str] = &["s", "re", "ve", "ll", "d", "m", "em", "til", "cause", "n", "bout", "tis", "twas"];
const UNITS: &[&str] = &[
    "am", "pm", "a.m.", "p.m.", "km", "kms", "m", "cm", "mm", "kg", "kgs", "g", "mg", "lb", "lbs", "oz", "ft", "in", "mph", "kmh", "km²", "sqm", "bn", "mn",
    "tn", "k", "kw", "mw", "gb", "mb", "tb", "hrs", "hr", "min", "mins", "yrs", "yr", "million", "billion", "trillion", "°c", "°f", "c", "f", "ha", "dwt",
    "kt", "mm",
];

struct Cutter<'a> {
    text: &'a str,
    known: &'a Splitting,
    words: &'a mut Vec<Span>,
    /// End of the block.
    limit: usize,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.words.push(Span::new(start, end));
        }
    }

    /// Opening marks, core, closing marks.
    fn chunk(&mut self, mut start: usize, end: usize) {
        while let Some(character) = self.text[start..end].chars().next() {
            let rest = &self.text[start + character.len_utf8()..end];
            if is_address(&self.text[start..end])
                || is_apostrophe(character) && keeps_apostrophe(rest)
                || !is_opening(character)
                || negative(character, rest, self.before(start))
            {
                break;
            }
            let mark = self.run(start, end, character);
            self.push(start, start + mark);
            start += mark;
        }
        if let Some(character) = self.text[start..end].chars().next()
            && character == '.'
            && self.text[start..end].starts_with("..")
        {
            let mark = self.run(start, end, '.');
            self.push(start, start + mark);
            return self.chunk(start + mark, end);
        }
        self.tail(start, end);
    }

    /// Length of a repeated mark, or of one character.
    fn run(&self, start: usize, end: usize, character: char) -> usize {
        let one = character.len_utf8();
        if !repeats(character) {
            return one;
        }
        // Three apostrophes are a pair and one more, but nobody writes them.
        self.text[start..end]
            .chars()
            .take_while(|&next| next == character || (matches!(character, '!' | '?') && matches!(next, '!' | '?')))
            .map(char::len_utf8)
            .sum()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Cuts closing marks off the end, then the core.
    fn tail(&mut self, start: usize, mut end: usize) {
        if start >= end {
            return;
        }
        let mut marks = [Span::default(); 16];
        let mut count = 0;
        while count < marks.len() && start < end {
            let core = &self.text[start..end];
            if is_address(core) && !core.ends_with([',', '.', ')', '"', '”', '?', '!', ';', ':', '\'', '>', ']']) {
                break;
            }
            let Some(character) = core.chars().next_back() else { break };
            let length = if character == '.' {
                let dots = core.chars().rev().take_while(|&next| next == '.').count();
                if dots == 1 && self.keeps_stop(start, end) {
                    break;
                }
                // "p.m.." is an abbreviation and a stop; "so..." is a word and an ellipsis.
                dots
            } else if !is_closing(character) {
                break;
            } else if repeats(character) {
                core.chars()
                    .rev()
                    .take_while(|&next| next == character || (matches!(character, '!' | '?') && matches!(next, '!' | '?')))
                    .map(char::len_utf8)
                    .sum()
            } else {
                character.len_utf8()
            };
            marks[count] = Span::new(end - length, end);
            count += 1;
            end -= length;
        }
        self.core(start, end);
        for mark in marks[..count].iter().rev() {
            self.words.push(*mark);
        }
    }

    /// Whether the full stop that ends `start..end` belongs to the word.
    fn keeps_stop(&self, start: usize, end: usize) -> bool {
        let stem = &self.text[start..end - 1];
        if stem.is_empty() {
            return false;
        }
        let last_part = stem.rsplit(is_dash).next().unwrap_or(stem);
        if stem == "c" {
            return self.next_visible(end).is_some_and(|next| next.is_ascii_digit());
        }
        if last_part.chars().count() == 1 && last_part.chars().all(char::is_uppercase) {
            // An initial: "J. Smith", not "vitamin C." at the end.
            return last_part.len() == stem.len() && self.next_visible(end).is_some_and(char::is_alphabetic);
        }
        if is_dotted(stem) {
            return true;
        }
        if matches!(stem, "No" | "Nos" | "no" | "nos" | "art" | "Art" | "Fig" | "fig" | "vol" | "Vol") {
            return self.next_visible(end).is_some_and(|next| next.is_ascii_digit());
        }
        if self.known.abbreviation(stem).is_none() && self.known.abbreviation(last_part).is_none() {
            return false;
        }
        // A word of the list that ends the block ends a sentence with a stop of its own, unless it can stand nowhere else.
        !matches!(
            stem,
            "in" | "al"
                | "min"
                | "sq"
                | "Mass"
                | "Miss"
                | "Wash"
                | "Ore"
                | "Ill"
                | "Ind"
                | "Mo"
                | "Pa"
                | "Ga"
                | "La"
                | "Co"
                | "Del"
                | "Sat"
                | "Sun"
                | "Mar"
                | "Fri"
                | "Wed"
                | "Gen"
                | "St"
        ) || self.next_visible(end).is_some()
    }

    fn next_visible(&self, at: usize) -> Option<char> {
        self.text[at..self.limit].chars().find(|&character| !is_space(character))
    }

    /// What stands between the marks.
    fn core(&mut self, start: usize, end: usize) {
        let core = &self.text[start..end];
        if core.is_empty() {
            return;
        }
        if core.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.joined(start, end);
        }
        if is_address(core) {
            return self.push(start, end);
        }
        if let Some(cut) = self.inner_mark(start, end) {
            let (from, to) = cut;
            self.tail(start, from);
            self.push(from, to);
            return self.chunk(to, end);
        }
        self.clitics(start, end);
    }

    /// The first mark inside a core that separates words: its range.
    fn inner_mark(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let core = &self.text[start..end];
        let mut characters = core.char_indices().peekable();
        let mut before = None;
        while let Some((at, character)) = characters.next() {
            let after = characters.peek().map(|&(_, next)| next);
            let digits = before.is_some_and(|c: char| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
            let cut = match character {
                '.' if core[at..].starts_with("..") => true,
                // "the border.The army": a stop whose space was lost.
                '.' => {
                    at >= 3
                        && core[..at].chars().next_back().is_some_and(char::is_lowercase)
                        && core[at + 1..].chars().next().is_some_and(char::is_uppercase)
                        && core[at + 1..].chars().nth(1).is_none_or(char::is_lowercase)
                        && !core[at + 1..].contains('.')
                        || (at > 0 && core[at + 1..].starts_with(['"', '“', '”']))
                }
                ',' => !digits,
                ':' => !digits,
                '/' => !digits && (at > 1 || core.len() > 4),
                '!' | '?' | ';' | '"' | '“' | '”' | '«' | '»' | '(' | ')' | '[' | ']' | '{' | '}' | '…' | '—' | '―' | '=' | '|' | '•' | '%' | '*' => {
                    true
                }
                '+' | '&' => before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_lowercase),
                character if is_currency(character) => before.is_none_or(|c| !c.is_uppercase()) || before.is_some_and(|c| c.is_ascii_digit()),
                character if is_dash(character) => self.cuts_hyphen(core, at, character),
                _ => false,
            };
            if cut {
                let mut length = self.run(start + at, end, character);
                if character == '.' && length > 1 {
                    length = core[at..].chars().take_while(|&c| c == '.').count();
                }
                return Some((start + at, start + at + length));
            }
            if is_currency(character) && after.is_some_and(|c| c.is_ascii_digit()) {
                // "US$5": the currency with its letters is one word.
                return None;
            }
            before = Some(character);
        }
        None
    }

    fn cuts_hyphen(&self, core: &str, at: usize, character: char) -> bool {
        let (left, right) = (&core[..at], &core[at + character.len_utf8()..]);
        if left.is_empty() || right.is_empty() {
            return !left.is_empty();
        }
        if !matches!(character, '-' | '‐' | '‑') {
            return true;
        }
        // Telephone numbers and dates: digits with two hyphens, or three digits and four.
        let digits = core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if digits && (core.bytes().filter(|&byte| byte == b'-').count() >= 2 || (left.len() == 3 && right.len() == 4)) {
            return false;
        }
        let mut lower = [0u8; 16];
        match lowered(left, &mut lower) {
            Some(left) => !(self.known.is_prefix(left) && right.chars().next().is_some_and(char::is_alphanumeric)),
            None => true,
        }
    }

    /// "do|n't", "Syria|'s", "$|5", "10|km".
    fn clitics(&mut self, start: usize, end: usize) {
        let core = &self.text[start..end];
        // Currency before a figure.
        if let Some((at, character)) = core.char_indices().find(|&(_, character)| is_currency(character)) {
            let cut = at + character.len_utf8();
            if cut < core.len() && core[cut..].starts_with(|c: char| c.is_ascii_digit()) {
                self.push(start, start + cut);
                return self.core(start + cut, end);
            }
        }
        if core.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = core.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))).unwrap_or(core.len());
            let unit = &core[digits..];
            let mut lower = [0u8; 16];
            if digits > 0 && lowered(unit, &mut lower).is_some_and(|unit| UNITS.contains(&unit)) {
                self.push(start, start + digits);
                return self.push(start + digits, end);
            }
        }
        if let Some((at, mark)) = core.char_indices().rev().find(|&(_, character)| is_apostrophe(character)) {
            let after = &core[at + mark.len_utf8()..];
            let mut lower = [0u8; 16];
            let after = lowered(after, &mut lower).unwrap_or("");
            if after == "t" && at >= 2 && core[..at].ends_with(['n', 'N']) {
                let cut = start + at - 1;
                // "n't" with nothing before it stands alone.
                self.joined(start, cut);
                return self.push(cut, end);
            }
            if at > 0 && matches!(after, "s" | "re" | "ve" | "ll" | "d" | "m") {
                self.clitics(start, start + at);
                return self.push(start + at, end);
            }
        }
        self.joined(start, end);
    }

    /// Two words spelled as one.
    fn joined(&mut self, start: usize, end: usize) {
        let core = &self.text[start..end];
        let cut = match core.len() {
            5 if core.eq_ignore_ascii_case("gonna") || core.eq_ignore_ascii_case("gotta") || core.eq_ignore_ascii_case("wanna") => 3,
            6 if core.eq_ignore_ascii_case("cannot") => 3,
            _ => core.len(),
        };
        self.push(start, start + cut);
        self.push(start + cut, end);
    }
}

/// "'s" that stands apart, "'em", "'90s".
fn keeps_apostrophe(rest: &str) -> bool {
    let word = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut lower = [0u8; 16];
    lowered(word, &mut lower).is_some_and(|word| AFTER_APOSTROPHE.contains(&word))
        || (word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_digit))
}

/// A sign before a figure: "-5" after a space, not in a range.
fn negative(character: char, rest: &str, before: Option<char>) -> bool {
    matches!(character, '-' | '−') && rest.starts_with(|c: char| c.is_ascii_digit()) && before.is_none_or(is_space)
}

/// Letters with full stops between them, without the last: "U.S", "p.m", "Ph.D".
fn is_dotted(stem: &str) -> bool {
    stem.contains('.') && stem.split('.').all(|part| !part.is_empty() && part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
}

/// Web and mail addresses, handles, file names.
fn is_address(core: &str) -> bool {
    if core.len() < 4 || !core.contains(['.', '@', '#', ':']) {
        return false;
    }
    if core.starts_with("http://") || core.starts_with("https://") || core.starts_with("www.") || core.starts_with("ftp://") {
        return true;
    }
    if core.starts_with(['@', '#']) {
        return core[1..].chars().all(|c| c.is_alphanumeric() || c == '_');
    }
    if let Some(at) = core.find('@') {
        return at > 0 && core[at..].contains('.') && !core.ends_with('.');
    }
    let Some((site, rest)) = core.split_once('/').map_or(Some((core, "")), Some) else { return false };
    let Some((name, domain)) = site.rsplit_once('.') else { return false };
    let known = matches!(
        domain,
        "com" | "org" | "net" | "gov" | "edu" | "int" | "info" | "co" | "uk" | "eu" | "us" | "ca" | "au" | "de" | "fr" | "ru" | "in" | "il" | "tv" | "io"
    );
    known && name.len() >= 2 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-') && (rest.is_empty() || rest.is_ascii())
}

/// ASCII lower case of a short word in a buffer; none where it does not fit.
fn lowered<'b>(word: &str, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
    let bytes = word.as_bytes();
    let target = buffer.get_mut(..bytes.len())?;
    target.copy_from_slice(bytes);
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}
