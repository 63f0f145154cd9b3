//! What a clause says of a figure besides its number: unit, population, places, time, kind, cause, event.

use super::count::Counted;
use crate::extract::Context;
use crate::mention::{actor, time};
use crate::record::{
    Cause, Country, Coverage, Deprel, Event, EventType, FigureKind, FlowOrStock, Measure, Mode, NumberKind, NumberMention, Place, PlaceBasis, Realis, Span,
    TimeBound, TimeKind, TimeMention, Unit, Upos, When, Word,
};

/// What a number is counted in.
pub(super) fn unit(context: &Context<'_>, number: &NumberMention, counted: &Counted) -> Unit {
    match number.kind {
        NumberKind::Money => return Unit::Currency,
        NumberKind::Percent => return Unit::Percent,
        _ => {}
    }
    let reading = context.reading;
    if let Some(noun) = counted.noun.or_else(|| (counted.node != number.head).then_some(counted.node)) {
        let lemma = reading.lemma(noun);
        if let Some(unit) = context.known.units.of(lemma) {
            return match unit {
                // "12 displacements", "40 deaths": the people, not the events.
                Unit::Event if matches!(counted.measure, Measure::Killed | Measure::Displaced | Measure::Infected | Measure::Abducted | Measure::Detained) => {
                    Unit::Person
                }
                unit => unit,
            };
        }
        if context.known.countries.demonym(reading.form(noun)).is_some() {
            return Unit::Person;
        }
        // What befalls people counts people, whatever they are called.
        let animal = matches!(
            lemma,
            "animal" | "cow" | "cattle" | "sheep" | "goat" | "livestock" | "horse" | "dog" | "bird" | "chicken" | "elephant" | "fish" | "pig" | "camel"
        );
        return match counted.measure {
            Measure::Killed
            | Measure::Injured
            | Measure::Casualties
            | Measure::Missing
            | Measure::Abducted
            | Measure::Detained
            | Measure::Released
            | Measure::Displaced
            | Measure::Fled
            | Measure::FledAbroad
            | Measure::Evacuated
            | Measure::Relocated
            | Measure::Sheltered
            | Measure::Homeless
            | Measure::InNeed
            | Measure::Infected
                if !animal =>
            {
                Unit::Person
            }
            _ => Unit::Other,
        };
    }
    match counted.measure {
        Measure::Other | Measure::MoneyPledged | Measure::MoneyGiven | Measure::AidDelivered | Measure::Destroyed | Measure::Damaged => Unit::Other,
        Measure::BodiesSeen => Unit::Body,
        _ => Unit::Person,
    }
}

/// Who is counted.
pub(super) struct Population {
    pub(super) span: Option<Span>,
    pub(super) country: Option<Country>,
}

/// The noun phrase that is counted, without the number, and its country.
pub(super) fn population(context: &Context<'_>, number: &NumberMention, counted: &Counted) -> Population {
    let reading = context.reading;
    let Some(noun) = counted.noun.filter(|&noun| !number.words.contains(&noun) && reading.upos(noun) != Upos::Num) else {
        return Population { span: None, country: country_of(context, counted.node) };
    };
    let (first, last) = reading.extent(noun, &|child| {
        matches!(
            reading.deprel(child),
            Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::Nmod
                | Deprel::NmodUnmarked
                | Deprel::Flat
                | Deprel::Case
                | Deprel::Det
                | Deprel::Advmod
                | Deprel::Fixed
                | Deprel::Punct
        ) && !(reading.deprel(child) == Deprel::Punct && reading.form(child) != "-")
            && !(reading.deprel(child) == Deprel::Case && reading.head(child) == Some(noun))
            && child.abs_diff(noun) <= 8
            && !context.mentions.times.iter().any(|time| time.words.contains(&child))
    });
    let first = if first < number.words.end && noun >= number.words.end { number.words.end } else { first };
    let span = (first <= last).then(|| reading.span_of(first, last));
    // "admitted 300 refugees from Syria", where "from Syria" hangs on the verb
    let from = || {
        let verb = counted.predicate.filter(|_| {
            matches!(counted.measure, Measure::Admitted | Measure::Hosted | Measure::Fled | Measure::FledAbroad | Measure::Relocated | Measure::Sheltered)
        })?;
        reading.children(verb).filter(|&child| child > noun && marker(context, child) == Some("from")).find_map(|child| country_at(context, child))
    };
    Population { span, country: country_of(context, noun).or_else(from) }
}

