//! Dates as pages write them. None is ever taken from the clock, and one that could be read two ways is not read.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use rustc_hash::FxHashMap;

use crate::record::Stamp;

/// Whether a numeric date such as 04/05/2019 may be read, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing says; only dates with a number over 12 are read.
    #[default]
    Unknown,
    /// Day first, as most of the world has it.
    DayFirst,
    /// Month first, as the United States have it.
    MonthFirst,
}

/// No page is older than the first news on the web's predecessors, and none speaks for the far future.
fn plausible(date: Date) -> bool {
    (1850..=2100).contains(&date.year())
}

fn day(year: i32, month: u32, day: u32) -> Option<Date> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    plausible(date).then_some(date)
}

fn month(word: &str) -> Option<u32> {
    static MONTHS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
        let mut months = FxHashMap::default();
        for line in include_str!("../../data/chrome/months.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(number) = words.next().and_then(|number| number.parse().ok()) else { continue };
            months.extend(words.map(|word| (word, number)));
        }
        months
    });
    if word.len() > 24 {
        return None;
    }
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// Whether a word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// The date that machine-readable text holds: ISO 8601 and its neighbours, else as in visible text.
pub(crate) fn machine(text: &str, order: Order) -> Option<Stamp> {
    let text = text.trim();
    iso(text).or_else(|| find(text, order).map(|(stamp, _)| stamp))
}

/// `2019-01-04`, `2019-01-04T10:22:33.5+01:00`, `20190104`, `2019/01/04 10:22`, or seconds since 1970 (10 digits, 13 with milliseconds).
fn iso(text: &str) -> Option<Stamp> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |range: Range<usize>| text.get(range)?.parse::<u32>().ok();
    if matches!(digits, 10 | 13) && digits == bytes.len() {
        let seconds: i64 = text.get(..10)?.parse().ok()?;
        let zoned = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
        let date = zoned.date();
        return plausible(date).then_some(Stamp { date, time: Some(zoned.time()), offset: Some(0) });
    }
    let (date, rest) = if matches!(digits, 8 | 12 | 14) {
        (day(number(0..4)? as i32, number(4..6)?, number(6..8)?)?, text.get(8..)?)
    } else if digits == 4 && matches!(bytes.get(4), Some(b'-' | b'/' | b'.')) {
        let rest = text.get(5..)?;
        let m = rest.bytes().take_while(u8::is_ascii_digit).count();
        if m == 0 || m > 2 || rest.as_bytes().get(m) != bytes.get(4) {
            return None;
        }
        let after = rest.get(m + 1..)?;
        let d = after.bytes().take_while(u8::is_ascii_digit).count();
        if d == 0 || d > 2 {
            return None;
        }
        (day(number(0..4)? as i32, rest.get(..m)?.parse().ok()?, after.get(..d)?.parse().ok()?)?, after.get(d..)?)
    } else {
        return None;
    };
    let (time, offset) = clock(rest);
    Some(Stamp { date, time, offset })
}

/// The time of day and the offset from UTC, in minutes, that follow a date.
fn clock(text: &str) -> (Option<Time>, Option<i16>) {
    let rest = text.trim_start_matches(['T', 't', ' ', ',', '-', '|', '–', '—', '•', '\u{a0}']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest).trim_start();
    let mut parts = [0_i8; 3];
    let (mut at, mut count) = (0, 0);
    let bytes = rest.as_bytes();
    while count < 3 {
        let digits = bytes.iter().skip(at).take(2).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            break;
        }
        parts[count] = rest.get(at..at + digits).and_then(|part| part.parse().ok()).unwrap_or(0);
        at += digits;
        count += 1;
        if bytes.get(at) != Some(&b':') {
            break;
        }
        at += 1;
    }
    if count < 2 {
        return (None, None);
    }
    let mut tail = rest.get(at..).unwrap_or("");
    if let Some(fraction) = tail.strip_prefix('.') {
        tail = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let tail = tail.trim_start();
    let lower: String = tail.chars().take(4).collect::<String>().to_ascii_lowercase().replace('.', "");
    let [mut hour, minute, second] = parts;
    if lower.starts_with("pm") && hour < 12 {
        hour += 12;
    } else if lower.starts_with("am") && hour == 12 {
        hour = 0;
    }
    let Ok(time) = Time::new(hour, minute, second.min(59), 0) else { return (None, None) };
    let tail = tail.trim_start_matches(|c: char| c.is_ascii_alphabetic() && c != 'Z' && c != 'G' && c != 'U').trim_start();
    (Some(time), offset(tail))
}

