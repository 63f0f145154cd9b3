//! Numbers in digits and words, with their qualifiers.

pub mod numeral;

use std::ops::Range;

use numeral::Numeral;

use crate::record::{Deprel, NumberKind, NumberMention, Qualifier, Reading, TimeMention, Upos, Word};
use crate::resource::{NumberWord, Resources};

/// Finds numbers, in text order; those inside time expressions are left out.
#[must_use]
pub fn find(reading: &Reading<'_>, times: &[TimeMention], known: &Resources) -> Vec<NumberMention> {
    let mut numbers = Vec::new();
    let mut times = times.iter().peekable();
    for sentence in &reading.text.sentences {
        let scan = Scan { reading, known, sentence: sentence.words.clone() };
        let mut at = sentence.words.start;
        let mut free = at; // first word that no earlier number has taken
        while at < sentence.words.end {
            while times.next_if(|time| time.words.end <= at).is_some() {}
            if let Some(time) = times.peek()
                && time.words.contains(&at)
            {
                at = time.words.end;
                continue;
            }
            match scan.number(at, free) {
                Some(number) => {
                    at = number.words.end;
                    free = at;
                    numbers.push(number);
                }
                None => at += 1,
            }
        }
    }
    numbers
}

struct Scan<'a, 'r> {
    reading: &'a Reading<'r>,
    known: &'a Resources,
    sentence: Range<Word>,
}

impl Scan<'_, '_> {
    fn form(&self, word: Word) -> &str {
        if self.sentence.contains(&word) { self.reading.form(word) } else { "" }
    }

    fn is(&self, word: Word, form: &str) -> bool {
        self.form(word).eq_ignore_ascii_case(form)
    }

    fn numeral(&self, at: Word) -> Option<Numeral> {
        numeral::read(self.reading, &self.known.numbers, at, self.sentence.end)
    }

    fn touches(&self, left: Word, right: Word) -> bool {
        self.sentence.contains(&left) && self.sentence.contains(&right) && self.reading.span(left).end == self.reading.span(right).start
    }

    /// The number that starts at `at`, with what qualifies it; words before `free` belong to another.
    fn number(&self, at: Word, free: Word) -> Option<NumberMention> {
        if let Some(share) = self.share(at) {
            return Some(share);
        }
        let first = self.numeral(at)?;
        if first.article && first.value == 1.0 && self.reading.upos(at) != Upos::Num {
            return None; // "one must", "the one who"
        }
        if self.reading.upos(at) == Upos::Propn && !first.bare_digits {
            return None; // part of a name
        }
        let mut mention = NumberMention {
            words: at..first.end,
            head: first.head,
            value: (!first.vague).then_some(first.value),
            low: first.vague.then_some(first.value),
            high: None,
            qualifier: if first.vague { Qualifier::AtLeast } else { Qualifier::Exact },
            kind: NumberKind::Count,
            currency: None,
        };
        self.range(&mut mention, &first);
        self.money_before(&mut mention, free);
        self.unit_after(&mut mention);
        self.qualify(&mut mention, free, first.vague);
        if mention.kind == NumberKind::Count {
            mention.kind = self.kind(&mention, &first);
        }
        Some(mention)
    }

    /// "one in five", "half of", "a quarter of", "two thirds of": shares, in percent.
    fn share(&self, at: Word) -> Option<NumberMention> {
        let share = |value: f64, end: Word, head: Word| NumberMention {
            words: at..end,
            head,
            value: Some(value),
            low: None,
            high: None,
            qualifier: Qualifier::Exact,
            kind: NumberKind::Percent,
            currency: None,
        };
        let word = self.known.numbers.word(self.form(at))?;
        match word {
            NumberWord::Half if self.is(at + 1, "of") && self.numeral(at).is_none() => Some(share(50.0, at + 1, at)),
            NumberWord::Article | NumberWord::One(_) => {
                let over = if let NumberWord::One(value) = word { value } else { 1.0 };
                let under_at = if self.is(at + 1, "-") { at + 2 } else { at + 1 };
                let fraction = match self.known.numbers.word(self.form(under_at)) {
                    Some(NumberWord::Fraction(percent)) => Some(percent),
                    Some(NumberWord::Ordinal(3.0)) => Some(100.0 / 3.0),
                    Some(NumberWord::Ordinal(number)) if (4.0..=10.0).contains(&number) => Some(100.0 / number),
                    _ if self.is(under_at, "thirds") => Some(100.0 / 3.0),
                    _ => None,
                };
                if let Some(percent) = fraction
                    && self.is(under_at + 1, "of")
                    && over * percent < 100.0
                    && self.numeral(at).is_none_or(|numeral| numeral.end <= under_at)
                {
                    return Some(share((over * percent * 10.0).round() / 10.0, under_at + 1, under_at));
                }
                // "one in five", "two out of every three"
                if word == NumberWord::Article {
                    return None;
                }
                let mut under = if self.is(at + 1, "in") {
                    at + 2
                } else if self.is(at + 1, "out") && self.is(at + 2, "of") {
                    at + 3
                } else {
                    return None;
                };
                if self.is(under, "every") {
                    under += 1;
                }
                let below = self.numeral(under)?;
                (over < below.value && below.value <= 100.0 && !below.vague).then(|| share((1000.0 * over / below.value).round() / 10.0, below.end, below.head))
            }
            _ => None,
        }
    }

