//! The event lexicon: which verb, noun or adjective, with which arguments, is which PLOVER event.
//!
//! Read from `data/lexicon/*.txt`; `data/lexicon/README.md` describes the lines. A line that cannot be read is kept as a
//! problem and fails the tests: the program itself goes on without it.

mod lint;

use rustc_hash::FxHashMap;

use crate::record::{Context, EventType, Mode, Realis, Upos};

/// What a constraint or role looks at. Slots are logical: a passive subject is the object, its by-phrase the subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who does it.
    Subj,
    /// To what.
    Obj,
    /// To whom.
    Iobj,
    /// Infinitive or gerund complement.
    Xcomp,
    /// Clause complement.
    Ccomp,
    /// Particle or adverb.
    Particle,
    /// Adjective or compound modifier.
    Mod,
    /// Possessor.
    Poss,
    /// Anything in the clause.
    Any,
    /// An oblique or nominal modifier with this case marker.
    Prep(Box<str>),
}

impl Slot {
    fn parse(text: &str) -> Slot {
        match text {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "iobj" => Slot::Iobj,
            "xcomp" => Slot::Xcomp,
            "ccomp" => Slot::Ccomp,
            "prt" => Slot::Particle,
            "mod" => Slot::Mod,
            "poss" => Slot::Poss,
            "any" => Slot::Any,
            preposition => Slot::Prep(preposition.replace('_', " ").into()),
        }
    }
}

/// What the filler of a slot must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Anything.
    Something,
    /// The slot must be empty.
    Nothing,
    /// One of these lemmas.
    Lemmas(Vec<Box<str>>),
    /// A member of a class of `classes.txt`, by index.
    Class(usize),
    /// People, an organisation or a country.
    Actor,
    /// A place.
    Place,
    /// A number.
    Number,
    /// A sum of money.
    Money,
}

/// One condition of a sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Where to look.
    pub slot: Slot,
    /// What to find.
    pub test: Test,
    /// Whether it must not be found.
    pub negated: bool,
}

/// Which slots give the parties and the rest of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Who does it.
    pub actor: Vec<Slot>,
    /// To whom.
    pub recipient: Vec<Slot>,
    /// Where.
    pub place: Vec<Slot>,
    /// With what.
    pub instrument: Vec<Slot>,
    /// About what.
    pub topic: Vec<Slot>,
    /// What would be done.
    pub content: Vec<Slot>,
}

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pos {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adjective,
}

impl Pos {
    /// The trigger class of a UD tag.
    #[must_use]
    pub fn of(upos: Upos) -> Option<Pos> {
        match upos {
            Upos::Verb | Upos::Aux => Some(Pos::Verb),
            Upos::Noun | Upos::Propn => Some(Pos::Noun),
            Upos::Adj => Some(Pos::Adjective),
            _ => None,
        }
    }
}

/// One sense of a trigger.
#[derive(Clone, Debug)]
pub struct Sense {
    /// The line it stands on, for `explain`: file and line number.
    pub source: (&'static str, u32),
    /// The pattern as written.
    pub pattern: Box<str>,
    /// All must hold.
    pub constraints: Vec<Constraint>,
    /// Type; none is a blocking sense: the pattern is no event.
    pub event_type: Option<EventType>,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Roles.
    pub frame: Frame,
    /// Contexts that the sense itself implies.
    pub contexts: Vec<Context>,
    /// CAMEO code.
    pub cameo: Option<Box<str>>,
}

impl Sense {
    /// How much a sense asks for: more conditions, then closer ones (a word before a class before anything).
    #[must_use]
    pub fn specificity(&self) -> (usize, usize) {
        let close = |constraint: &Constraint| match constraint.test {
            Test::Lemmas(_) => 3,
            Test::Class(_) | Test::Money | Test::Number => 2,
            Test::Actor | Test::Place => 1,
            Test::Something | Test::Nothing => 0,
        };
        (self.constraints.len(), self.constraints.iter().map(close).sum())
    }
}

/// A verb that lends its subject and tense to an event noun ("launched an attack").
#[derive(Clone, Debug)]
pub struct LightVerb {
    /// All must hold.
    pub constraints: Vec<Constraint>,
    /// What it does to the event: none leaves the verb's own; negated, planned, ended.
    pub effect: LightEffect,
}

/// What a light verb does to the event of its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LightEffect {
    /// The event is, as the verb is.
    Carries,
    /// It is not.
    Negates,
    /// It is to be.
    Plans,
    /// It is over.
    Ends,
    /// The verb's subject is the one it is done to ("came under attack").
    Suffers,
}

