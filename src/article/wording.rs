//! What the wording of a line says of it: page furniture, credits, bylines, datelines. The same for HTML and plain text.

use crate::record::Zone;
use crate::resource::Chrome;

use crate::source::date::{self, Order};

/// Lines longer than this say what they are by their place, not by their words.
const LONGEST: usize = 320;

/// A line in the form that the word lists have: lower case, straight quotes, single spaces, no punctuation at the ends, digits as `#`.
pub(super) struct Plain {
    /// As written.
    words: String,
    /// With each number as `#`.
    numbered: String,
}

impl Plain {
    pub(super) fn new(line: &str) -> Self {
        let mut words = String::with_capacity(line.len());
        for word in line.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            for c in word.chars() {
                match c {
                    '’' | '‘' | '`' => words.push('\''),
                    '“' | '”' => words.push('"'),
                    '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                    _ => words.extend(c.to_lowercase()),
                }
            }
        }
        if let Some(rest) = words.strip_prefix("(c) ") {
            words = format!("© {rest}");
        }
        let edge = |c: char| !c.is_alphanumeric() && c != '©' && c != '@';
        let words = words.trim_matches(edge).to_owned();
        let mut numbered = String::with_capacity(words.len());
        for c in words.chars() {
            if c.is_ascii_digit() {
                if !numbered.ends_with('#') {
                    numbered.push('#');
                }
            } else if !(matches!(c, ',' | '.') && numbered.ends_with('#')) {
                numbered.push(c);
            }
        }
        Self { words, numbered }
    }

    pub(super) fn words(&self) -> &str {
        &self.words
    }

    fn is(&self, patterns: &crate::resource::Patterns) -> bool {
        patterns.matches(&self.words) || self.numbered != self.words && patterns.matches(&self.numbered)
    }
}

/// The zone of a line, where its words alone tell.
pub(super) fn zone(line: &str, order: Order, chrome: &Chrome) -> Option<Zone> {
    if line.len() > LONGEST {
        return None;
    }
    let plain = Plain::new(line);
    if plain.words.is_empty() {
        return Some(Zone::Other);
    }
    // A coloured box and what it stands for: the key of a map or chart.
    if line.starts_with(['█', '■', '▉', '⬛', '▇', '▆', '⬜', '🟥', '🟦', '🟩', '🟨']) {
        return Some(Zone::Legend);
    }
    if is_wire(line, &plain, chrome) {
        Some(Zone::WireCredit)
    } else if date::line(line, order).is_some() || is_signed_date(line, order) {
        Some(Zone::Dateline)
    } else if is_credit(line, chrome) {
        Some(Zone::Credit)
    } else if plain.is(&chrome.navigation) || is_address(line) {
        Some(Zone::Navigation)
    } else if byline(line, chrome).is_some() {
        Some(Zone::Byline)
    } else if is_related(line, &plain, chrome) {
        Some(Zone::Related)
    } else {
        None
    }
}

/// "Xinhua | Updated: 15 September 2017": a few words, a bar and a date.
fn is_signed_date(line: &str, order: Order) -> bool {
    let Some((left, right)) = line.split_once('|').filter(|_| line.len() <= 100) else { return false };
    let few = |text: &str| text.split_whitespace().count() <= 5;
    few(left) && date::line(right, order).is_some() || few(right) && date::line(left, order).is_some()
}

/// Whether a line is an address on the net and nothing more.
fn is_address(line: &str) -> bool {
    let line = line.trim();
    let mail = line.split_once('@').is_some_and(|(name, host)| !host.contains('@') && (name.is_empty() || host.contains('.')));
    !line.contains(char::is_whitespace)
        && (mail || line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.") || line.starts_with("twitter.com/"))
}

/// Whether a line heads a list of other stories ("More on this story").
pub(super) fn heads_related(line: &str, chrome: &Chrome) -> bool {
    line.len() <= 80 && Plain::new(line).is(&chrome.related_heads)
}

fn is_related(line: &str, plain: &Plain, chrome: &Chrome) -> bool {
    if plain.is(&chrome.related_heads) {
        return true;
    }
    let cut = line.find([':', '|', '»', '>', '→', '–', '—']).or_else(|| line.find(" - "));
    let Some(label) = cut.and_then(|at| line.get(..at)).filter(|label| label.len() <= 40) else { return false };
    // A title, not a sentence: "Background: the fighting began in May." is told by the writer.
    let sentence = line.trim_end().ends_with('.') && !line.trim_end().ends_with("...");
    !sentence && chrome.related_labels.contains(Plain::new(label).words())
}

fn is_wire(line: &str, plain: &Plain, chrome: &Chrome) -> bool {
    let bare = line.trim().trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '—' | '–' | '-' | '.' | '*' | ' '));
    plain.is(&chrome.wire) || agencies_only(bare, chrome)
}

