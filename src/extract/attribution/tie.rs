//! Which cue a quotation belongs to: by its place beside the marks, and where no cue stands there, by the sentences around.

use std::ops::Range;

use super::cue::Cue;
use super::marks::Quotation;
use super::source::{Sources, is_finite};
use crate::record::{Deprel, Reading, Upos, Word};
use crate::resource::reporting::VerbKind;

/// Quotations that are one utterance, with what introduces them.
#[derive(Clone, Debug, Default)]
pub(super) struct Utterance {
    /// Indices of the quotations, in text order.
    pub(super) quotations: Vec<usize>,
    /// Index of the cue.
    pub(super) cue: Option<usize>,
    /// The verb beside the marks, where it is no reporting verb ("“Never,” he thundered").
    pub(super) verb: Option<Word>,
    /// Who speaks, where no cue tells.
    pub(super) speaker: Option<Word>,
    /// The colon or dash that names the speaker.
    pub(super) mark: Option<Word>,
}

/// What stands beside a quotation.
#[derive(Clone, Copy)]
enum Beside {
    Cue(usize),
    Verb(Word),
    Speaker(Word),
    Marked { speaker: Word, mark: Word },
}

/// Groups the quotations that are utterances of their own; fragments inside someone's sentence are left out.
pub(super) fn find(sources: &Sources<'_>, quotations: &[Quotation], cues: &[Cue]) -> Vec<Utterance> {
    let tie = Tie { sources, reading: sources.reading, quotations, cues };
    let mut utterances: Vec<Utterance> = Vec::new();
    for (index, quotation) in quotations.iter().enumerate() {
        if quotation.words.is_empty() {
            continue;
        }
        let earlier = index.checked_sub(1).and_then(|previous| utterances.iter().position(|utterance| utterance.quotations.last() == Some(&previous)));
        let beside = tie.beside(index);
        if !tie.is_whole(index, beside.is_some()) {
            continue;
        }
        let same = earlier.filter(|&earlier| {
            quotation.continues
                || match beside {
                    Some(Beside::Cue(cue)) => utterances[earlier].cue == Some(cue),
                    Some(Beside::Verb(verb)) => utterances[earlier].verb == Some(verb),
                    Some(Beside::Speaker(_) | Beside::Marked { .. }) => false,
                    None => tie.goes_on(index),
                }
        });
        if let Some(earlier) = same {
            let utterance = &mut utterances[earlier];
            utterance.quotations.push(index);
            if utterance.cue.is_none() && utterance.verb.is_none() {
                utterance.take(beside);
            }
            continue;
        }
        let mut utterance = Utterance { quotations: vec![index], ..Utterance::default() };
        utterance.take(beside);
        utterances.push(utterance);
    }
    for at in 0..utterances.len() {
        if utterances[at].cue.is_none() && utterances[at].verb.is_none() && utterances[at].speaker.is_none() {
            utterances[at].speaker = tie.floating(&utterances, at);
        }
    }
    utterances
}

impl Utterance {
    fn take(&mut self, beside: Option<Beside>) {
        match beside {
            Some(Beside::Cue(cue)) => self.cue = Some(cue),
            Some(Beside::Verb(verb)) => self.verb = Some(verb),
            Some(Beside::Speaker(word)) => self.speaker = Some(word),
            Some(Beside::Marked { speaker, mark }) => (self.speaker, self.mark) = (Some(speaker), Some(mark)),
            None => {}
        }
    }
}

struct Tie<'a> {
    sources: &'a Sources<'a>,
    reading: &'a Reading<'a>,
    quotations: &'a [Quotation],
    cues: &'a [Cue],
}

