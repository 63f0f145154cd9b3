//! How many: numbers with what they count, of whom, where, over what time.
//!
//! [`count`] finds what a number counts in the tree, [`sequence`] by the order of words where the tree fails, [`detail`] what else the clause says of it, [`relate`] how figures stand to each other.

mod count;
mod detail;
mod relate;
mod sequence;

use count::Counted;

use super::Context;
use crate::record::{Claim, Deprel, Event, Figure, FigureKind, Head, Measure, NumberKind, NumberMention, Qualifier, Reading, Realis, Span, Unit, Word};
use crate::trace::Trace;

/// A figure with the words it came from, while figures of one article are still being compared.
struct Draft {
    figure: Figure,
    counted: Counted,
    number: NumberMention,
}

/// Finds figures, in text order, and hangs them on events.
pub fn find(context: &Context<'_>, events: &mut [Event], trace: &mut impl Trace) -> Vec<Figure> {
    let mut drafts = Vec::new();
    let mut zeros = zero::find(context.reading).into_iter().peekable();
    for number in &context.mentions.numbers {
        while let Some(zero) = zeros.next_if(|zero| zero.head < number.head) {
            drafts.extend(draft(context, zero, events, true));
        }
        let made = draft(context, number.clone(), events, false);
        if made.is_none() {
            let span = context.reading.span_of(number.words.start, number.words.end - 1);
            trace.note(crate::record::Stage::Extract, span, || format!("{} is a number of kind {}: no figure", context.reading.surface(span), number.kind));
        }
        drafts.extend(made);
    }
    for zero in zeros {
        drafts.extend(draft(context, zero, events, true));
    }
    relate::relate(context, &mut drafts);
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(event) = draft.figure.event.and_then(|event| events.get_mut(event)) {
            event.figures.push(index);
        }
    }
    drafts.into_iter().map(|draft| draft.figure).collect()
}

/// Makes the figure of one number; none where it counts nothing.
fn draft(context: &Context<'_>, number: NumberMention, events: &[Event], zero: bool) -> Option<Draft> {
    let reading = context.reading;
    if !matches!(number.kind, NumberKind::Count | NumberKind::Money | NumberKind::Percent) {
        return None;
    }
    let counted = count::counted(reading, context.known, &number.words);
    // "one" counts only where something befell that one; a zero only where nothing did.
    let single = number.value == Some(1.0) && reading.form(number.head).eq_ignore_ascii_case("one");
    if (single || zero) && counted.measure == Measure::Other {
        return None;
    }
    // "half of the determination": a share of nothing that is counted.
    let share =
        number.kind == NumberKind::Percent && !(number.words.clone()).any(|word| matches!(reading.form(word), "%" | "percent" | "cent" | "pct" | "in" | "out"));
    if share && counted.measure == Measure::Other && counted.noun.is_none_or(|noun| context.known.units.of(reading.lemma(noun)).is_none()) {
        return None;
    }
    let unit = detail::unit(context, &number, &counted);
    let measure = fitting(counted.measure, unit);
    // Looser words ("received 192", "reached zero") count people only where people are named.
    let noun_unit = counted.noun.filter(|noun| !number.words.contains(noun) || zero).and_then(|noun| context.known.units.of(reading.lemma(noun)));
    let loose = matches!(
        measure,
        Measure::Reached | Measure::Admitted | Measure::Affected | Measure::InNeed | Measure::Hosted | Measure::Released | Measure::Combatants
    );
    let measure =
        if loose && !matches!(noun_unit, Some(Unit::Person | Unit::Child | Unit::Family | Unit::Household)) && who_is_counted(context, &counted).is_none() {
            Measure::Other
        } else {
            measure
        };
    if single && (loose || !matches!(unit, Unit::Person | Unit::Child) || matches!(measure, Measure::Other | Measure::Participants)) {
        return None;
    }
    let nobody = zero && matches!(reading.upos(number.head), crate::record::Upos::Pron | crate::record::Upos::Num);
    let of_people = matches!(noun_unit, Some(Unit::Person | Unit::Child)) || counted.part == Some(crate::resource::Part::Noun);
    if zero && (measure == Measure::Other || !(nobody || of_people)) {
        return None;
    }
    if measure == Measure::Other && counted.noun.is_none_or(|noun| number.words.contains(&noun)) && is_age(reading, &number) {
        return None;
    }
    // "per 100,000 people": no count.
    if number.words.start.checked_sub(1).is_some_and(|before| reading.form(before) == "per") {
        return None;
    }
    let measure = if measure == Measure::Fled && detail::leaves_the_country(context, &counted) { Measure::FledAbroad } else { measure };
    let counted = Counted { measure, ..counted };
    let words = reading.span_of(number.words.start, number.words.end - 1);
    let predicate = counted.predicate.unwrap_or(counted.node);
    let (mut attribution, claim) = context.attributions.at(words);
    // "Germany pledged 50 million": who pledges does not report the pledge.
    attribution.retain(|source| source.cue != Some(reading.span(predicate)));
    let claim = context.clauses.doubt(predicate).map_or(claim, |doubt| claim.max(doubt));
    let mut realis = context.clauses.realis(predicate);
    if zero && realis == Realis::Negated {
        realis = Realis::Happened; // that nobody was killed is what happened
    }
    if let Some(fact) = detail::forced(context, &counted) {
        realis = fact;
    }
    let kind = if detail::is_target(context, &counted, realis) { FigureKind::Target } else { FigureKind::Count };
    let time = detail::times(context, &number, &counted, kind);
    let who = detail::population(context, &number, &counted);
    let (low, high) = match number.qualifier {
        Qualifier::AtLeast | Qualifier::MoreThan => (number.low.or(number.value), number.high),
        Qualifier::AtMost | Qualifier::LessThan | Qualifier::UpTo => (number.low, number.high.or(number.value)),
        _ => (number.low, number.high),
    };
    let event = detail::event(context, &counted, words, events);
    let figure = Figure {
        head: Head {
            trigger: reading.span(predicate),
            evidence: vec![evidence(context, &number, &counted)],
            claim: if attribution.is_empty() && claim == Claim::Reported { Claim::Asserted } else { claim },
            realis,
            attribution,
            links: Vec::new(),
            confidence: confidence(&counted),
        },
        value: number.value,
        low,
        high,
        qualifier: number.qualifier,
        unit,
        currency: number.currency,
        per: detail::per(context, &number),
        measure,
        kind,
        flow_or_stock: detail::flow_or_stock(context, &counted, &time),
        coverage: detail::coverage(context, &number, &counted),
        population: who.span,
        population_country: who.country,
        destination_country: detail::destination_country(context, &counted),
        places: detail::places(context, &counted),
        origin_places: detail::places_with(context, &counted, &["from", "out"]),
        destination_places: detail::places_with(context, &counted, &["to", "into", "towards", "toward"]),
        period: time.period,
        as_of: time.as_of,
        cause: detail::cause(context, &counted, event.and_then(|event| events.get(event))),
        event,
        salience: 0.0,
        relations: Vec::new(),
    };
    Some(Draft { figure, counted, number })
}

