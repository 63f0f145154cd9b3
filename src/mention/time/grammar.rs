//! The grammar of time expressions, over tokens: which words form one, and what they say. Resolving it is another matter.

use super::token::{Shape, Token};
use crate::resource::TimeClass as C;

/// What an expression says, before it is resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Say {
    /// PAST_REF (-1), PRESENT_REF (0), FUTURE_REF (1).
    Reference(i32),
    /// A day by its distance from publication.
    Day(i32),
    /// A date in the calendar, as much of it as is said.
    Date { year: Option<i32>, month: Option<u8>, day: Option<u8>, last_day: Option<u8>, weekday: Option<u8>, shift: Option<i32> },
    /// A season, with its year or its distance.
    Season { season: u8, year: Option<i32>, shift: Option<i32> },
    /// A quarter of a year.
    Quarter { quarter: u8, year: Option<i32>, shift: Option<i32> },
    /// A half of a year.
    Half { half: u8, year: Option<i32>, shift: Option<i32> },
    /// "the 1990s": its first year.
    Decade(i32),
    /// "the 20th century": 20.
    Century(i32),
    /// "last week": unit and distance from the present one.
    Unit { unit: Unit, shift: i32 },
    /// "the following year", "that day": distance from the time spoken of.
    Narrative { unit: Unit, shift: i32 },
    /// "the week" alone.
    Bare(Unit),
    /// "two weeks ago" (sign -1, from publication), "a day earlier" (from the time spoken of).
    Ago { amount: Amount, unit: Unit, sign: i32, narrative: bool },
    /// "three days"; "the past 12 months" (side -1), "the next few days" (1).
    Span { amount: Amount, unit: Unit, side: i32 },
    /// "every two weeks".
    Every { amount: Amount, unit: Unit },
    /// "Mondays".
    EveryWeekday(u8),
    /// "each July".
    EveryMonth(u8),
    /// A part of the day alone ("the morning").
    Part,
}

/// Number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// So many.
    Exact(f64),
    /// "several", "weeks".
    Some,
}

/// Unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Weekend,
    Fortnight,
}

impl Unit {
    fn of(value: i32) -> Unit {
        use Unit as U;
        [U::Second, U::Minute, U::Hour, U::Day, U::Week, U::Month, U::Quarter, U::Year, U::Decade, U::Century, U::Weekend, U::Fortnight]
            .get(value as usize)
            .copied()
            .unwrap_or(U::Day)
    }
}

/// Time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Part of the day as in `words.txt`: 1 morning to 4 night, 12 noon, 24 midnight, 5 dawn, 18 dusk.
    Part(i32),
    /// Hour and minute.
    At(u8, u8),
    /// An hour alone.
    Hour(u8),
}

/// An expression: what it says, and how far it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expression {
    /// One past its last token.
    pub(super) end: usize,
    /// What it says.
    pub(super) say: Say,
    /// Start (-1), middle (0), end (1) of it.
    pub(super) edge: Option<i32>,
    /// Time of day.
    pub(super) clock: Option<Clock>,
}

impl Expression {
    fn new(end: usize, say: Say) -> Self {
        Self { end, say, edge: None, clock: None }
    }
}

/// Reads time expressions in the tokens of one sentence.
pub(super) struct Grammar<'t> {
    pub(super) tokens: &'t [Token],
}

