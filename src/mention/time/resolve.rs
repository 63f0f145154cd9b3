//! From what an expression says to an interval of days, against the day of publication and nothing else.

use jiff::ToSpan;
use jiff::civil::Date;

use super::grammar::{Amount, Clock, Expression, Say, Unit};
use crate::record::{DateBasis, DatePrecision, TimeKind};

/// How the clause around an expression stands to the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Present, or no finite verb.
    Unknown,
}

/// What an expression is resolved against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Against {
    /// Day of publication.
    pub(super) day: Option<Date>,
    /// Tense of the clause.
    pub(super) tense: Tense,
    /// First day and precision of the time last spoken of in the paragraph.
    pub(super) spoken_of: Option<(Date, DatePrecision)>,
}

/// A resolved expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) timex: String,
    pub(super) days: Option<(Date, Date)>,
    pub(super) basis: DateBasis,
    pub(super) precision: DatePrecision,
}

use DateBasis::{Explicit, Relative};
use DatePrecision as P;

/// Resolves an expression.
pub(super) fn resolve(expression: &Expression, against: Against) -> Resolved {
    let mut resolved = match expression.say {
        Say::Reference(side) => reference(side, against.day),
        Say::Day(offset) => relative(against.day.and_then(|day| add(day, offset)).map(|day| (day, day)), P::Day),
        Say::Date { year, month, day, last_day, weekday, shift } => date(year, month, day, last_day, weekday, shift, against),
        Say::Season { season, year, shift } => season_of(season, year, shift, against),
        Say::Quarter { quarter, year, shift } => part_of_year(year, shift, against, quarter, 3, "Q"),
        Say::Half { half, year, shift } => part_of_year(year, shift, against, half, 6, "H"),
        Say::Decade(first) => explicit(Date::new(first as i16, 1, 1).ok().zip(Date::new(first as i16 + 9, 12, 31).ok()), P::Decade, format!("{}", first / 10)),
        Say::Century(century) => {
            let first = (century - 1) * 100;
            explicit(Date::new(first as i16, 1, 1).ok().zip(Date::new(first as i16 + 99, 12, 31).ok()), P::Span, format!("{:02}", century - 1))
        }
        Say::Unit { unit, shift } => unit_of(unit, shift, against.day),
        Say::Narrative { unit, shift } => narrative(unit, shift, against),
        Say::Bare(unit) => match unit {
            Unit::Weekend => {
                let shift = match (against.tense, against.day) {
                    (Tense::Future, _) => 0,
                    (_, Some(day)) if day.weekday().to_monday_one_offset() >= 6 => 0,
                    _ => -1,
                };
                unit_of(unit, shift, against.day)
            }
            unit => Resolved { timex: blank(unit).to_owned(), ..relative(None, precision(unit)) },
        },
        Say::Ago { amount, unit, sign, narrative } => ago(amount, unit, sign, narrative, against),
        Say::Span { amount, unit, side } => span(amount, unit, side, against.day),
        Say::Every { amount, unit } => set(duration(amount, unit), precision(unit)),
        Say::EveryWeekday(day) => set(format!("XXXX-WXX-{day}"), P::Day),
        Say::EveryMonth(month) => set(format!("XXXX-{month:02}"), P::Month),
        // A clock time alone has the day last spoken of, if that is a day.
        Say::Part => relative(against.spoken_of.filter(|(_, spoken)| matches!(spoken, P::Day | P::Time)).map(|(day, _)| (day, day)), P::Day),
    };
    if let Some(clock) = expression.clock {
        at_clock(&mut resolved, clock);
    }
    resolved
}

fn relative(days: Option<(Date, Date)>, precision: DatePrecision) -> Resolved {
    let timex = days.map_or_else(|| blank_of(precision).to_owned(), |(start, _)| write(start, precision));
    Resolved { kind: TimeKind::Date, timex, days, basis: Relative, precision }
}

fn explicit(days: Option<(Date, Date)>, precision: DatePrecision, timex: String) -> Resolved {
    Resolved { kind: TimeKind::Date, timex, days, basis: Explicit, precision }
}

fn set(timex: String, precision: DatePrecision) -> Resolved {
    Resolved { kind: TimeKind::Set, timex, days: None, basis: Relative, precision }
}

