//! The logical arguments of a predicate: who, what, to whom, with passives, relatives, shared subjects and control undone.

use crate::record::{Deprel, Feats, Mentions, NumberKind, Reading, Upos, Word};
use crate::resource::lexicon::{Constraint, Lexicon, Slot, Test};

/// Which words fill the slots of one predicate. Heads only; coordinated fillers are found by [`coordinated`].
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The predicate.
    pub predicate: Word,
    /// Who does it: the subject of an active clause, the by-phrase of a passive one.
    pub subj: Option<Word>,
    /// To what: the object of an active clause, the subject of a passive one.
    pub obj: Option<Word>,
    /// To whom.
    pub iobj: Option<Word>,
    /// Infinitive or gerund complement.
    pub xcomp: Vec<Word>,
    /// Clause complement.
    pub ccomp: Option<Word>,
    /// Case marker and head of each oblique or nominal modifier.
    pub obliques: Vec<(Word, Word)>,
    /// Particles and adverbs.
    pub particles: Vec<Word>,
    /// Adjective and compound modifiers.
    pub modifiers: Vec<Word>,
    /// Possessor.
    pub poss: Option<Word>,
    /// Whether the clause is passive.
    pub passive: bool,
    /// Whether the subject was found outside the clause (control, sharing, a participle's noun).
    pub shared_subject: bool,
}

/// Reads the arguments of `word`, whatever it is: verb, noun or adjective.
#[must_use]
pub fn arguments(reading: &Reading<'_>, word: Word) -> Arguments {
    let mut found = own(reading, word);
    if is_verbal(reading, word) || found.subj.is_some() {
        if found.subj.is_none() || (found.passive && found.obj.is_none()) {
            share(reading, word, &mut found);
        }
        relative(reading, word, &mut found);
    }
    found
}

fn is_verbal(reading: &Reading<'_>, word: Word) -> bool {
    matches!(reading.upos(word), Upos::Verb | Upos::Aux | Upos::Adj)
}

