//! A document of a kind no format reads: only whether it is XML within the limits is asked.
//!
//! What is refused because two readers could understand it differently (a comment in a value, text between elements) is
//! no fault here, as nothing of it is understood: such a document is well-formed, and declined for what it is.

use super::*;

impl<'b> Reader<'b> {
    /// Passes over all that follows the root's start tag, up to the end of the document.
    pub fn pass_over(&mut self) -> Result<(), Malformed> {
        if self.scanner.is_some() {
            return self.pass_quickly();
        }
        let mut passing = Passing { text: None };
        loop {
            match self.event()? {
                Event::Start(start) => {
                    self.stop_at_a_second_root()?;
                    let opened = self.open(&start, false)?;
                    passing.text = Some((opened.tag, 0));
                }
                Event::Empty(start) => {
                    self.stop_at_a_second_root()?;
                    self.open(&start, true)?;
                    self.close();
                    passing.text = None;
                }
                Event::End(_) => {
                    self.close();
                    if let Some((tag, n_bytes)) = passing.text.take() {
                        self.check_value(tag, n_bytes)?;
                    }
                }
                Event::Eof if self.depth == 0 => return self.check_length(),
                Event::Eof => return Err(self.malformed(NOT_CLOSED)),
                Event::Text(text) if self.depth > 0 => {
                    let text = text.into_inner();
                    passing.add(text.len());
                    self.take_text(text, &mut Pieces::None)?;
                }
                Event::CData(piece) if self.depth > 0 => passing.add(piece.len()),
                Event::GeneralRef(reference) if self.depth > 0 => {
                    self.expand(&reference)?;
                    passing.add(1);
                }
                other => self.between(&other)?,
            }
        }
    }

    /// Where the quick way is at home it says all there is to say; elsewhere it is unsure, as ever.
    fn pass_quickly(&mut self) -> Result<(), Malformed> {
        let mut n_open = 1;
        while n_open > 0 {
            match self.next()? {
                Node::Open(_) => n_open += 1,
                Node::Leaf(..) => {}
                Node::Close => n_open -= 1,
                Node::End => return Err(self.malformed(NOT_CLOSED)),
            }
        }
        self.finish()
    }

    fn stop_at_a_second_root(&self) -> Result<(), Malformed> {
        if self.depth == 0 { Err(self.malformed(SECOND_ROOT)) } else { Ok(()) }
    }
}

/// The text since the start tag read last, as long as no other tag has come: what a limit is counted on.
struct Passing<'b> {
    text: Option<(Tag<'b>, usize)>,
}

impl Passing<'_> {
    fn add(&mut self, n_bytes: usize) {
        if let Some((_, all)) = &mut self.text {
            *all += n_bytes;
        }
    }
}
