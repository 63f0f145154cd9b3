//! What the program carries: the network in bytes, word vectors, lemma rules, lists of names.

use whodid::resource::network::ROWS;
use whodid::resource::{Resources, SECTIONS, Tensors, Weights};

use crate::parameters::Parameters;
use crate::sets::Sets;
use crate::{Options, lemmas, names, tags, vectors};

/// Words that have a vector: as many as two bytes can number.
const VECTORS: usize = 65_000;

/// The sections that the network learns with, so that it sees what the program will see.
fn sections(options: &Options, sets: &Sets) -> anyhow::Result<[Vec<u8>; SECTIONS.len()]> {
    let mut sections: [Vec<u8>; SECTIONS.len()] = Default::default();
    let known = Resources::embedded();
    let tagset = tags::tagset(&sets.trees);
    sections[0] = tagset.iter().flat_map(|(upos, feats)| [*upos as u8, feats.0.to_le_bytes()[0], feats.0.to_le_bytes()[1]]).collect();
    (sections[1], sections[2]) = vectors::pack(&options.vectors, VECTORS)?;
    sections[6] = names::lists(&options.data, &known, &names::peoples(&known))?;
    Ok(sections)
}

/// Weights without a network.
pub(crate) fn base(options: &Options, sets: &Sets) -> anyhow::Result<Weights> {
    Ok(Weights::read(Vec::leak(Weights::pack(&sections(options, sets)?))))
}

/// The whole pack.
pub(crate) fn pack(options: &Options, sets: &Sets, model: &Parameters) -> anyhow::Result<Vec<u8>> {
    let mut sections = sections(options, sets)?;
    let mut tensors = Vec::new();
    let mut turned = Vec::new();
    for name in model.names() {
        let (numbers, shape) = model.get(name)?;
        // A matrix is kept with a row for each number that comes out, so that each has a scale of its own; the table as it is looked up.
        if let &[inputs, outputs] = shape
            && inputs != ROWS
            && !name.ends_with(".far")
        {
            turned.push((name, outputs, inputs, (0..inputs * outputs).map(|at| numbers[at % inputs * outputs + at / inputs]).collect::<Vec<f32>>(), true));
        } else {
            let (rows, columns) = if let &[rows, columns] = shape { (rows, columns) } else { (1, numbers.len()) };
            turned.push((name, rows, columns, numbers.to_vec(), rows == ROWS));
        }
    }
    for (name, rows, columns, numbers, bytes) in &turned {
        tensors.push((*name, *rows, *columns, numbers.as_slice(), *bytes));
    }
    sections[3] = Tensors::pack(&tensors);
    (sections[4], sections[5]) = lemmas::train(&sets.trees);
    for (name, section) in SECTIONS.iter().zip(&sections) {
        eprintln!("{name:>10} {:>9} bytes", section.len());
    }
    Ok(Weights::pack(&sections))
}
