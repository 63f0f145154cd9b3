//! Reporting words in the tree: who says, what is said.

use super::source::{Sources, is_finite, is_passive};
use crate::record::{Deprel, Feats, Reading, Span, Upos, Word};
use crate::resource::reporting::{Addressee, Class, Frames, NounKind, PhraseUse, Verb, VerbKind};

/// A reporting word with its source and, where the tree shows it, its content.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The word.
    pub(super) word: Word,
    /// The reporting words ("voiced deep concern").
    pub(super) span: Span,
    /// How the source stands to the content.
    pub(super) class: Class,
    /// What is told; none for nouns, adverbs and "according to".
    pub(super) kind: Option<VerbKind>,
    /// Head words of the sources: one, or several that say the same.
    pub(super) sources: Vec<Word>,
    /// Who passes it on, outside the sources ("Reuters quoted the mayor as saying").
    pub(super) relay: Option<Word>,
    /// Head of the one spoken to.
    pub(super) addressee: Option<Word>,
    /// What is said, in text order; empty where the tree shows nothing.
    pub(super) content: Vec<Span>,
    /// Whether the content is a clause ("said that"), not a thing ("confirmed the attack").
    pub(super) clausal: bool,
    /// Whether quoted words may hang on it.
    pub(super) quotes: bool,
    /// Whether the source tells what it will itself do ("plans to"): an intention, no testimony.
    pub(super) intention: bool,
    /// Whether the cue is negated ("did not confirm").
    pub(super) negated: bool,
    /// Whether nobody is named behind a passive ("is said to").
    pub(super) hearsay: bool,
}

/// Every reporting word of the article, in text order.
pub(super) fn find(sources: &Sources<'_>) -> Vec<Cue> {
    let reading = sources.reading;
    let mut cues = Vec::new();
    for word in 0..reading.len() {
        let cue = match reading.upos(word) {
            Upos::Verb => verb(sources, word).or_else(|| adjective(sources, word)),
            Upos::Noun => noun(sources, word),
            Upos::Adv => adverb(sources, word),
            Upos::Adj => adjective(sources, word),
            _ => None,
        };
        let cue = cue.or_else(|| according(sources, word));
        cues.extend(cue);
    }
    cues
}

/// The entry of a verb, with its particle where it has one.
fn entry(sources: &Sources<'_>, word: Word) -> Option<Verb> {
    let reading = sources.reading;
    if let Some(particle) = reading.child(word, Deprel::CompoundPrt) {
        let phrasal = format!("{} {}", reading.lemma(word), reading.form(particle).to_ascii_lowercase());
        return sources.known.reporting.verb(&phrasal).or_else(|| sources.known.reporting.verb(reading.lemma(word)));
    }
    sources.known.reporting.verb(reading.lemma(word))
}

fn verb(sources: &Sources<'_>, word: Word) -> Option<Cue> {
    let reading = sources.reading;
    let verb = entry(sources, word)?;
    // "said" as a name's part, "reported cases", "leading": not a predicate.
    if matches!(reading.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Fixed | Deprel::Flat | Deprel::Mark) {
        return None;
    }
    // "quoted the mayor as saying": "saying" is the cue.
    if matches!(reading.lemma(word), "quote" | "cite")
        && reading.children(word).any(|child| reading.deprel(child) == Deprel::Advcl && reading.lemma(child) == "say")
    {
        return None;
    }
    let passive = is_passive(reading, word);
    let mut cue = Cue {
        word,
        span: reading
            .child(word, Deprel::CompoundPrt)
            .filter(|&particle| particle == word + 1)
            .map_or(reading.span(word), |particle| reading.span_of(word, particle)),
        class: verb.class,
        kind: Some(verb.kind),
        sources: Vec::new(),
        relay: None,
        addressee: None,
        content: Vec::new(),
        clausal: false,
        quotes: verb.frames.any(Frames::QUOTE.with(Frames::CLAUSE)),
        intention: false,
        negated: is_negated(reading, word),
        hearsay: false,
    };
    let subject = sources.subject(word);
    let expletive = subject.is_some_and(|subject| reading.form(subject).eq_ignore_ascii_case("it") && passive);
    cue.sources.extend(subject.filter(|_| !expletive));
    if let Some(first) = cue.sources.first().copied() {
        cue.sources.extend(reading.children(first).filter(|&child| reading.deprel(child) == Deprel::Conj && sources.can_speak(child)));
    }
    // "Reuters quoted the mayor as saying": the outlet stands outside.
    if let Some(head) = reading.head(word).filter(|&head| matches!(reading.lemma(head), "quote" | "cite") && reading.deprel(word) != Deprel::Conj) {
        cue.relay = sources.subject(head).filter(|outlet| !cue.sources.contains(outlet));
    }
    content(sources, word, verb, passive, &mut cue);
    cue.hearsay = passive && cue.sources.is_empty() && !matches!(verb.class, Class::Confirmation);
    // "is believed to have" is hearsay; "is expected to", "is seen in" are none.
    if cue.hearsay
        && verb.kind == VerbKind::Thought
        && !(cue.clausal && matches!(reading.lemma(word), "believe" | "think" | "fear" | "suspect" | "presume" | "assume" | "understand" | "know"))
    {
        return None;
    }
    Some(cue)
}

