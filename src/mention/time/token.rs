//! Words as the time grammar sees them.

use crate::mention::number::numeral::{self, Numeral};
use crate::record::{Feats, Reading, Upos, Word};
use crate::resource::{NumberWord, Resources, TimeClass, TimeWord};

/// One word as the grammar sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    /// Its part in time expressions.
    pub(super) word: Option<TimeWord>,
    /// The numeral that starts here; its `end` counts from the start of the sentence.
    pub(super) number: Option<Numeral>,
    /// Other shapes.
    pub(super) shape: Shape,
    /// Whether it is a noun: what stands before it may count it.
    pub(super) noun: bool,
    /// Whether it is a noun, adjective or symbol.
    pub(super) content: bool,
    /// Whether it is a noun in the plural.
    pub(super) plural_noun: bool,
    /// Whether it is a unit or a word that only counts can stand before ("people", "km", "%").
    pub(super) measure: bool,
    /// Whether it is a verb.
    pub(super) verbal: bool,
    /// Whether it is a preposition or a subordinating conjunction.
    pub(super) preposition: bool,
    /// Whether it is a sign of money.
    pub(super) currency: bool,
    /// Whether it is a numeral's last word, or "times", "once", "twice", "%": "a year" after it is a rate.
    pub(super) counted: bool,
    /// Whether it is "mid-March" or the like in one word; what it is else is what stands after the hyphen.
    pub(super) middle: bool,
    /// Whether it is "so", in "or so".
    pub(super) so: bool,
}

/// Shapes with digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Shape {
    /// None of them.
    #[default]
    None,
    /// "21st", "eighth".
    Ordinal(u8),
    /// "10:30".
    Clock(u8, u8),
    /// "2016-12-13", "13/12/2016": year, month, day.
    Date(i32, u8, u8),
    /// "1980s", "80s".
    Decade(i32),
    /// "2016/17", "'98": the year.
    Year(i32),
}

/// Turns the words `words` of a sentence into tokens.
pub(super) fn read(reading: &Reading<'_>, known: &Resources, words: std::ops::Range<Word>, tokens: &mut Vec<Token>) {
    tokens.clear();
    for word in words.clone() {
        let whole = reading.form(word);
        let form = if whole.is_char_boundary(4) && whole.len() > 4 && whole[..4].eq_ignore_ascii_case("mid-") { &whole[4..] } else { whole };
        let upos = reading.upos(word);
        let noun = matches!(upos, Upos::Noun | Upos::Propn);
        let mut token = Token {
            noun,
            content: noun || matches!(upos, Upos::Adj | Upos::Sym),
            plural_noun: noun && reading.feats(word).has(Feats::PLUR),
            measure: matches!(
                form,
                "people" | "%" | "percent" | "km" | "kilometers" | "kilometres" | "miles" | "metres" | "meters" | "men" | "women" | "children"
            ),
            verbal: matches!(upos, Upos::Verb | Upos::Aux),
            preposition: matches!(upos, Upos::Adp | Upos::Sconj),
            currency: upos == Upos::Sym && known.numbers.currency(form).is_some(),
            counted: upos == Upos::Num || matches!(form, "times" | "once" | "twice" | "%" | "percent" | "million" | "billion"),
            middle: form.len() < whole.len(),
            so: form == "so",
            ..Token::default()
        };
        let first = form.as_bytes().first().copied().unwrap_or(b' ');
        if first.is_ascii_digit() || first == b'\'' || first == "’".as_bytes()[0] {
            token.shape = shape(form);
        }
        if token.shape == Shape::None {
            token.word = known.times.get(form).filter(|meaning| fits(*meaning, form, upos, reading, word, &words));
            if let Some(NumberWord::Ordinal(value)) = known.numbers.word(form)
                && (token.word.is_none() || upos == Upos::Adj)
            {
                token.shape = Shape::Ordinal(value as u8);
                token.word = token.word.filter(|meaning| meaning.class != TimeClass::Unit);
            }
            token.number = if token.middle { year(form, word - words.start) } else { None };
            token.number = token
                .number
                .or_else(|| numeral::read(reading, &known.numbers, word, words.end).map(|numeral| Numeral { end: numeral.end - words.start, ..numeral }));
        }
        tokens.push(token);
    }
}

