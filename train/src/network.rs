//! The network as it learns: what `whodid::parse` computes, with gradients.

use candle_core::{D, DType, Device, Result, Tensor};
use whodid::parse::features::PER_WORD;
use whodid::record::Deprel;
use whodid::resource::network::{ARC, ATTENTIONS, CONVOLUTIONS, DISTANCES, FAR, HEADS, INNER, MARKS, NAME, RELATION, ROWS, VECTOR, WIDTH, distance};

use crate::parameters::{Parameters, Vars};
use crate::random::Random;

/// Sentences side by side, padded to the longest.
pub(crate) struct Batch {
    /// Sentences and words of the longest.
    pub(crate) size: (usize, usize),
    /// Rows of each word, [`PER_WORD`] a word.
    pub(crate) rows: Vec<u32>,
    /// Pretrained vector of each word.
    pub(crate) vectors: Vec<f32>,
    /// 1 for a word, 0 for padding.
    pub(crate) real: Vec<f32>,
    /// Gold tags, governors (0 is the root, 1 the first word), relations, marks of names; and how much each counts.
    pub(crate) tags: Vec<u32>,
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u32>,
    pub(crate) marks: Vec<u32>,
    pub(crate) tag_weight: Vec<f32>,
    pub(crate) tree_weight: Vec<f32>,
    pub(crate) name_weight: Vec<f32>,
}

/// What is dropped while learning, or nothing.
pub(crate) struct Noise {
    pub(crate) random: Random,
    pub(crate) learning: bool,
}

/// Share dropped of what comes in, of what each layer adds, and inside the scorers.
const DROP_INPUT: f32 = 0.2;
const DROP_LAYER: f32 = 0.15;
const DROP_SCORER: f32 = 0.3;

impl Noise {
    pub(crate) fn drop(&mut self, tensor: &Tensor, share: f32) -> Result<Tensor> {
        if !self.learning {
            return Ok(tensor.clone());
        }
        let mask = Tensor::from_vec(self.random.mask(tensor.elem_count(), share), tensor.shape(), &Device::Cpu)?;
        tensor * mask
    }
}

/// Fresh parameters.
pub(crate) fn parameters(tags: usize, seed: u64) -> Parameters {
    let mut shapes: Vec<(String, Vec<usize>, f32)> =
        vec![("embed".into(), vec![ROWS, WIDTH], 0.35), ("vector".into(), vec![VECTOR, WIDTH], 0.5), ("vector.bias".into(), vec![WIDTH], 0.0)];
    shapes.extend(scorers(WIDTH, tags));
    for layer in 0..CONVOLUTIONS {
        shapes.push((format!("conv{layer}"), vec![3 * WIDTH, WIDTH], scale(3 * WIDTH)));
        shapes.push((format!("conv{layer}.bias"), vec![WIDTH], 0.0));
    }
    for layer in 0..ATTENTIONS {
        shapes.push((format!("attend{layer}"), vec![WIDTH, 3 * WIDTH], scale(WIDTH)));
        shapes.push((format!("attend{layer}.bias"), vec![3 * WIDTH], 0.0));
        shapes.push((format!("attend{layer}.far"), vec![HEADS, DISTANCES], 0.0));
        shapes.push((format!("attend{layer}.out"), vec![WIDTH, WIDTH], scale(WIDTH)));
        shapes.push((format!("attend{layer}.out.bias"), vec![WIDTH], 0.0));
        shapes.push((format!("inner{layer}"), vec![WIDTH, INNER], scale(WIDTH)));
        shapes.push((format!("inner{layer}.bias"), vec![INNER], 0.0));
        shapes.push((format!("inner{layer}.out"), vec![INNER, WIDTH], scale(INNER)));
        shapes.push((format!("inner{layer}.out.bias"), vec![WIDTH], 0.0));
    }
    let shapes: Vec<(&str, Vec<usize>, f32)> = shapes.iter().map(|(name, shape, deviation)| (name.as_str(), shape.clone(), *deviation)).collect();
    Parameters::new(&shapes, seed)
}

