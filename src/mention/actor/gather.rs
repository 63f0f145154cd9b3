//! Which words may name an actor: names, countries and peoples, nouns of people, bare numbers.

use std::ops::Range;

use crate::mention::actor::metonymy;
use crate::record::{Country, Deprel, NameKind, PlaceMention, Reading, Upos, Word, Zone};
use crate::resource::actors::{Agent, Organisation};
use crate::resource::{Naming, Resources};

/// What a candidate is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'k> {
    /// A person's name.
    Person,
    /// The name of an organisation, group or people; known or not.
    Body(Option<&'k Organisation>),
    /// A country, by whatever name.
    Country(Country, Naming),
    /// A noun of people.
    Agent(Agent),
    /// A number that stands for people.
    Number,
}

/// Words that may name an actor.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'k> {
    pub(super) kind: Kind<'k>,
    pub(super) words: Range<Word>,
    /// The word by which it hangs in the tree.
    pub(super) top: Word,
    /// The last word of a name, else the noun.
    pub(super) head: Word,
}

/// All candidates in text order, and which of them each word belongs to.
#[derive(Debug, Default)]
pub(super) struct Found<'k> {
    pub(super) all: Vec<Candidate<'k>>,
    owner: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'k> Found<'k> {
    /// The candidate that a word belongs to.
    pub(super) fn of(&self, word: Word) -> Option<usize> {
        self.owner.get(word).filter(|&&owner| owner != NONE).map(|&owner| owner as usize)
    }

    fn free(&self, words: Range<Word>) -> bool {
        self.owner[words].iter().all(|&owner| owner == NONE)
    }

    /// Text order, as the rest of the stage wants it.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&index| self.all[index].words.start);
        let mut place = vec![0u32; order.len()];
        order.iter().enumerate().for_each(|(new, &old)| place[old] = new as u32);
        self.owner.iter_mut().filter(|owner| **owner != NONE).for_each(|owner| *owner = place[*owner as usize]);
        self.all.sort_by_key(|candidate| candidate.words.start);
    }

    fn push(&mut self, reading: &Reading<'_>, kind: Kind<'k>, words: Range<Word>, head: Word) {
        let top = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))).unwrap_or(words.start);
        self.owner[words.clone()].fill(self.all.len() as u32);
        self.all.push(Candidate { kind, words, top, head });
    }
}

/// Finds every candidate in the blocks that records come from.
pub(super) fn find<'k>(reading: &Reading<'_>, places: &[PlaceMention], known: &'k Resources) -> Found<'k> {
    let mut found = Found { all: Vec::new(), owner: vec![NONE; reading.len()] };
    let mut scratch = String::new();
    for sentence in reading.text.sentences.iter().filter(|sentence| sentence.zone.is_story()) {
        let words = sentence.words.clone();
        people(reading, known, words.clone(), &mut found);
        names(reading, known, words.clone(), &mut scratch, &mut found);
        tagged(reading, places, words.clone(), &mut found);
        untagged(reading, known, places, words.clone(), &mut scratch, &mut found);
        agents(reading, known, words.clone(), sentence.zone, &mut scratch, &mut found);
        numbers(reading, words, &mut found);
    }
    surnames(reading, places, &mut found);
    found
}

fn tagged_names<'a>(reading: &'a Reading<'_>, words: Range<Word>) -> impl Iterator<Item = &'a crate::record::Name> {
    let names = &reading.parse.names;
    let first = names.partition_point(|name| name.words.start < words.start);
    names[first..].iter().take_while(move |name| name.words.end <= words.end)
}

