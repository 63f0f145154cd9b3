//! Averaged perceptrons over hashed rows, and what is packed of them.

/// Weights of `classes` classes in `2^bits` rows.
pub(crate) struct Perceptron {
    classes: usize,
    bits: u32,
    weights: Vec<i32>,
    /// Sum over updates of (step x change): the average is weight - drift / steps.
    drift: Vec<i64>,
    step: i64,
}

impl Perceptron {
    /// All zeros.
    pub(crate) fn new(classes: usize, bits: u32) -> Self {
        let size = classes << bits;
        Self { classes, bits, weights: vec![0; size], drift: vec![0; size], step: 1 }
    }

    fn row(&self, key: u64) -> usize {
        (key >> (64 - self.bits)) as usize * self.classes
    }

    /// Sums of the rows of `keys`.
    pub(crate) fn score(&self, keys: &[u64], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.classes, 0);
        for &key in keys {
            let row = self.row(key);
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + self.classes]) {
                *score += weight;
            }
        }
    }

    /// One more example has been seen.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the rows of `keys` by `change` for `class`.
    pub(crate) fn update(&mut self, keys: &[u64], class: usize, change: i32) {
        for &key in keys {
            let cell = self.row(key) + class;
            self.weights[cell] += change;
            self.drift[cell] += self.step * i64::from(change);
        }
    }

    /// Puts the averages in place of the weights, in 256ths, for a model that only tags from now on.
    pub(crate) fn freeze(&mut self) {
        let averaged = self.averaged();
        for (weight, average) in self.weights.iter_mut().zip(averaged) {
            *weight = (average * 256.0).round() as i32;
        }
    }

    fn averaged(&self) -> Vec<f32> {
        self.weights.iter().zip(&self.drift).map(|(&weight, &drift)| (f64::from(weight) - drift as f64 / self.step as f64) as f32).collect()
    }

    /// The averaged weights as bytes: `top` of a thousand weights that are not zero are cut at 127.
    fn quantised(&self, least: f32) -> Vec<i8> {
        let averaged = self.averaged();
        let mut sizes: Vec<f32> = averaged.iter().map(|weight| weight.abs()).filter(|&size| size > 0.01).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(sizes.len() / 2000 + 1)).copied().unwrap_or(1.0);
        let scale = 127.0 / top;
        eprintln!("  {} weights, largest kept {top:.1}", sizes.len());
        averaged.iter().map(|&weight| if weight.abs() < least { 0 } else { (weight * scale).round().clamp(-127.0, 127.0) as i8 }).collect()
    }

    /// As `Sparse` reads it; weights smaller than `least` are dropped.
    pub(crate) fn sparse(&self, least: f32) -> Vec<u8> {
        let quantised = self.quantised(least);
        let mut starts = Vec::new();
        let mut cells = Vec::new();
        for row in quantised.chunks_exact(self.classes) {
            starts.extend(((cells.len() / 2) as u32).to_le_bytes());
            for (class, &weight) in row.iter().enumerate() {
                if weight != 0 {
                    cells.extend([class as u8, weight as u8]);
                }
            }
        }
        starts.extend(((cells.len() / 2) as u32).to_le_bytes());
        let mut section = self.bits.to_le_bytes().to_vec();
        section.extend(starts);
        section.extend(cells);
        section
    }

    /// As `Dense` reads it.
    pub(crate) fn dense(&self) -> Vec<u8> {
        self.quantised(0.0).chunks_exact(self.classes).flat_map(|row| [row[0] as u8, row[1] as u8, row[2] as u8, 0]).collect()
    }
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