/// Fills the content, the addressee and whether it is an intention.
fn content(sources: &Sources<'_>, word: Word, verb: Verb, passive: bool, cue: &mut Cue) {
    let reading = sources.reading;
    let frames = verb.frames;
    let clausal = frames.any(Frames::CLAUSE.with(Frames::IF).with(Frames::QUOTE).with(Frames::GER));
    let mut heads: Vec<Word> = Vec::new();
    let object = reading.children(word).find(|&child| matches!(reading.deprel(child), Deprel::Obj));
    let indirect = reading.child(word, Deprel::Iobj);
    for child in reading.children(word) {
        match reading.deprel(child) {
            Deprel::Ccomp if clausal => heads.push(child),
            Deprel::Ccomp if frames.any(Frames::INF.with(Frames::XCOMP).with(Frames::NOUN)) => heads.push(child),
            Deprel::Xcomp if passive && !frames.any(Frames::INF.with(Frames::XCOMP)) => {
                // "is said to have fled": the subject belongs to what is said.
                heads.extend(reading.child(word, Deprel::NsubjPass));
                heads.push(child);
            }
            Deprel::Xcomp if frames.any(Frames::INF.with(Frames::XCOMP).with(Frames::GER)) => {
                if passive {
                    heads.extend(reading.child(word, Deprel::NsubjPass).filter(|_| verb.kind != VerbKind::Act));
                }
                heads.push(child);
                cue.intention = verb.kind == VerbKind::Thought && !passive && object.is_none();
            }
            Deprel::Advcl if infinitive(reading, child) && frames.any(Frames::INF.with(Frames::XCOMP)) => heads.push(child),
            // "urged the government to show": the parser may hang the infinitive on the noun.
            Deprel::Obj if frames.any(Frames::XCOMP) => {
                heads.extend(reading.children(child).find(|&acl| reading.deprel(acl) == Deprel::Acl && infinitive(reading, acl)));
            }
            Deprel::Advcl if infinitive(reading, child) && reading.lemma(word) == "call" && calls_on(reading, word) => heads.push(child),
            Deprel::Parataxis
                if child > word
                    && frames.any(Frames::CLAUSE.with(Frames::QUOTE))
                    && reading.child(word, Deprel::Ccomp).is_none()
                    && is_clause(reading, child) =>
            {
                heads.push(child);
            }
            _ => {}
        }
    }
    if let Addressee::After(preposition) = verb.addressee {
        cue.addressee = reading.children(word).find(|&child| reading.deprel(child) == Deprel::Obl && has_case(reading, child, preposition));
    }
    if reading.lemma(word) == "call" {
        cue.addressee =
            reading.children(word).find(|&child| reading.deprel(child) == Deprel::Obl && (has_case(reading, child, "on") || has_case(reading, child, "upon")));
    }
    if verb.addressee == Addressee::Object {
        cue.addressee = if passive {
            reading.child(word, Deprel::NsubjPass)
        } else {
            indirect.or(object).filter(|&object| indirect.is_some() || !heads.is_empty() || sources.mention(object).is_some() || !frames.any(Frames::NOUN))
        };
    }
    // "says the group broke the law", where the parser lost the clause: verbs of saying have no other complement right behind them.
    let speaks = verb.kind != VerbKind::Act && frames.any(Frames::CLAUSE) && verb.addressee != Addressee::Object && !passive;
    let lost = speaks && heads.is_empty() && verb.kind == VerbKind::Speech && !frames.any(Frames::NOUN) && begins_clause(reading, word);
    if lost {
        heads.extend(reading.children(word).filter(|&child| child > word && reading.upos(child) != Upos::Punct && !cue.sources.contains(&child)));
    }
    let clause = !heads.is_empty();
    cue.clausal = lost
        || heads.iter().any(|&head| matches!(reading.deprel(head), Deprel::Ccomp | Deprel::Parataxis) || (passive && reading.deprel(head) == Deprel::Xcomp));
    let prepositional: Vec<Word> = reading
        .children(word)
        .filter(|&child| child > word && matches!(reading.deprel(child), Deprel::Obl | Deprel::Advcl) && Some(child) != cue.addressee)
        .filter(|&child| {
            reading
                .children(child)
                .any(|case| matches!(reading.deprel(case), Deprel::Case | Deprel::Mark) && frames.takes(&reading.form(case).to_ascii_lowercase()))
        })
        .collect();
    if !clause && frames.any(Frames::NOUN) {
        if passive && (!cue.sources.is_empty() || verb.kind != VerbKind::Evidence) {
            // "the deal, confirmed by the envoy"; "the attack was condemned by"
            match reading.deprel(word) {
                Deprel::Acl if !cue.sources.is_empty() => heads.extend(reading.head(word)),
                _ => heads.extend(reading.child(word, Deprel::NsubjPass)),
            }
        } else if !passive {
            let shown = verb.kind != VerbKind::Evidence || cue.sources.iter().any(|&source| sources.known.reporting.noun(reading.lemma(source)).is_some());
            heads.extend(object.filter(|&object| shown && Some(object) != cue.addressee && !is_relative(reading, object) && !lends(sources, word, object)));
            heads.extend(reading.child(word, Deprel::Xcomp));
        }
    }
    if !clause || verb.class == Class::Doubt {
        if !prepositional.is_empty() && verb.kind == VerbKind::Act {
            // "accused the army of shelling": the accused belongs to the charge.
            heads.extend(if passive { reading.child(word, Deprel::NsubjPass) } else { object });
        }
        heads.extend(prepositional);
    }
    // "X, officials said" and "as officials said": the clause that the cue hangs on is what is said.
    if heads.is_empty() && frames.any(Frames::CLAUSE.with(Frames::QUOTE)) && (!cue.sources.is_empty() || passive) {
        let hangs = match reading.deprel(word) {
            Deprel::Parataxis => true,
            Deprel::Advcl => is_as_clause(reading, word),
            _ => false,
        };
        if hangs
            && object.is_none()
            && let Some(head) = reading.head(word)
        {
            cue.content = around(reading, head, word);
            cue.clausal = true;
            return;
        }
    }
    cue.content = stretches(reading, &heads, word);
    let parenthesis =
        verb.kind != VerbKind::Act && frames.any(Frames::CLAUSE) && !passive && !heads.iter().any(|&head| head > word && reading.deprel(head) == Deprel::Ccomp);
    if parenthesis && let Some(spans) = parenthetical(sources, word, cue) {
        cue.content = spans;
        cue.clausal = true;
        return;
    }
    widen(sources, word, cue);
}

