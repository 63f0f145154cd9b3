//! Tags, lemmas, dependency tree and names.
//!
//! Greedy, left to right, with averaged perceptrons over hashed features. Training (`train/`) calls the same feature functions.

mod agree;
pub mod arcs;
pub mod cues;
pub mod lemma;
pub mod names;
pub mod tagger;
pub mod transition;
pub mod tree;

use crate::record::{Article, Deprel, Feats, Parse, ROOT, Span, Text, Upos};
use crate::resource::{Resources, Weights};
use arcs::Tagged;
use cues::Cues;
use transition::{Action, State};

/// Longest stretch that is parsed as one: longer sentences are cut, so that node numbers fit and a wall of words costs no more than prose.
const LONGEST: usize = 1000;

/// Tags, parses and finds names in every sentence.
#[must_use]
pub fn parse(article: &Article, text: &Text, known: &Resources) -> Parse {
    let mut parse = Parse::default();
    let mut scratch = Scratch::default();
    scratch.search.learn_steps(&known.weights.names);
    for sentence in &text.sentences {
        let words = &text.words[sentence.words.clone()];
        for part in words.chunks(LONGEST) {
            let first = parse.head.len();
            scratch.sentence(&article.text, part, &known.weights, &mut parse);
            if first > sentence.words.start {
                join(&mut parse, sentence.words.start, first);
            }
        }
    }
    agree::tidy(article, text, known, &mut parse);
    agree::agree(article, text, known, &mut parse);
    parse
}

/// Hangs the tree that starts at `first` under the root of the tree that starts at `start`: still one tree a sentence.
fn join(parse: &mut Parse, start: usize, first: usize) {
    let root = parse.head[start..first].iter().position(|&head| head == ROOT);
    let other = parse.head[first..].iter().position(|&head| head == ROOT);
    if let (Some(root), Some(other)) = (root, other) {
        parse.head[first + other] = (start + root) as u32;
        parse.deprel[first + other] = Deprel::Parataxis;
    }
}

/// Buffers that are used again for every sentence.
#[derive(Debug, Default)]
struct Scratch {
    cues: Vec<Cues>,
    tags: Vec<u8>,
    upos: Vec<u8>,
    state: State,
    keys: Vec<u64>,
    scores: Vec<i32>,
    lower: String,
    search: names::Search,
}

/// The best class; the first of equals.
fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

impl Scratch {
    /// Reads one sentence and appends its layers to `parse`.
    fn sentence(&mut self, surface: &str, words: &[Span], weights: &Weights, parse: &mut Parse) {
        self.cues.clear();
        self.cues.extend(words.iter().map(|word| Cues::of(word.of(surface), weights)));
        self.tag(weights);
        self.link(weights);
        let first = parse.head.len();
        for (word, span) in words.iter().enumerate() {
            let node = &self.state.nodes[word];
            let (upos, feats) = weights.tagset.get(self.tags[word] as usize).copied().unwrap_or((Upos::X, Feats::default()));
            parse.upos.push(upos);
            parse.feats.push(feats);
            let root = node.head as usize == words.len();
            parse.head.push(if root { ROOT } else { (first + node.head as usize) as u32 });
            parse.deprel.push(if root { Deprel::Root } else { Deprel::ALL[node.label as usize] });
            let start = parse.lemmas.len();
            lemma::push(span.of(surface), upos, &weights.lemmas, &mut self.lower, &mut parse.lemmas);
            parse.lemma.push(Span::new(start, parse.lemmas.len()));
        }
        self.names(weights);
        self.search.names(first, &mut parse.names);
        mark_passives(&parse.feats[first..], &mut parse.deprel[first..], &parse.head[first..], first);
    }

    fn tag(&mut self, weights: &Weights) {
        self.tags.clear();
        let headline = tagger::headline(&self.cues);
        for at in 0..self.cues.len() {
            tagger::features(&self.cues, at, &self.tags, headline, &mut self.keys);
            self.scores.clear();
            self.scores.resize(weights.tagset.len().max(1), 0);
            for &key in &self.keys {
                weights.tags.add(key, &mut self.scores);
            }
            self.tags.push(best(&self.scores) as u8);
        }
    }