/// Whether a text is the name of one agency, or of several with slashes, commas or "and" between.
fn agencies_only(text: &str, chrome: &Chrome) -> bool {
    // Handouts and social networks lend pictures, and write no reports.
    const PICTURES: [&str; 8] = ["Handout", "Pool", "Twitter", "Facebook", "Flickr", "Wikimedia Commons", "Shutterstock", "Getty Images"];
    let parts = || text.split(['/', ',', '|', '&']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" with ")).map(str::trim);
    !text.is_empty() && text.len() < 80 && parts().all(|part| chrome.agencies.contains(&part) && !PICTURES.contains(&part))
}

/// Where agency names stand in a credit: byte ranges.
pub(super) fn agencies(text: &str, chrome: &Chrome) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for name in &chrome.agencies {
        for (at, _) in text.match_indices(name) {
            let range = at..at + name.len();
            let whole = !text[..at].ends_with(char::is_alphanumeric) && !text[range.end..].starts_with(char::is_alphanumeric);
            if whole && found.iter().all(|other| other.end <= range.start || range.end <= other.start) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The text of a related link without the label before it: byte range in the line.
pub(super) fn after_label(line: &str, chrome: &Chrome) -> std::ops::Range<usize> {
    let cut = line.char_indices().find(|(_, c)| matches!(c, ':' | '|' | '»' | '>' | '→' | '–' | '—'));
    let rest = cut.filter(|&(at, _)| chrome.related_labels.contains(Plain::new(&line[..at]).words())).map(|(at, c)| line[at + c.len_utf8()..].trim_start());
    match rest.filter(|rest| !rest.is_empty()) {
        Some(rest) => line.len() - rest.len()..line.len(),
        None => 0..line.len(),
    }
}

/// The agencies that a credit for the text names; where it names none that is known, the names after "with files from".
pub(super) fn credited(line: &str, chrome: &Chrome) -> Vec<std::ops::Range<usize>> {
    let known = agencies(line, chrome);
    if !known.is_empty() {
        return known;
    }
    let lower = line.to_ascii_lowercase();
    let Some(start) = ["with files from ", "with a file from "].iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len())) else { return known };
    let name = line[start..].trim_end_matches(|c: char| !c.is_alphanumeric());
    if name.is_empty() { known } else { std::iter::once(start..start + name.len()).collect() }
}

/// Whether a whole line is a photo credit.
pub(super) fn is_credit(line: &str, chrome: &Chrome) -> bool {
    line.len() <= 160 && credit_tail(line, chrome) == Some(0)
}

/// Where the photo credit at the end of a caption begins: "…in the square. Jane Roe/Reuters", "(AP Photo/Jane Roe)", "Photo: Jane Roe".
///
/// Credits are often glued to the caption, since the page sets them apart by style alone.
pub(super) fn credit_tail(text: &str, chrome: &Chrome) -> Option<usize> {
    let text = text.trim_end();
    let from = boundary(text, text.len().saturating_sub(170));
    if let Some(at) = bracketed(text, from).filter(|&at| is_credit_words(inner(&text[at..]), chrome, true)) {
        return Some(at);
    }
    // Each place where a credit could begin, from the left: the line's start, after a sentence, after a closing quote, after a bar.
    let mut starts: Vec<usize> = if from == 0 { vec![0] } else { Vec::new() };
    let mut before = None;
    for (at, c) in text[from..].char_indices() {
        if before.is_some_and(|b: char| matches!(b, '.' | '!' | '?' | '”' | '"' | '’' | ')' | '…' | '|' | '—' | '–' | ';' | ']'))
            && !initial(&text[..from + at])
        {
            let rest = &text[from + at..];
            starts.push(from + at + (rest.len() - rest.trim_start().len()));
        }
        before = Some(c);
    }
    starts.into_iter().find(|&at| is_credit_words(inner(&text[at..]), chrome, false))
}

