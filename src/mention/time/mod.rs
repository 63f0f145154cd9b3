//! Time expressions, resolved against the publication date only.
//!
//! [`token`] sees words as parts of time expressions, [`grammar`] says which of them form one, [`resolve`] gives it days and a
//! TIMEX3 value. Spans follow TimeBank: the article belongs to the expression, a preposition before it does not.

mod grammar;
mod resolve;
mod token;

use grammar::{Expression, Grammar, Say};
use resolve::{Against, Tense};

use crate::record::{DatePrecision, Deprel, Feats, Reading, Span, TimeBound, TimeKind, TimeMention, Upos, When, Word, Zone};
use crate::resource::Resources;

/// Finds time expressions, in text order.
#[must_use]
pub fn find(reading: &Reading<'_>, known: &Resources) -> Vec<TimeMention> {
    let mut times: Vec<TimeMention> = Vec::new();
    let mut tokens = Vec::new();
    let mut spoken_of: Option<(jiff::civil::Date, DatePrecision)> = None;
    let mut block = usize::MAX;
    for sentence in &reading.text.sentences {
        if sentence.block != block {
            block = sentence.block;
            spoken_of = None;
        }
        token::read(reading, known, sentence.words.clone(), &mut tokens);
        let grammar = Grammar { tokens: &tokens };
        let offset = sentence.words.start;
        let mut at = 0;
        while at < tokens.len() {
            let Some(expression) = grammar.expression(at) else {
                at += 1;
                continue;
            };
            let words = offset + at..offset + expression.end;
            at = expression.end;
            // "as soon as", "soon after": a conjunction.
            if matches!(expression.say, Say::Reference(1)) && sentence.words.contains(&words.end) && matches!(reading.form(words.end), "as" | "after") {
                continue;
            }
            let against = Against { day: reading.article.day(), tense: tense(reading, &words, sentence.zone), spoken_of };
            let mention = mention(reading, words, &expression, against);
            if matches!(mention.kind, TimeKind::Date | TimeKind::Time)
                && let Some(start) = mention.when.start
                && !matches!(expression.say, Say::Reference(_))
            {
                spoken_of = Some((start, mention.when.precision));
            }
            times.push(mention);
        }
    }
    times
}

fn mention(reading: &Reading<'_>, words: std::ops::Range<Word>, expression: &Expression, against: Against) -> TimeMention {
    let resolved = resolve::resolve(expression, against);
    let (start, end) = resolved.days.unzip();
    let span = reading.span_of(words.start, words.end - 1);
    let bound = bound(reading, words.start, expression);
    TimeMention {
        words,
        kind: resolved.kind,
        when: When { span: Some(span), start, end, timex: resolved.timex, basis: resolved.basis, precision: resolved.precision },
        bound,
    }
}

/// What the preposition before an expression makes of it.
fn bound(reading: &Reading<'_>, first: Word, expression: &Expression) -> Option<TimeBound> {
    let sentence = &reading.text.sentences[reading.sentence_of(first)];
    let before = first.checked_sub(1).filter(|before| sentence.words.contains(before))?;
    let is = |form: &str| reading.form(before).eq_ignore_ascii_case(form);
    let stretch = matches!(expression.say, Say::Span { .. });
    if is("by") {
        Some(TimeBound::By)
    } else if is("before") || is("until") && stretch {
        Some(TimeBound::Before)
    } else if is("after") || is("following") {
        Some(TimeBound::After)
    } else if is("since") {
        Some(TimeBound::Since)
    } else if is("until") || is("till") || is("through") {
        Some(TimeBound::Until)
    } else if is("from") || is("between") || is("starting") {
        Some(TimeBound::From)
    } else if (is("to") || is("and")) && follows_from(reading, before, sentence.words.start) {
        Some(TimeBound::Until)
    } else if is("over") || is("during") || is("throughout") || (stretch && (is("in") || is("for") || is("within"))) {
        Some(TimeBound::Over)
    } else {
        None
    }
}