/// Name, shape and deviation of the tensors of the scorers over states of some width.
pub(crate) fn scorers(width: usize, tags: usize) -> Vec<(String, Vec<usize>, f32)> {
    vec![
        ("tag".into(), vec![width, tags], scale(width)),
        ("tag.bias".into(), vec![tags], 0.0),
        ("arc.child".into(), vec![width, ARC], scale(width)),
        ("arc.child.bias".into(), vec![ARC], 0.0),
        ("arc.head".into(), vec![width, ARC], scale(width)),
        ("arc.head.bias".into(), vec![ARC], 0.0),
        ("arc.pair".into(), vec![ARC, ARC], scale(ARC) * 0.5),
        ("arc.pair.bias".into(), vec![ARC], 0.0),
        ("arc.root".into(), vec![ARC], 0.3),
        ("arc.far".into(), vec![DISTANCES], 0.0),
        ("relation.child".into(), vec![width, RELATION], scale(width)),
        ("relation.head".into(), vec![width, RELATION], scale(width)),
        ("relation.root".into(), vec![RELATION], 0.3),
        ("relation.far".into(), vec![DISTANCES, RELATION], 0.1),
        ("relation.out".into(), vec![RELATION, Deprel::ALL.len()], scale(RELATION)),
        ("relation.out.bias".into(), vec![Deprel::ALL.len()], 0.0),
        ("name".into(), vec![width, NAME], scale(width)),
        ("name.bias".into(), vec![NAME], 0.0),
        ("name.out".into(), vec![NAME, MARKS], scale(NAME)),
        ("name.out.bias".into(), vec![MARKS], 0.0),
    ]
}

/// Deviation of weights that keeps the size of what comes in.
pub(crate) fn scale(inputs: usize) -> f32 {
    (1.0 / inputs as f32).sqrt()
}

/// Scores of the network: tags, governors (the root first), names, and what relations are made of.
pub(crate) struct Scores {
    pub(crate) tags: Tensor,
    pub(crate) arcs: Tensor,
    pub(crate) names: Tensor,
    child: Tensor,
    head: Tensor,
}

/// Divides each row by the root of its mean square.
pub(crate) fn norm(tensor: &Tensor) -> Result<Tensor> {
    let mean = (tensor.sqr()?.mean_keepdim(D::Minus1)? + 1e-6)?;
    tensor.broadcast_div(&mean.sqrt()?)
}

fn linear(vars: &Vars, name: &str, input: &Tensor) -> Result<Tensor> {
    let output = input.matmul(vars[name].as_tensor())?;
    match vars.get(&format!("{name}.bias")) {
        Some(bias) => output.broadcast_add(bias.as_tensor()),
        None => Ok(output),
    }
}

/// The largest of each row is taken off, for what exp can hold.
fn softmax(scores: &Tensor) -> Result<Tensor> {
    let top = scores.max_keepdim(D::Minus1)?.detach();
    let exp = scores.broadcast_sub(&top)?.exp()?;
    exp.broadcast_div(&exp.sum_keepdim(D::Minus1)?)
}

fn log_softmax(scores: &Tensor) -> Result<Tensor> {
    let top = scores.max_keepdim(D::Minus1)?.detach();
    let scores = scores.broadcast_sub(&top)?;
    scores.broadcast_sub(&scores.exp()?.sum_keepdim(D::Minus1)?.log()?)
}

impl Batch {
    fn tensor(&self, values: &[f32], width: usize) -> Result<Tensor> {
        Tensor::from_slice(values, (self.size.0 * self.size.1, width), &Device::Cpu)
    }

