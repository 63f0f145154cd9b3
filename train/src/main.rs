//! Trains the weights of the language engine; `packs/weights/MODEL-CARD.md` says on what and how to get it.
//!
//! `cargo train net` trains the network into target/net.bin, `cargo train pack` packs it with lemma rules, word vectors and lists. The
//! same inputs give the same bytes. `cargo train words FILE` prints the words of a text.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a developer's tool that talks to its caller")]
#![allow(clippy::needless_range_loop, reason = "positions stand for words in several tables at once")]

mod data;
mod headlines;
mod learn;
mod lemmas;
mod names;
mod network;
mod pack;
mod parameters;
mod random;
mod ranker;
mod relations;
mod report;
mod sets;
mod tags;
mod teacher;
mod vectors;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use whodid::record::{Article, Block, Span, Zone};
use whodid::resource::Resources;

/// Where things are, and how long to learn.
struct Options {
    data: PathBuf,
    vectors: PathBuf,
    out: PathBuf,
    teacher: PathBuf,
    silver: Option<PathBuf>,
    epochs: usize,
}

impl Options {
    fn epochs_or(&self, usual: usize) -> usize {
        if self.epochs == 0 { usual } else { self.epochs }
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let usage = "usage: cargo train net|teacher|silver|pack|ranker [--data DIR] [--vectors DIR] [--epochs N] [--teacher DIR] [--silver FILE] [-o FILE]\n       cargo train words FILE";
    let (&task, rest) = arguments.split_first().context(usage)?;
    if let ("words", [file]) = (task, rest) {
        return words(file.as_ref());
    }
    let mut options =
        Options { data: "../shared".into(), vectors: "target/vectors".into(), teacher: "target/teacher".into(), silver: None, out: PathBuf::new(), epochs: 0 };
    for pair in rest.chunks(2) {
        match *pair {
            ["--data", value] => options.data = value.into(),
            ["--vectors", value] => options.vectors = value.into(),
            ["--teacher", value] => options.teacher = value.into(),
            ["--silver", value] => options.silver = Some(value.into()),
            ["--epochs", value] => options.epochs = value.parse().context("--epochs")?,
            ["-o", value] => options.out = value.into(),
            _ => anyhow::bail!(usage),
        }
    }
    let or = |path: &Path, default: &str| if path.as_os_str().is_empty() { PathBuf::from(default) } else { path.to_owned() };
    match task {
        "net" => net(&options, &or(&options.out, "target/net.bin")),
        "teacher" => teacher(&options, &or(&options.out, "target/teacher.bin")),
        "silver" => silver(&options, &or(&options.out, "target/silver.tsv")),
        "pack" => pack(&options, &or(&options.out, "packs/weights/weights.bin")),
        "ranker" => ranker::ranker(&or(&options.out, "packs/ranker/ranker.bin")),
        _ => anyhow::bail!(usage),
    }
}

/// Trains the network.
fn net(options: &Options, out: &Path) -> anyhow::Result<()> {
    let sets = sets::Sets::read(&options.data)?;
    let base = pack::base(options, &sets)?;
    let examples = sets.examples(&base.tagset, options.silver.as_deref())?;
    let model = network::parameters(base.tagset.len(), 1);
    let plan = learn::Plan { epochs: options.epochs_or(36), words: 1400, rate: 2e-3, look: 3 };
    learn::learn(&learn::Small, model, &examples, &sets.dev, &base, &plan, out)
}

/// Trains the teacher, on what has a tree.
fn teacher(options: &Options, out: &Path) -> anyhow::Result<()> {
    let sets = sets::Sets::read(&options.data)?;
    let base = pack::base(options, &sets)?;
    let examples: Vec<_> = sets.examples(&base.tagset, None)?.into_iter().filter(|example| example.tree.is_some() && example.weight >= 1.0).collect();
    let (teacher, model) = teacher::Teacher::read(&options.teacher, base.tagset.len())?;
    let plan = learn::Plan { epochs: options.epochs_or(6), words: 450, rate: 1e-3, look: 1 };
    learn::learn(&teacher, model, &examples, &sets.dev, &base, &plan, out)
}

/// Has the teacher parse the sentences that have names and no tree: a line a sentence, tag, governor and relation of each word.
fn silver(options: &Options, out: &Path) -> anyhow::Result<()> {
    let sets = sets::Sets::read(&options.data)?;
    let base = pack::base(options, &sets)?;
    let (teacher, _) = teacher::Teacher::read(&options.teacher, base.tagset.len())?;
    let model = parameters::Parameters::load(Path::new("target/teacher.bin"))?;
    let examples: Vec<_> = sets.free().map(|forms| data::Example { forms: forms.clone(), ..data::Example::default() }).collect();
    let mut text = String::new();
    for sentence in learn::label(&teacher, &model, &examples, &base)? {
        let words: Vec<String> = sentence.iter().map(|(tag, head, label)| format!("{tag},{head},{label}")).collect();
        text.push_str(&words.join("\t"));
        text.push('\n');
    }
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

/// Packs the network with the rest, and says how good the pack is.
fn pack(options: &Options, out: &Path) -> anyhow::Result<()> {
    let sets = sets::Sets::read(&options.data)?;
    let model = parameters::Parameters::load(Path::new("target/net.bin"))?;
    let pack = pack::pack(options, &sets, &model)?;
    eprintln!("{} bytes", pack.len());
    let known = Resources { weights: whodid::resource::Weights::read(Vec::leak(pack.clone())), ..Resources::embedded() };
    for (name, sentences) in &sets.dev {
        report::report(name, sentences, &known);
    }
    std::fs::write(out, pack).with_context(|| format!("cannot write {}", out.display()))
}

/// Prints the words of a text, one a line, a blank line after each sentence: for labelling.
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