/// Whether "and" or "to" at `at` closes a "between … and" or "from … to" over a few words.
fn follows_from(reading: &Reading<'_>, at: Word, first: Word) -> bool {
    (first.max(at.saturating_sub(5))..at).any(|word| matches!(reading.form(word), "between" | "Between" | "from" | "From"))
}

/// Tense of the clause that holds an expression.
fn tense(reading: &Reading<'_>, words: &std::ops::Range<Word>, zone: Zone) -> Tense {
    let Some(mut at) = words.clone().find(|&word| reading.head(word).is_none_or(|head| !words.contains(&head))) else { return Tense::Unknown };
    // Up to the predicate.
    let mut steps = 0;
    while !is_predicate(reading, at) {
        match reading.head(at) {
            Some(head) if steps < 20 => at = head,
            _ => return Tense::Unknown,
        }
        steps += 1;
    }
    predicate_tense(reading, at, zone, 0)
}

fn is_predicate(reading: &Reading<'_>, word: Word) -> bool {
    reading.upos(word) == Upos::Verb || reading.children(word).any(|child| matches!(reading.deprel(child), Deprel::Cop))
}

/// Verbs whose infinitive is yet to come.
fn looks_ahead(lemma: &str) -> bool {
    matches!(
        lemma,
        "plan"
            | "schedule"
            | "expect"
            | "intend"
            | "hope"
            | "want"
            | "agree"
            | "promise"
            | "vow"
            | "pledge"
            | "set"
            | "due"
            | "prepare"
            | "aim"
            | "wait"
            | "ready"
            | "order"
            | "ask"
            | "urge"
            | "call"
            | "slate"
            | "go"
            | "likely"
            | "propose"
            | "threaten"
    )
}

fn predicate_tense(reading: &Reading<'_>, predicate: Word, zone: Zone, depth: u8) -> Tense {
    let mut past = false;
    let mut present = false;
    let mut to = false;
    for child in reading.children(predicate) {
        match reading.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match reading.lemma(child) {
                "will" | "shall" | "would" | "’ll" | "'ll" => return Tense::Future,
                "can" | "could" | "may" | "might" | "should" | "must" => {}
                "have" => past = true,
                _ if reading.feats(child).has(Feats::PAST) => past = true,
                _ => present = true,
            },
            Deprel::Mark if reading.form(child) == "to" => to = true,
            _ => {}
        }
    }
    let lemma = reading.lemma(predicate);
    if to || reading.deprel(predicate) == Deprel::Xcomp {
        let Some(head) = reading.head(predicate).filter(|_| depth < 4) else { return Tense::Unknown };
        if looks_ahead(reading.lemma(head)) {
            return Tense::Future;
        }
        return predicate_tense(reading, head, zone, depth + 1);
    }
    if looks_ahead(lemma)
        && lemma != "order"
        && lemma != "ask"
        && lemma != "urge"
        && lemma != "call"
        && lemma != "agree"
        && lemma != "promise"
        && lemma != "vow"
        && lemma != "pledge"
        && lemma != "set"
        && lemma != "go"
        && lemma != "propose"
        && lemma != "threaten"
    {
        return Tense::Future;
    }
    if past {
        return Tense::Past;
    }
    let feats = reading.feats(predicate);
    if feats.has(Feats::PAST) || feats.has(Feats::PART.with(Feats::PASS)) {
        return if present && !feats.has(Feats::PASS) { Tense::Unknown } else { Tense::Past };
    }
    if present {
        // "is meeting on Friday"; headlines tell the past in the present.
        return if zone != Zone::Title && (feats.has(Feats::GER) || feats.has(Feats::PART.with(Feats::PRES))) { Tense::Future } else { Tense::Unknown };
    }
    if feats.has(Feats::GER) || feats.has(Feats::PART) {
        return reading
            .head(predicate)
            .filter(|_| depth < 4)
            .map_or(Tense::Unknown, |head| if is_predicate(reading, head) { predicate_tense(reading, head, zone, depth + 1) } else { Tense::Unknown });
    }
    Tense::Unknown
}

