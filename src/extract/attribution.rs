//! According to whom: which words stand inside whose claim.

mod cue;
mod label;
mod marks;
mod source;
mod tie;

use self::cue::Cue;
pub use self::marks::Quotation;
use self::source::{Sources, Speaker};
use super::clause::Clauses;
use crate::record::{Actor, Claim, Deprel, Mentions, Place, Reading, Source, SourceRole, SourceType, Span, TimeKind, Upos, When, Word};
use crate::resource::Resources;
use crate::resource::reporting::{Class, Frames, VerbKind};

/// Every stretch of the article that is given as someone's words or knowledge, nested ones inside outer ones.
#[derive(Clone, Debug, Default)]
pub struct Attributions {
    /// In text order.
    pub all: Vec<Attribution>,
    /// What stands in quotation marks, in text order, whether or not it is anyone's utterance.
    pub quotations: Vec<Quotation>,
}

/// Sources with what they say.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Who says it, outermost first: one that relays, then those that say it; empty where nobody is named.
    pub sources: Vec<Source>,
    /// Head word of the first of those that say it.
    pub speaker: Option<Word>,
    /// The reporting word.
    pub cue: Option<Word>,
    /// The reporting words ("voiced deep concern").
    pub cue_span: Option<Span>,
    /// Who is told.
    pub addressee: Option<Actor>,
    /// Where it was said.
    pub place: Option<Place>,
    /// What is said: stretches of text, in text order; marks around the whole and the cue are left out.
    pub content: Vec<Span>,
    /// How the source stands to it: reported, alleged (doubt, or told by nobody in particular), denied.
    pub claim: Claim,
    /// What is told: words, a deed done by speaking, a state of mind, what a document shows; none for nouns and adverbs.
    pub kind: Option<VerbKind>,
    /// Whether the content is the source's own intention ("plans to leave"): no testimony about the world.
    pub intention: bool,
    /// Whether the content is a clause ("said that"), not a thing ("confirmed the attack").
    pub clausal: bool,
    /// Whether the content stands in quotation marks, wholly or in part.
    pub quoted: bool,
    /// Whether the content is an utterance in quotation marks.
    pub direct: bool,
    /// How many other attributions it stands in.
    pub depth: u32,
}

impl Attribution {
    /// Whether `span` lies inside what is said.
    #[must_use]
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }
}

impl Attributions {
    /// The chain that governs `span` (outermost first) and the claim that comes of it; asserted where nobody is named.
    #[must_use]
    pub fn at(&self, span: Span) -> (Vec<Source>, Claim) {
        let mut around: Vec<&Attribution> = self.all.iter().filter(|attribution| !attribution.intention && attribution.covers(span)).collect();
        around.sort_by_key(|attribution| attribution.depth);
        let mut chain: Vec<Source> = Vec::new();
        let mut claim = Claim::Asserted;
        for attribution in around {
            claim = claim.max(attribution.claim);
            for source in &attribution.sources {
                if !chain.iter().any(|earlier| same(&earlier.actor, &source.actor)) {
                    chain.push(source.clone());
                }
            }
        }
        (chain, claim)
    }
}

/// Who does what `verb` tells: its grammatical subject as an actor, the noun behind a relative pronoun, the agent of a passive.
#[must_use]
pub fn subject_of(reading: &Reading<'_>, mentions: &Mentions, known: &Resources, verb: Word) -> Option<Actor> {
    let sources = Sources::new(reading, mentions, known, &[]);
    sources.subject(verb).map(|subject| sources.speaker(subject).actor)
}

/// Whether two mentions are told to be one.
fn same(left: &Actor, right: &Actor) -> bool {
    left.span == right.span || (left.name.is_some() && left.name == right.name && left.role == right.role)
}

