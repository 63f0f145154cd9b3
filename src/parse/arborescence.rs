//! The best tree under scores of arcs (Chu and Liu 1965, Edmonds 1967).

/// Governor of each word in the best tree in which one word alone hangs on the root.
///
/// `scores` has a row for each word: the score of the root, then of each word as its governor. In the answer 0 is the root and 1 the
/// first word.
pub(super) fn best(scores: &[f32], count: usize, heads: &mut Vec<u32>) {
    let columns = count + 1;
    heads.clear();
    heads.extend(scores.chunks_exact(columns).enumerate().map(|(word, row)| {
        let mut best = 0;
        for head in 1..columns {
            if head != word + 1 && row[head] > row[best] {
                best = head;
            }
        }
        best as u32
    }));
    let roots = heads.iter().filter(|&&head| head == 0).count();
    if roots == 1 && ring(heads).is_none() {
        return;
    }
    // Whole numbers, so that a root too much can cost more than anything else.
    const MUCH: i64 = 1 << 40;
    let exact = |child: usize, head: usize| match child.checked_sub(1) {
        Some(word) if head != child => (f64::from(scores[word * columns + head]) * 65_536.0) as i64 - if head == 0 { MUCH } else { 0 },
        _ => i64::MIN / 4,
    };
    let exact: Vec<i64> = (0..columns * columns).map(|at| exact(at / columns, at % columns)).collect();
    span(exact, columns, heads);
}

/// A word of a ring, if the governors make one.
fn ring(heads: &[u32]) -> Option<usize> {
    // 0: not seen; else the walk that came by first.
    let mut seen = vec![0u32; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start as u32;
            at = heads[at - 1] as usize;
        }
        if at != 0 && seen[at] == start as u32 {
            return Some(at);
        }
    }
    None
}

/// An arc of the sentence: child and governor.
type Arc = (u32, u32);

/// Fills in the governors of the best tree; `scores` has a row for each node, whose columns are its governors; node 0 is the root.
///
/// A path grows from governor to governor. Where it meets what hangs on the root it is done; where it meets itself the ring becomes one
/// node (Gabow and others 1986), so that the work grows with the square of the words however many rings there are.
fn span(mut scores: Vec<i64>, count: usize, heads: &mut [u32]) {
    // Which arc of the sentence stands behind each score, now that nodes may be rings.
    let mut arcs: Vec<Arc> = (0..count * count).map(|at| ((at / count) as u32, (at % count) as u32)).collect();
    // Nodes live in places; a ring lives in the place of one of its own and has a number of its own.
    let mut number: Vec<usize> = (0..count).collect();
    let mut outer: Vec<usize> = (0..count).collect();
    let mut chosen: Vec<Arc> = vec![(0, 0); count];
    let mut live = vec![true; count];
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        OnPath,
        Done,
    }
    let mut seen = vec![Seen::Not; count];
    seen[0] = Seen::Done;
    for start in 1..count {
        if !live[start] || seen[start] != Seen::Not {
            continue;
        }
        // The path: places, and the score of the arc that each has chosen.
        let mut path: Vec<(usize, i64)> = vec![(start, 0)];
        seen[start] = Seen::OnPath;
        while let Some(&(place, _)) = path.last() {
            let row = &scores[place * count..(place + 1) * count];
            let mut best = usize::MAX;
            for head in (0..count).filter(|&head| head != place && live[head]) {
                if best == usize::MAX || row[head] > row[best] {
                    best = head;
                }
            }
            chosen[number[place]] = arcs[place * count + best];
            let last = path.len() - 1;
            path[last].1 = row[best];
            match seen[best] {
                Seen::Done => {
                    path.iter().for_each(|&(place, _)| seen[place] = Seen::Done);
                    break;
                }
                Seen::Not => {
                    seen[best] = Seen::OnPath;
                    path.push((best, 0));
                }
                Seen::OnPath => {
                    let first = path.iter().position(|&(place, _)| place == best).unwrap_or(0);
                    let ring: Vec<(usize, i64)> = path.drain(first..).collect();
                    let new = outer.len();
                    outer.push(new);
                    chosen.push((0, 0));
                    for &(place, _) in &ring {
                        outer[number[place]] = new;
                        live[place] = false;
                    }
                    for other in (0..count).filter(|&other| live[other]) {
                        // Into the ring: what the word that is entered gives up counts; out of it: the best governor.
                        let gain = |(place, own): (usize, i64)| scores[place * count + other] - own;
                        let into = ring.iter().copied().fold(ring[0], |best, member| if gain(member) > gain(best) { member } else { best });
                        let from = ring
                            .iter()
                            .fold(ring[0].0, |best, &(place, _)| if scores[other * count + place] > scores[other * count + best] { place } else { best });
                        (scores[best * count + other], arcs[best * count + other]) = (gain(into), arcs[into.0 * count + other]);
                        (scores[other * count + best], arcs[other * count + best]) = (scores[other * count + from], arcs[other * count + from]);
                    }
                    live[best] = true;
                    number[best] = new;
                    path.push((best, 0));
                }
            }
        }
    }
    // From the outermost ring inwards: the member that the ring's arc enters takes that arc, the others keep theirs.
    for ring in (count..outer.len()).rev() {
        let arc = chosen[ring];
        let mut member = arc.0 as usize;
        while outer[member] != ring {
            member = outer[member];
        }
        chosen[member] = arc;
    }
    for (head, arc) in heads.iter_mut().zip(&chosen[1..count]) {
        *head = arc.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tree with one root, by trial.
    fn by_trial(scores: &[f32], count: usize) -> f32 {
        let mut most = f32::MIN;
        let all = (count + 1).pow(count as u32);
        for code in 0..all {
            let (mut rest, mut heads) = (code, Vec::new());
            for _ in 0..count {
                heads.push((rest % (count + 1)) as u32);
                rest /= count + 1;
            }
            let roots = heads.iter().filter(|&&head| head == 0).count();
            if roots == 1 && ring(&heads).is_none() {
                most = most.max(total(scores, count, &heads));
            }
        }
        most
    }

    fn total(scores: &[f32], count: usize, heads: &[u32]) -> f32 {
        heads.iter().enumerate().map(|(word, &head)| scores[word * (count + 1) + head as usize]).sum()
    }

    #[test]
    fn no_tree_is_better() {
        let mut state = 7u32;
        for _ in 0..300 {
            let count = 4;
            let scores: Vec<f32> = (0..count * (count + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 4096.0
                })
                .collect();
            let mut heads = Vec::new();
            best(&scores, count, &mut heads);
            assert_eq!(heads.iter().filter(|&&head| head == 0).count(), 1);
            assert!(ring(&heads).is_none());
            assert!((total(&scores, count, &heads) - by_trial(&scores, count)).abs() < 1e-3);
        }
    }
}