/// The time expression that says when what `word` tells takes place: one that hangs on it, or, where it is a noun that a verb
/// carries ("staged an attack on Tuesday"), one that hangs on that verb. Dates come before stretches.
#[must_use]
pub fn for_predicate<'t>(reading: &Reading<'_>, times: &'t [TimeMention], word: Word) -> Option<&'t TimeMention> {
    let mut at = word;
    for _ in 0..3 {
        if let Some(time) = hanging_on(reading, times, at) {
            return Some(time);
        }
        // "the killing of a union leader on Thursday": what hangs on the noun's own complement is its time.
        if at == word && reading.upos(word) == Upos::Noun {
            let complements = reading.children(word).filter(|&child| reading.deprel(child) == Deprel::Nmod);
            if let Some(time) = complements.filter_map(|child| hanging_on(reading, times, child)).next() {
                return Some(time);
            }
        }
        let head = reading.head(at)?;
        at = match reading.deprel(at) {
            // "staged an attack", "the start of the siege"
            Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass if matches!(reading.upos(at), Upos::Noun | Upos::Propn) => head,
            Deprel::Nmod | Deprel::Compound if matches!(reading.upos(at), Upos::Noun) => head,
            // "shelled and stormed the town on Tuesday"
            Deprel::Conj if reading.upos(at) == Upos::Verb && reading.upos(head) == Upos::Verb => head,
            // "began to withdraw on Tuesday"
            Deprel::Xcomp => head,
            _ => return None,
        };
    }
    None
}

fn hanging_on<'t>(reading: &Reading<'_>, times: &'t [TimeMention], word: Word) -> Option<&'t TimeMention> {
    let sentence = &reading.text.sentences[reading.sentence_of(word)];
    let first = times.partition_point(|time| time.words.end <= sentence.words.start);
    let here = || times[first..].iter().take_while(|time| time.words.start < sentence.words.end);
    let hangs = |time: &&TimeMention| {
        let Some(head) = time.words.clone().find(|&inner| reading.head(inner).is_none_or(|head| !time.words.contains(&head))) else { return false };
        // "a three-day siege": the stretch is no date of it.
        if reading.head(head) == Some(word) {
            return matches!(
                reading.deprel(head),
                Deprel::Obl
                    | Deprel::OblUnmarked
                    | Deprel::Nmod
                    | Deprel::NmodUnmarked
                    | Deprel::Advmod
                    | Deprel::Advcl
                    | Deprel::NmodPoss
                    | Deprel::Compound
                    | Deprel::NmodDesc
                    | Deprel::Nummod
                    | Deprel::Dep
                    | Deprel::Obj
            );
        }
        // "on the morning of Dec. 1", "early on Tuesday": one step further, through a part of the expression's own words.
        false
    };
    let dated = |time: &&TimeMention| {
        matches!(time.kind, TimeKind::Date | TimeKind::Time) && !matches!(time.when.timex.as_str(), "PAST_REF" | "PRESENT_REF" | "FUTURE_REF")
    };
    let stretched = |time: &&TimeMention| time.kind == TimeKind::Duration && time.when.start.is_some();
    here().find(|time| dated(time) && hangs(time)).or_else(|| here().find(|time| stretched(time) && hangs(time)))
}