/// Whether a clause seems to begin right behind a verb of saying: a noun phrase, and a verb after it before the next stop.
fn begins_clause(reading: &Reading<'_>, word: Word) -> bool {
    let end = reading.text.sentences[reading.sentence_of(word)].words.end;
    let nominal = word + 1 < end
        && (matches!(reading.upos(word + 1), Upos::Det | Upos::Pron | Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
            || reading.form(word + 1).eq_ignore_ascii_case("that"));
    let (_, last) = reading.extent(word, &|_| true);
    nominal
        && (word + 2..=last)
            .take_while(|&at| !matches!(reading.form(at), ";" | ":"))
            .any(|at| matches!(reading.upos(at), Upos::Verb | Upos::Aux) || reading.form(at).ends_with("ed"))
}

/// ", officials said," and ", officials said." speak of the rest of their sentence, however the parser hangs them.
fn parenthetical(sources: &Sources<'_>, word: Word, cue: &Cue) -> Option<Vec<Span>> {
    let reading = sources.reading;
    let sentence = reading.text.sentences[reading.sentence_of(word)].words.clone();
    let source = cue.sources.first().copied().filter(|source| sentence.contains(source))?;
    let (low, high) = reading.extent(source, &|child| child != word);
    let (mut first, mut last) = (low.min(word), high.max(word));
    // The comma before may hang on either side.
    while first < source.min(word) && reading.upos(first) == Upos::Punct {
        first += 1;
    }
    while last > source.max(word) && reading.upos(last) == Upos::Punct {
        last -= 1;
    }
    let comma = |at: Word| matches!(reading.form(at), "," | "—" | "–" | "--");
    let has_object =
        reading.children(word).any(|child| child > word && reading.deprel(child) == Deprel::Obj && Some(child) != cue.addressee && child != source);
    if has_object || first < sentence.start + 3 || !comma(first - 1) || last - first > 25 {
        return None;
    }
    // Adverbs, days and addressees may follow: "officials told reporters on Monday."
    while last + 1 < sentence.end && !matches!(reading.upos(last + 1), Upos::Punct | Upos::Verb | Upos::Aux | Upos::Sconj) {
        last += 1;
        if last > word + 12 {
            return None;
        }
    }
    let ends = last + 1 >= sentence.end || (last + 1..sentence.end).all(|at| reading.upos(at) == Upos::Punct);
    let before_has_verb = (sentence.start..first).any(|at| is_finite(reading, at));
    if !before_has_verb || !(ends || comma(last + 1)) {
        return None;
    }
    let mut spans: Vec<Span> = tidy(reading, sentence.start, first - 1).into_iter().collect();
    if !ends {
        let (lead, rest) = (reading.upos(last + 2.min(sentence.end - last - 1)), last + 2);
        // ", officials said, adding that": what follows has a cue of its own.
        if rest < sentence.end && lead != Upos::Verb {
            spans.extend(tidy(reading, rest, sentence.end - 1));
        }
    }
    Some(spans)
}

/// What stands after the cue belongs to what is said up to where the cue's own clause ends: the parser hangs the last phrases of a
/// reported clause on the cue as often as not, and at times its subject.
fn widen(sources: &Sources<'_>, word: Word, cue: &mut Cue) {
    let reading = sources.reading;
    let [content] = cue.content[..] else { return };
    let words = reading.words_in(content);
    if words.is_empty() || words.start <= word {
        return;
    }
    let (mut first, mut last) = (words.start, words.end - 1);
    for child in reading.children(word).filter(|&child| child > word && Some(child) != cue.addressee && !cue.sources.contains(&child)) {
        let (low, high) = reading.extent(child, &|_| true);
        if high < first {
            if reading.deprel(child) == Deprel::Obj {
                first = low;
            }
            continue;
        }
        let adjacent = low == last + 1 && !medium(sources, child);
        let goes_on = match reading.deprel(child) {
            Deprel::Advcl => cue.clausal && !reports_on(reading, child) && !is_as_clause(reading, child),
            Deprel::Obl | Deprel::OblUnmarked if !cue.clausal => adjacent,
            Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod => !medium(sources, child),
            Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::AclRelcl | Deprel::Dep => true,
            // "said A and B would": a second subject after a bare "and" is still what was said.
            Deprel::Conj => {
                cue.clausal
                    && low > last
                    && reading.upos(low) == Upos::Cconj
                    && reading.form(low - 1) != ","
                    && reading.children(child).any(|subject| matches!(reading.deprel(subject), Deprel::Nsubj | Deprel::NsubjPass))
            }
            Deprel::Parataxis => cue.clausal && reading.children(child).any(|relative| relative < child && is_relative(reading, relative)),
            _ => false,
        };
        if !goes_on && low > last && reading.upos(child) != Upos::Punct {
            break;
        }
        if goes_on && high > last {
            last = high;
        }
    }
    if cue.clausal {
        last = run_to_stop(reading, word, last);
    }
    cue.content = tidy(reading, first, last).into_iter().collect();
}

/// A reported clause does not end in the middle of a phrase: on to the next stop, or to an "and" that goes on with the cue's own verb.
fn run_to_stop(reading: &Reading<'_>, cue: Word, last: Word) -> Word {
    let end = reading.text.sentences[reading.sentence_of(cue)].words.end;
    let shares = |word: Word| {
        reading.upos(word) == Upos::Cconj
            && reading.head(word).is_some_and(|verb| {
                reading.head(verb) == Some(cue)
                    && reading.deprel(verb) == Deprel::Conj
                    && !reading.children(verb).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass))
            })
    };
    let mut at = last;
    while at + 1 < end && reading.upos(at + 1) != Upos::Punct && !shares(at + 1) {
        at += 1;
    }
    // A cue that hangs inside another clause ("the man who said it was safe died") ends with its own.
    let head_follows = reading.head(cue).is_some_and(|head| head > last && head <= at) && !matches!(reading.deprel(cue), Deprel::Advcl | Deprel::Parataxis);
    if head_follows { last } else { at }
}