/// Names of people of two words or more, and single ones after a courtesy title.
fn people(reading: &Reading<'_>, known: &Resources, words: Range<Word>, found: &mut Found<'_>) {
    for name in tagged_names(reading, words).filter(|name| name.kind == NameKind::Person) {
        let mut range = name.words.clone();
        // A title that the tagger took for part of the name.
        while range.len() > 1 && (is_courtesy(reading.form(range.start)) || is_title(reading, known, range.start)) {
            range.start += 1;
        }
        while range.len() > 1 && !reading.form(range.end - 1).chars().any(char::is_alphabetic) {
            range.end -= 1;
        }
        let alone = range.len() == 1;
        let place = alone && known.countries.naming(reading.form(range.start)).is_some();
        if place && !(range.start > 0 && is_courtesy(reading.form(range.start - 1))) {
            continue;
        }
        // "Daesh" and other single names that the lists know are no people.
        if alone && known.actors.organisation_named(reading.form(range.start)).is_some() {
            continue;
        }
        let head = range.end - 1;
        found.push(reading, Kind::Person, range, head);
    }
}

/// "Mr.", "Mrs.", "Dr." and the like.
pub(super) fn is_courtesy(form: &str) -> bool {
    matches!(form.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "Sir" | "Dame" | "Lord" | "Lady" | "Madame" | "Prof" | "Rev" | "Hon")
}

fn is_title(reading: &Reading<'_>, known: &Resources, word: Word) -> bool {
    let form = reading.form(word);
    form.starts_with(char::is_uppercase) && known.actors.agent(&form.to_lowercase()).is_some_and(|agent| agent.role || agent.sector.is_some())
}

/// Names that the lists know: organisations, countries, peoples, capitals.
fn names<'k>(reading: &Reading<'_>, known: &'k Resources, words: Range<Word>, scratch: &mut String, found: &mut Found<'k>) {
    let mut at = words.start;
    while at < words.end {
        let form = reading.form(at);
        let starts = form.starts_with(char::is_uppercase) || (matches!(form, "al" | "so") && at + 1 < words.end);
        if !starts || found.of(at).is_some() {
            at += 1;
            continue;
        }
        let available = (at..words.end).take_while(|&word| found.of(word).is_none()).count();
        let text = |count: usize| reading.form(at + count - 1).chars().any(char::is_alphanumeric).then(|| reading.surface(reading.span_of(at, at + count - 1)));
        let organisation = known.actors.organisation(available, text, scratch);
        let longest = available.min(known.countries.longest());
        let country = (1..=longest).rev().find_map(|count| {
            let naming = known.countries.naming(reading.surface(reading.span_of(at, at + count - 1)))?;
            Some((count, naming))
        });
        // "Jordan", "Christian" and the like before a last name are first names.
        let given = |count: usize| {
            count == 1
                && available > 1
                && reading.upos(at + 1) == Upos::Propn
                && !is_title(reading, known, at + 1)
                && known.actors.pack.as_ref().is_some_and(|pack| {
                    let (mut people, mut scratch) = (Vec::new(), String::new());
                    pack.is_given_name(form, &mut scratch)
                        && !pack.find(reading.surface(reading.span_of(at, at + 1)), &mut scratch, &mut people)
                        && !people.is_empty()
                })
        };
        let first = organisation.map(|(count, _)| count).max(country.map(|(count, _)| count));
        if first.is_some_and(given) {
            at += 1;
            continue;
        }
        let taken = match (organisation, country) {
            (Some((count, organisation)), country) if country.is_none_or(|(other, _)| count >= other) => {
                let (words, head) = (at..at + count, at + count - 1);
                found.push(reading, Kind::Body(Some(organisation)), words, head);
                count
            }
            (_, Some((count, (code, naming)))) => {
                let (words, head) = (at..at + count, at + count - 1);
                found.push(reading, Kind::Country(code, naming), words, head);
                count
            }
            _ => 1,
        };
        at += taken;
    }
}