    /// Runs the network up to its states, one row a word.
    pub(crate) fn states(&self, vars: &Vars, noise: &mut Noise) -> Result<Tensor> {
        let (count, longest) = self.size;
        let all = count * longest;
        let real = self.tensor(&self.real, 1)?;
        let rows = Tensor::from_slice(&self.rows, all * PER_WORD, &Device::Cpu)?;
        let embedded = vars["embed"].as_tensor().index_select(&rows, 0)?.reshape((all, PER_WORD, WIDTH))?.sum(1)?;
        let vectors = linear(vars, "vector", &self.tensor(&self.vectors, VECTOR)?)?;
        let mut state = noise.drop(&(embedded + vectors)?, DROP_INPUT)?;
        for layer in 0..CONVOLUTIONS {
            let input = norm(&state)?.broadcast_mul(&real)?.reshape((count, longest, WIDTH))?;
            let edge = Tensor::zeros((count, 1, WIDTH), DType::F32, &Device::Cpu)?;
            let before = Tensor::cat(&[&edge, &input.narrow(1, 0, longest - 1)?], 1)?;
            let after = Tensor::cat(&[&input.narrow(1, 1, longest - 1)?, &edge], 1)?;
            let window = Tensor::cat(&[&before, &input, &after], 2)?.reshape((all, 3 * WIDTH))?;
            let added = linear(vars, &format!("conv{layer}"), &window)?.relu()?;
            state = (state + noise.drop(&added, DROP_LAYER)?)?;
        }
        let hidden = ((self.tensor(&self.real, 1)? - 1.0)? * 1e4)?.reshape((count, 1, 1, longest))?;
        let far: Vec<u32> = (0..longest).flat_map(|from| (0..longest).map(move |to| distance(from, to) as u32)).collect();
        let far = Tensor::from_vec(far, longest * longest, &Device::Cpu)?;
        for layer in 0..ATTENTIONS {
            let name = format!("attend{layer}");
            let width = WIDTH / HEADS;
            let all_heads = linear(vars, &name, &norm(&state)?)?.reshape((count, longest, 3, HEADS, width))?;
            let part = |index: usize| all_heads.narrow(2, index, 1)?.squeeze(2)?.transpose(1, 2)?.contiguous();
            let (query, key, value) = (part(0)?, part(1)?, part(2)?);
            let scores = (query.matmul(&key.transpose(2, 3)?.contiguous()?)? * f64::from(scale(width)))?;
            let bias = vars[&format!("{name}.far")].as_tensor().index_select(&far, 1)?.reshape((1, HEADS, longest, longest))?;
            let scores = scores.broadcast_add(&bias)?.broadcast_add(&hidden)?;
            let mixed = softmax(&scores)?.matmul(&value)?.transpose(1, 2)?.contiguous()?.reshape((all, WIDTH))?;
            let added = linear(vars, &format!("{name}.out"), &mixed)?;
            state = (state + noise.drop(&added, DROP_LAYER)?)?;
            let inner = linear(vars, &format!("inner{layer}"), &norm(&state)?)?.relu()?;
            let added = linear(vars, &format!("inner{layer}.out"), &inner)?;
            state = (state + noise.drop(&added, DROP_LAYER)?)?;
        }
        norm(&state)
    }

