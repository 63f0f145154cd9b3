//! Tags, lemmas, dependency tree and names: one small network reads all four.
//!
//! Sentences go through it many at a time. Training (`train/`) sees words by the same features and keeps to the same shape.

mod agree;
mod arborescence;
mod arithmetic;
pub mod features;
pub mod lemma;
pub mod names;
mod network;
mod repair;
pub mod tree;

use crate::record::{Article, Deprel, Feats, Parse, ROOT, Text, Upos};
use crate::resource::{PEOPLE, Resources};
pub(crate) use arithmetic::softmax;
use features::Seen;
use network::Forward;

/// Longest stretch that is parsed as one: longer sentences are cut, so that a wall of words costs little more than prose.
const LONGEST: usize = 250;
/// Words that go through the network at once, at least.
const BATCH: usize = 200;

/// Tags, parses and finds names in every sentence.
#[must_use]
pub fn parse(article: &Article, text: &Text, known: &Resources) -> Parse {
    let mut parse = Parse::default();
    let mut forward = Forward::default();
    let mut seen: Vec<Seen> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for sentence in &text.sentences {
        for part in text.words[sentence.words.clone()].chunks(LONGEST) {
            let first = seen.len();
            seen.extend(part.iter().map(|word| Seen::of(word.of(&article.text), &known.weights)));
            features::case(&mut seen[first..]);
            lengths.push(part.len());
            if seen.len() >= BATCH {
                flush(&mut forward, &mut seen, &mut lengths, (article, text, known), &mut parse);
            }
        }
    }
    flush(&mut forward, &mut seen, &mut lengths, (article, text, known), &mut parse);
    for sentence in text.sentences.iter().filter(|sentence| sentence.words.len() > LONGEST) {
        for first in sentence.words.clone().step_by(LONGEST).skip(1) {
            join(&mut parse, sentence.words.start, first, sentence.words.end.min(first + LONGEST));
        }
    }
    agree::tidy(article, text, known, &mut parse);
    agree::join(&mut parse);
    agree::agree(article, text, known, &mut parse);
    repair::titles(&mut parse);
    parse
}

/// Reads the sentences that wait and appends their layers to `parse`.
fn flush(forward: &mut Forward, seen: &mut Vec<Seen>, lengths: &mut Vec<usize>, (article, text, known): (&Article, &Text, &Resources), parse: &mut Parse) {
    forward.run(seen, lengths, &known.weights.network, &known.weights.vectors);
    let answer = &forward.answer;
    let mut lower = String::new();
    let mut at = 0;
    for &length in &*lengths {
        let first = parse.head.len();
        for (place, seen) in seen[at..at + length].iter().enumerate() {
            let word = at + place;
            let (upos, feats) = known.weights.tagset.get(answer.tags[word] as usize).copied().unwrap_or((Upos::X, Feats::default()));
            parse.upos.push(upos);
            parse.feats.push(feats);
            let head = answer.heads[word];
            let label = Deprel::ALL[answer.labels[word] as usize];
            parse.head.push(if head == 0 { ROOT } else { first as u32 + head - 1 });
            // Only what hangs on the root is called root.
            parse.deprel.push(match (head, label) {
                (0, _) => Deprel::Root,
                (_, Deprel::Root) => Deprel::Dep,
                (_, label) => label,
            });
            let start = parse.lemmas.len();
            let form = text.words[first + place].of(&article.text);
            let tag = |word: usize| known.weights.tagset.get(answer.tags[word] as usize).map(|tag| tag.0);
            let before_name = place + 1 < length && tag(word + 1) == Some(Upos::Propn);
            let named = seen.is_inside() && (before_name || known.weights.lists.of(seen.word) & PEOPLE != 0);
            lemma::push(form, (upos, feats), named, &known.weights, &mut lower, &mut parse.lemmas);
            parse.lemma.push(crate::record::Span::new(start, parse.lemmas.len()));
        }
        names::read(&answer.marks[at..at + length], first, &mut parse.names);
        repair::passives(&parse.feats[first..], &mut parse.deprel[first..], &parse.head[first..], first);
        repair::particles(parse, first, &known.complements);
        repair::control(parse, first, &known.complements);
        at += length;
    }
    seen.clear();
    lengths.clear();
}