/// Names that only the tagger found.
fn tagged(reading: &Reading<'_>, places: &[PlaceMention], words: Range<Word>, found: &mut Found<'_>) {
    for name in tagged_names(reading, words).filter(|name| name.kind != NameKind::Location) {
        // What a list has taken inside it stays; the rest is a name if a word of it is free and it is no place.
        let mut range = name.words.clone();
        while !range.is_empty() && found.of(range.end - 1).is_some() {
            range.end -= 1;
        }
        let span = || reading.span_of(range.start, range.end - 1);
        if range.is_empty() || range.end != name.words.end || !found.free(range.clone()) && name.kind == NameKind::Person || is_place(places, span()) {
            continue;
        }
        // "Syrian Observatory": the country in it is part of the name.
        let head = range.end - 1;
        let kind = if name.kind == NameKind::Person { Kind::Person } else { Kind::Body(None) };
        let inner: Vec<usize> = range.clone().filter_map(|word| found.of(word)).collect();
        if inner.iter().any(|&index| !matches!(found.all[index].kind, Kind::Country(..))) {
            continue;
        }
        let range = if inner.is_empty() {
            range
        } else {
            (range.start..range.end).rfind(|&word| found.of(word).is_some()).map_or(range.clone(), |last| last + 1..range.end)
        };
        if !range.is_empty() && reading.form(head).chars().any(char::is_alphabetic) {
            found.push(reading, kind, range, head);
        }
    }
}