/// The arguments that hang on the word itself.
fn own(reading: &Reading<'_>, word: Word) -> Arguments {
    let mut found = Arguments { predicate: word, ..Arguments::default() };
    let mut agent = None;
    let auxiliary = reading.children(word).any(|child| reading.deprel(child) == Deprel::AuxPass);
    // The parser calls the object of an unseen verb a bare adverbial, and its subject passive: "Gunmen killed four farmers".
    let bare_object = reading.children(word).find(|&child| {
        child > word
            && reading.deprel(child) == Deprel::OblUnmarked
            && matches!(reading.upos(child), Upos::Noun | Upos::Propn | Upos::Pron)
            && !tells_time(reading.lemma(child))
    });
    let bare_object = bare_object.filter(|_| !auxiliary && reading.child(word, Deprel::Obj).is_none());
    let object = bare_object.or_else(|| reading.child(word, Deprel::Obj));
    let passive_subject = reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::NsubjPass | Deprel::CsubjPass));
    found.passive = auxiliary || (passive_subject && object.is_none());
    // "civilians trapped in the city": a bare participle after its noun is passive unless it governs an object.
    let bare_participle = matches!(reading.deprel(word), Deprel::Acl | Deprel::Advcl)
        && reading.feats(word).has(Feats::PART)
        && reading.feats(word).has(Feats::PAST)
        && reading.child(word, Deprel::Obj).is_none()
        && reading.child(word, Deprel::Nsubj).is_none()
        && reading.child(word, Deprel::Aux).is_none();
    found.passive |= bare_participle;
    for child in reading.children(word) {
        match reading.deprel(child) {
            Deprel::Nsubj | Deprel::NsubjOuter => found.subj = found.subj.or(Some(child)),
            // "were given blankets": of two the subject is the one it is given to.
            Deprel::NsubjPass if found.passive && object.is_some() && auxiliary => found.iobj = Some(child),
            Deprel::NsubjPass if found.passive => found.obj = Some(child),
            Deprel::NsubjPass => found.subj = found.subj.or(Some(child)),
            Deprel::OblUnmarked if bare_object == Some(child) => found.obj = Some(child),
            Deprel::Csubj => {}
            Deprel::Obj => found.obj = Some(child),
            Deprel::Iobj => found.iobj = Some(child),
            Deprel::Xcomp => found.xcomp.push(child),
            Deprel::Ccomp => found.ccomp = Some(child),
            Deprel::CompoundPrt | Deprel::Advmod => found.particles.push(child),
            Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked | Deprel::NmodDesc => found.modifiers.push(child),
            Deprel::NmodPoss => found.poss = Some(child),
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => {
                let mut markers = reading.children(child).filter(|&grandchild| matches!(reading.deprel(grandchild), Deprel::Case | Deprel::Mark));
                let to_infinitive = markers.clone().any(|marker| reading.deprel(marker) == Deprel::Mark && reading.lemma(marker) == "to");
                match markers.next() {
                    Some(marker) => {
                        if to_infinitive {
                            // An infinitive after a noun is its complement; after a verb a purpose, which some lexicon frames take as one.
                            found.xcomp.push(child);
                        } else {
                            if reading.form(marker).eq_ignore_ascii_case("by") && found.passive && reading.deprel(child) != Deprel::Advcl {
                                agent = Some(child);
                            }
                            found.obliques.push((marker, child));
                        }
                    }
                    None if reading.deprel(child) == Deprel::Obl && found.obj.is_none() && reading.upos(child) != Upos::Adv => {}
                    None => {}
                }
            }
            _ => {}
        }
    }
    // "asked the government to": who is asked is the only object there is.
    found.obj = found.obj.or(found.iobj);
    if let Some(object) = found.obj.filter(|_| is_verbal(reading, word)) {
        // "fired gas at the crowd": what hangs on the object may belong to the verb.
        let objects: Vec<Word> = coordinated(reading, object).collect();
        for child in objects.iter().flat_map(|&object| reading.children(object)).filter(|&child| reading.deprel(child) == Deprel::Nmod) {
            let marker = reading.children(child).find(|&marker| reading.deprel(marker) == Deprel::Case);
            found.obliques.extend(marker.map(|marker| (marker, child)));
        }
    }
    // "brought tonnes of blankets and food to Sudan", "a donation of doses to Grenada": whom it goes to may hang on what goes.
    let mut goods: Vec<Word> =
        found.obj.into_iter().chain(found.obliques.iter().filter(|(marker, _)| reading.lemma(*marker) == "of").map(|(_, filler)| *filler)).collect();
    for _ in 0..3 {
        let below = |child: &Word| matches!(reading.deprel(*child), Deprel::Nmod | Deprel::Conj);
        goods = goods.iter().flat_map(|&good| reading.children(good)).filter(below).collect();
        let receivers = goods.iter().filter_map(|&child| {
            Some((reading.children(child).find(|&marker| reading.deprel(marker) == Deprel::Case && reading.lemma(marker) == "to")?, child))
        });
        let receivers: Vec<(Word, Word)> = receivers.filter(|(_, child)| !found.obliques.iter().any(|(_, other)| other == child)).collect();
        found.obliques.extend(receivers);
    }
    let lower: Vec<(Word, Word)> = found
        .obliques
        .iter()
        .flat_map(|(_, filler)| reading.children(*filler))
        .filter(|&child| reading.deprel(child) == Deprel::Nmod && is_verbal(reading, word))
        .filter_map(|child| Some((reading.children(child).find(|&marker| matches!(reading.lemma(marker), "from" | "by"))?, child)))
        .collect();
    found.obliques.extend(lower);
    if let Some(verb) = reading.head(word).filter(|&verb| reading.upos(word) == Upos::Noun && is_verbal(reading, verb)) {
        // "condemned the arrest of the men": "of" belongs to the noun before it, wherever the parser hung it.
        let next = reading.children(verb).find(|&child| child > word && reading.deprel(child) == Deprel::Obl);
        let marker = next.and_then(|child| reading.children(child).find(|&marker| marker == word + 1 && reading.lemma(marker) == "of"));
        found.obliques.extend(marker.zip(next));
    }
    if found.passive {
        // What an active parse called the subject of a passive is its object.
        if found.obj.is_none() {
            found.obj = found.subj.take();
        }
        found.subj = agent;
    }
    found
}

fn tells_time(lemma: &str) -> bool {
    matches!(
        lemma.to_ascii_lowercase().as_str(),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "day"
            | "week"
            | "month"
            | "year"
            | "night"
            | "morning"
            | "afternoon"
            | "evening"
            | "hour"
            | "minute"
            | "time"
            | "decade"
            | "weekend"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "percent"
            | "mile"
            | "kilometer"
            | "kilometre"
            | "metre"
            | "meter"
            | "km"
    )
}