/// Hangs the tree that starts at `first` under the root of the tree that starts at `start`: still one tree a sentence.
fn join(parse: &mut Parse, start: usize, first: usize, end: usize) {
    let root = parse.head[start..first].iter().position(|&head| head == ROOT);
    let other = parse.head[first..end].iter().position(|&head| head == ROOT);
    if let (Some(root), Some(other)) = (root, other) {
        parse.head[first + other] = (start + root) as u32;
        parse.deprel[first + other] = Deprel::Parataxis;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Block, NameKind, Span, Zone};
    use crate::resource::Weights;
    use crate::text;

    fn read(surface: &str, known: &Resources) -> (Article, Text, Parse) {
        let zones = vec![Block { span: Span::new(0, surface.len()), zone: Zone::Body }];
        let article = Article { text: surface.to_owned(), zones, ..Article::default() };
        let text = text::split(&article, known);
        let parse = parse(&article, &text, known);
        (article, text, parse)
    }

    #[test]
    fn every_sentence_is_one_tree() {
        let known = Resources::embedded();
        let long = "the army and the rebels fought in the town ".repeat(250);
        for surface in
            ["Army.", "Go", "… \" ) ' %", "He said that she said that they said so, so she went and he did not.", "The the the of of to to , , , .", &long]
        {
            let (_, text, parse) = read(surface, &known);
            assert_eq!(parse.head.len(), text.words.len());
            for sentence in &text.sentences {
                let roots = sentence.words.clone().filter(|&word| parse.head[word] == ROOT).count();
                assert_eq!(roots, 1, "{surface}");
                for word in sentence.words.clone() {
                    let (mut at, mut steps) = (word, 0);
                    while parse.head[at] != ROOT {
                        at = parse.head[at] as usize;
                        assert!(sentence.words.contains(&at));
                        steps += 1;
                        assert!(steps <= sentence.words.len(), "a ring in {surface}");
                    }
                    assert_eq!(parse.deprel[word] == Deprel::Root, parse.head[word] == ROOT);
                }
            }
        }
    }

    #[test]
    fn lemmas_are_dictionary_forms() {
        let known = Resources::embedded();
        let (_, text, parse) = read("The soldiers were killed by Syrian rebels in the cities.", &known);
        let lemmas: Vec<&str> = (0..text.words.len()).map(|word| parse.lemma(word)).collect();
        assert_eq!(lemmas, ["the", "soldier", "be", "kill", "by", "Syrian", "rebel", "in", "the", "city", "."]);
    }

    #[test]
    fn a_name_once_given_in_full_is_known_by_its_end() {
        let known = Resources::embedded();
        let (article, text, mut parse) = read("President Amara Diallo spoke. Diallo left Mali.", &known);
        let name = |words, kind| crate::record::Name { words, kind };
        parse.upos[5] = Upos::Propn;
        // As the finder might read it: with the title, without the short form, and a country that it takes for a person.
        parse.names = vec![name(0..3, NameKind::Person), name(7..8, NameKind::Person)];
        agree::tidy(&article, &text, &known, &mut parse);
        agree::agree(&article, &text, &known, &mut parse);
        assert_eq!(parse.names, [name(1..3, NameKind::Person), name(5..6, NameKind::Person), name(7..8, NameKind::Location)]);
    }

    #[test]
    fn an_empty_pack_still_gives_trees() {
        let known = Resources { weights: Weights::read(b""), ..Resources::embedded() };
        let (_, text, parse) = read("Rebels shelled the town.", &known);
        assert_eq!(parse.head.iter().filter(|&&head| head == ROOT).count(), 1);
        assert_eq!(text.words.len(), parse.upos.len());
    }
}
