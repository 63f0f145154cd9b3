//! Dictionaries that users of PETRARCH already have: verbs (PETRARCH 2), actors, agents, discards, as they are.
//!
//! A line that cannot be read is a [`Problem`] with its file and number; the rest of the file is used.

mod phrases;
mod verbs;

use std::fmt;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

pub use phrases::{ActorCode, Agent, Phrases};
pub use verbs::{Block, Form, Part, Pattern, Token, Transformation, Verbs};

/// A line that could not be read, or a file that was left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// All dictionaries of a folder.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// Verbs and their patterns.
    pub verbs: Verbs,
    /// Actors and agents.
    pub phrases: Phrases,
    /// Phrases that make a sentence unfit, upper case, each with a blank before it.
    pub discarded: Vec<String>,
    /// Phrases that make a whole story unfit.
    pub discarded_stories: Vec<String>,
    /// How codes add up.
    pub codes: Codes,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Dictionaries {
    /// Reads the dictionaries of a folder; its files are told apart by their names (`verb` or `CAMEO`, `actors`, `agents`, `discards`,
    /// `Ontology`). Fails where the folder or a file cannot be read, or no verbs or actors are among them.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|end| end == "txt"));
        files.sort();
        let mut found = Self { codes: Codes::embedded(), ..Self::default() };
        let (mut verbs, mut actors) = (false, false);
        for file in files {
            let name = file.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
            let text = without_remarks(&String::from_utf8_lossy(&std::fs::read(&file)?));
            let mut problems = Vec::new();
            let mut wrong = |line: usize, what: String| problems.push(Problem { file: file.clone(), line, what });
            if name.contains("actors") {
                actors = true;
                found.phrases.read_actors(&text, &mut wrong);
            } else if name.contains("agents") {
                found.phrases.read_agents(&text, &mut wrong);
            } else if name.contains("discards") {
                found.read_discards(&text);
            } else if name.contains("ontology") {
                found.codes = Codes::read(&text, &mut wrong);
            } else if name.contains("verb") || name.starts_with("cameo") {
                verbs = true;
                found.verbs.read(&text, &mut wrong);
            } else if !name.contains("issue") {
                wrong(0, "not a dictionary of verbs, actors, agents or discards by its name: left alone".into());
            }
            found.problems.extend(problems);
        }
        let missing = |what: &str| std::io::Error::new(std::io::ErrorKind::NotFound, format!("{}: holds no dictionary of {what}", folder.display()));
        match (verbs, actors) {
            (false, _) => Err(missing("verbs (a .txt whose name has \"verb\" or starts with \"CAMEO\")")),
            (_, false) => Err(missing("actors (a .txt whose name has \"actors\")")),
            _ => Ok(found),
        }
    }

    fn read_discards(&mut self, text: &str) {
        for line in text.lines() {
            let line = uncommented(line);
            let phrase = line.trim_start_matches('+').trim();
            if phrase.is_empty() {
                continue;
            }
            let phrase = format!(" {}", phrase.replace('_', " ").to_uppercase());
            if line.starts_with('+') { self.discarded_stories.push(phrase) } else { self.discarded.push(phrase) }
        }
    }
}

/// A line without its comment, ends trimmed.
fn uncommented(line: &str) -> &str {
    line.split('#').next().unwrap_or("").trim()
}

/// A file without its `<!-- … -->`, which may run over lines; its lines keep their numbers.
fn without_remarks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        let (remark, after) = after.split_once("-->").unwrap_or((after, ""));
        kept.extend(remark.chars().filter(|&character| character == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// CAMEO codes as numbers of PETRARCH's coding ontology, and back.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    values: FxHashMap<String, i32>,
    names: FxHashMap<i32, String>,
}

/// What is taken from a code to make it a refusal.
const NEGATED: i32 = 0xFFFF;

impl Codes {
    fn embedded() -> Self {
        let mut codes = Self::default();
        for line in include_str!("../../../data/petrarch/codes.tsv").lines().filter(|line| !line.starts_with('#')) {
            if let Some((code, value)) = line.split_once('\t')
                && let Ok(value) = value.parse()
            {
                codes.add(code, value);
            }
        }
        codes
    }

    fn read(text: &str, wrong: &mut impl FnMut(usize, String)) -> Self {
        let mut codes = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = uncommented(line);
            if line.is_empty() {
                continue;
            }
            match line.split_once(':').and_then(|(code, sum)| Some((code.trim(), sum_of(sum)?))) {
                Some((code, value)) => codes.add(code, value),
                None => wrong(number + 1, format!("not a code and its number: '{line}'")),
            }
        }
        codes
    }

    fn add(&mut self, code: &str, value: i32) {
        self.values.insert(code.into(), value);
        self.names.entry(value).or_insert_with(|| code.into());
    }

    /// The code of the opposite: what is not done.
    #[must_use]
    pub fn negated(&self, code: &str) -> Option<&str> {
        let value = self.values.get(code)?;
        self.names.get(&value.checked_sub(NEGATED)?).map(String::as_str)
    }

    /// The code of an act under a verb that intends, asks or threatens it; none where the sum is no code.
    #[must_use]
    pub fn under(&self, outer: &str, inner: &str) -> Option<&str> {
        let (outer, inner) = (*self.values.get(outer)?, *self.values.get(inner)?);
        let modal = outer & 0xF000;
        (modal != 0 && outer == modal && inner > 0 && inner & 0xF000 == 0).then_some(())?;
        self.names.get(&(modal + inner)).map(String::as_str)
    }
}

/// "0x1000-0xFFFF", "-0xFFFF+0x0070"
fn sum_of(text: &str) -> Option<i32> {
    let mut sum = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let sign = if rest.starts_with('-') { -1 } else { 1 };
        rest = rest.trim_start_matches(['-', '+']);
        let end = rest.find(['-', '+']).unwrap_or(rest.len());
        sum = i32::checked_add(sum, sign * i32::from_str_radix(rest[..end].trim().strip_prefix("0x")?, 16).ok().filter(|part| *part <= 0x00FF_FFFF)?)?;
        rest = &rest[end..];
    }
    Some(sum)
}