/// The interval that a bounded expression leaves open on one side: "since 2011" has no end, "by the end of 2016" no start.
#[must_use]
pub fn bounded(time: &TimeMention) -> When {
    let mut when = time.when.clone();
    match time.bound {
        Some(TimeBound::By | TimeBound::Until) => when.start = None,
        Some(TimeBound::Before) => {
            when.end = when.start;
            when.start = None;
        }
        // "between 1 and 8 March" is one expression with both ends.
        Some(TimeBound::From) if when.precision == DatePrecision::Day && when.start != when.end => {}
        Some(TimeBound::Since | TimeBound::From) => when.end = None,
        Some(TimeBound::After) => {
            when.start = when.end;
            when.end = None;
        }
        Some(TimeBound::Over) | None => {}
    }
    when
}

/// The time expression that covers `span`, if any.
#[must_use]
pub fn at(times: &[TimeMention], span: Span) -> Option<&TimeMention> {
    times.iter().find(|time| time.when.span.is_some_and(|own| own.contains(span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Article, Parse, PublishedBasis, ROOT, Sentence, Stamp, Text};
    use crate::resource::NumberWord;

    /// Times of a line whose words are parted by spaces, read on Tuesday 2016-12-13 with "killed" or "will" as its only verb:
    /// `surface = value [start end] bound`.
    fn times(line: &str, dated: bool) -> Vec<String> {
        let known = Resources::embedded();
        let mut text = Text::default();
        let mut parse = Parse::default();
        let mut at = 0;
        let forms: Vec<&str> = line.split(' ').collect();
        let verb = forms.iter().position(|form| matches!(*form, "killed" | "meet"));
        for (index, word) in forms.iter().enumerate() {
            let span = Span::new(at, at + word.len());
            text.words.push(span);
            let numeric =
                word.as_bytes()[0].is_ascii_digit() || matches!(known.numbers.word(word), Some(NumberWord::One(_) | NumberWord::Ten(_) | NumberWord::Scale(_)));
            let adposition = matches!(*word, "in" | "on" | "since" | "by" | "of" | "over" | "until" | "for" | "between" | "from" | "at");
            parse.upos.push(match *word {
                "killed" | "meet" => Upos::Verb,
                "will" => Upos::Aux,
                _ if numeric => Upos::Num,
                _ if adposition => Upos::Adp,
                "the" | "a" => Upos::Det,
                _ => Upos::Noun,
            });
            parse.feats.push(if *word == "killed" { Feats::PAST } else { Feats::default() });
            parse.head.push(verb.filter(|&verb| verb != index).map_or(ROOT, |verb| verb as u32));
            parse.deprel.push(match *word {
                "will" => Deprel::Aux,
                _ if verb == Some(index) => Deprel::Root,
                _ => Deprel::Obl,
            });
            parse.lemma.push(span);
            at += word.len() + 1;
        }
        parse.lemmas = line.to_owned();
        text.sentences.push(Sentence { span: Span::new(0, line.len()), words: 0..text.words.len(), block: 0, zone: Zone::Body });
        let day = jiff::civil::date(2016, 12, 13);
        let published = dated.then(|| (Stamp::day(day), PublishedBasis::Given));
        let article = Article { text: line.to_owned(), published, ..Article::default() };
        let reading = Reading::new(&article, &text, &parse);
        find(&reading, &known)
            .iter()
            .map(|time| {
                let show = |day: Option<jiff::civil::Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
                let surface = time.when.span.map_or("", |span| reading.surface(span));
                let bound = time.bound.map_or("", TimeBound::as_str);
                format!("{surface} = {} {} {} {bound}", time.when.timex, show(time.when.start), show(time.when.end)).trim_end().to_owned()
            })
            .collect()
    }

    #[test]
    fn expressions_are_resolved_against_the_day_of_publication() {
        for (line, expected) in [
            ("killed Monday", "Monday = 2016-12-12 2016-12-12 2016-12-12"),
            ("killed on Tuesday", "Tuesday = 2016-12-13 2016-12-13 2016-12-13"),
            ("will meet on Thursday", "Thursday = 2016-12-15 2016-12-15 2016-12-15"),
            ("killed last Tuesday", "last Tuesday = 2016-12-06 2016-12-06 2016-12-06"),
            ("killed on Friday evening", "Friday evening = 2016-12-09TEV 2016-12-09 2016-12-09"),
            ("killed on Dec. 1", "Dec. 1 = 2016-12-01 2016-12-01 2016-12-01"),
            ("killed on April 30", "April 30 = 2016-04-30 2016-04-30 2016-04-30"),
            ("killed on 1 December 2015", "1 December 2015 = 2015-12-01 2015-12-01 2015-12-01"),
            ("killed in October", "October = 2016-10 2016-10-01 2016-10-31"),
            ("will meet in January", "January = 2017-01 2017-01-01 2017-01-31"),
            ("killed last week", "last week = 2016-W49 2016-12-05 2016-12-11"),
            ("killed this week", "this week = 2016-W50 2016-12-12 2016-12-18"),
            ("killed two weeks ago", "two weeks ago = 2016-W48 2016-11-28 2016-12-04"),
            ("killed 10 days ago", "10 days ago = 2016-12-03 2016-12-03 2016-12-03"),
            ("killed over the past 12 months", "the past 12 months = P12M 2015-12-13 2016-12-13 over"),
            ("killed over the past decade", "the past decade = P10Y 2006-12-13 2016-12-13 over"),
            ("will meet by the end of 2017", "the end of 2017 = 2017 2017-01-01 2017-12-31 by"),
            ("killed in recent days", "recent days = PXD - - over"),
            ("killed since Friday", "Friday = 2016-12-09 2016-12-09 2016-12-09 since"),
            ("killed in the summer of 2014", "the summer of 2014 = 2014-SU 2014-06-01 2014-08-31"),
            ("killed in the third quarter", "the third quarter = 2016-Q3 2016-07-01 2016-09-30"),
            ("killed in the 1990s", "the 1990s = 199 1990-01-01 1999-12-31"),
            ("killed a three - day siege", "three - day = P3D - -"),
            ("killed every day", "every day = P1D - -"),
            ("killed at 5 p.m. Monday", "5 p.m. Monday = 2016-12-12T17:00 2016-12-12 2016-12-12"),
            ("killed earlier this year", "earlier this year = 2016 2016-01-01 2016-12-31"),
            ("killed yesterday", "yesterday = 2016-12-12 2016-12-12 2016-12-12"),
            ("killed half an hour ago", "half an hour ago = PT30M - -"),
        ] {
            assert_eq!(times(line, true), [expected], "{line}");
        }
        assert_eq!(times("killed between March and May", true), ["March = 2016-03 2016-03-01 2016-03-31 from", "May = 2016-05 2016-05-01 2016-05-31 until"]);
    }

    #[test]
    fn without_a_day_of_publication_what_is_relative_stays_open() {
        for (line, expected) in [
            ("killed on Tuesday", "Tuesday = XXXX-WXX-2 - -"),
            ("killed last week", "last week = XXXX-WXX - -"),
            ("killed in October", "October = XXXX-10 - -"),
            ("killed on Dec. 1", "Dec. 1 = XXXX-12-01 - -"),
            ("killed two weeks ago", "two weeks ago = XXXX-WXX - -"),
            ("killed in 2011", "2011 = 2011 2011-01-01 2011-12-31"),
        ] {
            assert_eq!(times(line, false), [expected], "{line}");
        }
    }

    #[test]
    fn the_weekday_of_publication_needs_a_tense() {
        assert_eq!(times("a vote on Tuesday", true), ["Tuesday = XXXX-WXX-2 - -"]);
        assert_eq!(times("a vote on Monday", true), ["Monday = 2016-12-12 2016-12-12 2016-12-12"]);
    }

    #[test]
    fn counts_are_no_years_and_names_no_months() {
        for line in ["2000 people killed", "may meet", "a 25 - year - old", "march on the palace"] {
            assert!(times(line, true).is_empty(), "{line}: {:?}", times(line, true));
        }
    }
}