impl Grammar<'_> {
    /// The longest expression that starts at `at`.
    pub(super) fn expression(&self, at: usize) -> Option<Expression> {
        let token = self.tokens.get(at)?;
        if token.word.is_none() && token.number.is_none() && token.shape == Shape::None {
            return None;
        }
        let readings = [
            self.clock(at),
            self.edge(at),
            self.set(at),
            self.reference(at),
            self.shifted(at),
            self.quarter(at),
            self.amount_expression(at),
            self.date(at),
            self.plain(at),
        ];
        // The first of the longest: `max_by_key` would give the last.
        readings.into_iter().flatten().rev().max_by_key(|found| found.end)
    }

    fn class(&self, at: usize) -> Option<C> {
        self.tokens.get(at)?.word.map(|word| word.class)
    }

    fn value(&self, at: usize, class: C) -> Option<i32> {
        self.tokens.get(at)?.word.filter(|word| word.class == class).map(|word| word.value)
    }

    fn is(&self, at: usize, class: C) -> bool {
        self.class(at) == Some(class)
    }

    /// `at`, or what follows it where it has this class.
    fn skip(&self, at: usize, class: C) -> usize {
        if self.is(at, class) { at + 1 } else { at }
    }

    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let number = self.tokens.get(at)?.number.filter(|number| !number.vague)?;
        Some((number.value, number.end))
    }

    fn ordinal(&self, at: usize) -> Option<u8> {
        match self.tokens.get(at)?.shape {
            Shape::Ordinal(value) => Some(value),
            _ => None,
        }
    }

    fn day_number(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        match token.shape {
            Shape::Ordinal(day @ 1..=31) => Some(day),
            Shape::None => token
                .number
                .filter(|number| number.bare_digits && number.end == at + 1 && (1.0..=31.0).contains(&number.value))
                .map(|number| number.value as u8),
            _ => None,
        }
    }

    /// A year in digits, where the place allows nothing else.
    fn year_number(&self, at: usize) -> Option<i32> {
        let token = self.tokens.get(at)?;
        if let Shape::Year(year) = token.shape {
            return Some(year);
        }
        token.number.filter(|number| number.bare_digits && number.end == at + 1 && (1000.0..2200.0).contains(&number.value)).map(|number| number.value as i32)
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        self.value(at, C::Unit).map(Unit::of)
    }

    fn units(&self, at: usize) -> Option<Unit> {
        self.value(at, C::Units).map(Unit::of)
    }

    /// "now", "the future", "these days".
    fn reference(&self, at: usize) -> Option<Expression> {
        if let Some(value) = self.value(at, C::Ref) {
            return Some(Expression::new(at + 1, Say::Reference(value)));
        }
        if self.is(at, C::Right) && self.value(at + 1, C::Ref) == Some(0) {
            return Some(Expression::new(at + 2, Say::Reference(0)));
        }
        if self.is(at, C::These) && self.units(at + 1) == Some(Unit::Day) {
            return Some(Expression::new(at + 2, Say::Reference(0)));
        }
        if self.is(at, C::The) {
            let noun = self.skip(at + 1, C::Near);
            if self.is(noun, C::Noun) {
                return Some(Expression::new(noun + 1, Say::Reference(1)));
            }
            if self.is(at + 1, C::Past)
                && self
                    .tokens
                    .get(at + 2)
                    .is_none_or(|next| next.word.is_none_or(|word| matches!(word.class, C::Comma | C::Or | C::In)) && next.number.is_none() && !next.content)
            {
                return Some(Expression::new(at + 2, Say::Reference(-1)));
            }
        }
        None
    }

    /// "earlier this year", "early 2016", "mid-March", "the end of 2016", "year-end".
    fn edge(&self, at: usize) -> Option<Expression> {
        // "earlier this year", "later that day", "earlier in the week", "later Tuesday"
        if let Some(side) = match self.class(at)? {
            C::Earlier => Some(-1),
            C::Later => Some(1),
            _ => None,
        } {
            let inner = self.skip(at + 1, C::In);
            let found = self.inner(inner).filter(|found| {
                matches!(
                    found.say,
                    Say::Unit { .. } | Say::Narrative { .. } | Say::Day(_) | Say::Date { weekday: Some(_), .. } | Say::Bare(_) | Say::Season { .. }
                )
            })?;
            let say = match found.say {
                Say::Bare(unit) => Say::Unit { unit, shift: 0 },
                say => say,
            };
            return Some(Expression { edge: Some(side), say, ..found });
        }
        let start = self.skip(at, C::The);
        // "year-end", "the month's end"
        if let Some(unit) = self.unit(start)
            && matches!(unit, Unit::Year | Unit::Month)
        {
            let end = if matches!(self.class(start + 1), Some(C::Hyphen | C::Possessive)) { start + 2 } else { start + 1 };
            return (self.value(end, C::EdgeOf) == Some(1)).then(|| Expression { edge: Some(1), ..Expression::new(end + 1, Say::Unit { unit, shift: 0 }) });
        }
        let (edge, inner) = if let Some(edge) = self.value(start, C::EdgeOf) {
            (edge, start + 2)
        } else if self.tokens.get(start)?.middle {
            (0, start)
        } else {
            (self.value(start, C::Edge)?, self.skip(start + 1, C::Hyphen))
        };
        if self.is(start, C::EdgeOf) && !self.is(start + 1, C::Of) {
            return None;
        }
        let found = self.inner(inner)?;
        if found.edge.is_some() || matches!(found.say, Say::Reference(_) | Say::Ago { .. } | Say::Every { .. } | Say::EveryWeekday(_) | Say::EveryMonth(_)) {
            return None;
        }
        let say = match found.say {
            Say::Bare(unit) => Say::Unit { unit, shift: 0 },
            Say::Span { side: 0, .. } => return None,
            say => say,
        };
        Some(Expression { edge: Some(edge), say, ..found })
    }

    /// An expression inside another one.
    fn inner(&self, at: usize) -> Option<Expression> {
        let readings = [self.clock(at), self.shifted(at), self.quarter(at), self.amount_expression(at), self.date(at), self.plain(at), self.bare_year(at)];
        readings.into_iter().flatten().rev().max_by_key(|found| found.end)
    }

    /// "daily", "every day", "each July", "Mondays".
    fn set(&self, at: usize) -> Option<Expression> {
        if let Some(value) = self.value(at, C::Daily) {
            return Some(Expression::new(at + 1, Say::Every { amount: Amount::Exact(1.0), unit: Unit::of(value) }));
        }
        if let Some(day) = self.value(at, C::Weekdays) {
            return Some(Expression::new(at + 1, Say::EveryWeekday(day as u8)));
        }
        if let Some(day) = self.value(at, C::Weekday)
            && let Some(part) = self.value(at + 1, C::Part)
            && self.tokens[at + 1].plural_noun
        {
            return Some(Expression { clock: Some(Clock::Part(part)), ..Expression::new(at + 2, Say::EveryWeekday(day as u8)) });
        }
        if !self.is(at, C::Every) {
            return None;
        }
        let mut next = self.skip(at + 1, C::Other);
        let mut amount = Amount::Exact(if next > at + 1 { 2.0 } else { 1.0 });
        if let Some((number, end)) = self.number(next) {
            amount = Amount::Exact(number);
            next = end;
        }
        if let Some(unit) = self.unit(next).or_else(|| self.units(next)) {
            return Some(Expression::new(next + 1, Say::Every { amount, unit }));
        }
        if let Some(day) = self.value(next, C::Weekday) {
            return Some(Expression::new(next + 1, Say::EveryWeekday(day as u8)));
        }
        if let Some(month) = self.value(next, C::Month) {
            return Some(Expression::new(next + 1, Say::EveryMonth(month as u8)));
        }
        if self.is(next, C::Part) {
            return Some(Expression::new(next + 1, Say::Every { amount, unit: Unit::Day }));
        }
        None
    }

    /// "last week", "this Friday", "the past 12 months", "the next few days", "recent weeks", "that day", "last night".
    fn shifted(&self, at: usize) -> Option<Expression> {
        let start = if matches!(self.class(at), Some(C::The | C::My | C::Article)) { at + 1 } else { at };
        let (side, narrative, mut next) = match self.class(start)? {
            C::Shift => (self.tokens[start].word?.value, false, start + 1),
            C::Past | C::Recent => (-1, false, start + 1),
            C::Narrative => (self.tokens[start].word?.value, true, start + 1),
            C::That => (0, true, start + 1),
            _ => return None,
        };
        let mut past = matches!(self.class(start), Some(C::Past));
        let recent = matches!(self.class(start), Some(C::Recent));
        if self.is(next, C::Past) || (self.is(next, C::Shift) && side == 0) {
            // "this past spring", "this coming Sunday"
            past = self.is(next, C::Past);
            let side = if past { -1 } else { self.tokens[next].word?.value };
            return self.shifted_after(next + 1, side, false, past && !self.is(next + 1, C::Season) && !self.is(next + 1, C::Weekday), false);
        }
        if self.is(next, C::Narrative) && self.tokens[next].word?.value == 0 {
            next += 1; // "that same day"
        }
        self.shifted_after(next, side, narrative, past, recent)
    }

    fn shifted_after(&self, mut next: usize, side: i32, narrative: bool, past: bool, recent: bool) -> Option<Expression> {
        if let Some(day) = self.value(next, C::Weekday) {
            let side = if narrative && side == 0 { 0 } else { side };
            let found = self.date(next)?;
            let say = match found.say {
                Say::Date { year, month, day, last_day, weekday, .. } => Say::Date { year, month, day, last_day, weekday, shift: Some(side) },
                _ => Say::Date { year: None, month: None, day: None, last_day: None, weekday: Some(day as u8), shift: Some(side) },
            };
            return Some(Expression { say, ..found });
        }
        if let Some(month) = self.value(next, C::Month) {
            return Some(Expression::new(
                next + 1,
                Say::Date { year: None, month: Some(month as u8), day: None, last_day: None, weekday: None, shift: Some(side) },
            ));
        }
        if let Some(season) = self.value(next, C::Season) {
            return Some(Expression::new(next + 1, Say::Season { season: season as u8, year: None, shift: Some(side) }));
        }
        if let Some(part) = self.value(next, C::Part) {
            let say = if narrative { Say::Narrative { unit: Unit::Day, shift: side } } else { Say::Day(side.min(0)) };
            return Some(Expression { clock: Some(Clock::Part(part)), ..Expression::new(next + 1, say) });
        }
        // A number of units: always a stretch that reaches up to now, or starts now.
        if let Some((amount, units, end)) = self.amount(next)
            && self.class(next) != Some(C::Article)
        {
            let side = if past { -1 } else { side };
            return (side != 0).then(|| Expression::new(end, Say::Span { amount, unit: units, side: if narrative { 0 } else { side } }));
        }
        next = self.skip(next, C::Fiscal);
        if let Some(units) = self.units(next) {
            let side = if recent || past { -1 } else { side };
            return (side != 0).then(|| Expression::new(next + 1, Say::Span { amount: Amount::Some, unit: units, side }));
        }
        let unit = self.unit(next)?;
        // "this second" is no time; "this minute" is now.
        if matches!(unit, Unit::Second | Unit::Minute) {
            return None;
        }
        let mut end = next + 1;
        if matches!(self.class(end), Some(C::Hyphen)) && self.is(end + 1, C::Old) {
            return None;
        }
        if past {
            return Some(Expression::new(end, Say::Span { amount: Amount::Exact(1.0), unit, side: -1 }));
        }
        if recent {
            return None;
        }
        if narrative {
            return Some(Expression::new(end, Say::Narrative { unit, shift: side }));
        }
        // "this year's third quarter"
        if unit == Unit::Year
            && self.is(end, C::Possessive)
            && let Some(found) = self.quarter(end + 1)
        {
            let say = match found.say {
                Say::Quarter { quarter, .. } => Say::Quarter { quarter, year: None, shift: Some(side) },
                Say::Half { half, .. } => Say::Half { half, year: None, shift: Some(side) },
                say => say,
            };
            return Some(Expression { say, ..found });
        }
        if unit == Unit::Day && side != 0 {
            return Some(Expression::new(end, Say::Narrative { unit, shift: side }));
        }
        end = next + 1;
        Some(Expression::new(end, Say::Unit { unit, shift: side }))
    }

    /// "the third quarter", "third-quarter", "the first half of 2016", "the second quarter this year".
    fn quarter(&self, at: usize) -> Option<Expression> {
        let mut next = self.skip(at, C::The);
        next = self.skip(next, C::Fiscal);
        next = self.skip(next, C::Hyphen);
        let ordinal = self.ordinal(next).or_else(|| (self.value(next, C::Shift) == Some(-1) && self.is(next + 1, C::Half)).then_some(2))?;
        let mut end = self.skip(next + 1, C::Hyphen);
        end = self.skip(end, C::Fiscal);
        if self.ordinal(next).is_some() && self.unit(end) == Some(Unit::Century) {
            return Some(Expression::new(end + 1, Say::Century(i32::from(ordinal))));
        }
        let half = self.is(end, C::Half) && ordinal <= 2;
        if !(half || self.unit(end) == Some(Unit::Quarter) && ordinal <= 4) {
            // "the first nine months"
            let (amount, unit, end) = self.amount(next + 1)?;
            return self
                .ordinal(next)
                .filter(|&ordinal| ordinal == 1 && !self.is(next + 1, C::Article))
                .map(|_| Expression::new(end, Say::Span { amount, unit, side: 0 }));
        }
        end += 1;
        let (mut year, mut shift) = (None, None);
        let of = self.skip(end, C::Of);
        if let Some(number) = self.year_number(of) {
            year = Some(number);
            end = of + 1;
        } else if let Some(found) = self.shifted(of)
            && let Say::Unit { unit: Unit::Year, shift: side } = found.say
        {
            shift = Some(side);
            end = found.end;
        } else if half && of > end && self.is(of, C::The) && self.unit(of + 1) == Some(Unit::Year) {
            shift = Some(0);
            end = of + 2;
        } else if half {
            return None; // the second half of a match
        }
        Some(Expression::new(end, if half { Say::Half { half: ordinal, year, shift } } else { Say::Quarter { quarter: ordinal, year, shift } }))
    }

    /// Number and unit: "12 months", "a few days", "three-day", "a couple of weeks", "two to three weeks", "half an hour".
    fn amount(&self, at: usize) -> Option<(Amount, Unit, usize)> {
        let (mut amount, mut next) = match self.class(at) {
            Some(C::Article) if self.tokens[at].number.is_none() => match self.class(at + 1) {
                Some(C::AFew) => (Amount::Some, at + 2),
                Some(C::Couple) => (Amount::Exact(2.0), self.skip(at + 2, C::Of)),
                Some(C::Few) => (Amount::Some, at + 2),
                _ => (Amount::Exact(1.0), at + 1),
            },
            Some(C::Few | C::AFew) => (Amount::Some, at + 1),
            Some(C::Couple) => (Amount::Exact(2.0), self.skip(at + 1, C::Of)),
            Some(C::Half) if self.is(at + 1, C::Article) => (Amount::Exact(0.5), at + 2),
            _ => {
                let number = self.tokens.get(at)?.number?;
                (if number.vague { Amount::Some } else { Amount::Exact(number.value) }, if number.vague { self.skip(number.end, C::Of) } else { number.end })
            }
        };
        let article = self.is(at, C::Article);
        // "two to three weeks", "12 - 18 months"
        if matches!(self.class(next), Some(C::Or | C::Hyphen))
            && let Some((_, end)) = self.number(next + 1)
            && let Some((_, unit, end)) = self.finish_amount(end)
        {
            amount = Amount::Some;
            return Some((amount, unit, end));
        }
        let (hyphen, unit, mut end) = self.finish_amount(next)?;
        // "a second", "a quarter": an ordinal, a share
        if article && matches!(amount, Amount::Exact(1.0)) && matches!(unit, Unit::Second | Unit::Quarter) {
            return None;
        }
        next = end;
        // "three quarters of"
        if unit == Unit::Quarter && self.is(end, C::Of) {
            return None;
        }
        // Ages.
        if self.is(self.skip(next, C::Hyphen), C::Old) {
            return None;
        }
        // "a year and a half"
        if !hyphen && self.is(next, C::Or) && self.is(next + 1, C::Article) && self.is(next + 2, C::Half) && !self.is(next + 3, C::Of) {
            if let Amount::Exact(number) = amount {
                amount = Amount::Exact(number + 0.5);
            }
            end = next + 3;
        }
        Some((amount, unit, end))
    }

    /// The unit after a number, with what may stand between.
    fn finish_amount(&self, at: usize) -> Option<(bool, Unit, usize)> {
        let mut next = at;
        let hyphen = self.is(next, C::Hyphen);
        if hyphen {
            next += 1;
        } else {
            next = self.skip(next, C::More);
        }
        let unit = self.unit(next).or_else(|| self.units(next))?;
        Some((hyphen, unit, next + 1))
    }

    /// An amount with what may follow: "two weeks ago", "a day earlier", "about a year", "for weeks".
    fn amount_expression(&self, at: usize) -> Option<Expression> {
        let mut start = at;
        if self.value(start, C::Qualifier) == Some(1) {
            return None;
        }
        while self.is(start, C::Qualifier) && start < at + 4 {
            start += 1;
        }
        let qualified = start > at;
        if qualified && self.value(at, C::Qualifier) == Some(0) && matches!(self.class(start), Some(C::The | C::Shift | C::Past)) {
            // "at least the past 18 months"
            return self.shifted(start).filter(|found| matches!(found.say, Say::Span { .. }));
        }
        if let Some((amount, unit, end)) = self.amount(start) {
            if let Some(found) = self.ago(end, amount, unit) {
                return Some(found);
            }
            // "a year", "a day" after a number or a noun is a rate: "25,000 a year".
            if !qualified && self.is(start, C::Article) && start > 0 && matches!(amount, Amount::Exact(1.0)) {
                let before = &self.tokens[start - 1];
                if before.counted || before.plural_noun {
                    return Some(Expression::new(end, Say::Every { amount, unit }));
                }
            }
            let end = self.or_so(end);
            return Some(Expression::new(end, Say::Span { amount, unit, side: 0 }));
        }
        if let Some(unit) = self.units(start) {
            if matches!(unit, Unit::Second | Unit::Quarter | Unit::Weekend) || self.is(self.skip(start + 1, C::Hyphen), C::Old) {
                return None;
            }
            let mut end = start + 1;
            if self.is(end, C::Or)
                && let Some(_) = self.units(end + 1)
            {
                end += 2; // "weeks or months"
            }
            return Some(self.ago(end, Amount::Some, unit).unwrap_or(Expression::new(end, Say::Span { amount: Amount::Some, unit, side: 0 })));
        }
        None
    }

    fn or_so(&self, end: usize) -> usize {
        let so = self.tokens.get(end + 1).is_some_and(|token| token.so);
        if self.is(end, C::Or) && so { end + 2 } else { end }
    }

    fn ago(&self, end: usize, amount: Amount, unit: Unit) -> Option<Expression> {
        let end = self.or_so(end);
        let (sign, narrative, end) = match self.class(end)? {
            C::Ago => (-1, false, end + 1),
            C::Ahead => (1, false, end + 1),
            C::Earlier => (-1, true, end + 1),
            C::Later => (1, true, end + 1),
            C::From if self.value(end + 1, C::Ref) == Some(0) => (1, false, end + 2),
            _ => return None,
        };
        Some(Expression::new(end, Say::Ago { amount, unit, sign, narrative }))
    }

    /// "Tuesday", "Dec. 1, 2016", "1 December", "the 25th of May", "October last year".
    fn date(&self, at: usize) -> Option<Expression> {
        if let Shape::Date(year, month, day) = self.tokens.get(at)?.shape {
            let say = Say::Date { year: Some(year), month: Some(month), day: Some(day), last_day: None, weekday: None, shift: None };
            return Some(self.with_part(Expression::new(at + 1, say)));
        }
        if let Some(offset) = self.value(at, C::Day) {
            let (offset, clock) = if offset >= 10 { (0, Some(Clock::Part(4))) } else { (offset, None) };
            return Some(self.with_part(Expression { clock, ..Expression::new(at + 1, Say::Day(offset)) }));
        }
        if let Some(weekday) = self.value(at, C::Weekday) {
            let plain = Expression::new(at + 1, Say::Date { year: None, month: None, day: None, last_day: None, weekday: Some(weekday as u8), shift: None });
            let plain = self.with_part(plain);
            let after = self.skip(plain.end, C::Comma);
            let after = if self.is(after, C::The) && self.ordinal(after + 1).is_some() { after + 1 } else { after };
            if let Some(found) = self.month_day(after)
                && let Say::Date { year, month, day: Some(day), last_day, .. } = found.say
            {
                let say = Say::Date { year, month, day: Some(day), last_day, weekday: Some(weekday as u8), shift: None };
                return Some(Expression { say, clock: plain.clock, ..found });
            }
            return Some(plain);
        }
        if let Some(feast) = self.value(at, C::Feast) {
            let eve = self.is(at + 1, C::Eve);
            let end = if eve || self.unit(at + 1) == Some(Unit::Day) { at + 2 } else { at + 1 };
            let day = (feast % 100) as u8 - u8::from(eve);
            let (year, end) = self.year_after(end);
            return Some(Expression::new(
                end,
                Say::Date { year, month: Some((feast / 100) as u8), day: Some(day), last_day: None, weekday: None, shift: None },
            ));
        }
        self.month_day(at).map(|found| self.with_part(found))
    }

    fn year_after(&self, at: usize) -> (Option<i32>, usize) {
        let after = if matches!(self.class(at), Some(C::Comma | C::Of)) { at + 1 } else { at };
        match self.year_number(after) {
            Some(year) if !(self.tokens.get(after + 1).is_some_and(|next| next.plural_noun) && after == at && year % 50 == 0) => (Some(year), after + 1),
            _ => (None, at),
        }
    }

    /// Month with day and year, in any order.
    fn month_day(&self, at: usize) -> Option<Expression> {
        if let Some(month) = self.value(at, C::Month) {
            let month = month as u8;
            if let Some(first) = self.day_number(at + 1) {
                let mut end = at + 2;
                let mut last_day = None;
                if matches!(self.class(end), Some(C::Hyphen | C::Or))
                    && let Some(last) = self.day_number(end + 1)
                    && last > first
                    && !self
                        .tokens
                        .get(end + 2)
                        .is_some_and(|next| next.content || next.word.is_some_and(|word| matches!(word.class, C::Month | C::Units | C::Unit)))
                {
                    last_day = Some(last);
                    end += 2;
                }
                let (year, end) = self.year_after(end);
                return Some(Expression::new(end, Say::Date { year, month: Some(month), day: Some(first), last_day, weekday: None, shift: None }));
            }
            let (year, end) = self.year_after(at + 1);
            if year.is_none()
                && let Some(found) = self.shifted(at + 1)
                && let Say::Unit { unit: Unit::Year, shift } = found.say
            {
                return Some(Expression::new(
                    found.end,
                    Say::Date { year: None, month: Some(month), day: None, last_day: None, weekday: None, shift: Some(10 + shift) },
                ));
            }
            return Some(Expression::new(end, Say::Date { year, month: Some(month), day: None, last_day: None, weekday: None, shift: None }));
        }
        let start = if self.is(at, C::The) && self.ordinal(at + 1).is_some() { at + 1 } else { at };
        let first = self.day_number(start)?;
        let mut next = start + 1;
        let mut last_day = None;
        if matches!(self.class(next), Some(C::Hyphen | C::Or))
            && let Some(last) = self.day_number(next + 1)
            && last > first
            && self.is(self.skip(next + 2, C::Of), C::Month)
        {
            last_day = Some(last);
            next += 2;
        }
        next = self.skip(next, C::Of);
        let month = self.value(next, C::Month)?;
        let (year, end) = self.year_after(next + 1);
        Some(Expression::new(end, Say::Date { year, month: Some(month as u8), day: Some(first), last_day, weekday: None, shift: None }))
    }

    /// With a part of the day after it: "Tuesday evening".
    fn with_part(&self, found: Expression) -> Expression {
        match self.value(found.end, C::Part) {
            Some(part) if part < 5 => Expression { end: found.end + 1, clock: Some(Clock::Part(part)), ..found },
            _ => found,
        }
    }

    /// "5 p.m. Tuesday", "10:30", "noon Friday", "the evening of March 3", "midnight".
    fn clock(&self, at: usize) -> Option<Expression> {
        let token = self.tokens.get(at)?;
        let (clock, mut end) = if let Shape::Clock(hour, minute) = token.shape {
            match self.value(at + 1, C::Am) {
                Some(add) => (Clock::At(hour % 12 + add as u8, minute), at + 2),
                None => (Clock::At(hour, minute), at + 1),
            }
        } else if let Some(hour) = self.day_number(at)
            && hour <= 12
            && let Some(add) = self.value(at + 1, C::Am)
        {
            (Clock::Hour(hour % 12 + add as u8), at + 2)
        } else if let Some(number) = token.number
            && number.bare_digits
            && self.is(at + 1, C::ClockWord)
        {
            let (hour, minute) = if number.value >= 100.0 { ((number.value / 100.0) as u8, (number.value % 100.0) as u8) } else { (number.value as u8, 0) };
            (if hour < 25 && minute < 60 { Clock::At(hour, minute) } else { return None }, at + 1)
        } else {
            let start = self.skip(at, C::The);
            let part = self.value(start, C::Part)?;
            // A part of the day stands for a time only with "the" or as noon, midnight, dawn.
            if start == at && part < 5 {
                return None;
            }
            (Clock::Part(part), start + 1)
        };
        while self.is(end, C::ClockWord) {
            end += 1;
        }
        let of = if self.is(end, C::Of) || self.is(end, C::Comma) { end + 1 } else { end };
        if let Some(found) = self.date(of).or_else(|| self.shifted(of).filter(|found| matches!(found.say, Say::Date { .. })))
            && matches!(found.say, Say::Day(_) | Say::Date { day: Some(_), .. } | Say::Date { weekday: Some(_), .. })
        {
            return Some(Expression { clock: Some(clock), ..found });
        }
        Some(Expression { clock: Some(clock), ..Expression::new(end, Say::Part) })
    }

    /// Decades, seasons, bare units and years.
    fn plain(&self, at: usize) -> Option<Expression> {
        let start = self.skip(at, C::The);
        match self.tokens.get(start)?.shape {
            Shape::Decade(decade) => return Some(Expression::new(start + 1, Say::Decade(decade))),
            Shape::Year(year) => {
                return Some(Expression::new(start + 1, Say::Date { year: Some(year), month: None, day: None, last_day: None, weekday: None, shift: None }));
            }
            _ => {}
        }
        if let Some(decade) = self.value(start, C::Nineties) {
            return (start > at).then(|| Expression::new(start + 1, Say::Decade(1900 + decade)));
        }
        if let Some(season) = self.value(start, C::Season) {
            let (year, end) = self.year_after(start + 1);
            let shift = None;
            return Some(Expression::new(end, Say::Season { season: season as u8, year, shift })).filter(|_| {
                start > at || year.is_some() || self.tokens.get(at.wrapping_sub(1)).is_some_and(|before| before.preposition || self.is(at - 1, C::Edge))
            });
        }
        if start > at {
            let named = self.skip(start, C::Fiscal);
            let unit = self.unit(named)?;
            if matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Weekend | Unit::Decade) {
                let next = self.tokens.get(named + 1);
                let alone = next.is_none_or(|next| {
                    !next.noun
                        && next.number.is_none()
                        && !next.verbal
                        && !matches!(next.word.map(|word| word.class), Some(C::Of | C::Hyphen | C::That | C::Possessive | C::Old))
                });
                let governed = self.tokens.get(at.wrapping_sub(1)).is_some_and(|before| before.preposition) || self.is(at.wrapping_sub(1), C::Of);
                return (alone && (governed || unit == Unit::Weekend)).then(|| Expression::new(named + 1, Say::Bare(unit)));
            }
            return None;
        }
        self.free_year(at)
    }

    /// A year inside another expression ("early 2016", "the end of 2016").
    fn bare_year(&self, at: usize) -> Option<Expression> {
        let year = self.year_number(at)?;
        Some(Expression::new(at + 1, Say::Date { year: Some(year), month: None, day: None, last_day: None, weekday: None, shift: None }))
    }

    /// A year that stands free: four digits where no count can be meant.
    fn free_year(&self, at: usize) -> Option<Expression> {
        let year = self.year_number(at)?;
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let next = self.tokens.get(at + 1);
        if before.is_some_and(|before| before.currency || before.number.is_some_and(|number| number.end == at) || self.is(at - 1, C::Qualifier)) {
            return None;
        }
        let governed = before.is_some_and(|before| {
            before.preposition
                || before.word.is_some_and(|word| matches!(word.class, C::The | C::Of | C::Or | C::Possessive | C::My | C::Fiscal | C::In | C::From))
        });
        let counted = next.is_some_and(|next| next.measure || (next.plural_noun && (!governed || year % 50 == 0)));
        let plausible = (1900..2100).contains(&year) || governed;
        (plausible && !counted && (governed || next.is_none_or(|next| !next.content) || next.is_some_and(|next| next.noun && !next.plural_noun)))
            .then(|| self.bare_year(at))
            .flatten()
    }
}
