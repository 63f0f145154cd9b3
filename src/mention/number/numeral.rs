//! Numerals: a run of words that writes one number, in digits, words or both.

use crate::record::{Reading, Word};
use crate::resource::{NumberWord, Numbers};

/// A numeral.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// One past its last word.
    pub end: Word,
    /// Its last number word, which is the one that stands in the tree.
    pub head: Word,
    /// The value; the lower bound where it is vague.
    pub value: f64,
    /// Whether it is a vague number ("dozens").
    pub vague: bool,
    /// Whether it is one bare word of digits without a comma, a point or a scale: the form of years and codes.
    pub bare_digits: bool,
    /// Whether it is only the article with a scale ("a hundred") or the word "one".
    pub article: bool,
}

/// Reads the longest numeral that starts at `at` and ends before `end`.
#[must_use]
pub fn read(reading: &Reading<'_>, numbers: &Numbers, at: Word, end: Word) -> Option<Numeral> {
    if at >= end {
        return None;
    }
    let form = reading.form(at);
    let bytes = form.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_digit) || (bytes.first() == Some(&b'.') && bytes.get(1).is_some_and(u8::is_ascii_digit)) {
        return read_digits(reading, numbers, at, end);
    }
    match numbers.word(form)? {
        NumberWord::Vague(low) => Some(read_vague(reading, numbers, at, end, low)),
        NumberWord::Half => read_half(reading, numbers, at, end, at),
        NumberWord::Article => {
            let next = at + 1;
            match numbers.word(form_at(reading, next, end)?)? {
                NumberWord::Scale(scale) => {
                    let mut numeral = read_words(reading, numbers, next + 1, end, Sum { total: 0.0, group: scale }, next);
                    numeral.article = numeral.end == next + 1;
                    Some(numeral)
                }
                NumberWord::Half => read_half(reading, numbers, next, end, next),
                NumberWord::Fraction(25.0) => scaled(reading, numbers, next + 1, end, 0.25),
                _ => None,
            }
        }
        NumberWord::One(value) => {
            let mut numeral = read_words(reading, numbers, at + 1, end, Sum { total: 0.0, group: value }, at);
            numeral.article = numeral.end == at + 1 && value == 1.0;
            Some(numeral)
        }
        NumberWord::Ten(value) => {
            // "twenty-one", "twenty one"
            let unit_at = if form_at(reading, at + 1, end) == Some("-") { at + 2 } else { at + 1 };
            let (group, next) = match form_at(reading, unit_at, end).and_then(|form| numbers.word(form)) {
                Some(NumberWord::One(unit)) if (1.0..10.0).contains(&unit) => (value + unit, unit_at + 1),
                _ => (value, at + 1),
            };
            Some(read_words(reading, numbers, next, end, Sum { total: 0.0, group }, next - 1))
        }
        NumberWord::Scale(scale) => {
            // "million" alone is a numeral only where digits before it were split off by a currency sign; "hundred" may open one.
            (scale < 1000.0).then(|| read_words(reading, numbers, at + 1, end, Sum { total: 0.0, group: scale }, at))
        }
        NumberWord::Ordinal(_) | NumberWord::Fraction(_) => None,
    }
}

fn form_at<'a>(reading: &Reading<'a>, at: Word, end: Word) -> Option<&'a str> {
    (at < end).then(|| reading.form(at))
}

struct Sum {
    total: f64,
    group: f64,
}