/// Finds who says what.
#[must_use]
pub fn find(reading: &Reading<'_>, mentions: &Mentions, _clauses: &Clauses, known: &Resources) -> Attributions {
    let mut quotations = marks::find(reading);
    close(reading, known, &mut quotations);
    let sources = Sources::new(reading, mentions, known, &quotations);
    let mut cues = cue::find(&sources);
    nest(reading, &mut cues);
    cues.extend(label::find(&sources, &quotations));
    cues.sort_by_key(|cue| cue.word);
    let utterances = tie::find(&sources, &quotations, &cues);
    let mut all = Vec::new();
    let mut used = vec![false; cues.len()];
    for utterance in &utterances {
        let content: Vec<Span> = utterance.quotations.iter().map(|&quotation| quotations[quotation].inner).collect();
        let mut attribution = match utterance.cue {
            Some(cue) => {
                used[cue] = true;
                attribute(&sources, &cues[cue], content)
            }
            None => {
                let speaker = utterance.verb.and_then(|verb| sources.subject(verb)).or(utterance.speaker);
                let span = utterance.verb.or(utterance.mark).map(|word| reading.span(word));
                let told = speaker.map(|speaker| told(sources.speaker(speaker), span, None));
                Attribution { cue: utterance.verb, cue_span: span, speaker, ..blank(told.into_iter().collect(), content) }
            }
        };
        attribution.quoted = true;
        attribution.direct = true;
        all.push(attribution);
    }
    for (cue, used) in cues.iter().zip(used) {
        if !used && !cue.content.is_empty() && holds(&sources, cue, &quotations) {
            let mut attribution = attribute(&sources, cue, cue.content.clone());
            attribution.quoted = quotations.iter().any(|quotation| cue.content.iter().any(|content| content.overlaps(quotation.inner)));
            all.push(attribution);
        }
    }
    all.sort_by_key(|attribution| (attribution.content.first().map_or(0, |span| span.start), attribution.cue));
    let cue_spans: Vec<Option<Span>> =
        all.iter().map(|attribution| attribution.cue.map(|cue| reading.span(cue)).or(attribution.content.first().copied())).collect();
    let depths: Vec<u32> = cue_spans
        .iter()
        .enumerate()
        .map(|(index, span)| span.map_or(0, |span| all.iter().enumerate().filter(|(other, outer)| *other != index && outer.covers(span)).count() as u32))
        .collect();
    for (attribution, depth) in all.iter_mut().zip(depths) {
        attribution.depth = depth;
    }
    Attributions { all, quotations }
}

/// Ends a quotation that was never closed where a parenthesis of speech ends its sentence ("“It is lost, said the farmer.").
fn close(reading: &Reading<'_>, known: &Resources, quotations: &mut [Quotation]) {
    for quotation in quotations.iter_mut().filter(|quotation| quotation.outer.end == quotation.inner.end && !quotation.words.is_empty()) {
        let words = quotation.words.clone();
        let says = |word: Word| {
            reading.upos(word) == Upos::Verb
                && known.reporting.verb(reading.lemma(word)).is_some_and(|verb| verb.kind == VerbKind::Speech && verb.frames.any(Frames::QUOTE))
        };
        let Some(verb) = words.clone().rev().take(12).find(|&word| says(word)) else { continue };
        let comma = (words.start..verb).rev().take(8).find(|&word| matches!(reading.form(word), "," | "?" | "!"));
        if let Some(comma) = comma.filter(|&comma| comma > words.start && !(comma..verb).any(|word| reading.upos(word) == Upos::Verb)) {
            quotation.words = words.start..comma;
            quotation.inner = reading.span_of(words.start, comma - 1);
            quotation.outer = Span { end: quotation.inner.end, ..quotation.outer };
        }
    }
}

/// What is said of a report takes in what the report holds: "concern about reports" goes on with "of soldiers shooting".
fn nest(reading: &Reading<'_>, cues: &mut [Cue]) {
    for inner in (0..cues.len()).rev() {
        let (word, Some(&last)) = (cues[inner].word, cues[inner].content.last()) else { continue };
        let end = reading.span(word).end;
        for outer in (0..cues.len()).filter(|&outer| outer != inner) {
            if let Some(content) = cues[outer].content.last_mut().filter(|content| content.end == end && content.end < last.start) {
                content.end = last.end;
            }
        }
    }
}

