//! Names: the best sequence of begin, inside, last and unit marks over a sentence.

use crate::record::{Name, NameKind};

pub use crate::resource::network::MARKS;

/// The mark before the first word, in [`follows`].
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

/// Buffers of the search, used again for every sentence.
#[derive(Debug, Default)]
pub struct Search {
    /// Scores of the marks of each word, a row a word.
    pub scores: Vec<i32>,
    best: Vec<i32>,
    from: Vec<u8>,
    /// The best marks.
    pub marks: Vec<u8>,
}

impl Search {
    /// Fills [`Search::marks`] with the best sequence under `scores`.
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
                        self.best[cell] = own;
                    }
                    continue;
                }
                for before in 0..MARKS {
                    if follows(before, next) {
                        let score = self.best[cell - next - MARKS + before] + own;
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
}

/// Appends the names that marks spell; `first` is the index of the first word.
pub(super) fn read(marks: &[u8], first: usize, names: &mut Vec<Name>) {
    let mut start = 0;
    for (word, &mark) in marks.iter().enumerate() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_marks_are_whole_names() {
        let mut search = Search { scores: vec![0; 3 * MARKS], ..Search::default() };
        // The middle word alone would be inside a name that nothing begins.
        search.scores[MARKS + 1 + INSIDE] = 10;
        search.run();
        let mut names = Vec::new();
        read(&search.marks, 7, &mut names);
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