/// The country that the words of a noun phrase name ("Syrian refugees", "refugees from Syria").
fn country_of(context: &Context<'_>, noun: Word) -> Option<Country> {
    let reading = context.reading;
    if let Some(country) = context.known.countries.demonym(reading.form(noun)) {
        return Some(country);
    }
    if let Some(country) = actor::at(context.mentions, noun).and_then(|mention| mention.actor.country) {
        return Some(country);
    }
    reading
        .children(noun)
        .filter(|&child| matches!(reading.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodUnmarked))
        .filter(|&child| reading.deprel(child) != Deprel::Nmod || marker(context, child).is_some_and(|marker| marker == "from" || marker == "of"))
        .find_map(|child| context.known.countries.demonym(reading.form(child)).or_else(|| country_at(context, child)))
}

/// The country of the place at `word`.
fn country_at(context: &Context<'_>, word: Word) -> Option<Country> {
    place_at(context, word).and_then(|place| place.country).or_else(|| context.known.countries.named(context.reading.form(word)))
}

fn place_at<'a>(context: &Context<'a>, word: Word) -> Option<&'a Place> {
    let span = context.reading.span(word);
    context.mentions.places.iter().find(|mention| mention.head == word || mention.place.span.contains(span)).map(|mention| &mention.place)
}

fn marker<'a>(context: &Context<'a>, word: Word) -> Option<&'a str> {
    let reading = context.reading;
    reading.children(word).find(|&child| reading.deprel(child) == Deprel::Case).map(|marker| reading.form(marker))
}