/// Whether a cue that has found content in the tree makes an attribution.
fn holds(sources: &Sources<'_>, cue: &Cue, quotations: &[Quotation]) -> bool {
    let reading = sources.reading;
    let in_quotation = quotations.iter().any(|quotation| quotation.words.contains(&cue.word));
    let Some(kind) = cue.kind else { return true };
    let Some(&source) = cue.sources.first() else {
        // Nobody is named: hearsay ("is said to"), but not "residents were told to leave".
        return cue.hearsay && kind != VerbKind::Evidence && (cue.class != Class::Neutral || kind != VerbKind::Act) || cue.class == Class::Confirmation;
    };
    let form = reading.form(source);
    let first_person = ["i", "we", "you", "one"].iter().any(|pronoun| form.eq_ignore_ascii_case(pronoun));
    if first_person && (in_quotation || kind == VerbKind::Thought) {
        return false;
    }
    if cue.negated && matches!(cue.class, Class::Neutral | Class::Doubt | Class::Knowledge) {
        return false;
    }
    // Whatever "says that" speaks; what only has an object ("the road opens up a view") must be someone.
    kind == VerbKind::Evidence || (kind == VerbKind::Speech && cue.clausal && reading.upos(source) != Upos::Verb) || sources.can_speak(source)
}

fn blank(sources: Vec<Source>, content: Vec<Span>) -> Attribution {
    Attribution {
        sources,
        speaker: None,
        cue: None,
        cue_span: None,
        addressee: None,
        place: None,
        content,
        claim: Claim::Reported,
        kind: Some(VerbKind::Speech),
        intention: false,
        clausal: true,
        quoted: false,
        direct: false,
        depth: 0,
    }
}

/// The attribution that a cue makes of `content`.
fn attribute(sources: &Sources<'_>, cue: &Cue, content: Vec<Span>) -> Attribution {
    let reading = sources.reading;
    let date = date(sources, cue, &content);
    let mut speakers: Vec<Source> = Vec::with_capacity(cue.sources.len() + 1);
    let mut unverified = false;
    if let Some(relay) = cue.relay {
        let speaker = sources.speaker(relay);
        let role = if speaker.source_type == SourceType::Media { SourceRole::Outlet } else { SourceRole::Relay };
        speakers.push(told(Speaker { role, ..speaker }, None, None));
    }
    let mut addressee = None;
    if let Some(word) = cue.addressee {
        let listener = sources.speaker(word);
        // "told Reuters": the agency is where the words come from.
        if listener.source_type == SourceType::Media && !listener.anonymous && reading.upos(word) == Upos::Propn && cue.relay.is_none() {
            speakers.push(told(Speaker { role: SourceRole::Outlet, ..listener.clone() }, None, None));
        }
        addressee = Some(listener.actor);
    }
    for &source in &cue.sources {
        let mut speaker = sources.speaker(source);
        // A misread tree may draw what is said into the name of who says it.
        if sources.mention(source).is_none() && content.iter().any(|content| content.overlaps(speaker.actor.span)) {
            speaker.actor.span = reading.span(source);
        }
        unverified |= speaker.unverified;
        let cue_span = (cue.kind.is_some() || cue.span != reading.span(cue.word) || cue.quotes).then_some(cue.span);
        speakers.push(told(speaker, cue_span, date.clone()));
    }
    let claim = claim(cue, unverified);
    Attribution {
        speaker: cue.sources.first().copied(),
        cue: Some(cue.word),
        cue_span: Some(cue.span),
        addressee,
        place: place(sources, cue, &content),
        claim,
        kind: cue.kind,
        intention: cue.intention,
        clausal: cue.clausal,
        ..blank(speakers, content)
    }
}

fn told(speaker: Speaker, cue: Option<Span>, date: Option<When>) -> Source {
    Source { actor: speaker.actor, cue, date, role: speaker.role, source_type: speaker.source_type, anonymous: speaker.anonymous, party_to_event: None }
}

/// How the source stands to what it says.
fn claim(cue: &Cue, unverified: bool) -> Claim {
    match cue.class {
        Class::Denial if !cue.negated => Claim::Denied,
        Class::Doubt | Class::Unverified => Claim::Alleged,
        Class::Confirmation if cue.negated => Claim::Alleged,
        _ if unverified || cue.hearsay => Claim::Alleged,
        _ => Claim::Reported,
    }
}