/// Takes a missing subject from where the grammar shares it.
fn share(reading: &Reading<'_>, word: Word, found: &mut Arguments) {
    let Some(head) = reading.head(word) else { return };
    let inherited = match reading.deprel(word) {
        Deprel::Conj => {
            let outer = arguments(reading, head);
            if !is_verbal(reading, head) {
                None
            } else if outer.passive {
                outer.obj
            } else {
                outer.subj
            }
        }
        Deprel::Xcomp => {
            let outer = own_or_shared(reading, head);
            // "urged X to leave": X leaves; "promised X to leave", "wants to leave": the subject does.
            let subject_control = reading.lemma(head) == "promise" || outer.obj.is_none() || outer.obj == Some(word);
            if subject_control { outer.iobj.filter(|_| reading.lemma(head) != "promise").or(outer.subj).or(outer.obj) } else { outer.obj }
        }
        Deprel::Advcl => {
            let outer = own_or_shared(reading, head);
            let marker = reading.children(word).find(|&child| reading.deprel(child) == Deprel::Mark).map(|child| reading.lemma(child));
            match marker {
                // "accused X of killing", "prevented X from leaving": the object's doing; "called on X to leave" likewise.
                Some("of" | "from") => outer.obj,
                // "praised X for sheltering": X shelters.
                Some("for") => outer.obj.filter(|&object| reading.child(object, Deprel::Nummod).is_none()).or(outer.subj),
                Some("to") => {
                    let addressee =
                        outer.obliques.iter().find(|(marker, _)| matches!(reading.lemma(*marker), "on" | "upon" | "to" | "with") && asks(reading, head));
                    addressee.map(|(_, filler)| *filler).or(outer.subj).or(outer.obj)
                }
                _ => outer.subj.or(outer.obj),
            }
        }
        Deprel::Acl => {
            let infinitive = reading.children(word).any(|child| reading.deprel(child) == Deprel::Mark && reading.lemma(child) == "to");
            let gerund_of = reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Mark | Deprel::Case));
            if infinitive || gerund_of {
                // "its decision to attack": the possessor attacks; "plans to attack" under a verb: that verb's subject.
                let noun = own(reading, head);
                noun.poss.or_else(|| {
                    let verb = reading.head(head).filter(|&verb| is_verbal(reading, verb) && matches!(reading.deprel(head), Deprel::Obj | Deprel::Obl))?;
                    own_or_shared(reading, verb).subj
                })
            } else {
                sender(reading, head).or(Some(head))
            }
        }
        Deprel::Ccomp if found.subj.is_none() && !found.passive => own_or_shared(reading, head).subj,
        Deprel::Parataxis => None,
        _ => None,
    };
    let Some(inherited) = inherited.filter(|&inherited| inherited != word) else { return };
    found.shared_subject = true;
    if found.passive {
        found.obj = found.obj.or(Some(inherited));
    } else {
        found.subj = Some(inherited);
    }
}

/// "Posted a message on Twitter blaming Iran": what a message says its sender says.
fn sender(reading: &Reading<'_>, noun: Word) -> Option<Word> {
    let message = if reading.deprel(noun) == Deprel::Nmod { reading.head(noun)? } else { noun };
    let says = matches!(reading.lemma(message), "message" | "statement" | "letter" | "tweet" | "post" | "note" | "resolution" | "communique" | "declaration");
    let verb = reading.head(message).filter(|&verb| says && reading.deprel(message) == Deprel::Obj && is_verbal(reading, verb))?;
    reading.child(verb, Deprel::Nsubj)
}

/// Arguments with a shared subject, one step up only where needed: chains of control stay short.
fn own_or_shared(reading: &Reading<'_>, word: Word) -> Arguments {
    arguments(reading, word)
}

fn asks(reading: &Reading<'_>, verb: Word) -> bool {
    matches!(reading.lemma(verb), "call" | "appeal" | "prevail" | "plead")
}

/// Puts the noun of a relative clause in the place of its pronoun.
fn relative(reading: &Reading<'_>, word: Word, found: &mut Arguments) {
    let clause = relative_clause(reading, word);
    let Some(noun) = clause.and_then(|clause| reading.head(clause)) else { return };
    let is_pronoun = |filler: Word| {
        matches!(reading.upos(filler), Upos::Pron | Upos::Det | Upos::Sconj) && matches!(reading.lemma(filler), "who" | "which" | "that" | "whom" | "what")
    };
    let mut bound = false;
    for slot in [&mut found.subj, &mut found.obj, &mut found.iobj] {
        if slot.is_some_and(is_pronoun) {
            *slot = Some(noun);
            bound = true;
        }
    }
    for (_, filler) in &mut found.obliques {
        if is_pronoun(*filler) {
            *filler = noun;
            bound = true;
        }
    }
    // "the man they killed": the gap is the object.
    if !bound && clause == Some(word) && found.subj.is_some() && found.obj.is_none() && !found.passive && found.ccomp.is_none() && found.xcomp.is_empty() {
        found.obj = Some(noun);
    }
    if !bound && clause == Some(word) && found.subj.is_none() && !found.passive {
        found.subj = Some(noun);
    }
}

/// The relative clause that `word` heads or is coordinated into.
fn relative_clause(reading: &Reading<'_>, word: Word) -> Option<Word> {
    let mut at = word;
    loop {
        match reading.deprel(at) {
            Deprel::AclRelcl => return Some(at),
            Deprel::Conj | Deprel::Xcomp => at = reading.head(at)?,
            _ => return None,
        }
    }
}