impl Tie<'_> {
    /// The words of the sentence after the quotation, up to the next one.
    fn tail(&self, index: usize) -> Range<Word> {
        let quotation = &self.quotations[index];
        let sentence = &self.reading.text.sentences[self.reading.sentence_of(quotation.words.end - 1)];
        let start = self.first_word_from(quotation.outer.end);
        let limit = self.quotations.get(index + 1).map_or(usize::MAX, |next| self.first_word_from(next.outer.start));
        start..sentence.words.end.min(limit).max(start)
    }

    /// The words of the sentence before the quotation, back to the one before.
    fn lead(&self, index: usize) -> Range<Word> {
        let quotation = &self.quotations[index];
        let sentence = &self.reading.text.sentences[self.reading.sentence_of(quotation.words.start)];
        let end = self.first_word_from(quotation.outer.start);
        let limit = index.checked_sub(1).map_or(0, |previous| self.first_word_from(self.quotations[previous].outer.end));
        sentence.words.start.max(limit).min(end)..end
    }

    fn first_word_from(&self, at: u32) -> Word {
        self.reading.text.words.partition_point(|word| word.start < at)
    }

    fn has_letters(&self, words: Range<Word>) -> bool {
        words.into_iter().any(|word| self.reading.upos(word) != Upos::Punct)
    }

    /// Whether the quotation is an utterance, not a fragment inside a sentence.
    fn is_whole(&self, index: usize, tied: bool) -> bool {
        let reading = self.reading;
        let quotation = &self.quotations[index];
        let inner = reading.surface(quotation.inner);
        if quotation.continues || reading.sentence_of(quotation.words.start) != reading.sentence_of(quotation.words.end - 1) {
            return true;
        }
        let lead = self.lead(index);
        let tail = self.tail(index);
        let opens = !self.has_letters(lead.clone());
        let closes = inner.ends_with([',', '.', '?', '!', '…', '—', '–', '-']) || reading.surface(quotation.outer).ends_with(",");
        let stops = tail.clone().next().is_none_or(|word| matches!(reading.form(word), "," | "." | "?" | "!" | "—" | "–"));
        let alone = opens && !self.has_letters(tail);
        let capital = inner.starts_with(|first: char| first.is_uppercase() || first == '[' || first == '…' || first == '.');
        let verbal = quotation.words.clone().any(|word| is_finite(reading, word));
        let introduced = lead.clone().next_back().is_some_and(|word| matches!(reading.form(word), ":" | ",") || self.cue_at(word).is_some());
        if alone {
            return quotation.words.len() > 2 || closes;
        }
        tied && ((opens && (closes || stops))
            || (introduced
                && (capital || (closes && verbal) || lead.clone().next_back().is_some_and(|word| reading.form(word) == ":"))
                && quotation.words.len() > 1))
    }

    fn cue_at(&self, word: Word) -> Option<usize> {
        self.cues.binary_search_by_key(&word, |cue| cue.word).ok()
    }

    /// The cue, verb or speaker right beside the quotation.
    fn beside(&self, index: usize) -> Option<Beside> {
        let reading = self.reading;
        let quotation = &self.quotations[index];
        let inner = reading.surface(quotation.inner);
        let lead = self.lead(index);
        let colon = lead.clone().next_back().is_some_and(|word| reading.form(word) == ":");
        if colon && let Some(cue) = self.before(lead.clone(), 30) {
            return Some(cue);
        }
        let tail = self.tail(index);
        let comma = inner.ends_with([',', '?', '!', '…', '—', '-']) || tail.clone().next().is_some_and(|word| reading.form(word) == ",");
        if let Some(cue) = self.following(tail.clone(), comma, index) {
            return Some(cue);
        }
        if let Some(cue) = self.before(lead.clone(), 14) {
            return Some(cue);
        }
        if colon && self.has_letters(lead.clone()) {
            let speaker = lead
                .clone()
                .find(|&word| matches!(reading.deprel(word), Deprel::Nsubj) && self.sources.can_speak(word))
                .or_else(|| lead.clone().find(|&word| self.sources.mention(word).is_some()));
            let mark = lead.end - 1;
            return speaker.map(|speaker| Beside::Marked { speaker, mark });
        }
        if let Some(marked) = self.signed(index, tail.clone()) {
            return Some(marked);
        }
        // "“Go!” he said." and "He had one wish:" in sentences of their own.
        if !self.has_letters(tail) && !inner.ends_with(',') {
            let sentence = reading.sentence_of(quotation.words.end - 1) + 1;
            if let Some(next) = reading.text.sentences.get(sentence)
                && next.block == reading.text.sentences[sentence - 1].block
                && next.words.len() <= 25
            {
                let limit = self.quotations.get(index + 1).map_or(usize::MAX, |next| self.first_word_from(next.outer.start));
                let range = next.words.start..next.words.end.min(limit);
                if let Some(Beside::Cue(cue)) = self.following(range.clone(), false, index)
                    && self.cues[cue].kind == Some(VerbKind::Speech)
                    && self.cues[cue].word < range.start + 8
                    && self.cues[cue].content.iter().all(|content| content.overlaps(quotation.outer))
                {
                    return Some(Beside::Cue(cue));
                }
            }
        }
        if !self.has_letters(lead) {
            let sentence = reading.sentence_of(quotation.words.start);
            let before = sentence.checked_sub(1).map(|before| reading.text.sentences[before].words.clone())?;
            if before.clone().next_back().is_some_and(|word| reading.form(word) == ":") {
                return self.before(before.clone(), 60).or_else(|| self.sentence_speaker(sentence - 1).map(Beside::Speaker));
            }
        }
        None
    }

    /// "“…” — Name": a dash and a name after the marks, in the same sentence or the next.
    fn signed(&self, index: usize, tail: Range<Word>) -> Option<Beside> {
        let reading = self.reading;
        let is_dash = |word: Word| matches!(reading.form(word), "—" | "–" | "-" | "--" | "―" | "~");
        let next = || {
            let sentence = reading.sentence_of(self.quotations[index].words.end - 1) + 1;
            reading.text.sentences.get(sentence).map(|sentence| sentence.words.clone())
        };
        let words = if self.has_letters(tail.clone()) { tail } else { next()? };
        let mark = words.clone().find(|&word| !matches!(reading.form(word), "." | "," | "\"" | "”"))?;
        let rest = mark + 1..words.end;
        let named = rest.clone().next().is_some_and(|word| reading.upos(word) == Upos::Propn);
        if !is_dash(mark) || !named || rest.len() > 14 || rest.clone().any(|word| matches!(reading.upos(word), Upos::Verb | Upos::Aux)) {
            return None;
        }
        rest.clone().find(|&word| reading.head(word).is_none_or(|head| !rest.contains(&head))).map(|speaker| Beside::Marked { speaker, mark })
    }

    /// The cue that follows the marks, with nothing but its subject in between.
    fn following(&self, words: Range<Word>, comma: bool, index: usize) -> Option<Beside> {
        let reading = self.reading;
        for word in words.clone().take(30) {
            if let Some(cue) = self.cue_at(word).filter(|&cue| self.cues[cue].quotes && self.cues[cue].kind != Some(VerbKind::Evidence)) {
                return Some(Beside::Cue(cue));
            }
            let modifies = matches!(reading.deprel(word), Deprel::AclRelcl | Deprel::Acl | Deprel::Amod | Deprel::Compound | Deprel::Flat);
            if reading.upos(word) == Upos::Verb && !modifies {
                let direct = comma
                    && word < words.start + 8
                    && is_finite(reading, word)
                    && self.sources.subject(word).is_some_and(|subject| words.contains(&subject) && self.sources.can_speak(subject));
                return (direct && !self.governs_other(word, index)).then_some(Beside::Verb(word));
            }
        }
        None
    }

    /// Whether a verb has a clause of its own outside the quotation: then it is no verb of saying.
    fn governs_other(&self, verb: Word, index: usize) -> bool {
        let reading = self.reading;
        let quotation = &self.quotations[index];
        reading.children(verb).any(|child| matches!(reading.deprel(child), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp) && !quotation.words.contains(&child))
    }

    /// The last cue before the marks.
    fn before(&self, words: Range<Word>, reach: usize) -> Option<Beside> {
        let reading = self.reading;
        for word in words.clone().rev().take(reach) {
            if let Some(cue) = self.cue_at(word).filter(|&cue| self.cues[cue].quotes && self.cues[cue].kind.is_some_and(|kind| kind != VerbKind::Evidence)) {
                return Some(Beside::Cue(cue));
            }
            if reading.upos(word) == Upos::Verb && is_finite(reading, word) && !matches!(reading.deprel(word), Deprel::AclRelcl) {
                return None;
            }
        }
        None
    }

    /// Whether the quotation begins right where the sentence of the one before ends.
    fn goes_on(&self, index: usize) -> bool {
        let (previous, quotation) = (&self.quotations[index - 1], &self.quotations[index]);
        if previous.paragraph != quotation.paragraph || self.has_letters(self.lead(index)) {
            return false;
        }
        self.reading.sentence_of(quotation.words.start) <= self.reading.sentence_of(previous.words.end - 1) + 2
            && (self.reading.sentence_of(quotation.words.start) <= self.reading.sentence_of(previous.words.end - 1) + 1 || self.between_is_cue(index))
    }

    /// Whether the one sentence between a quotation and the one before is nothing but a cue.
    fn between_is_cue(&self, index: usize) -> bool {
        let between = self.reading.sentence_of(self.quotations[index].words.start) - 1;
        self.reading.text.sentences[between].words.len() <= 12
    }

    /// Who speaks in a quotation that nothing introduces: whoever the sentence before is about, else who spoke last.
    fn floating(&self, utterances: &[Utterance], at: usize) -> Option<Word> {
        let first = &self.quotations[*utterances[at].quotations.first()?];
        let sentence = self.reading.sentence_of(first.words.start);
        let zone = self.reading.text.sentences[sentence].zone;
        for back in 1..=3usize {
            let Some(before) = sentence.checked_sub(back) else { break };
            if self.reading.text.sentences[before].zone != zone {
                break;
            }
            if let Some(utterance) =
                utterances[..at].iter().rev().find(|utterance| utterance.quotations.iter().any(|&quotation| self.in_sentence(quotation, before)))
            {
                return self.speaker_of(utterance);
            }
            if let Some(speaker) = self.sentence_speaker(before) {
                return Some(speaker);
            }
        }
        let last = &self.quotations[*utterances[at].quotations.last()?];
        let next = utterances.get(at + 1)?;
        let follows = &self.quotations[*next.quotations.first()?];
        (follows.paragraph == last.paragraph).then(|| self.speaker_of(next)).flatten()
    }

    fn in_sentence(&self, quotation: usize, sentence: usize) -> bool {
        let words = &self.quotations[quotation].words;
        !words.is_empty() && self.reading.sentence_of(words.start) <= sentence && sentence <= self.reading.sentence_of(words.end - 1)
    }

    /// Head word of who speaks an utterance.
    fn speaker_of(&self, utterance: &Utterance) -> Option<Word> {
        let by_cue = utterance.cue.and_then(|cue| self.cues[cue].sources.first().copied());
        by_cue.or_else(|| utterance.verb.and_then(|verb| self.sources.subject(verb))).or(utterance.speaker)
    }

    /// Who a sentence lets speak: the source of its topmost cue, else its subject, where that is an actor.
    fn sentence_speaker(&self, sentence: usize) -> Option<Word> {
        let reading = self.reading;
        let words = reading.text.sentences[sentence].words.clone();
        let from = self.cues.partition_point(|cue| cue.word < words.start);
        let top = self.cues[from..]
            .iter()
            .take_while(|cue| cue.word < words.end)
            .filter(|cue| !cue.sources.is_empty() && !self.is_quoted(cue.word))
            .min_by_key(|cue| depth(reading, cue.word));
        let by_cue = top.and_then(|cue| cue.sources.first().copied()).filter(|&source| self.sources.can_speak(source));
        by_cue.or_else(|| {
            let root = words.clone().find(|&word| reading.head(word).is_none())?;
            let subject = self.sources.subject(root)?;
            (self.sources.mention(subject).is_some() || matches!(reading.form(subject), "He" | "She" | "he" | "she")).then_some(subject)
        })
    }

    fn is_quoted(&self, word: Word) -> bool {
        self.quotations.iter().any(|quotation| quotation.words.contains(&word))
    }
}

fn depth(reading: &Reading<'_>, word: Word) -> usize {
    std::iter::successors(Some(word), |&at| reading.head(at)).count()
}
