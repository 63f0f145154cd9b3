//! Pronouns: the nearest mention that agrees, subjects first; in a quote, "I" and "we" are the speaker.

use crate::record::{Actor, ActorBasis, ActorMention, Deprel, Feats, Reading, Upos, Word};
use crate::resource::Resources;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Person {
    He,
    She,
    They,
    It,
    First,
}

fn person(form: &str) -> Option<Person> {
    let lower = form.to_ascii_lowercase();
    Some(match lower.as_str() {
        "he" | "him" | "his" | "himself" => Person::He,
        "she" | "her" | "hers" | "herself" => Person::She,
        "they" | "them" | "their" | "theirs" | "themselves" => Person::They,
        "it" | "its" | "itself" => Person::It,
        "i" | "me" | "my" | "we" | "us" | "our" | "ours" | "myself" | "ourselves" => Person::First,
        _ => return None,
    })
}

/// What an antecedent is, for agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// One person.
    One,
    /// Several people.
    Many,
    /// A body: army, party, country.
    Body,
}

/// Adds a mention for every pronoun whose antecedent is found.
pub(super) fn add(reading: &Reading<'_>, actors: &mut Vec<ActorMention>, known: &Resources) {
    let classes: Vec<Class> = actors.iter().map(|mention| class(reading, known, mention)).collect();
    let mut added: Vec<ActorMention> = Vec::new();
    for (index, sentence) in reading.text.sentences.iter().enumerate().filter(|(_, sentence)| sentence.zone.is_story()) {
        for word in sentence.words.clone().filter(|&word| reading.upos(word) == Upos::Pron) {
            let Some(person) = person(reading.form(word)) else { continue };
            if matches!(reading.deprel(word), Deprel::Expl) {
                continue;
            }
            let found = match person {
                Person::First => speaker(reading, actors, &classes, index, word).map(|found| &actors[found]),
                Person::It => subject_before(reading, actors, &classes, sentence.words.start, word).map(|found| &actors[found]),
                _ => {
                    // A pronoun just before that agrees carries its antecedent on.
                    let earlier = added
                        .iter()
                        .rev()
                        .find(|earlier| super::pronoun::person(reading.form(earlier.head)) == Some(person) && index - reading.sentence_of(earlier.head) <= 1);
                    let named = nearest(reading, actors, &classes, index, word, person).map(|found| &actors[found]);
                    match (named, earlier) {
                        (Some(named), Some(earlier)) if earlier.head > named.head && reading.sentence_of(named.head) < reading.sentence_of(earlier.head) => {
                            Some(earlier)
                        }
                        (None, earlier) => earlier,
                        (named, _) => named,
                    }
                }
            };
            if let Some(found) = found {
                let actor = Actor { span: reading.span(word), basis: Some(ActorBasis::Coreference), ..found.actor.clone() };
                added.push(ActorMention { head: word, actor, entity: found.entity, top: word, pronoun: true, modifier: false });
            }
        }
    }
    if !added.is_empty() {
        actors.extend(added);
        actors.sort_by_key(|mention| mention.head);
        // A pronoun that also heads a mention stays one mention.
        actors.dedup_by_key(|mention| mention.head);
    }
}

fn class(reading: &Reading<'_>, known: &Resources, mention: &ActorMention) -> Class {
    let head = mention.head;
    if mention.actor.role.is_some() || mention.actor.sex.is_some() {
        return if reading.feats(head).has(Feats::PLUR) { Class::Many } else { Class::One };
    }
    let agent = known.actors.agent(&reading.form(head).to_lowercase());
    if agent.is_some_and(|agent| agent.group) {
        return Class::Body;
    }
    if reading.feats(head).has(Feats::PLUR) || reading.upos(head) == Upos::Num {
        return Class::Many;
    }
    if known.countries.naming(reading.form(head)).is_some() || mention.actor.name.is_some() {
        return Class::Body;
    }
    if agent.is_some() {
        return if matches!(reading.lemma(head), "people" | "group" | "family" | "couple" | "crowd") { Class::Many } else { Class::One };
    }
    // An unknown name of one or two words is a person's more often than not.
    if mention.actor.sectors.is_empty() { Class::One } else { Class::Body }
}

