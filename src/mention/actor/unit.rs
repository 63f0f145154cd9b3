//! Which candidates are one noun phrase: a title and the name after it, a name and its apposition, a noun and what modifies it.

use super::gather::{Candidate, Found, Kind};
use super::metonymy;
use crate::record::{Deprel, Feats, PlaceMention, Reading, Upos, Word};
use crate::resource::{Naming, Resources};

/// One mention to be.
#[derive(Debug)]
pub(super) struct Unit {
    /// Candidates that name the same actor; the one that names it best first.
    pub(super) members: Vec<usize>,
    /// Candidates that say whose it is: country, organisation, leader.
    pub(super) modifiers: Vec<usize>,
    /// Places that say where it is from: indices into the places.
    pub(super) places: Vec<usize>,
    /// The word by which the phrase hangs in the tree.
    pub(super) top: Word,
    /// It modifies a noun that names no actor.
    pub(super) modifier: bool,
}

enum Bond {
    /// Names the same actor as the other.
    Same(usize),
    /// Says whose the other is, and is no mention of its own.
    Inside(usize),
    /// Says whose the other is, and is a mention too.
    Beside(usize),
    /// Stands alone.
    Free,
}

/// Groups candidates into mentions.
pub(super) fn group(reading: &Reading<'_>, places: &[PlaceMention], known: &Resources, found: &Found<'_>) -> Vec<Unit> {
    let count = found.all.len();
    let bonds: Vec<Bond> = (0..count).map(|index| bond(reading, found, index)).collect();
    // Follow "same as" to its end.
    let root = |mut index: usize| {
        for _ in 0..count {
            match bonds[index] {
                Bond::Same(other) => index = other,
                _ => return index,
            }
        }
        index
    };
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut modifiers: Vec<Vec<usize>> = vec![Vec::new(); count];
    for index in 0..count {
        members[root(index)].push(index);
        if let Bond::Inside(other) | Bond::Beside(other) = bonds[index] {
            modifiers[root(other)].push(index);
        }
    }
    let mut units = Vec::with_capacity(count);
    for (index, own) in members.into_iter().enumerate() {
        if own.is_empty() || matches!(bonds[index], Bond::Inside(_)) {
            continue;
        }
        let candidate = &found.all[index];
        let modifier = own.len() == 1 && is_modifier(reading, candidate.top);
        if !is_mention(reading, places, known, &found.all[index], own.len(), modifier) {
            continue;
        }
        let mut own = own;
        own.sort_by_key(|&member| (rank(&found.all[member].kind), member));
        let top = counter(reading, found, candidate.top);
        units.push(Unit {
            places: place_modifiers(reading, places, found, &own),
            members: own,
            modifiers: std::mem::take(&mut modifiers[index]),
            top,
            modifier,
        });
    }
    units
}

fn rank(kind: &Kind<'_>) -> u8 {
    match kind {
        Kind::Person => 0,
        Kind::Body(Some(_)) => 1,
        Kind::Body(None) => 2,
        Kind::Agent(agent) if agent.sector.is_some() => 3,
        Kind::Agent(_) => 4,
        Kind::Country(..) => 5,
        Kind::Number => 6,
    }
}

