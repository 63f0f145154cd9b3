//! Story to sentences and words.
//!
//! Words are those of UD English (EWT, GUM): clitics, hyphenated parts and punctuation stand alone, abbreviations keep their full stop.
//! A sentence never crosses a block of the article.

mod sentence;
mod token;

use crate::record::{Article, Block, Text};
use crate::resource::Resources;

/// Splits the story blocks of an article into sentences and UD words.
#[must_use]
pub fn split(article: &Article, known: &Resources) -> Text {
    let mut text = Text::default();
    for (index, block) in article.zones.iter().enumerate() {
        if block.zone.is_story() {
            split_block(&article.text, block, index, known, &mut text);
        }
    }
    text
}

fn split_block(surface: &str, block: &Block, index: usize, known: &Resources, text: &mut Text) {
    let first = text.words.len();
    token::split(surface, block.span, &known.splitting, &mut text.words);
    sentence::split(surface, first, (index, block.zone), &known.splitting, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Span, Zone};

    /// Words parted by spaces, sentences by " / ".
    fn shown(surface: &str) -> String {
        let zones = vec![Block { span: Span::new(0, surface.len()), zone: Zone::Body }];
        let article = Article { text: surface.to_owned(), zones, ..Article::default() };
        let text = split(&article, &Resources::embedded());
        let sentences: Vec<String> = text
            .sentences
            .iter()
            .map(|sentence| text.words[sentence.words.clone()].iter().map(|word| word.of(surface)).collect::<Vec<_>>().join(" "))
            .collect();
        sentences.join(" / ")
    }

    #[test]
    fn words_are_those_of_ud_english() {
        for (surface, words) in [
            ("They don't.", "They do n't ."),
            ("Syria’s army can’t", "Syria ’s army ca n’t"),
            ("the soldiers' camp", "the soldiers ' camp"),
            ("a $5m plan, 12% of US$3.2 billion", "a $ 5 m plan , 12 % of US$ 3.2 billion"),
            ("a government-backed, pro-army militia", "a government - backed , pro-army militia"),
            ("10-15 people (mostly women)", "10 - 15 people ( mostly women )"),
            ("the U.N. and the U.S.-led force", "the U.N. and the U.S. - led force"),
            ("on Dec. 3 at 10:30 a.m.", "on Dec. 3 at 10:30 a.m."),
            ("1,200 dead; more... or not?!", "1,200 dead ; more ... or not ?!"),
            ("see www.example.org/a-b, or mail me@example.org.", "see www.example.org/a-b , or mail me@example.org ."),
            ("He cannot go—ever", "He can not go — ever"),
            ("Gen. Hassan, Jr., left", "Gen. Hassan , Jr. , left"),
            ("\"Go,\" she said", "\" Go , \" she said"),
            ("the '90s", "the '90s"),
            ("on 3/4/2019 and/or later", "on 3/4/2019 and / or later"),
        ] {
            assert_eq!(shown(surface), words);
        }
    }

    #[test]
    fn sentences_end_where_they_should() {
        for (surface, sentences) in [
            ("Mr. Hale left. He went on Jan. 5.", "Mr. Hale left . / He went on Jan. 5 ."),
            ("She lives in the U.S. The army left.", "She lives in the U.S. / The army left ."),
            ("The U.S. Army left.", "The U.S. Army left ."),
            ("“We will go.” They went.", "“ We will go . ” / They went ."),
            ("“Why?” he asked.", "“ Why ? ” he asked ."),
            ("\"Stop!\" The crowd ran.", "\" Stop ! \" / The crowd ran ."),
            ("They fled the border.The army followed.", "They fled the border . / The army followed ."),
            ("He said \"no.\"She agreed.", "He said \" no . \" / She agreed ."),
            ("\"What?\" he asked.\"No,\" she said.", "\" What ? \" he asked . / \" No , \" she said ."),
            ("J. K. Osei spoke. No. 5 was hit.", "J. K. Osei spoke . / No. 5 was hit ."),
            ("He left in 1805. [17] [2] She stayed.[a] They met.", "He left in 1805 . [ 17 ] [ 2 ] / She stayed . [ a ] / They met ."),
            ("All have rights. 4 The 12 Soldiers left.", "All have rights . 4 / The 12 Soldiers left ."),
            ("The town fell. (photo: an agency) They fled.", "The town fell . / ( photo : an agency ) They fled ."),
            ("He has no. That is all.", "He has no . / That is all ."),
            ("It cost 3.5 million. Two died.", "It cost 3.5 million . / Two died ."),
        ] {
            assert_eq!(shown(surface), sentences);
        }
    }

    #[test]
    fn no_byte_is_read_twice_and_no_word_is_empty() {
        for surface in [
            "''''",
            "....",
            "\u{200B}a\u{200B}",
            "--x--",
            "!?!?…“”«»",
            "%%%%%%%%%%%%%%%%%%%%%%%%",
            "a%%%%%%%%%%%%%%%%%%%%%%%%",
            "$$5",
            "'s",
            "n't",
            "é’s—ü.",
            &"%".repeat(100_000),
            &"ab-".repeat(5000),
        ] {
            let zones = vec![Block { span: Span::new(0, surface.len()), zone: Zone::Body }];
            let article = Article { text: surface.to_owned(), zones, ..Article::default() };
            let text = split(&article, &Resources::embedded());
            let mut end = 0;
            for word in &text.words {
                assert!(word.start >= end && word.end > word.start, "{surface:?} {word:?}");
                end = word.end;
            }
            let covered: String = text.words.iter().map(|word| word.of(surface)).collect();
            assert_eq!(covered, surface.replace('\u{200B}', ""));
        }
    }
}