/// Without the brackets or dash round it.
fn inner(text: &str) -> &str {
    text.trim().trim_start_matches(['(', '[', '—', '–', '-', '|', ' ']).trim_end_matches([')', ']', '.', ' '])
}

/// Whether the text ends in an initial or a title, whose stop ends no sentence: "J." in "J. Scott".
fn initial(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    word.chars().count() == 1 && word.chars().all(char::is_uppercase)
        || matches!(word, "Dr" | "Mr" | "Ms" | "Mrs" | "St" | "Sgt" | "Lt" | "Cpl" | "Capt" | "Maj" | "Spc")
}

fn bracketed(text: &str, from: usize) -> Option<usize> {
    let open = match text.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    text[from..].rfind(open).map(|at| from + at)
}

/// Whether words name who took or lent a picture: an agency, or a name beside an organisation, and nothing that is no name.
fn is_credit_words(text: &str, chrome: &Chrome, bracketed: bool) -> bool {
    // Speech is no credit ("Yes/No?").
    if text.is_empty() || text.len() > 140 || text.contains(['?', '!', '"', '“', '”']) {
        return false;
    }
    let lower = text.to_lowercase();
    let mark = chrome.credit_marks.iter().find(|&&mark| lower.starts_with(mark) && text.is_char_boundary(mark.len()));
    let (rest, marked) = match mark {
        Some(mark) => {
            let rest = text[mark.len()..].trim_start();
            let named = rest.strip_prefix([':', '/', '|', '-', '©']);
            let by = mark.ends_with(" by") || mark.ends_with(" of") || mark.starts_with("file ") || mark.starts_with("courtesy") || mark.ends_with(" credit");
            match named {
                Some(rest) => (rest.trim_start(), true),
                None if by => (rest, true),
                None if rest.starts_with("by ") || rest.starts_with("courtesy ") || rest.starts_with("via ") => (rest, true),
                None => (text, false),
            }
        }
        None => (text.trim_start_matches("© ").trim_start_matches("Copyright "), false),
    };
    if rest.is_empty() {
        return marked && (bracketed || lower.starts_with("file ") || lower.starts_with("handout"));
    }
    if !names_only(rest, chrome) {
        return false;
    }
    if marked {
        return true;
    }
    let agencies = agencies(rest, chrome);
    let slash = rest.contains('/') || rest.contains('|') || lower.contains(" via ") || lower.contains("ap photo") || lower.contains(" photo");
    let alone = agencies_only(rest, chrome);
    if bracketed || alone { slash && !agencies.is_empty() } else { slash && (!agencies.is_empty() || two_sides(rest)) }
}

/// "Jane Roe/Evening Courier": a name of two words or more, a slash, an organisation.
fn two_sides(text: &str) -> bool {
    let mut sides = text.splitn(2, ['/', '|']).map(|side| side.split_whitespace().count());
    matches!((sides.next(), sides.next()), (Some(2..=4), Some(1..=6))) && !text.contains("://") && !text.contains("www.")
}

/// Whether every word is part of a name, or one of the small words that credits have.
fn names_only(text: &str, chrome: &Chrome) -> bool {
    const SMALL: [&str; 34] = [
        "via", "for", "of", "the", "and", "by", "from", "de", "del", "van", "von", "der", "den", "al", "el", "bin", "ibn", "le", "la", "du", "da", "dos", "di",
        "file", "photo", "photos", "on", "behalf", "pool", "handout", "courtesy", "through", "y", "with",
    ];
    let words = || text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ',' | '(' | ')' | ';' | '•' | '·')).filter(|word| !word.is_empty());
    let name = |word: &str| {
        let word = word.trim_start_matches(['@', '©', '"', '“', '\'', '’', '-', '–', '—']);
        word.is_empty()
            || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || SMALL.contains(&word.trim_end_matches([':', '.']))
            || word.starts_with("al-")
            || word.starts_with("el-")
            || chrome.agencies.contains(&word)
    };
    words().count() <= 16 && words().all(name) && words().any(|word| word.starts_with(char::is_uppercase))
}

