//! The weights pack, read in place: a table of sections, then the sections.
//!
//! Every number is little-endian. Scores are sums of whole numbers, so they are the same on every machine.

use rustc_hash::FxHashMap;

use super::network::{Network, VECTOR};
use crate::record::{Feats, Upos};

const MAGIC: &[u8; 8] = b"whodidW2";

/// The language models.
#[derive(Debug)]
pub struct Weights {
    /// Part of speech and features of each tag.
    pub tagset: Vec<(Upos, Feats)>,
    /// Pretrained word vectors.
    pub vectors: Vectors,
    /// The network.
    pub network: Network,
    /// Lemma rules.
    pub lemmas: Lemmas,
    /// What lists of names say of words.
    pub lists: NameLists,
}

/// Names of the sections, in the order of the pack.
pub const SECTIONS: [&str; 7] = ["tagset", "words", "vectors", "tensors", "lemmas", "rules", "lists"];

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|part| part.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn f32_at(bytes: &[u8], at: usize) -> f32 {
    f32::from_bits(u32_at(bytes, at))
}

impl Weights {
    /// The weights that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(whodid_weights::PACK)
    }

    /// Reads a pack. A section that is absent or cut short is empty, and its model knows nothing.
    #[must_use]
    pub fn read(pack: &'static [u8]) -> Self {
        let section = |name: &str| -> &'static [u8] {
            let index = SECTIONS.iter().position(|&section| section == name).unwrap_or(SECTIONS.len());
            let start = u32_at(pack, 8 + 4 * index) as usize;
            let end = u32_at(pack, 12 + 4 * index) as usize;
            if pack.starts_with(MAGIC) { pack.get(start..end).unwrap_or(&[]) } else { &[] }
        };
        let tagset: Vec<(Upos, Feats)> =
            section("tagset").chunks_exact(3).map(|tag| (Upos::ALL[tag[0] as usize % Upos::ALL.len()], Feats(u16_at(tag, 1)))).collect();
        Self {
            vectors: Vectors { slots: section("words"), bytes: section("vectors") },
            network: Network::new(&Tensors::new(section("tensors")), tagset.len()),
            tagset,
            lemmas: Lemmas {
                slots: section("lemmas"),
                rules: section("rules").split(|&byte| byte == b'\n').filter_map(Rule::read).collect(),
                // Forms of the event lexicon's verbs that no treebank has.
                verbs: include_str!("../../data/text/verb-forms.tsv").lines().filter_map(|line| line.split_once('\t')).collect(),
            },
            lists: NameLists { slots: section("lists") },
        }
    }

    /// Writes a pack from its sections, which stand in the order of [`SECTIONS`].
    #[must_use]
    pub fn pack(sections: &[Vec<u8>; SECTIONS.len()]) -> Vec<u8> {
        let mut pack = MAGIC.to_vec();
        let mut at = 8 + 4 * (SECTIONS.len() + 1);
        pack.extend((at as u32).to_le_bytes());
        for section in sections {
            at += section.len();
            pack.extend((at as u32).to_le_bytes());
        }
        for section in sections {
            pack.extend_from_slice(section);
        }
        pack
    }
}

/// Slots of an open-addressed table: a hash and a value, 6 bytes; the number of slots is a power of two; hash 0 is free.
fn look_up(slots: &[u8], hash: u32) -> Option<u16> {
    let count = slots.len() / 6;
    if count == 0 {
        return None;
    }
    let hash = hash.max(1);
    let mut slot = hash as usize & (count - 1);
    loop {
        match u32_at(slots, slot * 6) {
            0 => return None,
            found if found == hash => return Some(u16_at(slots, slot * 6 + 4)),
            _ => slot = (slot + 1) & (count - 1),
        }
    }
}

/// Builds the slots that [`look_up`] reads; of two entries of one hash the first stays.
#[must_use]
pub fn build_slots(entries: &[(u32, u16)]) -> Vec<u8> {
    let count = (entries.len() * 5 / 4 + 1).next_power_of_two();
    let mut slots = vec![0u8; count * 6];
    for &(hash, value) in entries {
        let hash = hash.max(1);
        let mut slot = hash as usize & (count - 1);
        loop {
            match u32_at(&slots, slot * 6) {
                0 => {
                    slots[slot * 6..slot * 6 + 4].copy_from_slice(&hash.to_le_bytes());
                    slots[slot * 6 + 4..slot * 6 + 6].copy_from_slice(&value.to_le_bytes());
                    break;
                }
                found if found == hash => break,
                _ => slot = (slot + 1) & (count - 1),
            }
        }
    }
    slots
}