/// The verb that governs what is counted, or the predicate itself.
fn clause(context: &Context<'_>, counted: &Counted) -> Word {
    let reading = context.reading;
    let mut at = counted.predicate.unwrap_or(counted.node);
    // A noun or a participle inside a noun phrase stands in the clause of that phrase.
    for _ in 0..4 {
        if reading.upos(at) == Upos::Verb && !matches!(reading.deprel(at), Deprel::Amod) {
            break;
        }
        match reading.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// Words in whose subtrees the details of a figure stand: predicate, governing verb, noun.
fn hooks(context: &Context<'_>, counted: &Counted) -> [Option<Word>; 4] {
    let clause = clause(context, counted);
    let mut hooks = [counted.predicate, Some(clause), Some(counted.node), counted.noun];
    for index in 1..4 {
        if hooks[..index].contains(&hooks[index]) {
            hooks[index] = None;
        }
    }
    hooks
}

/// Whether those who fled crossed a border ("fled the country", "fled to Chad from Sudan", "fled abroad").
pub(super) fn leaves_the_country(context: &Context<'_>, counted: &Counted) -> bool {
    let reading = context.reading;
    let origin = counted.noun.and_then(|noun| country_of(context, noun));
    hooks(context, counted).into_iter().flatten().any(|hook| {
        reading.children(hook).any(|child| match reading.deprel(child) {
            Deprel::Obj => {
                reading.lemma(child) == "country"
                    || reading.lemma(child) == "nation"
                    || (country_at_country(context, child) && reading.upos(hook) == Upos::Verb)
            }
            Deprel::Advmod => matches!(reading.lemma(child), "abroad" | "overseas"),
            Deprel::Obl | Deprel::Nmod => {
                let marker = marker(context, child).unwrap_or("");
                let toward = matches!(marker, "to" | "into" | "across" | "over" | "for" | "towards");
                (toward && matches!(reading.lemma(child), "country" | "border" | "abroad" | "frontier"))
                    || (matches!(marker, "to" | "into")
                        && (country_at_country(context, child)
                            || country_at(context, child).is_some_and(|country| origin.is_some_and(|origin| origin != country))))
            }
            _ => false,
        })
    })
}

/// Whether the place at `word` is a country as such.
fn country_at_country(context: &Context<'_>, word: Word) -> bool {
    context.known.countries.named(context.reading.form(word)).is_some()
}

/// "forced 12 to flee": they fled, and as surely as they were forced.
pub(super) fn forced(context: &Context<'_>, counted: &Counted) -> Option<Realis> {
    let reading = context.reading;
    let mut at = counted.predicate?;
    for _ in 0..3 {
        let head = reading.head(at)?;
        if matches!(reading.lemma(head), "force" | "compel" | "cause" | "oblige" | "drive" | "prompt" | "lead" | "push") && reading.deprel(at) != Deprel::Nsubj
        {
            return Some(context.clauses.realis(head));
        }
        at = head;
    }
    None
}

/// Whether the number is aimed at, not counted.
pub(super) fn is_target(context: &Context<'_>, counted: &Counted, realis: Realis) -> bool {
    let reading = context.reading;
    let looks_ahead = |realis: Realis| matches!(realis, Realis::Planned | Realis::Promised | Realis::Requested | Realis::Desired);
    let mut at = Some(counted.node);
    for _ in 0..3 {
        let Some(word) = at else { break };
        if matches!(reading.lemma(word), "target" | "goal" | "quota" | "objective" | "ceiling" | "plan" | "pledge" | "intake" | "cap")
            && reading.upos(word) == Upos::Noun
        {
            return true;
        }
        at = reading.head(word);
    }
    // "on track to", "aims to": the infinitive under a word that looks ahead
    let goal = counted.predicate.and_then(|predicate| {
        let to = reading.children(predicate).any(|child| reading.deprel(child) == Deprel::Mark && reading.form(child) == "to");
        reading.head(predicate).filter(|_| to)
    });
    let goal = goal.is_some_and(|head| {
        matches!(
            reading.lemma(head),
            "track"
                | "aim"
                | "plan"
                | "pledge"
                | "promise"
                | "vow"
                | "commit"
                | "intend"
                | "target"
                | "hope"
                | "agree"
                | "want"
                | "seek"
                | "course"
                | "commitment"
        )
    });
    goal || looks_ahead(realis)
}

/// When the counted happened, or as of when they are counted.
#[derive(Default)]
pub(super) struct Times {
    pub(super) period: Option<When>,
    pub(super) as_of: Option<When>,
}

/// The time expressions of a figure.
pub(super) fn times(context: &Context<'_>, number: &NumberMention, counted: &Counted, kind: FigureKind) -> Times {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(number.head)];
    let times = &context.mentions.times;
    let here = |time: &&TimeMention| sentence.words.contains(&time.words.start);
    let mut found = Times::default();
    for time in times.iter().filter(here) {
        let before = time.words.start.wrapping_sub(1);
        if before > sentence.words.start
            && sentence.words.contains(&before)
            && reading.form(before - 1).eq_ignore_ascii_case("as")
            && matches!(reading.form(before), "of" | "at")
            && time.when.start.is_some()
        {
            found.as_of = Some(time.when.clone());
        }
    }
    let own = hooks(context, counted).into_iter().flatten().find_map(|hook| time::for_predicate(reading, times, hook));
    let usable = |time: &TimeMention| {
        !matches!(time.when.timex.as_str(), "PAST_REF" | "PRESENT_REF" | "FUTURE_REF")
            && time.kind != TimeKind::Set
            && found.as_of.as_ref().is_none_or(|as_of| as_of.span != time.when.span)
            && (kind == FigureKind::Count || time.when.start.is_some())
    };
    // Else the only one of the sentence that bounds something ("Since 2011, …").
    let mut bounded = times.iter().filter(here).filter(|time| time.bound.is_some() && usable(time));
    let chosen = own.filter(|time| usable(time)).or_else(|| {
        let first = bounded.next()?;
        let rest = bounded.next();
        (rest.is_none() || rest.is_some_and(|rest| rest.bound == Some(TimeBound::Until)) && counted.measure != Measure::Other).then_some(first)
    });
    let Some(chosen) = chosen else { return found };
    let mut when = time::bounded(chosen);
    if when.start.is_none() && when.end.is_none() && chosen.kind != TimeKind::Duration {
        return found;
    }
    // "between 1 and 17 March", "from Monday to Friday"
    if chosen.bound == Some(TimeBound::From)
        && let Some(next) = times.iter().filter(here).find(|time| time.bound == Some(TimeBound::Until) && time.words.start > chosen.words.start)
    {
        when.end = next.when.end;
        when.span = when.span.zip(next.when.span).map(|(first, last)| first.join(last));
        when.precision = crate::record::DatePrecision::Span;
    }
    // A toll that rose on Monday is as of Monday; those in it were killed before.
    if counted.part == Some(crate::resource::Part::Of) && chosen.bound.is_none() && when.start.is_some() && found.as_of.is_none() {
        found.as_of = Some(when);
    } else {
        found.period = Some(when);
    }
    found
}

/// "a day" in "12 a day".
pub(super) fn per(context: &Context<'_>, number: &NumberMention) -> Option<String> {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(number.head)];
    let near = number.words.end..(number.words.end + 10).min(sentence.words.end);
    let set = context.mentions.times.iter().find(|time| time.kind == TimeKind::Set && near.contains(&time.words.start))?;
    // Another number in between has it.
    if context.mentions.numbers.iter().any(|other| other.words.start >= number.words.end && other.words.end <= set.words.start) {
        return None;
    }
    let unit = match set.when.timex.as_str() {
        "P1D" => "day",
        "P1W" => "week",
        "P1M" => "month",
        "P1Q" => "quarter",
        "P1Y" => "year",
        "PT1H" => "hour",
        "PT1M" => "minute",
        _ => return None,
    };
    Some(unit.to_owned())
}

/// Flow or stock, by what is counted.
pub(super) fn flow_or_stock(context: &Context<'_>, counted: &Counted, times: &Times) -> Option<FlowOrStock> {
    let reading = context.reading;
    let remain = hooks(context, counted).into_iter().flatten().any(|hook| matches!(reading.lemma(hook), "remain" | "stay" | "live" | "be"))
        || reading.head(counted.node).is_some_and(|head| matches!(reading.lemma(head), "remain" | "stay" | "live" | "host"));
    match counted.measure {
        Measure::Missing | Measure::Hosted | Measure::Sheltered | Measure::InNeed | Measure::Homeless => Some(FlowOrStock::Stock),
        Measure::Displaced if remain || times.as_of.is_some() => Some(FlowOrStock::Stock),
        Measure::Killed
        | Measure::Injured
        | Measure::Fled
        | Measure::FledAbroad
        | Measure::Evacuated
        | Measure::Relocated
        | Measure::Returned
        | Measure::Admitted
        | Measure::Destroyed
        | Measure::Damaged
        | Measure::Abducted
        | Measure::Released
        | Measure::AidDelivered
        | Measure::MoneyGiven => Some(FlowOrStock::Flow),
        Measure::Displaced if times.period.is_some() => Some(FlowOrStock::Flow),
        _ => None,
    }
}

/// Whether the text says that a figure is the whole, or a part of one.
pub(super) fn coverage(context: &Context<'_>, number: &NumberMention, counted: &Counted) -> Option<Coverage> {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(number.head)];
    let before: Vec<&str> = (sentence.words.start.max(number.words.start.saturating_sub(5))..number.words.start).map(|word| reading.form(word)).collect();
    let ends = |phrase: &[&str]| {
        before.len() >= phrase.len() && before[before.len() - phrase.len()..].iter().zip(phrase).all(|(word, part)| word.eq_ignore_ascii_case(part))
    };
    if is_part(context, number) {
        return Some(Coverage::Partial);
    }
    let said = reading.surface(reading.span_of(number.words.start, number.words.end - 1)).to_ascii_lowercase();
    let total = said.contains("total of")
        || ends(&["total", "of"])
        || ends(&["in", "total", ","])
        || ends(&["altogether", ","])
        || ends(&["overall", ","])
        || ends(&["in", "all", ","]);
    let toll = counted.predicate.is_some_and(|predicate| {
        let lemma = reading.lemma(predicate);
        lemma == "toll" || reading.children(predicate).any(|child| matches!(reading.lemma(child), "total" | "overall"))
    });
    (total || toll).then_some(Coverage::Total)
}

/// "of whom 12", "including 12", "among them 12", "12 of them": a part of another figure.
pub(super) fn is_part(context: &Context<'_>, number: &NumberMention) -> bool {
    let reading = context.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(number.head)];
    let first = sentence.words.start.max(number.words.start.saturating_sub(4));
    let lower = |word: Word| reading.form(word).to_ascii_lowercase();
    let before = (first..number.words.start).rev().map(lower).take_while(|form| form != "and" && form != ";").collect::<Vec<_>>();
    let including = before.iter().take(2).any(|form| form == "including" || form == "include" || form == "includes");
    let whom = before.iter().take(3).any(|form| form == "whom" || form == "which") && before.iter().any(|form| form == "of" || form == "among");
    let among = before.iter().take(3).any(|form| form == "them") && before.iter().any(|form| form == "among" || form == "of");
    let after = number.words.end;
    let of_them =
        sentence.words.contains(&(after + 1)) && lower(after) == "of" && matches!(lower(after + 1).as_str(), "them" | "whom" | "which" | "these" | "those");
    including || whom || among || of_them
}

/// The country that takes people in: who admits, hosts or resettles them, or where they go.
pub(super) fn destination_country(context: &Context<'_>, counted: &Counted) -> Option<Country> {
    let reading = context.reading;
    let subject_counts = matches!(counted.measure, Measure::Admitted | Measure::Hosted | Measure::Relocated | Measure::Sheltered);
    if subject_counts
        && let Some(predicate) = counted.predicate
        && let Some(actor) = super::super::attribution::subject_of(reading, context.mentions, context.known, subject_verb(context, predicate))
    {
        let named = actor.country.or_else(|| context.known.countries.named(reading.surface(actor.span)));
        if named.is_some() {
            return named;
        }
    }
    if subject_counts
        && let Some(predicate) = counted.predicate
        && let Some(country) = reading
            .children(subject_verb(context, predicate))
            .filter(|&child| reading.deprel(child) == Deprel::Nsubj)
            .find_map(|subject| country_at(context, subject))
    {
        return Some(country);
    }
    if matches!(
        counted.measure,
        Measure::Fled | Measure::FledAbroad | Measure::Admitted | Measure::Relocated | Measure::Evacuated | Measure::Returned | Measure::Displaced
    ) {
        let to: &[&str] = if counted.measure == Measure::Admitted { &["to", "into", "in"] } else { &["to", "into"] };
        return hooks(context, counted).into_iter().flatten().find_map(|hook| {
            reading
                .children(hook)
                .filter(|&child| {
                    matches!(reading.deprel(child), Deprel::Obl | Deprel::Nmod) && marker(context, child).is_some_and(|marker| to.contains(&marker))
                })
                .find_map(|child| country_at(context, child))
        });
    }
    None
}

/// Up from an infinitive to the verb that has the subject ("is on track to bring in").
fn subject_verb(context: &Context<'_>, predicate: Word) -> Word {
    let reading = context.reading;
    let mut at = predicate;
    for _ in 0..4 {
        if reading.children(at).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass)) {
            return at;
        }
        match reading.head(at) {
            Some(head) if matches!(reading.deprel(at), Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::Conj) => at = head,
            _ => return at,
        }
    }
    at
}

