//! The language layer of one article: sentences, words, tree, names. Filled by `text` and `parse`, read by everything after.

use std::ops::Range;

use super::{Article, Span, Zone};

/// Sentences and words. Words are UD words: "don't" is "do" and "n't", "Syria's" is "Syria" and "'s".
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// In text order. A sentence never crosses a block.
    pub sentences: Vec<Sentence>,
    /// Surface of each word of the article, in text order.
    pub words: Vec<Span>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first word to its last.
    pub span: Span,
    /// Its words: indices into [`Text::words`].
    pub words: Range<usize>,
    /// Index of its block in [`Article::zones`].
    pub block: usize,
    /// Type of that block.
    pub zone: Zone,
}

/// Index of a word in [`Text::words`]: counted over the whole article, not the sentence.
pub type Word = usize;

/// [`Parse::head`] of the root of a sentence.
pub const ROOT: u32 = u32::MAX;

/// Tags, tree and names: one entry a word, the same indices as [`Text::words`].
#[derive(Clone, Debug, Default)]
pub struct Parse {
    /// Universal part of speech.
    pub upos: Vec<Upos>,
    /// Morphological features.
    pub feats: Vec<Feats>,
    /// Governor: an index into [`Text::words`] in the same sentence, or [`ROOT`]. Each sentence is one tree.
    pub head: Vec<u32>,
    /// Relation to the governor.
    pub deprel: Vec<Deprel>,
    /// Lemmas, one after another, as UD has them: lower case but for proper nouns, "I" and adjectives of peoples ("Syrian").
    pub lemmas: String,
    /// Where each lemma stands in `lemmas`.
    pub lemma: Vec<Span>,
    /// Names, in text order, without overlap.
    pub names: Vec<Name>,
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

super::closed_list! {
    /// What a name names.
    pub enum NameKind { Person = "person", Organization = "organization", Location = "location", Norp = "norp" }
}

super::closed_list! {
    /// Universal part-of-speech tag.
    pub enum Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

super::closed_list! {
    /// Universal dependency relation, with the English subtypes that coding needs.
    pub enum Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod", Appos = "appos",
        Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound",
        CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked", NmodDesc = "nmod:desc", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Nummod = "nummod",
        Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// Morphological features of one word, packed. Values are those of UD English that coding reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats(pub u16);

impl Feats {
    /// Tense=Past.
    pub const PAST: Feats = Feats(1);
    /// Tense=Pres.
    pub const PRES: Feats = Feats(1 << 1);
    /// VerbForm=Fin.
    pub const FIN: Feats = Feats(1 << 2);
    /// VerbForm=Inf.
    pub const INF: Feats = Feats(1 << 3);
    /// VerbForm=Part.
    pub const PART: Feats = Feats(1 << 4);
    /// VerbForm=Ger.
    pub const GER: Feats = Feats(1 << 5);
    /// Voice=Pass.
    pub const PASS: Feats = Feats(1 << 6);
    /// Number=Plur.
    pub const PLUR: Feats = Feats(1 << 7);
    /// Number=Sing.
    pub const SING: Feats = Feats(1 << 8);
    /// Mood=Imp.
    pub const IMP: Feats = Feats(1 << 9);
    /// Poss=Yes.
    pub const POSS: Feats = Feats(1 << 10);
    /// Degree=Cmp or Sup.
    pub const CMP: Feats = Feats(1 << 11);

    /// Whether all features of `other` are set.
    #[must_use]
    pub fn has(self, other: Feats) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the features of `other` set too.
    #[must_use]
    pub fn with(self, other: Feats) -> Feats {
        Feats(self.0 | other.0)
    }
}

impl Parse {
    /// Lemma of a word.
    #[must_use]
    pub fn lemma(&self, word: Word) -> &str {
        self.lemma[word].of(&self.lemmas)
    }
}

/// An article with its language layer: what mentions and extraction read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The story.
    pub article: &'a Article,
    /// Its sentences and words.
    pub text: &'a Text,
    /// Its tags, tree and names.
    pub parse: &'a Parse,
    children: Vec<u32>,
    first_child: Vec<u32>,
    sentence_of: Vec<u32>,
}

impl<'a> Reading<'a> {
    /// Joins the layers and indexes the tree downwards.
    #[must_use]
    pub fn new(article: &'a Article, text: &'a Text, parse: &'a Parse) -> Self {
        let count = text.words.len();
        let mut first_child = vec![0u32; count + 1];
        for &head in &parse.head {
            if head != ROOT {
                first_child[head as usize + 1] += 1;
            }
        }
        for word in 0..count {
            first_child[word + 1] += first_child[word];
        }
        let mut next = first_child.clone();
        let mut children = vec![0u32; first_child[count] as usize];
        for (word, &head) in parse.head.iter().enumerate() {
            if head != ROOT {
                children[next[head as usize] as usize] = word as u32;
                next[head as usize] += 1;
            }
        }
        let mut sentence_of = vec![0u32; count];
        for (index, sentence) in text.sentences.iter().enumerate() {
            sentence_of[sentence.words.clone()].fill(index as u32);
        }
        Self { article, text, parse, children, first_child, sentence_of }
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.words.len()
    }

    /// Whether the article has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.words.is_empty()
    }

    /// Span of a word.
    #[must_use]
    pub fn span(&self, word: Word) -> Span {
        self.text.words[word]
    }

    /// Surface of a word.
    #[must_use]
    pub fn form(&self, word: Word) -> &'a str {
        self.text.words[word].of(&self.article.text)
    }

