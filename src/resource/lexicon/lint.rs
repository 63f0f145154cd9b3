//! Finds senses that can never win: a line of the lexicon behind which another one always fits as well and goes before it.

use super::{Constraint, Lexicon, Sense, Test};

impl Lexicon {
    /// A line of text for each sense that can never win, with the one that always goes before it: a conflict where the two say different
    /// things, idle where they say the same.
    #[must_use]
    pub fn unreachable(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (index, sense) in self.senses.iter().enumerate() {
            let trigger = sense.pattern.split(' ').next().unwrap_or("");
            let rivals = self.of_trigger(trigger).filter(|&rival| rival != index);
            let stronger = |rival: &usize| {
                let (own, other) = (sense.specificity(), self.senses[*rival].specificity());
                other > own || (other == own && *rival > index)
            };
            let always = |rival: &usize| self.senses[*rival].constraints.iter().all(|asked| sense.constraints.iter().any(|given| self.implies(given, asked)));
            if let Some(rival) = rivals.filter(stronger).find(always) {
                let rival = &self.senses[rival];
                let what = if says_the_same(sense, rival) { "idle" } else { "in conflict" };
                let ((file, line), (other_file, other_line)) = (sense.source, rival.source);
                found.push(format!("{file}:{line}: '{}' is {what}: {other_file}:{other_line} '{}' always goes before it", sense.pattern, rival.pattern));
            }
        }
        found
    }

    /// Senses whose pattern starts with a trigger ("attack/v"), in file order.
    fn of_trigger<'l>(&'l self, trigger: &'l str) -> impl Iterator<Item = usize> + 'l {
        let (lemma, _) = trigger.split_once('/').unwrap_or((trigger, ""));
        let numbers = self.triggers.get(lemma).into_iter().flatten().flatten();
        numbers.map(|&number| number as usize).filter(move |&number| self.senses[number].pattern.split(' ').next() == Some(trigger))
    }

    /// Whether what meets one constraint always meets another.
    fn implies(&self, given: &Constraint, asked: &Constraint) -> bool {
        if given.slot != asked.slot || given.negated != asked.negated {
            return false;
        }
        if given.negated {
            return given.test == asked.test;
        }
        match (&given.test, &asked.test) {
            (one, other) if one == other => true,
            (Test::Nothing, _) | (_, Test::Nothing) => false,
            (_, Test::Something) => true,
            (Test::Lemmas(few), Test::Lemmas(many)) => few.iter().all(|lemma| many.contains(lemma)),
            (Test::Lemmas(few), Test::Class(class)) => few.iter().all(|lemma| self.in_class(*class, lemma, |_| None)),
            _ => false,
        }
    }
}

fn says_the_same(one: &Sense, other: &Sense) -> bool {
    one.event_type == other.event_type && one.modes == other.modes && one.frame == other.frame
}
