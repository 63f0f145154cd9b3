//! The sets that are learnt from, and the two that say when to stop.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use train::conllu::{self, Sentence};
use whodid::record::{Feats, Upos};
use whodid::resource::Resources;

use crate::data::Example;
use crate::headlines;
use crate::learn::Dev;
use crate::names::{self, Named};
use crate::relations;

/// Everything read.
pub(crate) struct Sets {
    /// Sentences of the treebanks, as they stand.
    pub(crate) trees: Vec<Sentence>,
    /// Headlines made of them.
    pub(crate) headlines: Vec<Sentence>,
    /// Names of the last sentences of `trees`.
    entities: Vec<Named>,
    /// Sentences with names and no tree; the first of them are not free to be parsed, since a development set has their text.
    named: Vec<Named>,
    kept: usize,
    /// Words of the sentences that were written to learn relations from, which have neither.
    written: Vec<Vec<String>>,
    /// This project's own trees, whose tags are not known.
    own: Vec<Sentence>,
    /// What is never learnt from.
    pub(crate) dev: Dev,
}

impl Sets {
    /// Reads the sets under `data` and this folder's own labels.
    pub(crate) fn read(data: &Path) -> anyhow::Result<Self> {
        let known = Resources::embedded();
        let mut trees = conllu::read(&data.join("treebanks/en_ewt-train.conllu"))?;
        let gum = conllu::read(&data.join("treebanks/en_gum_permissive-train.conllu"))?;
        let mut entities = names::gum(&gum);
        trees.extend(gum);
        let headlines = headlines::headlines(&trees);
        let mut named = names::columns(&data.join("gold/ner/uner-ewt-dev.tsv"))?;
        let kept = named.len();
        named.extend(names::columns(&data.join("gold/ner/wikigold.tsv"))?);
        named.extend(names::re3d(&data.join("gold/ner/re3d"), &known)?);
        let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("labels");
        named.extend(names::own(&labels.join("names.tsv"))?);
        let peoples = names::peoples(&known);
        entities.iter_mut().chain(&mut named).for_each(|named| names::unify(named, &peoples, &known));
        let own = if labels.join("trees.conllu").exists() { conllu::read(&labels.join("trees.conllu"))? } else { Vec::new() };
        let mut dev = Dev::new();
        for name in ["en_ewt-dev", "en_gum_permissive-dev"] {
            dev.push((name.to_owned(), conllu::read(&data.join("treebanks").join(name).with_extension("conllu"))?));
        }
        let written = relations::words(&labels.join("relations.tsv"), &known)?;
        Ok(Self { trees, headlines, entities, named, kept, written, own, dev })
    }

    /// Sentences that a teacher may parse.
    pub(crate) fn free(&self) -> impl Iterator<Item = &Vec<String>> {
        self.named[self.kept..].iter().map(|named| &named.forms).chain(&self.written)
    }

    /// All of it as one list, with the trees that a teacher made, if any.
    pub(crate) fn examples(&self, tagset: &[(Upos, Feats)], silver: Option<&Path>) -> anyhow::Result<Vec<Example>> {
        let plain = self.trees.len() - self.entities.len();
        let mut all: Vec<Example> = self.trees.iter().map(|sentence| Example::tree(sentence, tagset)).collect();
        for (example, named) in all[plain..].iter_mut().zip(&self.entities) {
            *example = std::mem::take(example).with_names(&named.names);
        }
        all.extend(self.headlines.iter().map(|sentence| Example { weight: 0.5, ..Example::tree(sentence, tagset) }));
        all.extend(self.own.iter().map(|sentence| Example { tags: None, ..Example::tree(sentence, tagset) }));
        let first = all.len() + self.kept;
        all.extend(self.named.iter().map(|named| Example { forms: named.forms.clone(), weight: 1.0, ..Example::default() }.with_names(&named.names)));
        if let Some(path) = silver {
            all.extend(self.written.iter().map(|forms| Example { forms: forms.clone(), weight: 1.0, ..Example::default() }));
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            anyhow::ensure!(text.lines().count() == all.len() - first, "{}: made of other sentences", path.display());
            // The project's own trees are better than the teacher's.
            let own: BTreeSet<&[String]> = self.own.iter().map(|sentence| sentence.forms.as_slice()).collect();
            for (example, line) in all[first..].iter_mut().zip(text.lines()).filter(|(example, _)| !own.contains(example.forms.as_slice())) {
                let number = |field: Option<&str>| field.and_then(|field| field.parse::<u32>().ok()).with_context(|| path.display().to_string());
                let (mut tags, mut tree) = (Vec::new(), Vec::new());
                for word in line.split('\t').filter(|word| !word.is_empty()) {
                    let mut fields = word.split(',');
                    tags.push(number(fields.next())?);
                    tree.push((number(fields.next())?, number(fields.next())?));
                }
                anyhow::ensure!(tags.len() == example.forms.len(), "{}: made of other sentences", path.display());
                (example.tags, example.tree, example.silver) = (Some(tags), Some(tree), true);
            }
        }
        Ok(all)
    }
}