/// A measure that the unit cannot have is none: burnt houses are not infected, killed percents are shares.
fn fitting(measure: Measure, unit: Unit) -> Measure {
    let people = matches!(unit, Unit::Person | Unit::Child | Unit::Family | Unit::Household | Unit::Body);
    let built = matches!(unit, Unit::Dwelling | Unit::Building | Unit::Village | Unit::Town | Unit::Vehicle | Unit::Weapon);
    match measure {
        Measure::MoneyGiven | Measure::MoneyPledged if unit != Unit::Currency => Measure::Other,
        Measure::Destroyed | Measure::Damaged if people && unit != Unit::Household && unit != Unit::Family => Measure::Other,
        Measure::Killed
        | Measure::Injured
        | Measure::Missing
        | Measure::Detained
        | Measure::Fled
        | Measure::InNeed
        | Measure::Infected
        | Measure::Participants
            if built || unit == Unit::Currency =>
        {
            Measure::Other
        }
        Measure::Reached | Measure::Affected | Measure::Hosted | Measure::Admitted | Measure::Returned | Measure::Combatants
            if !people && unit != Unit::Village && unit != Unit::Town =>
        {
            Measure::Other
        }
        Measure::AidDelivered if people => Measure::Reached,
        _ if unit == Unit::Currency && !matches!(measure, Measure::MoneyGiven | Measure::MoneyPledged) => Measure::Other,
        measure => measure,
    }
}

/// The actor mention or people that the counted noun names.
fn who_is_counted(context: &Context<'_>, counted: &Counted) -> Option<Word> {
    let noun = counted.noun?;
    let people = crate::mention::actor::at(context.mentions, noun).is_some() || context.known.countries.demonym(context.reading.form(noun)).is_some();
    people.then_some(noun)
}

fn confidence(counted: &Counted) -> f32 {
    match (counted.measure, counted.predicate) {
        (Measure::Other, _) => 0.5,
        (_, Some(predicate)) if predicate.abs_diff(counted.node) <= 6 => 0.85,
        _ => 0.7,
    }
}