/// Goes on after a first group: scales, "and" and further groups.
fn read_words(reading: &Reading<'_>, numbers: &Numbers, start: Word, end: Word, mut sum: Sum, mut head: Word) -> Numeral {
    let mut next = start;
    let mut open = false; // whether a smaller number may follow ("two hundred | forty")
    while let Some(form) = form_at(reading, next, end) {
        let after_and = if form.eq_ignore_ascii_case("and") { next + 1 } else { next };
        let Some(word) = form_at(reading, after_and, end).and_then(|form| numbers.word(form)) else { break };
        match word {
            NumberWord::Scale(scale) if after_and == next => {
                if scale == 100.0 || scale == 12.0 || scale == 20.0 {
                    sum.group *= scale;
                } else {
                    sum.total += times(sum.group, scale);
                    sum.group = 0.0;
                }
                open = scale != 12.0 && scale != 20.0;
                head = next;
                next += 1;
            }
            // "two and a half million", "one and a half"
            NumberWord::Article if after_and > next => {
                if form_at(reading, after_and + 1, end).and_then(|form| numbers.word(form)) != Some(NumberWord::Half) {
                    break;
                }
                sum.group += 0.5;
                head = after_and + 1;
                next = after_and + 2;
            }
            NumberWord::One(value) if open && value > 0.0 => {
                sum.group += value;
                head = after_and;
                next = after_and + 1;
                open = false;
            }
            NumberWord::Ten(value) if open => {
                let unit_at = if form_at(reading, after_and + 1, end) == Some("-") { after_and + 2 } else { after_and + 1 };
                let unit = match form_at(reading, unit_at, end).and_then(|form| numbers.word(form)) {
                    Some(NumberWord::One(unit)) if (1.0..10.0).contains(&unit) => Some(unit),
                    _ => None,
                };
                sum.group += value + unit.unwrap_or(0.0);
                head = if unit.is_some() { unit_at } else { after_and };
                next = head + 1;
                open = false;
            }
            _ => break,
        }
    }
    Numeral { end: next, head, value: sum.total + sum.group, vague: false, bare_digits: false, article: false }
}

/// "dozens", "tens of thousands", "hundreds of thousands".
fn read_vague(reading: &Reading<'_>, numbers: &Numbers, at: Word, end: Word, low: f64) -> Numeral {
    let mut numeral = Numeral { end: at + 1, head: at, value: low, vague: true, bare_digits: false, article: false };
    if form_at(reading, at + 1, end).is_some_and(|form| form.eq_ignore_ascii_case("of"))
        && let Some(NumberWord::Vague(unit)) = form_at(reading, at + 2, end).and_then(|form| numbers.word(form))
        && unit >= 200.0
    {
        // The second word's own two is no part of it: tens (20) of thousands (of 1,000 each).
        numeral.value = low * unit / 2.0;
        numeral.end = at + 3;
    }
    numeral
}

/// "half a million", "half a dozen"; a bare "half" is a share, not a number.
fn read_half(reading: &Reading<'_>, numbers: &Numbers, half: Word, end: Word, _first: Word) -> Option<Numeral> {
    let mut next = half + 1;
    if form_at(reading, next, end).is_some_and(|form| numbers.word(form) == Some(NumberWord::Article)) {
        next += 1;
    }
    scaled(reading, numbers, next, end, 0.5)
}

/// A scale at `at` (after "of a", "a" or nothing), times `share`.
fn scaled(reading: &Reading<'_>, numbers: &Numbers, mut at: Word, end: Word, share: f64) -> Option<Numeral> {
    if form_at(reading, at, end)?.eq_ignore_ascii_case("of") {
        at += 1;
        if numbers.word(form_at(reading, at, end)?) != Some(NumberWord::Article) {
            return None;
        }
        at += 1;
    }
    let NumberWord::Scale(scale) = numbers.word(form_at(reading, at, end)?)? else { return None };
    Some(Numeral { end: at + 1, head: at, value: times(share, scale), vague: false, bare_digits: false, article: false })
}

