//! The clause algebra: how each predicate stands to the world, from tense, modality, negation and what embeds it.
//!
//! Every word of a sentence is read as if it were a predicate, top down: it takes what its governor leaves it (an operator of
//! `data/operators` changes that, "refused to leave"), then what its own auxiliaries, adverbs and adjectives add.

use super::argument::{self, Arguments};
use crate::record::{Claim, Deprel, Feats, Reading, Realis, Upos, Word};
use crate::resource::Resources;
use crate::resource::lexicon::{Effect, Lexicon, Pos, Slot};

/// How one predicate stands to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    realis: Realis,
    negated: bool,
    doubt: Option<Claim>,
}

const FACT: Standing = Standing { realis: Realis::Happened, negated: false, doubt: None };

impl Standing {
    fn is_factual(self) -> bool {
        matches!(self.realis, Realis::Happened | Realis::Ongoing)
    }

    fn with(self, realis: Realis) -> Standing {
        Standing { realis, ..self }
    }
}

/// Realis, polarity and doubt of every word, read as a predicate.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    standing: Vec<Standing>,
}

impl Clauses {
    /// How what `word` tells stands to the world; a plain fact that is negated is [`Realis::Negated`].
    #[must_use]
    pub fn realis(&self, word: Word) -> Realis {
        let standing = self.standing[word];
        if standing.negated && standing.is_factual() { Realis::Negated } else { standing.realis }
    }

    /// Whether it is negated, also inside what is asked or promised ("urged them not to attack").
    #[must_use]
    pub fn is_negated(&self, word: Word) -> bool {
        self.standing[word].negated
    }

    /// Doubt or denial expressed in the clause itself ("allegedly", "suspected", "denied having"), apart from any source.
    #[must_use]
    pub fn doubt(&self, word: Word) -> Option<Claim> {
        self.standing[word].doubt
    }
}

/// Reads the standing of every word.
#[must_use]
pub fn analyse(reading: &Reading<'_>, known: &Resources) -> Clauses {
    let mut standing = vec![FACT; reading.len()];
    let mut stack: Vec<Word> = Vec::new();
    for sentence in &reading.text.sentences {
        stack.extend(sentence.words.clone().filter(|&word| reading.head(word).is_none()));
        while let Some(word) = stack.pop() {
            let given = match reading.head(word) {
                Some(head) => inherited(reading, &known.lexicon, word, head, &standing),
                None => FACT,
            };
            standing[word] = own(reading, word, given);
            stack.extend(reading.children(word));
        }
    }
    Clauses { standing }
}

