//! Headlines made of treebank sentences: without articles, passive auxiliaries and full stops, some with capitals throughout.
//!
//! The treebanks have few headlines, the news has one an article, and "Rebels Accused of Massacre" must not be read as an accusation
//! by rebels.

use train::conllu::Sentence;
use whodid::record::{Deprel, Upos};

/// A headline of each sentence whose main verb is passive, and of one in fifty of the others.
pub(crate) fn headlines(sentences: &[Sentence]) -> Vec<Sentence> {
    sentences.iter().enumerate().filter_map(|(index, sentence)| headline(sentence, index)).collect()
}

fn headline(sentence: &Sentence, index: usize) -> Option<Sentence> {
    let count = sentence.len();
    let root = sentence.heads.iter().position(|&head| head as usize == count)?;
    let auxiliary = |word: usize, label: Deprel| sentence.heads[word] as usize == root && sentence.labels[word] == label;
    let passive = (0..count).any(|word| auxiliary(word, Deprel::AuxPass)) && !(0..count).any(|word| auxiliary(word, Deprel::Aux));
    if !(passive || index.is_multiple_of(50)) || !(4..=25).contains(&count) {
        return None;
    }
    let drops = |word: usize| {
        (sentence.labels[word] == Deprel::Det && matches!(sentence.lemmas[word].as_str(), "the" | "a"))
            || (passive && auxiliary(word, Deprel::AuxPass))
            || (word + 1 == count && sentence.upos[word] == Upos::Punct)
    };
    let mut place = vec![None; count + 1];
    let mut kept = 0u16;
    for (word, place) in place.iter_mut().enumerate().take(count) {
        if !drops(word) {
            *place = Some(kept);
            kept += 1;
        }
    }
    place[count] = Some(kept);
    let mut made = Sentence::default();
    for word in (0..count).filter(|&word| !drops(word)) {
        // What hangs on a word that goes cannot stay.
        made.heads.push(place[sentence.heads[word] as usize]?);
        let small = matches!(sentence.upos[word], Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part | Upos::Punct);
        let raised = made.forms.is_empty() || (index.is_multiple_of(2) && !small);
        made.forms.push(if raised { capitalised(&sentence.forms[word]) } else { sentence.forms[word].clone() });
        made.lemmas.push(sentence.lemmas[word].clone());
        made.upos.push(sentence.upos[word]);
        made.feats.push(sentence.feats[word]);
        made.labels.push(sentence.labels[word]);
    }
    Some(made)
}

fn capitalised(form: &str) -> String {
    let mut characters = form.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