/// The words before the last one of a phrase, and what the phrase stands for.
type Phrase<T> = (Vec<Box<str>>, T);

/// The whole lexicon.
#[derive(Debug, Default)]
pub struct Lexicon {
    senses: Vec<Sense>,
    triggers: FxHashMap<Box<str>, [Vec<u32>; 3]>,
    light: FxHashMap<Box<str>, Vec<LightVerb>>,
    classes: FxHashMap<Box<str>, Vec<usize>>,
    class_names: Vec<Box<str>>,
    class_phrases: FxHashMap<Box<str>, Vec<Phrase<usize>>>,
    contexts: FxHashMap<Box<str>, Vec<Phrase<Context>>>,
    operators: FxHashMap<Box<str>, [Vec<Operator>; 3]>,
    /// Lines that could not be read.
    pub problems: Vec<String>,
}

/// A word that takes the clause or noun in one of its slots out of plain fact ("want", "refuse", "plan to").
#[derive(Clone, Debug)]
pub struct Operator {
    /// Slots it governs.
    pub slots: Vec<Slot>,
    /// All must hold.
    pub constraints: Vec<Constraint>,
    /// What becomes of the governed predicate.
    pub effect: Effect,
}

/// What an operator does to what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is as the operator itself is ("began to", "managed to").
    Carries,
    /// It takes this realis.
    Realis(Realis),
    /// It is the opposite ("failed to").
    Negates,
    /// It is doubted: the claim is alleged.
    Doubts,
    /// It is denied.
    Denies,
    /// It is a fact, whatever the operator ("regret that").
    Fact,
}

const FILES: &[(&str, &str)] = &[
    ("agree.txt", include_str!("../../data/lexicon/agree.txt")),
    ("consult.txt", include_str!("../../data/lexicon/consult.txt")),
    ("support.txt", include_str!("../../data/lexicon/support.txt")),
    ("concede.txt", include_str!("../../data/lexicon/concede.txt")),
    ("cooperate.txt", include_str!("../../data/lexicon/cooperate.txt")),
    ("aid.txt", include_str!("../../data/lexicon/aid.txt")),
    ("retreat.txt", include_str!("../../data/lexicon/retreat.txt")),
    ("request.txt", include_str!("../../data/lexicon/request.txt")),
    ("accuse.txt", include_str!("../../data/lexicon/accuse.txt")),
    ("reject.txt", include_str!("../../data/lexicon/reject.txt")),
    ("threaten.txt", include_str!("../../data/lexicon/threaten.txt")),
    ("protest.txt", include_str!("../../data/lexicon/protest.txt")),
    ("sanction.txt", include_str!("../../data/lexicon/sanction.txt")),
    ("mobilize.txt", include_str!("../../data/lexicon/mobilize.txt")),
    ("coerce.txt", include_str!("../../data/lexicon/coerce.txt")),
    ("assault.txt", include_str!("../../data/lexicon/assault.txt")),
    ("occurrence.txt", include_str!("../../data/lexicon/occurrence.txt")),
    ("blocks.txt", include_str!("../../data/lexicon/blocks.txt")),
];

