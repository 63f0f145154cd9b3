//! What grammar knows more surely than the network: small repairs of its trees.

use super::LONGEST;
use crate::record::{Deprel, Feats, NameKind, Parse, ROOT, Upos};
use crate::resource::Complements;

/// A subject is passive where its verb has a passive auxiliary, the surer sign than the subject itself, and not where it has another
/// or an object, or is no participle. Without any auxiliary, as in headlines, the subject is what the network takes it for.
pub(super) fn passives(feats: &[Feats], deprel: &mut [Deprel], head: &[u32], first: usize) {
    for word in 0..deprel.len() {
        let (active, passive) = match deprel[word] {
            Deprel::Nsubj | Deprel::NsubjPass => (Deprel::Nsubj, Deprel::NsubjPass),
            Deprel::Csubj | Deprel::CsubjPass => (Deprel::Csubj, Deprel::CsubjPass),
            _ => continue,
        };
        if head[word] == ROOT {
            continue;
        }
        let verb = head[word] as usize - first;
        let has = |wanted: Deprel| deprel.iter().zip(head).any(|(&deprel, &other)| other == head[word] && deprel == wanted);
        if has(Deprel::AuxPass) {
            deprel[word] = passive;
        } else if has(Deprel::Aux) || has(Deprel::Cop) || has(Deprel::Obj) || !feats[verb].has(Feats::PART) {
            deprel[word] = active;
        }
    }
}

/// "asked the government to repair the dam", "accused the army of shelling the town": what is to be done or is said to be done belongs to
/// such a verb, not to its object, unless the verb has a complement already.
pub(super) fn control(parse: &mut Parse, first: usize, known: &Complements) {
    for word in first..parse.head.len() {
        if parse.deprel[word] != Deprel::Acl || parse.head[word] == ROOT {
            continue;
        }
        let object = parse.head[word] as usize;
        let is_object = matches!(parse.deprel[object], Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass) && object < word;
        if !is_object || parse.head[object] == ROOT {
            continue;
        }
        let verb = parse.head[object];
        let tree: &Parse = parse;
        let has = |governor: u32, relation: Deprel, lemma: Option<&str>| {
            (first..tree.head.len())
                .any(|child| (tree.head[child], tree.deprel[child]) == (governor, relation) && lemma.is_none_or(|lemma| tree.lemma(child) == lemma))
        };
        if has(verb, Deprel::Xcomp, None) || has(verb, Deprel::Ccomp, None) || word < verb as usize {
            continue;
        }
        let lemma = tree.lemma(verb as usize);
        let marks = known.of(lemma);
        let marked = |mark: &str| marks.contains(&mark) && (has(word as u32, Deprel::Mark, Some(mark)) || has(word as u32, Deprel::Case, Some(mark)));
        if !marks.iter().any(|mark| marked(mark)) {
            continue;
        }
        let relation = if marked("to") { Deprel::Xcomp } else { Deprel::Advcl };
        (parse.head[word], parse.deprel[word]) = (verb, relation);
    }
}

/// "takes in refugees", "turned over the suspects": a particle that was read as the preposition of what is the object.
pub(super) fn particles(parse: &mut Parse, first: usize, known: &Complements) {
    for verb in first..parse.head.len().saturating_sub(1) {
        let particle = verb + 1;
        if parse.upos[verb] != Upos::Verb
            || !matches!(parse.deprel[particle], Deprel::Case | Deprel::Advmod)
            || !known.is_particle(parse.lemma(verb), parse.lemma(particle))
        {
            continue;
        }
        // The noun itself, or what stands on it: "in 1,000".
        let mut noun = parse.head[particle] as usize;
        if noun != verb && parse.head[noun] as usize != verb && parse.head[noun] != ROOT {
            noun = parse.head[noun] as usize;
        }
        let hangs = |word: usize, relation: Deprel| parse.head[word] as usize == verb && parse.deprel[word] == relation;
        let has_object = (first..parse.head.len()).any(|word| word != noun && (hangs(word, Deprel::Obj) || hangs(word, Deprel::NsubjPass)));
        if !has_object && (hangs(noun, Deprel::Obl) || hangs(noun, Deprel::Obj)) {
            (parse.head[particle], parse.deprel[particle]) = (verb as u32, Deprel::CompoundPrt);
            parse.deprel[noun] = Deprel::Obj;
        }
    }
}