/// The names in a byline, without "By": byte range in the line.
pub(super) fn byline(line: &str, chrome: &Chrome) -> Option<std::ops::Range<usize>> {
    if line.len() > 200 {
        return None;
    }
    const OPENERS: [&str; 12] =
        ["by ", "by: ", "written by ", "posted by ", "words by ", "author: ", "authors: ", "story by ", "text by ", "report by ", "from ", "published by "];
    // The longest prefix that lower-casing does not move.
    let lower = line.to_ascii_lowercase();
    let opener = OPENERS.iter().find(|opener| lower.starts_with(*opener));
    let start = match opener {
        Some(opener) => opener.len() + line[opener.len()..].len() - line[opener.len()..].trim_start().len(),
        None => 0,
    };
    let rest = line[start..].trim_end();
    let end = rest.find(['|', '•', '·', '–', '—', '(', '\t']).or_else(|| rest.find(" - ")).unwrap_or(rest.len());
    let names = rest[..end].trim_end_matches([' ', ',', '.', ';']);
    let is_names = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let small = |word: &str| {
            matches!(
                word,
                "and" | "in" | "for" | "with" | "at" | "of" | "the" | "de" | "van" | "von" | "der" | "bin" | "al" | "el" | "la" | "da" | "di" | "du" | "&"
            )
        };
        let upper = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
        let role = |word: &str| chrome.roles.contains(word.trim_matches(',').to_lowercase().as_str());
        upper >= 1
            && words.len() <= 18
            && words.iter().all(|word| word.starts_with(char::is_uppercase) || small(word) || role(word))
            && words.first().is_some_and(|word| !small(word))
    };
    let dated = |text: &str| text.split_whitespace().next().is_some_and(|first| date_word(first.trim_matches(',')));
    if opener.is_some_and(|opener| *opener != "from ") {
        let stop = rest.ends_with('.') && !initial(rest) && names.split_whitespace().count() > 6;
        return (is_names(names) && !dated(names) && !stop).then(|| start..start + names.len());
    }
    // "Jane Roe, Middle East Correspondent", "From Jane Roe in Beirut"
    let (name, role) = names.split_once(',').unwrap_or((names, ""));
    let role = role.trim().to_lowercase();
    let last = role.rsplit(' ').next().unwrap_or("");
    let titled = !role.is_empty() && (chrome.roles.contains(role.as_str()) || chrome.roles.contains(last)) && role.split(' ').count() <= 6;
    let person = is_names(name) && (2..=5).contains(&name.split_whitespace().count());
    let located = opener.is_some() && name.contains(" in ") && !dated(name);
    (person && !rest.ends_with('.') && (titled || located)).then(|| start..start + names.len())
}

/// "Jane Roe in Bukavu": who wrote it and where, as some papers sign under the headline.
pub(super) fn is_name_and_place(line: &str) -> bool {
    let names = |text: &str, most: usize| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (1..=most).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "and" | "de" | "el" | "al"))
    };
    line.split_once(" in ").is_some_and(|(name, place)| name.contains(' ') && names(name, 7) && names(place, 3)) && !ends_sentence(line)
}

fn date_word(word: &str) -> bool {
    const WORDS: [&str; 26] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Today",
        "Tomorrow",
        "Yesterday",
        "Christmas",
        "Easter",
        "Ramadan",
        "Mid",
    ];
    WORDS.contains(&word)
}

/// Where the story goes on after the dateline that opens a paragraph: the end of "ALEPPO, Syria, Dec 13 (Reuters) -", and the start of what follows.
///
/// `lead` says that this is the first paragraph, where weaker forms ("KABUL: …") count.
pub(super) fn dateline_head(text: &str, lead: bool, chrome: &Chrome) -> Option<(usize, usize)> {
    let near = &text[..boundary(text, text.len().min(130))];
    let mut before = ' ';
    for (at, c) in near.char_indices() {
        let dash = matches!(c, '—' | '–' | '―') || c == '-' && (before == ' ' || before == ')') || c == '_' && before == ' ';
        let colon = c == ':' && lead;
        if dash || colon {
            let head = near[..at].trim_end();
            let after = &text[at..];
            let rest = after.trim_start_matches(['—', '–', '―', '-', '_', ':', ' ']);
            let spaced = !colon || after[1..].starts_with(' ');
            if spaced && rest.len() >= 15 && is_dateline(head, colon, chrome) {
                let next = text.len() - rest.len();
                return Some((text[..next].trim_end().len(), next));
            }
        }
        before = c;
    }
    None
}

