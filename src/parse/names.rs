//! Names: the best sequence of begin, inside, last and unit marks over a sentence.

use super::cues::{Cues, cue};
use crate::record::{Name, NameKind};
use crate::resource::Sparse;

/// Number of marks: outside, and four for each kind.
pub const MARKS: usize = 1 + 4 * 4;
/// The mark before the first word, in [`step_key`].
pub const START: usize = MARKS;

const BEGIN: usize = 0;
const INSIDE: usize = 1;
const LAST: usize = 2;
const UNIT: usize = 3;

/// The mark of the word at `at` in a name of `length` words.
#[must_use]
pub fn mark(kind: NameKind, at: usize, length: usize) -> usize {
    let place = match (at, length) {
        (_, 1) => UNIT,
        (0, _) => BEGIN,
        (at, length) if at + 1 == length => LAST,
        _ => INSIDE,
    };
    1 + kind as usize * 4 + place
}

/// Whether the mark `next` may follow `before`.
#[must_use]
pub fn follows(before: usize, next: usize) -> bool {
    let open = |mark: usize| mark > 0 && mark < MARKS && matches!((mark - 1) % 4, BEGIN | INSIDE);
    let goes_on = |mark: usize| mark > 0 && matches!((mark - 1) % 4, INSIDE | LAST);
    if open(before) { goes_on(next) && (before - 1) / 4 == (next - 1) / 4 } else { !goes_on(next) }
}

/// Whether a sentence may end with `mark`.
#[must_use]
pub fn ends(mark: usize) -> bool {
    mark == 0 || matches!((mark - 1) % 4, LAST | UNIT)
}

/// Key of the scores of the marks that follow `before`.
#[must_use]
pub fn step_key(before: usize) -> u64 {
    super::cues::Key::new(399).with(before as u32).done()
}

/// Features of the word `at`.
pub fn features(cues: &[Cues], tags: &[u8], at: usize, headline: u32, out: &mut Vec<u64>) {
    out.clear();
    let edge = Cues::default();
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|index| cues.get(index)).unwrap_or(&edge);
    let tag = |offset: isize| at.checked_add_signed(offset).and_then(|index| tags.get(index)).map_or(255, |&tag| u32::from(tag));
    let (now, before, after, before2, after2) = (word(0), word(-1), word(1), word(-2), word(2));
    let first = u32::from(at == 0) | headline << 1;
    cue!(out, 301, now.word);
    cue!(out, 302, before.word);
    cue!(out, 303, after.word);
    cue!(out, 304, before2.word);
    cue!(out, 305, after2.word);
    cue!(out, 306, now.word, before.word);
    cue!(out, 307, now.word, after.word);
    cue!(out, 308, now.shape, first);
    cue!(out, 309, before.shape, now.shape);
    cue!(out, 310, now.shape, after.shape);
    cue!(out, 311, before.shape, now.shape, after.shape);
    cue!(out, 312, now.suffix[1], now.shape);
    cue!(out, 313, now.suffix[2]);
    cue!(out, 314, now.suffix[3]);
    cue!(out, 315, now.prefix[1]);
    cue!(out, 316, now.prefix[2]);
    cue!(out, 317, now.fine);
    cue!(out, 318, now.coarse, now.shape);
    cue!(out, 319, before.fine);
    cue!(out, 320, after.fine);
    cue!(out, 321, before.fine, now.fine);
    cue!(out, 322, now.fine, after.fine);
    cue!(out, 323, before.coarse, now.coarse, now.shape);
    cue!(out, 324, now.coarse, after.coarse, now.shape);
    cue!(out, 325, before2.coarse, before.coarse);
    cue!(out, 326, after.coarse, after2.coarse);
    cue!(out, 327, tag(0), now.shape);
    cue!(out, 328, tag(-1), tag(0));
    cue!(out, 329, tag(0), tag(1));
    cue!(out, 330, tag(-1), tag(0), tag(1));
    cue!(out, 331, now.known, now.shape);
    cue!(out, 332, before.known, now.known, tag(0));
    cue!(out, 333, now.known, after.known, tag(0));
    cue!(out, 334, before.known, now.known, after.known, now.shape);
    cue!(out, 335, now.known, before.word);
    cue!(out, 336, now.known, after.word);
    cue!(out, 337, before.word, now.shape, after.word);
    cue!(out, 338, now.fine, now.shape, first);
    cue!(out, 339, after2.fine, now.shape);
    cue!(out, 340, before2.fine, now.shape);
    cue!(out, 341, before.word, after.shape, now.shape);
    cue!(out, 342, after.word, before.shape, now.shape);
}