/// What the governor leaves to `word`.
fn inherited(reading: &Reading<'_>, lexicon: &Lexicon, word: Word, head: Word, standing: &[Standing]) -> Standing {
    let above = standing[head];
    let marker = marker(reading, word);
    let to_infinitive = is_infinitive(reading, word);
    let lemma = marker.map(|marker| reading.lemma(marker));
    match reading.deprel(word) {
        Deprel::Xcomp => operated(reading, lexicon, head, &Slot::Xcomp, above).unwrap_or(above),
        Deprel::Ccomp => operated(reading, lexicon, head, &Slot::Ccomp, above).unwrap_or(Standing { doubt: above.doubt, ..FACT }),
        Deprel::Conj => {
            let alone = reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux));
            let finite_past = reading.feats(word).has(Feats::PAST) && reading.feats(word).has(Feats::FIN);
            // "to drop the request and go home": a bare second verb after an infinitive or a modal shares it.
            let bare = reading.form(word) == reading.lemma(word);
            let after_bare = is_infinitive(reading, head) || reading.children(head).any(|child| reading.deprel(child) == Deprel::Aux);
            let same_form = (bare && after_bare) || reading.feats(word).has(Feats::FIN) == reading.feats(head).has(Feats::FIN);
            if is_nominal(reading, word) || (!alone && !finite_past && same_form) {
                above
            } else {
                // A clause of its own under the same operator: "promised to leave and (to) pay" shares, "he left and she may stay" does not.
                match reading.head(head) {
                    Some(outer) if !alone => inherited(reading, lexicon, head, outer, standing),
                    _ => Standing { doubt: above.doubt, ..FACT },
                }
            }
        }
        // A purpose: meant, not done, and nobody's promise.
        Deprel::Advcl if to_infinitive => operated(reading, lexicon, head, &Slot::Xcomp, above).unwrap_or_else(|| weaker(above, Realis::Desired)),
        Deprel::Acl if to_infinitive => {
            let found = operated(reading, lexicon, head, &Slot::Xcomp, above);
            found.unwrap_or_else(|| weaker(above, Realis::Planned))
        }
        Deprel::Advcl => match lemma {
            Some("if" | "unless" | "provided" | "whether" | "lest") => weaker(above, Realis::Conditional),
            Some("until" | "before" | "once") if !above.is_factual() => above,
            Some("without") => Standing { negated: true, ..FACT },
            Some(preposition @ ("of" | "from" | "for" | "against" | "with" | "to" | "on" | "in" | "at" | "about")) => {
                operated(reading, lexicon, head, &Slot::Prep(preposition.into()), above).unwrap_or(above)
            }
            Some("by") | None => above,
            Some(_) => Standing { doubt: above.doubt, ..FACT },
        },
        Deprel::Acl => {
            // "accused of", "claims of": through the case marker; a participle after a noun tells a fact of its own.
            let found = lemma.and_then(|preposition| operated(reading, lexicon, head, &Slot::Prep(preposition.into()), above));
            let ccomp = if lemma == Some("that") { operated(reading, lexicon, head, &Slot::Ccomp, above) } else { None };
            found.or(ccomp).unwrap_or(Standing { doubt: above.doubt, ..FACT })
        }
        Deprel::AclRelcl | Deprel::Parataxis | Deprel::Appos | Deprel::AdvclRelcl => FACT,
        Deprel::Obj => operated(reading, lexicon, head, &Slot::Obj, above).unwrap_or(FACT),
        Deprel::Nsubj | Deprel::NsubjPass => {
            let slot = if reading.deprel(word) == Deprel::NsubjPass { Slot::Obj } else { Slot::Subj };
            operated(reading, lexicon, head, &slot, above).unwrap_or(FACT)
        }
        Deprel::Obl | Deprel::Nmod => {
            let found = lemma.and_then(|preposition| operated(reading, lexicon, head, &Slot::Prep(preposition.into()), above));
            found.unwrap_or(if is_nominal(reading, head) && !above.is_factual() { above } else { FACT })
        }
        Deprel::Csubj | Deprel::CsubjPass => operated(reading, lexicon, head, &Slot::Ccomp, above).unwrap_or(FACT),
        _ => above,
    }
}

/// The standing that an operator gives to one of its slots; none where the governor is no operator for it.
fn operated(reading: &Reading<'_>, lexicon: &Lexicon, head: Word, slot: &Slot, above: Standing) -> Option<Standing> {
    let pos = Pos::of(reading.upos(head))?;
    let uses = lexicon.operators(reading.lemma(head), pos);
    if uses.is_empty() {
        return None;
    }
    let mut arguments: Option<Arguments> = None;
    let operator = uses.iter().filter(|operator| operator.slots.contains(slot)).find(|operator| {
        operator.constraints.is_empty() || {
            let arguments = arguments.get_or_insert_with(|| argument::arguments(reading, head));
            operator.constraints.iter().all(|constraint| arguments.meets(reading, None, lexicon, constraint))
        }
    })?;
    Some(match operator.effect {
        Effect::Carries => above,
        Effect::Fact => FACT,
        Effect::Doubts => Standing { doubt: above.doubt.max(Some(Claim::Alleged)), ..FACT },
        Effect::Denies if above.negated => FACT,
        Effect::Denies => Standing { doubt: Some(Claim::Denied), ..FACT },
        Effect::Negates => Standing { negated: !above.negated, ..above },
        // "has no plans to", "did not agree to": what is not planned is not so.
        Effect::Realis(realis) if above.negated && above.is_factual() && realis != Realis::Requested => Standing { negated: true, ..FACT },
        Effect::Realis(realis) => weaker(Standing { negated: false, ..above }, realis),
    })
}

/// A fact becomes `realis`; what is no fact stays what the outer operator made it.
fn weaker(above: Standing, realis: Realis) -> Standing {
    if above.is_factual() { above.with(realis) } else { above }
}

