//! Whether a country or capital stands for its government or people.

use crate::mention::place;
use crate::record::{Deprel, Place, PlaceMention, Reading, Upos, Word};
use crate::resource::{PlaceWord, Resources};

/// Whether the place name that hangs in the tree by `top` acts: what the place stage says, and the dealings between powers
/// that it does not look for.
pub(super) fn acts(reading: &Reading<'_>, places: &[PlaceMention], known: &Resources, top: Word) -> bool {
    let from = places.partition_point(|place| place.place.span.end <= reading.span(top).start);
    let mention = places.get(from).filter(|place| place.place.span.contains(reading.span(top)));
    let literal = mention.is_some_and(|place| place.place.relation.is_some());
    let own = PlaceMention { head: top, place: Place { span: reading.span(top), ..Place::default() }, metonymic: false };
    !literal && (place::metonymic(reading, mention.unwrap_or(&own), known) || deals(reading, top) || opens(reading, known, top))
}

/// "Moscow denied the charge": the first word before the first verb, whatever the tree says of it.
fn opens(reading: &Reading<'_>, known: &Resources, top: Word) -> bool {
    let words = &reading.text.sentences[reading.sentence_of(top)].words;
    let before = words.clone().take_while(|&word| word < top).all(|word| reading.upos(word) == Upos::Punct);
    let verb = top + 1;
    before
        && verb < words.end
        && reading.head(top) == Some(verb)
        && reading.upos(verb) == Upos::Verb
        && !known.place_words.is(&reading.lemma(verb).to_lowercase(), PlaceWord::Still)
}

fn deals(reading: &Reading<'_>, top: Word) -> bool {
    let Some(governor) = reading.head(top) else { return false };
    match reading.deprel(top) {
        Deprel::Conj => deals(reading, governor),
        // "Canada has no plans to", "Turkey is ready to": what a place has or is that only a power can.
        Deprel::Nsubj if reading.lemma(governor) == "have" => reading.child(governor, Deprel::Obj).is_some_and(|object| {
            matches!(
                reading.lemma(object),
                "plan"
                    | "intention"
                    | "obligation"
                    | "duty"
                    | "responsibility"
                    | "right"
                    | "choice"
                    | "desire"
                    | "reason"
                    | "concern"
                    | "talk"
                    | "doubt"
                    | "interest"
                    | "say"
                    | "role"
                    | "veto"
            )
        }),
        Deprel::Nsubj if reading.child(governor, Deprel::Cop).is_some() => matches!(
            reading.lemma(governor),
            "track"
                | "ready"
                | "willing"
                | "unwilling"
                | "reluctant"
                | "committed"
                | "prepared"
                | "determined"
                | "concerned"
                | "responsible"
                | "opposed"
                | "involved"
                | "party"
                | "guilty"
                | "keen"
                | "eager"
                | "able"
                | "unable"
                | "ally"
        ),
        Deprel::Obj => is_dealing(reading.lemma(governor)),
        Deprel::NmodPoss => is_act(reading.lemma(governor)),
        Deprel::Obl | Deprel::Nmod => {
            let Some(case) = reading.child(top, Deprel::Case) else { return false };
            let lemma = reading.lemma(governor);
            match reading.lemma(case) {
                "on" => matches!(lemma, "call" | "press" | "lean" | "prevail" | "pressure" | "sanction" | "rely"),
                "for" => matches!(lemma, "blame" | "support" | "thank"),
                "to" => matches!(lemma, "fall" | "surrender" | "appeal" | "sell" | "loyal" | "warning" | "belong" | "concede" | "message"),
                "from" => matches!(lemma, "demand" | "pressure" | "support" | "response" | "threat"),
                _ => false,
            }
        }
        _ => false,
    }
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
            | "join"
            | "meet"
            | "fight"
            | "deter"
            | "isolate"
            | "reassure"
            | "inform"
            | "notify"
            | "alert"
            | "let"
            | "require"
            | "encourage"
            | "aid"
            | "assist"
            | "protect"
            | "trust"
    )
}

/// Nouns of doing: "Russia's demand".
fn is_act(lemma: &str) -> bool {
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
            | "stance"
            | "proposal"
            | "offer"
            | "promise"
            | "pledge"
            | "commitment"
            | "withdrawal"
            | "involvement"
            | "veto"
            | "vote"
            | "blockade"
            | "embargo"
            | "campaign"
            | "backing"
            | "announcement"
            | "statement"
            | "insistence"
            | "annexation"
            | "effort"
            | "attempt"
            | "failure"
            | "willingness"
    )
}
