//! Codes with dictionaries in PETRARCH's format, through our own tree: who (code) did what (CAMEO code) to whom (code).
//!
//! The clause decides who is on which side of a verb; the dictionary decides what the verb means there. Conventions are PETRARCH's own:
//! every source is paired with every target, and both sides of a meeting are told.

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::argument::{self, Arguments};
use crate::record::{Deprel, Reading, Sentence, Span, Upos, Word};
use crate::resource::petrarch::{Dictionaries, Part, Pattern, Token};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DictionaryEvent {
    /// Day of the story.
    pub date: Option<Date>,
    /// Code of who did it.
    pub source: String,
    /// Code of whom it was done to.
    pub target: String,
    /// CAMEO code.
    pub code: String,
    /// The verb.
    pub trigger: Span,
    /// Its sentence.
    pub sentence: Span,
}

/// Codes every sentence of an article, each event of a sentence once.
#[must_use]
pub fn code(reading: &Reading<'_>, dictionaries: &Dictionaries) -> Vec<DictionaryEvent> {
    let upper = |span: Span| format!(" {}", reading.surface(span).to_uppercase());
    let holds = |sentence: &Sentence, phrases: &[String]| {
        let text = upper(sentence.span);
        phrases.iter().any(|phrase| text.contains(phrase.as_str()))
    };
    let story: Vec<&Sentence> = reading.text.sentences.iter().filter(|sentence| sentence.zone.is_story()).collect();
    if story.iter().any(|sentence| holds(sentence, &dictionaries.discarded_stories)) {
        return Vec::new();
    }
    let mut events = Vec::new();
    for sentence in story.into_iter().filter(|sentence| sentence.words.len() <= LONGEST && !holds(sentence, &dictionaries.discarded)) {
        let coder = Coder { reading, dictionaries, day: reading.article.day(), units: units(reading, dictionaries, sentence), sentence };
        events.extend(coder.events());
    }
    events
}

/// A sentence of more words is a list or a page without stops: no verb is tried on all of it.
const LONGEST: usize = 400;

/// Keeps of the events of one day, source, target and code the first, as the pipelines of the field do. Events without a day are kept.
#[derive(Clone, Debug, Default)]
pub struct OneADay {
    seen: FxHashSet<(Date, String, String, String)>,
}

impl OneADay {
    /// Whether an event is the first of its kind on its day.
    pub fn is_first(&mut self, event: &DictionaryEvent) -> bool {
        event.date.is_none_or(|date| self.seen.insert((date, event.source.clone(), event.target.clone(), event.code.clone())))
    }
}

/// A phrase of a dictionary in the text.
#[derive(Clone, Debug)]
struct Unit {
    words: Range<Word>,
    /// Code of an actor; empty where the actor has none.
    actor: Option<String>,
    /// Code of an agent, and whether it comes first.
    agent: Option<(String, bool)>,
}

/// The longest phrases of the dictionaries, from left to right.
fn units(reading: &Reading<'_>, dictionaries: &Dictionaries, sentence: &Sentence) -> Vec<Unit> {
    let day = reading.article.day();
    let mut units = Vec::new();
    let mut at = sentence.words.start;
    while at < sentence.words.end {
        let longest = (at + 1..=sentence.words.end.min(at + dictionaries.phrases.longest() + 2)).rev().find_map(|end| {
            let surface = reading.surface(reading.span_of(at, end - 1));
            let phrase = surface.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
            let actor = dictionaries.phrases.actor(&phrase, day).map(str::to_owned);
            let agent = dictionaries.phrases.agent(&phrase).map(|agent| (agent.code.clone(), agent.first));
            (actor.is_some() || agent.is_some()).then(|| Unit { words: at..end, agent: if actor.is_some() { None } else { agent }, actor })
        });
        at = match longest {
            Some(unit) => {
                let end = unit.words.end;
                units.push(unit);
                end
            }
            None => at + 1,
        };
    }
    units
}