/// "according to", "in a statement", "on Monday": circumstances of the telling.
fn medium(sources: &Sources<'_>, word: Word) -> bool {
    let reading = sources.reading;
    has_case(reading, word, "according")
        || sources.known.reporting.noun(reading.lemma(word)).is_some()
        || matches!(reading.lemma(word), "interview" | "briefing" | "conference" | "twitter" | "facebook" | "television")
}

fn is_as_clause(reading: &Reading<'_>, word: Word) -> bool {
    reading.child(word, Deprel::Mark).is_some_and(|mark| reading.form(mark).eq_ignore_ascii_case("as"))
}

fn has_case(reading: &Reading<'_>, word: Word, preposition: &str) -> bool {
    reading.children(word).any(|child| reading.deprel(child) == Deprel::Case && reading.form(child).eq_ignore_ascii_case(preposition))
}

fn calls_on(reading: &Reading<'_>, word: Word) -> bool {
    reading.children(word).any(|child| has_case(reading, child, "on") || has_case(reading, child, "upon") || has_case(reading, child, "for"))
}

fn infinitive(reading: &Reading<'_>, word: Word) -> bool {
    reading.children(word).any(|child| reading.deprel(child) == Deprel::Mark && reading.form(child).eq_ignore_ascii_case("to"))
}

