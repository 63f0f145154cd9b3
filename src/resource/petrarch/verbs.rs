//! The verb dictionary of PETRARCH 2: sets of synonyms, blocks of verbs that share patterns.

use rustc_hash::FxHashMap;

use super::uncommented;

/// Words that stand side by side, upper case, or a set of synonyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// The words.
    Words(Vec<String>),
    /// Any of the set with this number.
    Set(usize),
}

/// A part of a pattern, to one side of its verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A word of a phrase.
    Word(Token),
    /// Words of one phrase, the last its head.
    Phrase(Vec<Token>),
    /// A preposition and what stands after it.
    Prep(Vec<Token>),
    /// `$`: who stands there is the source.
    Source,
    /// `+`: who stands there is the target.
    Target,
    /// `^`: who stands there takes no part.
    Skip,
    /// `%`: all who stand there are both.
    Both,
}

impl Part {
    /// How much it asks for.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Part::Word(_) => 1,
            Part::Phrase(tokens) | Part::Prep(tokens) => tokens.len(),
            _ => 0,
        }
    }
}

/// A pattern around a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Before the verb, in text order.
    pub before: Vec<Part>,
    /// After it.
    pub after: Vec<Part>,
    /// Code, or two with a colon between: the second for the way back. Empty codes nothing.
    pub code: String,
    /// Line of the dictionary.
    pub line: usize,
}

/// Verbs that share patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Patterns in the order of the file.
    pub patterns: Vec<Pattern>,
}

/// A form of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// All words of the verb, the one that inflects among them.
    pub words: Vec<String>,
    /// Which of them inflects.
    pub verb: usize,
    /// Its block.
    pub block: usize,
    /// Its code; empty codes nothing by itself.
    pub code: String,
}

/// What a verb and the one it governs tell together: `a (b c INNER) OUTER = d e CODE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transformation {
    /// Source of the outer verb: a letter stands for the same party wherever it stands.
    pub outer_source: char,
    /// Source of the inner: a letter, `.` for anyone, `_` for nobody of its own.
    pub inner_source: char,
    /// Target of the inner.
    pub inner_target: char,
    /// The inner verb, which stands for its block; `Q` for any.
    pub inner: String,
    /// The outer verb, which stands for its block.
    pub outer: String,
    /// Source of the event.
    pub source: char,
    /// Its target.
    pub target: char,
    /// Its code, `Q` for the inner one's.
    pub code: String,
}

fn transformation(rule: &str) -> Option<Transformation> {
    let spaced = rule.replace(['(', ')', '='], " ");
    let parts: Vec<&str> = spaced.split_whitespace().collect();
    let [outer_source, inner_source, inner_target, inner, outer, source, target, code] = parts[..] else { return None };
    let letter = |part: &str| part.chars().next();
    Some(Transformation {
        outer_source: letter(outer_source)?,
        inner_source: letter(inner_source)?,
        inner_target: letter(inner_target)?,
        inner: inner.into(),
        outer: outer.into(),
        source: letter(source)?,
        target: letter(target)?,
        code: code.into(),
    })
}

/// All verbs.
#[derive(Clone, Debug, Default)]
pub struct Verbs {
    /// Transformations in the order of the file.
    pub transformations: Vec<Transformation>,
    /// Blocks.
    pub blocks: Vec<Block>,
    /// Sets of synonyms: each element's words, and whether its plural counts too.
    pub sets: Vec<Vec<(Vec<String>, bool)>>,
    /// By the form that inflects, upper case.
    forms: FxHashMap<String, Vec<Form>>,
    names: FxHashMap<String, usize>,
}

