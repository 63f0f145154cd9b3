//! What a number counts: the noun it stands by, and the word that says what befell it.

use std::ops::Range;

use super::sequence;
use crate::record::{Deprel, Feats, Measure, Reading, Upos, Word};
use crate::resource::{MeasureRule, Part, Resources};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// The word that stands for what is counted in the tree: its noun, or the number itself.
    pub(super) node: Word,
    /// The noun that is counted, where one is said ("dozens of people": "people").
    pub(super) noun: Option<Word>,
    /// What it counts.
    pub(super) measure: Measure,
    /// The word that says so.
    pub(super) predicate: Option<Word>,
    /// Where the counted stands to that word.
    pub(super) part: Option<Part>,
}

/// Finds what the number in `words` counts.
pub(super) fn counted(reading: &Reading<'_>, known: &Resources, words: &Range<Word>) -> Counted {
    // The word of it that hangs on something else: "25,000 to 30,000", "more than 500".
    let top = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))).unwrap_or(words.start);
    let (node, noun) = node(reading, top, words);
    let known_unit = |noun: Word| known.units.of(reading.lemma(noun)).is_some();
    // Where the tree has no noun that can be counted, the last of the run of nouns after the number.
    let verb_between = |from: Word, to: Word| from < to && (from..to).any(|word| reading.upos(word) == Upos::Verb && reading.deprel(word) != Deprel::Amod);
    let noun = match (noun, sequence::noun(reading, known, words.end)) {
        (Some(noun), Some(next)) if known_unit(next) && verb_between(next, noun) => Some(next),
        (Some(noun), Some(next)) if !known_unit(noun) && known_unit(next) => Some(next),
        (None, Some(next)) if node < words.end && known_unit(next) => Some(next),
        (noun, _) => noun,
    };
    let find = Find { reading, known, words: words.clone() };
    let found = find.measure(node, noun, 0).or_else(|| sequence::measure(reading, known, words, noun));
    // "1,100 displaced families stayed in shelters": what they do tells more than what they are called.
    let found = match found {
        // "Five dead and 30 injured": who are called dead are no injured.
        Some((Measure::Killed | Measure::Injured | Measure::Missing, predicate, _)) if noun == Some(predicate) => found,
        Some((_, predicate, Part::State | Part::Noun)) if noun.is_some_and(|noun| predicate <= noun) => {
            noun.and_then(|noun| sequence::after(reading, known, noun + 1)).or(found)
        }
        found => found,
    };
    match found {
        Some((measure, predicate, part)) => Counted { node, noun, measure, predicate: Some(predicate), part: Some(part) },
        None => Counted { node, noun, measure: Measure::Other, predicate: None, part: None },
    }
}

/// The word that stands for what is counted, and the counted noun.
fn node(reading: &Reading<'_>, top: Word, words: &Range<Word>) -> (Word, Option<Word>) {
    let mut at = top;
    // "3.73 million": parts of one numeral may hang on each other.
    for _ in 0..4 {
        let Some(above) = reading.head(at) else { break };
        match reading.deprel(at) {
            Deprel::Nummod => {
                // "10,000 sugar cane workers", where the number hangs on the first noun
                let mut noun = above;
                while reading.deprel(noun) == Deprel::Compound
                    && let Some(head) = reading.head(noun).filter(|&head| head > noun)
                {
                    noun = head;
                }
                return (noun, Some(noun));
            }
            // "82 people" where the tagger made the numeral a compound or a determiner of its noun
            Deprel::Compound | Deprel::Amod | Deprel::Det | Deprel::NmodUnmarked | Deprel::Flat
                if above > at && above - at <= 4 && matches!(reading.upos(above), Upos::Noun | Upos::Num) =>
            {
                if reading.upos(above) == Upos::Noun {
                    return (above, Some(above));
                }
                at = above;
            }
            _ => break,
        }
    }
    // "dozens of people", "12 of the soldiers"; "of thousands" in "tens of thousands of people" is part of the number
    let of = |at: Word| {
        reading.children(at).find(|&child| {
            reading.deprel(child) == Deprel::Nmod
                && child > at
                && reading.children(child).any(|marker| reading.deprel(marker) == Deprel::Case && reading.form(marker).eq_ignore_ascii_case("of"))
        })
    };
    let mut inner = of(at);
    while let Some(word) = inner.filter(|word| words.contains(word)) {
        inner = of(word);
    }
    (at, inner.filter(|&noun| matches!(reading.upos(noun), Upos::Noun | Upos::Propn)))
}

