//! Number words, qualifiers and currencies: `data/figures/{numbers,qualifiers,currencies}.txt`.

use rustc_hash::FxHashMap;

use crate::record::Qualifier;

const NUMBERS: &str = include_str!("../../data/figures/numbers.txt");
const QUALIFIERS: &str = include_str!("../../data/figures/qualifiers.txt");
const CURRENCIES: &str = include_str!("../../data/figures/currencies.txt");

/// What part a word plays in a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberWord {
    /// "seven": under twenty.
    One(f64),
    /// "forty": a "seven" may follow.
    Ten(f64),
    /// "million": multiplies what stands before it.
    Scale(f64),
    /// "dozens": a lower bound.
    Vague(f64),
    /// "third".
    Ordinal(f64),
    /// "half".
    Half,
    /// "a".
    Article,
    /// "a quarter of": percent.
    Fraction(f64),
}

/// Number words, qualifiers, currencies.
#[derive(Debug)]
pub struct Numbers {
    words: FxHashMap<&'static str, NumberWord>,
    /// By the last word of the phrase; words of a phrase in reverse order.
    before: FxHashMap<&'static str, Vec<(Vec<&'static str>, Qualifier)>>,
    /// By the first word of the phrase.
    after: FxHashMap<&'static str, Vec<(Vec<&'static str>, Qualifier)>>,
    /// Phrase of one or two words to ISO 4217.
    currencies: FxHashMap<&'static str, &'static str>,
}

impl Numbers {
    /// Reads the lists that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let mut words = FxHashMap::default();
        for (name, list) in entries(NUMBERS) {
            let Some((class, value)) = name.split_once(' ') else { continue };
            let value: f64 = value.parse().unwrap_or(0.0);
            let word = match class {
                "one" => NumberWord::One(value),
                "ten" => NumberWord::Ten(value),
                "scale" => NumberWord::Scale(value),
                "vague" => NumberWord::Vague(value),
                "ordinal" => NumberWord::Ordinal(value),
                "half" => NumberWord::Half,
                "article" => NumberWord::Article,
                "fraction" => NumberWord::Fraction(value),
                _ => continue,
            };
            for form in list {
                words.entry(form).or_insert(word);
            }
        }
        let mut before: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let mut after: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (name, list) in entries(QUALIFIERS) {
            let Some(qualifier) = Qualifier::parse(name.trim_start_matches("after ")) else { continue };
            for phrase in list {
                let mut parts: Vec<&'static str> = phrase.split(' ').collect();
                if name.starts_with("after ") {
                    after.entry(parts[0]).or_default().push((parts, qualifier));
                } else {
                    parts.reverse();
                    before.entry(parts[0]).or_default().push((parts, qualifier));
                }
            }
        }
        for phrases in before.values_mut().chain(after.values_mut()) {
            phrases.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        }
        let mut currencies = FxHashMap::default();
        for (code, list) in entries(CURRENCIES) {
            for phrase in list {
                currencies.insert(phrase, code);
            }
        }
        Self { words, before, after, currencies }
    }

    /// The meaning of a word as it stands in the text.
    #[must_use]
    pub fn word(&self, form: &str) -> Option<NumberWord> {
        let mut buffer = [0; 24];
        self.words.get(fold(form, &mut buffer)?).copied()
    }

    /// The longest qualifier that ends just before the word at `at`; `form` gives the words of the sentence, which starts at `first`.
    /// Gives the qualifier and its first word.
    #[must_use]
    pub fn qualifier_before<'t>(&self, first: usize, at: usize, form: &dyn Fn(usize) -> &'t str) -> Option<(Qualifier, usize)> {
        let mut buffer = [0; 24];
        let last = at.checked_sub(1).filter(|&last| last >= first)?;
        let phrases = self.before.get(fold(form(last), &mut buffer)?)?;
        phrases
            .iter()
            .find(|(parts, _)| last + 1 >= first + parts.len() && parts.iter().enumerate().all(|(back, part)| form(last - back).eq_ignore_ascii_case(part)))
            .map(|(parts, qualifier)| (*qualifier, last + 1 - parts.len()))
    }

    /// The longest qualifier that starts at `at` and ends before `end`. Gives the qualifier and the word after it.
    #[must_use]
    pub fn qualifier_after<'t>(&self, at: usize, end: usize, form: &dyn Fn(usize) -> &'t str) -> Option<(Qualifier, usize)> {
        let mut buffer = [0; 24];
        if at >= end {
            return None;
        }
        let phrases = self.after.get(fold(form(at), &mut buffer)?)?;
        phrases
            .iter()
            .find(|(parts, _)| at + parts.len() <= end && parts.iter().enumerate().all(|(next, part)| form(at + next).eq_ignore_ascii_case(part)))
            .map(|(parts, qualifier)| (*qualifier, at + parts.len()))
    }

    /// ISO 4217 code of a currency sign or word, or of two words joined by a space.
    #[must_use]
    pub fn currency(&self, phrase: &str) -> Option<&'static str> {
        let mut buffer = [0; 24];
        self.currencies.get(fold(phrase, &mut buffer)?).copied()
    }
}

/// The lines of a list: name and items.
pub(super) fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, list)| (name.trim(), list.split(',').map(str::trim).filter(|item| !item.is_empty())))
}

/// `form` in ASCII lower case, in `buffer`; none where it is longer.
pub(crate) fn fold<'b>(form: &str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
    let place = buffer.get_mut(..form.len())?;
    place.copy_from_slice(form.as_bytes());
    place.make_ascii_lowercase();
    std::str::from_utf8(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_qualifier_wins() {
        let numbers = Numbers::embedded();
        let words = ["Well", "over", "half"];
        assert_eq!(numbers.qualifier_before(0, 2, &|word| words[word]), Some((Qualifier::MoreThan, 0)));
        let words = ["no", "more", "than", "ten"];
        assert_eq!(numbers.qualifier_before(0, 3, &|word| words[word]), Some((Qualifier::AtMost, 0)));
        let words = ["ten", "or", "more"];
        assert_eq!(numbers.qualifier_after(1, 3, &|word| words[word]), Some((Qualifier::AtLeast, 3)));
    }

    #[test]
    fn currencies_have_signs_and_names() {
        let numbers = Numbers::embedded();
        assert_eq!(numbers.currency("€"), Some("EUR"));
        assert_eq!(numbers.currency("Canadian dollars"), Some("CAD"));
    }
}