/// Places where the counted happened: those that hang on its words other than as origin or destination.
pub(super) fn places(context: &Context<'_>, counted: &Counted) -> Vec<Place> {
    places_where(context, counted, &|marker| {
        !matches!(marker, "from" | "to" | "into" | "towards" | "toward" | "out" | "by" | "of" | "" | "for" | "with" | "against" | "than")
    })
}

/// Places that hang on the words of a figure with one of these prepositions.
pub(super) fn places_with(context: &Context<'_>, counted: &Counted, markers: &[&str]) -> Vec<Place> {
    let moves = matches!(
        counted.measure,
        Measure::Displaced
            | Measure::Fled
            | Measure::FledAbroad
            | Measure::Evacuated
            | Measure::Relocated
            | Measure::Returned
            | Measure::Admitted
            | Measure::Hosted
            | Measure::Released
            | Measure::Other
    );
    if moves { places_where(context, counted, &|marker| markers.contains(&marker)) } else { Vec::new() }
}

fn places_where(context: &Context<'_>, counted: &Counted, fits: &dyn Fn(&str) -> bool) -> Vec<Place> {
    let reading = context.reading;
    let mut found: Vec<Place> = Vec::new();
    for hook in hooks(context, counted).into_iter().flatten() {
        for child in reading.children(hook).filter(|&child| matches!(reading.deprel(child), Deprel::Obl | Deprel::Nmod)) {
            if !fits(marker(context, child).unwrap_or("")) {
                continue;
            }
            let coordinated = reading.children(child).filter(|&inner| matches!(reading.deprel(inner), Deprel::Conj | Deprel::Appos));
            for word in std::iter::once(child).chain(coordinated) {
                if let Some(place) = place_at(context, word)
                    && !found.iter().any(|other| other.span == place.span)
                {
                    found.push(Place { basis: Some(PlaceBasis::Clause), ..place.clone() });
                }
            }
        }
    }
    found
}

