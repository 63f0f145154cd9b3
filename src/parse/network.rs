//! The network: from what is seen of words to scores of tags, governors, relations and names.
//!
//! Sentences stand one after another, an empty row before, between and behind them, so that a word and its neighbours are one stretch of
//! numbers. Products are of whole numbers ([`crate::resource::Matrix`]); all else is done number by number in one order.

use super::arborescence;
use super::arithmetic::{add_scaled, softmax, squares, top, whole};
use super::features::{PER_WORD, Seen};
use super::names::Search;
use crate::resource::network::{ARC, DISTANCES, HEADS, INNER, MARKS, NAME, Network, RELATION, VECTOR, WIDTH, distance};
use crate::resource::{Matrix, Vectors};

/// A normalised number is at most the root of [`WIDTH`], 11.3: in these units it fits 16 bits.
const UNIT: f32 = 1.0 / 2048.0;

/// What the network says of the words that were put in, in their order.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Index of the tag.
    pub(super) tags: Vec<u8>,
    /// Governor within the sentence: 0 is the root, 1 the first word.
    pub(super) heads: Vec<u32>,
    /// Index of the relation.
    pub(super) labels: Vec<u8>,
    /// Marks of names.
    pub(super) marks: Vec<u8>,
}

/// Buffers, used again for every batch.
#[derive(Debug, Default)]
pub(super) struct Forward {
    /// First row and number of words of each sentence.
    sentences: Vec<(usize, usize)>,
    state: Vec<f32>,
    /// What goes into a product, and what each row of it is worth.
    input: Vec<i16>,
    units: Vec<f32>,
    one: Vec<f32>,
    out: Vec<f32>,
    asked: Vec<f32>,
    mixed: Vec<f32>,
    turned: Vec<f32>,
    scores: Vec<f32>,
    child: Vec<f32>,
    head: Vec<f32>,
    pair: Vec<f32>,
    chosen: Vec<u32>,
    search: Search,
    /// The answers of the last batch.
    pub(super) answer: Answer,
}

