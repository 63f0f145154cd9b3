//! The weights pack, read in place: a table of sections, then the sections.
//!
//! Every number is little-endian. Scores are sums of whole numbers, so they are the same on every machine.

use rustc_hash::FxHashMap;

use crate::record::{Feats, Upos};

const MAGIC: &[u8; 8] = b"whodidW1";

/// The language models.
#[derive(Debug)]
pub struct Weights {
    /// Part of speech and features of each tag.
    pub tagset: Vec<(Upos, Feats)>,
    /// Word clusters.
    pub clusters: Clusters,
    /// Scores of tags.
    pub tags: Sparse,
    /// Scores of transitions.
    pub arcs: Dense,
    /// Scores of relations.
    pub labels: Sparse,
    /// Lemma rules.
    pub lemmas: Lemmas,
    /// Scores of name marks.
    pub names: Sparse,
    /// What lists of names say of words.
    pub lists: NameLists,
}

/// Names of the sections, in the order of the pack.
pub const SECTIONS: [&str; 10] = ["tagset", "coarse", "clusters", "tags", "arcs", "labels", "lemmas", "rules", "names", "lists"];

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|part| part.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_le_bytes)
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
        let tagset = section("tagset").chunks_exact(3).map(|tag| (Upos::ALL[tag[0] as usize % Upos::ALL.len()], Feats(u16_at(tag, 1)))).collect();
        Self {
            tagset,
            clusters: Clusters { coarse: section("coarse"), slots: section("clusters") },
            tags: Sparse::new(section("tags")),
            arcs: Dense::new(section("arcs")),
            labels: Sparse::new(section("labels")),
            lemmas: Lemmas {
                slots: section("lemmas"),
                rules: section("rules").split(|&byte| byte == b'\n').filter_map(Rule::read).collect(),
                // Forms of the event lexicon's verbs that no treebank has.
                verbs: include_str!("../../data/text/verb-forms.tsv").lines().filter_map(|line| line.split_once('\t')).collect(),
            },
            names: Sparse::new(section("names")),
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

/// Clusters of word embeddings.
#[derive(Debug)]
pub struct Clusters {
    coarse: &'static [u8],
    slots: &'static [u8],
}

impl Clusters {
    /// Coarse and fine cluster of the word with this hash; 0 where it has none.
    #[must_use]
    pub fn of(&self, word: u32) -> (u32, u32) {
        match look_up(self.slots, word) {
            Some(fine) => (u32::from(self.coarse.get(fine as usize).copied().unwrap_or(0)), u32::from(fine)),
            None => (0, 0),
        }
    }
}

/// Words that stand in lists of names.
#[derive(Debug)]
pub struct NameLists {
    slots: &'static [u8],
}

impl NameLists {
    /// The lists that hold the word with this hash, a bit each; see `Cues::known`.
    #[must_use]
    pub fn of(&self, word: u32) -> u32 {
        look_up(self.slots, word).map_or(0, u32::from)
    }
}

/// Rows of cells: `bits`, then where each row starts, then the cells. The top bits of a feature's key choose its row, and the eight
/// bits after them are the check that its cell begins with: features that share a row are told apart.
#[derive(Clone, Copy, Debug)]
struct Table {
    bits: u32,
    starts: &'static [u8],
    cells: &'static [u8],
}

impl Table {
    fn new(section: &'static [u8]) -> Self {
        let bits = u32_at(section, 0).min(28);
        let end = 4 + (((1usize << bits) + 1) * 4);
        match (section.get(4..end), section.get(end..)) {
            (Some(starts), Some(cells)) if bits > 0 => Self { bits, starts, cells },
            _ => Self { bits: 0, starts: &[], cells: &[] },
        }
    }

    /// The cells of the row of `key`, and the check that its own begins with. Starts are counted in `unit` bytes.
    fn row(&self, key: u64, unit: usize) -> (&'static [u8], u8) {
        if self.bits == 0 {
            return (&[], 0);
        }
        let row = (key >> (64 - self.bits)) as usize;
        let (start, end) = (u32_at(self.starts, row * 4) as usize, u32_at(self.starts, row * 4 + 4) as usize);
        (self.cells.get(start * unit..end * unit).unwrap_or(&[]), (key >> (56 - self.bits)) as u8)
    }
}

/// Weights of many classes, most of them zero: cells of check, number of pairs, and pairs of class and weight.
#[derive(Clone, Copy, Debug)]
pub struct Sparse(Table);

impl Sparse {
    fn new(section: &'static [u8]) -> Self {
        Self(Table::new(section))
    }

    /// Adds the weights of the feature `key`.
    pub fn add(&self, key: u64, scores: &mut [i32]) {
        let (mut row, wanted) = self.0.row(key, 2);
        while let [check, count, rest @ ..] = row {
            let (pairs, after) = rest.split_at((2 * usize::from(*count)).min(rest.len()));
            if *check == wanted {
                for pair in pairs.chunks_exact(2) {
                    if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                        *score += i32::from(pair[1] as i8);
                    }
                }
            }
            row = after;
        }
    }
}

/// Weights of three classes: cells of check and two weights; the third is what makes the sum zero, as every update of training does.
#[derive(Clone, Copy, Debug)]
pub struct Dense(Table);

impl Dense {
    fn new(section: &'static [u8]) -> Self {
        Self(Table::new(section))
    }

    /// Sums of the weights of the features.
    #[must_use]
    pub fn score(&self, keys: &[u64]) -> [i32; 3] {
        let (mut first, mut second) = (0, 0);
        for &key in keys {
            let (row, wanted) = self.0.row(key, 3);
            for cell in row.chunks_exact(3) {
                if cell[0] == wanted {
                    first += i32::from(cell[1] as i8);
                    second += i32::from(cell[2] as i8);
                }
            }
        }
        [first, second, -first - second]
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
    fn features_that_share_a_row_are_told_apart() {
        // One bit of row; both features are in row 1, with checks 2 and 3.
        let key = |check: u64| 1u64 << 63 | check << 55;
        let mut section = 1u32.to_le_bytes().to_vec();
        section.extend([0u32, 0, 5].iter().flat_map(|start| start.to_le_bytes()));
        section.extend([2, 2, 0, 5, 7, 250, 3, 1, 0, 9]);
        let sparse = Sparse::new(Vec::leak(section));
        let mut scores = [0i32; 8];
        sparse.add(key(2), &mut scores);
        assert_eq!((scores[0], scores[7]), (5, -6));
        sparse.add(key(3), &mut scores);
        sparse.add(key(4), &mut scores);
        assert_eq!(scores[0], 14);
    }

    #[test]
    fn what_is_stored_is_found_and_nothing_else() {
        let slots = Vec::leak(build_slots(&[(7, 1), (7, 2), (0, 3), (1 << 31, 4)]));
        assert_eq!((look_up(slots, 7), look_up(slots, 0), look_up(slots, 1 << 31), look_up(slots, 8)), (Some(1), Some(3), Some(4), None));
        assert_eq!(look_up(&[], 7), None);
    }

    #[test]
    fn a_pack_that_is_none_is_empty() {
        let weights = Weights::read(b"whodidW1 and then nothing of use");
        assert!(weights.tagset.is_empty() && weights.lemmas.rule(5).is_none());
    }
}
