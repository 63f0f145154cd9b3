//! People and organisations, resolved by name, role and date.

mod alias;
mod focus;
mod gather;
mod metonymy;
mod phrase;
mod resolve;
mod unit;

use crate::record::{ActorMention, Alias, Mentions, PlaceMention, Reading, Word};
use crate::resource::Resources;

/// Finds and resolves actors, in the order of their heads; marks the places that stand for governments as metonymic.
#[must_use]
pub fn find(reading: &Reading<'_>, places: &mut [PlaceMention], known: &Resources) -> (Vec<ActorMention>, Vec<Alias>) {
    let found = gather::find(reading, places, known);
    let units = unit::group(reading, places, known, &found);
    let mut mentions: Vec<ActorMention> = units.iter().map(|unit| resolve::mention(reading, places, known, &found, None, unit)).collect();
    // What the story is about tells whose the army is, where the phrase does not.
    let focus = focus::Focus::new(reading, places, &found, &units, &mentions);
    for (mention, unit) in mentions.iter_mut().zip(&units).filter(|(mention, _)| mention.actor.country.is_none()) {
        *mention = resolve::mention(reading, places, known, &found, Some(&focus), unit);
    }
    mentions.sort_by_key(|mention| (mention.head, mention.actor.span));
    mentions.dedup_by_key(|mention| mention.head);
    for (entity, mention) in mentions.iter_mut().enumerate() {
        mention.entity = entity as u32;
    }
    for place in places.iter_mut() {
        if let Some(mention) = at_word(&mentions, place.head)
            && !mention.modifier
            && place.place.span.contains(mention.actor.span)
        {
            place.metonymic = true;
        }
    }
    let aliases = alias::find(reading, known, &mut mentions);
    (mentions, aliases)
}

/// The mention that `word` heads: as head of the phrase, or as the word by which the phrase hangs in the tree.
#[must_use]
pub fn at(mentions: &Mentions, word: Word) -> Option<&ActorMention> {
    at_word(&mentions.actors, word)
}

/// [`at`] over a list in the order of heads.
pub(crate) fn at_word(actors: &[ActorMention], word: Word) -> Option<&ActorMention> {
    let from = actors.partition_point(|mention| mention.head < word);
    if let Some(mention) = actors.get(from).filter(|mention| mention.head == word) {
        return Some(mention);
    }
    // The top of a phrase stands near its head: a few mentions at most lie between.
    let after = actors[from..].iter().take(4);
    let before = actors[..from].iter().rev().take(4);
    after.chain(before).find(|mention| mention.top == word)
}

#[cfg(test)]
mod tests {
    use crate::pipeline::Coder;
    use crate::record::{ActorBasis, Coded, Document, Format, Stamp};

    fn code(text: &str, day: &str) -> Coded {
        let published = Some(Stamp::day(day.parse().unwrap()));
        Coder::default().code(&Document { bytes: text.as_bytes().to_vec(), format: Format::Text, published, ..Document::default() })
    }

    /// What is said of the mention that stands as `text`: country, first sector, name.
    fn said(coded: &Coded, text: &str) -> Option<(String, String, String)> {
        let mention = coded.mentions.actors.iter().find(|mention| mention.actor.span.of(&coded.article.text) == text)?;
        let actor = &mention.actor;
        let sector = actor.sectors.first().map(ToString::to_string).unwrap_or_default();
        Some((actor.country.map(|country| country.to_string()).unwrap_or_default(), sector, actor.name.clone().unwrap_or_default()))
    }

    fn three(country: &str, sector: &str, name: &str) -> Option<(String, String, String)> {
        Some((country.to_owned(), sector.to_owned(), name.to_owned()))
    }

    #[test]
    fn a_name_answers_by_the_day() {
        let text = "Angela Merkel urged the other leaders to share the burden.";
        assert_eq!(said(&code(text, "2015-12-01"), "Angela Merkel"), three("DEU", "GOV", "Angela Merkel"));
        assert_eq!(said(&code(text, "2023-12-01"), "Angela Merkel"), three("DEU", "ELI", "Angela Merkel"));
    }

    #[test]
    fn a_post_answers_by_the_day() {
        let text = "France's president called for an urgent meeting.";
        assert_eq!(said(&code(text, "2011-11-20"), "France's president"), three("FRA", "GOV", "Nicolas Sarkozy"));
        assert_eq!(said(&code(text, "2014-11-20"), "France's president"), three("FRA", "GOV", "François Hollande"));
    }

    #[test]
    fn a_regime_is_its_leaders_country() {
        assert_eq!(said(&code("The Obama administration said it would wait.", "2012-06-01"), "The Obama administration"), three("USA", "GOV", ""));
    }

    #[test]
    fn two_countries_are_no_answer() {
        assert_eq!(said(&code("Turkish and Russian officials met in Astana.", "2016-12-05"), "Turkish and Russian officials"), three("", "GOV", ""));
    }

    #[test]
    fn an_entity_that_broke_away_is_not_the_parent() {
        assert_eq!(said(&code("Somaliland expelled the diplomat.", "2016-12-05"), "Somaliland"), three("", "GOV", "Somaliland"));
    }

    #[test]
    fn the_lookup_goes_by_head_and_top() {
        let coded = code("The army freed dozens of civilians near Mosul.", "2016-12-05");
        let civilians = coded.mentions.actors.iter().find(|mention| mention.head != mention.top).unwrap();
        assert_eq!(super::at(&coded.mentions, civilians.head), Some(civilians));
        assert_eq!(super::at(&coded.mentions, civilians.top), Some(civilians));
    }

    #[test]
    fn a_last_name_goes_back_to_the_full_one() {
        let coded = code("Foreign Minister Sameh Shoukry flew to Khartoum. Mr. Shoukry met the president.", "2016-12-05");
        let short = coded.mentions.actors.iter().find(|mention| mention.actor.span.of(&coded.article.text) == "Mr. Shoukry").unwrap();
        assert_eq!((short.actor.name.as_deref(), short.actor.basis), (Some("Sameh Shoukry"), Some(ActorBasis::Coreference)));
    }

    #[test]
    fn an_alias_is_what_the_text_states() {
        let coded = code("Daesh is another name for Islamic State.", "2016-12-05");
        assert_eq!(coded.mentions.aliases.first().map(|alias| alias.name.as_str()), Some("Islamic State"));
    }
}