/// When it was said: a day or hour that hangs on the cue.
fn date(sources: &Sources<'_>, cue: &Cue, content: &[Span]) -> Option<When> {
    let reading = sources.reading;
    let sentence = &reading.text.sentences[reading.sentence_of(cue.word)];
    let times = &sources.mentions.times;
    let from = times.partition_point(|time| time.words.start < sentence.words.start);
    // "told reporters on Tuesday": behind the cue with nothing but who speaks and who is told between.
    let follows = |first: Word| {
        first > cue.word && first - cue.word <= 8 && (cue.word + 1..first).all(|word| !matches!(reading.upos(word), Upos::Verb | Upos::Aux | Upos::Punct))
    };
    let attached = |words: &std::ops::Range<Word>| words.clone().any(|word| reading.head(word) == Some(cue.word)) || follows(words.start);
    times[from..]
        .iter()
        .take_while(|time| time.words.start < sentence.words.end)
        .filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.words.is_empty())
        .filter(|time| !content.iter().any(|content| content.overlaps(reading.span_of(time.words.start, time.words.end - 1))))
        .find(|time| attached(&time.words))
        .map(|time| time.when.clone())
}

/// Where it was said: a place that hangs on the cue.
fn place(sources: &Sources<'_>, cue: &Cue, content: &[Span]) -> Option<Place> {
    let reading = sources.reading;
    let sentence = reading.text.sentences[reading.sentence_of(cue.word)].span;
    let places = &sources.mentions.places;
    let from = places.partition_point(|place| place.place.span.start < sentence.start);
    places[from..]
        .iter()
        .take_while(|place| place.place.span.start < sentence.end)
        .find(|place| {
            !place.metonymic
                && reading.deprel(place.head) == Deprel::Obl
                && reading.head(place.head) == Some(cue.word)
                && reading
                    .child(place.head, Deprel::Case)
                    .is_some_and(|case| ["in", "at", "from"].iter().any(|form| reading.form(case).eq_ignore_ascii_case(form)))
                && !content.iter().any(|content| content.overlaps(place.place.span))
        })
        .map(|place| place.place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Document, Format};
    use crate::{article, extract, mention, parse, text};

    /// The attributions of a text, as "sources | claim | content"; sources outermost first.
    fn attributed(raw: &str) -> Vec<String> {
        let known = Resources::embedded();
        let document = Document { bytes: raw.as_bytes().to_vec(), format: Format::Text, ..Document::default() };
        let article = article::read(&document, &mut Vec::new());
        let text = text::split(&article, &known);
        let parse = parse::parse(&article, &text, &known);
        let reading = Reading::new(&article, &text, &parse);
        let mentions = mention::find(&reading, &known);
        let clauses = extract::clause::analyse(&reading, &known);
        let surface = |span: &Span| span.of(&article.text);
        let found = find(&reading, &mentions, &clauses, &known);
        let line = |attribution: &Attribution| {
            let sources: Vec<&str> = attribution.sources.iter().map(|source| surface(&source.actor.span)).collect();
            let content: Vec<&str> = attribution.content.iter().map(surface).collect();
            format!("{} | {} | {}", sources.join(" < "), attribution.claim, content.join(" // "))
        };
        found.all.iter().map(line).collect()
    }

    #[test]
    fn halves_of_a_quotation_are_joined() {
        let found = attributed("\"The camp is full,\" the doctor said, \"and more people come every day.\"");
        assert_eq!(found, ["the doctor | reported | The camp is full, // and more people come every day."]);
    }

    #[test]
    fn a_reported_clause() {
        assert_eq!(attributed("The senators said that it would increase oversight."), ["The senators | reported | that it would increase oversight"]);
        assert_eq!(attributed("The ministry denied bombing the hospital."), ["The ministry | denied | bombing the hospital"]);
    }

    #[test]
    fn a_parenthesis_speaks_of_the_whole() {
        assert_eq!(attributed("The bridge had collapsed, a witness told the agency."), ["a witness | reported | The bridge had collapsed"]);
    }

    #[test]
    fn reports_stand_inside_what_is_said_of_them() {
        let found = attributed("The United Nations voiced alarm over reports of soldiers shooting villagers.");
        assert_eq!(found, ["The United Nations | reported | reports of soldiers shooting villagers", "reports | alleged | soldiers shooting villagers"]);
    }

    #[test]
    fn an_open_mark_ends_before_its_cue() {
        assert_eq!(attributed("\"The harvest is lost, said the farmer."), ["the farmer | reported | The harvest is lost"]);
    }
}
