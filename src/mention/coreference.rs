//! Which mentions are one actor: short names, titles, role nouns, pronouns.
//!
//! A sieve from sure to less sure: what the knowledge base names alike, the same name, a last name alone, the noun of an
//! office, a colleague, pronouns. Each step only adds links, so a later one never undoes an earlier one.

mod pronoun;

use rustc_hash::FxHashMap;

use crate::record::{Actor, ActorBasis, ActorMention, Country, Deprel, Feats, Reading, Sector, Upos, Word};
use crate::resource::Resources;

/// Gives mentions of one actor one `entity`, and what is known of one to the others; adds the pronouns that stand for them.
pub fn link(reading: &Reading<'_>, actors: &mut Vec<ActorMention>, known: &Resources) {
    let traits: Vec<Traits> = actors.iter().map(|mention| Traits::of(reading, known, mention)).collect();
    let mut linker = Linker { reading, actors, traits };
    linker.same_name();
    linker.last_names();
    linker.offices();
    linker.colleagues();
    linker.same_noun();
    pronoun::add(reading, actors, known);
}

/// What a mention is like, as far as linking asks.
#[derive(Clone, Debug)]
struct Traits {
    /// Its head is a proper noun.
    named: bool,
    /// First word of the name that ends at the head.
    start: Word,
    plural: bool,
    /// "the", "this", "that" before it.
    definite: bool,
}

impl Traits {
    fn of(reading: &Reading<'_>, known: &Resources, mention: &ActorMention) -> Self {
        let head = mention.head;
        let agent = known.actors.agent(&reading.form(head).to_lowercase()).is_some();
        let named = reading.upos(head) == Upos::Propn && !agent || mention.actor.basis == Some(ActorBasis::Name);
        let mut start = head;
        let first = reading.text.sentences[reading.sentence_of(head)].words.start;
        while named
            && start > first
            && mention.actor.span.start <= reading.span(start - 1).start
            && reading.upos(start - 1) == Upos::Propn
            && known.actors.agent(&reading.form(start - 1).to_lowercase()).is_none()
        {
            if reading.form(start - 1).ends_with('.') && reading.form(start - 1).len() > 2 {
                break;
            }
            start -= 1;
        }
        let words = reading.words_in(mention.actor.span);
        let definite = words.start < reading.len()
            && matches!(reading.form(words.start), "the" | "The" | "this" | "This" | "that" | "That" | "these" | "These" | "those" | "Those");
        Self { named, start, plural: reading.feats(head).has(Feats::PLUR), definite }
    }
}

struct Linker<'a, 'r> {
    reading: &'a Reading<'r>,
    actors: &'a mut Vec<ActorMention>,
    traits: Vec<Traits>,
}

impl Linker<'_, '_> {
    /// Makes two mentions one actor; the second takes over what it does not know itself.
    fn join(&mut self, known: usize, other: usize) {
        let (keep, drop) = (self.actors[known].entity, self.actors[other].entity);
        if keep != drop {
            self.actors.iter_mut().filter(|mention| mention.entity == drop).for_each(|mention| mention.entity = keep);
        }
        let actor = self.actors[known].actor.clone();
        inherit(&mut self.actors[other].actor, &actor);
    }

    /// One name in the knowledge base, or the same words as a name.
    fn same_name(&mut self) {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        for index in 0..self.actors.len() {
            let mention = &self.actors[index];
            if mention.modifier && mention.actor.name.is_none() && mention.actor.country.is_none() {
                continue;
            }
            let traits = &self.traits[index];
            let key = match &mention.actor.name {
                // "Islamic State fighters" are not the whole of it, but one actor.
                Some(name) => name.clone(),
                None if traits.named => {
                    let words = self.reading.surface(self.reading.span_of(traits.start, mention.head));
                    match mention.actor.country {
                        Some(country) if traits.start == mention.head => format!("{country} {:?}", mention.actor.sectors),
                        _ => words.to_owned(),
                    }
                }
                None => continue,
            };
            match seen.get(&key) {
                Some(&first) => self.join(first, index),
                None => {
                    seen.insert(key, index);
                }
            }
        }
    }

    /// "Mr. Dion" after or before "Stéphane Dion".
    fn last_names(&mut self) {
        for index in 0..self.actors.len() {
            let (traits, mention) = (&self.traits[index], &self.actors[index]);
            if !traits.named
                || traits.start != mention.head
                || mention.actor.name.is_some()
                || mention.actor.country.is_some() && mention.actor.basis == Some(ActorBasis::Name)
            {
                continue;
            }
            let form = self.reading.form(mention.head);
            let fits = |&other: &usize| {
                let (its, their) = (&self.traits[other], &self.actors[other]);
                let known = their.actor.name.as_ref().is_some_and(|name| name.len() > form.len() && name.ends_with(form));
                let full = other != index && (its.start < their.head && its.named || known) && self.reading.form(their.head) == form;
                let sexes = match (mention.actor.sex, their.actor.sex) {
                    (Some(own), Some(other)) => own == other,
                    _ => true,
                };
                full && sexes
            };
            // The nearest before; else the first after it.
            let before = (0..index).rev().find(fits);
            let other = before.or_else(|| (index + 1..self.actors.len()).find(fits));
            if let Some(other) = other {
                self.join(other, index);
            }
        }
    }