impl Forward {
    /// Runs the network over sentences, whose lengths are `lengths`.
    pub(super) fn run(&mut self, words: &[Seen], lengths: &[usize], network: &Network, vectors: &Vectors) {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "the processor was asked in the line above")]
            // SAFETY: the processor has AVX2.
            unsafe {
                return self.run_avx2(words, lengths, network, vectors);
            }
        }
        self.run_plain(words, lengths, network, vectors);
    }

    /// The same code for processors that add eight numbers at once; nothing is added in another order.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn run_avx2(&mut self, words: &[Seen], lengths: &[usize], network: &Network, vectors: &Vectors) {
        self.run_plain(words, lengths, network, vectors);
    }

    #[inline(always)]
    fn run_plain(&mut self, words: &[Seen], lengths: &[usize], network: &Network, vectors: &Vectors) {
        self.place(lengths);
        self.embed(words, network, vectors);
        for matrix in &network.convolutions {
            self.norm();
            let rows = self.rows();
            // The row of a word's left neighbour is where its window begins; the first and the last row have none.
            self.out.resize(rows * WIDTH, 0.0);
            matrix.multiply(&self.input, WIDTH, &self.one[..rows - 2], &mut self.out[..(rows - 2) * WIDTH]);
            for (state, added) in self.state[WIDTH..].iter_mut().zip(&self.out[..(rows - 2) * WIDTH]) {
                *state += if *added > 0.0 { *added } else { 0.0 };
            }
        }
        for layer in &network.attentions {
            self.norm();
            self.product(&layer.ask, true, Into::Asked);
            self.attend(&layer.far);
            self.quantise(WIDTH, From::Mixed);
            self.product(&layer.out, false, Into::Out);
            self.add();
            self.norm();
            self.product(&layer.inner, true, Into::Out);
            self.quantise(INNER, From::Out);
            self.product(&layer.inner_out, false, Into::Out);
            self.add();
        }
        self.norm();
        self.read(network);
    }

    fn rows(&self) -> usize {
        self.state.len() / WIDTH
    }

    /// Gives each sentence its rows.
    #[inline(always)]
    fn place(&mut self, lengths: &[usize]) {
        self.sentences.clear();
        let mut row = 1;
        for &length in lengths {
            self.sentences.push((row, length));
            row += length + 1;
        }
        self.state.clear();
        self.state.resize(row.max(2) * WIDTH, 0.0);
        self.one.clear();
        self.one.resize(row.max(2), UNIT);
    }

    /// Adds up the rows and the vector of each word.
    #[inline(always)]
    fn embed(&mut self, words: &[Seen], network: &Network, vectors: &Vectors) {
        let rows = self.rows();
        self.input.clear();
        self.input.resize(rows * VECTOR, 0);
        let mut next = 0;
        for &(first, length) in &self.sentences {
            for (row, word) in (first..first + length).zip(&words[next..next + length]) {
                if let Some(vector) = vectors.of(word.word) {
                    for (slot, &byte) in self.input[row * VECTOR..(row + 1) * VECTOR].iter_mut().zip(vector) {
                        *slot = i16::from(byte as i8);
                    }
                }
            }
            next += length;
        }
        self.units.clear();
        self.units.resize(rows, 1.0 / 64.0);
        network.vector.multiply(&self.input, VECTOR, &self.units, &mut self.state);
        next = 0;
        for &(first, length) in &self.sentences {
            for (row, word) in (first..first + length).zip(&words[next..next + length]) {
                let state = &mut self.state[row * WIDTH..(row + 1) * WIDTH];
                for &index in &word.rows[..PER_WORD] {
                    let (bytes, scale) = network.embed.row(index as usize);
                    for (number, &byte) in state.iter_mut().zip(bytes) {
                        *number += f32::from(byte as i8) * scale;
                    }
                }
            }
            next += length;
        }
    }

    /// Puts the normalised states into [`Forward::input`]; empty rows are zero.
    #[inline(always)]
    fn norm(&mut self) {
        let rows = self.rows();
        self.input.clear();
        self.input.resize(rows * WIDTH, 0);
        for &(first, length) in &self.sentences {
            for row in first..first + length {
                let state = &self.state[row * WIDTH..(row + 1) * WIDTH];
                let factor = 1.0 / (squares(state) / WIDTH as f32 + 1e-6).sqrt() / UNIT;
                for (slot, number) in self.input[row * WIDTH..(row + 1) * WIDTH].iter_mut().zip(state) {
                    *slot = whole(number * factor);
                }
            }
        }
    }

    /// Puts the positive part of other numbers (all of them, of a mixture) into [`Forward::input`], each row in units of its own.
    #[inline(always)]
    fn quantise(&mut self, width: usize, from: From) {
        let numbers = match from {
            From::Out => &mut self.out,
            From::Mixed => &mut self.mixed,
            From::Pair => &mut self.pair,
        };
        let rows = numbers.len() / width;
        self.input.clear();
        self.input.resize(rows * width, 0);
        self.units.clear();
        for (slots, numbers) in self.input.chunks_exact_mut(width).zip(numbers.chunks_exact_mut(width)) {
            if !matches!(from, From::Mixed) {
                for number in &mut *numbers {
                    *number = if *number > 0.0 { *number } else { 0.0 };
                }
            }
            let unit = top(numbers) / 16_384.0;
            let factor = if unit > 0.0 { 1.0 / unit } else { 0.0 };
            for (slot, number) in slots.iter_mut().zip(&*numbers) {
                *slot = whole(number * factor);
            }
            self.units.push(unit);
        }
    }

    /// Multiplies [`Forward::input`]; `normal` where it holds normalised states.
    #[inline(always)]
    fn product(&mut self, matrix: &Matrix, normal: bool, into: Into) {
        let units = if normal { &self.one } else { &self.units };
        let out = match into {
            Into::Out => &mut self.out,
            Into::Asked => &mut self.asked,
            Into::Child => &mut self.child,
            Into::Head => &mut self.head,
            Into::Pair => &mut self.pair,
        };
        out.resize(units.len() * matrix.outputs(), 0.0);
        let width = self.input.len() / units.len();
        matrix.multiply(&self.input, width, units, out);
    }

    /// Adds [`Forward::out`] to the states.
    #[inline(always)]
    fn add(&mut self) {
        for (state, added) in self.state.iter_mut().zip(&self.out) {
            *state += added;
        }
    }

    /// Mixes the values of each sentence into [`Forward::mixed`].
    #[inline(always)]
    fn attend(&mut self, far: &[f32]) {
        const EACH: usize = WIDTH / HEADS;
        let scale = 1.0 / (EACH as f32).sqrt();
        self.mixed.clear();
        self.mixed.resize(self.state.len(), 0.0);
        for &(first, length) in &self.sentences {
            for head in 0..HEADS {
                let part = |row: usize, kind: usize| (first + row) * 3 * WIDTH + kind * WIDTH + head * EACH;
                // The keys, a row for each of their numbers.
                self.turned.clear();
                self.turned.resize(EACH * length, 0.0);
                for row in 0..length {
                    for (number, value) in self.asked[part(row, 1)..part(row, 1) + EACH].iter().enumerate() {
                        self.turned[number * length + row] = *value;
                    }
                }
                let far = &far[head * DISTANCES..(head + 1) * DISTANCES];
                self.scores.clear();
                self.scores.resize(length, 0.0);
                for row in 0..length {
                    self.scores.fill(0.0);
                    let query = &self.asked[part(row, 0)..part(row, 0) + EACH];
                    for (number, keys) in query.iter().zip(self.turned.chunks_exact(length)) {
                        add_scaled(&mut self.scores, *number, keys);
                    }
                    for (other, score) in self.scores.iter_mut().enumerate() {
                        *score = *score * scale + far[distance(row, other)];
                    }
                    softmax(&mut self.scores);
                    let mut mixed = [0f32; EACH];
                    for (other, share) in self.scores.iter().enumerate() {
                        add_scaled(&mut mixed, *share, &self.asked[part(other, 2)..part(other, 2) + EACH]);
                    }
                    let at = (first + row) * WIDTH + head * EACH;
                    self.mixed[at..at + EACH].copy_from_slice(&mixed);
                }
            }
        }
    }

    /// Reads tags, tree and names off the states.
    #[inline(always)]
    fn read(&mut self, network: &Network) {
        self.answer.tags.clear();
        self.answer.heads.clear();
        self.answer.labels.clear();
        self.answer.marks.clear();
        let rows = self.rows();
        // All that read the states first: what comes after puts other numbers in.
        self.product(&network.tag, true, Into::Out);
        let tags = network.tag.outputs();
        for &(first, length) in &self.sentences {
            if tags == 0 {
                self.answer.tags.resize(self.answer.tags.len() + length, 0);
                continue;
            }
            self.answer.tags.extend(self.out[first * tags..(first + length) * tags].chunks_exact(tags).map(|scores| best(scores) as u8));
        }
        self.product(&network.arc_head, true, Into::Head);
        self.head.iter_mut().for_each(|number| *number = if *number > 0.0 { *number } else { 0.0 });
        self.product(&network.relation_child, true, Into::Child);
        self.product(&network.relation_head, true, Into::Asked);
        self.product(&network.arc_child, true, Into::Pair);
        self.product(&network.name, true, Into::Out);
        self.quantise(NAME, From::Out);
        self.product(&network.name_out, false, Into::Out);
        for &(first, length) in &self.sentences {
            self.search.scores.clear();
            self.search.scores.extend(self.out[first * MARKS..(first + length) * MARKS].iter().map(|score| (score * 1024.0) as i32));
            self.search.run();
            self.answer.marks.extend_from_slice(&self.search.marks);
        }
        self.quantise(ARC, From::Pair);
        self.product(&network.arc_pair, false, Into::Pair);
        // Governors, and with them what their relations are made of.
        self.out.clear();
        self.out.resize(rows * RELATION, 0.0);
        for &(first, length) in &self.sentences {
            let columns = length + 1;
            self.turned.clear();
            self.turned.resize(ARC * columns, 0.0);
            for (number, root) in network.arc_root.iter().enumerate() {
                self.turned[number * columns] = *root;
            }
            for row in 0..length {
                for (number, value) in self.head[(first + row) * ARC..(first + row + 1) * ARC].iter().enumerate() {
                    self.turned[number * columns + row + 1] = *value;
                }
            }
            self.scores.clear();
            self.scores.resize(length * columns, 0.0);
            for (row, scores) in self.scores.chunks_exact_mut(columns).enumerate() {
                let pair = &self.pair[(first + row) * ARC..(first + row + 1) * ARC];
                for (number, heads) in pair.iter().zip(self.turned.chunks_exact(columns)) {
                    add_scaled(scores, *number, heads);
                }
                scores[0] += network.arc_far[DISTANCES - 1];
                for (other, score) in scores[1..].iter_mut().enumerate() {
                    *score += network.arc_far[distance(row, other)];
                }
            }
            arborescence::best(&self.scores, length, &mut self.chosen);
            for (row, &head) in self.chosen.iter().enumerate() {
                let far = if head == 0 { DISTANCES - 1 } else { distance(row, head as usize - 1) };
                let governor = if head == 0 {
                    &network.relation_root[..]
                } else {
                    &self.asked[(first + head as usize - 1) * RELATION..(first + head as usize) * RELATION]
                };
                let range = (first + row) * RELATION..(first + row + 1) * RELATION;
                let out = self.out[range.clone()].iter_mut();
                for ((out, child), (governor, far)) in out.zip(&self.child[range]).zip(governor.iter().zip(&network.relation_far[far * RELATION..])) {
                    *out = child + governor + far;
                }
            }
            self.answer.heads.extend_from_slice(&self.chosen);
        }
        self.quantise(RELATION, From::Out);
        self.product(&network.relation_out, false, Into::Out);
        let labels = network.relation_out.outputs();
        for &(first, length) in &self.sentences {
            self.answer.labels.extend(self.out[first * labels..(first + length) * labels].chunks_exact(labels).map(|scores| best(scores) as u8));
        }
    }
}