/// A filler and what is coordinated with it, in text order.
pub fn coordinated<'r>(reading: &'r Reading<'_>, word: Word) -> impl Iterator<Item = Word> + 'r {
    std::iter::once(word).chain(reading.children(word).filter(|&child| reading.deprel(child) == Deprel::Conj))
}

impl Arguments {
    /// The fillers of a slot, in text order.
    #[must_use]
    pub fn fillers(&self, reading: &Reading<'_>, slot: &Slot) -> Vec<Word> {
        match slot {
            Slot::Subj => self.subj.into_iter().collect(),
            Slot::Obj => self.obj.into_iter().collect(),
            Slot::Iobj => self.iobj.into_iter().collect(),
            Slot::Xcomp => self.xcomp.clone(),
            Slot::Ccomp => self.ccomp.into_iter().collect(),
            Slot::Particle => self.particles.clone(),
            Slot::Mod => self.modifiers.clone(),
            Slot::Poss => self.poss.into_iter().collect(),
            Slot::Any => {
                let mut all: Vec<Word> = [self.subj, self.obj, self.iobj, self.ccomp].into_iter().flatten().collect();
                all.extend(&self.xcomp);
                all.extend(self.obliques.iter().map(|(_, filler)| *filler));
                all.extend(&self.particles);
                all.extend(&self.modifiers);
                all
            }
            Slot::Prep(preposition) => self.obliques.iter().filter(|(marker, _)| is_marker(reading, *marker, preposition)).map(|(_, filler)| *filler).collect(),
        }
    }

    /// Whether a constraint of the lexicon holds.
    #[must_use]
    pub fn meets(&self, reading: &Reading<'_>, mentions: Option<&Mentions>, lexicon: &Lexicon, constraint: &Constraint) -> bool {
        let fillers = self.fillers(reading, &constraint.slot);
        let holds = match &constraint.test {
            Test::Nothing => fillers.is_empty(),
            Test::Something => !fillers.is_empty(),
            test => fillers.iter().any(|&filler| {
                let surface = constraint.slot == Slot::Particle;
                coordinated(reading, filler).any(|word| passes(reading, mentions, lexicon, word, test, surface))
            }),
        };
        holds != constraint.negated
    }
}

/// Whether a case marker is the given preposition, which may be of several words ("because of", "in front of").
fn is_marker(reading: &Reading<'_>, marker: Word, preposition: &str) -> bool {
    let form = reading.form(marker);
    match preposition.split_once(' ') {
        None => form.eq_ignore_ascii_case(preposition) && !reading.children(marker).any(|child| reading.deprel(child) == Deprel::Fixed),
        Some((first, rest)) => {
            form.eq_ignore_ascii_case(first) && reading.children(marker).any(|child| rest.split(' ').any(|word| reading.form(child).eq_ignore_ascii_case(word)))
        }
    }
}

fn passes(reading: &Reading<'_>, mentions: Option<&Mentions>, lexicon: &Lexicon, word: Word, test: &Test, surface: bool) -> bool {
    match test {
        Test::Lemmas(lemmas) => {
            // A proper noun keeps its capital in its lemma: "Parliament".
            lemmas.iter().any(|lemma| reading.lemma(word).eq_ignore_ascii_case(lemma) || (surface && reading.form(word).eq_ignore_ascii_case(lemma)))
        }
        Test::Class(class) => {
            let start = reading.text.sentences[reading.sentence_of(word)].words.start;
            lexicon.in_class(*class, reading.lemma(word), |back| word.checked_sub(back).filter(|&at| at >= start).map(|at| reading.lemma(at)))
        }
        Test::Actor => is_actor(reading, mentions, lexicon, word),
        Test::Place => mentions.is_some_and(|mentions| mentions.places.iter().any(|place| place.head == word)),
        Test::Number => {
            reading.upos(word) == Upos::Num
                || reading.child(word, Deprel::Nummod).is_some()
                || mentions.is_some_and(|mentions| mentions.numbers.iter().any(|number| number.head == word))
        }
        Test::Money => mentions.is_some_and(|mentions| {
            mentions
                .numbers
                .iter()
                .any(|number| number.kind == NumberKind::Money && (number.head == word || number.words.contains(&word) || reading.is_under(number.head, word)))
        }),
        Test::Something | Test::Nothing => true,
    }
}

fn is_actor(reading: &Reading<'_>, mentions: Option<&Mentions>, lexicon: &Lexicon, word: Word) -> bool {
    match mentions {
        Some(mentions) => crate::mention::actor::at(mentions, word).is_some(),
        None => reading.upos(word) == Upos::Propn || passes_class(reading, lexicon, word, "people") || passes_class(reading, lexicon, word, "armed"),
    }
}

fn passes_class(reading: &Reading<'_>, lexicon: &Lexicon, word: Word, name: &str) -> bool {
    lexicon.class(name).is_some_and(|class| lexicon.in_class(class, reading.lemma(word), |_| None))
}