fn is_clause(reading: &Reading<'_>, word: Word) -> bool {
    reading.upos(word) == Upos::Verb || reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop))
}

fn is_relative(reading: &Reading<'_>, word: Word) -> bool {
    reading.upos(word) == Upos::Pron && ["which", "that", "what", "whom", "who"].iter().any(|form| reading.form(word).eq_ignore_ascii_case(form))
}

/// Whether the object is a reporting noun that carries the content itself ("issued a warning that").
fn lends(sources: &Sources<'_>, verb: Word, object: Word) -> bool {
    let reading = sources.reading;
    sources.known.reporting.carries(reading.lemma(verb)) && sources.known.reporting.noun(reading.lemma(object)).is_some()
}

fn is_negated(reading: &Reading<'_>, word: Word) -> bool {
    reading.children(word).any(|child| {
        child < word
            && matches!(reading.deprel(child), Deprel::Advmod)
            && ["not", "n't", "n’t", "never"].iter().any(|form| reading.form(child).eq_ignore_ascii_case(form))
    })
}

/// A reporting noun with what it holds: "reports of", "concern about", "the claim that".
fn noun(sources: &Sources<'_>, word: Word) -> Option<Cue> {
    let reading = sources.reading;
    let noun = sources.known.reporting.noun(reading.lemma(word))?;
    let mut heads = Vec::new();
    for child in reading.children(word).filter(|&child| child > word) {
        let marked = |forms: &[&str]| {
            reading.children(child).any(|mark| {
                matches!(reading.deprel(mark), Deprel::Mark | Deprel::Case) && forms.iter().any(|form| reading.form(mark).eq_ignore_ascii_case(form))
            })
        };
        let holds = match reading.deprel(child) {
            Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl if marked(&["that"]) => true,
            Deprel::Acl | Deprel::Nmod if noun.class == Class::Unverified => marked(&["of", "about"]),
            Deprel::Acl | Deprel::Nmod if noun.kind == NounKind::Speech => marked(&["of", "about", "against"]),
            Deprel::Acl | Deprel::Nmod if noun.kind == NounKind::Feeling => marked(&["of", "about", "over", "at", "for", "with", "on"]),
            Deprel::Acl if noun.kind != NounKind::Document => infinitive(reading, child),
            _ => false,
        };
        if holds {
            heads.push(child);
        }
    }
    // "voiced concern about": the parser may hang the phrase on the carrying verb; "reports it had received of": on the clause between.
    let carrier = sources.carrier(word);
    let prepositions: &[&str] = match (noun.class, noun.kind) {
        (Class::Unverified, _) => &["of", "about"],
        (_, NounKind::Speech) => &["of", "about", "against"],
        (_, NounKind::Feeling) => &["of", "about", "over", "at"],
        _ => &[],
    };
    let relative = reading.children(word).find(|&child| reading.deprel(child) == Deprel::AclRelcl && noun.class == Class::Unverified);
    if heads.is_empty() {
        let held = |verb: Word| {
            let about = |child: Word| prepositions.iter().any(|preposition| has_case(reading, child, preposition));
            reading.children(verb).find(|&child| child > word && reading.deprel(child) == Deprel::Obl && about(child))
        };
        heads.extend(carrier.into_iter().chain(relative).find_map(held));
    }
    if heads.is_empty() && noun.class == Class::Unverified {
        // "reports it had received of": a short clause between.
        let end = reading.text.sentences[reading.sentence_of(word)].words.end.min(word + 7);
        let of = (word + 1..end).find(|&at| reading.form(at).eq_ignore_ascii_case("of"));
        heads.extend(
            of.filter(|&of| (word + 1..of).all(|at| matches!(reading.upos(at), Upos::Pron | Upos::Aux | Upos::Verb)))
                .and_then(|of| reading.head(of))
                .filter(|&head| head > word),
        );
    }
    if heads.is_empty() && word + 2 < reading.len() {
        let next = word + 1;
        let that = reading.form(next).eq_ignore_ascii_case("that") && reading.upos(next) == Upos::Sconj;
        if that || prepositions.iter().any(|preposition| reading.form(next).eq_ignore_ascii_case(preposition)) {
            heads.extend(reading.head(next).filter(|&clause| clause > word));
        }
    }
    if heads.is_empty() {
        return None;
    }
    let mut cue = Cue {
        word,
        span: reading.span(word),
        class: noun.class,
        kind: None,
        sources: Vec::new(),
        relay: None,
        addressee: None,
        content: stretches(reading, &heads, word).into_iter().map(|span| run_on(reading, span, &heads)).collect(),
        clausal: false,
        quotes: false,
        intention: false,
        negated: false,
        hearsay: false,
    };
    if let Some(owner) = sources.owner(word) {
        cue.sources.push(owner);
        if let Some(verb) =
            reading.head(word).filter(|&verb| reading.deprel(word) == Deprel::Obj && verb < word && sources.known.reporting.carries(reading.lemma(verb)))
        {
            cue.span = reading.span_of(verb, word);
            cue.negated = is_negated(reading, verb);
        }
    } else if noun.kind == NounKind::Document {
        cue.sources.push(word);
    } else {
        // "questions about the attack" leave the attack standing; only doubt, rumour and that-clauses of nobody's make hearsay of it.
        let that = reading.words_in(*cue.content.first()?).next().is_some_and(|first| reading.form(first).eq_ignore_ascii_case("that"));
        if !that && !matches!(noun.class, Class::Doubt | Class::Unverified | Class::Denial) {
            return None;
        }
        cue.hearsay = true;
    }
    Some(cue)
}