/// Which buffer a product is written to.
#[derive(Clone, Copy)]
enum Into {
    Out,
    Asked,
    Child,
    Head,
    Pair,
}

/// Which buffer is read for a product.
#[derive(Clone, Copy)]
enum From {
    Out,
    Mixed,
    Pair,
}

/// The best class; the first of equals.
fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::features;
    use crate::resource::Resources;

    #[test]
    fn every_processor_gives_the_same() {
        let known = Resources::embedded();
        let sentences =
            ["The UN said on Monday that rebels shelled the town of Azaz .", "Go", "Army says rebels killed 12 civilians in Ḥoms , wounding scores"];
        let (mut words, mut lengths) = (Vec::new(), Vec::new());
        for sentence in sentences {
            let first = words.len();
            words.extend(sentence.split(' ').map(|form| Seen::of(form, &known.weights)));
            features::case(&mut words[first..]);
            lengths.push(words.len() - first);
        }
        let (mut chosen, mut plain) = (Forward::default(), Forward::default());
        chosen.run(&words, &lengths, &known.weights.network, &known.weights.vectors);
        plain.run_plain(&words, &lengths, &known.weights.network, &known.weights.vectors);
        let bits = |forward: &Forward| forward.state.iter().chain(&forward.out).map(|number| number.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&chosen), bits(&plain));
        assert_eq!((&chosen.answer.heads, &chosen.answer.marks), (&plain.answer.heads, &plain.answer.marks));
    }

    #[test]
    fn what_stands_beside_a_sentence_does_not_matter() {
        let known = Resources::embedded();
        let mut words: Vec<Seen> = "Rebels shelled the town .".split(' ').map(|form| Seen::of(form, &known.weights)).collect();
        features::case(&mut words);
        let mut alone = Forward::default();
        alone.run(&words, &[5], &known.weights.network, &known.weights.vectors);
        let all: Vec<Seen> = words.iter().chain(&words).chain(&words).copied().collect();
        let mut beside = Forward::default();
        beside.run(&all, &[5, 5, 5], &known.weights.network, &known.weights.vectors);
        for third in beside.answer.heads.chunks(5) {
            assert_eq!(third, alone.answer.heads);
        }
        assert_eq!(beside.state[WIDTH..6 * WIDTH], alone.state[WIDTH..6 * WIDTH]);
    }
}
