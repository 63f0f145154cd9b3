//! How fast the whole pipeline is, from text to records as JSON, and what it takes.
//!
//! Words are white-space tokens of the body. Speeds are per second of CPU time of one thread (the kernel's own count), the median of three
//! passes; `wall_` ones are by the clock, with one thread and with two. Memory is the peak of this process, which holds the
//! texts too. Startup is the wall time of the real program on a text of one line, the median of ten.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use whodid::export::record::records;
use whodid::pipeline::Coder;
use whodid::record::{Document, Format, Reading, Zone};
use whodid::trace::Silent;
use whodid::{extract, mention, source};

/// Words that are enough to time; of a larger set, documents are taken at even distances.
const ENOUGH: usize = 300_000;

pub(crate) fn score(path: &Path) -> anyhow::Result<Value> {
    let coder = Coder::default();
    let documents = sample(read(path)?);
    if documents.is_empty() {
        bail!("{}: holds no document; give csv, jsonl, txt or sgm.gz", path.display());
    }
    let (mut words, mut sentences) = (0, 0);
    let mut articles = Vec::new();
    for document in &documents {
        let article = coder.code(document).article;
        let body = article.zones.iter().filter(|block| block.zone == Zone::Body);
        words += body.map(|block| block.span.of(&article.text).split_whitespace().count()).sum::<usize>();
        sentences += coder.read(&article).0.sentences.len();
        articles.push(article);
    }
    // Coding, the parse given: who, where, when, how many, and all records.
    let known = &coder.resources;
    let read: Vec<_> = articles.iter().map(|article| coder.read(article)).collect();
    let mut coding = Vec::new();
    for _ in 0..3 {
        let start = cpu_seconds()?;
        for (article, (text, parse)) in articles.iter().zip(&read) {
            let reading = Reading::new(article, text, parse);
            let mentions = mention::find(&reading, known);
            std::hint::black_box(extract::find(&reading, &mentions, known, &mut Vec::new(), &mut Silent));
        }
        coding.push(cpu_seconds()? - start);
    }
    let mut passes = Vec::new();
    for _ in 0..3 {
        let (cpu, clock) = (cpu_seconds()?, Instant::now());
        code(&coder, documents.iter());
        passes.push((cpu_seconds()? - cpu, clock.elapsed().as_secs_f64()));
    }
    let clock = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let (coder, documents) = (&coder, &documents);
            scope.spawn(move || code(coder, documents.iter().skip(thread).step_by(2)));
        }
    });
    let two = clock.elapsed().as_secs_f64();
    let cpu = median(passes.iter().map(|pass| pass.0).collect());
    let wall = median(passes.iter().map(|pass| pass.1).collect());
    let rate = |count: usize, seconds: f64| (count as f64 / seconds).round();
    Ok(json!({
        "task": "speed", "set": super::set(path), "n": documents.len(), "words": words,
        "words_per_s": rate(words, cpu), "sentences_per_s": rate(sentences, cpu), "coding_sentences_per_s": rate(sentences, median(coding)),
        "wall_words_per_s": rate(words, wall), "wall_words_per_s_2t": rate(words, two),
        "peak_rss_mb": peak_megabytes()?, "startup_ms": startup()?,
    }))
}

fn code<'d>(coder: &Coder, documents: impl Iterator<Item = &'d Document>) {
    for document in documents {
        std::hint::black_box(records(&coder.code(document)));
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Documents at even distances, of [`ENOUGH`] words in all or a little more.
fn sample(documents: Vec<Document>) -> Vec<Document> {
    let bytes: usize = documents.iter().map(|document| document.bytes.len()).sum();
    // About six bytes a word.
    let step = bytes.div_ceil(ENOUGH * 6).max(1);
    documents.into_iter().step_by(step).collect()
}

fn read(path: &Path) -> anyhow::Result<Vec<Document>> {
    let mut paths = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).with_context(|| format!("{}: cannot be read", path.display()))? {
            paths.push(entry?.path());
        }
        paths.sort();
    } else {
        paths.push(path.to_owned());
    }
    let mut documents = Vec::new();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".sgm.gz") {
            documents.extend(reuters(&path)?);
        } else if [".csv", ".jsonl", ".html"].iter().any(|end| name.ends_with(end)) || name.ends_with(".txt") && !name.starts_with("README") {
            // What cannot be read is not timed.
            documents.extend(source::open(&[path], &source::Options::default()).filter_map(Result::ok));
        }
    }
    Ok(documents)
}

/// The stories of a file of Reuters-21578.
fn reuters(path: &Path) -> anyhow::Result<Vec<Document>> {
    let unpacked = Command::new("gzip").arg("-dc").arg(path).stderr(Stdio::null()).output().context("gzip: cannot be run")?;
    if !unpacked.status.success() {
        bail!("{}: cannot be unpacked", path.display());
    }
    let text = String::from_utf8_lossy(&unpacked.stdout).into_owned();
    let between = |story: &str, tag: &str| {
        let inside = story.split_once(&format!("<{tag}>"))?.1.split_once(&format!("</{tag}>"))?.0;
        Some(inside.replace("&lt;", "<").replace("&gt;", ">").replace("&#3;", "").replace("&amp;", "&"))
    };
    let mut documents = Vec::new();
    for (number, story) in text.split("<REUTERS ").skip(1).enumerate() {
        let Some(body) = between(story, "BODY") else { continue };
        let date = between(story, "DATE").and_then(|date| source::parse_date(date.split_whitespace().next()?));
        documents.push(Document {
            bytes: body.into_bytes(),
            format: Format::Text,
            path: format!("{}#{number}", path.display()),
            title: between(story, "TITLE"),
            publisher: Some("Reuters".to_owned()),
            published: date,
            ..Document::default()
        });
    }
    Ok(documents)
}

/// Seconds that this thread has run on a processor.
fn cpu_seconds() -> anyhow::Result<f64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").context("/proc/thread-self/schedstat: cannot be read; speed is timed on Linux only")?;
    let nanoseconds: u64 = line.split_whitespace().next().unwrap_or("").parse().context("/proc/thread-self/schedstat: has no number")?;
    Ok(nanoseconds as f64 / 1e9)
}

fn peak_megabytes() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status: cannot be read")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("/proc/self/status: has no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().context("/proc/self/status: VmHWM is no number")?;
    Ok((kilobytes / 102.4).round() / 10.0)
}

/// Milliseconds from the start of the real program to its end on one line of text.
fn startup() -> anyhow::Result<f64> {
    let built = Command::new("cargo").args(["build", "--release", "-q", "-p", "whodid"]).status().context("cargo: cannot be run")?;
    if !built.success() {
        bail!("the program does not build");
    }
    let mut times = Vec::new();
    for _ in 0..10 {
        let clock = Instant::now();
        let mut child = Command::new("target/release/whodid")
            .args(["code", "-", "--format", "jsonl"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("target/release/whodid: cannot be run")?;
        if let Some(mut input) = child.stdin.take() {
            std::io::Write::write_all(&mut input, b"Rebels shelled the town on Monday.")?;
        }
        child.wait()?;
        times.push(clock.elapsed().as_secs_f64() * 1000.0);
    }
    Ok((median(times) * 10.0).round() / 10.0)
}
