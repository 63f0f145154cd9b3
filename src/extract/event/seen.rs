//! What is seen of two parties of a sentence: the features of the ranker, as words that `explain` can show.
//!
//! Most hang on the tree path between the two: the words on it, what modifies and completes them, how they stand to the world, what they
//! mean by their vectors. The rest is what the lexicon's rules say of the pair.

use std::fmt::Write as _;
use std::ops::Range;

use super::relation::Ruled;
use crate::extract::Context;
use crate::parse::features::word_hash;
use crate::record::{Deprel, Reading, Span, Word};
use crate::resource::MEANINGS;
use crate::resource::network::VECTOR;

/// Rules of a pair that are looked at, best first.
const RULES: usize = 3;

/// Steps towards the root that are looked at.
const DEEPEST: usize = 60;

/// Groups of words whose vectors are averaged, see [`Meanings`].
pub(super) const GROUPS: [&str; MEANINGS] = ["the way between them", "where they meet", "over the source", "over the target", "beside the way"];

/// The meaning of a pair: for each of [`GROUPS`] the mean of its words' vectors, each of length one.
pub(super) type Meanings = [[f32; VECTOR]; MEANINGS];

/// Tells `say` each feature of a pair, of which one may be told twice, and gives its meaning.
pub(super) fn of(context: &Context<'_>, source: Span, target: Span, ruled: &[Ruled<'_>], say: &mut impl FnMut(&str)) -> Meanings {
    let reading = context.reading;
    let path = Path::between(reading, source, target);
    let mut tell = Tell { say, text: String::with_capacity(64) };
    on_path(context, &path, &mut tell);
    ways(reading, &path, &mut tell);
    rules(context, ruled, &mut tell);
    meanings(context, &path)
}

fn meanings(context: &Context<'_>, path: &Path) -> Meanings {
    let reading = context.reading;
    let mut sums = [[0f32; VECTOR]; MEANINGS];
    let mut counts = [0f32; MEANINGS];
    let mut spelling = String::new();
    let mut add = |group: usize, word: Word| {
        spelling.clear();
        spelling.extend(reading.lemma(word).chars().flat_map(char::to_lowercase));
        if let Some(vector) = context.known.weights.vectors.of(word_hash(&spelling)) {
            counts[group] += 1.0;
            for (sum, &byte) in sums[group].iter_mut().zip(vector) {
                // Vectors are five 64ths long in the pack.
                *sum += f32::from(byte as i8) / (5.0 * 64.0);
            }
        }
    };
    for word in path.inner() {
        add(0, word);
        for child in reading.children(word).filter(|&child| !path.is_party(child) && tells(reading.deprel(child))) {
            add(4, child);
        }
    }
    for (group, word) in [(1, path.meet), (2, path.over(&path.up)), (3, path.over(&path.down))] {
        if let Some(word) = word {
            add(group, word);
        }
    }
    for (sum, count) in sums.iter_mut().zip(counts).filter(|(_, count)| *count > 0.0) {
        for number in sum {
            *number /= count;
        }
    }
    sums
}

/// Relations of words that carry meaning of their own.
fn tells(deprel: Deprel) -> bool {
    use Deprel as D;
    matches!(deprel, D::Obj | D::Xcomp | D::CompoundPrt | D::Obl | D::Ccomp | D::Amod | D::Compound)
}

/// Says a feature out of its parts.
struct Tell<'a, F: FnMut(&str)> {
    say: &'a mut F,
    text: String,
}

impl<F: FnMut(&str)> Tell<'_, F> {
    fn tell(&mut self, parts: &[&str]) {
        self.text.clear();
        for part in parts {
            // Lemmas of names keep their capitals; here one word is one feature.
            self.text.extend(part.chars().flat_map(char::to_lowercase));
            self.text.push(' ');
        }
        self.text.pop();
        (self.say)(&self.text);
    }
}

/// The way through the tree from one party to the other.
struct Path {
    source: Range<Word>,
    target: Range<Word>,
    /// From the head of the source up to where the ways meet; to the root where they do not.
    up: Vec<Word>,
    /// The same from the target.
    down: Vec<Word>,
    /// Where the ways meet.
    meet: Option<Word>,
}

impl Path {
    fn between(reading: &Reading<'_>, source: Span, target: Span) -> Self {
        let (source, target) = (touched(reading, source), touched(reading, target));
        let (mut up, mut down) = (chain(reading, &source), chain(reading, &target));
        let meet = up.iter().copied().find(|word| down.contains(word));
        if let Some(meet) = meet {
            for side in [&mut up, &mut down] {
                let length = side.iter().position(|&word| word == meet).map_or(side.len(), |at| at + 1);
                side.truncate(length);
            }
        }
        Self { source, target, up, down, meet }
    }

    fn is_party(&self, word: Word) -> bool {
        self.source.contains(&word) || self.target.contains(&word)
    }

    /// The first word over a party.
    fn over(&self, side: &[Word]) -> Option<Word> {
        side.iter().copied().find(|&word| !self.is_party(word))
    }

    /// The words of both ways outside the parties, each once.
    fn inner(&self) -> impl Iterator<Item = Word> + '_ {
        let down = self.down.iter().filter(|word| !self.up.contains(word));
        self.up.iter().chain(down).copied().filter(|&word| !self.is_party(word))
    }
}

/// The words that a span touches.
fn touched(reading: &Reading<'_>, span: Span) -> Range<Word> {
    let words = &reading.text.words;
    let first = words.partition_point(|word| word.end <= span.start);
    let last = words.partition_point(|word| word.start < span.end);
    first..last.max(first)
}