/// Whether a word that may be something else is meant as a time here.
fn fits(meaning: TimeWord, form: &str, upos: Upos, reading: &Reading<'_>, word: Word, words: &std::ops::Range<Word>) -> bool {
    let capital = form.as_bytes()[0].is_ascii_uppercase();
    match meaning.class {
        TimeClass::Month => {
            let digits = |at: Word| words.contains(&at) && reading.form(at).as_bytes()[0].is_ascii_digit();
            let short = form.len() == 3 && meaning.value != 5;
            capital && !matches!(upos, Upos::Aux | Upos::Verb) && (!short || digits(word + 1) || (word > words.start && digits(word - 1)))
        }
        TimeClass::Weekday => capital,
        TimeClass::Season => !matches!(upos, Upos::Verb),
        TimeClass::Unit => upos != Upos::Verb && !(meaning.value == 0 && upos == Upos::Adj) && !(meaning.value == 1 && upos == Upos::Adj),
        TimeClass::Am => form != "am" || upos != Upos::Aux,
        TimeClass::Past => upos != Upos::Adp || reading.deprel(word) == crate::record::Deprel::Amod,
        TimeClass::Edge => upos != Upos::Verb,
        TimeClass::Shift => upos != Upos::Verb,
        _ => true,
    }
}

/// The year of "mid-1996".
fn year(form: &str, at: usize) -> Option<Numeral> {
    let value = form.parse().ok().filter(|_| form.len() == 4)?;
    Some(Numeral { end: at + 1, head: at, value, vague: false, bare_digits: true, article: false })
}

fn shape(form: &str) -> Shape {
    let bytes = form.as_bytes();
    if let Some(rest) = form.strip_prefix(['\'', '’']) {
        return match rest.strip_suffix('s') {
            Some(decade) if decade.len() == 2 => {
                decade.parse().ok().filter(|decade| decade % 10 == 0).map_or(Shape::None, |decade: i32| Shape::Decade(1900 + decade))
            }
            None if rest.len() == 2 => rest.parse().ok().map_or(Shape::None, |year: i32| Shape::Year(if year < 50 { 2000 + year } else { 1900 + year })),
            _ => Shape::None,
        };
    }
    if let Some(number) = form.strip_suffix(['s', 'S']) {
        if let Ok(decade) = number.trim_end_matches(['\'', '’']).parse::<i32>()
            && decade % 10 == 0
        {
            return match decade {
                1500..=2090 => Shape::Decade(decade),
                20..=90 if number.len() == 2 => Shape::Decade(1900 + decade),
                _ => Shape::None,
            };
        }
        return Shape::None;
    }
    for suffix in ["st", "nd", "rd", "th"] {
        if let Some(number) = form.strip_suffix(suffix)
            && let Ok(number) = number.parse::<u8>()
        {
            return Shape::Ordinal(number);
        }
    }
    if (4..=5).contains(&bytes.len())
        && let Some((hours, minutes)) = form.split_once([':', '.'])
        && minutes.len() == 2
        && (form.contains(':'))
        && let (Ok(hours), Ok(minutes)) = (hours.parse::<u8>(), minutes.parse::<u8>())
        && hours < 25
        && minutes < 60
    {
        return Shape::Clock(hours, minutes);
    }
    // "0040 GMT": no count starts with a nought.
    if bytes.len() == 4
        && bytes[0] == b'0'
        && let Ok(clock) = form.parse::<u16>()
        && clock % 100 < 60
    {
        return Shape::Clock((clock / 100) as u8, (clock % 100) as u8);
    }
    for separator in ['-', '/', '.'] {
        let mut parts = form.split(separator);
        if let (Some(one), Some(two), Some(three), None) = (parts.next(), parts.next(), parts.next(), parts.next())
            && let (Ok(one), Ok(two), Ok(three)) = (one.parse::<i32>(), two.parse::<i32>(), three.parse::<i32>())
        {
            // Day first, unless the second number can be no month.
            let (year, month, day) = if one > 31 {
                (one, two, three)
            } else if two > 12 {
                (three, one, two)
            } else {
                (three, two, one)
            };
            let year = if year < 50 {
                2000 + year
            } else if year < 100 {
                1900 + year
            } else {
                year
            };
            return if (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..2200).contains(&year) {
                Shape::Date(year, month as u8, day as u8)
            } else {
                Shape::None
            };
        }
    }
    Shape::None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (form, expected) in [
            ("21st", Shape::Ordinal(21)),
            ("10:30", Shape::Clock(10, 30)),
            ("0040", Shape::Clock(0, 40)),
            ("2016-12-13", Shape::Date(2016, 12, 13)),
            ("13/12/2016", Shape::Date(2016, 12, 13)),
            ("12/13/2016", Shape::Date(2016, 12, 13)),
            ("1980s", Shape::Decade(1980)),
            ("80s", Shape::Decade(1980)),
            ("'98", Shape::Year(1998)),
            ("34,000", Shape::None),
            ("3.73", Shape::None),
            ("'s", Shape::None),
        ] {
            assert_eq!(shape(form), expected, "{form}");
        }
    }
}