/// "Imam Daoud Sesay" where the names' finder leaves the title out and the tree hangs the name on it: the name governs.
pub(super) fn titles(parse: &mut Parse) {
    let swapped: Vec<usize> = parse
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Person)
        .map(|name| name.words.start)
        .filter(|&first| first > 0 && parse.deprel[first] == Deprel::Flat && parse.head[first] as usize == first - 1)
        .collect();
    for first in swapped {
        let title = first - 1;
        for child in title.saturating_sub(LONGEST)..parse.head.len().min(first + LONGEST) {
            if child != first && parse.head[child] as usize == title && parse.head[child] != ROOT {
                parse.head[child] = first as u32;
            }
        }
        (parse.head[first], parse.deprel[first]) = (parse.head[title], parse.deprel[title]);
        (parse.head[title], parse.deprel[title]) = (first as u32, Deprel::NmodDesc);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passive_subject_is_marked_by_its_verb() {
        use Deprel::{Aux, AuxPass, Nsubj, NsubjPass, Obj, Root};
        let participle = Feats::PAST.with(Feats::PART).with(Feats::PASS);
        // "men were arrested", "rebels accused" as in headlines, "men are hiding", "rebels accused him".
        for (verb, labels, heads, subject) in [
            (participle, vec![Nsubj, AuxPass, Root], vec![2, 2, ROOT], NsubjPass),
            (participle, vec![NsubjPass, Root], vec![1, ROOT], NsubjPass),
            (participle, vec![NsubjPass, Aux, Root], vec![2, 2, ROOT], Nsubj),
            (Feats::PAST, vec![NsubjPass, Root, Obj], vec![1, ROOT, 1], Nsubj),
        ] {
            let mut labels = labels;
            passives(&vec![verb; labels.len()], &mut labels, &heads, 0);
            assert_eq!(labels[0], subject);
        }
    }

    #[test]
    fn what_is_asked_or_charged_belongs_to_the_verb() {
        for (forms, head, relation) in [
            (["ask", "government", "to", "repair"], 0, Deprel::Xcomp),
            (["accuse", "government", "of", "shell"], 0, Deprel::Advcl),
            // "has plans to leave" stays.
            (["have", "plan", "to", "leave"], 1, Deprel::Acl),
        ] {
            let mut parse = Parse { head: vec![ROOT, 0, 3, 1], deprel: vec![Deprel::Root, Deprel::Obj, Deprel::Mark, Deprel::Acl], ..Parse::default() };
            for form in forms {
                let start = parse.lemmas.len();
                parse.lemmas.push_str(form);
                parse.lemma.push(crate::record::Span::new(start, parse.lemmas.len()));
            }
            control(&mut parse, 0, &Complements::embedded());
            assert_eq!((parse.head[3], parse.deprel[3]), (head, relation), "{forms:?}");
        }
    }

    #[test]
    fn a_particle_is_no_preposition() {
        for (verb, relation) in [("take", Deprel::Obj), ("live", Deprel::Obl)] {
            // "take in refugees"
            let mut parse = Parse {
                head: vec![ROOT, 2, 0],
                deprel: vec![Deprel::Root, Deprel::Case, Deprel::Obl],
                upos: vec![Upos::Verb, Upos::Adp, Upos::Noun],
                ..Parse::default()
            };
            for form in [verb, "in", "refugee"] {
                let start = parse.lemmas.len();
                parse.lemmas.push_str(form);
                parse.lemma.push(crate::record::Span::new(start, parse.lemmas.len()));
            }
            particles(&mut parse, 0, &Complements::embedded());
            assert_eq!(parse.deprel[2], relation);
        }
    }

    #[test]
    fn a_name_governs_its_title() {
        // "said Imam Daoud Sesay ."
        let mut parse = Parse {
            head: vec![ROOT, 0, 1, 1, 0],
            deprel: vec![Deprel::Root, Deprel::Nsubj, Deprel::Flat, Deprel::Flat, Deprel::Punct],
            names: vec![crate::record::Name { words: 2..4, kind: NameKind::Person }],
            ..Parse::default()
        };
        titles(&mut parse);
        assert_eq!(parse.head, [ROOT, 2, 0, 2, 0]);
        assert_eq!(parse.deprel[1..4], [Deprel::NmodDesc, Deprel::Nsubj, Deprel::Flat]);
    }
}
