//! Arithmetic that gives the same on every processor: each operation is rounded by itself, in one order.

/// Lanes of a sum.
const LANES: usize = 8;

/// The exponential of a number that is not above zero; its error is under two units in the last place.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.max(-87.0);
    // 2^whole times e^rest, with the rest between -ln 2 / 2 and ln 2 / 2.
    let whole = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let rest = (x - whole * 0.693_359_4) - whole * -2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4f32;
    for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_6e-1, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    sum * f32::from_bits((((whole as i32) + 127) as u32) << 23)
}

/// Added and taken off again, it rounds a number under 2^22 to a whole one.
const ROUND: f32 = 12_582_912.0;

/// Rounds a number between -32768 and 32767 to a whole one.
#[inline(always)]
pub(super) fn whole(x: f32) -> i16 {
    // The last bits of a number of this size are its whole part.
    (x + ROUND).to_bits() as i16
}

/// Adds each number times `factor` to the sum in its place.
#[inline(always)]
pub(super) fn add_scaled(sums: &mut [f32], factor: f32, numbers: &[f32]) {
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum += factor * number;
    }
}

/// Sum of the squares of numbers.
#[inline(always)]
pub(super) fn squares(numbers: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for eight in numbers.as_chunks::<LANES>().0 {
        for (lane, number) in lanes.iter_mut().zip(eight) {
            *lane += number * number;
        }
    }
    ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

/// The largest size of a number.
#[inline(always)]
pub(super) fn top(numbers: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for eight in numbers.as_chunks::<LANES>().0 {
        for (lane, number) in lanes.iter_mut().zip(eight) {
            *lane = if number.abs() > *lane { number.abs() } else { *lane };
        }
    }
    lanes.iter().fold(0.0, |top, &lane| if lane > top { lane } else { top })
}

/// Makes scores shares of one.
#[inline(always)]
pub(crate) fn softmax(scores: &mut [f32]) {
    let mut top = f32::MIN;
    for &score in &*scores {
        top = if score > top { score } else { top };
    }
    for score in &mut *scores {
        *score = exp(*score - top);
    }
    let mut lanes = [0f32; LANES];
    let (eights, rest) = scores.as_chunks::<LANES>();
    for eight in eights {
        for (lane, number) in lanes.iter_mut().zip(eight) {
            *lane += number;
        }
    }
    for (lane, number) in lanes.iter_mut().zip(rest) {
        *lane += number;
    }
    let sum = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    let factor = 1.0 / sum;
    for score in scores {
        *score *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_exact_enough() {
        for step in 0..8_700 {
            let x = step as f32 * -0.01;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 3e-7, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn numbers_are_rounded() {
        for (number, rounded) in [(0.4, 0), (-0.6, -1), (32_767.0, 32_767), (-23_170.4, -23_170), (1.5, 2)] {
            assert_eq!(whole(number), rounded);
        }
    }

    #[test]
    fn shares_add_up() {
        let mut scores: Vec<f32> = (0..19).map(|at| at as f32 * 0.3).collect();
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && scores[18] > scores[17]);
        assert_eq!((squares(&[2.0; 16]), top(&[1.0, -3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0])), (64.0, 3.0));
    }
}