fn is_dateline(head: &str, colon: bool, chrome: &Chrome) -> bool {
    const NOT_PLACES: [&str; 14] =
        ["BREAKING", "UPDATE", "UPDATED", "EXCLUSIVE", "NOTE", "CORRECTION", "LIVE", "WATCH", "READ", "VIDEO", "PHOTOS", "WARNING", "OPINION", "ANALYSIS"];
    if head.is_empty() || head.len() > 110 {
        return false;
    }
    let (place, credit) = match head.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((place, credit)) => (place.trim_end(), Some(credit)),
        None => match head.rsplit_once('/') {
            Some((place, credit)) if agencies_only(credit.trim(), chrome) => (place.trim_end(), Some(credit)),
            _ => (head, None),
        },
    };
    let credited = credit.is_some_and(|credit| agencies_only(credit.trim(), chrome));
    if place.is_empty() {
        return credited;
    }
    let parts: Vec<&str> = place.split(['/', ',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let Some(&town) = parts.first() else { return false };
    let dated = |part: &str| part.split_whitespace().any(|word| date::is_month(word.trim_matches('.'))) && part.split_whitespace().count() <= 4;
    let has_date = parts.iter().any(|part| dated(part) && part.chars().any(|c| c.is_ascii_digit()));
    let place_words = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let small = |word: &str| matches!(word, "of" | "the" | "and" | "de" | "la" | "el" | "al" | "du" | "des" | "near" | "in" | "on" | "del" | "da");
        (1..=5).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase) || small(word) || word.starts_with("al-") || word.starts_with("el-"))
    };
    if !parts.iter().all(|part| place_words(part) || dated(part) || part.parse::<u16>().is_ok() || weekday(part)) {
        return false;
    }
    let letters = || town.split(['(', ' ']).filter(|word| !date::is_month(word)).flat_map(str::chars).filter(|c| c.is_alphabetic());
    let capitals = letters().count() >= 3
        && letters().all(char::is_uppercase)
        && !NOT_PLACES.contains(&town)
        && !NOT_PLACES.iter().any(|word| town.starts_with(&format!("{word} ")));
    if colon && !(credited || has_date) {
        capitals && letters().count() >= 4 && parts.len() <= 2 && !town.contains('\'')
    } else {
        capitals || credited || has_date && !dated(town)
    }
}