/// "34,000", "3.73 million", "22 000", "2 1/2", "5m".
fn read_digits(reading: &Reading<'_>, numbers: &Numbers, at: Word, end: Word) -> Option<Numeral> {
    let form = reading.form(at);
    let (mut value, suffix) = parse_digits(form)?;
    let mut numeral = Numeral { end: at + 1, head: at, value, vague: false, bare_digits: form.bytes().all(|byte| byte.is_ascii_digit()), article: false };
    if let Some(scale) = suffix_scale(suffix).filter(|_| suffix != "m" || is_money(reading, numbers, at)) {
        numeral.value = times(value, scale);
        return Some(numeral);
    }
    if !suffix.is_empty() {
        return suffix_unit(suffix).map(|_| numeral);
    }
    // Thousands parted by a space: "22 000".
    let mut last = at;
    if numeral.bare_digits && form.len() <= 3 && !form.starts_with('0') {
        while let Some(next) = form_at(reading, last + 1, end)
            && next.len() == 3
            && next.bytes().all(|byte| byte.is_ascii_digit())
            && reading.span(last + 1).start - reading.span(last).end <= 2
            && reading.span(last + 1).start > reading.span(last).end
        {
            value = value * 1000.0 + next.parse::<f64>().unwrap_or(0.0);
            last += 1;
        }
    }
    // "2 1/2"
    if let Some(next) = form_at(reading, last + 1, end)
        && let Some(part) = fraction(next)
    {
        value += part;
        last += 1;
    }
    if last > at {
        numeral = Numeral { end: last + 1, head: last, value, bare_digits: false, ..numeral };
    }
    // "3.73 million", "2 dozen", "5-million"
    let scale_at = if form_at(reading, last + 1, end) == Some("-") { last + 2 } else { last + 1 };
    if let Some(NumberWord::Scale(scale)) = form_at(reading, scale_at, end).and_then(|form| numbers.word(form)) {
        numeral = Numeral { end: scale_at + 1, head: scale_at, value: times(value, scale), bare_digits: false, ..numeral };
        // "4 hundred million"
        if let Some(NumberWord::Scale(further)) = form_at(reading, scale_at + 1, end).and_then(|form| numbers.word(form)) {
            numeral = Numeral { end: scale_at + 2, head: scale_at + 1, value: numeral.value * further, ..numeral };
        }
    } else if let Some(scale) = form_at(reading, last + 1, end).and_then(|form| {
        (matches!(form, "bn" | "k" | "tn" | "mn" | "M" | "K" | "B") || (form == "m" && is_money(reading, numbers, at))).then(|| suffix_scale(form)).flatten()
    }) && reading.span(last + 1).start == reading.span(last).end
    {
        numeral = Numeral { end: last + 2, head: last, value: times(value, scale), bare_digits: false, ..numeral };
    }
    Some(numeral)
}

/// Whether a sign of money stands before the number: "m" is million then, else metres.
fn is_money(reading: &Reading<'_>, numbers: &Numbers, at: Word) -> bool {
    at.checked_sub(1).is_some_and(|before| numbers.currency(reading.form(before)).is_some())
}

/// What a physical unit or "pc" written onto the number is: whether it is percent.
fn suffix_unit(suffix: &str) -> Option<bool> {
    match suffix {
        "pc" | "pct" => Some(true),
        "km" | "kg" | "m" | "cm" | "mm" | "ft" | "lb" | "lbs" | "g" | "mg" | "kW" | "kWh" | "MW" | "MWh" | "GW" | "W" | "Hz" | "MHz" | "GHz" | "mAh"
        | "bhp" | "hp" | "mph" | "kph" | "km/h" | "kmh" | "mL" | "ml" | "L" | "ha" | "C" | "F" => Some(false),
        _ => None,
    }
}

/// Whether a numeral's word carries its unit ("35km": false, "5pc": true for percent).
#[must_use]
pub fn unit_of_form(form: &str) -> Option<bool> {
    let length = form.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    if length == 0 { None } else { suffix_unit(form.get(length..)?) }
}

fn suffix_scale(suffix: &str) -> Option<f64> {
    match suffix {
        "k" | "K" => Some(1e3),
        "m" | "M" | "mn" => Some(1e6),
        "bn" | "b" | "B" | "BN" => Some(1e9),
        "tn" => Some(1e12),
        _ => None,
    }
}