/// "of soldiers shooting prisoners": what follows the noun phrase and hangs beside it is part of it.
fn run_on(reading: &Reading<'_>, span: Span, heads: &[Word]) -> Span {
    let words = reading.words_in(span);
    let (Some(&head), false) = (heads.last(), words.is_empty()) else { return span };
    let Some(parent) = reading.head(head).filter(|_| words.contains(&head)) else { return span };
    let end = words.end - 1;
    let mut last = end;
    for sibling in reading.children(parent).filter(|&sibling| sibling > end) {
        let (low, high) = reading.extent(sibling, &|_| true);
        if low != last + 1 || !matches!(reading.deprel(sibling), Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Dep) {
            break;
        }
        last = high;
    }
    tidy(reading, words.start, last).unwrap_or(span)
}

/// "reportedly": the clause or phrase it stands in.
fn adverb(sources: &Sources<'_>, word: Word) -> Option<Cue> {
    let reading = sources.reading;
    let phrase = sources.known.reporting.phrase(&reading.form(word).to_ascii_lowercase()).filter(|phrase| phrase.usage == PhraseUse::Adverb)?;
    let head = reading.head(word)?;
    Some(bare(reading, word, phrase.class, stretches(reading, &[head], word)))
}

/// "the alleged attack".
fn adjective(sources: &Sources<'_>, word: Word) -> Option<Cue> {
    let reading = sources.reading;
    if reading.deprel(word) != Deprel::Amod {
        return None;
    }
    let phrase = sources.known.reporting.phrase(&reading.form(word).to_ascii_lowercase()).filter(|phrase| phrase.usage == PhraseUse::Adjective)?;
    let head = reading.head(word).filter(|&head| sources.known.reporting.noun(reading.lemma(head)).is_none())?;
    Some(bare(reading, word, phrase.class, stretches(reading, &[head], word)))
}

