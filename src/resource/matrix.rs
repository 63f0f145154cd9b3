//! Products with matrices of bytes.
//!
//! What goes in are numbers of 16 bits, what is summed are whole numbers of 32: the sums are exact, so every processor and every order
//! of adding gives the same.

use super::Tensor;

/// Outputs that are made at once.
const LANES: usize = 16;
/// Rows of input that are read at once.
const TILE: usize = 6;

/// A matrix, a row for each output, and what is added to each.
#[derive(Debug)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    /// For each 16 outputs, for each two inputs: the two weights of each output.
    packed: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// A matrix from the pack; `inputs` is even. The bias may be absent.
    #[must_use]
    pub fn new(tensor: &Tensor, bias: Option<&Tensor>) -> Self {
        let (outputs, inputs) = (tensor.rows, tensor.columns);
        let blocks = outputs.div_ceil(LANES);
        let mut packed = vec![0i16; blocks * LANES * inputs];
        let mut scales = vec![0f32; blocks * LANES];
        for output in 0..outputs {
            let (bytes, scale) = tensor.row(output);
            scales[output] = scale;
            let block = output / LANES * LANES * inputs;
            for (input, &byte) in bytes.iter().enumerate() {
                packed[block + input / 2 * 2 * LANES + output % LANES * 2 + input % 2] = i16::from(byte as i8);
            }
        }
        let mut added = bias.map_or_else(Vec::new, Tensor::numbers);
        added.resize(blocks * LANES, 0.0);
        Self { inputs, outputs, packed, scales, bias: added }
    }

    /// Numbers that come out for a row.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies each row of `input`, a row every `stride` numbers, each worth its unit, into the rows of `out`. Rows may overlap.
    ///
    /// # Panics
    ///
    /// Where `input` or `out` is too short for `units.len()` rows.
    pub fn multiply(&self, input: &[i16], stride: usize, units: &[f32], out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        let wide = std::arch::is_x86_feature_detected!("avx2");
        #[cfg(not(target_arch = "x86_64"))]
        let wide = false;
        self.multiply_by(input, stride, units, out, wide);
    }

    fn multiply_by(&self, input: &[i16], stride: usize, units: &[f32], out: &mut [f32], wide: bool) {
        for (block, weights) in self.packed.chunks_exact(LANES * self.inputs).enumerate() {
            let first = block * LANES;
            let kept = LANES.min(self.outputs - first);
            let (scales, bias) = (&self.scales[first..first + LANES], &self.bias[first..first + LANES]);
            for (tile, units) in units.chunks(TILE).enumerate() {
                let start = tile * TILE;
                // A tile that is not full reads its last row again.
                let rows: [&[i16]; TILE] = std::array::from_fn(|row| {
                    let at = (start + row.min(units.len() - 1)) * stride;
                    &input[at..at + self.inputs]
                });
                let mut sums = [[0i32; LANES]; TILE];
                if wide {
                    #[cfg(target_arch = "x86_64")]
                    #[expect(unsafe_code, reason = "the caller has asked the processor")]
                    // SAFETY: `wide` is only true where the processor has AVX2.
                    unsafe {
                        sum_avx2(weights, &rows, &mut sums);
                    }
                } else {
                    sum_plain(weights, &rows, &mut sums);
                }
                for ((row, sums), &unit) in sums.iter().enumerate().zip(units).map(|((row, sums), unit)| ((start + row, sums), unit)) {
                    let out = &mut out[row * self.outputs + first..row * self.outputs + first + kept];
                    for (lane, out) in out.iter_mut().enumerate() {
                        *out = sums[lane] as f32 * (scales[lane] * unit) + bias[lane];
                    }
                }
            }
        }
    }
}

/// Sums of products of `rows` with the weights of 16 outputs.
fn sum_plain(weights: &[i16], rows: &[&[i16]; TILE], sums: &mut [[i32; LANES]; TILE]) {
    for (row, sums) in rows.iter().zip(sums) {
        for (pair, weights) in row.chunks_exact(2).zip(weights.chunks_exact(2 * LANES)) {
            for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                *sum += i32::from(pair[0]) * i32::from(weights[0]) + i32::from(pair[1]) * i32::from(weights[1]);
            }
        }
    }
}

