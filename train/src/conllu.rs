//! Treebanks in CoNLL-U.

use std::path::Path;

use anyhow::Context as _;
use whodid::record::{Article, Block, Deprel, Feats, Span, Text, Upos, Zone};

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Spellings.
    pub forms: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Features.
    pub feats: Vec<Feats>,
    /// Governors, counted from 0; the number of words means the root.
    pub heads: Vec<u16>,
    /// Relations.
    pub labels: Vec<Deprel>,
    /// Last column.
    pub misc: Vec<String>,
    /// The sentence as running text, from the comment.
    pub text: String,
    /// Bytes of each word in `text`; none where its spelling does not stand there.
    pub spans: Vec<Option<(usize, usize)>>,
    /// Whether a paragraph begins with it.
    pub paragraph: bool,
}

impl Sentence {
    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether it has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Finds the words in the text, one after another.
    fn align(&mut self) {
        let mut at = 0;
        for form in &self.forms {
            let found = self.text[at..].find(form.as_str()).filter(|&gap| self.text[at..at + gap].trim().is_empty());
            self.spans.push(found.map(|gap| (at + gap, at + gap + form.len())));
            if let Some(gap) = found {
                at += gap + form.len();
            }
        }
    }
}

/// The features that the program keeps of a FEATS column.
#[must_use]
pub fn feats(upos: Upos, column: &str) -> Feats {
    let mut feats = Feats::default();
    let verbal = matches!(upos, Upos::Verb | Upos::Aux);
    let third = column.contains("Person=3") && column.contains("Tense=Pres");
    for pair in column.split('|') {
        let add = match pair {
            "Tense=Past" if verbal => Feats::PAST,
            "Tense=Pres" if verbal => Feats::PRES,
            "VerbForm=Fin" if verbal => Feats::FIN,
            "VerbForm=Inf" if verbal => Feats::INF,
            "VerbForm=Part" if verbal => Feats::PART,
            "VerbForm=Ger" if verbal => Feats::GER,
            "Voice=Pass" if verbal => Feats::PASS,
            "Mood=Imp" if verbal => Feats::IMP,
            "Number=Plur" | "Number=Ptan" if !verbal && matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det) => Feats::PLUR,
            "Number=Sing" if matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det) || (verbal && third) => Feats::SING,
            "Poss=Yes" => Feats::POSS,
            "Degree=Cmp" | "Degree=Sup" => Feats::CMP,
            _ => continue,
        };
        feats = feats.with(add);
    }
    feats
}

/// Reads a treebank.
///
/// # Errors
///
/// Where the file cannot be read, or a line is not CoNLL-U of the English scheme.
pub fn read(path: &Path) -> anyhow::Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut paragraph = true;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !sentence.is_empty() {
                sentence.align();
                sentence.paragraph = std::mem::take(&mut paragraph);
                let count = sentence.len() as u16;
                for head in &mut sentence.heads {
                    *head = if *head == 0 { count } else { *head - 1 };
                }
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
        if let Some(text) = line.strip_prefix("# text = ") {
            text.clone_into(&mut sentence.text);
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() != 10 || columns[0].contains(['-', '.']) {
            continue;
        }
        let wrong = || format!("{}:{}", path.display(), number + 1);
        let upos = Upos::parse(columns[3]).with_context(wrong)?;
        let label = Deprel::parse(columns[7]).or_else(|| Deprel::parse(columns[7].split(':').next()?)).with_context(wrong)?;
        sentence.forms.push(columns[1].to_owned());
        sentence.lemmas.push(columns[2].to_owned());
        sentence.upos.push(upos);
        sentence.feats.push(feats(upos, columns[5]));
        sentence.heads.push(columns[6].parse().with_context(wrong)?);
        sentence.labels.push(label);
        sentence.misc.push(columns[9].to_owned());
    }
    Ok(sentences)
}

/// Lifts arcs that cross others until none does: the parser makes projective trees only.
pub fn projectivise(heads: &mut [u16]) {
    let count = heads.len();
    for _ in 0..count * count {
        let mut worst: Option<(usize, usize)> = None;
        for child in 0..count {
            let head = heads[child] as usize;
            if head >= count || !crosses(heads, child) {
                continue;
            }
            let length = head.abs_diff(child);
            if worst.is_none_or(|(_, shortest)| length < shortest) {
                worst = Some((child, length));
            }
        }
        let Some((child, _)) = worst else { return };
        heads[child] = heads[heads[child] as usize];
    }
}

/// Whether a word between `child` and its governor hangs on something outside.
fn crosses(heads: &[u16], child: usize) -> bool {
    let head = heads[child] as usize;
    let (low, high) = (head.min(child), head.max(child));
    (low + 1..high).any(|inner| {
        // Follow up to the arc's governor, or out.
        let mut at = inner;
        loop {
            if at == head {
                return false;
            }
            if at >= heads.len() {
                return true;
            }
            at = heads[at] as usize;
        }
    })
}

/// The gold words, spelled out one after another, as if the splitter had found them.
#[must_use]
pub fn spelled(sentences: &[Sentence]) -> (Article, Text) {
    let mut article = Article::default();
    let mut text = Text::default();
    for sentence in sentences {
        let first = text.words.len();
        let start = article.text.len();
        for form in &sentence.forms {
            let at = article.text.len();
            article.text.push_str(form);
            text.words.push(Span::new(at, article.text.len()));
            article.text.push(' ');
        }
        article.text.pop();
        let span = Span::new(start, article.text.len());
        article.text.push('\n');
        text.sentences.push(whodid::record::Sentence { span, words: first..text.words.len(), block: article.zones.len(), zone: Zone::Body });
        article.zones.push(Block { span, zone: Zone::Body });
    }
    (article, text)
}