/// How a candidate is tied to the one that governs it.
fn bond(reading: &Reading<'_>, found: &Found<'_>, index: usize) -> Bond {
    let candidate = &found.all[index];
    if let Some(bond) = beside(reading, found, index) {
        return bond;
    }
    let Some(mut governor) = reading.head(candidate.top) else { return Bond::Free };
    let before = matches!(reading.deprel(candidate.top), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked);
    // A modifier stands with its noun: a verb between them is a slip of the parser.
    if before
        && (candidate.words.end..governor)
            .any(|word| !matches!(reading.upos(word), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Punct | Upos::Part | Upos::Cconj))
    {
        return Bond::Free;
    }
    // "members of the Rohingya minority": the noun between names no actor.
    if before
        && found.of(governor).is_none()
        && reading.deprel(governor) == Deprel::Nmod
        && let Some(above) = reading.head(governor)
    {
        governor = above;
    }
    let Some(other) = found.of(governor).filter(|&other| other != index) else { return Bond::Free };
    let (own, its) = (&candidate.kind, &found.all[other].kind);
    let deprel = reading.deprel(candidate.top);
    let agent = |kind: &Kind<'_>| matches!(kind, Kind::Agent(agent) if !agent.group);
    match deprel {
        Deprel::NmodDesc
        | Deprel::Flat
        | Deprel::Appos
        | Deprel::Compound
        | Deprel::Amod
        | Deprel::NmodUnmarked
        | Deprel::Dep
        | Deprel::NmodPoss
        | Deprel::Nmod => {}
        _ => return Bond::Free,
    }
    let cased = reading.child(candidate.top, Deprel::Case);
    match (own, its) {
        (Kind::Country(_, naming), _) => match deprel {
            Deprel::NmodPoss => Bond::Inside(other),
            Deprel::Nmod if *naming != Naming::People => match cased.map(|case| reading.lemma(case)) {
                Some("of" | "from" | "in") | None => Bond::Inside(other),
                Some("to") => Bond::Free,
                _ => Bond::Beside(other),
            },
            Deprel::Appos => Bond::Free,
            _ => Bond::Inside(other),
        },
        // A title before or after a name; a name after a title.
        (Kind::Agent(_), Kind::Person) if agent(own) => match deprel {
            Deprel::NmodPoss | Deprel::Nmod => Bond::Free,
            _ => Bond::Same(other),
        },
        (Kind::Person, Kind::Agent(_)) if agent(its) => match deprel {
            Deprel::Appos | Deprel::Flat | Deprel::NmodDesc => Bond::Same(other),
            Deprel::Compound | Deprel::NmodUnmarked | Deprel::Dep if candidate.top > governor => Bond::Same(other),
            Deprel::Compound | Deprel::Amod => Bond::Inside(other),
            Deprel::NmodPoss | Deprel::Nmod => Bond::Beside(other),
            _ => Bond::Free,
        },
        // "the Assad regime".
        (Kind::Person, _) => match deprel {
            Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked | Deprel::NmodDesc if matches!(its, Kind::Agent(_)) => Bond::Inside(other),
            Deprel::NmodPoss if matches!(its, Kind::Agent(_)) => Bond::Beside(other),
            Deprel::Flat | Deprel::Appos if matches!(its, Kind::Person) && deprel == Deprel::Flat => Bond::Same(other),
            _ => Bond::Free,
        },
        // "the militant group Hamas", "Hamas, the militant group", "the Army of the Poor (AP)".
        (Kind::Body(_), Kind::Agent(_)) => match deprel {
            Deprel::Appos | Deprel::Flat => Bond::Same(other),
            Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Dep if candidate.top > governor => Bond::Same(other),
            Deprel::NmodPoss | Deprel::Nmod => Bond::Beside(other),
            _ => Bond::Inside(other),
        },
        (Kind::Agent(_), Kind::Body(_)) => match deprel {
            Deprel::Appos => Bond::Same(other),
            Deprel::NmodDesc | Deprel::Compound if candidate.top < governor => Bond::Same(other),
            _ => Bond::Free,
        },
        (Kind::Body(_), Kind::Body(_)) => match deprel {
            Deprel::Appos | Deprel::Flat => Bond::Same(other),
            Deprel::NmodPoss | Deprel::Nmod => Bond::Free,
            _ => Bond::Inside(other),
        },
        (Kind::Body(_), Kind::Person) => match deprel {
            Deprel::Compound | Deprel::NmodDesc | Deprel::Amod => Bond::Inside(other),
            Deprel::NmodPoss => Bond::Beside(other),
            Deprel::Nmod => Bond::Beside(other),
            _ => Bond::Free,
        },
        (Kind::Agent(_), Kind::Agent(_)) => match deprel {
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked => Bond::Inside(other),
            // "a group of rebels" are the rebels.
            Deprel::Nmod if is_counter(reading, governor) && cased.is_some_and(|case| reading.lemma(case) == "of") => Bond::Same(other),
            Deprel::NmodPoss | Deprel::Nmod => Bond::Beside(other),
            _ => Bond::Free,
        },
        _ => Bond::Free,
    }
}

