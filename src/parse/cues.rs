//! What the models see of a word: its spelling, as hashes, and the cluster of its embedding.

use crate::resource::Weights;

/// Steps of feature hashing (the multiply and rotate of rustc's own hasher).
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    /// A key of one template.
    pub(crate) fn new(template: u64) -> Self {
        Self(template.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// With one more part.
    #[must_use]
    pub(crate) fn with(self, part: u32) -> Self {
        Self((self.0.rotate_left(5) ^ u64::from(part)).wrapping_mul(0x517C_C1B7_2722_0A95))
    }

    /// The finished key: its top bits choose the row.
    pub(crate) fn done(self) -> u64 {
        self.0
    }
}

/// Appends one feature: a template number and its parts.
macro_rules! cue {
    ($out:expr, $template:expr $(, $part:expr)*) => {
        $out.push($crate::parse::cues::Key::new($template)$(.with($part))*.done())
    };
}
pub(crate) use cue;

/// What is seen of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cues {
    /// Hash of the spelling in lower case, figures as zeros, quotes and dashes of one kind.
    pub word: u32,
    /// Hashes of its first 1 to 3 characters.
    pub prefix: [u32; 3],
    /// Hashes of its last 1 to 4 characters.
    pub suffix: [u32; 4],
    /// Capitals, small letters, figures and marks, repetitions folded.
    pub shape: u32,
    /// One of 64 clusters; 0 where the word is unknown.
    pub coarse: u32,
    /// One of about a thousand clusters; 0 where the word is unknown.
    pub fine: u32,
    /// What lists say of it: given name 1, family name 2, country 4, people 8, place 16.
    pub known: u32,
    /// Whether it begins with a capital.
    pub capital: bool,
}

/// Hash of a spelling under the folding of [`Cues::word`].
#[must_use]
pub fn word_hash(form: &str) -> u32 {
    finish(form.bytes().map(fold).fold(SEED, step))
}

const SEED: u32 = 0x811C_9DC5;

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Spreads the low bits of the running hash.
fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
    hash ^ (hash >> 15)
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

impl Cues {
    /// Cues of a word as spelled.
    #[must_use]
    pub fn of(form: &str, weights: &Weights) -> Self {
        let form = canonical(form);
        let mut cues = Self { word: word_hash(form), ..Self::default() };
        cues.capital = form.chars().next().is_some_and(char::is_uppercase);
        let mut hash = SEED;
        for (count, byte) in form.bytes().take(3).enumerate() {
            hash = step(hash, fold(byte));
            cues.prefix[count] = hash;
        }
        let mut hash = SEED ^ 1;
        for (count, byte) in form.bytes().rev().take(4).enumerate() {
            hash = step(hash, fold(byte));
            cues.suffix[count] = hash;
        }
        let mut shape = SEED ^ 2;
        let (mut last, mut length) = (0, 0);
        for character in form.chars() {
            let kind = match character {
                c if c.is_uppercase() => b'A',
                c if c.is_alphabetic() => b'a',
                c if c.is_numeric() => b'0',
                c => c as u8,
            };
            length = if kind == last { length + 1 } else { 1 };
            if length <= 2 {
                shape = step(shape, kind);
            }
            last = kind;
        }
        cues.shape = shape;
        (cues.coarse, cues.fine) = weights.clusters.of(cues.word);
        if cues.capital {
            cues.known = weights.lists.of(cues.word);
        }
        cues
    }
}
