//! Whether a country or capital stands for its government or people, from what it does in the clause.

use crate::record::{Deprel, Reading, Word};

/// Whether the place name that hangs in the tree by `top` acts.
pub(super) fn acts(reading: &Reading<'_>, top: Word) -> bool {
    let Some(governor) = reading.head(top) else { return false };
    match reading.deprel(top) {
        Deprel::Conj => acts(reading, governor),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::Iobj => !describes(reading, governor),
        Deprel::Obj => is_dealing(reading.lemma(governor)),
        Deprel::NmodPoss => is_act(reading.lemma(governor)),
        Deprel::Obl | Deprel::Nmod => {
            let Some(case) = reading.child(top, Deprel::Case) else { return false };
            match reading.lemma(case) {
                "by" | "against" | "between" => true,
                "with" => is_dealing(reading.lemma(governor)) || is_act(reading.lemma(governor)),
                "on" => matches!(reading.lemma(governor), "call" | "press" | "lean" | "prevail" | "pressure" | "sanction" | "rely"),
                "for" => matches!(reading.lemma(governor), "blame" | "support" | "speak" | "thank"),
                "to" => {
                    matches!(
                        reading.lemma(governor),
                        "fall"
                            | "surrender"
                            | "appeal"
                            | "sell"
                            | "return"
                            | "loyal"
                            | "warning"
                            | "aid"
                            | "supply"
                            | "hand"
                            | "accord"
                            | "say"
                            | "belong"
                            | "concede"
                            | "message"
                            | "letter"
                            | "ambassador"
                            | "envoy"
                    ) && governor_is_no_motion(reading, governor)
                }
                "from" => matches!(reading.lemma(governor), "demand" | "pressure" | "support" | "response" | "buy" | "aid" | "threat"),
                "of" => matches!(reading.lemma(governor), "accusation" | "criticism" | "condemnation"),
                _ => false,
            }
        }
        _ => false,
    }
}

/// "return to Syria" moves there; "returned the territory to Syria" does not.
fn governor_is_no_motion(reading: &Reading<'_>, governor: Word) -> bool {
    reading.lemma(governor) != "return" || reading.child(governor, Deprel::Obj).is_some()
}

/// A predicate that describes a place: "Aleppo is a city", "Paris lies on the Seine".
fn describes(reading: &Reading<'_>, predicate: Word) -> bool {
    reading.child(predicate, Deprel::Cop).is_some_and(|_| reading.child(predicate, Deprel::Xcomp).is_none())
        || matches!(reading.lemma(predicate), "lie" | "border" | "locate" | "situate" | "cover" | "stretch" | "host")
}

/// Verbs whose object is dealt with as a party.
pub(super) fn is_dealing(lemma: &str) -> bool {
    matches!(
        lemma,
        "accuse"
            | "blame"
            | "condemn"
            | "urge"
            | "ask"
            | "tell"
            | "warn"
            | "criticise"
            | "criticize"
            | "call"
            | "thank"
            | "support"
            | "threaten"
            | "pressure"
            | "sanction"
            | "help"
            | "press"
            | "back"
            | "arm"
            | "persuade"
            | "convince"
            | "order"
            | "demand"
            | "invite"
            | "punish"
            | "praise"
            | "denounce"
            | "sue"
            | "defeat"
            | "challenge"
            | "assure"
            | "mobilize"
            | "mobilise"
            | "oblige"
            | "force"
            | "allow"
            | "beg"
            | "implore"
            | "remind"
            | "charge"
            | "slam"
            | "blast"
            | "lambast"
            | "join"
            | "meet"
            | "talk"
            | "negotiate"
            | "agree"
            | "cooperate"
            | "work"
            | "speak"
            | "fight"
            | "ally"
            | "trade"
            | "side"
            | "push"
            | "deter"
            | "isolate"
            | "reassure"
            | "inform"
            | "notify"
            | "alert"
            | "see"
            | "let"
            | "make"
            | "want"
            | "require"
            | "encourage"
            | "aid"
            | "assist"
            | "protect"
            | "trust"
    )
}

/// Nouns of doing: "Russia's demand".
pub(super) fn is_act(lemma: &str) -> bool {
    matches!(
        lemma,
        "offensive"
            | "attack"
            | "strike"
            | "airstrike"
            | "bombing"
            | "bombardment"
            | "shelling"
            | "invasion"
            | "intervention"
            | "decision"
            | "call"
            | "demand"
            | "request"
            | "support"
            | "aid"
            | "help"
            | "refusal"
            | "rejection"
            | "response"
            | "reaction"
            | "threat"
            | "warning"
            | "claim"
            | "denial"
            | "accusation"
            | "allegation"
            | "criticism"
            | "condemnation"
            | "policy"
            | "position"
            | "stance"
            | "plan"
            | "proposal"
            | "offer"
            | "promise"
            | "pledge"
            | "commitment"
            | "withdrawal"
            | "involvement"
            | "role"
            | "veto"
            | "vote"
            | "sanction"
            | "ban"
            | "blockade"
            | "embargo"
            | "agreement"
            | "deal"
            | "talk"
            | "negotiation"
            | "war"
            | "campaign"
            | "operation"
            | "ally"
            | "backing"
            | "presence"
            | "relation"
            | "tie"
            | "announcement"
            | "statement"
            | "insistence"
            | "use"
            | "annexation"
            | "occupation"
            | "alliance"
            | "cooperation"
            | "meeting"
            | "dispute"
            | "conflict"
            | "clash"
            | "treaty"
            | "pact"
            | "truce"
            | "ceasefire"
            | "effort"
            | "attempt"
            | "failure"
            | "willingness"
            | "right"
            | "interest"
            | "concern"
            | "fear"
            | "request of"
    )
}
