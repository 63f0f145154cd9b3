//! The ranker's pack, read in place: how much each thing seen of a pair of parties speaks for each type of event.
//!
//! Little-endian. The magic, the number of features, the length of the fst, the fst (feature, its row), then the rows, a weight a
//! class: one row a feature, one a number of each mean vector. Weights are whole numbers in units of 1/1024; sums are made in one order
//! and without fused multiplication, so they are the same on every machine.

use fst::Map;

use super::network::VECTOR;
use crate::record::EventType;

const MAGIC: &[u8; 8] = b"whodidR1";

/// The types that are told apart; a last class, [`NONE`], is for no act between the two.
pub const TYPES: [EventType; 16] = [
    EventType::Agree,
    EventType::Consult,
    EventType::Support,
    EventType::Concede,
    EventType::Cooperate,
    EventType::Aid,
    EventType::Retreat,
    EventType::Request,
    EventType::Accuse,
    EventType::Reject,
    EventType::Threaten,
    EventType::Protest,
    EventType::Sanction,
    EventType::Mobilize,
    EventType::Coerce,
    EventType::Assault,
];

/// Class of no act between the two.
pub const NONE: usize = TYPES.len();

/// Number of classes.
pub const CLASSES: usize = TYPES.len() + 1;

/// Groups of words whose meaning counts.
pub const MEANINGS: usize = 5;

/// What a weight of one stands as in the pack.
pub const UNIT: f32 = 1024.0;

/// The weights.
#[derive(Debug)]
pub struct Ranker {
    features: Option<Map<&'static [u8]>>,
    rows: &'static [u8],
    meanings: Vec<[f32; CLASSES]>,
}

/// Scores of the classes before they are made shares, in [`UNIT`]s.
pub type Scores = [i32; CLASSES];

impl Ranker {
    /// The ranker that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(whodid_ranker::PACK)
    }

    /// Reads a pack. One that is absent or cut short knows nothing: every class scores 0.
    #[must_use]
    pub fn read(pack: &'static [u8]) -> Self {
        Self::parts(pack).unwrap_or(Self { features: None, rows: &[], meanings: vec![[0.0; CLASSES]; MEANINGS * VECTOR] })
    }

    fn parts(pack: &'static [u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(pack.get(at..at + 4)?.try_into().ok()?) as usize);
        let body = pack.strip_prefix(MAGIC)?.get(8..)?;
        let (count, length) = (number(8)?, number(12)?);
        let (features, rows) = body.split_at_checked(length)?;
        let (rows, meanings) = rows.split_at_checked(count * CLASSES * 2)?;
        (meanings.len() == MEANINGS * VECTOR * CLASSES * 2).then_some(())?;
        let weight = |weight: &[u8]| f32::from(i16::from_le_bytes([weight[0], weight[1]])) / UNIT;
        let meanings = meanings.chunks_exact(CLASSES * 2).map(|row| std::array::from_fn(|class| weight(&row[class * 2..]))).collect();
        Some(Self { features: Some(Map::new(features).ok()?), rows, meanings })
    }

    /// Whether it knows anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.features.is_none()
    }

    /// Adds what a feature speaks for each class; a feature that was never learned speaks for none.
    #[inline]
    pub fn add(&self, feature: &str, scores: &mut Scores) {
        for (score, weight) in scores.iter_mut().zip(self.weights(feature)) {
            *score += i32::from(weight);
        }
    }

    /// What a feature speaks for each class, in [`UNIT`]s; nothing where it was never learned.
    pub fn weights(&self, feature: &str) -> impl Iterator<Item = i16> + use<> {
        let row = self.features.as_ref().and_then(|features| features.get(feature));
        let start = row.map_or(self.rows.len(), |row| row as usize * CLASSES * 2);
        let weights = self.rows.get(start..).unwrap_or(&[]).chunks_exact(2).take(CLASSES);
        weights.map(|weight| i16::from_le_bytes([weight[0], weight[1]]))
    }

    /// What the mean vector of a group speaks for each class; nothing where there is no such group.
    #[must_use]
    pub fn meaning(&self, group: usize, vector: &[f32; VECTOR]) -> [f32; CLASSES] {
        let mut scores = [0.0; CLASSES];
        for (number, weights) in vector.iter().zip(self.meanings.get(group * VECTOR..).unwrap_or(&[])) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += number * weight;
            }
        }
        scores
    }

    /// Writes a pack from features in byte order, each with its weights, and the weights of the numbers of the mean vectors, group by
    /// group. Fails where the order is another.
    pub fn pack(features: &[(String, [f32; CLASSES])], meanings: &[[f32; CLASSES]]) -> Result<Vec<u8>, fst::Error> {
        let keys = Map::from_iter(features.iter().enumerate().map(|(row, (feature, _))| (feature, row as u64)))?.into_fst().into_inner();
        let mut pack = MAGIC.to_vec();
        pack.extend((features.len() as u32).to_le_bytes());
        pack.extend((keys.len() as u32).to_le_bytes());
        pack.extend(keys);
        for weight in features.iter().map(|(_, weights)| weights).chain(meanings).flatten() {
            pack.extend(((weight * UNIT).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16).to_le_bytes());
        }
        Ok(pack)
    }
}
