//! Tags, lemmas, dependency tree and names.
//!
//! Greedy, left to right, with averaged perceptrons over hashed features. Training (`train/`) calls the same feature functions.

pub mod arcs;
pub mod cues;
pub mod lemma;
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
    state: State,
    keys: Vec<u64>,
    scores: Vec<i32>,
    lower: String,
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
        mark_passives(&mut parse.deprel[first..], &parse.head[first..], first);
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

    fn link(&mut self, weights: &Weights) {
        self.state.start(self.cues.len());
        let sentence = Tagged { cues: &self.cues, tags: &self.tags };
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

/// A subject is passive exactly where its verb has a passive auxiliary: the auxiliary is the surer sign.
fn mark_passives(deprel: &mut [Deprel], head: &[u32], first: usize) {
    for word in 0..deprel.len() {
        if deprel[word] != Deprel::AuxPass {
            continue;
        }
        for child in 0..deprel.len() {
            if head[child] == head[word] && head[child] != ROOT {
                deprel[child] = match deprel[child] {
                    Deprel::Nsubj => Deprel::NsubjPass,
                    Deprel::Csubj => Deprel::CsubjPass,
                    other => other,
                };
            }
        }
    }
    debug_assert!(first <= u32::MAX as usize);
}