fn bare(reading: &Reading<'_>, word: Word, class: Class, content: Vec<Span>) -> Cue {
    Cue {
        word,
        span: reading.span(word),
        class,
        kind: None,
        sources: Vec::new(),
        relay: None,
        addressee: None,
        content,
        clausal: false,
        quotes: false,
        intention: false,
        negated: false,
        hearsay: true,
    }
}

/// "according to X", "citing X".
fn according(sources: &Sources<'_>, word: Word) -> Option<Cue> {
    let reading = sources.reading;
    let form = reading.form(word);
    let (source, span) = if form.eq_ignore_ascii_case("according") && word + 1 < reading.len() {
        let source = reading.head(word)?;
        (source, reading.span_of(word, word + 1))
    } else if (form.eq_ignore_ascii_case("citing") || form.eq_ignore_ascii_case("quoting")) && reading.deprel(word) != Deprel::Root {
        (reading.child(word, Deprel::Obj)?, reading.span(word))
    } else {
        return None;
    };
    if !sources.can_speak(source) {
        return None;
    }
    let phrase = if form.eq_ignore_ascii_case("according") { source } else { word };
    let mut clause = reading.head(phrase)?;
    // The phrase hangs low where the parser erred; it speaks of the clause it stands in, at either end of a sentence of the whole.
    let sentence = &reading.text.sentences[reading.sentence_of(word)];
    let (first, last) = reading.extent(phrase, &|_| true);
    let at_edge = first <= sentence.words.start + 1 || last + 2 >= sentence.words.end;
    for _ in 0..16 {
        let climbs = match reading.deprel(clause) {
            Deprel::Root | Deprel::Ccomp | Deprel::Parataxis => false,
            Deprel::Conj | Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl => at_edge || !is_clause(reading, clause),
            _ => !is_clause(reading, clause) || at_edge,
        };
        match reading.head(clause) {
            Some(head) if climbs => clause = head,
            _ => break,
        }
    }
    let mut cue = bare(reading, word, Class::Neutral, around(reading, clause, phrase));
    cue.span = span;
    cue.clausal = true;
    cue.quotes = true;
    cue.hearsay = false;
    cue.sources.push(source);
    cue.sources.extend(reading.children(source).filter(|&child| reading.deprel(child) == Deprel::Conj && sources.can_speak(child)));
    Some(cue)
}