    /// The scorers over states, which may be those of another encoder.
    pub(crate) fn scores(&self, vars: &Vars, state: &Tensor, noise: &mut Noise) -> Result<Scores> {
        let (count, longest) = self.size;
        let state = noise.drop(state, DROP_SCORER * 0.5)?;
        let tags = linear(vars, "tag", &state)?;
        let name = noise.drop(&linear(vars, "name", &state)?.relu()?, DROP_SCORER)?;
        let names = linear(vars, "name.out", &name)?;

        let child = noise.drop(&linear(vars, "arc.child", &state)?.relu()?, DROP_SCORER)?;
        let head = noise.drop(&linear(vars, "arc.head", &state)?.relu()?, DROP_SCORER)?.reshape((count, longest, ARC))?;
        let root = vars["arc.root"].as_tensor().reshape((1, 1, ARC))?.broadcast_as((count, 1, ARC))?;
        let heads = Tensor::cat(&[&root, &head], 1)?;
        let pair = linear(vars, "arc.pair", &child)?.reshape((count, longest, ARC))?;
        let arcs = pair.matmul(&heads.transpose(1, 2)?.contiguous()?)?;
        let far: Vec<u32> =
            (0..longest).flat_map(|from| std::iter::once(DISTANCES as u32 - 1).chain((0..longest).map(move |to| distance(from, to) as u32))).collect();
        let far = Tensor::from_vec(far, longest * (longest + 1), &Device::Cpu)?;
        let far = vars["arc.far"].as_tensor().index_select(&far, 0)?.reshape((1, longest, longest + 1))?;
        let mut hidden = Vec::with_capacity(count * (longest + 1));
        for sentence in self.real.chunks_exact(longest) {
            hidden.push(0.0);
            hidden.extend(sentence.iter().map(|real| (real - 1.0) * 1e4));
        }
        let hidden = Tensor::from_vec(hidden, (count, 1, longest + 1), &Device::Cpu)?;
        // No word hangs on itself.
        let own: Vec<f32> = (0..longest).flat_map(|word| (0..=longest).map(move |head| if head == word + 1 { -1e4 } else { 0.0 })).collect();
        let own = Tensor::from_vec(own, (1, longest, longest + 1), &Device::Cpu)?;
        let arcs = arcs.broadcast_add(&far)?.broadcast_add(&hidden)?.broadcast_add(&own)?.reshape((count * longest, longest + 1))?;

        let child = linear(vars, "relation.child", &state)?;
        let head = linear(vars, "relation.head", &state)?.reshape((count, longest, RELATION))?;
        let root = vars["relation.root"].as_tensor().reshape((1, 1, RELATION))?.broadcast_as((count, 1, RELATION))?;
        let head = Tensor::cat(&[&root, &head], 1)?.reshape((count * (longest + 1), RELATION))?;
        Ok(Scores { tags, arcs, names, child, head })
    }

    /// Scores of the relations under the given governors.
    pub(crate) fn relations(&self, vars: &Vars, scores: &Scores, heads: &[u32], noise: &mut Noise) -> Result<Tensor> {
        let longest = self.size.1;
        let (mut places, mut far) = (Vec::new(), Vec::new());
        for (at, &head) in heads.iter().enumerate() {
            places.push((at / longest * (longest + 1)) as u32 + head);
            far.push(if head == 0 { DISTANCES - 1 } else { distance(at % longest, head as usize - 1) } as u32);
        }
        let count = places.len();
        let head = scores.head.index_select(&Tensor::from_vec(places, count, &Device::Cpu)?, 0)?;
        let far = vars["relation.far"].as_tensor().index_select(&Tensor::from_vec(far, count, &Device::Cpu)?, 0)?;
        let hidden = noise.drop(&((&scores.child + head)? + far)?.relu()?, DROP_SCORER)?;
        linear(vars, "relation.out", &hidden)
    }

    /// What the scores miss of the gold: sums, each times its factor.
    pub(crate) fn loss(&self, vars: &Vars, state: &Tensor, factors: (f32, f32, f32), noise: &mut Noise) -> Result<Tensor> {
        let scores = self.scores(vars, state, noise)?;
        let relations = self.relations(vars, &scores, &self.heads, noise)?;
        let tags = missed(&scores.tags, &self.tags, &self.tag_weight, factors.0)?;
        let arcs = missed(&scores.arcs, &self.heads, &self.tree_weight, factors.1)?;
        let relations = missed(&relations, &self.labels, &self.tree_weight, factors.1)?;
        let names = missed(&scores.names, &self.marks, &self.name_weight, factors.2)?;
        ((tags + arcs)? + (relations + names)?)? + 0.0
    }
}

fn missed(scores: &Tensor, gold: &[u32], weight: &[f32], factor: f32) -> Result<Tensor> {
    let count = gold.len();
    let gold = Tensor::from_slice(gold, (count, 1), &Device::Cpu)?;
    let weight: Vec<f32> = weight.iter().map(|weight| -weight * factor).collect();
    let weight = Tensor::from_vec(weight, (count, 1), &Device::Cpu)?;
    (log_softmax(scores)?.gather(&gold, 1)? * weight)?.sum_all()
}

/// Index of the largest of each row.
pub(crate) fn largest(scores: &Tensor) -> Result<Vec<u32>> {
    scores.argmax(D::Minus1)?.to_vec1::<u32>()
}

/// Distances stop here.
const _: () = assert!(FAR > 2);