fn is_day(form: &str) -> bool {
    matches!(form, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday" | "today" | "yesterday")
}

/// Ties that the order of the words tells by itself: a title straight before a name, a country before the nouns that it owns.
fn beside(reading: &Reading<'_>, found: &Found<'_>, index: usize) -> Option<Bond> {
    let candidate = &found.all[index];
    let mut at = candidate.words.end;
    match candidate.kind {
        Kind::Agent(agent) if !agent.group && !reading.feats(candidate.head).has(Feats::PLUR) => {
            let next = found.of(at)?;
            (reading.sentence_of(candidate.head) == reading.sentence_of(at) && matches!(found.all[next].kind, Kind::Person)).then_some(Bond::Same(next))
        }
        Kind::Country(_, naming) => {
            let owns = at < reading.len() && matches!(reading.form(at), "'s" | "’s" | "'" | "’");
            if owns {
                at += 1;
            } else if naming != Naming::Adjective && !matches!(reading.deprel(candidate.top), Deprel::Compound | Deprel::Amod) {
                return None;
            }
            // The last candidate of the run of nouns and adjectives: "Canada's Foreign Minister", "Russia's U.N. envoy".
            let sentence = reading.sentence_of(candidate.head);
            let mut last = None;
            while at < reading.len() && reading.sentence_of(at) == sentence {
                if let Some(other) = found.of(at) {
                    if matches!(found.all[other].kind, Kind::Country(..)) && last.is_some_and(|last| last != other) {
                        break;
                    }
                    last = Some(other);
                } else if !matches!(reading.upos(at), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num) {
                    break;
                }
                at += 1;
            }
            let other = last?;
            // What follows the last candidate in the run is what is meant: "Syrian army base" is a base.
            (found.all[other].words.end >= at || is_day(reading.form(found.all[other].words.end))).then_some(Bond::Inside(other))
        }
        _ => None,
    }
}

/// Whether a word modifies a noun without being a phrase of its own.
fn is_modifier(reading: &Reading<'_>, top: Word) -> bool {
    // "told reporters Tuesday": a day takes no noun before it.
    if reading.head(top).is_some_and(|head| is_day(reading.form(head))) {
        return false;
    }
    matches!(reading.deprel(top), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked)
        || (reading.deprel(top) == Deprel::Conj && reading.head(top).is_some_and(|head| matches!(reading.deprel(head), Deprel::Compound | Deprel::Amod)))
}

fn is_mention(reading: &Reading<'_>, places: &[PlaceMention], known: &Resources, candidate: &Candidate<'_>, members: usize, modifier: bool) -> bool {
    match candidate.kind {
        Kind::Country(_, Naming::Name | Naming::Capital | Naming::Part) => modifier || members > 1 || metonymy::acts(reading, places, known, candidate.top),
        // "Syrian" alone is a person only where it stands as a noun.
        Kind::Country(_, Naming::Adjective) => {
            modifier
                || (matches!(reading.upos(candidate.top), Upos::Noun | Upos::Propn) && reading.deprel(candidate.top) != Deprel::Root)
                || reading.child(candidate.top, Deprel::Det).is_some()
        }
        // A noun that modifies a noun ("police station") says who acts only where that noun is a deed.
        Kind::Agent(agent) => !modifier || (!agent.weak && agent.sector.is_some()),
        _ => true,
    }
}

/// "dozens of civilians", "a group of rebels", "hundreds of thousands of people": the counting noun carries the phrase.
fn counter(reading: &Reading<'_>, found: &Found<'_>, top: Word) -> Word {
    let mut at = top;
    while reading.deprel(at) == Deprel::Nmod && reading.child(at, Deprel::Case).is_some_and(|case| reading.lemma(case) == "of") {
        let Some(governor) = reading.head(at) else { break };
        let counts = is_counter(reading, governor);
        if !counts || found.of(governor).is_some_and(|owner| !matches!(found.all[owner].kind, Kind::Number | Kind::Agent(_))) {
            break;
        }
        at = governor;
    }
    at
}

/// A noun or number that counts what follows "of".
fn is_counter(reading: &Reading<'_>, word: Word) -> bool {
    reading.upos(word) == Upos::Num
        || matches!(
            reading.lemma(word),
            "dozen"
                | "hundred"
                | "thousand"
                | "million"
                | "score"
                | "number"
                | "group"
                | "handful"
                | "majority"
                | "lot"
                | "crowd"
                | "couple"
                | "wave"
                | "rest"
                | "half"
                | "quarter"
                | "most"
                | "many"
                | "some"
                | "several"
                | "few"
                | "all"
                | "none"
                | "any"
                | "each"
                | "part"
                | "team"
                | "pair"
                | "total"
                | "series"
                | "mob"
                | "band"
                | "column"
                | "generation"
                | "gang"
        )
}

fn place_modifiers(reading: &Reading<'_>, places: &[PlaceMention], found: &Found<'_>, members: &[usize]) -> Vec<usize> {
    let mut out = Vec::new();
    for &member in members {
        for word in found.all[member].words.clone() {
            for child in reading.children(word) {
                if found.of(child).is_some() || !matches!(reading.deprel(child), Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod | Deprel::Amod) {
                    continue;
                }
                let from = places.partition_point(|place| place.place.span.end <= reading.span(child).start);
                if places.get(from).is_some_and(|place| place.place.span.contains(reading.span(child))) {
                    out.push(from);
                }
            }
        }
    }
    out
}
