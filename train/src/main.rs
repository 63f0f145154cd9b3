//! Trains the weights of the language engine from treebanks; see MODEL-CARD.md beside the packed weights.
//!
//! `cargo train [--data ../shared] [-o packs/weights/weights.bin]`. The same inputs give the same bytes.
#![allow(clippy::print_stderr)]

mod lemmas;
mod parser;
mod perceptron;
mod tags;

use std::path::PathBuf;

use anyhow::Context as _;
use train::conllu;
use whodid::parse::cues::Cues;
use whodid::resource::Weights;

fn main() -> anyhow::Result<()> {
    let mut data = PathBuf::from("../shared");
    let mut out = PathBuf::from("packs/weights/weights.bin");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--data" => data = value()?.into(),
            "-o" => out = value()?.into(),
            other => anyhow::bail!("unknown argument {other}; usage: cargo train [--data DIR] [-o FILE]"),
        }
    }

    let mut sentences = conllu::read(&data.join("treebanks/en_ewt-train.conllu"))?;
    sentences.extend(conllu::read(&data.join("treebanks/en_gum_permissive-train.conllu"))?);
    eprintln!("{} sentences, {} words", sentences.len(), sentences.iter().map(conllu::Sentence::len).sum::<usize>());

    // The models read clusters from a pack, so that they see what the program will see.
    let mut sections: [Vec<u8>; whodid::resource::SECTIONS.len()] = Default::default();
    let tagset = tags::tagset(&sentences);
    sections[0] = tagset.iter().flat_map(|(upos, feats)| [*upos as u8, feats.0.to_le_bytes()[0], feats.0.to_le_bytes()[1]]).collect();
    let base = Weights::read(Vec::leak(Weights::pack(&sections)));

    let cues: Vec<Vec<Cues>> = sentences.iter().map(|sentence| sentence.forms.iter().map(|form| Cues::of(form, &base)).collect()).collect();
    let gold: Vec<Vec<u8>> =
        sentences.iter().map(|sentence| (0..sentence.len()).map(|word| tags::index(&tagset, sentence.upos[word], sentence.feats[word])).collect()).collect();

    eprintln!("tagger: {} tags", tagset.len());
    let every: Vec<usize> = (0..sentences.len()).collect();
    let tagger = tags::train(&cues, &gold, &every, tagset.len(), 18, 6);
    sections[3] = tagger.sparse(0.1);
    drop(tagger);
    eprintln!("tagging the training sentences");
    let tagged = tags::jackknife(&cues, &gold, tagset.len(), 18, 3, 4);
    eprintln!("parser");
    let parser = parser::train(&sentences, &cues, &tagged, (20, 18), 6);
    sections[4] = parser.arcs.dense();
    sections[5] = parser.labels.sparse(0.1);
    (sections[6], sections[7]) = lemmas::train(&sentences);
    for (name, section) in whodid::resource::SECTIONS.iter().zip(&sections) {
        eprintln!("{name:>10} {:>9} bytes", section.len());
    }
    std::fs::write(&out, Weights::pack(&sections)).with_context(|| format!("cannot write {}", out.display()))
}
