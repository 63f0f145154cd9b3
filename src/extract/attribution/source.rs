//! Who speaks: the grammatical subject of a reporting word, and what kind of source it is.

use super::marks::Quotation;
use crate::record::{Actor, Deprel, Feats, Mentions, Reading, Sector, SourceRole, SourceType, Span, Upos, Word};
use crate::resource::reporting::{NounKind, SourceNoun};
use crate::resource::{Chrome, Resources};

/// Looks up sources: the article, its mentions by head word, and the reporting words.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) mentions: &'a Mentions,
    pub(super) known: &'a Resources,
    /// Mention that a word heads, plus one; 0 where none.
    by_head: Vec<u32>,
    /// Words that stand in quotation marks.
    quoted: Vec<bool>,
    /// Words of dates.
    dated: Vec<bool>,
    /// Words of places that stand for places.
    placed: Vec<bool>,
}

/// A source without its cue and date.
#[derive(Clone, Debug)]
pub(super) struct Speaker {
    pub(super) actor: Actor,
    pub(super) role: SourceRole,
    pub(super) source_type: SourceType,
    pub(super) anonymous: bool,
    /// Told by nobody in particular: a rumour, unnamed reports.
    pub(super) unverified: bool,
}

impl<'a> Sources<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, mentions: &'a Mentions, known: &'a Resources, quotations: &[Quotation]) -> Self {
        let mut by_head = vec![0; reading.len()];
        for (index, mention) in mentions.actors.iter().enumerate() {
            if let Some(slot) = by_head.get_mut(mention.top) {
                *slot = index as u32 + 1;
            }
        }
        for (index, mention) in mentions.actors.iter().enumerate() {
            if let Some(slot) = by_head.get_mut(mention.head) {
                *slot = index as u32 + 1;
            }
        }
        let mut quoted = vec![false; reading.len()];
        for quotation in quotations {
            quoted[quotation.words.clone()].fill(true);
        }
        let (mut dated, mut placed) = (vec![false; reading.len()], vec![false; reading.len()]);
        for time in &mentions.times {
            dated[time.words.clone()].fill(true);
        }
        for place in mentions.places.iter().filter(|place| !place.metonymic) {
            placed[reading.words_in(place.place.span)].fill(true);
        }
        Self { reading, mentions, known, by_head, quoted, dated, placed }
    }

    /// The mention that `word` heads, or whose name the word stands in.
    pub(super) fn mention(&self, word: Word) -> Option<usize> {
        if let Some(index) = self.by_head[word].checked_sub(1) {
            return Some(index as usize);
        }
        // A title and its name are one mention: the parser may hang the verb on either.
        self.reading
            .children(word)
            .filter(|&child| matches!(self.reading.deprel(child), Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::Compound))
            .filter_map(|child| self.by_head[child].checked_sub(1).map(|index| index as usize))
            .find(|&index| self.mentions.actors[index].actor.span.contains(self.reading.span(word)))
    }

    /// Whether `word` may speak: an actor, a pronoun for people, a source noun, a document or a name.
    pub(super) fn can_speak(&self, word: Word) -> bool {
        let reading = self.reading;
        match reading.upos(word) {
            Upos::Propn => self.mention(word).is_some() || !self.dated[word],
            Upos::Pron => {
                let form = reading.form(word);
                ["he", "she", "they", "who", "we", "i", "you", "one", "some", "many", "others", "it", "which", "that", "everyone", "most", "both"]
                    .iter()
                    .any(|known| form.eq_ignore_ascii_case(known))
            }
            _ => {
                self.mention(word).is_some()
                    || self.source_noun(word).is_some()
                    || self.known.reporting.noun(reading.lemma(word)).is_some_and(|noun| noun.kind == NounKind::Document)
                    || (matches!(reading.upos(word), Upos::Noun | Upos::Num | Upos::Adj | Upos::Det) && self.mentions.actors.is_empty())
            }
        }
    }

    /// The entry of a common noun for a source; a plural at the head of a sentence may have been read as something else than a noun.
    fn source_noun(&self, word: Word) -> Option<SourceNoun> {
        let sources = &self.known.reporting;
        sources.source(self.reading.lemma(word)).or_else(|| {
            let form = self.reading.form(word).to_ascii_lowercase();
            sources.source(form.strip_suffix('s').unwrap_or(&form))
        })
    }

    /// The noun phrase of `word` without relative clauses and appositions.
    pub(super) fn phrase(&self, word: Word) -> Span {
        let reading = self.reading;
        // The marker before the phrase is not part of it; those inside are ("spokesman for the army").
        let keep = |child: Word| match reading.deprel(child) {
            _ if self.dated[child] => false,
            Deprel::Case => reading.head(child) != Some(word),
            Deprel::Nmod => child > word,
            Deprel::Amod | Deprel::Compound | Deprel::Det | Deprel::DetPredet | Deprel::Fixed | Deprel::Flat | Deprel::Goeswith => true,
            Deprel::NmodDesc | Deprel::NmodPoss | Deprel::Nummod | Deprel::NmodUnmarked => true,
            Deprel::Advmod => reading.head(child) != Some(word),
            _ => false,
        };
        let (first, last) = reading.extent(word, &keep);
        reading.span_of(first, last)
    }

    /// What is known of the source that `word` heads.
    pub(super) fn speaker(&self, word: Word) -> Speaker {
        let reading = self.reading;
        let lemma = reading.lemma(word);
        let document =
            self.known.reporting.noun(lemma).filter(|noun| noun.kind == NounKind::Document && self.mention(word).is_none() && reading.upos(word) == Upos::Noun);
        if let Some(noun) = document {
            // "a statement by the ministry", "the UN report": the owner speaks.
            if let Some(owner) = self.owner(word) {
                return self.speaker(owner);
            }
            let actor = Actor { span: self.phrase(word), ..Actor::default() };
            let unverified = noun.class == crate::resource::reporting::Class::Unverified && (reading.feats(word).has(Feats::PLUR) || lemma.starts_with("rumo"));
            return Speaker { actor, role: SourceRole::Document, source_type: SourceType::Document, anonymous: true, unverified };
        }
        let mention = self.mention(word).map(|index| &self.mentions.actors[index]);
        let actor = mention.map_or_else(|| Actor { span: self.phrase(word), ..Actor::default() }, |mention| mention.actor.clone());
        let mut actor = actor;
        let words = reading.words_in(actor.span);
        // "reporters Tuesday": the day is no part of who is told.
        let end = words.clone().rev().find(|&word| !self.dated[word]).map_or(words.end, |last| last + 1);
        if !words.is_empty() && end < words.end && end > word {
            actor.span = reading.span_of(words.start, end - 1);
        }
        let noun = self.source_noun(word);
        let named = actor.name.is_some() || reading.upos(word) == Upos::Propn || mention.is_some_and(|mention| mention.pronoun);
        let pronoun = reading.upos(word) == Upos::Pron;
        let owned = reading.children(word).any(|child| reading.upos(child) == Upos::Propn && matches!(reading.deprel(child), Deprel::Flat | Deprel::Appos));
        let anonymous = !named && !owned && !pronoun && noun.is_some_and(|noun| noun.unnamed) || (lemma == "source" && !owned);
        Speaker {
            source_type: source_type(&actor, noun.map(|noun| noun.source_type), reading.surface(actor.span)),
            role: SourceRole::Speaker,
            actor,
            anonymous,
            unverified: false,
        }
    }

    /// Whose document or claim a noun is: possessor, "by", "from", "of" with an actor, or a name before it.
    pub(super) fn owner(&self, noun: Word) -> Option<Word> {
        let reading = self.reading;
        let possessor = reading.children(noun).find(|&child| reading.deprel(child) == Deprel::NmodPoss && self.can_speak(child));
        let by = || {
            reading.children(noun).find(|&child| {
                matches!(reading.deprel(child), Deprel::Nmod | Deprel::Obl)
                    && self.can_speak(child)
                    && reading
                        .child(child, Deprel::Case)
                        .is_some_and(|case| ["by", "from", "among"].iter().any(|word| reading.form(case).eq_ignore_ascii_case(word)))
            })
        };
        let name = || {
            reading
                .children(noun)
                .find(|&child| reading.deprel(child) == Deprel::Compound && reading.upos(child) == Upos::Propn && self.mention(child).is_some())
        };
        let carrier = || self.carrier(noun).and_then(|verb| self.subject(verb));
        possessor.or_else(by).or_else(name).or_else(carrier).filter(|&owner| owner != noun)
    }

    /// The verb that lends a reporting noun its subject ("voiced deep concern"), also where the parser took it for a part of the noun phrase.
    pub(super) fn carrier(&self, noun: Word) -> Option<Word> {
        let reading = self.reading;
        let carries = |word: Word| {
            let form = reading.form(word);
            let past = || {
                form.strip_suffix("ed")
                    .filter(|stem| self.known.reporting.carries(stem))
                    .or_else(|| form.strip_suffix('d').filter(|stem| self.known.reporting.carries(stem)))
            };
            self.known.reporting.carries(reading.lemma(word)) || past().is_some()
        };
        let governs = reading.head(noun).filter(|&verb| reading.deprel(noun) == Deprel::Obj && carries(verb));
        governs.or_else(|| {
            let before = (0..noun).rev().take(3).take_while(|&word| matches!(reading.upos(word), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Det | Upos::Num));
            before.into_iter().find(|&word| reading.upos(word) != Upos::Det && carries(word) && matches!(reading.deprel(word), Deprel::Amod | Deprel::Compound))
        })
    }

    /// Who does what `verb` tells. A verb outside quotation marks has its subject outside them.
    pub(super) fn subject(&self, verb: Word) -> Option<Word> {
        let subject = self.tree_subject(verb);
        match subject {
            Some(subject) if !self.quoted[subject] || self.quoted[verb] => Some(subject),
            Some(_) => self.neighbour(verb),
            None if is_passive(self.reading, verb) || self.reading.feats(verb).has(Feats::INF) => None,
            None => self.neighbour(verb),
        }
    }

    /// Where the tree shows no subject: the noun right before the verb, else the one right after it.
    fn neighbour(&self, verb: Word) -> Option<Word> {
        let reading = self.reading;
        let sentence = reading.text.sentences[reading.sentence_of(verb)].words.clone();
        let nominal = |word: &Word| {
            (matches!(reading.upos(*word), Upos::Noun | Upos::Propn | Upos::Pron) && self.can_speak(*word) && !self.placed[*word])
                || self.source_noun(*word).is_some()
        };
        let before = (sentence.start..verb)
            .rev()
            .take_while(|&word| !self.quoted[word] && matches!(reading.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adv | Upos::Aux | Upos::Adj))
            .find(nominal);
        let inverted = verb > sentence.start && (self.quoted[verb - 1] || reading.upos(verb - 1) == Upos::Punct);
        let after = || {
            (verb + 1..sentence.end)
                .take(4)
                .take_while(|&word| !self.quoted[word] && matches!(reading.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj))
                .find(nominal)
        };
        before.or_else(|| inverted.then(after).flatten())
    }

    /// The subject in the tree; climbs from participles and coordinated verbs to the verb that has one.
    fn tree_subject(&self, verb: Word) -> Option<Word> {
        let reading = self.reading;
        let mut at = verb;
        for _ in 0..12 {
            if is_passive(reading, at) {
                if let Some(agent) = agent(reading, at) {
                    return Some(agent);
                }
                if at == verb {
                    return None;
                }
                if let Some(subject) = reading.children(at).find(|&child| matches!(reading.deprel(child), Deprel::NsubjPass | Deprel::Nsubj)) {
                    return self.person(subject, at);
                }
            } else if let Some(subject) =
                reading.children(at).find(|&child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass))
            {
                return self.person(subject, at);
            }
            let head = reading.head(at)?;
            match reading.deprel(at) {
                // "quoted the mayor as saying"
                Deprel::Advcl | Deprel::Xcomp if matches!(reading.lemma(head), "quote" | "cite") => {
                    return if is_passive(reading, head) {
                        reading.children(head).find(|&child| reading.deprel(child) == Deprel::NsubjPass)
                    } else {
                        reading.child(head, Deprel::Obj).or_else(|| agent(reading, head))
                    };
                }
                // "urged them to say": the object speaks.
                Deprel::Xcomp => {
                    if let Some(object) = reading.children(head).find(|&child| matches!(reading.deprel(child), Deprel::Obj | Deprel::Iobj))
                        && !matches!(reading.lemma(head), "promise" | "have")
                    {
                        return self.person(object, head);
                    }
                    at = head;
                }
                Deprel::Conj | Deprel::Advcl | Deprel::Dep | Deprel::Parataxis => at = head,
                Deprel::Acl | Deprel::AclRelcl => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// A relative pronoun stands for the noun that its clause hangs on; "it" that stands for a clause is nobody.
    fn person(&self, subject: Word, verb: Word) -> Option<Word> {
        let reading = self.reading;
        let form = reading.form(subject);
        if ["who", "which", "that"].iter().any(|relative| form.eq_ignore_ascii_case(relative)) {
            let mut at = verb;
            while let Some(head) = reading.head(at) {
                match reading.deprel(at) {
                    Deprel::AclRelcl => return Some(head),
                    Deprel::Conj => at = head,
                    _ => break,
                }
            }
        }
        Some(subject)
    }
}

/// Whether a verb is finite: an auxiliary, or a verb with a subject or an auxiliary of its own.
pub(super) fn is_finite(reading: &Reading<'_>, word: Word) -> bool {
    match reading.upos(word) {
        Upos::Aux => true,
        Upos::Verb => {
            reading.feats(word).has(Feats::FIN)
                || reading
                    .children(word)
                    .any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Expl))
        }
        _ => false,
    }
}