/// Vectors of the most frequent words of English.
#[derive(Debug)]
pub struct Vectors {
    slots: &'static [u8],
    bytes: &'static [u8],
}

impl Vectors {
    /// The vector of the word with this hash, in 64ths; each byte is signed.
    #[must_use]
    pub fn of(&self, word: u32) -> Option<&'static [u8]> {
        let index = look_up(self.slots, word)? as usize;
        self.bytes.get(index * VECTOR..(index + 1) * VECTOR)
    }
}

/// Words that stand in lists of names.
#[derive(Debug)]
pub struct NameLists {
    slots: &'static [u8],
}

/// In [`NameLists`]: a word of the family names of people in office.
pub const FAMILY_NAME: u32 = 2;
/// In [`NameLists`]: a nationality, people or religion.
pub const PEOPLE: u32 = 8;

impl NameLists {
    /// The lists that hold the word with this hash, a bit each; see `Cues::known`.
    #[must_use]
    pub fn of(&self, word: u32) -> u32 {
        look_up(self.slots, word).map_or(0, u32::from)
    }
}

/// A tensor of the network. Where it has a scale a row, a number is its byte times the scale of its row; else its bytes are floats.
#[derive(Clone, Copy, Debug)]
pub struct Tensor {
    /// Rows.
    pub rows: usize,
    /// Numbers in a row.
    pub columns: usize,
    scales: &'static [u8],
    bytes: &'static [u8],
}

impl Tensor {
    /// The signed bytes of a row, and what each is multiplied by.
    #[must_use]
    pub fn row(&self, row: usize) -> (&'static [u8], f32) {
        let bytes = self.bytes.get(row * self.columns..(row + 1) * self.columns).unwrap_or(&[]);
        (bytes, f32_at(self.scales, row * 4))
    }

    /// All its numbers, row by row; zeros where the pack is cut short.
    #[must_use]
    pub fn numbers(&self) -> Vec<f32> {
        let at = |index: usize| {
            if self.scales.is_empty() {
                f32_at(self.bytes, index * 4)
            } else {
                let byte = self.bytes.get(index).map_or(0, |&byte| byte as i8);
                f32::from(byte) * f32_at(self.scales, index / self.columns * 4)
            }
        };
        (0..self.rows * self.columns).map(at).collect()
    }
}