    /// "the minister" after "Defence Minister Harjit Sajjan".
    fn offices(&mut self) {
        for index in 0..self.actors.len() {
            let (traits, mention) = (&self.traits[index], &self.actors[index]);
            let unresolved = mention.actor.name.is_none() || mention.actor.basis == Some(ActorBasis::RoleAndDate);
            if traits.named || traits.plural || !traits.definite || mention.modifier || !unresolved || self.owned(mention) {
                continue;
            }
            let lemma = self.reading.lemma(mention.head).to_lowercase();
            let before = (0..index).rev().take(40).find(|&other| {
                let (its, their) = (&self.traits[other], &self.actors[other]);
                if !its.named || their.modifier || their.actor.span.overlaps(mention.actor.span) {
                    return false;
                }
                let titled = self.reading.words_in(their.actor.span).any(|word| word != their.head && self.reading.form(word).to_lowercase() == lemma);
                let office = their.actor.role.as_ref().is_some_and(|role| role.to_lowercase().split(' ').any(|word| word == lemma));
                (titled || office) && agrees(their.actor.country, mention.actor.country)
            });
            if let Some(other) = before {
                self.join(other, index);
            }
        }
    }

    /// Whether a possessor or an "of" says whose it is.
    fn owned(&self, mention: &ActorMention) -> bool {
        self.reading.children(mention.head).any(|child| matches!(self.reading.deprel(child), Deprel::NmodPoss | Deprel::Nmod))
    }

    /// "his cabinet colleague": the one other office-holder of the same country who was named before.
    fn colleagues(&mut self) {
        for index in 0..self.actors.len() {
            let mention = &self.actors[index];
            if self.reading.lemma(mention.head) != "colleague" || self.traits[index].plural {
                continue;
            }
            let Some(owner) = self.reading.child(mention.head, Deprel::NmodPoss) else { continue };
            // Whose colleague: the possessor itself, or the last named person before its pronoun.
            let whose = if self.reading.upos(owner) == Upos::Pron {
                (0..index).rev().find(|&other| self.traits[other].named && self.actors[other].actor.role.is_some())
            } else {
                (0..self.actors.len()).find(|&other| self.actors[other].head == owner || self.actors[other].top == owner)
            };
            let Some(whose) = whose else { continue };
            let (country, entity) = (self.actors[whose].actor.country, self.actors[whose].entity);
            let mut others: Vec<usize> = (0..index)
                .filter(|&other| {
                    let actor = &self.actors[other].actor;
                    self.actors[other].entity != entity && actor.role.is_some() && actor.country == country && actor.sectors.contains(&Sector::Gov)
                })
                .collect();
            others.dedup_by_key(|other| self.actors[*other].entity);
            let first = others.first().copied();
            let Some(other) = first.filter(|&first| country.is_some() && others.iter().all(|&other| self.actors[other].entity == self.actors[first].entity))
            else {
                continue;
            };
            // What the sentence around it suggested gives way.
            let span = self.actors[index].actor.span;
            self.actors[index].actor = Actor { span, ..Actor::default() };
            self.join(other, index);
        }
    }

    /// "the rebels" and "rebels" of one country and side, a sentence or a few apart.
    fn same_noun(&mut self) {
        let mut seen: FxHashMap<(String, Option<Country>), usize> = FxHashMap::default();
        for index in 0..self.actors.len() {
            let (traits, mention) = (&self.traits[index], &self.actors[index]);
            if traits.named || mention.modifier || mention.actor.name.is_some() {
                continue;
            }
            let numbered = self.reading.child(mention.head, Deprel::Nummod).is_some();
            let key = (self.reading.lemma(mention.head).to_lowercase(), mention.actor.country);
            let group = mention.actor.sectors.first().is_some_and(|sector| !matches!(sector, Sector::Cvl));
            match seen.get(&key) {
                // A definite noun goes back to the same noun; bare nouns only where they name a side.
                Some(&first) if !numbered && (traits.definite || group && traits.plural) && self.traits[first].plural == traits.plural => {
                    self.join(first, index);
                }
                _ => {
                    seen.insert(key, index);
                }
            }
        }
    }
}

fn agrees(one: Option<Country>, other: Option<Country>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Takes over what `actor` does not know itself.
fn inherit(actor: &mut Actor, known: &Actor) {
    let before = (actor.name.is_some(), actor.country.is_some(), actor.sectors.is_empty());
    if actor.name.is_none() {
        actor.name.clone_from(&known.name);
        actor.wikidata.clone_from(&known.wikidata);
        actor.role.clone_from(&known.role);
        (actor.role_start, actor.role_end) = (known.role_start, known.role_end);
        if known.name.is_some() {
            actor.country = known.country.or(actor.country);
            if !known.sectors.is_empty() {
                actor.sectors.clone_from(&known.sectors);
            }
        }
    }
    actor.country = actor.country.or(known.country);
    if actor.sectors.is_empty() {
        actor.sectors.clone_from(&known.sectors);
    }
    actor.age = actor.age.or(known.age);
    actor.sex = actor.sex.or(known.sex);
    actor.civilian = actor.civilian.or(known.civilian);
    if before != (actor.name.is_some(), actor.country.is_some(), actor.sectors.is_empty()) {
        actor.basis = Some(ActorBasis::Coreference);
    }
}
