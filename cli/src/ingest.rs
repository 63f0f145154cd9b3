//! `whodid ingest`: documents into a ledger.
//!
//! One thread reads, several code, and the one that started them writes, in the order of reading: the ledger is the same
//! whatever the number of threads. What is under way at one time is bounded, so a slow document does not pile up others.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use whodid::export::record::source_issue;
use whodid::ledger::{Added, Batch, Ledger, Run};
use whodid::pipeline::Coder;
use whodid::record::{Document, Issue, Stage, identity};
use whodid::source::{self, Item, Options};

use crate::input::Columns;
use crate::{Status, guard};

/// Code documents into a ledger; what is already there is left alone
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files, folders, CSV or JSON Lines of articles; - is standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The ledger; made where there is none
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    columns: Columns,
    /// Threads that code [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// Documents to a transaction: enough that the disk is no bottleneck, few enough that little is lost when the power fails.
const BATCH: usize = 64;

/// Documents under way for each thread.
const AHEAD: usize = 16;

/// What the reading thread hands on: a place in the order, and a document or what became of it.
struct Read {
    order: u64,
    key: String,
    item: Item,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Status> {
    guard::keep_panics_quiet();
    let begun = Instant::now();
    let jobs = arguments.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let mut ledger = Ledger::open(&arguments.ledger)?;
    let run = ledger.run(&this_program()?)?;
    let done = ledger.done(run)?;
    let coder = Coder::default();
    let options = arguments.columns.options();
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    // A second interrupt ends the program at once; the transaction under way is rolled back when the ledger is next opened.
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::abort();
        }
    })
    .context("the interrupt key cannot be listened to")?;

    let skipped = AtomicU64::new(0);
    let bar = progress();
    let window = jobs * AHEAD;
    let mut tally = Tally::default();
    thread::scope(|scope| -> anyhow::Result<()> {
        let (tickets, returned) = sync_channel::<()>(window);
        let (read, to_code) = sync_channel::<Read>(window);
        let (coded, to_write) = channel::<(u64, Batch)>();
        let to_code = Arc::new(Mutex::new(to_code));

        if !bar.is_hidden() {
            let (bar, interrupted) = (bar.clone(), Arc::clone(&interrupted));
            let (sources, options) = (&arguments.sources, &options);
            scope.spawn(move || count(sources, options, &bar, &interrupted));
        }
        let (sources, options, done, skipped, stop) = (&arguments.sources, &options, &done, &skipped, &interrupted);
        let skip_bar = bar.clone();
        scope.spawn(move || {
            let mut order = 0;
            for item in source::open(sources, options) {
                let key = key(&item);
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                if done.contains(&key) {
                    skipped.fetch_add(1, Ordering::Relaxed);
                    skip_bar.inc(1);
                    continue;
                }
                // Either fails only where the writer has met an error and gone.
                if tickets.send(()).is_err() || read.send(Read { order, key, item }).is_err() {
                    break;
                }
                order += 1;
            }
        });
        for _ in 0..jobs {
            let (coder, to_code, coded) = (&coder, Arc::clone(&to_code), coded.clone());
            scope.spawn(move || code(coder, &to_code, &coded));
        }
        drop(coded);
        drop(to_code);
        write(&mut ledger, run, &to_write, &returned, &bar, &mut tally)
    })?;
    bar.finish_and_clear();

    let there = match skipped.into_inner() {
        0 => String::new(),
        skipped => format!(", {skipped} already there"),
    };
    let Tally { documents, unread, records, added } = tally;
    let Added { new, revised, withdrawn } = added;
    writeln!(
        io::stderr(),
        "{documents} documents coded{there}, {unread} not read; {new} rows new, {revised} revised, {withdrawn} withdrawn; {:.1} s",
        begun.elapsed().as_secs_f64()
    )?;
    if interrupted.load(Ordering::Relaxed) {
        writeln!(io::stderr(), "whodid: interrupted; run the same command again to go on")?;
        return Ok(Status::Interrupted);
    }
    Ok(if documents > 0 && records == 0 { Status::Negative } else { Status::Done })
}