fn fits(person: Person, class: Class, actor: &Actor) -> bool {
    match person {
        Person::He => class == Class::One && actor.sex != Some("female"),
        Person::She => class == Class::One && actor.sex != Some("male"),
        Person::They => class != Class::One,
        Person::It => class == Class::Body,
        Person::First => true,
    }
}

fn is_subject(reading: &Reading<'_>, mention: &ActorMention) -> bool {
    matches!(reading.deprel(mention.top), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
}

/// The best antecedent in this sentence and the two before it: near, a subject, named.
fn nearest(reading: &Reading<'_>, actors: &[ActorMention], classes: &[Class], sentence: usize, word: Word, person: Person) -> Option<usize> {
    let until = actors.partition_point(|mention| mention.head < word);
    let mut best: Option<(i32, usize)> = None;
    for index in (0..until).rev() {
        let mention = &actors[index];
        let back = sentence.saturating_sub(reading.sentence_of(mention.head));
        if back > 3 {
            break;
        }
        // The owner of the phrase that the pronoun stands in is no antecedent of itself.
        let inside = mention.actor.span.contains(reading.span(word));
        if mention.modifier || inside || !fits(person, classes[index], &mention.actor) {
            continue;
        }
        let mut score = 10 - 4 * back as i32;
        score += if is_subject(reading, mention) { 5 } else { 0 };
        score += if mention.actor.name.is_some() || reading.upos(mention.head) == Upos::Propn { 3 } else { 0 };
        score += match (person, mention.actor.sex) {
            (Person::He, Some("male")) | (Person::She, Some("female")) => 3,
            _ => 0,
        };
        // The object of the verb whose subject the pronoun is: never.
        if reading.head(mention.top).is_some() && reading.head(mention.top) == reading.head(word) {
            score -= 8;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, index));
        }
    }
    best.filter(|(score, _)| *score > 2).map(|(_, index)| index)
}

/// "The government said it will try": the subject before it in the sentence.
fn subject_before(reading: &Reading<'_>, actors: &[ActorMention], classes: &[Class], first: Word, word: Word) -> Option<usize> {
    let until = actors.partition_point(|mention| mention.head < word);
    (0..until).rev().take_while(|&index| actors[index].head >= first).find(|&index| {
        is_subject(reading, &actors[index]) && !actors[index].modifier && classes[index] == Class::Body && reading.head(actors[index].top) != reading.head(word)
    })
}

/// Who speaks the words around a first person: the subject of the speaking verb of the sentence, or of the paragraph.
fn speaker(reading: &Reading<'_>, actors: &[ActorMention], classes: &[Class], sentence: usize, word: Word) -> Option<usize> {
    let speaks = |index: usize| {
        let mention = &actors[index];
        is_subject(reading, mention)
            && !mention.modifier
            && reading.head(mention.top).is_some_and(|verb| {
                matches!(
                    reading.lemma(verb),
                    "say"
                        | "tell"
                        | "add"
                        | "declare"
                        | "state"
                        | "announce"
                        | "warn"
                        | "write"
                        | "explain"
                        | "insist"
                        | "argue"
                        | "claim"
                        | "note"
                        | "stress"
                        | "reply"
                        | "tweet"
                        | "comment"
                        | "continue"
                        | "conclude"
                        | "recall"
                )
            })
    };
    let block = reading.text.sentences[sentence].block;
    let near = |index: &usize| {
        let other = reading.sentence_of(actors[*index].head);
        reading.text.sentences[other].block == block
    };
    let until = actors.partition_point(|mention| mention.head < word);
    // After the words first ("...", she said), then before them; the same paragraph only.
    let same = |index: &usize| reading.sentence_of(actors[*index].head) == sentence;
    let after = (until..actors.len()).take_while(near).find(|&index| speaks(index) && same(&index));
    let before = || (0..until).rev().take_while(near).find(|&index| speaks(index));
    let later = || (until..actors.len()).take_while(near).find(|&index| speaks(index));
    let found = after.or_else(before).or_else(later)?;
    (classes[found] != Class::Many || reading.form(word).to_ascii_lowercase().starts_with(['w', 'u', 'o'])).then_some(found)
}
