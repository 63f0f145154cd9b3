//! The parser: transitions with a dynamic oracle (Goldberg and Nivre 2013), relations beside them.

use whodid::parse::arcs::{self, Tagged};
use whodid::parse::cues::Cues;
use whodid::parse::transition::{Action, State};
use whodid::record::Deprel;

use crate::perceptron::{Perceptron, Random};
use crate::tags::{Tag, best};
use train::conllu::{Sentence, projectivise};

/// The two models of the parser.
pub(crate) struct Parser {
    /// Transitions.
    pub(crate) arcs: Perceptron,
    /// Relations.
    pub(crate) labels: Perceptron,
}

/// Relation as the model learns it: whether a subject is passive is told by the auxiliary afterwards.
fn label(deprel: Deprel) -> u8 {
    let deprel = match deprel {
        Deprel::NsubjPass => Deprel::Nsubj,
        Deprel::CsubjPass => Deprel::Csubj,
        other => other,
    };
    deprel as u8
}

/// Number of gold arcs that `action` puts out of reach.
fn cost(state: &State, gold: &[u16], action: Action) -> u32 {
    let count = gold.len() as u16;
    let next = state.next;
    let stack = &state.stack;
    let head = |word: u16| gold[word as usize];
    let top = state.stacked(0);
    let lost_children = |word: u16| (next..count).filter(|&later| head(later) == word).count() as u32;
    match action {
        Action::Shift => {
            let below = &stack[..stack.len().saturating_sub(1)];
            u32::from(below.contains(&head(next))) + stack.iter().filter(|&&word| head(word) == next).count() as u32
        }
        Action::Left => {
            let gone = head(top) != next && (head(top) > next || head(top) == state.stacked(1));
            u32::from(gone) + lost_children(top)
        }
        Action::Right => u32::from(head(top) >= next) + lost_children(top),
    }
}

/// Trains on sentences with the tags given.
pub(crate) fn train(sentences: &[Sentence], cues: &[Vec<Cues>], tags: &[Vec<u8>], tagset: &[Tag], least: u32, epochs: usize) -> Parser {
    let mut parser = Parser { arcs: Perceptron::new(3, least), labels: Perceptron::new(Deprel::ALL.len(), least) };
    let heads: Vec<Vec<u16>> = sentences
        .iter()
        .map(|sentence| {
            let mut heads = sentence.heads.clone();
            projectivise(&mut heads);
            heads
        })
        .collect();
    let mut random = Random(2);
    let mut state = State::default();
    let (mut keys, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..epochs {
        let (mut right, mut all) = (0usize, 0usize);
        for index in random.order(sentences.len()) {
            let (cues, tags, heads) = (&cues[index], &tags[index], &heads[index]);
            let upos: Vec<u8> = tags.iter().map(|&tag| tagset[tag as usize].0 as u8).collect();
            let sentence = Tagged { cues, tags, upos: &upos };
            state.start(cues.len());
            while !state.is_done() {
                arcs::transition_features(&sentence, &state, &mut keys);
                parser.arcs.score(&keys, &mut scores);
                let allowed = Action::ALL.into_iter().filter(|&action| state.allows(action));
                let better = |a: Action, b: Action| scores[a as usize] > scores[b as usize];
                let mut guess: Option<Action> = None;
                let mut wanted: Option<(Action, u32)> = None;
                for action in allowed {
                    if guess.is_none_or(|best| better(action, best)) {
                        guess = Some(action);
                    }
                    let cost = cost(&state, heads, action);
                    if wanted.is_none_or(|(best, cheapest)| cost < cheapest || (cost == cheapest && better(action, best))) {
                        wanted = Some((action, cost));
                    }
                }
                let (Some(guess), Some((wanted, cheapest))) = (guess, wanted) else { break };
                parser.arcs.tick();
                let wrong = cost(&state, heads, guess) > cheapest;
                all += 1;
                right += usize::from(!wrong);
                if wrong {
                    parser.arcs.update(&keys, wanted as usize, guess as usize);
                }
                let explore = epoch > 0 && random.next() % 10 < 9;
                let action = if wrong && !explore { wanted } else { guess };
                let mut given = Deprel::Root as usize;
                if let Some((head, child)) = state.arc(action)
                    && (head as usize) < cues.len()
                {
                    arcs::label_features(&sentence, &state, head, child, &mut keys);
                    parser.labels.score(&keys, &mut scores);
                    given = best(&scores);
                    // The relation is learned where the arc is right; a wrong arc has none.
                    if heads[child as usize] == head {
                        let gold = usize::from(label(sentences[index].labels[child as usize]));
                        parser.labels.tick();
                        if given != gold {
                            parser.labels.update(&keys, gold, given);
                        }
                    }
                }
                state.apply(action, given as u8);
            }
        }
        eprintln!("  epoch {}: {:.2} % of transitions right", epoch + 1, 100.0 * right as f64 / all as f64);
    }
    parser
}