fn reference(side: i32, day: Option<Date>) -> Resolved {
    let timex = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(side + 1).clamp(0, 2) as usize].to_owned();
    let days = day.filter(|_| side == 0).map(|day| (day, day));
    Resolved { kind: TimeKind::Date, timex, days, basis: Relative, precision: if days.is_some() { P::Day } else { P::Span } }
}

fn add(date: Date, days: i32) -> Option<Date> {
    date.checked_add(i64::from(days).days()).ok()
}

fn add_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(i64::from(months).months()).ok()
}

fn month(year: i32, month: u8) -> Option<(Date, Date)> {
    let first = Date::new(i16::try_from(year).ok()?, month as i8, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn year(year: i32) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// TIMEX3 value of a date of this precision.
fn write(start: Date, precision: DatePrecision) -> String {
    let (year, month) = (start.year(), start.month());
    match precision {
        P::Time | P::Day => format!("{year:04}-{month:02}-{:02}", start.day()),
        P::Week => {
            let week = start.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        P::Month => format!("{year:04}-{month:02}"),
        P::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        P::Decade => format!("{:03}", year / 10),
        P::Season | P::Year | P::Span => format!("{year:04}"),
    }
}

fn blank_of(precision: DatePrecision) -> &'static str {
    match precision {
        P::Time | P::Day => "XXXX-XX-XX",
        P::Week => "XXXX-WXX",
        P::Month => "XXXX-XX",
        P::Quarter => "XXXX-QX",
        P::Decade => "XXX",
        P::Season | P::Year | P::Span => "XXXX",
    }
}

fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Weekend => "XXXX-WXX-WE",
        unit => blank_of(precision(unit)),
    }
}

fn precision(unit: Unit) -> DatePrecision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => P::Time,
        Unit::Day => P::Day,
        Unit::Week | Unit::Weekend => P::Week,
        Unit::Month => P::Month,
        Unit::Quarter => P::Quarter,
        Unit::Year => P::Year,
        Unit::Decade => P::Decade,
        Unit::Century | Unit::Fortnight => P::Span,
    }
}

/// "Tuesday", "October", "Dec. 1", "March 22, 2013", "last April".
fn date(
    said_year: Option<i32>,
    said_month: Option<u8>,
    day: Option<u8>,
    last_day: Option<u8>,
    weekday: Option<u8>,
    shift: Option<i32>,
    against: Against,
) -> Resolved {
    match (said_year, said_month, day) {
        (Some(at), None, _) => explicit(year(at), P::Year, format!("{at:04}")),
        (Some(at), Some(named), None) => explicit(month(at, named), P::Month, format!("{at:04}-{named:02}")),
        (Some(at), Some(named), Some(day)) => {
            let first = Date::new(at as i16, named as i8, day as i8).ok();
            let last = last_day.and_then(|day| Date::new(at as i16, named as i8, day as i8).ok()).or(first);
            explicit(first.zip(last), P::Day, format!("{at:04}-{named:02}-{day:02}"))
        }
        (None, Some(named), day) => {
            let at = against.day.and_then(|today| year_of_month(named, day, shift, today, against.tense));
            match (at, day) {
                (None, None) => Resolved { timex: format!("XXXX-{named:02}"), ..relative(None, P::Month) },
                (None, Some(day)) => Resolved { timex: format!("XXXX-{named:02}-{day:02}"), ..relative(None, P::Day) },
                (Some(at), None) => relative(month(at, named), P::Month),
                (Some(at), Some(_)) => Resolved { basis: Relative, ..date(Some(at), said_month, day, last_day, weekday, None, against) },
            }
        }
        (None, None, _) => {
            let Some(weekday) = weekday else { return relative(None, P::Day) };
            let named = against.day.and_then(|today| weekday_near(weekday, shift, today, against.tense));
            match named {
                Some(day) => relative(Some((day, day)), P::Day),
                None => Resolved { timex: format!("XXXX-WXX-{weekday}"), ..relative(None, P::Day) },
            }
        }
    }
}

