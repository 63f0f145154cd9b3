//! Trains the weights of the language engine; `packs/weights/MODEL-CARD.md` says on what and how to get it.
//!
//! `cargo train [--data ../shared] [--vectors target/vectors] [--silver target/silver] [-o packs/weights/weights.bin]`. The same
//! inputs give the same bytes. `cargo train words FILE` prints the words of a text.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a developer's tool that talks to its caller")]
#![allow(clippy::needless_range_loop, reason = "positions stand for words in several tables at once")]

mod clusters;
mod headlines;
mod lemmas;
mod names;
mod parser;
mod perceptron;
mod report;
mod tags;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use train::conllu;
use whodid::parse::cues::Cues;
use whodid::record::{Article, Block, Span, Zone};
use whodid::resource::{Resources, SECTIONS, Weights};

/// Features count from so many updates on.
const LEAST: u32 = 3;

// Weights under so many 127ths of the largest are not packed: what they add to the figures is less than what they add to the size.
const TAGS: u8 = 8;
const ARCS: u8 = 13;
const LABELS: u8 = 13;
const NAMES: u8 = 10;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["words", file] = arguments.as_slice() {
        return words(file.as_ref());
    }
    let mut data = PathBuf::from("../shared");
    let mut vectors = PathBuf::from("target/vectors");
    let mut silver = PathBuf::from("target/silver");
    let mut out = PathBuf::from("packs/weights/weights.bin");
    for pair in arguments.chunks(2) {
        match *pair {
            ["--data", value] => data = value.into(),
            ["--vectors", value] => vectors = value.into(),
            ["--silver", value] => silver = value.into(),
            ["-o", value] => out = value.into(),
            _ => anyhow::bail!("usage: cargo train [--data DIR] [--vectors DIR] [--silver DIR] [-o FILE]\n       cargo train words FILE"),
        }
    }
    let pack = train(&data, &vectors, &silver)?;
    let known = Resources { weights: Weights::read(Vec::leak(pack.clone())), ..Resources::embedded() };
    for name in ["en_ewt-dev", "en_gum_permissive-dev"] {
        report::report(name, &conllu::read(&data.join("treebanks").join(name).with_extension("conllu"))?, &known);
    }
    std::fs::write(&out, pack).with_context(|| format!("cannot write {}", out.display()))
}

/// Trains everything and packs it.
fn train(data: &Path, vectors: &Path, silver: &Path) -> anyhow::Result<Vec<u8>> {
    let mut sentences = conllu::read(&data.join("treebanks/en_ewt-train.conllu"))?;
    let gum = conllu::read(&data.join("treebanks/en_gum_permissive-train.conllu"))?;
    let entities = names::gum(&gum);
    sentences.extend(gum);
    let spelled = sentences.len();
    sentences.extend(headlines::headlines(&sentences));
    eprintln!("{} sentences, {} words", sentences.len(), sentences.iter().map(conllu::Sentence::len).sum::<usize>());

    // The models read clusters and lists from a pack, so that they see what the program will see.
    let known = Resources::embedded();
    let peoples = names::peoples(&known);
    let mut sections: [Vec<u8>; SECTIONS.len()] = Default::default();
    let tagset = tags::tagset(&sentences);
    sections[0] = tagset.iter().flat_map(|(upos, feats)| [*upos as u8, feats.0.to_le_bytes()[0], feats.0.to_le_bytes()[1]]).collect();
    (sections[1], sections[2]) = clusters::train(vectors, 100_000)?;
    sections[9] = names::lists(data, &known, &peoples)?;
    let base = Weights::read(Vec::leak(Weights::pack(&sections)));

    let see = |forms: &[String]| -> Vec<Cues> { forms.iter().map(|form| Cues::of(form, &base)).collect() };
    let cues: Vec<Vec<Cues>> = sentences.iter().map(|sentence| see(&sentence.forms)).collect();
    let gold: Vec<Vec<u8>> =
        sentences.iter().map(|sentence| (0..sentence.len()).map(|word| tags::index(&tagset, sentence.upos[word], sentence.feats[word])).collect()).collect();

    eprintln!("tagger: {} tags", tagset.len());
    let every: Vec<usize> = (0..sentences.len()).collect();
    let mut tagger = tags::train(&cues, &gold, &every, tagset.len(), LEAST, 12);
    sections[3] = perceptron::sparse(&tagger.quantised(), 15, TAGS);
    tagger.freeze();

    eprintln!("names");
    let mut named = entities;
    for file in
        [data.join("gold/ner/wikigold.tsv"), data.join("gold/ner/uner-ewt-dev.tsv"), silver.join("news.tsv"), silver.join("ewt.tsv"), silver.join("gum.tsv")]
    {
        named.extend(names::columns(&file)?);
    }
    named.extend(names::re3d(&data.join("gold/ner/re3d"), &known)?);
    named.iter_mut().for_each(|named| names::unify(named, &peoples, &known));
    let seen: Vec<(Vec<Cues>, Vec<u8>, &names::Named)> = named
        .iter()
        .map(|named| {
            let cues = see(&named.forms);
            let tags = tags::tag(&tagger, &cues);
            (cues, tags, named)
        })
        .collect();
    sections[8] = perceptron::sparse(&names::train(&seen, 2, 6).quantised(), 15, NAMES);
    drop((seen, tagger));

    eprintln!("tagging the training sentences");
    let tagged = tags::jackknife(&cues, &gold, tagset.len(), LEAST, 5, 4);
    eprintln!("parser");
    let parser = parser::train(&sentences, &cues, &tagged, &tagset, LEAST, 14);
    sections[4] = perceptron::dense(&parser.arcs.quantised(), 17, ARCS);
    sections[5] = perceptron::sparse(&parser.labels.quantised(), 15, LABELS);
    (sections[6], sections[7]) = lemmas::train(&sentences[..spelled]);
    for (name, section) in SECTIONS.iter().zip(&sections) {
        eprintln!("{name:>10} {:>9} bytes", section.len());
    }
    Ok(Weights::pack(&sections))
}

/// Prints the words of a text, one a line, a blank line after each sentence: for labelling by other programs.
fn words(file: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let zones = vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }];
    let article = Article { text, zones, ..Article::default() };
    let split = whodid::text::split(&article, &Resources::embedded());
    for sentence in &split.sentences {
        for word in &split.words[sentence.words.clone()] {
            println!("{}", word.of(&article.text));
        }
        println!();
    }
    Ok(())
}
