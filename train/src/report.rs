//! How good a pack is on sentences that it was not trained on.

use whodid::parse;
use whodid::record::ROOT;
use whodid::resource::Resources;

use train::conllu::{self, Sentence};

/// Prints tag, head and relation accuracy.
pub(crate) fn report(name: &str, sentences: &[Sentence], known: &Resources) {
    let (article, text) = conllu::spelled(sentences);
    let found = parse::parse(&article, &text, known);
    let (mut upos, mut tag, mut uas, mut las, mut at) = (0, 0, 0, 0, 0usize);
    for sentence in sentences {
        let first = at;
        for word in 0..sentence.len() {
            let head = if sentence.heads[word] as usize == sentence.len() { ROOT } else { (first + sentence.heads[word] as usize) as u32 };
            let base = |label: &'static str| label.split(':').next();
            upos += usize::from(found.upos[at] == sentence.upos[word]);
            tag += usize::from(found.upos[at] == sentence.upos[word] && found.feats[at] == sentence.feats[word]);
            uas += usize::from(found.head[at] == head);
            las += usize::from(found.head[at] == head && base(found.deprel[at].as_str()) == base(sentence.labels[word].as_str()));
            at += 1;
        }
    }
    let share = |part: usize| 100.0 * part as f64 / at as f64;
    eprintln!("{name}: UPOS {:.2}, with features {:.2}, UAS {:.2}, LAS {:.2}", share(upos), share(tag), share(uas), share(las));
}
