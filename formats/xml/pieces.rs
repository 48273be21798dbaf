//! The value of an element while the tokenizer hands it out in pieces.

use super::name::is_blank;

/// The value of an element as its pieces arrive.
pub(super) enum Pieces<'b> {
    None,
    One(&'b str),
    Many(String),
}

impl<'b> Pieces<'b> {
    pub(super) fn push(&mut self, piece: &'b str) {
        match self {
            Pieces::None => *self = Pieces::One(piece),
            Pieces::One(_) | Pieces::Many(_) => self.push_text(piece),
        }
    }

    pub(super) fn push_char(&mut self, letter: char) {
        self.push_text(letter.encode_utf8(&mut [0; 4]));
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Pieces::None => true,
            Pieces::One(piece) => is_blank(piece),
            Pieces::Many(pieces) => is_blank(pieces),
        }
    }

    pub(super) fn push_text(&mut self, more: &str) {
        match self {
            Pieces::None => *self = Pieces::Many(more.to_owned()),
            Pieces::One(first) => *self = Pieces::Many([first, more].concat()),
            Pieces::Many(all) => all.push_str(more),
        }
    }
}