/// What brought it about: the event it hangs on, else the nearest word of its sentence that names a cause.
pub(super) fn cause(context: &Context<'_>, counted: &Counted, event: Option<&Event>) -> Option<Cause> {
    let reading = context.reading;
    if matches!(
        counted.measure,
        Measure::Other | Measure::MoneyGiven | Measure::MoneyPledged | Measure::Participants | Measure::Combatants | Measure::Admitted | Measure::AidDelivered
    ) {
        return None;
    }
    if let Some(event) = event.filter(|event| event.what.event_type == Some(EventType::Occurrence)) {
        let modes = &event.what.modes;
        if modes.iter().any(|mode| matches!(mode, Mode::Crash | Mode::Collapse | Mode::Explosion | Mode::Fire)) {
            return Some(Cause::Accident);
        }
        if modes
            .iter()
            .any(|mode| matches!(mode, Mode::Earthquake | Mode::Storm | Mode::Flood | Mode::Drought | Mode::Landslide | Mode::Wildfire | Mode::Outbreak))
        {
            return Some(Cause::Disaster);
        }
    }
    let at = counted.predicate.unwrap_or(counted.node);
    let sentence = &reading.text.sentences[reading.sentence_of(at)];
    sentence
        .words
        .clone()
        .filter(|&word| word != counted.node && Some(word) != counted.noun)
        .filter_map(|word| context.known.measures.cause(reading.lemma(word)).map(|cause| (word.abs_diff(at), cause)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, cause)| cause)
        // A killing of which nothing else is said.
        .or_else(|| (event?.what.event_type == Some(EventType::Assault)).then_some(Cause::Conflict))
}

/// The event that a figure hangs on: its trigger is the word that says what befell the counted, or they are its recipients.
pub(super) fn event(context: &Context<'_>, counted: &Counted, words: Span, events: &[Event]) -> Option<usize> {
    let reading = context.reading;
    let predicate = counted.predicate.map(|predicate| reading.span(predicate));
    let node = reading.span(counted.noun.unwrap_or(counted.node));
    events
        .iter()
        .position(|event| predicate.is_some_and(|predicate| event.head.trigger.overlaps(predicate)))
        .or_else(|| {
            let holds = |event: &Event| {
                event
                    .what
                    .recipients
                    .iter()
                    .any(|party| party.actor.span.overlaps(words) || party.actor.span.contains(node) && party.actor.span.overlaps(words))
            };
            events.iter().position(holds)
        })
        .or_else(|| {
            // "left 12 dead": the verb of the clause, where it is an event's trigger
            let clause = reading.span(clause(context, counted));
            (counted.measure != Measure::Other).then(|| events.iter().position(|event| event.head.trigger.overlaps(clause))).flatten()
        })
}