impl Lexicon {
    /// The lexicon that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut lexicon = Lexicon::default();
        lexicon.read_classes(include_str!("../../data/lexicon/classes.txt"));
        for (file, text) in FILES {
            lexicon.read_senses(file, text);
        }
        lexicon.read_light(include_str!("../../data/lexicon/light.txt"));
        lexicon.read_contexts(include_str!("../../data/lexicon/contexts.txt"));
        lexicon.read_operators(include_str!("../../data/operators/operators.txt"));
        lexicon
    }

    /// Number of senses.
    #[must_use]
    pub fn len(&self) -> usize {
        self.senses.len()
    }

    /// Whether it has no sense.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.senses.is_empty()
    }

    /// The senses of a lemma, in file order.
    pub fn senses<'l>(&'l self, lemma: &str, pos: Pos) -> impl Iterator<Item = &'l Sense> + use<'l> {
        self.triggers.get(lemma).into_iter().flat_map(move |uses| &uses[pos as usize]).map(|&index| &self.senses[index as usize])
    }

    /// Every sense, in file order.
    #[must_use]
    pub fn all(&self) -> &[Sense] {
        &self.senses
    }

    /// The light-verb uses of a verb.
    #[must_use]
    pub fn light(&self, lemma: &str) -> &[LightVerb] {
        self.light.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The operator uses of a word.
    #[must_use]
    pub fn operators(&self, lemma: &str, pos: Pos) -> &[Operator] {
        self.operators.get(lemma).map_or(&[], |uses| uses[pos as usize].as_slice())
    }

    /// Whether a word, whose lemma is `lemma` and before which `before(1)`, `before(2)`, … stand, belongs to a class.
    pub fn in_class<'t>(&self, class: usize, lemma: &str, before: impl Fn(usize) -> Option<&'t str>) -> bool {
        self.classes.get(lemma).is_some_and(|classes| classes.contains(&class))
            || self.class_phrases.get(lemma).is_some_and(|phrases| {
                phrases.iter().any(|(rest, member)| *member == class && rest.iter().rev().enumerate().all(|(at, word)| before(at + 1) == Some(word)))
            })
    }

    /// Index of a class by name, without `@`.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<usize> {
        self.class_names.iter().position(|class| &**class == name)
    }

    /// The contexts that a word brings; `before` as in [`Lexicon::in_class`].
    pub fn contexts<'l, 't: 'l>(&'l self, lemma: &str, before: impl Fn(usize) -> Option<&'t str> + 'l) -> impl Iterator<Item = Context> + 'l {
        self.contexts
            .get(lemma)
            .into_iter()
            .flatten()
            .filter(move |(rest, _)| rest.iter().rev().enumerate().all(|(at, word)| before(at + 1) == Some(word)))
            .map(|(_, context)| *context)
    }

    fn problem(&mut self, file: &str, line: u32, what: &str) {
        self.problems.push(format!("{file}:{line}: {what}"));
    }

    fn read_classes(&mut self, text: &str) {
        // Names first: a class may be used before its line.
        for line in lines(text).map(|(_, line)| line) {
            if let Some((name, _)) = line.split_once('=') {
                self.class_names.push(name.trim().trim_start_matches('@').into());
            }
        }
        let mut index = 0;
        for (number, line) in lines(text) {
            let Some((_, members)) = line.split_once('=') else {
                self.problem("classes.txt", number, "expected '@name = word word …'");
                continue;
            };
            for phrase in words_and_phrases(members) {
                let mut words: Vec<Box<str>> = phrase.split(' ').map(Into::into).collect();
                let Some(last) = words.pop() else { continue };
                if let Some(other) = last.strip_prefix('@') {
                    self.problem("classes.txt", number, &format!("a class cannot hold the class @{other}"));
                } else if words.is_empty() {
                    self.classes.entry(last).or_default().push(index);
                } else {
                    self.class_phrases.entry(last).or_default().push((words, index));
                }
            }
            index += 1;
        }
    }

    fn read_contexts(&mut self, text: &str) {
        for (number, line) in lines(text) {
            let parsed = line.split_once(':').and_then(|(name, members)| Some((Context::parse(name.trim())?, members)));
            let Some((context, members)) = parsed else {
                self.problem("contexts.txt", number, "expected 'context: word word …' with a context of the list");
                continue;
            };
            for phrase in words_and_phrases(members) {
                let mut words: Vec<Box<str>> = phrase.split(' ').map(Into::into).collect();
                if let Some(last) = words.pop() {
                    self.contexts.entry(last).or_default().push((words, context));
                }
            }
        }
    }

    fn read_light(&mut self, text: &str) {
        for (number, line) in lines(text) {
            let mut fields = line.split(" ;").map(str::trim);
            let parsed = self.pattern(fields.next().unwrap_or(""));
            let effect = match fields.next().unwrap_or("") {
                "" => Some(LightEffect::Carries),
                "negated" => Some(LightEffect::Negates),
                "planned" => Some(LightEffect::Plans),
                "ended" => Some(LightEffect::Ends),
                "recipient" => Some(LightEffect::Suffers),
                _ => None,
            };
            match (parsed, effect) {
                (Ok((lemma, Pos::Verb, constraints)), Some(effect)) => self.light.entry(lemma).or_default().push(LightVerb { constraints, effect }),
                (Err(what), _) => self.problem("light.txt", number, &what),
                _ => self.problem("light.txt", number, "expected 'verb/v … ; ' with nothing, negated, planned, ended or recipient"),
            }
        }
        for uses in self.light.values_mut() {
            uses.sort_by_key(|light| std::cmp::Reverse(light.constraints.len()));
        }
    }

    fn read_operators(&mut self, text: &str) {
        for (number, line) in lines(text) {
            let fields: Vec<&str> = line.split(" ;").map(str::trim).collect();
            let &[pattern, slots, effect] = &fields[..] else {
                self.problem("operators.txt", number, "expected 'PATTERN ; SLOTS ; EFFECT'");
                continue;
            };
            let effect = match effect {
                "carries" => Some(Effect::Carries),
                "negates" => Some(Effect::Negates),
                "doubts" => Some(Effect::Doubts),
                "denies" => Some(Effect::Denies),
                "fact" => Some(Effect::Fact),
                realis => Realis::parse(realis).map(Effect::Realis),
            };
            match (self.pattern(pattern), effect) {
                (Ok((lemma, pos, constraints)), Some(effect)) => {
                    let slots = slots.split(',').map(|slot| Slot::parse(slot.trim())).collect();
                    self.operators.entry(lemma).or_default()[pos as usize].push(Operator { slots, constraints, effect });
                }
                (Err(what), _) => self.problem("operators.txt", number, &what),
                (_, None) => self.problem("operators.txt", number, "unknown effect"),
            }
        }
        for uses in self.operators.values_mut().flatten() {
            uses.sort_by_key(|operator| std::cmp::Reverse(operator.constraints.len()));
        }
    }

    fn read_senses(&mut self, file: &'static str, text: &str) {
        for (number, line) in lines(text) {
            match self.sense(file, number, line) {
                Ok((lemma, pos, sense)) => {
                    let index = self.senses.len() as u32;
                    self.senses.push(sense);
                    self.triggers.entry(lemma).or_default()[pos as usize].push(index);
                }
                Err(what) => self.problem(file, number, &what),
            }
        }
    }

    fn sense(&self, file: &'static str, number: u32, line: &str) -> Result<(Box<str>, Pos, Sense), String> {
        let mut fields = line.split(" ;").map(str::trim);
        let pattern = fields.next().unwrap_or("");
        let what = fields.next().unwrap_or("");
        let (frame, contexts, cameo) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        let (lemma, pos, constraints) = self.pattern(pattern)?;
        let mut parts = what.split_whitespace();
        let name = parts.next().ok_or("no event type")?;
        let event_type = if name == "-" { None } else { Some(EventType::parse(name).ok_or_else(|| format!("unknown event type '{name}'"))?) };
        let mut modes = Vec::new();
        for mode in parts {
            let known = Mode::parse(mode).filter(|mode| event_type.is_some_and(|event_type| event_type.modes().contains(mode)));
            modes.push(known.ok_or_else(|| format!("'{mode}' is no mode of {name}"))?);
        }
        let contexts = contexts
            .split_whitespace()
            .map(|context| Context::parse(context).ok_or_else(|| format!("unknown context '{context}'")))
            .collect::<Result<_, _>>()?;
        let cameo = (!cameo.is_empty()).then(|| cameo.into());
        let mut frame = frame_of(frame, pos)?;
        if pos == Pos::Verb && frame.content.is_empty() && !fields_name_content(line) {
            // What is asked, threatened, refused or agreed to: where the line does not say, the complement.
            frame.content = match event_type {
                Some(EventType::Request) => vec![Slot::Xcomp, Slot::Ccomp, Slot::Prep("for".into())],
                Some(EventType::Threaten | EventType::Reject) => vec![Slot::Xcomp, Slot::Ccomp],
                Some(EventType::Agree | EventType::Concede) => vec![Slot::Xcomp, Slot::Ccomp],
                _ => Vec::new(),
            };
        }
        Ok((lemma, pos, Sense { source: (file, number), pattern: pattern.into(), constraints, event_type, modes, frame, contexts, cameo }))
    }

    fn pattern(&self, text: &str) -> Result<(Box<str>, Pos, Vec<Constraint>), String> {
        let mut parts = words_and_phrases(text);
        let trigger = parts.next().ok_or("no pattern")?;
        let (lemma, pos) = trigger.rsplit_once('/').ok_or_else(|| format!("'{trigger}' has no part of speech"))?;
        let pos = match pos {
            "v" => Pos::Verb,
            "n" => Pos::Noun,
            "a" => Pos::Adjective,
            other => return Err(format!("unknown part of speech '{other}'")),
        };
        let mut constraints = Vec::new();
        for part in parts {
            let (negated, part) = part.strip_prefix('!').map_or((false, part), |rest| (true, rest));
            let (slot, test) = part.split_once(':').ok_or_else(|| format!("'{part}' is no 'slot:test'"))?;
            let test = match test {
                "*" => Test::Something,
                "-" => Test::Nothing,
                "@actor" => Test::Actor,
                "@place" => Test::Place,
                "@number" => Test::Number,
                "@money" => Test::Money,
                class if class.starts_with('@') => Test::Class(self.class(&class[1..]).ok_or_else(|| format!("unknown class '{class}'"))?),
                lemmas => Test::Lemmas(lemmas.split('|').map(Into::into).collect()),
            };
            constraints.push(Constraint { slot: Slot::parse(slot), test, negated });
        }
        Ok((lemma.into(), pos, constraints))
    }
}

