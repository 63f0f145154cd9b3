//! Actors with their dated codes, and agents: nouns that stand for someone of an actor.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::uncommented;

/// Words of a phrase; more is a line gone wrong.
const LONGEST: usize = 16;

/// A code of an actor and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorCode {
    /// The code; empty for one who is known and has none.
    pub code: String,
    /// First day, open where absent.
    pub from: Option<Date>,
    /// Last day, open where absent.
    pub to: Option<Date>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its code.
    pub code: String,
    /// Whether the code stands before that of the actor ("NGO~").
    pub first: bool,
}

/// Actors and agents by phrase, upper case, words split by one blank.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    actors: FxHashMap<String, Vec<ActorCode>>,
    agents: FxHashMap<String, Agent>,
    /// Words of the longest phrase.
    longest: usize,
}

impl Phrases {
    /// The code of an actor on a day: none where the phrase names nobody, empty where it names one without a code.
    #[must_use]
    pub fn actor(&self, phrase: &str, day: Option<Date>) -> Option<&str> {
        let codes = self.actors.get(phrase)?;
        let holds = |code: &&ActorCode| match day {
            Some(day) => code.from.is_none_or(|from| from <= day) && code.to.is_none_or(|to| day <= to),
            None => false,
        };
        let dated = codes.iter().filter(|code| code.from.is_some() || code.to.is_some()).find(holds);
        let undated = || codes.iter().find(|code| code.from.is_none() && code.to.is_none());
        Some(dated.or_else(undated).map_or("", |code| &code.code))
    }

    /// The agent of a phrase.
    #[must_use]
    pub fn agent(&self, phrase: &str) -> Option<&Agent> {
        self.agents.get(phrase)
    }

    /// Words of the longest phrase.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }

    pub(super) fn read_actors(&mut self, text: &str, wrong: &mut impl FnMut(usize, String)) {
        let mut names: Vec<String> = Vec::new();
        let mut codes: Vec<ActorCode> = Vec::new();
        for (number, line) in text.lines().enumerate().map(|(number, line)| (number + 1, line)) {
            let line = uncommented(line);
            if line.is_empty() {
                continue;
            }
            let (name, brackets) = line.find('[').map_or((line, ""), |open| line.split_at(open));
            let name = name.trim();
            if !name.is_empty() && !name.starts_with('+') {
                self.keep(&mut names, &mut codes);
            }
            let name = phrase(name.trim_start_matches('+'));
            if name.split(' ').count() > LONGEST {
                wrong(number, format!("a name of more than {LONGEST} words"));
            } else if !name.is_empty() {
                names.push(name);
            }
            for part in brackets.split('[').filter(|part| !part.trim().is_empty()) {
                match part.split_once(']').map(|(inner, _)| inner) {
                    Some(inner) => match dated(inner) {
                        Ok(code) => codes.push(code),
                        Err(what) => wrong(number, what),
                    },
                    None => wrong(number, format!("'[{part}' is not closed")),
                }
            }
        }
        self.keep(&mut names, &mut codes);
    }

    fn keep(&mut self, names: &mut Vec<String>, codes: &mut Vec<ActorCode>) {
        for name in names.drain(..).filter(|name| !name.is_empty()) {
            self.longest = self.longest.max(name.split(' ').count());
            // A phrase may come again: its later codes hold where the earlier do not.
            self.actors.entry(name).or_default().extend(codes.iter().cloned());
        }
        codes.clear();
    }

