//! Averaged perceptrons over hashed features, and what is packed of them.

use rustc_hash::FxHashMap;

/// Weights of `classes` classes for each feature.
///
/// A feature counts only once it has been updated `least` times (Goldberg and Elhadad 2011): the model stays small and what was
/// seen once is not believed.
pub(crate) struct Perceptron {
    classes: usize,
    least: u32,
    rows: FxHashMap<u64, u32>,
    updates: Vec<u32>,
    weights: Vec<i32>,
    /// Sum over updates of (step x change): the average is weight - drift / steps.
    drift: Vec<i64>,
    step: i64,
}

impl Perceptron {
    /// All zeros.
    pub(crate) fn new(classes: usize, least: u32) -> Self {
        Self { classes, least, rows: FxHashMap::default(), updates: Vec::new(), weights: Vec::new(), drift: Vec::new(), step: 1 }
    }

    /// Sums of the rows of `keys`.
    pub(crate) fn score(&self, keys: &[u64], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.classes, 0);
        for key in keys {
            let Some(&row) = self.rows.get(key) else { continue };
            if self.updates[row as usize] >= self.least {
                let start = row as usize * self.classes;
                for (score, weight) in scores.iter_mut().zip(&self.weights[start..start + self.classes]) {
                    *score += weight;
                }
            }
        }
    }

    /// One more example has been seen.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of `keys` towards `right` and away from `wrong`.
    pub(crate) fn update(&mut self, keys: &[u64], right: usize, wrong: usize) {
        for &key in keys {
            self.change(key, right, 1);
            self.change(key, wrong, -1);
        }
    }

    /// Moves one weight; that the feature was updated is counted on the way up.
    pub(crate) fn change(&mut self, key: u64, class: usize, change: i32) {
        let row = *self.rows.entry(key).or_insert_with(|| {
            self.updates.push(0);
            self.weights.resize(self.weights.len() + self.classes, 0);
            self.drift.resize(self.drift.len() + self.classes, 0);
            (self.updates.len() - 1) as u32
        }) as usize;
        self.updates[row] += u32::from(change > 0);
        let cell = row * self.classes + class;
        self.weights[cell] += change;
        self.drift[cell] += self.step * i64::from(change);
    }

    fn average(&self, cell: usize) -> f32 {
        (f64::from(self.weights[cell]) - self.drift[cell] as f64 / self.step as f64) as f32
    }

    /// Puts the averages in place of the weights, in 256ths, for a model that only decides from now on.
    pub(crate) fn freeze(&mut self) {
        for cell in 0..self.weights.len() {
            self.weights[cell] = (self.average(cell) * 256.0).round() as i32;
            self.drift[cell] = 0;
        }
    }

    /// The averaged weights of the features that count, in order of key, as bytes: the largest one in two thousand are cut at 127.
    pub(crate) fn quantised(&self) -> Vec<Quantised> {
        let mut kept: Vec<(u64, u32)> = self.rows.iter().map(|(&key, &row)| (key, row)).filter(|&(_, row)| self.updates[row as usize] >= self.least).collect();
        kept.sort_unstable();
        let cells = |row: u32| row as usize * self.classes..(row as usize + 1) * self.classes;
        let mut sizes: Vec<f32> = kept.iter().flat_map(|&(_, row)| cells(row).map(|cell| self.average(cell).abs())).filter(|&size| size > 0.01).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(sizes.len() / 2000 + 1)).copied().unwrap_or(1.0);
        eprintln!("  {} features of {} seen, {} weights, cut at {top:.1}", kept.len(), self.rows.len(), sizes.len());
        let quantise = |cell: usize| (self.average(cell) * 127.0 / top).round().clamp(-127.0, 127.0) as i8;
        kept.into_iter().map(|(key, row)| (key, cells(row).map(quantise).collect())).collect()
    }
}

/// A feature and its weights in 127ths of the largest.
pub(crate) type Quantised = (u64, Vec<i8>);

/// As `Sparse` reads it, in `2^bits` rows; weights under `least` are dropped.
pub(crate) fn sparse(features: &[Quantised], bits: u32, least: u8) -> Vec<u8> {
    table(bits, features, 2, |check, weights, cells| {
        let pairs = || weights.iter().enumerate().filter(|(_, weight)| weight.unsigned_abs() >= least);
        let count = pairs().count() as u8;
        if count > 0 {
            cells.extend([check, count]);
            cells.extend(pairs().flat_map(|(class, &weight)| [class as u8, weight as u8]));
        }
    })
}

/// As `Dense` reads it, in `2^bits` rows; features whose weights are all under `least` are dropped.
pub(crate) fn dense(features: &[Quantised], bits: u32, least: u8) -> Vec<u8> {
    table(bits, features, 3, |check, weights, cells| {
        if weights.iter().any(|weight| weight.unsigned_abs() >= least) {
            cells.extend([check, weights[0] as u8, weights[1] as u8]);
        }
    })
}

/// A table of `2^bits` rows: bits, starts of the rows in units of so many bytes, cells. The top bits of a key are its row, the eight after them its check.
fn table(bits: u32, features: &[Quantised], unit: usize, mut write: impl FnMut(u8, &[i8], &mut Vec<u8>)) -> Vec<u8> {
    let mut cells = Vec::new();
    let mut starts = Vec::new();
    for (key, weights) in features {
        let row = (key >> (64 - bits)) as usize;
        starts.resize(row + 1, (cells.len() / unit) as u32);
        write((key >> (56 - bits)) as u8, weights, &mut cells);
    }
    starts.resize((1 << bits) + 1, (cells.len() / unit) as u32);
    let mut section = bits.to_le_bytes().to_vec();
    section.extend(starts.iter().flat_map(|start| start.to_le_bytes()));
    section.extend(cells);
    section
}

/// Random numbers of a fixed seed (splitmix64): training the same data gives the same bytes.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// An order of `count` things.
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
        order
    }
}
