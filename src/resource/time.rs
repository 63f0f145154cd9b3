//! Words of time expressions: `data/time/words.txt`.

use rustc_hash::FxHashMap;

use super::number::fold;

const WORDS: &str = include_str!("../../data/time/words.txt");

/// What part a word can play in a time expression; the numbers beside it in the file are [`TimeWord::value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeClass {
    /// 1 to 12.
    Month,
    /// 1 Monday to 7.
    Weekday,
    /// Plural of a weekday: a set.
    Weekdays,
    /// 1 spring to 4 winter.
    Season,
    /// Unit in the singular, see [`TimeUnit`].
    Unit,
    /// Unit in the plural.
    Units,
    /// Part of a day: 1 morning to 4 night, or the hour of it.
    Part,
    /// A day by its distance from publication; 10 tonight, 11 overnight.
    Day,
    /// "last", "this", "next": distance from the present unit.
    Shift,
    /// "past".
    Past,
    /// "recent".
    Recent,
    /// "previous", "following", "same": distance from the time spoken of.
    Narrative,
    /// "that".
    That,
    /// PAST_REF, PRESENT_REF, FUTURE_REF as an adverb.
    Ref,
    /// "early", "mid", "late": may stand before an expression.
    Edge,
    /// "beginning", "end": an expression follows with "of".
    EdgeOf,
    /// "earlier".
    Earlier,
    /// "later".
    Later,
    /// "ago".
    Ago,
    /// "hence".
    Ahead,
    /// "every".
    Every,
    /// "per".
    Per,
    /// "daily" and the like: the unit.
    Daily,
    /// "several": an unknown number.
    Few,
    /// "few", after "a".
    AFew,
    /// "couple".
    Couple,
    /// "more", "consecutive": stands between number and unit.
    More,
    /// "half".
    Half,
    /// "about", "more than".
    Qualifier,
    /// "the".
    The,
    /// "a".
    Article,
    /// "of".
    Of,
    /// A hyphen or dash.
    Hyphen,
    /// A comma.
    Comma,
    /// "or", "to", "and".
    Or,
    /// "'s".
    Possessive,
    /// "in".
    In,
    /// "its".
    My,
    /// "from".
    From,
    /// "old": makes an age.
    Old,
    /// "fiscal".
    Fiscal,
    /// "period".
    Period,
    /// a.m. (0), p.m. (12).
    Am,
    /// "GMT", "o'clock".
    ClockWord,
    /// A feast: month * 100 + day.
    Feast,
    /// "future" as a noun.
    Noun,
    /// "near", before it.
    Near,
    /// "these".
    These,
    /// "right", before "now".
    Right,
    /// "other", in "every other day".
    Other,
    /// "nineties": the decade of the century.
    Nineties,
    /// "eve", after a feast.
    Eve,
}

/// One meaning of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWord {
    /// Its part.
    pub class: TimeClass,
    /// Its number; for `Ref` and `Edge` -1, 0, 1 are past/start, present/middle, future/end.
    pub value: i32,
}

/// The words of time expressions.
#[derive(Debug)]
pub struct TimeWords {
    words: FxHashMap<&'static str, TimeWord>,
}

impl TimeWords {
    /// Reads the words that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut words = FxHashMap::default();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, list)) = line.split_once(':') else { continue };
            let Some((class, value)) = name.split_once(' ') else { continue };
            let Some(class) = parse_class(class) else { continue };
            let value = match value {
                "past" | "start" => -1,
                "present" | "middle" => 0,
                "future" | "end" => 1,
                number => number.parse().unwrap_or(0),
            };
            // "," is a word of the list too: items are parted by a comma and a space.
            for word in list.trim().split(", ") {
                words.insert(word.trim(), TimeWord { class, value });
            }
        }
        Self { words }
    }

    /// The meaning of a word as it stands in the text.
    #[must_use]
    pub fn get(&self, form: &str) -> Option<TimeWord> {
        let mut buffer = [0; 24];
        self.words.get(fold(form, &mut buffer)?).copied()
    }
}

fn parse_class(name: &str) -> Option<TimeClass> {
    use TimeClass as C;
    Some(match name {
        "month" => C::Month,
        "weekday" => C::Weekday,
        "weekdays" => C::Weekdays,
        "season" => C::Season,
        "unit" => C::Unit,
        "units" => C::Units,
        "part" => C::Part,
        "day" => C::Day,
        "shift" => C::Shift,
        "past" => C::Past,
        "recent" => C::Recent,
        "narrative" => C::Narrative,
        "that" => C::That,
        "ref" => C::Ref,
        "edge" => C::Edge,
        "edgeof" => C::EdgeOf,
        "earlier" => C::Earlier,
        "later" => C::Later,
        "ago" => C::Ago,
        "ahead" => C::Ahead,
        "every" => C::Every,
        "per" => C::Per,
        "daily" => C::Daily,
        "few" => C::Few,
        "afew" => C::AFew,
        "couple" => C::Couple,
        "more" => C::More,
        "half" => C::Half,
        "qualifier" => C::Qualifier,
        "the" => C::The,
        "article" => C::Article,
        "of" => C::Of,
        "hyphen" => C::Hyphen,
        "comma" => C::Comma,
        "or" => C::Or,
        "possessive" => C::Possessive,
        "in" => C::In,
        "my" => C::My,
        "from" => C::From,
        "old" => C::Old,
        "fiscal" => C::Fiscal,
        "period" => C::Period,
        "am" => C::Am,
        "clockword" => C::ClockWord,
        "feast" => C::Feast,
        "noun" => C::Noun,
        "near" => C::Near,
        "these" => C::These,
        "right" => C::Right,
        "other" => C::Other,
        "nineties" => C::Nineties,
        "eve" => C::Eve,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_list_is_read() {
        for line in WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (name, list) = line.split_once(':').unwrap();
            let (class, _) = name.split_once(' ').unwrap();
            assert!(parse_class(class).is_some(), "{line}");
            assert!(!list.trim().is_empty(), "{line}");
        }
    }

    #[test]
    fn words_are_matched_in_any_case() {
        let words = TimeWords::embedded();
        assert_eq!(words.get("DEC."), Some(TimeWord { class: TimeClass::Month, value: 12 }));
        assert_eq!(words.get(","), Some(TimeWord { class: TimeClass::Comma, value: 0 }));
        assert_eq!(words.get("village"), None);
    }
}
