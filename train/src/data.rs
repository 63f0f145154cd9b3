//! Sentences to learn from, and batches made of them.

use train::conllu::Sentence;
use whodid::parse::features::{PER_WORD, Seen, case};
use whodid::parse::names::mark;
use whodid::record::{Feats, NameKind, Upos};
use whodid::resource::Weights;
use whodid::resource::network::VECTOR;

use crate::network::Batch;
use crate::random::Random;
use crate::tags;

/// A sentence with what is known of it.
#[derive(Clone, Default)]
pub(crate) struct Example {
    /// Spellings.
    pub(crate) forms: Vec<String>,
    /// Index of the tag of each word, where its tags are known.
    pub(crate) tags: Option<Vec<u32>>,
    /// Governor (0 the root, 1 the first word) and relation of each word, where its tree is known.
    pub(crate) tree: Option<Vec<(u32, u32)>>,
    /// Mark of each word, where its names are known.
    pub(crate) marks: Option<Vec<u32>>,
    /// How much it counts.
    pub(crate) weight: f32,
    /// Whether its tags and tree are a teacher's.
    pub(crate) silver: bool,
}

impl Example {
    /// A sentence of a treebank.
    pub(crate) fn tree(sentence: &Sentence, tagset: &[(Upos, Feats)]) -> Self {
        let count = sentence.len();
        let tags = (0..count).map(|word| u32::from(tags::index(tagset, sentence.upos[word], sentence.feats[word]))).collect();
        Self { forms: sentence.forms.clone(), tags: Some(tags), tree: Some(arcs(sentence)), marks: None, weight: 1.0, silver: false }
    }

    /// Adds names to it, as first word, one past the last, kind.
    pub(crate) fn with_names(mut self, names: &[(usize, usize, NameKind)]) -> Self {
        let mut marks = vec![0u32; self.forms.len()];
        for &(start, end, kind) in names {
            for word in start..end {
                marks[word] = mark(kind, word - start, end - start) as u32;
            }
        }
        self.marks = Some(marks);
        self
    }
}

/// Governors and relations of a sentence as the network counts them.
pub(crate) fn arcs(sentence: &Sentence) -> Vec<(u32, u32)> {
    let count = sentence.len();
    let head = |word: usize| if sentence.heads[word] as usize == count { 0 } else { u32::from(sentence.heads[word]) + 1 };
    (0..count).map(|word| (head(word), sentence.labels[word] as u32)).collect()
}

/// How much a word counts whose tag and place in the tree are a teacher's.
const SILVER: f32 = 0.8;

/// Longest sentence that is learnt from.
const LONGEST: usize = 110;

/// How sentences are disturbed while learning: share of words whose spelling is hidden, of sentences in capitals, in headline case,
/// without capitals.
const HIDDEN: f32 = 0.12;
const CAPITALS: f32 = 0.02;
const HEADLINE: f32 = 0.03;
const SMALL: f32 = 0.01;

/// Batches of about `words` words: sentences of one length stand together, batches in random order.
pub(crate) fn batches(examples: &[Example], words: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let order: Vec<usize> = random.order(examples.len()).into_iter().filter(|&index| examples[index].forms.len() <= LONGEST).collect();
    let mut all = Vec::new();
    for pool in order.chunks(4000) {
        let mut pool = pool.to_vec();
        pool.sort_by_key(|&index| examples[index].forms.len());
        let mut batch = Vec::new();
        for index in pool {
            if (batch.len() + 1) * examples[index].forms.len() > words && !batch.is_empty() {
                all.push(std::mem::take(&mut batch));
            }
            batch.push(index);
        }
        if !batch.is_empty() {
            all.push(batch);
        }
    }
    random.order(all.len()).into_iter().map(|index| std::mem::take(&mut all[index])).collect()
}

/// Puts sentences side by side; `random` disturbs them.
pub(crate) fn batch(examples: &[&Example], known: &Weights, mut random: Option<&mut Random>) -> Batch {
    let longest = examples.iter().map(|example| example.forms.len()).max().unwrap_or(1);
    let all = examples.len() * longest;
    let mut batch = Batch {
        size: (examples.len(), longest),
        rows: vec![0; all * PER_WORD],
        vectors: vec![0.0; all * VECTOR],
        real: vec![0.0; all],
        tags: vec![0; all],
        heads: vec![0; all],
        labels: vec![0; all],
        marks: vec![0; all],
        tag_weight: vec![0.0; all],
        tree_weight: vec![0.0; all],
        name_weight: vec![0.0; all],
    };
    for (index, example) in examples.iter().enumerate() {
        let spelled = random.as_deref_mut().map_or_else(|| example.forms.clone(), |random| respelled(&example.forms, random));
        let mut seen: Vec<Seen> = spelled.iter().map(|form| Seen::of(form, known)).collect();
        case(&mut seen);
        for (word, mut seen) in seen.into_iter().enumerate() {
            let at = index * longest + word;
            let mut vector = known.vectors.of(seen.word);
            if let Some(random) = random.as_deref_mut() {
                // A word that is not known has neither spelling nor vector; some have one of the two.
                if random.chance(HIDDEN) {
                    let other = random.next();
                    seen.rows[0] = (other % 8192) as u32;
                    seen.rows[1] = (other >> 32) as u32 % 8192;
                    if random.chance(0.5) {
                        vector = None;
                    }
                }
            }
            batch.rows[at * PER_WORD..(at + 1) * PER_WORD].copy_from_slice(&seen.rows);
            if let Some(vector) = vector {
                for (slot, &value) in batch.vectors[at * VECTOR..].iter_mut().zip(vector) {
                    *slot = f32::from(value as i8) / 64.0;
                }
            }
            batch.real[at] = 1.0;
            let parsed = if example.silver { SILVER * example.weight } else { example.weight };
            if let Some(tags) = &example.tags {
                batch.tags[at] = tags[word];
                batch.tag_weight[at] = parsed;
            }
            if let Some(tree) = &example.tree {
                (batch.heads[at], batch.labels[at]) = tree[word];
                batch.tree_weight[at] = parsed;
            }
            if let Some(marks) = &example.marks {
                batch.marks[at] = marks[word];
                batch.name_weight[at] = example.weight;
            }
        }
    }
    batch
}

/// The spellings, now and then in capitals, as in a headline, or without capitals.
fn respelled(forms: &[String], random: &mut Random) -> Vec<String> {
    let kind = random.unit();
    let capitalised = |form: &String| {
        let mut characters = form.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    };
    if kind < CAPITALS {
        forms.iter().map(|form| form.to_uppercase()).collect()
    } else if kind < CAPITALS + HEADLINE {
        forms.iter().map(|form| if form.len() > 3 { capitalised(form) } else { form.clone() }).collect()
    } else if kind < CAPITALS + HEADLINE + SMALL {
        forms.iter().map(|form| form.to_lowercase()).collect()
    } else {
        forms.to_vec()
    }
}
