//! Random numbers of a fixed seed: training the same data gives the same bytes.

/// splitmix64.
#[derive(Clone)]
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

    /// A number from 0 to 1, 1 excluded.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Whether something of this probability happens.
    pub(crate) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// A number of the normal distribution, near enough: a sum of four uniform ones.
    pub(crate) fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732_050_8
    }

    /// An order of `count` things.
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
        order
    }

    /// Numbers that are 0 with probability `drop`, and else what keeps their mean at 1.
    pub(crate) fn mask(&mut self, count: usize, drop: f32) -> Vec<f32> {
        // Two decisions a number: 32 bits are enough for one.
        let limit = (f64::from(drop) * f64::from(u32::MAX)) as u32;
        let keep = 1.0 / (1.0 - drop);
        let mut mask = Vec::with_capacity(count + 1);
        while mask.len() < count {
            let bits = self.next();
            mask.push(if (bits as u32) < limit { 0.0 } else { keep });
            mask.push(if ((bits >> 32) as u32) < limit { 0.0 } else { keep });
        }
        mask.truncate(count);
        mask
    }
}