#[derive(Default)]
struct Tally {
    documents: u64,
    unread: u64,
    /// Records other than articles and issues.
    records: u64,
    added: Added,
}

/// Codes until nothing more comes.
fn code(coder: &Coder, to_code: &Mutex<Receiver<Read>>, coded: &Sender<(u64, Batch)>) {
    loop {
        let next = to_code.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Read { order, key, item }) = next else { break };
        let batch = match item {
            Ok(document) => Batch { key, source: name(&document).to_owned(), records: guard::code(coder, &document) },
            Err(problem) => {
                let issue = Issue { stage: Stage::Source, span: None, problem: join(&problem.what, &problem.mend) };
                Batch { key, records: vec![source_issue(&problem.place, &issue)], source: problem.place }
            }
        };
        if coded.send((order, batch)).is_err() {
            break;
        }
    }
}

/// Writes what was coded, in the order of reading.
fn write(ledger: &mut Ledger, run: i64, coded: &Receiver<(u64, Batch)>, tickets: &Receiver<()>, bar: &ProgressBar, tally: &mut Tally) -> anyhow::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut batches = Vec::with_capacity(BATCH);
    let mut flush = |batches: &mut Vec<Batch>| -> anyhow::Result<()> {
        let added = ledger.append(run, batches)?;
        tally.added.new += added.new;
        tally.added.revised += added.revised;
        tally.added.withdrawn += added.withdrawn;
        for batch in batches.drain(..) {
            let kinds = || batch.records.iter().map(|record| record["kind"].as_str().unwrap_or(""));
            *(if kinds().any(|kind| kind == "article") { &mut tally.documents } else { &mut tally.unread }) += 1;
            tally.records += kinds().filter(|kind| !matches!(*kind, "article" | "issue")).count() as u64;
        }
        Ok(())
    };
    for (order, batch) in coded {
        early.insert(order, batch);
        while let Some(batch) = early.remove(&next) {
            next += 1;
            let _ = tickets.recv();
            bar.inc(1);
            batches.push(batch);
            if batches.len() == BATCH {
                flush(&mut batches)?;
            }
        }
    }
    flush(&mut batches)
}

/// Counts the documents ahead of their coding, so that the time left can be told.
fn count(sources: &[PathBuf], options: &Options, bar: &ProgressBar, interrupted: &AtomicBool) {
    if sources.iter().any(|source| source == Path::new("-")) {
        return;
    }
    let mut total = 0;
    for _ in source::open(sources, options) {
        total += 1;
        if interrupted.load(Ordering::Relaxed) {
            return;
        }
    }
    bar.set_length(total);
}

fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{pos} of {len} documents, {per_sec}, {eta} left {wide_bar}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// What codes. The program carries its resources, so the hash of its file stands for all of them.
fn this_program() -> anyhow::Result<Run> {
    let path = std::env::current_exe().context("the program cannot find its own file")?;
    let bytes = std::fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let resources = serde_json::json!({ "program": identity::sha256_hex(&bytes) });
    Ok(Run { program: concat!("whodid ", env!("CARGO_PKG_VERSION")).to_owned(), resources: resources.to_string(), options: "{}".to_owned() })
}

/// What tells a document from every other: where it is from, its bytes, and what is known from outside.
fn key(item: &Item) -> String {
    let mut all = Vec::new();
    match item {
        Ok(document) => {
            let stamp = |stamp: &Option<whodid::record::Stamp>| stamp.map_or_else(String::new, |stamp| format!("{stamp:?}"));
            let known = [&document.title, &document.publisher].map(|text| text.as_deref().unwrap_or("").to_owned());
            for part in [name(document), &known[0], &known[1], &stamp(&document.published), &stamp(&document.retrieved)] {
                all.extend_from_slice(part.as_bytes());
                all.push(0);
            }
            all.extend_from_slice(&document.bytes);
        }
        Err(problem) => all.extend_from_slice(problem.to_string().as_bytes()),
    }
    identity::sha256_hex(&all)
}

fn name(document: &Document) -> &str {
    document.url.as_deref().unwrap_or(&document.path)
}

fn join(what: &str, mend: &str) -> String {
    if mend.is_empty() { what.to_owned() } else { format!("{what}; {mend}") }
}