impl Verbs {
    /// The verbs that a form, upper case, may be; those of more words first.
    #[must_use]
    pub fn forms(&self, form: &str) -> &[Form] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }

    pub(super) fn read(&mut self, text: &str, wrong: &mut impl FnMut(usize, String)) {
        let mut set: Option<(usize, bool)> = None;
        let mut code = String::new();
        let earlier = self.blocks.len();
        for (number, line) in text.lines().enumerate().map(|(number, line)| (number + 1, uncommented(line))) {
            if line.is_empty() {
                continue;
            }
            if let Some(header) = line.strip_prefix("---") {
                set = None;
                code = bracketed(header).unwrap_or("").into();
                self.blocks.push(Block::default());
            } else if let Some(name) = line.strip_prefix('&') {
                let name = name.trim();
                set = Some((self.sets.len(), name.ends_with('_')));
                self.names.insert(name.trim_end_matches('_').into(), self.sets.len());
                self.sets.push(Vec::new());
            } else if let Some((set, exact)) = set {
                match line.strip_prefix('+') {
                    Some(element) => {
                        let plural = !exact && !element.ends_with('_');
                        let words = words_of(element);
                        self.sets[set].push((words, plural));
                    }
                    None => wrong(number, format!("neither an element of a set nor a block: '{line}'")),
                }
            } else if let Some(rule) = line.strip_prefix('~') {
                match transformation(rule) {
                    Some(transformation) => self.transformations.push(transformation),
                    None => wrong(number, format!("not 'a (b c VERB) VERB = d e CODE': '{line}'")),
                }
            } else if line.starts_with('-') || line.starts_with('*') {
                let Some(block) = self.blocks.len().checked_sub(1).filter(|block| *block >= earlier) else {
                    wrong(number, "a pattern before any verb".into());
                    continue;
                };
                match self.pattern(line.trim_start_matches('-'), number) {
                    Ok(pattern) => self.blocks[block].patterns.push(pattern),
                    Err(what) => wrong(number, what),
                }
            } else if self.blocks.len() == earlier {
                wrong(number, format!("a verb before any block: '{line}'"));
            } else if let Err(what) = self.verb(line, &code) {
                wrong(number, what);
            }
        }
        for forms in self.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
        }
    }

    /// "BREAK {BROKE BROKEN} [120]", "+BREAK_DOWN {+BREAKS_DOWN}"
    fn verb(&mut self, line: &str, default: &str) -> Result<(), String> {
        let code = bracketed(line).map_or_else(|| default.to_owned(), str::to_owned);
        let name_end = line.find(['{', '[']).unwrap_or(line.len());
        let name = line[..name_end].trim();
        if name.is_empty() {
            return Err(format!("no verb: '{line}'"));
        }
        let listed = line.find('{').and_then(|open| line[open + 1..].split('}').next());
        let mut forms: Vec<String> = vec![name.into()];
        match listed {
            Some(listed) => forms.extend(listed.split_whitespace().map(str::to_owned)),
            None => forms.extend(inflected(name)),
        }
        let block = self.blocks.len() - 1;
        for form in forms {
            let mut parts: Vec<&str> = form.split(['_', ' ']).filter(|part| !part.is_empty()).collect();
            let verb = parts.iter().position(|part| part.starts_with('+')).unwrap_or(0);
            for part in &mut parts {
                *part = part.trim_start_matches('+');
            }
            let Some(inflecting) = parts.get(verb) else { return Err(format!("no verb: '{form}'")) };
            let key = inflecting.to_uppercase();
            let words = parts.iter().map(|part| part.to_uppercase()).collect();
            self.forms.entry(key).or_default().push(Form { words, verb, block, code: none_if_null(&code) });
        }
        Ok(())
    }

    fn pattern(&self, text: &str, line: usize) -> Result<Pattern, String> {
        let code = bracketed(text).ok_or("a pattern without a code")?;
        let body = text.split('[').next().unwrap_or("");
        let (before, after) = body.split_once('*').ok_or("a pattern without *")?;
        Ok(Pattern { before: self.parts(before)?, after: self.parts(after)?, code: none_if_null(code), line })
    }

    fn parts(&self, text: &str) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let group = |close: char| rest.find(close).ok_or_else(|| format!("'{first}' is not closed"));
            match first {
                '{' => {
                    let end = group('}')?;
                    parts.push(Part::Phrase(self.tokens(&rest[1..end])?));
                    rest = &rest[end + 1..];
                }
                '(' => {
                    let end = group(')')?;
                    let inner = rest[1..end].replace(['{', '}'], " ");
                    let named = inner.split_whitespace().find_map(role);
                    let words: Vec<&str> = inner.split_whitespace().filter(|word| role(word).is_none()).collect();
                    parts.push(Part::Prep(self.tokens(&words.join(" "))?));
                    parts.extend(named);
                    rest = &rest[end + 1..];
                }
                _ => {
                    let end = rest.find([' ', '\t', '{', '(']).unwrap_or(rest.len());
                    let word = &rest[..end];
                    match role(word) {
                        Some(role) => parts.push(role),
                        None => parts.extend(self.tokens(word)?.into_iter().map(Part::Word)),
                    }
                    rest = &rest[end..];
                }
            }
            rest = rest.trim_start();
        }
        Ok(parts)
    }

    fn tokens(&self, text: &str) -> Result<Vec<Token>, String> {
        text.split_whitespace()
            .map(|word| match word.strip_prefix('&') {
                Some(name) => {
                    let name = name.trim_end_matches('_');
                    self.names.get(name).map(|&set| Token::Set(set)).ok_or_else(|| format!("no set of synonyms is named '&{name}' above"))
                }
                None => Ok(Token::Words(words_of(word))),
            })
            .collect()
    }
}

fn role(word: &str) -> Option<Part> {
    Some(match word {
        "$" => Part::Source,
        "+" => Part::Target,
        "^" => Part::Skip,
        "%" => Part::Both,
        _ => return None,
    })
}

fn words_of(text: &str) -> Vec<String> {
    text.trim().trim_matches('_').split(['_', ' ']).filter(|word| !word.is_empty()).map(str::to_uppercase).collect()
}

fn none_if_null(code: &str) -> String {
    if code.starts_with("--") { String::new() } else { code.trim().to_owned() }
}

/// What stands in square brackets.
fn bracketed(text: &str) -> Option<&str> {
    let open = text.find('[')?;
    Some(text[open + 1..].split(']').next().unwrap_or("").trim())
}

/// The forms that a verb without a list has: -S, -ED, -ING.
fn inflected(verb: &str) -> Vec<String> {
    let bare = verb.trim_start_matches('+');
    let plus = if verb.starts_with('+') { "+" } else { "" };
    // Only the first word inflects.
    let (first, rest) = bare.split_once('_').map_or((bare, String::new()), |(first, rest)| (first, format!("_{rest}")));
    let ends = |ends: &[&str]| ends.iter().any(|end| first.ends_with(end));
    let forms: [String; 3] = if let Some(stem) = first.strip_suffix('E') {
        [format!("{first}S"), format!("{first}D"), format!("{stem}ING")]
    } else if let Some(stem) = first.strip_suffix('Y').filter(|stem| !stem.ends_with(['A', 'E', 'I', 'O', 'U'])) {
        [format!("{stem}IES"), format!("{stem}IED"), format!("{first}ING")]
    } else if ends(&["S", "X", "Z", "CH", "SH", "O"]) {
        [format!("{first}ES"), format!("{first}ED"), format!("{first}ING")]
    } else {
        [format!("{first}S"), format!("{first}ED"), format!("{first}ING")]
    };
    forms.into_iter().map(|form| format!("{plus}{form}{rest}")).collect()
}