    pub(super) fn read_agents(&mut self, text: &str, wrong: &mut impl FnMut(usize, String)) {
        let mut sets: Vec<(String, Vec<String>)> = Vec::new();
        for (number, line) in text.lines().enumerate().map(|(number, line)| (number + 1, uncommented(line))) {
            if line.is_empty() {
                continue;
            }
            if let Some((name, elements)) = line.split_once('=').filter(|(name, _)| name.trim().starts_with('!')) {
                sets.push((name.trim().into(), elements.split(',').map(|element| element.trim().to_owned()).collect()));
                continue;
            }
            let Some(code) = line.find('[').and_then(|open| line[open + 1..].split(']').next()) else {
                wrong(number, format!("an agent without a code: '{line}'"));
                continue;
            };
            let agent = Agent { code: code.replace('~', "").trim().to_uppercase(), first: code.trim().ends_with('~') };
            let name = line[..line.find(['{', '[']).unwrap_or(line.len())].trim();
            if name.is_empty() || name.split(['_', ' ']).count() > LONGEST {
                wrong(number, format!("no agent, or one of more than {LONGEST} words: '{line}'"));
                continue;
            }
            let listed = line.find('{').map(|open| line[open + 1..].split('}').next().unwrap_or("").trim());
            let expanded = match sets.iter().find(|(set, _)| name.contains(set.as_str())) {
                Some((set, elements)) => elements.iter().map(|element| phrase(&name.replace(set.as_str(), element))).collect(),
                None => vec![phrase(name)],
            };
            let own = expanded.len() > 1;
            for name in expanded {
                self.longest = self.longest.max(name.split(' ').count());
                match listed {
                    Some("") => {}
                    Some(plural) => {
                        self.agents.insert(phrase(plural), agent.clone());
                    }
                    None if own => {}
                    None => {
                        self.agents.insert(plural_of(&name), agent.clone());
                    }
                }
                self.agents.insert(name, agent.clone());
            }
        }
    }
}

/// "MINAS_TIRITH " -> "MINAS TIRITH"
fn phrase(text: &str) -> String {
    text.split(['_', ' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_uppercase()
}

fn plural_of(name: &str) -> String {
    match name.strip_suffix('Y').filter(|stem| !stem.ends_with(['A', 'E', 'I', 'O', 'U'])) {
        Some(stem) => format!("{stem}IES"),
        None if name.ends_with(['S', 'X', 'Z']) || name.ends_with("CH") || name.ends_with("SH") => format!("{name}ES"),
        None => format!("{name}S"),
    }
}

/// "USAGOV 780101-000101", "HRV >920115", "YUGHRV <910625", "ARN"
fn dated(text: &str) -> Result<ActorCode, String> {
    let text = text.trim();
    let split = text.find(|character: char| character.is_whitespace() || matches!(character, '<' | '>')).unwrap_or(text.len());
    let (code, when) = text.split_at(split);
    let code = if code.starts_with("--") { String::new() } else { code.trim().to_uppercase() };
    let when: String = when.chars().filter(|character| !character.is_whitespace()).collect();
    let (from, to) = if let Some(day) = when.strip_prefix('<') {
        (None, Some(day_of(day)?))
    } else if let Some(day) = when.strip_prefix('>') {
        (Some(day_of(day)?), None)
    } else if let Some((from, to)) = when.split_once('-') {
        (Some(day_of(from)?), Some(day_of(to)?))
    } else if when.is_empty() {
        (None, None)
    } else {
        return Err(format!("'{when}' is no date range"));
    };
    // Ends the wrong way round mean the range between them.
    let (from, to) = if from.zip(to).is_some_and(|(from, to)| from > to) { (to, from) } else { (from, to) };
    Ok(ActorCode { code, from, to })
}

/// YYMMDD, where 30 and below is of this century, or YYYYMMDD.
fn day_of(text: &str) -> Result<Date, String> {
    let wrong = || format!("'{text}' is no day: YYMMDD or YYYYMMDD");
    let number: u32 = text.parse().map_err(|_| wrong())?;
    let (year, rest) = (number / 10_000, number % 10_000);
    let year = match text.len() {
        6 if year <= 30 => 2000 + year,
        6 => 1900 + year,
        8 => year,
        _ => return Err(wrong()),
    };
    Date::new(i16::try_from(year).map_err(|_| wrong())?, (rest / 100) as i8, (rest % 100) as i8).map_err(|_| wrong())
}
