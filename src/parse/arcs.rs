//! Features of the parser: which transition, and which relation an arc has.

use super::cues::{Cues, cue};
use super::transition::{NONE, State};
use crate::record::Deprel;

/// A sentence with its tags, as the parser sees it.
#[derive(Clone, Copy, Debug)]
pub struct Tagged<'a> {
    /// Its words.
    pub cues: &'a [Cues],
    /// Their tags.
    pub tags: &'a [u8],
    /// Their parts of speech alone, as indices into `Upos::ALL`.
    pub upos: &'a [u8],
}

/// What is seen of one node.
#[derive(Clone, Copy)]
struct Seen {
    word: u32,
    tag: u32,
    upos: u32,
    fine: u32,
    coarse: u32,
}

const NOTHING: Seen = Seen { word: 1, tag: 254, upos: 254, fine: 0, coarse: 0 };
const AT_ROOT: Seen = Seen { word: 2, tag: 253, upos: 253, fine: 0, coarse: 0 };

impl Tagged<'_> {
    fn see(&self, node: u16) -> Seen {
        match self.cues.get(node as usize) {
            Some(cues) => Seen {
                word: cues.word,
                tag: u32::from(self.tags[node as usize]),
                upos: u32::from(self.upos[node as usize]),
                fine: cues.fine,
                coarse: cues.coarse,
            },
            None if node == NONE => NOTHING,
            None if node as usize == self.cues.len() => AT_ROOT,
            None => NOTHING,
        }
    }

    fn tag(&self, node: u16) -> u32 {
        self.see(node).tag
    }
}