/// Runs of proper nouns that the tagger did not name: people by what stands beside or is known of them, bodies by their last word.
fn untagged(reading: &Reading<'_>, known: &Resources, places: &[PlaceMention], words: Range<Word>, scratch: &mut String, found: &mut Found<'_>) {
    let mut at = words.start;
    let mut people = Vec::new();
    while at < words.end {
        if reading.upos(at) != Upos::Propn || found.of(at).is_some() {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < words.end && found.of(end).is_none() {
            let joins = reading.upos(end) == Upos::Propn
                || (end + 1 < words.end
                    && reading.upos(end + 1) == Upos::Propn
                    && matches!(reading.form(end), "-" | "al" | "el" | "bin" | "de" | "von" | "van" | "der" | "da" | "di" | "ibn" | "ul"));
            if !joins {
                break;
            }
            end += 1;
        }
        let mut range = at..end;
        at = end;
        let courtesy = |word: Word| is_courtesy(reading.form(word));
        let mut titled = range.start > words.start && courtesy(range.start - 1);
        while range.len() > 1 && (courtesy(range.start) || is_title(reading, known, range.start)) {
            titled = true;
            range.start += 1;
        }
        // The words of a title before a name that has none of its own: "Foreign Affairs" Jane Doe.
        let surface = |range: &Range<Word>| reading.surface(reading.span_of(range.start, range.end - 1));
        let mut person = false;
        if let Some(pack) = known.actors.pack.as_ref() {
            // A first name that the tagger took for something else.
            if range.len() == 1
                && range.start > words.start
                && found.of(range.start - 1).is_none()
                && reading.form(range.start - 1).starts_with(char::is_uppercase)
            {
                people.clear();
                let longer = range.start - 1..range.end;
                if !pack.find(surface(&longer), scratch, &mut people) && !people.is_empty() {
                    range = longer;
                }
            }
            for start in range.start..range.end.saturating_sub(1) {
                people.clear();
                let rough = pack.find(surface(&(start..range.end)), scratch, &mut people);
                if (!people.is_empty() && !rough) || (start == range.start && pack.is_given_name(reading.form(start), scratch)) {
                    range.start = start;
                    person = true;
                    break;
                }
            }
        }
        let top = range.clone().find(|&word| reading.head(word).is_none_or(|head| !range.contains(&head))).unwrap_or(range.start);
        titled |= reading.children(top).any(|child| {
            reading.deprel(child) == Deprel::NmodDesc && known.actors.agent(&reading.form(child).to_lowercase()).is_some_and(|agent| !agent.group)
        });
        // "the Trudeau government".
        let leads = range.len() == 1
            && matches!(reading.deprel(top), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc)
            && reading.head(top).is_some_and(|head| {
                head > top && matches!(reading.lemma(head), "government" | "regime" | "administration" | "cabinet" | "presidency" | "junta")
            });
        let head = range.end - 1;
        if is_place(places, reading.span_of(range.start, head)) && !titled && !person {
            continue;
        }
        if person || titled || leads {
            found.push(reading, Kind::Person, range, head);
        } else if range.len() > 1 && known.actors.agent(&reading.form(head).to_lowercase()).is_some_and(|agent| agent.group) {
            found.push(reading, Kind::Body(None), range, head);
        }
    }
}

/// A last name alone, where the full name stands elsewhere in the story.
fn surnames(reading: &Reading<'_>, places: &[PlaceMention], found: &mut Found<'_>) {
    let full: Vec<&str> = found.all.iter().filter(|candidate| matches!(candidate.kind, Kind::Person)).map(|candidate| reading.form(candidate.head)).collect();
    let full: rustc_hash::FxHashSet<&str> = full.into_iter().collect();
    if full.is_empty() {
        return;
    }
    for sentence in reading.text.sentences.iter().filter(|sentence| sentence.zone.is_story()) {
        for word in sentence.words.clone() {
            if found.of(word).is_none() && reading.upos(word) == Upos::Propn && full.contains(reading.form(word)) && !is_place(places, reading.span(word)) {
                found.push(reading, Kind::Person, word..word + 1, word);
            }
        }
    }
    found.sort();
}

fn is_place(places: &[PlaceMention], span: crate::record::Span) -> bool {
    let from = places.partition_point(|place| place.place.span.end <= span.start);
    places[from..]
        .iter()
        .take_while(|place| place.place.span.start < span.end)
        .any(|place| place.place.geonames_id.is_some() && place.place.span.contains(span))
}

/// Nouns that name people.
fn agents(reading: &Reading<'_>, known: &Resources, words: Range<Word>, zone: Zone, scratch: &mut String, found: &mut Found<'_>) {
    for word in words.clone() {
        if found.of(word).is_some() {
            continue;
        }
        let noun = match reading.upos(word) {
            Upos::Noun | Upos::Propn => true,
            // "the injured", "the poor": an adjective that stands where a noun would.
            Upos::Adj => is_core(reading.deprel(word)) && reading.child(word, Deprel::Det).is_some() && reading.child(word, Deprel::Cop).is_none(),
            _ => false,
        } || stands_before_verb(reading, known, words.clone(), word);
        if !noun {
            continue;
        }
        let Some(agent) = agent_at(reading, known, words.start, word, scratch) else { continue };
        if agent.weak && !acts(reading, word) && zone != Zone::Title {
            continue;
        }
        found.push(reading, Kind::Agent(agent), word..word + 1, word);
    }
}

/// "The Pakistani military released", "Somali pirates hijacked": after a people's adjective and before a verb stands a noun,
/// whatever the tagger took it for.
fn stands_before_verb(reading: &Reading<'_>, known: &Resources, words: Range<Word>, word: Word) -> bool {
    word > words.start
        && word + 1 < words.end
        && matches!(reading.upos(word + 1), Upos::Verb | Upos::Aux)
        && matches!(reading.upos(word), Upos::Adj | Upos::Verb)
        && known.countries.demonym(reading.form(word - 1)).is_some()
}

/// What the noun at `word` says, with the words before it: "rebel officials" before "officials".
fn agent_at(reading: &Reading<'_>, known: &Resources, first: Word, word: Word, scratch: &mut String) -> Option<Agent> {
    let lower = |scratch: &mut String, form: &str| form.chars().flat_map(char::to_lowercase).for_each(|letter| scratch.push(letter));
    scratch.clear();
    lower(scratch, reading.form(word));
    let mut best = known.actors.agent(scratch);
    // The words before it, nearest first; a country between does not part them ("allied Iraqi fighters").
    let mut start = word;
    for before in (first..word).rev().take(4) {
        let form = reading.form(before);
        if !matches!(reading.upos(before), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb) && form != "-"
            || reading.head(before).is_none_or(|head| head < before)
        {
            break;
        }
        if known.countries.demonym(form).is_some() {
            continue;
        }
        let joined = reading.span(before).end == reading.span(start).start;
        start = before;
        let mut phrase = String::with_capacity(scratch.len() + form.len() + 1);
        lower(&mut phrase, form);
        if !joined {
            phrase.push(' ');
        }
        phrase.push_str(scratch);
        *scratch = phrase;
        if let Some(longer) = known.actors.agent(scratch) {
            best = Some(longer);
        }
    }
    // "secretary of state", "member of parliament".
    let last = reading.text.sentences[reading.sentence_of(word)].words.end;
    if word + 2 < last && reading.form(word + 1) == "of" {
        scratch.clear();
        for part in word..word + 3 {
            if part > word {
                scratch.push(' ');
            }
            lower(scratch, reading.form(part));
        }
        if let Some(longer) = known.actors.agent(scratch) {
            best = Some(longer);
        }
    }
    best
}

fn is_core(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::OblAgent | Deprel::Conj | Deprel::Nmod | Deprel::Obl)
}