/// What one verb tells.
#[derive(Clone, Debug)]
struct Told {
    sources: Vec<String>,
    targets: Vec<String>,
    code: String,
    back: String,
    verb: Word,
    /// Its block.
    block: usize,
    /// Whether the sentence is about something else and only mentions it.
    aside: bool,
}

struct Coder<'a> {
    reading: &'a Reading<'a>,
    dictionaries: &'a Dictionaries,
    day: Option<Date>,
    units: Vec<Unit>,
    sentence: &'a Sentence,
}

impl Coder<'_> {
    fn events(&self) -> Vec<DictionaryEvent> {
        let mut told: Vec<Told> = self.sentence.words.clone().filter_map(|word| self.verb(word)).collect();
        self.join(&mut told);
        // A statement, or what is told by the way, is an event only where nothing else is told.
        let weak = |told: &Told| told.code.starts_with("01") && told.code != "015" || told.aside;
        if told.iter().any(|told| !weak(told)) {
            told.retain(|told| !weak(told));
        }
        let mut events: Vec<DictionaryEvent> = Vec::new();
        for told in &told {
            for source in &told.sources {
                for target in &told.targets {
                    self.add(&mut events, source, target, &told.code, told.verb);
                    self.add(&mut events, target, source, &told.back, told.verb);
                }
            }
        }
        events
    }

    /// Makes one of a verb and the one it governs ("wants to help", "asks them to help"): as a transformation of the dictionary says, else by
    /// the sum of their codes.
    fn join(&self, told: &mut Vec<Told>) {
        let reading = self.reading;
        // From the right, so that the deepest are joined first.
        let mut index = told.len();
        while index > 0 {
            index -= 1;
            let inner = &told[index];
            let governed = matches!(reading.deprel(inner.verb), Deprel::Xcomp | Deprel::Ccomp);
            let outer = governed.then(|| reading.head(inner.verb)).flatten().and_then(|head| told.iter().position(|outer| outer.verb == head));
            let Some(at) = outer else { continue };
            let (inner, outer) = (told[index].clone(), told[at].clone());
            if let Some(joined) = self.transformed(&outer, &inner) {
                told[at] = joined;
                told.remove(index);
            } else if reading.deprel(inner.verb) == Deprel::Xcomp {
                let code = self.dictionaries.codes.under(&outer.code, &inner.code).map_or_else(|| inner.code.clone(), str::to_owned);
                let asked = inner.sources != outer.sources;
                // Who is asked is the target; else who it is done to.
                told[at] = if asked {
                    Told { code: if code == inner.code { outer.code.clone() } else { code }, ..outer }
                } else {
                    Told { code, verb: outer.verb, ..inner }
                };
                told.remove(index);
            }
        }
    }

    /// What the first transformation of the dictionary that fits makes of two verbs.
    fn transformed(&self, outer: &Told, inner: &Told) -> Option<Told> {
        let same = outer.sources == inner.sources;
        self.dictionaries.verbs.transformations.iter().find_map(|rule| {
            // A rule names a verb and means all of its block.
            let is = |name: &str, block: usize| self.dictionaries.verbs.forms(name).iter().any(|form| form.block == block);
            let fits = is(&rule.outer, outer.block)
                && (rule.inner == "Q" || is(&rule.inner, inner.block))
                && match rule.inner_source {
                    '.' => true,
                    '_' => same,
                    letter => (letter == rule.outer_source) == same,
                };
            let party = |letter: char| match letter {
                letter if letter == rule.outer_source => Some(outer.sources.clone()),
                letter if letter == rule.inner_source => Some(inner.sources.clone()),
                letter if letter == rule.inner_target => Some(inner.targets.clone()),
                _ => None,
            };
            fits.then_some(())?;
            Some(Told {
                sources: party(rule.source)?,
                targets: party(rule.target)?,
                code: if rule.code == "Q" { inner.code.clone() } else { rule.code.clone() },
                back: String::new(),
                ..outer.clone()
            })
        })
    }

    fn add(&self, events: &mut Vec<DictionaryEvent>, source: &str, target: &str, code: &str, verb: Word) {
        if code.is_empty() || source == target {
            return;
        }
        let event = DictionaryEvent {
            date: self.day,
            source: source.into(),
            target: target.into(),
            code: code.into(),
            trigger: self.reading.span(verb),
            sentence: self.sentence.span,
        };
        if !events.iter().any(|other| (&other.source, &other.target, &other.code) == (&event.source, &event.target, &event.code)) {
            events.push(event);
        }
    }

    /// The event of a verb, if it is one.
    fn verb(&self, word: Word) -> Option<Told> {
        let reading = self.reading;
        if !matches!(reading.upos(word), Upos::Verb | Upos::Aux) || matches!(reading.deprel(word), Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Amod) {
            return None;
        }
        // "after leaving Eriador": a circumstance, with nobody of its own.
        let circumstance = reading.deprel(word) == Deprel::Advcl
            && reading.child(word, Deprel::Nsubj).is_none()
            && reading.children(word).any(|mark| matches!(reading.lemma(mark), "after" | "before" | "since" | "while" | "without"));
        if circumstance {
            return None;
        }
        let form = self.dictionaries.verbs.forms(&reading.form(word).to_uppercase()).iter().find(|form| self.stands(word, &form.words, form.verb))?;
        let arguments = argument::arguments(reading, word);
        let block = &self.dictionaries.verbs.blocks[form.block];
        let best = block
            .patterns
            .iter()
            .filter_map(|pattern| Some((self.matches(pattern, word)?, pattern)))
            .max_by_key(|(_, pattern)| (size(pattern), std::cmp::Reverse(pattern.line)));
        let mut code = best.as_ref().map_or(form.code.as_str(), |(_, pattern)| pattern.code.as_str()).to_owned();
        let roles = best.map(|(roles, _)| roles).unwrap_or_default();
        let (mut code, back) = match code.split_once(':') {
            Some((there, back)) => (there.trim().to_owned(), back.trim().to_owned()),
            None => (std::mem::take(&mut code), String::new()),
        };
        if code.is_empty() && back.is_empty() {
            return None;
        }
        let mut back = back;
        if self.is_negated(word) {
            let opposite = |code: &str| self.dictionaries.codes.negated(code).unwrap_or("").to_owned();
            (code, back) = (opposite(&code), opposite(&back));
            if code.is_empty() && back.is_empty() {
                return None;
            }
        }
        let (sources, targets, both) = self.parties(word, &arguments, &roles);
        let back = if both && back.is_empty() { code.clone() } else { back };
        let aside = std::iter::successors(Some(word), |&word| reading.head(word))
            .any(|word| matches!(reading.deprel(word), Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::AdvclRelcl | Deprel::Appos));
        (!sources.is_empty() && !targets.is_empty()).then_some(Told { sources, targets, code, back, verb: word, block: form.block, aside })
    }

    /// Whether the words of a verb stand around the one that inflects: side by side, or a particle after its object.
    fn stands(&self, word: Word, words: &[String], verb: usize) -> bool {
        words.iter().enumerate().filter(|(index, _)| *index != verb).all(|(index, part)| {
            let place = (word + index).checked_sub(verb).filter(|place| self.sentence.words.contains(place));
            let beside = place.is_some_and(|place| self.reading.form(place).eq_ignore_ascii_case(part));
            beside
                || self
                    .reading
                    .children(word)
                    .any(|child| self.reading.deprel(child) == Deprel::CompoundPrt && self.reading.form(child).eq_ignore_ascii_case(part))
        })
    }

    fn is_negated(&self, word: Word) -> bool {
        self.reading.children(word).any(|child| {
            matches!(self.reading.deprel(child), Deprel::Advmod | Deprel::Cc | Deprel::CcPreconj)
                && matches!(self.reading.lemma(child), "not" | "never" | "n't")
        })
    }

    /// Sources, targets, and whether all are both.
    fn parties(&self, word: Word, arguments: &Arguments, roles: &Roles) -> (Vec<String>, Vec<String>, bool) {
        let reading = self.reading;
        let subject = arguments.subj.map(|subject| self.resolved(subject));
        let mut sources = if roles.source.is_empty() { subject.map(|subject| self.codes(subject)).unwrap_or_default() } else { roles.source.clone() };
        let mut targets = roles.target.clone();
        if targets.is_empty() && arguments.passive {
            targets = arguments.obj.map(|object| self.codes(self.resolved(object))).unwrap_or_default();
        }
        let taken: Vec<Word> = [arguments.subj, arguments.obj.filter(|_| arguments.passive)].into_iter().flatten().collect();
        // "soldiers who attacked Gondor": what stands below the verb is no part of its subject.
        let free = |unit: &&Unit| {
            !taken
                .iter()
                .any(|&taken| unit.words.clone().any(|part| reading.is_under(part, taken) && !(reading.is_under(word, taken) && reading.is_under(part, word))))
        };
        if sources.is_empty() && arguments.passive {
            // "was criticized over its dispute with Eriador": the other one in the clause.
            sources = self.after(word, &free).filter(|codes| *codes != targets).unwrap_or_default();
        }
        if targets.is_empty() && !roles.both {
            // Of two who met, neither is to be looked for in what else happened: "have delayed their meeting after ... in Mordor".
            let several = sources.len() > 1;
            let near = |unit: &&Unit| free(unit) && !(several && self.is_in_adverbial(unit.words.start, word));
            targets = self.after(word, &near).unwrap_or_default();
            targets.retain(|target| !sources.contains(target));
        }
        let both = roles.both || (targets.is_empty() && sources.len() > 1 && roles.source.is_empty());
        if both {
            targets = sources.clone();
        }
        (sources, targets, both)
    }

    /// Whether a word stands in an adverbial clause below a verb.
    fn is_in_adverbial(&self, word: Word, verb: Word) -> bool {
        std::iter::successors(Some(word), |&word| self.reading.head(word))
            .take_while(|&word| word != verb)
            .any(|word| self.reading.deprel(word) == Deprel::Advcl)
    }

    /// The first party that stands after a verb: an actor; else an agent.
    fn after(&self, verb: Word, free: &dyn Fn(&&Unit) -> bool) -> Option<Vec<String>> {
        let units: Vec<&Unit> = self.units.iter().filter(|unit| unit.words.start > verb).filter(free).collect();
        let coded = |unit: &&&Unit| unit.agent.is_some() || unit.actor.as_ref().is_some_and(|code| !code.is_empty());
        let inside = |unit: &&&Unit| coded(unit) && self.reading.is_under(unit.words.start, verb);
        let actor = |unit: &&&Unit| unit.actor.as_ref().is_some_and(|code| !code.is_empty());
        let found = units.iter().find(|unit| actor(unit) && inside(unit)).or_else(|| units.iter().find(|unit| inside(unit)))?;
        let codes = self.codes(self.phrase_of(found.words.clone()));
        (!codes.is_empty()).then_some(codes)
    }

    /// The head of the phrase that a unit belongs to: of "Russian students", students; of "ties with Gondor", Gondor.
    fn phrase_of(&self, words: Range<Word>) -> Word {
        let reading = self.reading;
        let top = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))).unwrap_or(words.start);
        let mut at = top;
        while let Some(head) = reading.head(at) {
            let part = match reading.deprel(at) {
                Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::NmodPoss | Deprel::NmodUnmarked | Deprel::Appos => true,
                // "soldiers from Gondor": an agent before its actor.
                Deprel::Nmod | Deprel::Conj => {
                    self.units.iter().any(|unit| unit.agent.is_some() && unit.words.contains(&head)) && reading.deprel(at) == Deprel::Nmod
                }
                _ => false,
            };
            if !part || !matches!(reading.upos(head), Upos::Noun | Upos::Propn | Upos::Adj) {
                break;
            }
            at = head;
        }
        at
    }

    /// A pronoun as the subject of the clause above, else as it is.
    fn resolved(&self, word: Word) -> Word {
        let reading = self.reading;
        if reading.upos(word) != Upos::Pron {
            return word;
        }
        let mut at = word;
        while let Some(head) = reading.head(at) {
            at = head;
            let subject = reading.child(at, Deprel::Nsubj).or_else(|| reading.child(at, Deprel::NsubjPass));
            if let Some(subject) = subject.filter(|&subject| subject != word && reading.upos(subject) != Upos::Pron) {
                return subject;
            }
        }
        word
    }

    /// Codes of a phrase and of what is coordinated with it; a conjunct without an actor of its own shares the first one's.
    fn codes(&self, head: Word) -> Vec<String> {
        let mut codes = Vec::new();
        let mut first: Vec<String> = Vec::new();
        for word in self.coordinated(head) {
            let (mut actors, agents) = self.phrase(word);
            if actors.is_empty() {
                actors.clone_from(&first);
            } else if first.is_empty() {
                first.clone_from(&actors);
            }
            if actors.is_empty() && !agents.is_empty() {
                actors.push("---".into());
            }
            for actor in actors {
                let code = joined(&actor, &agents);
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        codes
    }

    /// A phrase and what is coordinated with it, at any depth; an apposition that goes on as a list is a conjunct.
    fn coordinated(&self, head: Word) -> Vec<Word> {
        let reading = self.reading;
        let mut found = vec![head];
        let mut at = 0;
        while at < found.len() {
            let listed = |child: Word| match reading.deprel(child) {
                Deprel::Conj => true,
                Deprel::Appos => reading.child(child, Deprel::Conj).is_some() || reading.child(head, Deprel::Conj).is_some(),
                _ => false,
            };
            found.extend(reading.children(found[at]).filter(|&child| listed(child)));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Actors and agents inside a phrase, without its clauses and conjuncts.
    fn phrase(&self, head: Word) -> (Vec<String>, Vec<(String, bool)>) {
        let reading = self.reading;
        let inside = |word: Word| {
            let mut at = word;
            loop {
                if at == head {
                    return true;
                }
                // Coordinated names of the phrase's own complement count: "lawmakers in Arnor and Gondor".
                let blocked = match reading.deprel(at) {
                    Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::Appos | Deprel::Parataxis => true,
                    Deprel::Conj => reading.head(at) == Some(head),
                    _ => false,
                };
                match reading.head(at).filter(|_| !blocked) {
                    Some(next) => at = next,
                    None => return false,
                }
            }
        };
        let units: Vec<&Unit> = self.units.iter().filter(|unit| unit.words.clone().any(inside)).collect();
        let near = units.iter().filter(|unit| unit.actor.as_ref().is_some_and(|code| !code.is_empty()));
        let mut actors: Vec<String> = near.clone().filter_map(|unit| unit.actor.clone()).collect();
        // "Old foe Gondor", "Ithilen's palace in Mordor": names of one phrase that are not coordinated are one party's; the first says whose.
        let coordinated = |one: &Unit, other: &Unit| {
            let top = |unit: &Unit| unit.words.clone().find(|&word| reading.head(word).is_none_or(|head| !unit.words.contains(&head)));
            top(one).zip(top(other)).is_some_and(|(one, other)| reading.deprel(other) == Deprel::Conj && reading.is_under(other, one))
        };
        let listed: Vec<&&Unit> = near.collect();
        if let Some(first) = listed.first() {
            actors = listed.iter().filter(|unit| std::ptr::eq(**unit, *first) || coordinated(first, unit)).filter_map(|unit| unit.actor.clone()).collect();
        }
        let agents = units.iter().filter_map(|unit| unit.agent.clone()).collect();
        (actors, agents)
    }

    /// Whether a pattern stands around a verb, and who takes the parts it names.
    fn matches(&self, pattern: &Pattern, verb: Word) -> Option<Roles> {
        let mut roles = Roles::default();
        self.follow(&pattern.before, self.sentence.words.start..verb, &mut roles)?;
        self.follow(&pattern.after, verb + 1..self.sentence.words.end, &mut roles)?;
        Some(roles)
    }

    /// Finds the parts of a side in order.
    fn follow(&self, parts: &[Part], words: Range<Word>, roles: &mut Roles) -> Option<()> {
        let mut at = words.start;
        for part in parts {
            match part {
                Part::Word(token) => at = self.find(token, at..words.end)?.end,
                Part::Phrase(tokens) => {
                    let mut place = self.find(tokens.first()?, at..words.end)?;
                    for token in &tokens[1..] {
                        place = self.find(token, place.end..words.end.min(place.end + GAP))?;
                    }
                    at = place.end;
                }
                Part::Prep(tokens) => {
                    let mut place = self.find(tokens.first()?, at..words.end)?;
                    for token in &tokens[1..] {
                        let next = self.find(token, place.end..words.end.min(place.end + GAP))?;
                        // "for asylum" is not "for foreign asylum".
                        (place.end..next.start).all(|word| matches!(self.reading.upos(word), Upos::Det | Upos::Pron | Upos::Num | Upos::Part)).then_some(())?;
                        place = next;
                    }
                    at = place.end;
                }
                Part::Source | Part::Target | Part::Skip | Part::Both => {
                    let unit = self
                        .units
                        .iter()
                        .find(|unit| unit.actor.as_ref().is_some_and(|code| !code.is_empty()) && unit.words.start >= at && unit.words.end <= words.end)?;
                    at = unit.words.end;
                    let codes: Vec<String> = unit.actor.iter().cloned().collect();
                    match part {
                        Part::Source => roles.source = codes,
                        Part::Target => roles.target = codes,
                        Part::Both => {
                            roles.source = self.codes(self.phrase_of(unit.words.clone()));
                            roles.both = true;
                        }
                        _ => {}
                    }
                }
            }
        }
        Some(())
    }

    fn find(&self, token: &Token, words: Range<Word>) -> Option<Range<Word>> {
        words.clone().find_map(|word| match token {
            Token::Words(sought) => self.is_at(sought, true, word, words.end),
            Token::Set(set) => self.dictionaries.verbs.sets[*set].iter().find_map(|(sought, plural)| self.is_at(sought, *plural, word, words.end)),
        })
    }

    /// Whether words stand side by side from one on; the last may be a plural.
    fn is_at(&self, sought: &[String], plural: bool, start: Word, end: Word) -> Option<Range<Word>> {
        let stop = start + sought.len();
        let fits = stop <= end
            && sought.iter().zip(start..stop).enumerate().all(|(index, (sought, word))| {
                let form = self.reading.form(word);
                form.eq_ignore_ascii_case(sought) || (plural && index + 1 == stop - start && is_plural(form, sought))
            });
        (fits && stop > start).then_some(start..stop)
    }
}

/// Words that may stand between two of one phrase.
const GAP: usize = 3;

/// Who takes the parts that a pattern names.
#[derive(Clone, Debug, Default)]
struct Roles {
    source: Vec<String>,
    target: Vec<String>,
    /// Whether all of the source are the target too.
    both: bool,
}

fn size(pattern: &Pattern) -> usize {
    pattern.before.iter().chain(&pattern.after).map(Part::size).sum()
}

fn is_plural(form: &str, sought: &str) -> bool {
    let form = form.to_uppercase();
    form.strip_prefix(sought).is_some_and(|end| end == "S" || end == "ES")
        || sought.strip_suffix('Y').is_some_and(|stem| form.strip_prefix(stem) == Some("IES"))
}

/// An actor's code with those of its agents, none twice.
fn joined(actor: &str, agents: &[(String, bool)]) -> String {
    let mut code = actor.to_owned();
    for (agent, first) in agents {
        if code.as_bytes().chunks(3).any(|part| part == agent.as_bytes()) {
            continue;
        }
        code = if *first && actor != "---" { format!("{agent}{code}") } else { format!("{code}{agent}") };
    }
    code
}