/// The day that a weekday means. In news a bare weekday is the last one, the day of publication included, or, of what is yet to
/// come, the next one. On the same weekday and without a tense it could be a week off: none.
fn weekday_near(weekday: u8, shift: Option<i32>, today: Date, tense: Tense) -> Option<Date> {
    let back = (i32::from(today.weekday().to_monday_one_offset()) - i32::from(weekday)).rem_euclid(7);
    match shift {
        Some(-1) => add(today, -if back == 0 { 7 } else { back }),
        Some(1) => add(today, 7 - back),
        Some(_) if tense == Tense::Future => add(today, (7 - back) % 7),
        Some(_) => add(today, -back),
        None => match tense {
            Tense::Past => add(today, -back),
            Tense::Future => add(today, (7 - back) % 7),
            Tense::Unknown if back == 0 => None,
            Tense::Unknown => add(today, -back),
        },
    }
}

/// The year that a month or a day without one means.
fn year_of_month(named: u8, day: Option<u8>, shift: Option<i32>, today: Date, tense: Tense) -> Option<i32> {
    let this = i32::from(today.year());
    let here = (today.month() as u8, today.day() as u8);
    let there = (named, day.unwrap_or(if named == here.0 { here.1 } else { 1 }));
    match shift {
        // "October last year"
        Some(shift @ 9..=11) => return Some(this + shift - 10),
        Some(-1) => return Some(if named < here.0 { this } else { this - 1 }),
        Some(1) => return Some(if named > here.0 { this } else { this + 1 }),
        Some(_) => return Some(this),
        None => {}
    }
    let months = i32::from(there.0) - i32::from(here.0);
    Some(match tense {
        // A day without a year is near: "put off to Dec. 30" is told in the past, and yet to come.
        _ if day.is_some() && (0..=1).contains(&months) => this,
        _ if day.is_some() && months == -11 => this + 1,
        Tense::Past if there > here => this - 1,
        Tense::Future if there < here => this + 1,
        Tense::Past | Tense::Future => this,
        Tense::Unknown if months > 6 => this - 1,
        Tense::Unknown if months < -8 => this + 1,
        Tense::Unknown => this,
    })
}

fn season_of(season: u8, said: Option<i32>, shift: Option<i32>, against: Against) -> Resolved {
    let code = ["SP", "SU", "FA", "WI"][usize::from(season.clamp(1, 4) - 1)];
    let first_month = [3u8, 6, 9, 12][usize::from(season.clamp(1, 4) - 1)];
    let basis = if said.is_some() { Explicit } else { Relative };
    let at = said.or_else(|| {
        let today = against.day?;
        let this = i32::from(today.year());
        let month = today.month() as u8;
        let (begun, over) = (month >= first_month || season == 4, month > first_month + 2);
        Some(match shift {
            Some(-1) if over && season != 4 => this,
            Some(-1) => this - 1,
            Some(1) if begun => this + 1,
            Some(_) => this,
            None if against.tense == Tense::Past && !begun => this - 1,
            None if against.tense == Tense::Future && over => this + 1,
            None => this,
        })
    });
    let timex = at.map_or_else(|| format!("XXXX-{code}"), |at| format!("{at:04}-{code}"));
    let days = at.and_then(|at| {
        let (first, _) = month(at, first_month)?;
        Some((first, add_months(first, 2)?.last_of_month()))
    });
    Resolved { kind: TimeKind::Date, timex, days, basis, precision: P::Season }
}

/// Quarters (three months) and halves (six).
fn part_of_year(said: Option<i32>, shift: Option<i32>, against: Against, number: u8, months: u8, letter: &str) -> Resolved {
    let basis = if said.is_some() { Explicit } else { Relative };
    let at = said.or_else(|| {
        let today = against.day?;
        let this = i32::from(today.year());
        if let Some(shift) = shift {
            return Some(this + shift);
        }
        let now = (today.month() as u8 - 1) / months + 1;
        Some(match against.tense {
            Tense::Future if number < now => this + 1,
            Tense::Past | Tense::Unknown if number > now => this - 1,
            _ => this,
        })
    });
    let timex = at.map_or_else(|| format!("XXXX-{letter}{number}"), |at| format!("{at:04}-{letter}{number}"));
    let days = at.and_then(|at| {
        let (first, _) = month(at, (number - 1) * months + 1)?;
        Some((first, add_months(first, i32::from(months) - 1)?.last_of_month()))
    });
    Resolved { kind: TimeKind::Date, timex, days, basis, precision: if months == 3 { P::Quarter } else { P::Span } }
}