/// Whether a noun stands where a doer, a speaker or an owner stands.
fn acts(reading: &Reading<'_>, word: Word) -> bool {
    match reading.deprel(word) {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::NmodPoss | Deprel::NsubjOuter | Deprel::Iobj | Deprel::Vocative => true,
        Deprel::Conj => reading.head(word).is_some_and(|first| acts(reading, first)),
        Deprel::Obj => reading.head(word).is_some_and(|verb| metonymy::is_dealing(reading.lemma(verb))),
        // "said the ministry's head", "a member of the council": what it belongs to tells.
        Deprel::NmodDesc | Deprel::Appos | Deprel::Root | Deprel::Parataxis => {
            reading.children(word).any(|child| {
                matches!(reading.deprel(child), Deprel::Flat | Deprel::Appos | Deprel::NmodPoss | Deprel::NmodDesc)
                    || (reading.deprel(child) == Deprel::Nmod && reading.upos(child) == Upos::Propn)
            }) || reading.deprel(word) == Deprel::NmodDesc
        }
        Deprel::Obl | Deprel::Nmod => reading.child(word, Deprel::Case).is_some_and(|case| {
            matches!(reading.lemma(case), "by" | "against" | "between" | "according") || (reading.lemma(case) == "to" && reading.deprel(word) == Deprel::Obl)
        }),
        _ => false,
    }
}

/// Numbers that stand for people: "12 were killed", "two of them died".
fn numbers(reading: &Reading<'_>, words: Range<Word>, found: &mut Found<'_>) {
    for word in words {
        if reading.upos(word) != Upos::Num || found.of(word).is_some() || reading.child(word, Deprel::Nummod).is_some() {
            continue;
        }
        let stands = matches!(reading.deprel(word), Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obj);
        let happens = reading.head(word).is_some_and(|verb| {
            matches!(
                reading.lemma(verb),
                "kill"
                    | "injure"
                    | "wound"
                    | "die"
                    | "hurt"
                    | "arrest"
                    | "detain"
                    | "rescue"
                    | "evacuate"
                    | "displace"
                    | "abduct"
                    | "kidnap"
                    | "execute"
                    | "shoot"
                    | "perish"
                    | "drown"
                    | "survive"
                    | "flee"
                    | "hospitalize"
                    | "hospitalise"
            )
        });
        // "%" and currency signs hang on the number; "12 of the buildings" says what it counts.
        let counts = reading.children(word).any(|child| reading.upos(child) == Upos::Sym || reading.deprel(child) == Deprel::Nmod && found.of(child).is_none());
        if stands && happens && !counts {
            found.push(reading, Kind::Number, word..word + 1, word);
        }
    }
}