/// Whether a line says itself where its content stands, be it nowhere.
fn fields_name_content(line: &str) -> bool {
    line.contains("content=")
}

fn frame_of(text: &str, pos: Pos) -> Result<Frame, String> {
    let slots = |text: &str| -> Vec<Slot> { if text == "-" { Vec::new() } else { text.split(',').map(Slot::parse).collect() } };
    let mut frame = match pos {
        Pos::Verb => Frame { actor: vec![Slot::Subj], recipient: vec![Slot::Obj, Slot::Iobj], ..Frame::default() },
        Pos::Noun => Frame { actor: slots("by,poss,mod"), recipient: slots("on,against,at"), ..Frame::default() },
        Pos::Adjective => Frame { actor: vec![Slot::Subj], ..Frame::default() },
    };
    for part in text.split_whitespace() {
        let (role, list) = part.split_once('=').ok_or_else(|| format!("'{part}' is no 'role=slot'"))?;
        let target = match role {
            "actor" => &mut frame.actor,
            "recipient" => &mut frame.recipient,
            "place" => &mut frame.place,
            "instrument" => &mut frame.instrument,
            "topic" => &mut frame.topic,
            "content" => &mut frame.content,
            other => return Err(format!("unknown role '{other}'")),
        };
        *target = slots(list);
    }
    Ok(frame)
}