/// Whether a verb stands in the passive.
pub(super) fn is_passive(reading: &Reading<'_>, verb: Word) -> bool {
    reading.children(verb).any(|child| matches!(reading.deprel(child), Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent))
        || (reading.deprel(verb) == Deprel::Acl && reading.feats(verb).has(Feats::PART) && reading.feats(verb).has(Feats::PAST))
        || (reading.feats(verb).has(Feats::PASS) && reading.child(verb, Deprel::Nsubj).is_none())
}

/// The agent of a passive.
pub(super) fn agent(reading: &Reading<'_>, verb: Word) -> Option<Word> {
    reading.children(verb).find(|&child| {
        reading.deprel(child) == Deprel::OblAgent
            || (reading.deprel(child) == Deprel::Obl
                && child > verb
                && reading.child(child, Deprel::Case).is_some_and(|case| reading.form(case).eq_ignore_ascii_case("by")))
    })
}

/// What kind of source an actor is: by the noun that names it, else by its name, else by its sectors.
fn source_type(actor: &Actor, noun: Option<SourceType>, surface: &str) -> SourceType {
    if let Some(known) = noun.filter(|&known| !matches!(known, SourceType::Unknown | SourceType::Government)) {
        return known;
    }
    let name = actor.name.as_deref().unwrap_or_else(|| surface.strip_prefix("the ").or_else(|| surface.strip_prefix("The ")).unwrap_or(surface));
    if ["United Nations", "UN", "U.N."].iter().any(|un| {
        name == *un || name.starts_with(un) && name[un.len()..].starts_with(' ') || name.ends_with(un) && name[..name.len() - un.len()].ends_with(' ')
    }) {
        return SourceType::Un;
    }
    if Chrome::embedded().agencies.contains(&name) {
        return SourceType::Media;
    }
    let by_sector = actor.sectors.iter().find_map(|sector| match sector {
        Sector::Gov | Sector::Leg | Sector::Jud | Sector::Pty | Sector::Eli | Sector::Spy | Sector::Opp => Some(SourceType::Government),
        Sector::Mil | Sector::Reb | Sector::Prm | Sector::Uaf => Some(SourceType::ArmedParty),
        Sector::Cop => Some(SourceType::Police),
        Sector::Med => Some(SourceType::Medical),
        Sector::Ngo => Some(SourceType::Ngo),
        Sector::Jrn => Some(SourceType::Media),
        Sector::Bus => Some(SourceType::Company),
        Sector::Edu => Some(SourceType::Expert),
        Sector::Ref => Some(SourceType::Victim),
        _ => None,
    });
    by_sector.or(noun).unwrap_or(SourceType::Unknown)
}