/// The clause of `top` without the part of it that hangs on `hole` (a cue and its source).
fn around(reading: &Reading<'_>, top: Word, hole: Word) -> Vec<Span> {
    let (first, last) = reading.extent(top, &|child| child != hole);
    let (hole_first, hole_last) = reading.extent(hole, &|child| child != top);
    let mut spans = Vec::with_capacity(2);
    if hole_last < first || hole_first > last {
        spans.extend(tidy(reading, first, last));
    } else {
        if hole_first > first {
            spans.extend(tidy(reading, first, hole_first - 1));
        }
        if hole_last < last {
            spans.extend(tidy(reading, hole_last + 1, last));
        }
    }
    spans
}

/// The stretches of text that the subtrees of `heads` cover, without `cue` and what comes with it.
fn stretches(reading: &Reading<'_>, heads: &[Word], cue: Word) -> Vec<Span> {
    let mut ranges: Vec<(Word, Word)> = Vec::with_capacity(heads.len() + 1);
    for &head in heads {
        let (mut first, mut last) = reading.extent(head, &|child| child != cue);
        // The preposition goes with the cue ("warned of"), not with what is said.
        if first > cue
            && first < head
            && reading.head(first) == Some(head)
            && (reading.deprel(first) == Deprel::Case
                || (reading.deprel(first) == Deprel::Mark && matches!(reading.form(first), "of" | "for" | "about" | "against")))
        {
            first += 1;
        }
        // "…, adding that": a participle that reports goes on with the cue, not with what is said.
        if let Some(next) =
            reading.children(head).find(|&child| child > head && child > cue && reading.deprel(child) == Deprel::Advcl && reports_on(reading, child))
        {
            last = last.min(reading.extent(next, &|_| true).0.saturating_sub(1)).max(first);
        }
        if cue < first || cue > last {
            ranges.push((first, last));
            continue;
        }
        // The cue stands inside: cut it out with its own words on either side.
        let (hole_first, hole_last) = reading.extent(cue, &|child| child != head && !heads.contains(&child));
        if hole_first > first {
            ranges.push((first, hole_first - 1));
        }
        if hole_last < last {
            ranges.push((hole_last + 1, last));
        }
    }
    ranges.sort_unstable();
    let mut merged: Vec<(Word, Word)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(previous) if first <= previous.1 + 1 || (previous.1 + 1..first).all(|word| reading.upos(word) == Upos::Punct) => {
                previous.1 = previous.1.max(last);
            }
            _ => merged.push((first, last)),
        }
    }
    merged.into_iter().filter_map(|(first, last)| tidy(reading, first, last)).collect()
}

/// "adding", "saying", "noting": a bare participle after a comma.
fn reports_on(reading: &Reading<'_>, word: Word) -> bool {
    matches!(reading.lemma(word), "add" | "say" | "note" | "cite" | "quote" | "warn" | "stress" | "insist" | "call" | "describe" | "argue")
        && !reading.feats(word).has(Feats::FIN)
        && reading.form(word).ends_with("ing")
        && !reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Nsubj | Deprel::Mark))
}

/// A stretch of words without punctuation and bare conjunctions at its ends.
fn tidy(reading: &Reading<'_>, first: Word, last: Word) -> Option<Span> {
    let (mut first, mut last) = (first, last);
    let dull = |word: Word| reading.upos(word) == Upos::Punct && !matches!(reading.form(word), "(" | ")" | "[" | "]");
    while first < last && dull(first) {
        first += 1;
    }
    while last > first && dull(last) {
        last -= 1;
    }
    (!dull(first)).then(|| reading.span_of(first, last))
}