/// Lines that say something, with their numbers, comments left out.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.lines()).map(|(number, line)| (number, line.split('#').next().unwrap_or("").trim())).filter(|(_, line)| !line.is_empty())
}

/// Words, and phrases in double quotes, of a line.
fn words_and_phrases(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            let (phrase, after) = quoted.split_once('"')?;
            rest = after;
            return Some(phrase);
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lexicon_is_read() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.problems.is_empty(), "{}", lexicon.problems.join("\n"));
    }

    #[test]
    fn every_sense_can_win() {
        let idle = Lexicon::embedded().unreachable();
        assert!(idle.is_empty(), "{} lines\n{}", idle.len(), idle.join("\n"));
    }

    #[test]
    fn a_pattern_holds_its_constraints() {
        let mut lexicon = Lexicon::default();
        lexicon.read_classes("@town = city \"border post\"");
        let (lemma, pos, constraints) = lexicon.pattern("seize/v obj:@town !with:gun|knife").unwrap();
        assert_eq!((&*lemma, pos), ("seize", Pos::Verb));
        assert_eq!(constraints[0], Constraint { slot: Slot::Obj, test: Test::Class(0), negated: false });
        assert!(constraints[1].negated);
        assert!(lexicon.in_class(0, "post", |at| ["border"].get(at - 1).copied()));
        assert!(!lexicon.in_class(0, "post", |_| None));
    }

    #[test]
    fn a_mode_of_another_type_is_refused() {
        let lexicon = Lexicon::default();
        assert!(lexicon.sense("x", 1, "shell/v ; ASSAULT visit").is_err());
        assert!(lexicon.sense("x", 1, "shell/v ; ASSAULT heavy-weapons").is_ok());
    }
}