    /// "between 10 and 12", "10 to 12", "10-12", "two or three".
    fn range(&self, mention: &mut NumberMention, first: &Numeral) {
        let signed = |word: Word| self.known.numbers.currency(self.form(word)).is_some();
        let before = mention.words.start.wrapping_sub(1);
        let before = if signed(before) { before.wrapping_sub(1) } else { before };
        let between = self.is(before, "between");
        // "five per cent to 20 per cent", "between 5% and 6%"
        let mut join = first.end;
        if matches!(self.form(join), "%" | "percent") {
            join += 1;
        } else if self.is(join, "per") && self.is(join + 1, "cent") {
            join += 2;
        }
        let joins = match self.form(join) {
            "and" => between,
            "to" | "-" | "–" | "—" | "or" => !self.is(before, "from") && !first.vague,
            _ => false,
        };
        let by = self.is(before, "by");
        // "between 10 people and 12" is none; a currency sign may stand again.
        if !joins {
            return;
        }
        let second_at = if self.known.numbers.currency(self.form(join + 1)).is_some() { join + 2 } else { join + 1 };
        let Some(second) = self.numeral(second_at).filter(|second| !second.vague) else { return };
        let mut low = first.value;
        // "10 to 12 million"
        if let Some(NumberWord::Scale(scale)) = self.known.numbers.word(self.form(second.head))
            && scale >= 1000.0
            && !matches!(self.known.numbers.word(self.form(first.head)), Some(NumberWord::Scale(_)))
            && low < 1000.0
        {
            low *= scale;
        }
        let phone = first.bare_digits && second.bare_digits && self.form(join) == "-" && second.value >= 1000.0 && low < 1000.0;
        // "rose by 40 to 120" tells the step and where it ended.
        if second.value <= low || phone || (by && second.value >= 2.0 * low) {
            return;
        }
        mention.words.end = second.end;
        mention.head = second.head;
        mention.value = None;
        mention.low = Some(low);
        mention.high = Some(second.value);
        mention.qualifier = Qualifier::Between;
        if between {
            if let Some(code) = self.known.numbers.currency(self.form(mention.words.start.wrapping_sub(1))) {
                mention.kind = NumberKind::Money;
                mention.currency = Some(code);
            }
            mention.words.start = before;
        }
    }

    /// A sign of money before the number.
    fn money_before(&self, mention: &mut NumberMention, free: Word) {
        let Some(before) = mention.words.start.checked_sub(1).filter(|&before| before >= free) else { return };
        if let Some(code) = self.known.numbers.currency(self.form(before))
            && (self.reading.upos(before) == Upos::Sym
                || !self.form(before).is_ascii()
                || self.form(before).ends_with('$')
                || self.form(before).len() == 3 && self.form(before).bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            mention.kind = NumberKind::Money;
            mention.currency = Some(code);
            mention.words.start = before;
            // "US $58"
            if let Some(further) = before.checked_sub(1).filter(|&further| further >= free && self.form(before) == "$") {
                let nation = match self.form(further) {
                    "US" | "U.S." => Some("USD"),
                    "C" | "CA" | "Canadian" => Some("CAD"),
                    "A" | "AU" | "Australian" => Some("AUD"),
                    "HK" => Some("HKD"),
                    "NZ" => Some("NZD"),
                    _ => None,
                };
                if let Some(code) = nation {
                    mention.currency = Some(code);
                    mention.words.start = further;
                }
            }
        }
    }

