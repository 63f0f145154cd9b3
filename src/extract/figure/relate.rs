//! How figures of one article stand to each other, and which is the figure of its sentence.

use super::{Draft, detail};
use crate::extract::Context;
use crate::record::{Coverage, Deprel, FigureKind, FigureRelation, Measure, NumberKind, Unit};

/// Gives every figure its relations and its salience.
pub(super) fn relate(context: &Context<'_>, drafts: &mut [Draft]) {
    let reading = context.reading;
    for index in 0..drafts.len() {
        let sentence = reading.sentence_of(drafts[index].number.head);
        let earlier: Vec<usize> = (0..index).rev().take_while(|&other| reading.sentence_of(drafts[other].number.head) == sentence).collect();
        // "40 people, of whom 12 were children"
        if detail::is_part(context, &drafts[index].number)
            && let Some(whole) = earlier.iter().copied().find(|&other| drafts[other].figure.unit != Unit::Percent && larger(&drafts[other], &drafts[index]))
        {
            drafts[index].figure.relations.push((FigureRelation::PartOf, whole));
            // "killing 40 people, including 12 children": the children were killed too.
            if drafts[index].figure.measure == Measure::Other && matches!(drafts[index].figure.unit, Unit::Person | Unit::Child) {
                drafts[index].figure.measure = drafts[whole].figure.measure;
                drafts[index].figure.event = drafts[index].figure.event.or(drafts[whole].figure.event);
                drafts[index].figure.cause = drafts[whole].figure.cause;
            }
        }
        // "arrested 5 people in Oslo and 8 people in Bergen": a second number of the same noun
        if drafts[index].figure.measure == Measure::Other
            && let Some(first) = earlier.first().copied()
            && drafts[first].figure.measure != Measure::Other
            && let (Some(one), Some(two)) = (drafts[first].counted.noun, drafts[index].counted.noun)
            && reading.lemma(one) == reading.lemma(two)
            && drafts[index].number.words.start > 0
            && matches!(reading.form(drafts[index].number.words.start - 1), "and" | "," | "or")
        {
            drafts[index].figure.measure = drafts[first].figure.measure;
            drafts[index].figure.event = drafts[index].figure.event.or(drafts[first].figure.event);
            drafts[index].figure.cause = drafts[first].figure.cause;
        }
        // "from 12 to 15": "from" makes the earlier value
        if let Some(from) = earlier.first().copied()
            && starts_with_from(context, &drafts[from])
            && drafts[index].number.words.start > 0
            && reading.form(drafts[index].number.words.start - 1) == "to"
            && let (Some(before), Some(after)) = (drafts[from].figure.value, drafts[index].figure.value)
        {
            let relation = if after >= before { FigureRelation::UpFrom } else { FigureRelation::DownFrom };
            drafts[index].figure.relations.push((relation, from));
            copy_measure(drafts, index, from);
        } else if starts_with_from(context, &drafts[index])
            && let Some(to) = earlier.first().copied()
            && let (Some(after), Some(before)) = (drafts[to].figure.value, drafts[index].figure.value)
            && verb_of_change(context, &drafts[index])
        {
            // "rose to 15 from 12"
            let relation = if after >= before { FigureRelation::UpFrom } else { FigureRelation::DownFrom };
            drafts[to].figure.relations.push((relation, index));
            copy_measure(drafts, to, index);
        }
    }
    for draft in drafts {
        draft.figure.salience = salience(context, draft);
    }
}

fn copy_measure(drafts: &mut [Draft], one: usize, other: usize) {
    let (a, b) = (drafts[one].figure.measure, drafts[other].figure.measure);
    if a == Measure::Other {
        drafts[one].figure.measure = b;
        drafts[one].figure.unit = drafts[other].figure.unit;
    } else if b == Measure::Other {
        drafts[other].figure.measure = a;
        drafts[other].figure.unit = drafts[one].figure.unit;
    }
}

fn larger(whole: &Draft, part: &Draft) -> bool {
    let of = |draft: &Draft| draft.figure.value.or(draft.figure.low);
    of(whole).zip(of(part)).is_none_or(|(whole, part)| whole > part)
}

fn starts_with_from(context: &Context<'_>, draft: &Draft) -> bool {
    draft.number.words.start > 0 && context.reading.form(draft.number.words.start - 1).eq_ignore_ascii_case("from")
}

fn verb_of_change(context: &Context<'_>, draft: &Draft) -> bool {
    let reading = context.reading;
    let mut at = Some(draft.counted.node);
    for _ in 0..4 {
        let Some(word) = at else { return false };
        if matches!(
            reading.lemma(word),
            "rise"
                | "increase"
                | "grow"
                | "climb"
                | "jump"
                | "raise"
                | "soar"
                | "fall"
                | "drop"
                | "decrease"
                | "decline"
                | "reduce"
                | "cut"
                | "revise"
                | "lower"
                | "go"
                | "up"
                | "down"
                | "surge"
                | "swell"
        ) {
            return true;
        }
        at = reading.head(word);
    }
    false
}

/// 0 to 1: is this the figure of its sentence. What befell people comes before what was done to things, the main clause before
/// its asides, a whole before its parts.
fn salience(context: &Context<'_>, draft: &Draft) -> f32 {
    let reading = context.reading;
    let figure = &draft.figure;
    let mut salience: f32 = match figure.measure {
        Measure::Killed | Measure::Displaced | Measure::Fled | Measure::FledAbroad | Measure::Evacuated | Measure::Admitted => 0.8,
        Measure::Injured | Measure::Missing | Measure::Homeless | Measure::Sheltered | Measure::Relocated | Measure::Casualties | Measure::Abducted => 0.75,
        Measure::Detained
        | Measure::Returned
        | Measure::Hosted
        | Measure::Destroyed
        | Measure::Damaged
        | Measure::InNeed
        | Measure::Affected
        | Measure::Infected
        | Measure::BodiesSeen
        | Measure::Released => 0.7,
        Measure::Participants | Measure::Reached | Measure::MoneyPledged | Measure::MoneyGiven | Measure::AidDelivered | Measure::Combatants => 0.6,
        Measure::Other => match figure.unit {
            Unit::Person | Unit::Household | Unit::Family | Unit::Child => 0.45,
            Unit::Currency => 0.4,
            Unit::Percent => 0.3,
            _ => 0.25,
        },
    };
    let sentence = &reading.text.sentences[reading.sentence_of(draft.number.head)];
    // In parentheses.
    let before = (sentence.words.start.max(draft.number.words.start.saturating_sub(4))..draft.number.words.start)
        .rev()
        .map(|word| reading.form(word))
        .find(|form| matches!(*form, "(" | ")" | "-LRB-"));
    if before == Some("(") {
        salience -= 0.2;
    }
    if figure.coverage == Some(Coverage::Partial) {
        salience -= 0.15;
    }
    if figure.coverage == Some(Coverage::Total) {
        salience += 0.02;
    }
    if figure.kind == FigureKind::Target {
        salience -= 0.02;
    }
    if draft.number.kind == NumberKind::Percent {
        salience -= 0.2;
    }
    // In a subordinate clause.
    let mut at = Some(draft.counted.node);
    let mut depth = 0;
    while let Some(word) = at {
        if matches!(reading.deprel(word), Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Acl) && Some(word) != draft.counted.predicate {
            depth += 1;
        }
        at = reading.head(word);
    }
    salience -= 0.04 * (depth.min(3)) as f32;
    salience.clamp(0.0, 1.0)
}