/// What the word's own auxiliaries, adverbs, determiners and adjectives add.
fn own(reading: &Reading<'_>, word: Word, given: Standing) -> Standing {
    let mut standing = given;
    let mut modal = None;
    let mut conditional = false;
    let mut progressive = false;
    for child in reading.children(word) {
        let lemma = reading.lemma(child);
        match reading.deprel(child) {
            Deprel::Aux => match reading.form(child).to_ascii_lowercase().as_str() {
                "will" | "'ll" | "’ll" | "shall" | "wo" | "sha" => modal = modal.or(Some(Realis::Planned)),
                "would" | "'d" | "’d" => modal = modal.or(Some(if is_reported(reading, word) { Realis::Planned } else { Realis::Conditional })),
                "could" | "may" | "might" | "can" | "ca" => modal = modal.or(Some(Realis::Conditional)),
                "must" | "should" | "ought" => modal = modal.or(Some(Realis::Desired)),
                _ => progressive |= lemma == "be" && reading.feats(word).has(Feats::PRES) && !reading.feats(word).has(Feats::FIN),
            },
            Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::CcPreconj => match reading.form(child).to_ascii_lowercase().as_str() {
                // "not only did they put out the fire" says that they did.
                "not" if child + 1 < reading.text.words.len() && matches!(reading.form(child + 1), "only" | "just" | "merely" | "least") => {}
                "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "no" | "hardly" | "scarcely" => standing.negated = !standing.negated,
                "allegedly" | "reportedly" | "purportedly" | "supposedly" | "apparently" | "ostensibly" => {
                    standing.doubt = standing.doubt.max(Some(Claim::Alleged));
                }
                "possibly" | "perhaps" | "maybe" | "potentially" | "probably" | "likely" => modal = modal.or(Some(Realis::Conditional)),
                _ => {}
            },
            Deprel::Amod => match lemma {
                "alleged" | "suspected" | "supposed" | "purported" | "reported" | "rumored" | "rumoured" | "apparent" | "unconfirmed" => {
                    standing.doubt = standing.doubt.max(Some(Claim::Alleged));
                }
                "planned" | "proposed" | "scheduled" | "upcoming" | "forthcoming" | "imminent" => modal = modal.or(Some(Realis::Planned)),
                "possible" | "potential" | "hypothetical" => modal = modal.or(Some(Realis::Conditional)),
                "threatened" => modal = modal.or(Some(Realis::Threatened)),
                "attempted" | "failed" | "foiled" | "thwarted" | "abortive" => modal = modal.or(Some(Realis::Attempted)),
                "expected" | "feared" | "future" => modal = modal.or(Some(Realis::Predicted)),
                _ => {}
            },
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj if !is_nominal(reading, word) => {
                let none = matches!(lemma, "nobody" | "none" | "nothing") || reading.children(child).any(|det| reading.lemma(det) == "no");
                standing.negated ^= none;
            }
            // "if the minister is killed": whatever the clause hangs on.
            Deprel::Mark if matches!(lemma, "if" | "unless") => modal = modal.or(Some(Realis::Conditional)),
            Deprel::Advcl => conditional |= reading.children(child).any(|mark| matches!(reading.lemma(mark), "if" | "unless")),
            _ => {}
        }
    }
    // "is to visit": arranged, as long as it is still to come.
    if is_infinitive(reading, word) && reading.children(word).any(|child| reading.deprel(child) == Deprel::Cop && reading.lemma(child) == "be") {
        modal = modal.or(Some(Realis::Planned));
    }
    if reading.feats(word).has(Feats::IMP) && reading.upos(word) == Upos::Verb && reading.head(word).is_none() && reading.child(word, Deprel::Nsubj).is_none() {
        modal = modal.or(Some(Realis::Requested));
    }
    if conditional && matches!(modal, Some(Realis::Planned | Realis::Conditional)) {
        modal = Some(Realis::Conditional);
    }
    match modal {
        Some(realis) => weaker(standing, realis),
        None if progressive && standing.realis == Realis::Happened => standing.with(Realis::Ongoing),
        None => standing,
    }
}

/// Whether a clause stands under or beside a speech verb, so that "would" is a future seen from the past.
fn is_reported(reading: &Reading<'_>, word: Word) -> bool {
    let mut at = word;
    loop {
        if reading.children(at).any(|child| reading.deprel(child) == Deprel::Parataxis) {
            return true;
        }
        let Some(head) = reading.head(at) else { return false };
        match reading.deprel(at) {
            Deprel::Ccomp => return true,
            Deprel::Conj | Deprel::Xcomp => at = head,
            _ => return false,
        }
    }
}

fn is_infinitive(reading: &Reading<'_>, word: Word) -> bool {
    reading.children(word).any(|child| reading.deprel(child) == Deprel::Mark && reading.lemma(child) == "to")
}

fn is_nominal(reading: &Reading<'_>, word: Word) -> bool {
    matches!(reading.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

fn marker(reading: &Reading<'_>, word: Word) -> Option<Word> {
    reading.children(word).find(|&child| matches!(reading.deprel(child), Deprel::Mark | Deprel::Case))
}
