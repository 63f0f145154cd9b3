//! The network of the language engine: its shape, which training shares, and its tensors as they are multiplied with.

use super::{Matrix, Tensor, Tensors};
use crate::record::Deprel;

/// Rows of each part of the table that words add up: spellings (each has two rows, so that two that share one differ in the other),
/// first three characters, last two, last three, shapes, lists of names, case of the word in its sentence.
pub const PARTS: [u32; 7] = [8192, 2048, 1024, 4096, 512, 64, 8];

/// Rows of the whole table.
pub const ROWS: usize = {
    let (mut sum, mut part) = (0, 0);
    while part < PARTS.len() {
        sum += PARTS[part];
        part += 1;
    }
    sum as usize
};

/// Numbers that stand for a word.
pub const WIDTH: usize = 128;
/// Numbers of a pretrained word vector.
pub const VECTOR: usize = 50;
/// Convolutions over a word and its neighbours.
pub const CONVOLUTIONS: usize = 4;
/// Layers of attention over the sentence.
pub const ATTENTIONS: usize = 2;
/// Heads of a layer of attention.
pub const HEADS: usize = 4;
/// Width inside the feed-forward part of a layer of attention.
pub const INNER: usize = 256;
/// Width of the arc scorer.
pub const ARC: usize = 128;
/// Width of the relation scorer.
pub const RELATION: usize = 128;
/// Width of the name scorer.
pub const NAME: usize = 64;
/// Marks of names: outside, and four for each kind.
pub const MARKS: usize = 1 + 4 * 4;
/// Distances that are told apart, in words, on each side.
pub const FAR: usize = 24;
/// Distances: both sides, the word itself, and the root.
pub const DISTANCES: usize = 2 * FAR + 2;

/// Index of the distance from a word to another; the root has the last.
#[must_use]
pub fn distance(from: usize, to: usize) -> usize {
    if to >= from { FAR + (to - from).min(FAR) } else { FAR - (from - to).min(FAR) }
}

/// A layer of attention.
#[derive(Debug)]
pub struct Attention {
    /// To query, key and value.
    pub ask: Matrix,
    /// Added to the score of each distance, a row a head.
    pub far: Vec<f32>,
    /// From the mixture back.
    pub out: Matrix,
    /// Into the feed-forward part.
    pub inner: Matrix,
    /// Out of it.
    pub inner_out: Matrix,
}

/// Everything that is multiplied with. An absent tensor is one of zeros.
#[derive(Debug)]
pub struct Network {
    /// Rows that words add up.
    pub embed: Tensor,
    /// From pretrained vectors.
    pub vector: Matrix,
    /// From a word and its neighbours.
    pub convolutions: Vec<Matrix>,
    /// Over the sentence.
    pub attentions: Vec<Attention>,
    /// To the scores of tags.
    pub tag: Matrix,
    /// To what a word looks for in a governor.
    pub arc_child: Matrix,
    /// To what a word is as a governor.
    pub arc_head: Matrix,
    /// From what is looked for to what it is compared with.
    pub arc_pair: Matrix,
    /// The root as a governor.
    pub arc_root: Vec<f32>,
    /// Added to the score of each distance.
    pub arc_far: Vec<f32>,
    /// What a word says of its relation.
    pub relation_child: Matrix,
    /// What its governor says.
    pub relation_head: Matrix,
    /// What the root says.
    pub relation_root: Vec<f32>,
    /// What each distance says, a row a distance.
    pub relation_far: Vec<f32>,
    /// To the scores of relations.
    pub relation_out: Matrix,
    /// Into the name scorer.
    pub name: Matrix,
    /// To the scores of marks.
    pub name_out: Matrix,
}

impl Network {
    /// Lays the tensors out for the products; `tags` is the size of the tag set.
    #[must_use]
    pub fn new(tensors: &Tensors, tags: usize) -> Self {
        let matrix = |name: &str, outputs: usize, inputs: usize| {
            Matrix::new(&tensors.get(name, outputs, inputs), Some(&tensors.get(&format!("{name}.bias"), 1, outputs)))
        };
        let numbers = |name: &str, rows: usize, columns: usize| tensors.get(name, rows, columns).numbers();
        Self {
            embed: tensors.get("embed", ROWS, WIDTH),
            vector: matrix("vector", WIDTH, VECTOR),
            convolutions: (0..CONVOLUTIONS).map(|layer| matrix(&format!("conv{layer}"), WIDTH, 3 * WIDTH)).collect(),
            attentions: (0..ATTENTIONS)
                .map(|layer| Attention {
                    ask: matrix(&format!("attend{layer}"), 3 * WIDTH, WIDTH),
                    far: numbers(&format!("attend{layer}.far"), HEADS, DISTANCES),
                    out: matrix(&format!("attend{layer}.out"), WIDTH, WIDTH),
                    inner: matrix(&format!("inner{layer}"), INNER, WIDTH),
                    inner_out: matrix(&format!("inner{layer}.out"), WIDTH, INNER),
                })
                .collect(),
            tag: matrix("tag", tags, WIDTH),
            arc_child: matrix("arc.child", ARC, WIDTH),
            arc_head: matrix("arc.head", ARC, WIDTH),
            arc_pair: matrix("arc.pair", ARC, ARC),
            arc_root: numbers("arc.root", 1, ARC),
            arc_far: numbers("arc.far", 1, DISTANCES),
            relation_child: matrix("relation.child", RELATION, WIDTH),
            relation_head: matrix("relation.head", RELATION, WIDTH),
            relation_root: numbers("relation.root", 1, RELATION),
            relation_far: numbers("relation.far", DISTANCES, RELATION),
            relation_out: matrix("relation.out", Deprel::ALL.len(), RELATION),
            name: matrix("name", NAME, WIDTH),
            name_out: matrix("name.out", MARKS, NAME),
        }
    }
}