fn weekday(part: &str) -> bool {
    matches!(part, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// Where credits for the text begin at the end of a paragraph: "… he said.With files from Reuters", "… said. (Reporting by A; Editing by B)".
pub(super) fn wire_tail(text: &str, chrome: &Chrome) -> Option<usize> {
    let text = text.trim_end();
    let from = boundary(text, text.len().saturating_sub(LONGEST));
    let mut before = None;
    let mut found = None;
    for (at, c) in text[from..].char_indices() {
        let at = from + at;
        let after = before.is_some_and(|b: char| matches!(b, '.' | '!' | '?' | '”' | '"' | '’' | ')' | '…'));
        if after && at > 0 && !initial(&text[..at]) && found.is_none() {
            let rest = text[at..].trim_start();
            let set_apart = rest.starts_with(['(', '—', '–', '-', '[']) || !agencies_only(rest.trim_end_matches('.'), chrome) || !c.is_whitespace();
            if set_apart
                && rest.len() >= 2
                && is_wire(rest, &Plain::new(rest), chrome)
                && !rest.trim_start_matches(['(', '[', '—', '–', '-', ' ']).starts_with(char::is_lowercase)
            {
                found = Some(text.len() - rest.len());
            }
        }
        before = Some(c);
    }
    found
}

/// Whether a line opens as captions do ("FILE - In this photo …").
pub(super) fn opens_caption(line: &str, chrome: &Chrome) -> bool {
    let head: String = line.chars().take(40).collect::<String>().to_lowercase();
    chrome.caption_marks.iter().any(|mark| head.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '“'));
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟'])
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> &'static str {
        zone(line, Order::Unknown, Chrome::embedded()).map_or("-", Zone::as_str)
    }

    #[test]
    fn whole_lines() {
        for (line, expected) in [
            ("Skip to main content", "navigation"),
            ("Share this article", "navigation"),
            ("© 2021 Harbour Times. All rights reserved.", "navigation"),
            ("██ Held by the government", "legend"),
            ("12 Comments", "navigation"),
            ("ann.poe@paper.example", "navigation"),
            ("Related: Five questions on the border war", "related"),
            ("READ MORE | Why the truce failed", "related"),
            ("More on this story", "related"),
            ("With files from Reuters", "wire_credit"),
            ("Reporting by Ann Poe in Amman; Editing by Bo Lee", "wire_credit"),
            ("The Associated Press contributed to this report.", "wire_credit"),
            ("The Canadian Press", "wire_credit"),
            ("By Ann Poe and Bo Lee", "byline"),
            ("Ann Poe, Middle East Correspondent", "byline"),
            ("Friday, January 4, 2019", "dateline"),
            ("Photo: Ann Poe/Reuters", "credit"),
            ("Ann Poe / AFP via Getty Images", "credit"),
            ("(AP Photo/Ann Poe)", "credit"),
            ("Xinhua | Updated: 2017-09-15 17:52", "dateline"),
            ("Where's the pump/Where's the well?\"", "-"),
            ("By Monday the town had fallen.", "-"),
            ("The rebels shared the town with government troops.", "-"),
            ("Background: the fighting began in May.", "-"),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }

    #[test]
    fn credits_at_the_end_of_captions() {
        let cut = |text: &str| credit_tail(text, Chrome::embedded()).map(|at| text[at..].to_owned());
        assert_eq!(cut("Smoke rises over the port, “a black day.”Ann Poe/The Canadian Press").as_deref(), Some("Ann Poe/The Canadian Press"));
        assert_eq!(cut("Smoke rises over the port. (AP Photo/Ann Poe)").as_deref(), Some("(AP Photo/Ann Poe)"));
        assert_eq!(cut("Smoke rises over the port. J. Scott Poe / AFP via Getty Images").as_deref(), Some("J. Scott Poe / AFP via Getty Images"));
        assert_eq!(cut("Smoke rises over the port. Photo: Ann Poe").as_deref(), Some("Photo: Ann Poe"));
        assert_eq!(cut("Smoke rises over the port [Ann Poe/Reuters]").as_deref(), Some("[Ann Poe/Reuters]"));
        assert_eq!(cut("The port fell on Monday, officials said (AFP)."), None);
        assert_eq!(cut("He met Ann Poe of the Canadian Press."), None);
        assert_eq!(cut("The either/or question was put to him."), None);
    }

    #[test]
    fn datelines() {
        let cut = |text: &str| dateline_head(text, true, Chrome::embedded()).map(|(end, next)| format!("{}|{}", &text[..end], &text[next..][..5]));
        assert_eq!(cut("ADEN, Yemen, Dec 13 (Reuters) - Fighters left the port.").as_deref(), Some("ADEN, Yemen, Dec 13 (Reuters) -|Fight"));
        assert_eq!(cut("BEIRUT — Fighters left the port on Monday.").as_deref(), Some("BEIRUT —|Fight"));
        assert_eq!(cut("Beirut, Lebanon (CNN) — Fighters left the port.").as_deref(), Some("Beirut, Lebanon (CNN) —|Fight"));
        assert_eq!(cut("(Reuters) - Fighters left the port.").as_deref(), Some("(Reuters) -|Fight"));
        assert_eq!(cut("KABUL: Fighters left the port on Monday.").as_deref(), Some("KABUL:|Fight"));
        assert_eq!(cut("UPDATE: Fighters left the port on Monday."), None);
        assert_eq!(cut("Fighters – some of them boys – left the port."), None);
        assert_eq!(cut("The north-east fell on Monday, he said."), None);
    }

    #[test]
    fn credits_for_the_text() {
        let cut = |text: &str| wire_tail(text, Chrome::embedded()).map(|at| text[at..].to_owned());
        assert_eq!(cut("They left, he said.With files from Reuters").as_deref(), Some("With files from Reuters"));
        assert_eq!(cut("They left, he said. (Reporting by Ann Poe; Editing by Bo Lee)").as_deref(), Some("(Reporting by Ann Poe; Editing by Bo Lee)"));
        assert_eq!(cut("They left, he said. — AFP").as_deref(), Some("— AFP"));
        assert_eq!(cut("They left, he said. He spoke to Reuters."), None);
    }
}
