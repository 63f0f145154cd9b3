//! The blocks of a page while their zones are being decided, and the splits that wording makes in them.

use std::borrow::Cow;

use crate::record::Zone;
use crate::resource::Chrome;

use super::wording;

/// A block of the page. `zone` is empty until something has said what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece<'t> {
    pub text: Cow<'t, str>,
    pub zone: Option<Zone>,
    /// Whether it opens a new block of the page, or was split off the one before.
    pub split: bool,
}

impl<'t> Piece<'t> {
    pub(super) fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self { text: text.into(), zone: None, split: false }
    }

    pub(super) fn is(&self, zone: Zone) -> bool {
        self.zone == Some(zone)
    }

    /// Cuts the piece: this one keeps what is before `end`, the one returned has what is from `next` on.
    fn cut(&mut self, end: usize, next: usize) -> Piece<'t> {
        let (kept, rest) = match &self.text {
            Cow::Borrowed(text) => (Cow::Borrowed(text[..end].trim_end()), Cow::Borrowed(text[next..].trim_start())),
            Cow::Owned(text) => (Cow::Owned(text[..end].trim_end().to_owned()), Cow::Owned(text[next..].trim_start().to_owned())),
        };
        self.text = kept;
        Piece { text: rest, zone: None, split: true }
    }
}

/// Splits photo credits off captions. A piece that ends in a photo credit is a caption, whatever it was taken for.
pub(super) fn split_credits<'t>(pieces: Vec<Piece<'t>>, chrome: &Chrome) -> Vec<Piece<'t>> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        let open = matches!(piece.zone, None | Some(Zone::Caption | Zone::Body));
        match wording::credit_tail(&piece.text, chrome).filter(|&at| open && at > 0) {
            Some(at) => {
                let mut credit = piece.cut(at, at);
                piece.zone = Some(Zone::Caption);
                credit.zone = Some(Zone::Credit);
                out.extend([piece, credit]);
            }
            None => out.push(piece),
        }
    }
    out
}

/// Splits what opens the story (a dateline) and what credits others at its end off the body.
pub(super) fn split_body<'t>(pieces: Vec<Piece<'t>>, chrome: &Chrome) -> Vec<Piece<'t>> {
    /// A dateline stands at the head of the story, past a standfirst or a lead-in at most.
    const HEAD: usize = 3;
    let mut out: Vec<Piece<'t>> = Vec::with_capacity(pieces.len() + 2);
    let (mut bodies, mut dated) = (0, false);
    for mut piece in pieces {
        if !piece.is(Zone::Body) {
            out.push(piece);
            continue;
        }
        let head = if bodies < HEAD && !dated { wording::dateline_head(&piece.text, bodies == 0, chrome) } else { None };
        if let Some((end, next)) = head {
            let mut rest = piece.cut(end, next);
            piece.zone = Some(Zone::Dateline);
            out.push(piece);
            rest.zone = Some(Zone::Body);
            piece = rest;
            dated = true;
        }
        bodies += 1;
        let wire = wording::wire_tail(&piece.text, chrome).map(|at| {
            let mut wire = piece.cut(at, at);
            wire.zone = Some(Zone::WireCredit);
            wire
        });
        out.push(piece);
        out.extend(wire);
    }
    out
}