/// The unit around `day`, moved by `shift`.
fn around(unit: Unit, day: Date, shift: i32) -> Option<(Date, Date)> {
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => {
            let day = add(day, shift)?;
            (day, day)
        }
        Unit::Week | Unit::Fortnight => {
            let monday = add(day, -(i32::from(day.weekday().to_monday_one_offset()) - 1) + 7 * shift)?;
            (monday, add(monday, 6)?)
        }
        Unit::Weekend => {
            let monday = add(day, -(i32::from(day.weekday().to_monday_one_offset()) - 1) + 7 * shift)?;
            (add(monday, 5)?, add(monday, 6)?)
        }
        Unit::Month => {
            let day = add_months(day.first_of_month(), shift)?;
            (day, day.last_of_month())
        }
        Unit::Quarter => {
            let first = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?;
            let first = add_months(first, 3 * shift)?;
            (first, add_months(first, 2)?.last_of_month())
        }
        Unit::Year => year(i32::from(day.year()) + shift)?,
        Unit::Decade => {
            let first = (i32::from(day.year()) / 10 + shift) * 10;
            (year(first)?.0, year(first + 9)?.1)
        }
        Unit::Century => {
            let first = (i32::from(day.year()) / 100 + shift) * 100;
            (year(first)?.0, year(first + 99)?.1)
        }
    })
}

fn unit_of(unit: Unit, shift: i32, today: Option<Date>) -> Resolved {
    let days = today.and_then(|today| around(unit, today, shift));
    let mut resolved = relative(days, precision(unit));
    match unit {
        Unit::Weekend => resolved.timex = days.map_or_else(|| blank(unit).to_owned(), |(start, _)| format!("{}-WE", write(start, P::Week))),
        Unit::Century => resolved.timex = days.map_or_else(|| "XX".to_owned(), |(start, _)| format!("{:02}", start.year() / 100)),
        _ => {}
    }
    resolved
}

/// "the following year", "that day": only from a time that the paragraph has named, else unresolved.
fn narrative(unit: Unit, shift: i32, against: Against) -> Resolved {
    // A year that was named does not fix a day; a day that was named fixes its week, month and year.
    let fine = |precision: DatePrecision| match precision {
        P::Time | P::Day => 0,
        P::Week => 1,
        P::Month => 2,
        P::Quarter | P::Season => 3,
        P::Year => 4,
        P::Decade | P::Span => 5,
    };
    let from = against.spoken_of.filter(|(_, spoken)| fine(*spoken) <= fine(precision(unit)));
    let days = from.and_then(|(day, _)| around(unit, day, shift));
    Resolved { timex: days.map_or_else(|| blank(unit).to_owned(), |(start, _)| write(start, precision(unit))), ..relative(days, precision(unit)) }
}

fn ago(amount: Amount, unit: Unit, sign: i32, narrative: bool, against: Against) -> Resolved {
    let Amount::Exact(number) = amount else {
        let timex = if narrative {
            duration(amount, unit)
        } else if sign < 0 {
            "PAST_REF".to_owned()
        } else {
            "FUTURE_REF".to_owned()
        };
        let kind = if narrative { TimeKind::Duration } else { TimeKind::Date };
        return Resolved { kind, timex, days: None, basis: Relative, precision: P::Span };
    };
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return Resolved { kind: TimeKind::Duration, timex: duration(amount, unit), days: None, basis: Relative, precision: P::Span };
    }
    let fine = precision(unit);
    let from =
        if narrative { against.spoken_of.filter(|(_, spoken)| *spoken == fine || matches!(spoken, P::Day | P::Time)).map(|(day, _)| day) } else { against.day };
    let whole = number.fract() == 0.0;
    let count = number as i32 * sign;
    let days = from.and_then(|from| match unit {
        Unit::Fortnight => around(Unit::Week, from, 2 * count),
        Unit::Weekend => None,
        _ if whole => match unit {
            Unit::Decade => around(Unit::Year, from, 10 * count),
            Unit::Century => around(Unit::Year, from, 100 * count),
            _ => around(unit, from, count),
        },
        // "a year and a half ago": the month.
        Unit::Year => around(Unit::Month, from, (number * 12.0) as i32 * sign),
        _ => None,
    });
    let fine = match unit {
        Unit::Fortnight => P::Week,
        Unit::Decade | Unit::Century => P::Year,
        Unit::Year if !whole => P::Month,
        _ => fine,
    };
    relative(days, fine)
}