struct Find<'a, 'r> {
    reading: &'a Reading<'r>,
    known: &'a Resources,
    words: Range<Word>,
}

/// A measure, the word that gives it, and where the counted stands to that word.
pub(super) type Hit = (Measure, Word, Part);

impl Find<'_, '_> {
    /// The measure that the words around `node` give, the nearest to the clause first.
    fn measure(&self, node: Word, noun: Option<Word>, depth: u8) -> Option<Hit> {
        let reading = self.reading;
        if depth > 4 {
            return None;
        }
        // 1. The clause that it stands in.
        if let Some(head) = reading.head(node) {
            let by_clause = match self.relation(node, head) {
                Deprel::Obj | Deprel::Iobj => self.object(node, head),
                Deprel::NsubjPass => self.verb(head, Part::Patient, node).or_else(|| self.complement(head, true)),
                Deprel::Nsubj | Deprel::NsubjOuter => {
                    let passive = reading.children(head).any(|child| reading.deprel(child) == Deprel::AuxPass);
                    let part = if passive { Part::Patient } else { Part::Agent };
                    self.verb(head, part, node)
                        .or_else(|| self.word(head, Part::State, node))
                        .or_else(|| self.predicative(head))
                        .or_else(|| self.complement(head, passive))
                }
                Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Appos => self.governing_noun(node, head, depth),
                Deprel::Obl | Deprel::Xcomp | Deprel::Advcl => self.oblique(node, head, depth),
                // "12 dead and 30 wounded": its own word before that of the first
                Deprel::Conj => self
                    .said_of(node)
                    .or_else(|| noun.and_then(|noun| self.word(noun, Part::Noun, noun).or_else(|| self.word(noun, Part::State, noun))))
                    .or_else(|| self.measure(head, None, depth + 1)),
                Deprel::Ccomp | Deprel::Parataxis | Deprel::Root | Deprel::Dep | Deprel::List => None,
                _ => None,
            };
            if by_clause.is_some() {
                return by_clause;
            }
        }
        // 2. What is said of it: participles, adjectives, relative clauses.
        let said = [Some(node), noun.filter(|&noun| noun != node)].into_iter().flatten().find_map(|word| self.said_of(word));
        if said.is_some() {
            return said;
        }
        // 3. The counted noun itself.
        let own = noun.and_then(|noun| self.word(noun, Part::Noun, noun)).or_else(|| self.word(node, Part::Noun, node));
        if own.is_some() {
            return own;
        }
        // 4. The clause of which it is the subject in a copula, or whose root it is ("it was 12 dead").
        reading.children(node).filter(|&child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::Csubj)).find_map(|subject| self.toll(subject))
    }

    /// The relation of what is counted to its governor. "More than 500 were displaced": the parser may hang "more" on the verb
    /// as an adverb, though it is all the subject there is.
    fn relation(&self, node: Word, head: Word) -> Deprel {
        let reading = self.reading;
        let relation = reading.deprel(node);
        let bare =
            self.words.contains(&node) && node < head && matches!(relation, Deprel::Advmod | Deprel::Obl | Deprel::OblUnmarked | Deprel::Nummod | Deprel::Amod);
        let verbal = matches!(reading.upos(head), Upos::Verb | Upos::Adj | Upos::Aux);
        let subject = reading.children(head).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass));
        if bare && verbal && !subject { Deprel::Nsubj } else { relation }
    }

    /// A rule of `word` for this part.
    fn word(&self, word: Word, part: Part, _node: Word) -> Option<Hit> {
        let fits = |rule: &&MeasureRule| rule.part == part && rule.with.is_none_or(|with| self.beside(word, with));
        let rule = self
            .known
            .measures
            .rules(self.reading.lemma(word))
            .iter()
            .find(fits)
            .or_else(|| self.known.measures.rules_of_form(self.reading.form(word)).iter().find(fits))?;
        Some((rule.measure, word, part))
    }

    /// A rule of a verb for this part, or for what hangs beside it ("shot N dead").
    fn verb(&self, verb: Word, part: Part, node: Word) -> Option<Hit> {
        self.word(verb, part, node).or_else(|| {
            // "were shot and killed": a second verb that shares the argument
            self.reading
                .children(verb)
                .filter(|&child| self.reading.deprel(child) == Deprel::Conj && matches!(self.reading.upos(child), Upos::Verb | Upos::Adj))
                .filter(|&child| {
                    !self.reading.children(child).any(|inner| matches!(self.reading.deprel(inner), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj))
                })
                .find_map(|child| self.word(child, part, node).or_else(|| self.word(child, Part::State, node)))
        })
    }

    /// Whether a word with this lemma stands beside a verb: object, particle, complement, oblique.
    fn beside(&self, verb: Word, lemma: &str) -> bool {
        self.reading.children(verb).any(|child| {
            matches!(
                self.reading.deprel(child),
                Deprel::Obj
                    | Deprel::CompoundPrt
                    | Deprel::Xcomp
                    | Deprel::Obl
                    | Deprel::Advmod
                    | Deprel::OblUnmarked
                    | Deprel::Advcl
                    | Deprel::Nmod
                    | Deprel::Iobj
                    | Deprel::Case
                    | Deprel::Fixed
            ) && (self.reading.lemma(child) == lemma || self.reading.form(child).eq_ignore_ascii_case(lemma))
        })
    }

    /// "killed 12", "left 12 dead", "forced 12 to flee", "reached 12".
    fn object(&self, node: Word, verb: Word) -> Option<Hit> {
        let reading = self.reading;
        if let Some(hit) = self.verb(verb, Part::Patient, node) {
            return Some(hit);
        }
        // "take in 1,000 refugees", where the particle hangs on the noun
        let particle = |rule: &&MeasureRule| {
            rule.part == Part::Patient
                && rule.with.is_some_and(|with| reading.children(node).any(|child| reading.deprel(child) == Deprel::Case && reading.form(child) == with))
        };
        if let Some(rule) = self.known.measures.rules(reading.lemma(verb)).iter().find(particle) {
            return Some((rule.measure, verb, Part::Patient));
        }
        // "left 12 dead", "made thousands homeless", "forced 12 to flee"
        if let Some(hit) = self.complement(verb, false) {
            return Some(hit);
        }
        // "the toll reached 12", "brought the number of dead to 12"
        self.reading
            .children(verb)
            .filter(|&child| matches!(self.reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass))
            .find_map(|subject| self.toll(subject))
    }

    /// A complement of a verb that tells what befell its object or subject.
    fn complement(&self, verb: Word, _passive: bool) -> Option<Hit> {
        let reading = self.reading;
        for child in reading.children(verb) {
            if child > verb
                && matches!(reading.deprel(child), Deprel::Advmod | Deprel::Amod | Deprel::Dep)
                && let Some(hit) = self.word(child, Part::State, child)
            {
                return Some(hit);
            }
            if !matches!(reading.deprel(child), Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp) {
                continue;
            }
            if matches!(reading.deprel(child), Deprel::Advcl | Deprel::Ccomp)
                && reading.children(child).any(|inner| matches!(reading.deprel(inner), Deprel::Nsubj | Deprel::NsubjPass))
            {
                continue;
            }
            if reading.deprel(child) == Deprel::Advcl
                && !reading.children(child).any(|inner| reading.deprel(inner) == Deprel::Mark && reading.form(inner) == "to")
            {
                continue;
            }
            let hit = self.word(child, Part::State, child).or_else(|| {
                let passive = reading.feats(child).has(Feats::PASS) || reading.children(child).any(|inner| reading.deprel(inner) == Deprel::AuxPass);
                let part = if passive { Part::Patient } else { Part::Agent };
                self.verb(child, part, child)
            });
            if hit.is_some() {
                return hit;
            }
            // "were registered as displaced", "were asked to leave and flee"
            if let Some(hit) = self.complement(child, false) {
                return Some(hit);
            }
        }
        // "registered as displaced", "in need of aid"
        reading.children(verb).filter(|&child| matches!(reading.deprel(child), Deprel::Obl | Deprel::Xcomp | Deprel::Advcl)).find_map(|child| {
            let marker = reading.children(child).find(|&inner| matches!(reading.deprel(inner), Deprel::Case | Deprel::Mark))?;
            match reading.form(marker) {
                "as" => self.word(child, Part::State, child),
                "in" if reading.lemma(child) == "need" => Some((Measure::InNeed, child, Part::State)),
                _ => None,
            }
        })
    }

    /// "12 are in need", "12 are in camps".
    fn predicative(&self, predicate: Word) -> Option<Hit> {
        let reading = self.reading;
        if !reading.children(predicate).any(|child| reading.deprel(child) == Deprel::Cop) {
            return None;
        }
        let inside = reading.children(predicate).any(|child| reading.deprel(child) == Deprel::Case && matches!(reading.form(child), "in" | "at"));
        match reading.lemma(predicate) {
            "need" if inside => Some((Measure::InNeed, predicate, Part::State)),
            "camp" | "shelter" | "centre" | "center" | "tent" if inside => Some((Measure::Sheltered, predicate, Part::State)),
            "custody" | "detention" | "jail" | "prison" if inside => Some((Measure::Detained, predicate, Part::State)),
            _ => None,
        }
    }

    /// "12 displaced families", "12 people killed in", "12 who fled".
    fn said_of(&self, word: Word) -> Option<Hit> {
        let reading = self.reading;
        for child in reading.children(word) {
            let hit = match reading.deprel(child) {
                Deprel::Amod | Deprel::Compound if child < word => self
                    .word(child, Part::State, child)
                    .or_else(|| reading.feats(child).has(Feats::PART).then(|| self.word(child, Part::Patient, child)).flatten()),
                Deprel::Amod | Deprel::Acl | Deprel::Xcomp | Deprel::Advcl if child > word => {
                    let to = reading.children(child).any(|inner| reading.deprel(inner) == Deprel::Mark);
                    if to || reading.form(child).ends_with("ing") || reading.feats(child).has(Feats::GER) {
                        self.verb(child, Part::Agent, word).or_else(|| self.word(child, Part::State, word))
                    } else {
                        self.verb(child, Part::Patient, word)
                            .or_else(|| self.word(child, Part::State, word))
                            .or_else(|| self.complement(child, true))
                            .or_else(|| self.verb(child, Part::Agent, word))
                    }
                }
                Deprel::AclRelcl => {
                    let passive = reading.children(child).any(|inner| matches!(reading.deprel(inner), Deprel::AuxPass | Deprel::NsubjPass));
                    let object = reading
                        .children(child)
                        .any(|inner| reading.deprel(inner) == Deprel::Nsubj && !matches!(reading.lemma(inner), "who" | "that" | "which"));
                    let part = if passive || object { Part::Patient } else { Part::Agent };
                    self.verb(child, part, word)
                        .or_else(|| self.word(child, Part::State, word))
                        .or_else(|| self.complement(child, passive))
                        .or_else(|| self.predicative(child))
                }
                Deprel::Nmod if reading.lemma(child) == "need" => Some((Measure::InNeed, child, Part::State)),
                _ => None,
            };
            if hit.is_some() {
                return hit;
            }
        }
        None
    }

    /// "a toll of 12", "the killing of 12 people", "the number of dead, 12".
    fn governing_noun(&self, node: Word, head: Word, depth: u8) -> Option<Hit> {
        if let Some(hit) = self.toll(head) {
            return Some(hit);
        }
        // "a total of 12 people", "a group of 12": the clause of the outer noun
        let total = matches!(
            self.reading.lemma(head),
            "total"
                | "number"
                | "group"
                | "community"
                | "maximum"
                | "minimum"
                | "estimate"
                | "record"
                | "rest"
                | "majority"
                | "half"
                | "percent"
                | "part"
                | "crowd"
                | "family"
                | "thousand"
                | "hundred"
                | "dozen"
                | "some"
                | "one"
                | "many"
        );
        let of =
            self.reading.children(node).any(|child| self.reading.deprel(child) == Deprel::Case && matches!(self.reading.form(child), "of" | "than" | "to"));
        if (total && of) || self.reading.upos(head) == Upos::Num || self.reading.deprel(node) == Deprel::Appos {
            return self.measure(head, None, depth + 1);
        }
        None
    }

    /// What a noun such as "toll" or "number of displaced people" counts.
    fn toll(&self, noun: Word) -> Option<Hit> {
        let reading = self.reading;
        if let Some((measure, word, part)) = self.word(noun, Part::Of, noun) {
            // "toll" may be of the injured: its modifiers decide.
            let other = reading
                .children(noun)
                .filter(|&child| matches!(reading.deprel(child), Deprel::Compound | Deprel::Amod))
                .find_map(|child| self.word(child, Part::Noun, child).or_else(|| self.word(child, Part::State, child)));
            return Some(other.map_or((measure, word, part), |(measure, _, _)| (measure, word, part)));
        }
        if matches!(reading.lemma(noun), "number" | "total" | "count" | "figure" | "tally" | "estimate" | "percentage" | "proportion" | "share") {
            return reading.children(noun).filter(|&child| matches!(reading.deprel(child), Deprel::Nmod | Deprel::Compound | Deprel::Amod)).find_map(|child| {
                self.said_of(child)
                    .or_else(|| self.word(child, Part::Noun, child))
                    .or_else(|| self.word(child, Part::State, child))
                    .or_else(|| self.word(child, Part::Of, child))
            });
        }
        None
    }

    /// "rose to 12", "brings to 12 the number of", "with 12 dead", "killing 12".
    fn oblique(&self, node: Word, head: Word, _depth: u8) -> Option<Hit> {
        let reading = self.reading;
        let marker = reading.children(node).find(|&child| reading.deprel(child) == Deprel::Case).map_or("", |marker| reading.form(marker));
        // "take in 1,000 refugees", where the particle is read as a preposition
        let rules = self.known.measures.rules(reading.lemma(head));
        if let Some(rule) = rules.iter().find(|rule| rule.part == Part::Patient && rule.with == Some(marker)) {
            return Some((rule.measure, head, Part::Patient));
        }
        // An object that the parser took for an adverbial.
        if marker.is_empty() && reading.deprel(node) == Deprel::Obl {
            return self.verb(head, Part::Patient, node).or_else(|| self.said_of(node));
        }
        match marker {
            "to" | "at" | "from" | "by" | "of" | "above" | "past" | "over" => {
                let toll = reading
                    .children(head)
                    .filter(|&child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj) && child != node)
                    .find_map(|child| self.toll(child));
                if toll.is_some() {
                    return toll;
                }
                // "the killings of 12": an oblique by a wrong parse
                (marker == "of").then(|| self.word(head, Part::Of, node)).flatten()
            }
            // "with 12 dead", "with 12 people killed"
            "with" | "including" | "" => self.said_of(node),
            _ => None,
        }
    }
}