    /// Percent signs, names of money and physical units after the number.
    fn unit_after(&self, mention: &mut NumberMention) {
        let end = mention.words.end;
        if let Some(percent) =
            numeral::unit_of_form(self.form(mention.head)).filter(|_| mention.kind == NumberKind::Count && mention.value.is_some_and(|value| value < 1e5))
        {
            mention.kind = if percent { NumberKind::Percent } else { NumberKind::Measure };
            return;
        }
        let next = if self.is(end, "-") { end + 1 } else { end };
        match self.form(next) {
            "%" | "percent" | "Percent" | "pct" | "pc" => {
                mention.kind = NumberKind::Percent;
                mention.words.end = next + 1;
                return;
            }
            "per" if self.is(next + 1, "cent") => {
                mention.kind = NumberKind::Percent;
                mention.words.end = next + 2;
                return;
            }
            "percentage" if self.is(next + 1, "points") || self.is(next + 1, "point") => {
                mention.kind = NumberKind::Percent;
                mention.words.end = next + 2;
                return;
            }
            _ => {}
        }
        if mention.kind == NumberKind::Money || !self.sentence.contains(&next) {
            return;
        }
        if self.sentence.contains(&(next + 1)) {
            let pair = self.reading.surface(self.reading.span_of(next, next + 1));
            if let Some(code) = self.known.numbers.currency(pair) {
                mention.kind = NumberKind::Money;
                mention.currency = Some(code);
                mention.words.end = next + 2;
                return;
            }
        }
        if let Some(code) = self.known.numbers.currency(self.form(next))
            && matches!(self.reading.upos(next), Upos::Noun | Upos::Propn | Upos::Sym)
        {
            mention.kind = NumberKind::Money;
            mention.currency = Some(code);
            mention.words.end = next + 1;
        }
    }

    /// "about", "at least", "or more".
    fn qualify(&self, mention: &mut NumberMention, free: Word, vague: bool) {
        let form = |word: Word| self.reading.form(word);
        // "the more than 500 people", "some of the 12"
        let start = self.sentence.start.max(free);
        let mut set = false;
        for _ in 0..2 {
            let Some((qualifier, first)) = self.known.numbers.qualifier_before(start, mention.words.start, &form) else { break };
            // "turned over two suspects"
            if self.reading.deprel(first) == Deprel::CompoundPrt {
                break;
            }
            // "under" and "over" as prepositions of place, "up to" a point in time
            if !set && mention.qualifier != Qualifier::Between && !vague {
                mention.qualifier = qualifier;
                set = true;
            }
            mention.words.start = first;
        }
        if let Some((qualifier, end)) = self.known.numbers.qualifier_after(mention.words.end, self.sentence.end, &form)
            && !vague
            && mention.qualifier != Qualifier::Between
        {
            mention.qualifier = qualifier;
            mention.words.end = end;
        }
    }

    /// Ages, codes, lists and names: numbers that count nothing.
    fn kind(&self, mention: &NumberMention, first: &Numeral) -> NumberKind {
        let (start, end) = (mention.words.start, mention.words.end);
        let before = start.wrapping_sub(1);
        let value = first.value;
        // "25-year-old", "25 years old", "aged 25", "Smith, 25,"
        let unit = if self.is(end, "-") { end + 1 } else { end };
        if matches!(self.form(unit), "year" | "years" | "month" | "months" | "day" | "days" | "week" | "weeks")
            && (self.is(unit + 1, "old") || self.is(unit + 2, "old"))
        {
            return NumberKind::Age;
        }
        if self.is(before, "aged") || self.is(before, "age") || self.is(before, "ages") {
            return NumberKind::Age;
        }
        if first.end == end
            && value < 120.0
            && self.is(before, ",")
            && matches!(self.form(end), "," | "." | ")" | "")
            && self.sentence.contains(&before.wrapping_sub(1))
            && self.reading.upos(before - 1) == Upos::Propn
            && self.reading.head(mention.head).is_some_and(|head| self.reading.upos(head) == Upos::Propn)
        {
            return NumberKind::Age;
        }
        // "COVID-19", "AK-47"
        if self.is(before, "-")
            && self.touches(before, start)
            && before.checked_sub(1).is_some_and(|word| self.touches(word, before) && self.reading.upos(word) != Upos::Num)
        {
            return NumberKind::Other;
        }
        // "1." and "2)" of lists; "No. 5"
        if (start == self.sentence.start && matches!(self.form(end), "." | ")")) || matches!(self.form(before), "No." | "no." | "#" | "Nos.") {
            return NumberKind::Other;
        }
        // "737 Max", "7 Eleven": part of a name
        if first.bare_digits
            && value >= 100.0
            && self.sentence.contains(&end)
            && self.reading.upos(end) == Upos::Propn
            && self.reading.head(mention.head) == Some(end)
            && !self.reading.feats(end).has(crate::record::Feats::PLUR)
            && self.known.countries.demonym(self.form(end)).is_none()
        {
            return NumberKind::Other;
        }
        // "Resolution 2254", "Highway 5", "page 12": the noun stands before the number.
        if first.bare_digits
            && self.sentence.contains(&before)
            && matches!(self.reading.upos(before), Upos::Noun | Upos::Propn)
            && (self.reading.head(mention.head) == Some(before)
                || self.reading.deprel(mention.head) == Deprel::Flat
                || (self.reading.upos(before) == Upos::Propn
                    && value < 10_000.0
                    && self.reading.deprel(mention.head) != Deprel::Nummod
                    && self.reading.head(mention.head).is_none_or(|head| head < start)))
        {
            return NumberKind::Other;
        }
        if matches!(self.form(before), "magnitude" | "chapter" | "article" | "section") || self.is(unit, "magnitude") {
            return NumberKind::Measure;
        }
        let mut noun = unit;
        if self.is(noun, "square") || self.is(noun, "cubic") || self.is(noun, "nautical") {
            noun += 1;
        }
        if self.sentence.contains(&noun) && self.known.units.is_physical(self.reading.lemma(noun)) {
            return NumberKind::Measure;
        }
        NumberKind::Count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Article, Feats, Parse, ROOT, Sentence, Span, Text, Zone};

