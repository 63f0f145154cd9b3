//! What the network sees of a word: rows of its table of embeddings.

use crate::resource::Weights;
use crate::resource::network::{PARTS, ROWS};

/// Rows that a word adds up.
pub const PER_WORD: usize = 8;

/// What is seen of one word, whatever stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Its rows but for the last, which [`case`] sets.
    pub rows: [u32; PER_WORD],
    /// Hash of its spelling, see [`word_hash`].
    pub word: u32,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it has a letter, and every letter is a capital.
    pub upper: bool,
}

/// Hash of a spelling in lower case, figures as zeros, quotes and dashes of one kind.
#[must_use]
pub fn word_hash(form: &str) -> u32 {
    finish(canonical(form).bytes().map(fold).fold(SEED, step))
}

const SEED: u32 = 0x811C_9DC5;

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Spreads the low bits of the running hash.
fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x846C_A68B);
    hash ^ (hash >> 16)
}

fn fold(byte: u8) -> u8 {
    if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() }
}

/// One spelling for marks that mean the same.
fn canonical(form: &str) -> &str {
    match form {
        "“" | "”" | "„" | "«" | "»" | "``" | "''" => "\"",
        "‘" | "’" | "`" | "´" => "'",
        "–" | "—" | "―" | "−" | "--" | "---" | "‐" | "‑" => "-",
        "…" | "...." | ".." => "...",
        "n’t" => "n't",
        "’s" => "'s",
        "’re" => "'re",
        "’ve" => "'ve",
        "’ll" => "'ll",
        "’d" => "'d",
        "’m" => "'m",
        "[" | "{" => "(",
        "]" | "}" => ")",
        _ => form,
    }
}

impl Seen {
    /// What is seen of a word as spelled.
    #[must_use]
    pub fn of(form: &str, weights: &Weights) -> Self {
        let form = canonical(form);
        let bytes = form.as_bytes();
        let word = finish(bytes.iter().map(|&byte| fold(byte)).fold(SEED, step));
        let ends = |bytes: &mut dyn Iterator<Item = &u8>, seed: u32| finish(bytes.map(|&byte| fold(byte)).fold(SEED ^ seed, step));
        let (mut shape, mut last, mut length) = (SEED ^ 5, 0, 0);
        let (mut letters, mut capitals) = (0, 0);
        for character in form.chars() {
            let kind = match character {
                c if c.is_uppercase() => b'A',
                c if c.is_alphabetic() => b'a',
                c if c.is_numeric() => b'0',
                c => c as u8,
            };
            letters += u32::from(kind == b'A' || kind == b'a');
            capitals += u32::from(kind == b'A');
            length = if kind == last { length + 1 } else { 1 };
            if length <= 2 {
                shape = step(shape, kind);
            }
            last = kind;
        }
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let lists = if capital { weights.lists.of(word) } else { 0 };
        let hashes = [
            word,
            word.rotate_left(16) ^ (word >> 3),
            ends(&mut bytes.iter().take(3), 1),
            ends(&mut bytes.iter().rev().take(2), 2),
            ends(&mut bytes.iter().rev().take(3), 3),
            finish(shape),
            lists,
        ];
        let mut rows = [0; PER_WORD];
        let mut start = 0;
        let sizes = [PARTS[0], PARTS[0], PARTS[1], PARTS[2], PARTS[3], PARTS[4], PARTS[5]];
        for (part, (&hash, &size)) in hashes.iter().zip(&sizes).enumerate() {
            rows[part] = start + hash % size;
            if part > 0 {
                start += size;
            }
        }
        Self { rows, word, capital, upper: letters > 0 && letters == capitals }
    }
}

impl Seen {
    /// Whether it stands inside a sentence that is written as prose is: a capital is then the word's own.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.rows[PER_WORD - 1] == ROWS as u32 - PARTS[6]
    }
}

/// Sets the row of each word's case: whether the sentence is written as a headline is, or in capitals, and whether the word is its first.
pub fn case(words: &mut [Seen]) {
    let capitals = words.iter().filter(|word| word.capital).count();
    let upper = words.iter().filter(|word| word.upper).count();
    let style = if capitals * 2 <= words.len() + 1 {
        0
    } else if upper * 4 > capitals * 3 && words.len() > 2 {
        2
    } else {
        1
    };
    for (at, word) in words.iter_mut().enumerate() {
        word.rows[PER_WORD - 1] = ROWS as u32 - PARTS[6] + style * 2 + u32::from(at == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_its_part() {
        let weights = Weights::read(b"");
        let mut words: Vec<Seen> = ["The", "UN", "“", "2019", "naïve", "x"].iter().map(|form| Seen::of(form, &weights)).collect();
        case(&mut words);
        for word in &words {
            let mut start = 0;
            for (part, &row) in word.rows[1..].iter().enumerate() {
                assert!((start..start + PARTS[part]).contains(&row), "{word:?}");
                start += PARTS[part];
            }
        }
        assert_eq!(start_of_case(&words), [1, 0, 0, 0, 0, 0]);
        assert_eq!(word_hash("‘"), word_hash("'"));
    }

    fn start_of_case(words: &[Seen]) -> Vec<u32> {
        words.iter().map(|word| word.rows[PER_WORD - 1] - (ROWS as u32 - PARTS[6])).collect()
    }
}