    /// Surface of a span.
    #[must_use]
    pub fn surface(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    /// Lemma of a word.
    #[must_use]
    pub fn lemma(&self, word: Word) -> &'a str {
        self.parse.lemma(word)
    }

    /// Part of speech of a word.
    #[must_use]
    pub fn upos(&self, word: Word) -> Upos {
        self.parse.upos[word]
    }

    /// Features of a word.
    #[must_use]
    pub fn feats(&self, word: Word) -> Feats {
        self.parse.feats[word]
    }

    /// Relation of a word to its governor.
    #[must_use]
    pub fn deprel(&self, word: Word) -> Deprel {
        self.parse.deprel[word]
    }

    /// Governor of a word; none at the root.
    #[must_use]
    pub fn head(&self, word: Word) -> Option<Word> {
        let head = self.parse.head[word];
        (head != ROOT).then_some(head as usize)
    }

    /// Words governed by `word`, in text order.
    pub fn children(&self, word: Word) -> impl DoubleEndedIterator<Item = Word> + Clone + '_ {
        self.children[self.first_child[word] as usize..self.first_child[word + 1] as usize].iter().map(|&child| child as usize)
    }

    /// The first word governed by `word` with relation `deprel`.
    #[must_use]
    pub fn child(&self, word: Word, deprel: Deprel) -> Option<Word> {
        self.children(word).find(|&child| self.deprel(child) == deprel)
    }

    /// Index of the sentence that holds `word`.
    #[must_use]
    pub fn sentence_of(&self, word: Word) -> usize {
        self.sentence_of[word] as usize
    }

    /// Whether `word` is `top` or below it.
    #[must_use]
    pub fn is_under(&self, word: Word, top: Word) -> bool {
        let mut at = word;
        loop {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
    }

    /// First and last word of the subtree of `word`, where `keep` says which children are followed.
    pub fn extent(&self, word: Word, keep: &dyn Fn(Word) -> bool) -> (Word, Word) {
        let (mut first, mut last) = (word, word);
        for child in self.children(word) {
            if keep(child) {
                let (low, high) = self.extent(child, keep);
                first = first.min(low);
                last = last.max(high);
            }
        }
        (first, last)
    }

    /// Span from the first to the last of two words.
    #[must_use]
    pub fn span_of(&self, first: Word, last: Word) -> Span {
        self.text.words[first].join(self.text.words[last])
    }

    /// The words that lie inside `span`.
    #[must_use]
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let first = self.text.words.partition_point(|word| word.start < span.start);
        let last = self.text.words.partition_point(|word| word.end <= span.end);
        first..last.max(first)
    }
}