/// A stretch: by itself, up to the day of publication, or from it.
fn span(amount: Amount, unit: Unit, side: i32, today: Option<Date>) -> Resolved {
    let timex = duration(amount, unit);
    let days = match (amount, side) {
        (Amount::Exact(number), -1) => today.and_then(|today| Some((back(today, number, unit, -1)?, today))),
        (Amount::Exact(number), 1) => today.and_then(|today| Some((today, back(today, number, unit, 1)?))),
        _ => None,
    };
    Resolved { kind: TimeKind::Duration, timex, days, basis: Relative, precision: P::Span }
}

fn back(day: Date, number: f64, unit: Unit, sign: i32) -> Option<Date> {
    let count = |factor: f64| (number * factor).round() as i32 * sign;
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => add(day, ((number / 24.0).ceil() as i32) * sign),
        Unit::Day => add(day, count(1.0)),
        Unit::Week | Unit::Weekend => add(day, count(7.0)),
        Unit::Fortnight => add(day, count(14.0)),
        Unit::Month => add_months(day, count(1.0)),
        Unit::Quarter => add_months(day, count(3.0)),
        Unit::Year => add_months(day, count(12.0)),
        Unit::Decade => add_months(day, count(120.0)),
        Unit::Century => add_months(day, count(1200.0)),
    }
}

/// TIMEX3 value of a duration.
fn duration(amount: Amount, unit: Unit) -> String {
    let (prefix, letter, factor) = match unit {
        Unit::Second => ("PT", "S", 1.0),
        Unit::Minute => ("PT", "M", 1.0),
        Unit::Hour => ("PT", "H", 1.0),
        Unit::Day => ("P", "D", 1.0),
        Unit::Week => ("P", "W", 1.0),
        Unit::Fortnight => ("P", "W", 2.0),
        Unit::Month => ("P", "M", 1.0),
        Unit::Quarter => ("P", "Q", 1.0),
        Unit::Year => ("P", "Y", 1.0),
        Unit::Weekend => ("P", "WE", 1.0),
        Unit::Decade => ("P", "Y", 10.0),
        Unit::Century => ("P", "Y", 100.0),
    };
    match amount {
        Amount::Some => match unit {
            Unit::Decade => "PXE".to_owned(),
            Unit::Century => "PXC".to_owned(),
            _ => format!("{prefix}X{letter}"),
        },
        Amount::Exact(number) => {
            let number = number * factor;
            let whole = number.trunc();
            let half = number - whole;
            if half == 0.0 {
                return format!("{prefix}{whole}{letter}");
            }
            // Halves in the next smaller unit.
            let smaller = match unit {
                Unit::Year => Some((12.0, "M")),
                Unit::Week => Some((7.0, "D")),
                Unit::Hour => Some((60.0, "M")),
                Unit::Minute => Some((60.0, "S")),
                _ => None,
            };
            match smaller {
                Some((parts, small)) if (half * parts).fract() == 0.0 && whole > 0.0 => format!("{prefix}{whole}{letter}{}{small}", half * parts),
                Some((parts, small)) if (half * parts).fract() == 0.0 => format!("{prefix}{}{small}", half * parts),
                _ => format!("{prefix}{number}{letter}"),
            }
        }
    }
}

/// Puts a time of day on a date.
fn at_clock(resolved: &mut Resolved, clock: Clock) {
    if resolved.kind == TimeKind::Set {
        if let Clock::Part(part @ 1..=4) = clock {
            resolved.timex.push_str(["TMO", "TAF", "TEV", "TNI"][part as usize - 1]);
        }
        return;
    }
    if !matches!(resolved.precision, P::Day | P::Time) {
        return;
    }
    resolved.kind = TimeKind::Time;
    resolved.precision = P::Time;
    match clock {
        Clock::Part(part) => resolved.timex.push_str(match part {
            1 => "TMO",
            2 => "TAF",
            3 => "TEV",
            4 => "TNI",
            5 => "TMO",
            12 => "T12:00",
            18 => "TEV",
            _ => "T24:00",
        }),
        Clock::At(hour, minute) => resolved.timex.push_str(&format!("T{hour:02}:{minute:02}")),
        Clock::Hour(hour) => resolved.timex.push_str(&format!("T{hour:02}:00")),
    }
}
