//! What must hold of the packs and the figures before a change lands.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use whodid::record::identity::sha256_hex;

use crate::score;

/// A published crate holds 10 MB at most, packed; what is stored here is packed already or packs little.
const LARGEST_PACK: u64 = 9_500_000;

/// Bytes of all packs together.
const ALL_PACKS: u64 = 30_000_000;

/// Holds the packs against their limits and the figures against `bench/floors.tsv`.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut wrong = packs()?;
    wrong.extend(floors()?);
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n       "));
    }
    Ok(())
}

/// Every pack stands beside a licence and a page that says where it is from, and is not too large.
fn packs() -> anyhow::Result<Vec<String>> {
    let (mut wrong, mut all) = (Vec::new(), 0);
    let mut folders: Vec<_> = fs::read_dir("packs").context("packs: cannot be read; run this at the root of the repository")?.collect::<Result<_, _>>()?;
    folders.sort_by_key(std::fs::DirEntry::path);
    for folder in folders.iter().map(std::fs::DirEntry::path).filter(|path| path.is_dir()) {
        let has = |names: &[&str]| names.iter().any(|name| folder.join(name).exists());
        if !has(&["LICENCE", "LICENSE"]) {
            wrong.push(format!("{}: has no LICENCE", folder.display()));
        }
        if !has(&["SOURCE.md", "MODEL-CARD.md"]) {
            wrong.push(format!("{}: has neither SOURCE.md nor MODEL-CARD.md", folder.display()));
        }
        let cards: String = ["SOURCE.md", "MODEL-CARD.md"].iter().filter_map(|card| fs::read_to_string(folder.join(card)).ok()).collect();
        let mut bytes = 0;
        for file in fs::read_dir(&folder)? {
            let file = file?;
            bytes += if file.file_type()?.is_file() { file.metadata()?.len() } else { 0 };
            if file.path().extension().is_some_and(|end| end == "bin") {
                let sum = sha256_hex(&fs::read(file.path())?);
                if !cards.contains(&sum) {
                    wrong.push(format!("{}: its SHA-256 is {sum}, which its card does not say: write it there if the pack was rebuilt", file.path().display()));
                }
            }
        }
        println!("{}: {:.1} MB", folder.display(), bytes as f64 / 1e6);
        if bytes > LARGEST_PACK {
            wrong.push(format!("{}: holds {bytes} bytes, over {LARGEST_PACK}", folder.display()));
        }
        all += bytes;
    }
    if all > ALL_PACKS {
        wrong.push(format!("packs: hold {all} bytes together, over {ALL_PACKS}"));
    }
    Ok(wrong)
}

/// Every figure of `bench/floors.tsv` (task, set, figure, floor) is at its floor or above; a set that is absent is skipped.
fn floors() -> anyhow::Result<Vec<String>> {
    let file = "bench/floors.tsv";
    let text = fs::read_to_string(file).with_context(|| format!("{file}: cannot be read"))?;
    let mut wrong = Vec::new();
    let mut last: Option<(String, serde_json::Value)> = None;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let [task, set, figure, floor] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{file}:{}: has not four columns: task, set, figure, floor", number + 1);
        };
        let floor: f64 = floor.parse().with_context(|| format!("{file}:{}: the floor is no number", number + 1))?;
        if !Path::new(set).exists() {
            println!("{task} on {set}: skipped, the set is absent");
            continue;
        }
        // Figures of one task and set stand together, so that it is scored once.
        let key = format!("{task} {set}");
        if last.as_ref().is_none_or(|(other, _)| *other != key) {
            last = Some((key, score::one(task, Path::new(set))?));
        }
        let value = last.as_ref().and_then(|(_, line)| line[figure].as_f64());
        println!("{task} on {set}: {figure} {}, floor {floor}", value.map_or_else(|| "absent".to_owned(), |value| value.to_string()));
        if value.is_none_or(|value| value < floor) {
            wrong.push(format!("{task} on {set}: {figure} is under its floor of {floor}"));
        }
    }
    Ok(wrong)
}