/// The head of a stretch and what governs it, up to the root.
fn chain(reading: &Reading<'_>, words: &Range<Word>) -> Vec<Word> {
    let top = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head)));
    std::iter::successors(top, |&word| reading.head(word)).take(DEEPEST).collect()
}

/// Modal verbs and negations on a word.
fn modals<'a>(reading: &'a Reading<'_>, word: Word) -> impl Iterator<Item = &'a str> {
    reading.children(word).filter(|&child| matches!(reading.deprel(child), Deprel::Aux | Deprel::Advmod | Deprel::Mark | Deprel::Det)).filter_map(|child| {
        match reading.lemma(child) {
            lemma @ ("will" | "would" | "shall" | "may" | "might" | "could" | "can" | "must" | "should" | "ought" | "to") => Some(lemma),
            "not" | "never" | "no" => Some("not"),
            _ => None,
        }
    })
}

/// Relations of words beside the path that tell something of it.
fn completes(deprel: Deprel) -> bool {
    use Deprel as D;
    matches!(
        deprel,
        D::Obj
            | D::Xcomp
            | D::Ccomp
            | D::CompoundPrt
            | D::Advmod
            | D::Aux
            | D::Obl
            | D::Mark
            | D::Nsubj
            | D::Amod
            | D::Compound
            | D::Advcl
            | D::Acl
            | D::Nmod
            | D::AuxPass
            | D::NsubjPass
            | D::Conj
            | D::Case
    )
}

fn on_path<F: FnMut(&str)>(context: &Context<'_>, path: &Path, tell: &mut Tell<'_, F>) {
    let reading = context.reading;
    for word in path.inner() {
        let lemma = reading.lemma(word);
        tell.tell(&["path", lemma]);
        tell.tell(&["path", lemma, context.clauses.realis(word).as_str()]);
        for modal in modals(reading, word) {
            tell.tell(&["modal", modal]);
            tell.tell(&["path", lemma, "modal", modal]);
        }
        for child in reading.children(word).filter(|&child| !path.is_party(child) && completes(reading.deprel(child))) {
            let (relation, completed) = (reading.deprel(child).as_str(), reading.lemma(child));
            tell.tell(&["path", lemma, relation, completed]);
            tell.tell(&["beside", relation, completed]);
        }
    }
}

fn ways<F: FnMut(&str)>(reading: &Reading<'_>, path: &Path, tell: &mut Tell<'_, F>) {
    let way = |side: &[Word]| side[..side.len().saturating_sub(1)].iter().map(|&word| reading.deprel(word).as_str()).collect::<Vec<_>>().join("/");
    let (up, down) = (way(&path.up), way(&path.down));
    tell.tell(&["way", &up, "to", &down]);
    tell.tell(&["source way", &up]);
    tell.tell(&["target way", &down]);
    if let Some(meet) = path.meet {
        let lemma = reading.lemma(meet);
        tell.tell(&["meet", lemma]);
        tell.tell(&["meet", lemma, "source way", &up]);
        tell.tell(&["meet", lemma, "target way", &down]);
        if path.source.start < path.target.start {
            tell.tell(&["source first"]);
        }
    }
    let mut place = String::new();
    for (party, side) in [("source", &path.up), ("target", &path.down)] {
        for (step, word) in side.iter().filter(|&&word| !path.is_party(word)).take(3).enumerate() {
            place.clear();
            let _ = write!(place, "{step}");
            tell.tell(&[party, "under", reading.lemma(*word)]);
            tell.tell(&[party, "under", &place, reading.lemma(*word)]);
        }
        if let Some(&head) = side.first() {
            tell.tell(&[party, "is", reading.deprel(head).as_str()]);
            for case in reading.children(head).filter(|&child| reading.deprel(child) == Deprel::Case) {
                tell.tell(&[party, "case", reading.lemma(case)]);
            }
        }
    }
}

fn rules<F: FnMut(&str)>(context: &Context<'_>, ruled: &[Ruled<'_>], tell: &mut Tell<'_, F>) {
    let reading = context.reading;
    const PLACES: [&str; RULES] = ["0", "1", "2"];
    const BANDS: [&str; 5] = ["0", "1", "2", "3", "4"];
    for (rule, place) in ruled.iter().zip(PLACES) {
        let name = rule.event_type.as_str();
        let trigger = rule.trigger;
        tell.tell(&["rule", place, name]);
        tell.tell(&["rule", name]);
        tell.tell(&["rule", name, "fits", BANDS[(rule.score.max(0.0) as usize).min(BANDS.len() - 1)]]);
        tell.tell(&["rule", name, context.clauses.realis(trigger).as_str()]);
        if let Some(code) = rule.cameo {
            tell.tell(&["rule", place, name, "code", code]);
        }
        for modal in modals(reading, trigger) {
            tell.tell(&["rule", name, "modal", modal]);
        }
        if let Some(head) = reading.head(trigger).filter(|_| governed(reading.deprel(trigger))) {
            tell.tell(&["rule", name, "under", reading.lemma(head)]);
            tell.tell(&["rule", name, "is", reading.deprel(trigger).as_str()]);
            for modal in modals(reading, head) {
                tell.tell(&["rule", name, "under modal", modal]);
            }
        }
    }
    if let Some(first) = ruled.first() {
        tell.tell(&["rule word", reading.lemma(first.trigger)]);
    }
    tell.tell(&["rules", BANDS[ruled.len().min(BANDS.len() - 1)]]);
}

fn governed(deprel: Deprel) -> bool {
    use Deprel as D;
    matches!(deprel, D::Xcomp | D::Ccomp | D::Obj | D::Acl | D::Obl | D::Advcl | D::Nmod | D::Conj)
}