    /// Words as parted by spaces: numerals NUM, signs SYM, all else NOUN, no tree.
    fn numbers(line: &str) -> Vec<String> {
        let known = Resources::embedded();
        let mut text = Text::default();
        let mut parse = Parse::default();
        let mut at = 0;
        for word in line.split(' ') {
            let span = Span::new(at, at + word.len());
            text.words.push(span);
            let numeric = word.as_bytes()[0].is_ascii_digit() || known.numbers.word(word).is_some_and(|word| word != NumberWord::Article);
            parse.upos.push(if numeric {
                Upos::Num
            } else if word == "$" {
                Upos::Sym
            } else {
                Upos::Noun
            });
            parse.feats.push(Feats::default());
            parse.head.push(ROOT);
            parse.deprel.push(Deprel::Root);
            parse.lemma.push(span);
            at += word.len() + 1;
        }
        parse.lemmas = line.to_owned();
        text.sentences.push(Sentence { span: Span::new(0, line.len()), words: 0..text.words.len(), block: 0, zone: Zone::Body });
        let article = Article { text: line.to_owned(), ..Article::default() };
        let reading = Reading::new(&article, &text, &parse);
        find(&reading, &[], &known)
            .iter()
            .map(|number| {
                let value = number.value.map_or_else(|| format!("{}..{}", number.low.unwrap_or(-1.0), number.high.unwrap_or(-1.0)), |value| value.to_string());
                format!(
                    "{value} {} {} [{}]{}",
                    number.qualifier,
                    number.kind,
                    reading.surface(reading.span_of(number.words.start, number.words.end - 1)),
                    number.currency.unwrap_or("")
                )
            })
            .collect()
    }

    #[test]
    fn numbers_carry_their_qualifier_kind_and_words() {
        for (line, expected) in [
            ("about 34,000 refugees", "34000 about count [about 34,000]"),
            ("no fewer than 12 villages", "12 at_least count [no fewer than 12]"),
            ("between 10 and 12 houses", "10..12 between count [between 10 and 12]"),
            ("10 to 12 million trees", "10000000..12000000 between count [10 to 12 million]"),
            ("between $ 5 and $ 6 each", "5..6 between money [between $ 5 and $ 6]USD"),
            ("five per cent to 20 per cent of", "5..20 between percent [five per cent to 20 per cent]"),
            ("dozens of shops", "24..-1 at_least count [dozens]"),
            ("tens of thousands of shops", "20000..-1 at_least count [tens of thousands]"),
            ("some $ 5 million today", "5000000 about money [some $ 5 million]USD"),
            ("5 million Canadian dollars today", "5000000 exact money [5 million Canadian dollars]CAD"),
            ("more than 60 per cent of", "60 more_than percent [more than 60 per cent]"),
            ("one in five houses", "20 exact percent [one in five]"),
            ("half of them", "50 exact percent [half]"),
            ("two thirds of them", "66.7 exact percent [two thirds]"),
            ("10 or more shops", "10 at_least count [10 or more]"),
            ("a 25 - year - old man", "25 exact age [25]"),
            ("about 20 km away", "20 about measure [about 20]"),
        ] {
            assert_eq!(numbers(line), [expected], "{line}");
        }
        assert!(numbers("a man at the gate").is_empty());
    }
}