fn fraction(form: &str) -> Option<f64> {
    match form {
        "½" => return Some(0.5),
        "¼" => return Some(0.25),
        "¾" => return Some(0.75),
        _ => {}
    }
    let (over, under) = form.split_once('/')?;
    if over.len() > 1 || under.len() > 1 {
        return None;
    }
    let (over, under): (f64, f64) = (over.parse().ok()?, under.parse().ok()?);
    (over < under).then_some(over / under)
}

/// A token's leading number and what letters follow it; none where it is a code, a date, a clock time or an ordinal.
fn parse_digits(form: &str) -> Option<(f64, &str)> {
    let length = form.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let (number, suffix) = form.split_at(length);
    let number = number.trim_end_matches(['.', ',']);
    let (whole, decimals) = match number.rsplit_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (number, None),
    };
    if decimals.is_some_and(|decimals| decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit())) || whole.contains('.') {
        return None;
    }
    let mut value = 0.0;
    for (index, group) in whole.split(',').enumerate() {
        // Groups of three; groups of two before them are Indian ("1,20,000").
        if index > 0 && group.len() != 3 && group.len() != 2 {
            return None;
        }
        for byte in group.bytes() {
            value = value * 10.0 + f64::from(byte - b'0');
        }
    }
    if let Some(decimals) = decimals {
        value = format!("{value}.{decimals}").parse().ok()?;
    }
    suffix.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'/').then_some((value, suffix))
}

/// A value times its scale word, a whole number where it is one but for the last bit ("8.2 million").
fn times(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    let whole = product.round();
    if (product - whole).abs() < product.abs() * 1e-9 { whole } else { product }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::record::{Article, Parse, Span, Text};

    /// Words as parted by spaces; no tree.
    pub(crate) fn words(line: &str) -> (Article, Text, Parse) {
        let mut text = Text::default();
        let mut at = 0;
        for word in line.split(' ') {
            text.words.push(Span::new(at, at + word.len()));
            at += word.len() + 1;
        }
        (Article { text: line.to_owned(), ..Article::default() }, text, Parse::default())
    }

    fn value(line: &str) -> Option<(f64, usize)> {
        let (article, text, parse) = words(line);
        let reading = Reading::new(&article, &text, &parse);
        read(&reading, &Numbers::embedded(), 0, text.words.len()).map(|numeral| (numeral.value, numeral.end))
    }

    #[test]
    fn numerals_have_their_value() {
        for (line, expected, words) in [
            ("34,000 people", 34_000.0, 1),
            ("3.73 million to", 3_730_000.0, 2),
            ("22 000 people", 22_000.0, 2),
            ("1,20,000 homes", 120_000.0, 1),
            ("2bn to", 2e9, 1),
            ("two dozen men", 24.0, 2),
            ("a hundred men", 100.0, 2),
            ("half a million men", 500_000.0, 3),
            ("a quarter of a million men", 250_000.0, 5),
            ("twenty - one men", 21.0, 3),
            ("nine hundred and twenty - one families", 921.0, 6),
            ("two and a half million people", 2_500_000.0, 5),
            ("one hundred thousand men", 100_000.0, 3),
            ("three thousand two hundred men", 3_200.0, 4),
            ("two thousand and five men", 2_005.0, 4),
            ("2 1/2 years", 2.5, 2),
            ("tens of thousands of", 20_000.0, 3),
            ("hundreds of thousands of", 200_000.0, 3),
            ("hundreds of men", 200.0, 1),
            ("12 and 30", 12.0, 1),
            ("35km away", 35.0, 1),
            ("two and three", 2.0, 1),
        ] {
            assert_eq!(value(line), Some((expected, words)), "{line}");
        }
    }

    #[test]
    fn codes_clock_times_and_articles_are_none() {
        for line in [". .", "10:30 today", "4th army", "a man", "1.2.3 ok", "half of them", "M-16 rifles", "12/10/2015 was"] {
            assert_eq!(value(line), None, "{line}");
        }
    }
}