    fn names(&mut self, weights: &Weights) {
        let headline = tagger::headline(&self.cues);
        self.search.scores.clear();
        self.search.scores.resize(self.cues.len() * names::MARKS, 0);
        for at in 0..self.cues.len() {
            names::features(&self.cues, &self.tags, at, headline, &mut self.keys);
            let row = &mut self.search.scores[at * names::MARKS..(at + 1) * names::MARKS];
            for &key in &self.keys {
                weights.names.add(key, row);
            }
        }
        self.search.run();
    }

    fn link(&mut self, weights: &Weights) {
        self.state.start(self.cues.len());
        self.upos.clear();
        self.upos.extend(self.tags.iter().map(|&tag| weights.tagset.get(tag as usize).map_or(0, |tag| tag.0 as u8)));
        let sentence = Tagged { cues: &self.cues, tags: &self.tags, upos: &self.upos };
        while !self.state.is_done() {
            arcs::transition_features(&sentence, &self.state, &mut self.keys);
            let scores = weights.arcs.score(&self.keys);
            let mut chosen: Option<Action> = None;
            for action in Action::ALL {
                if self.state.allows(action) && chosen.is_none_or(|best| scores[action as usize] > scores[best as usize]) {
                    chosen = Some(action);
                }
            }
            // Some action is always allowed: a word is left to shift, or the stack to empty.
            let Some(action) = chosen else { break };
            let mut label = Deprel::Root as usize;
            if let Some((head, child)) = self.state.arc(action)
                && (head as usize) < self.cues.len()
            {
                arcs::label_features(&sentence, &self.state, head, child, &mut self.keys);
                self.scores.clear();
                self.scores.resize(Deprel::ALL.len(), 0);
                for &key in &self.keys {
                    weights.labels.add(key, &mut self.scores);
                }
                label = best(&self.scores);
            }
            self.state.apply(action, label as u8);
        }
    }
}

/// A subject is passive where its verb has a passive auxiliary, the surer sign than the subject itself; and where the verb is a
/// passive participle that stands without any auxiliary or object, as in headlines.
fn mark_passives(feats: &[Feats], deprel: &mut [Deprel], head: &[u32], first: usize) {
    for word in 0..deprel.len() {
        if !matches!(deprel[word], Deprel::Nsubj | Deprel::Csubj) || head[word] == ROOT {
            continue;
        }
        let verb = head[word] as usize - first;
        let has = |wanted: &[Deprel]| deprel.iter().zip(head).any(|(deprel, &other)| other == head[word] && wanted.contains(deprel));
        let bare = || feats[verb].has(Feats::PASS) && !has(&[Deprel::Aux, Deprel::Cop, Deprel::Obj]);
        if has(&[Deprel::AuxPass]) || bare() {
            deprel[word] = if deprel[word] == Deprel::Nsubj { Deprel::NsubjPass } else { Deprel::CsubjPass };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Block, NameKind, Zone};
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
    fn a_passive_subject_is_marked_by_its_verb() {
        use Deprel::{AuxPass, Nsubj, NsubjPass, Obj, Root};
        let passive = Feats::PAST.with(Feats::PART).with(Feats::PASS);
        // "men were arrested", "rebels accused" as in headlines, "rebels accused him" read wrongly as a participle.
        for (verb, labels, heads, subject) in [
            (Feats::PAST, vec![Nsubj, AuxPass, Root], vec![2, 2, ROOT], NsubjPass),
            (passive, vec![Nsubj, Root], vec![1, ROOT], NsubjPass),
            (passive, vec![Nsubj, Root, Obj], vec![1, ROOT, 1], Nsubj),
            (Feats::PAST, vec![Nsubj, Root], vec![1, ROOT], Nsubj),
        ] {
            let mut labels = labels;
            mark_passives(&vec![verb; labels.len()], &mut labels, &heads, 0);
            assert_eq!(labels[0], subject);
        }
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