/// The words from the number to what it counts and what befell it, where that is short; else the number's own phrase.
fn evidence(context: &Context<'_>, number: &NumberMention, counted: &Counted) -> Span {
    let reading = context.reading;
    let phrase = reading.extent(counted.node, &|child| {
        !matches!(
            reading.deprel(child),
            Deprel::AclRelcl
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::Punct
                | Deprel::Appos
                | Deprel::Parataxis
                | Deprel::Nsubj
                | Deprel::Cop
                | Deprel::Case
                | Deprel::Advcl
        )
    });
    let near = |word: Word| word.abs_diff(number.head) <= 12;
    let (first, last) = if near(phrase.0) && near(phrase.1) { phrase } else { (counted.node, counted.node) };
    let mut first = first.min(number.words.start);
    let mut last = last.max(number.words.end - 1);
    if let Some(predicate) = counted.predicate
        && predicate.abs_diff(number.head) <= 14
    {
        first = first.min(predicate);
        last = last.max(predicate);
    }
    reading.span_of(first, last)
}

mod zero {
    //! "Nobody was hurt", "no casualties": zero.

    use crate::record::{Deprel, NumberKind, NumberMention, Qualifier, Reading, Upos};

    /// Numbers of value zero, said by "no".
    pub(super) fn find(reading: &Reading<'_>) -> Vec<NumberMention> {
        let mut found = Vec::new();
        for word in 0..reading.len() {
            let form = reading.form(word);
            let (first, head) = if form.eq_ignore_ascii_case("nobody") || form.eq_ignore_ascii_case("none") {
                (word, word)
            } else if form.eq_ignore_ascii_case("no") {
                match reading.head(word) {
                    Some(head) if reading.deprel(word) == Deprel::Det && head > word && matches!(reading.upos(head), Upos::Noun | Upos::Pron | Upos::Num) => {
                        (word, head)
                    }
                    _ => continue,
                }
            } else {
                continue;
            };
            found.push(NumberMention {
                words: first..head + 1,
                head,
                value: Some(0.0),
                low: None,
                high: None,
                qualifier: Qualifier::Exact,
                kind: NumberKind::Count,
                currency: None,
            });
        }
        found
    }
}

/// "died at 95", "at the age of ten", "aged 78": a bare number that is somebody's age.
fn is_age(reading: &Reading<'_>, number: &NumberMention) -> bool {
    let back = |steps: usize| number.words.start.checked_sub(steps).map_or("", |word| reading.lemma(word));
    let can_be = number.kind == NumberKind::Count && number.value.is_some_and(|value| (1.0..=120.0).contains(&value) && value.fract() == 0.0);
    // "The toll stood at 47" is none.
    let of_death = || back(1) == "at" && reading.head(number.head).is_some_and(|verb| reading.lemma(verb) == "die");
    can_be && (matches!(back(1), "aged" | "age") || (back(1) == "of" && back(2) == "age") || of_death())
}

#[cfg(test)]
mod tests {
    use crate::pipeline::Coder;
    use crate::record::{Document, Format};

    /// Figures of a line: `value|low..high measure unit kind`, most salient first.
    fn figures(coder: &Coder, line: &str) -> Vec<String> {
        let coded = coder.code(&Document { bytes: line.as_bytes().to_vec(), format: Format::Text, ..Document::default() });
        let mut figures: Vec<_> = coded.figures.iter().collect();
        figures.sort_by(|left, right| right.salience.total_cmp(&left.salience));
        let show = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        figures
            .iter()
            .map(|figure| {
                let value = figure.value.map_or_else(|| format!("{}..{}", show(figure.low), show(figure.high)), |value| value.to_string());
                format!("{value} {} {} {}", figure.measure, figure.unit, figure.kind)
            })
            .collect()
    }

    #[test]
    fn numbers_count_what_the_words_around_them_say() {
        let coder = Coder::default();
        for (line, expected) in [
            ("At least 40 people have died in the fighting.", "40 killed person count"),
            ("The death toll rose to 112 on Sunday.", "112 killed person count"),
            ("Dozens of people were injured in the stampede.", "24..- injured person count"),
            ("Between 50 and 70 villagers were killed.", "50..70 killed person count"),
            ("The war has forced 1.2 million people to flee the country.", "1200000 fled_abroad person count"),
            ("About 3,500 families were displaced by the floods.", "3500 displaced family count"),
            ("The storm destroyed 300 houses.", "300 destroyed dwelling count"),
            ("Nobody was injured in the fire.", "0 injured person count"),
            ("Portugal aims to take in 1,000 refugees by the end of 2020.", "1000 admitted person target"),
        ] {
            assert_eq!(figures(&coder, line).first().map(String::as_str), Some(expected), "{line}");
        }
        assert!(figures(&coder, "A man was killed at the border in 2016.").is_empty());
    }
}