/// Buffers of the search, used again for every sentence.
#[derive(Debug, Default)]
pub struct Search {
    /// Scores of the marks of each word, a row a word.
    pub scores: Vec<i32>,
    /// Scores of each mark after each, a row a mark before; the last row is that of the start.
    pub steps: Vec<i32>,
    best: Vec<i32>,
    from: Vec<u8>,
    /// The best marks.
    pub marks: Vec<u8>,
}

impl Search {
    /// Fills [`Search::marks`] with the best sequence under `scores` and `steps`.
    pub fn run(&mut self) {
        let count = self.scores.len() / MARKS;
        self.marks.clear();
        self.marks.resize(count, 0);
        if count == 0 {
            return;
        }
        self.best.clear();
        self.best.resize(count * MARKS, i32::MIN / 2);
        self.from.clear();
        self.from.resize(count * MARKS, 0);
        for word in 0..count {
            for next in 0..MARKS {
                let own = self.scores[word * MARKS + next];
                let cell = word * MARKS + next;
                if word == 0 {
                    if follows(START, next) {
                        self.best[cell] = own + self.steps[START * MARKS + next];
                    }
                    continue;
                }
                for before in 0..MARKS {
                    if follows(before, next) {
                        let score = self.best[cell - next - MARKS + before] + self.steps[before * MARKS + next] + own;
                        if score > self.best[cell] {
                            self.best[cell] = score;
                            self.from[cell] = before as u8;
                        }
                    }
                }
            }
        }
        let last = (count - 1) * MARKS;
        let mut mark = (0..MARKS).filter(|&mark| ends(mark)).max_by_key(|&mark| (self.best[last + mark], std::cmp::Reverse(mark))).unwrap_or(0);
        for word in (0..count).rev() {
            self.marks[word] = mark as u8;
            mark = self.from[word * MARKS + mark] as usize;
        }
    }

    /// Reads the score of each mark after each out of the weights.
    pub(super) fn learn_steps(&mut self, weights: &Sparse) {
        self.steps.clear();
        self.steps.resize((MARKS + 1) * MARKS, 0);
        for before in 0..=MARKS {
            weights.add(step_key(before), &mut self.steps[before * MARKS..(before + 1) * MARKS]);
        }
    }

    /// Appends the names that [`Search::marks`] spell; `first` is the index of the first word.
    pub(super) fn names(&self, first: usize, names: &mut Vec<Name>) {
        let mut start = 0;
        for (word, &mark) in self.marks.iter().enumerate() {
            if mark == 0 {
                continue;
            }
            let place = (mark as usize - 1) % 4;
            if matches!(place, BEGIN | UNIT) {
                start = word;
            }
            if matches!(place, LAST | UNIT) {
                let kind = NameKind::ALL[(mark as usize - 1) / 4];
                names.push(Name { words: first + start..first + word + 1, kind });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_marks_are_whole_names() {
        let mut search = Search { steps: vec![0; (MARKS + 1) * MARKS], scores: vec![0; 3 * MARKS], ..Search::default() };
        // The middle word alone would be inside a name that nothing begins.
        search.scores[MARKS + 1 + INSIDE] = 10;
        search.run();
        let mut names = Vec::new();
        search.names(7, &mut names);
        assert_eq!(names, [Name { words: 7..10, kind: NameKind::Person }]);
    }

    #[test]
    fn marks_follow_only_where_a_name_goes_on() {
        let person = |place: usize| 1 + place;
        assert!(follows(START, 0) && follows(START, person(BEGIN)) && follows(START, person(UNIT)));
        assert!(!follows(START, person(INSIDE)) && !follows(0, person(LAST)));
        assert!(follows(person(BEGIN), person(LAST)) && !follows(person(BEGIN), 0) && !follows(person(BEGIN), 1 + 4 + LAST));
        assert_eq!(mark(NameKind::Location, 1, 2), 1 + 8 + LAST);
    }
}