/// 1, 2, 3, 4, 5-6, 7-10, more.
fn distance(from: u16, to: u16) -> u32 {
    if from == NONE || to == NONE {
        return 0;
    }
    match from.abs_diff(to) {
        near @ 0..=4 => u32::from(near),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// Relations that a governor has once, or that close it: what a state must remember of children.
const TELLING: u64 = bits(&[
    Deprel::Nsubj,
    Deprel::Csubj,
    Deprel::Obj,
    Deprel::Iobj,
    Deprel::Cop,
    Deprel::Aux,
    Deprel::AuxPass,
    Deprel::Expl,
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Case,
    Deprel::Mark,
    Deprel::Det,
    Deprel::Cc,
]);
/// Relations that show a list or a break.
const JOINING: u64 = bits(&[Deprel::Punct, Deprel::Conj, Deprel::Cc, Deprel::Appos, Deprel::Parataxis]);

const fn bits(labels: &[Deprel]) -> u64 {
    let (mut bits, mut index) = (0, 0);
    while index < labels.len() {
        bits |= 1 << labels[index] as u32;
        index += 1;
    }
    bits
}

fn halves(bits: u64) -> u32 {
    (bits ^ (bits >> 32).wrapping_mul(0x9E37_79B1)) as u32
}

/// Features of the choice between the three transitions.
pub fn transition_features(sentence: &Tagged<'_>, state: &State, out: &mut Vec<u64>) {
    out.clear();
    let (s0, s1, s2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let b0 = state.next;
    let (b1, b2) = (b0.saturating_add(1), b0.saturating_add(2));
    let node = |at: u16| state.nodes.get(at as usize).copied().unwrap_or_default();
    let (n0, n1, nb) = (node(s0), node(s1), node(b0));
    let (a, b, c) = (sentence.see(s0), sentence.see(s1), sentence.see(s2));
    let (x, y, z) = (sentence.see(b0), sentence.see(b1), sentence.see(b2));
    let near = distance(s0, b0);
    let far = distance(s1, s0);
    let (m0, m1, mb) = (halves(n0.labels & TELLING), halves(n1.labels & TELLING), halves(nb.labels & TELLING));
    let (j0, j1) = (halves(n0.labels & JOINING), halves(n1.labels & JOINING));
    let (l0, r0, l1, r1, lb) =
        (sentence.see(n0.left[0]), sentence.see(n0.right[0]), sentence.see(n1.left[0]), sentence.see(n1.right[0]), sentence.see(nb.left[0]));
    let label = |at: u16| u32::from(node(at).label);

    cue!(out, 101, a.word, a.tag);
    cue!(out, 102, b.word, b.tag);
    cue!(out, 103, x.word, x.tag);
    cue!(out, 104, y.word, y.tag);
    cue!(out, 105, a.tag);
    cue!(out, 106, b.tag);
    cue!(out, 107, x.tag);
    cue!(out, 108, z.tag, z.word);
    cue!(out, 109, a.fine, x.tag);
    cue!(out, 110, b.fine, a.tag);
    cue!(out, 111, x.fine, a.tag);
    cue!(out, 112, a.word, x.word);
    cue!(out, 113, a.word, a.tag, x.tag);
    cue!(out, 114, a.tag, x.tag, x.word);
    cue!(out, 115, a.tag, x.tag, near);
    cue!(out, 116, b.tag, a.tag, far);
    cue!(out, 117, b.word, a.word);
    cue!(out, 118, b.word, b.tag, a.tag);
    cue!(out, 119, b.tag, a.tag, a.word);
    cue!(out, 120, a.fine, x.fine);
    cue!(out, 121, b.fine, a.fine);
    cue!(out, 122, x.tag, y.tag);
    cue!(out, 123, a.tag, x.tag, y.tag);
    cue!(out, 124, b.tag, a.tag, x.tag);
    cue!(out, 125, x.tag, y.tag, z.tag);
    cue!(out, 126, c.tag, b.tag, a.tag);
    cue!(out, 127, c.tag, b.tag, a.tag, x.tag);
    cue!(out, 128, b.tag, a.tag, x.tag, y.tag);
    cue!(out, 129, a.word, x.tag, y.tag);
    cue!(out, 130, a.tag, x.word, y.tag);
    cue!(out, 131, b.word, a.tag, x.tag);
    cue!(out, 132, b.tag, a.word, x.tag);
    cue!(out, 133, b.tag, a.tag, x.word);
    cue!(out, 134, a.tag, sentence.tag(n0.left[0]), x.tag);
    cue!(out, 135, a.tag, sentence.tag(n0.right[0]), x.tag);
    cue!(out, 136, b.tag, sentence.tag(n1.right[0]), a.tag);
    cue!(out, 137, b.tag, sentence.tag(n1.left[0]), a.tag);
    cue!(out, 138, x.tag, sentence.tag(nb.left[0]), a.tag);
    cue!(out, 139, a.tag, m0, x.tag);
    cue!(out, 140, b.tag, m1, a.tag);
    cue!(out, 141, x.tag, mb, a.tag);
    cue!(out, 142, b.tag, m1, a.tag, x.tag);
    cue!(out, 143, a.word, u32::from(n0.valency[1]), x.tag);
    cue!(out, 144, a.tag, u32::from(n0.valency[0]), u32::from(n0.valency[1]));
    cue!(out, 145, b.tag, u32::from(n1.valency[1]), a.tag);
    cue!(out, 146, x.tag, u32::from(nb.valency[0]), a.tag);
    cue!(out, 147, sentence.see(n0.left[0]).word, a.tag, b.tag);
    cue!(out, 148, b.word, a.tag, sentence.see(n0.left[0]).word);
    cue!(out, 149, b.fine, sentence.see(n0.left[0]).word, a.fine);
    cue!(out, 150, a.coarse, x.coarse, a.tag, x.tag);
    cue!(out, 151, b.coarse, a.coarse, x.tag);
    cue!(out, 152, a.word, m0);
    cue!(out, 153, b.word, m1, a.tag);
    cue!(out, 154, x.word, mb, a.tag);
    cue!(out, 155, a.tag, r0.tag, sentence.tag(n0.right[1]));
    cue!(out, 156, sentence.see(n1.right[0]).word, b.tag, a.tag);
    cue!(out, 157, c.tag, b.tag, sentence.see(n0.left[0]).word, a.tag);
    cue!(out, 158, a.tag, x.tag, far, near);
    cue!(out, 159, b.tag, a.tag, distance(s1, b0), x.tag);
    cue!(out, 160, c.word, b.tag, a.tag);
    cue!(out, 161, b.upos, a.upos, x.upos, y.upos);
    cue!(out, 162, c.upos, b.upos, a.upos, x.upos);
    cue!(out, 163, a.upos, x.upos, y.upos, z.upos);
    cue!(out, 164, a.word, near);
    cue!(out, 165, x.word, near);
    cue!(out, 166, b.word, far);
    cue!(out, 167, a.word, b.upos, far);
    cue!(out, 168, b.upos, a.upos, r1.upos, x.upos);
    cue!(out, 169, a.upos, l0.upos, r0.upos, x.upos);
    cue!(out, 170, b.upos, l1.upos, a.upos, l0.upos);
    cue!(out, 171, a.upos, label(n0.right[0]), x.upos);
    cue!(out, 172, b.upos, label(n1.right[0]), a.upos, x.upos);
    cue!(out, 173, a.upos, label(n0.left[0]), b.upos);
    cue!(out, 174, x.upos, label(nb.left[0]), a.upos, lb.word);
    cue!(out, 175, a.upos, j0, x.upos, b.upos);
    cue!(out, 176, b.upos, j1, a.upos, x.upos);
    cue!(out, 177, x.word, y.word);
    cue!(out, 178, x.word, y.upos, a.upos);
    cue!(out, 179, b.word, x.word);
    cue!(out, 180, b.fine, a.upos, x.fine);
    cue!(out, 181, c.word, b.upos, l0.word);
    cue!(out, 182, c.fine, l0.word, a.fine);
    let depth = state.stack.len().min(4) as u32;
    cue!(out, 183, x.word, depth, a.upos);
    cue!(out, 184, y.upos, depth, x.upos, a.upos);
    cue!(out, 185, c.upos, b.upos, r1.upos, a.upos);
    cue!(out, 186, b.upos, label(n1.left[0]), a.upos, x.upos);
    cue!(out, 187, c.upos, b.word, a.upos);
}

/// Features of the relation of `child` to `head`, when the arc is made.
pub fn label_features(sentence: &Tagged<'_>, state: &State, head: u16, child: u16, out: &mut Vec<u64>) {
    out.clear();
    let (nh, nc) = (state.nodes[head as usize], state.nodes[child as usize]);
    let (h, c) = (sentence.see(head), sentence.see(child));
    let side = u32::from(child < head);
    let far = distance(head, child) << 1 | side;
    let marker = sentence.see(nc.left[0]);
    let marker2 = sentence.see(nc.left[1]);
    let before = sentence.see(child.wrapping_sub(1));
    let after = sentence.see(child.saturating_add(1));
    let head_after = sentence.see(head.saturating_add(1));
    let head_before = sentence.see(head.wrapping_sub(1));
    let (mh, mc) = (halves(nh.labels & TELLING), halves(nc.labels & TELLING));

    cue!(out, 201, h.tag, c.tag, side);
    cue!(out, 202, h.tag, c.tag, far);
    cue!(out, 203, h.word, c.tag, side);
    cue!(out, 204, h.tag, c.word, side);
    cue!(out, 205, h.word, c.word, side);
    cue!(out, 206, c.word);
    cue!(out, 207, c.tag, side);
    cue!(out, 208, h.word, side);
    cue!(out, 209, h.fine, c.fine, side);
    cue!(out, 210, h.fine, c.tag, side);
    cue!(out, 211, h.tag, c.fine, side);
    cue!(out, 212, h.tag, c.tag, marker.word, side);
    cue!(out, 213, h.word, c.tag, marker.word, side);
    cue!(out, 214, c.word, marker.word);
    cue!(out, 215, h.tag, c.tag, mc, side);
    cue!(out, 216, h.tag, c.tag, mh, side);
    cue!(out, 217, h.word, mh, c.tag, side);
    cue!(out, 218, c.tag, before.tag, after.tag, side);
    cue!(out, 219, h.tag, c.tag, before.tag);
    cue!(out, 220, h.tag, c.tag, after.tag);
    cue!(out, 221, h.tag, c.tag, head_after.tag, side);
    cue!(out, 222, h.tag, c.tag, head_before.tag, side);
    cue!(out, 223, c.word, before.word, side);
    cue!(out, 224, c.word, after.word, side);
    cue!(out, 225, h.tag, c.tag, marker.tag, marker2.tag, side);
    cue!(out, 226, h.tag, c.tag, sentence.tag(nc.right[0]), side);
    cue!(out, 227, h.tag, sentence.tag(nh.left[0]), sentence.tag(nh.right[0]), c.tag, side);
    cue!(out, 228, h.tag, c.coarse, marker.word, side);
    cue!(out, 229, h.coarse, c.coarse, c.tag, side);
    cue!(out, 230, h.tag, c.tag, marker2.word, side);
    cue!(out, 231, c.fine, c.tag, mc, side);
    cue!(out, 232, h.tag, c.tag, before.word, side);
    cue!(out, 233, h.fine, marker.word, c.fine);
    cue!(out, 234, c.tag, u32::from(nc.valency[0]), u32::from(nc.valency[1]), side);
    cue!(out, 235, h.word, c.fine, side);
    cue!(out, 236, h.upos, c.upos, marker.word, mh, side);
    cue!(out, 237, h.upos, c.fine, marker.word, side);
    cue!(out, 238, h.upos, c.upos, before.upos, after.upos, side);
    cue!(out, 239, c.word, after.upos, before.upos);
    cue!(out, 240, h.word, c.upos, far);
    cue!(out, 241, h.upos, c.word, mh, side);
    cue!(out, 242, h.upos, c.upos, head_after.word, side);
}