/// `Z`, `GMT`, `UTC`, `+01:00`, `-0500`, `+3`.
fn offset(text: &str) -> Option<i16> {
    if text.starts_with('Z') || text.starts_with("GMT") && !text[3..].starts_with(['+', '-']) || text.starts_with("UTC") && !text[3..].starts_with(['+', '-']) {
        return Some(0);
    }
    let text = text.trim_start_matches("GMT").trim_start_matches("UTC");
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).take(5).filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i16>().ok()?, 0),
        4 => (digits.get(..2)?.parse::<i16>().ok()?, digits.get(2..)?.parse::<i16>().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// One piece of visible text while a date is looked for.
#[derive(Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    start: usize,
}

/// The first whole date in visible text (day, month and year), its time of day where one follows, and the bytes of the date itself.
pub(crate) fn find(text: &str, order: Order) -> Option<(Stamp, Range<usize>)> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let same = start.is_some_and(|from: usize| text[from..].starts_with(|first: char| first.is_ascii_digit()) == c.is_ascii_digit());
        if let Some(from) = start.filter(|_| !c.is_alphanumeric() || !same) {
            tokens.push(Token { text: &text[from..at], start: from });
            start = None;
        }
        if c.is_alphanumeric() && start.is_none() {
            start = Some(at);
        }
    }
    let number = |token: &Token| token.text.parse::<u32>().ok().filter(|_| token.text.len() <= 4);
    let gap = |a: &Token, b: &Token| text.get(a.start + a.text.len()..b.start).unwrap_or("");
    let loose = |a: &Token, b: &Token| gap(a, b).chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/' | '–' | '\''));
    for i in 0..tokens.len() {
        let Some(first) = tokens.get(i) else { break };
        // "4 January 2019", "4th of January, 2019", "4-Jan-2019", "4 de enero de 2019"
        let filler = |from: usize| {
            (from..tokens.len().min(from + 3))
                .find(|&at| !matches!(tokens[at].text, "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "d" | "er" | "º" | "day" | "the"))
        };
        let dated = |date: Option<Date>, last: usize| {
            let date = date?;
            let end = tokens[last].start + tokens[last].text.len();
            let (time, offset) = clock(text.get(end..)?.trim_start_matches([')', ']']));
            Some((Stamp { date, time, offset }, first.start..end))
        };
        let year = |at: usize| number(&tokens[at]).filter(|&year| tokens[at].text.len() == 4 && (1850..=2100).contains(&year));
        if let Some(d) = number(first).filter(|&d| (1..=31).contains(&d) && first.text.len() <= 2) {
            let found = filler(i + 1).and_then(|m| {
                let number = month(tokens[m].text).filter(|_| loose(&tokens[m - 1], &tokens[m]))?;
                let y = filler(m + 1)?;
                dated(day(year(y)? as i32, number, d), y)
            });
            if found.is_some() {
                return found;
            }
            if let (Some(b), Some(c)) = (tokens.get(i + 1), tokens.get(i + 2)) {
                let found =
                    number(b).filter(|_| b.text.len() <= 2 && matches!(gap(first, b), "/" | "." | "-" | ". ") && gap(first, b) == gap(b, c)).and_then(|m| {
                        let y = year(i + 2)? as i32;
                        let date = match order {
                            _ if d > 12 => day(y, m, d),
                            _ if m > 12 => day(y, d, m),
                            _ if d == m => day(y, m, d),
                            _ if gap(first, b).starts_with('.') => day(y, m, d),
                            Order::DayFirst => day(y, m, d),
                            Order::MonthFirst => day(y, d, m),
                            Order::Unknown => None,
                        };
                        dated(date, i + 2)
                    });
                if found.is_some() {
                    return found;
                }
            }
        }
        // "January 4, 2019", "Jan. 4th 2019"
        if let Some(m) = month(first.text) {
            let found = tokens.get(i + 1).filter(|b| b.text.len() <= 2 && loose(first, b)).and_then(|b| {
                let d = number(b)?;
                let y = filler(i + 2).filter(|&y| loose(&tokens[y - 1], &tokens[y]))?;
                dated(day(year(y)? as i32, m, d), y)
            });
            if found.is_some() {
                return found;
            }
        }
        // "2019-01-04", "2019/1/4", "2019.01.04", "2019 January 4", "2019年1月4日"
        if let (Some(y), Some(b), Some(c)) = (year(i), tokens.get(i + 1), tokens.get(i + 2)) {
            let alike = gap(first, b) == gap(b, c) && matches!(gap(first, b), "-" | "/" | "." | ". ");
            let m = month(b.text).or_else(|| number(b).filter(|_| alike));
            if let (Some(m), Some(d)) = (m, number(c).filter(|_| c.text.len() <= 2)) {
                let found = dated(day(y as i32, m, d), i + 2);
                if found.is_some() {
                    return found;
                }
            }
            if let (Some(d), "年", "月") = (tokens.get(i + 4).and_then(number), b.text, tokens.get(i + 3).map_or("", |token| token.text)) {
                let found = number(c).and_then(|m| dated(day(y as i32, m, d), i + 4));
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}

/// Whether a line is a date and nothing else: weekday, time of day, zone and words like "Published" may stand with it.
pub(crate) fn line(text: &str, order: Order) -> Option<Stamp> {
    if text.len() > 120 {
        return None;
    }
    let (stamp, range) = find(text, order)?;
    let rest = [&text[..range.start], &text[range.end..]];
    let only = rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty()).all(|word| {
        // "HKT", "AKDT": a zone.
        let zone = (3..=4).contains(&word.len()) && word.ends_with('T') && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let word = word.to_lowercase();
        zone || FURNITURE.contains(&word.as_str()) || weekday(&word)
    });
    let few = rest.iter().map(|part| part.chars().filter(char::is_ascii_digit).count()).sum::<usize>() <= 16;
    (only && few).then_some(stamp)
}

/// Words that stand beside a date on a date line.
const FURNITURE: &[&str] = &[
    "published",
    "publication",
    "updated",
    "update",
    "posted",
    "created",
    "modified",
    "last",
    "first",
    "on",
    "at",
    "date",
    "time",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "gmt",
    "utc",
    "est",
    "edt",
    "cst",
    "cdt",
    "pst",
    "pdt",
    "et",
    "bst",
    "cet",
    "cest",
    "ist",
    "pkt",
    "eat",
    "wat",
    "sast",
    "msk",
    "aest",
    "aedt",
    "hrs",
    "h",
    "hours",
    "z",
    "t",
    "local",
    "issued",
    "日",
    "released",
    "filed",
    "uploaded",
    "edited",
    "of",
    "the",
    "th",
    "st",
    "nd",
    "rd",
    "ago",
    "am",
    "eastern",
];

fn weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| *day == word || word.len() >= 3 && day.starts_with(word))
}

/// The date in the path of a URL: `/2019/01/04/`, `/2019-01-04-`, `/20190104/`, `/2019/jan/04/`.
pub(crate) fn url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/')?.1;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    for (at, part) in parts.iter().enumerate() {
        let number = |part: Option<&&str>, least: usize| part.filter(|part| (least..=2).contains(&part.len()))?.parse::<u32>().ok();
        let eight = part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()) && (part.starts_with("19") || part.starts_with("20"));
        if let Some(found) = iso(part).filter(|_| eight) {
            return Some(found.date);
        }
        let Some(year) = part.parse::<i32>().ok().filter(|year| part.len() == 4 && (1990..=2100).contains(year)) else { continue };
        let m = parts.get(at + 1).and_then(|part| number(Some(part), 1).or_else(|| month(part)));
        if let Some(found) = m.zip(number(parts.get(at + 2), 1)).and_then(|(m, d)| day(year, m, d)) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        find(text, Order::Unknown).map_or("-".into(), |(stamp, range)| format!("{} {}", stamp.date, &text[range]))
    }

    #[test]
    fn visible_dates() {
        assert_eq!(seen("Friday, January 4, 2019"), "2019-01-04 January 4, 2019");
        assert_eq!(seen("Published 13 December 2016 at 10:12 GMT"), "2016-12-13 13 December 2016");
        assert_eq!(seen("on the 4th of May, 2018."), "2018-05-04 4th of May, 2018");
        assert_eq!(seen("Fri, 04 Jan 2019 08:00:00 +0100"), "2019-01-04 04 Jan 2019");
        assert_eq!(seen("4 de enero de 2019"), "2019-01-04 4 de enero de 2019");
        assert_eq!(seen("13/12/2016"), "2016-12-13 13/12/2016");
        assert_eq!(seen("2016-12-13"), "2016-12-13 2016-12-13");
        assert_eq!(seen("04/05/2019"), "-");
        assert_eq!(seen("In 2019 some 40 people"), "-");
        assert_eq!(seen("March 2019"), "-");
    }

    #[test]
    fn order_decides_numeric_dates() {
        let read = |order| find("04/05/2019", order).map(|(stamp, _)| stamp.date.to_string());
        assert_eq!(read(Order::DayFirst).as_deref(), Some("2019-05-04"));
        assert_eq!(read(Order::MonthFirst).as_deref(), Some("2019-04-05"));
        assert_eq!(read(Order::Unknown), None);
    }

    #[test]
    fn machine_dates() {
        let stamp = machine("2019-01-04T22:05:33.120+01:00", Order::Unknown).unwrap();
        assert_eq!((stamp.date.to_string().as_str(), stamp.time.unwrap().hour(), stamp.offset), ("2019-01-04", 22, Some(60)));
        let stamp = machine("Fri, 04 Jan 2019 10:05 PM EST", Order::Unknown).unwrap();
        assert_eq!((stamp.time.unwrap().hour(), stamp.offset), (22, None));
        assert_eq!(machine("20190104", Order::Unknown).unwrap().date.to_string(), "2019-01-04");
        assert_eq!(machine("2019-01-04T10:00:00Z", Order::Unknown).unwrap().offset, Some(0));
        assert!(machine("2019-13-44", Order::Unknown).is_none());
    }

    #[test]
    fn date_lines() {
        let is = |text| line(text, Order::Unknown).is_some();
        assert!(is("Friday, January 4, 2019"));
        assert!(is("Published 13 December 2016, 10:12 a.m. EST"));
        assert!(is("Updated 0815 GMT (1615 HKT) October 3, 2018"));
        assert!(!is("The talks opened on January 4, 2019"));
    }

    #[test]
    fn url_dates() {
        let read = |text| url(text).map(|date| date.to_string());
        assert_eq!(read("https://a.example/world/2019/01/04/clash").as_deref(), Some("2019-01-04"));
        assert_eq!(read("https://a.example/world/2019/jan/04/clash").as_deref(), Some("2019-01-04"));
        assert_eq!(read("https://a.example/clash-20190104.html").as_deref(), Some("2019-01-04"));
        assert_eq!(read("https://a.example/clash-84920190"), None);
        assert_eq!(read("https://a.example/2019/clash"), None);
    }
}