/// As [`sum_plain`], with one instruction for each eight sums of two products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn sum_avx2(weights: &[i16], rows: &[&[i16]; TILE], sums: &mut [[i32; LANES]; TILE]) {
    use std::arch::x86_64::{_mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256};
    let mut low = [_mm256_setzero_si256(); TILE];
    let mut high = [_mm256_setzero_si256(); TILE];
    let pairs = rows.map(|row| row.as_chunks::<2>().0);
    let count = pairs.iter().map(|row| row.len()).min().unwrap_or(0);
    for (at, weights) in weights.as_chunks::<{ 2 * LANES }>().0.iter().enumerate().take(count) {
        let (first, second) = weights.split_at(LANES);
        #[expect(unsafe_code, reason = "loads of whole vectors from slices")]
        // SAFETY: both halves hold 16 numbers of 16 bits, which are the 256 bits that are read; no alignment is asked.
        let (first, second) = unsafe { (_mm256_loadu_si256(first.as_ptr().cast()), _mm256_loadu_si256(second.as_ptr().cast())) };
        for row in 0..TILE {
            #[expect(unsafe_code, reason = "one load for two inputs, without a check for each")]
            // SAFETY: `at` is under `count`, which no row is shorter than; four bytes are read, the two numbers there.
            let both = _mm256_set1_epi32(unsafe { pairs[row].as_ptr().add(at).cast::<i32>().read_unaligned() });
            low[row] = _mm256_add_epi32(low[row], _mm256_madd_epi16(first, both));
            high[row] = _mm256_add_epi32(high[row], _mm256_madd_epi16(second, both));
        }
    }
    for row in 0..TILE {
        let (left, right) = sums[row].split_at_mut(LANES / 2);
        #[expect(unsafe_code, reason = "stores of whole vectors into slices")]
        // SAFETY: both halves hold eight numbers of 32 bits, which are the 256 bits that are written; no alignment is asked.
        unsafe {
            _mm256_storeu_si256(left.as_mut_ptr().cast(), low[row]);
            _mm256_storeu_si256(right.as_mut_ptr().cast(), high[row]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tensors;
    use super::*;

    #[test]
    fn every_processor_gives_the_same() {
        let (outputs, inputs) = (37, 50);
        let number = |at: usize| ((at * 7919 % 2003) as f32 - 1001.0) / 1000.0;
        let weights: Vec<f32> = (0..outputs * inputs).map(number).collect();
        let bias: Vec<f32> = (0..outputs).map(number).collect();
        let section = Tensors::pack(&[("a", outputs, inputs, &weights, true), ("b", 1, outputs, &bias, false)]);
        let tensors = Tensors::new(Vec::leak(section));
        let matrix = Matrix::new(&tensors.get("a", outputs, inputs), Some(&tensors.get("b", 1, outputs)));
        let rows = 11;
        // The largest numbers that there can be, too.
        let input: Vec<i16> = (0..rows * inputs).map(|at| if at < inputs { i16::MAX } else { (at * 104_729 % 65_536) as u16 as i16 }).collect();
        let units = vec![0.001; rows];
        let mut plain = vec![0f32; rows * outputs];
        matrix.multiply_by(&input, inputs, &units, &mut plain, false);
        let mut chosen = vec![0f32; rows * outputs];
        matrix.multiply(&input, inputs, &units, &mut chosen);
        assert_eq!(plain.iter().map(|value| value.to_bits()).collect::<Vec<_>>(), chosen.iter().map(|value| value.to_bits()).collect::<Vec<_>>());
        for row in 0..rows {
            for output in 0..outputs {
                let exact: f64 = (0..inputs).map(|at| f64::from(input[row * inputs + at]) * 0.001 * f64::from(weights[output * inputs + at])).sum::<f64>()
                    + f64::from(bias[output]);
                assert!((exact - f64::from(plain[row * outputs + output])).abs() < 2.0, "{exact} {}", plain[row * outputs + output]);
            }
        }
    }
}