/// The tensors of the network, by name.
#[derive(Debug, Default)]
pub struct Tensors(FxHashMap<&'static str, Tensor>);

impl Tensors {
    /// Reads a line "name rows columns" for each tensor ("name rows columns bytes" where it is in bytes), an empty line, and the tensors
    /// one after another: scales of the rows, then bytes; or floats.
    pub(super) fn new(section: &'static [u8]) -> Self {
        let Some(end) = section.windows(2).position(|pair| pair == b"\n\n") else { return Self::default() };
        let mut at = end + 2;
        let mut take = |size: usize| {
            at += size;
            section.get(at - size..at).unwrap_or(&[])
        };
        let mut tensors = FxHashMap::default();
        for line in std::str::from_utf8(&section[..end]).unwrap_or("").lines() {
            let mut fields = line.split(' ');
            let name = fields.next().unwrap_or("");
            let mut size = || fields.next().and_then(|field| field.parse::<u16>().ok()).map_or(0, usize::from);
            let (rows, columns) = (size(), size());
            let tensor = if fields.next().is_some() {
                Tensor { rows, columns, scales: take(4 * rows), bytes: take(rows * columns) }
            } else {
                Tensor { rows, columns, scales: &[], bytes: take(4 * rows * columns) }
            };
            tensors.insert(name, tensor);
        }
        Self(tensors)
    }

    /// A tensor by name; one of zeros where the pack has none of that name and size.
    #[must_use]
    pub fn get(&self, name: &str, rows: usize, columns: usize) -> Tensor {
        let none = Tensor { rows, columns, scales: &[], bytes: &[] };
        self.0.get(name).copied().filter(|tensor| tensor.rows == rows && tensor.columns == columns).unwrap_or(none)
    }

    /// Writes the section that [`Weights::read`] reads: name, rows, columns, numbers, and whether they are kept as bytes.
    #[must_use]
    pub fn pack(tensors: &[(&str, usize, usize, &[f32], bool)]) -> Vec<u8> {
        let mut section = String::new();
        for (name, rows, columns, _, bytes) in tensors {
            section.push_str(&format!("{name} {rows} {columns}{}\n", if *bytes { " bytes" } else { "" }));
        }
        let mut section = section.into_bytes();
        section.push(b'\n');
        for &(_, _, columns, numbers, bytes) in tensors {
            if !bytes {
                section.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
                continue;
            }
            let scales: Vec<f32> = numbers.chunks(columns).map(|row| row.iter().fold(0f32, |top, number| top.max(number.abs())) / 127.0).collect();
            section.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
            for (row, &scale) in numbers.chunks(columns).zip(&scales) {
                section.extend(row.iter().map(|number| if scale > 0.0 { (number / scale).round() as i8 as u8 } else { 0 }));
            }
        }
        section
    }
}

/// How a lemma is made from a form.
#[derive(Debug)]
pub struct Rule {
    /// Characters cut off the end.
    pub cut: usize,
    /// What is put in their place.
    pub ending: &'static str,
    /// Whether the first letter is a capital.
    pub capital: bool,
}

impl Rule {
    /// Reads "cut ending" with "^" before the cut for a capital.
    fn read(line: &'static [u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (cut, ending) = line.split_once(' ')?;
        let capital = cut.starts_with('^');
        Some(Self { cut: cut.trim_start_matches('^').parse().ok()?, ending, capital })
    }
}

/// Rules by word and by ending.
#[derive(Debug)]
pub struct Lemmas {
    slots: &'static [u8],
    rules: Vec<Rule>,
    verbs: FxHashMap<&'static str, &'static str>,
}

impl Lemmas {
    /// The lemma of a form of a verb that the event lexicon knows.
    #[must_use]
    pub fn verb(&self, form: &str) -> Option<&'static str> {
        self.verbs.get(form).copied()
    }

    /// The rule stored under `key`.
    #[must_use]
    pub fn rule(&self, key: u32) -> Option<&Rule> {
        self.rules.get(look_up(self.slots, key)? as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::Digest as _;

    #[test]
    fn the_card_names_the_pack() {
        let hash: String = sha2::Sha256::digest(whodid_weights::PACK).iter().map(|byte| format!("{byte:02x}")).collect();
        let card = include_str!("../../packs/weights/MODEL-CARD.md");
        assert!(card.contains(&hash), "the pack is {hash}, and its card does not say so");
        assert!(whodid_weights::PACK.len() < 9_500_000, "a published crate holds 10 MB at most");
    }

    #[test]
    fn tensors_come_back() {
        let (small, large) = ([0.5f32, -1.0, 0.0, 127.0], [1.5f32, -2.0]);
        let section = Tensors::pack(&[("a", 2, 2, &small, true), ("b", 1, 2, &large, false)]);
        let tensors = Tensors::new(Vec::leak(section));
        let read = tensors.get("a", 2, 2).numbers();
        assert!(read.iter().zip(small).all(|(read, number)| (read - number).abs() < 0.005), "{read:?}");
        assert_eq!(tensors.get("a", 2, 2).row(1).0, [0, 127]);
        assert_eq!(tensors.get("b", 1, 2).numbers(), large);
        assert_eq!(tensors.get("b", 2, 2).numbers(), [0.0; 4]);
        assert_eq!(tensors.get("c", 1, 1).row(0), (&[][..], 0.0));
    }

    #[test]
    fn what_is_stored_is_found_and_nothing_else() {
        let slots = Vec::leak(build_slots(&[(7, 1), (7, 2), (0, 3), (1 << 31, 4)]));
        assert_eq!((look_up(slots, 7), look_up(slots, 0), look_up(slots, 1 << 31), look_up(slots, 8)), (Some(1), Some(3), Some(4), None));
        assert_eq!(look_up(&[], 7), None);
    }

    #[test]
    fn a_pack_that_is_none_is_empty() {
        let weights = Weights::read(b"whodidW2 and then nothing of use");
        assert!(weights.tagset.is_empty() && weights.lemmas.rule(5).is_none());
    }
}
