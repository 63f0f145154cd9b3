//! Other names that the article itself states: "Daesh is another term for Islamic State", "the Army of Hope (AH)".

use crate::record::{ActorBasis, ActorMention, Alias, Deprel, Reading, Word};
use crate::resource::Resources;

/// Finds stated aliases, and gives mentions that carry an alias what is known of its owner.
pub(super) fn find(reading: &Reading<'_>, known: &Resources, mentions: &mut [ActorMention]) -> Vec<Alias> {
    let mut aliases = Vec::new();
    let mut spread: Vec<(String, usize)> = Vec::new();
    for index in 0..mentions.len() {
        let mention = &mentions[index];
        if let Some((alias, owner)) = stated(reading, mentions, index) {
            let name = mentions[owner].actor.name.clone().unwrap_or_else(|| name_of(reading, &mentions[owner]));
            aliases.push(Alias { alias: reading.span(alias), name });
            spread.push((reading.form(alias).to_owned(), owner));
        }
        if let Some((inner, name)) = bracketed(reading, known, mention) {
            aliases.push(Alias { alias: inner, name });
            spread.push((reading.surface(inner).to_owned(), index));
        }
    }
    for (alias, owner) in spread {
        let source = mentions[owner].actor.clone();
        for mention in mentions.iter_mut() {
            let own = reading.form(mention.head) == alias && mention.actor.name.is_none() && mention.actor.country.is_none();
            if own {
                let span = mention.actor.span;
                mention.actor = crate::record::Actor { span, basis: Some(ActorBasis::StatedAlias), ..source.clone() };
            }
        }
    }
    aliases.sort_by_key(|alias: &Alias| alias.alias);
    aliases.dedup();
    aliases
}

/// "X is another name for Y", "X, also known as Y", "Y, better known as X": the alias word, and the mention it stands for.
fn stated(reading: &Reading<'_>, mentions: &[ActorMention], index: usize) -> Option<(Word, usize)> {
    let mention = &mentions[index];
    let top = mention.top;
    if reading.deprel(top) == Deprel::Nsubj
        && let Some(predicate) = reading.head(top)
        && reading.child(predicate, Deprel::Cop).is_some()
        && matches!(reading.lemma(predicate), "term" | "name" | "acronym" | "abbreviation" | "nickname" | "alias" | "word" | "moniker")
    {
        let owner = reading.children(predicate).find(|&child| {
            reading.deprel(child) == Deprel::Nmod && reading.child(child, Deprel::Case).is_some_and(|case| matches!(reading.lemma(case), "for" | "of"))
        })?;
        // "another term for Islamic State jihadis": the group inside the phrase.
        let named = |mention: &ActorMention| mention.actor.name.is_some();
        let target = mentions.iter().position(|other| {
            (other.top == owner || other.head == owner || reading.is_under(other.top, owner)) && other.head != mention.head && named(other)
        })?;
        return Some((mention.head, target));
    }
    // "known as": the participle hangs on the owner, the alias on the participle.
    let known_as = reading.children(top).find(|&child| {
        matches!(reading.deprel(child), Deprel::Acl | Deprel::AclRelcl) && matches!(reading.lemma(child), "know" | "call" | "refer" | "dub" | "nickname")
    })?;
    let alias = reading.children(known_as).find(|&child| {
        (matches!(reading.deprel(child), Deprel::Obl) && reading.child(child, Deprel::Case).is_some_and(|case| reading.lemma(case) == "as"))
            || matches!(reading.deprel(child), Deprel::Xcomp | Deprel::Obj)
    })?;
    reading.form(alias).starts_with(char::is_uppercase).then_some((alias, index))
}

/// "Army of Hope (AH)": capitals in brackets after a name that they abbreviate.
fn bracketed(reading: &Reading<'_>, known: &Resources, mention: &ActorMention) -> Option<(crate::record::Span, String)> {
    let open = mention.head + 1;
    if open + 2 >= reading.len() || reading.form(open) != "(" || reading.form(open + 2) != ")" || mention.modifier {
        return None;
    }
    let short = reading.form(open + 1);
    let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
    if capitals < 2 || capitals * 2 < short.chars().count() || known.countries.naming(short).is_some() {
        return None;
    }
    let name = mention.actor.name.clone().unwrap_or_else(|| name_of(reading, mention));
    let initials: String = name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|letter| letter.is_uppercase()).collect();
    // Most of the letters must come from the name, or the name must be the list's own.
    let shared = short.chars().filter(|letter| initials.contains(*letter)).count();
    (mention.actor.name.is_some() || shared * 2 >= capitals).then(|| (reading.span(open + 1), name))
}

/// The name as it stands: the run of capitals that ends at the head.
fn name_of(reading: &Reading<'_>, mention: &ActorMention) -> String {
    let words = reading.words_in(mention.actor.span);
    let mut start = mention.head;
    while start > words.start {
        let before = reading.form(start - 1);
        let joins = before.starts_with(char::is_uppercase) || (matches!(before, "of" | "for" | "the" | "and" | "de" | "al" | "-") && start - 1 > words.start);
        if !joins {
            break;
        }
        start -= 1;
    }
    while start < mention.head && !reading.form(start).starts_with(char::is_uppercase) {
        start += 1;
    }
    reading.surface(reading.span_of(start, mention.head)).to_owned()
}
