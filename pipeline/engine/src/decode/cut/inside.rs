//! Inside wrappers: documents, and elements of no interest around them.
//!
//! Text, comments and unknown elements are passed over. As long as no document has been found, the top-level
//! element is held, because it may turn out to be one itself.

use std::io;

use model::batch::{Base64Fault, Defect, RawBatch};

use super::super::embedded::{Embedded, Value};
use super::super::feed::{Place, Text, is_white};
use super::super::token::{Opening, Token, opening, token};
use super::super::wrappers::Tag;
use super::{Cut, Piece, Prologue};

impl Cut {
    /// Goes on by one piece of markup inside a wrapper.
    pub(super) fn wrapper_level(
        &mut self,
        text: &mut Text<'_>,
        window: &mut RawBatch,
    ) -> io::Result<Option<Box<Embedded>>> {
        let limit = self.wrapper_limit();
        let hold = self.wrapper_hold();
        let Some(at) = text.seek(b'<', self.at, hold, limit)? else {
            return self.wrapper_run_out(text, window, limit).map(|()| None);
        };
        self.settle_prologue(text, window, at);
        text.pass(at.min(self.wrapper_hold()));
        let token_limit = limit.min(at.saturating_add(self.limits.cut_bytes));
        let token = token(text, at, token_limit)?;
        if token == Token::Unfinished && text.end() >= limit {
            return self.wrapper_run_out(text, window, limit).map(|()| None);
        }
        self.at = at;
        match token {
            Token::Start { name_end, end, empty } => {
                let name = Tag { name: text.slice(at + 1, name_end), attributes: &[] };
                let holds_base64 = !empty && self.wrappers.holds_base64(name.local_name());
                self.element(text, window, name_end, end, empty)?;
                if holds_base64 {
                    return self.value(text, window);
                }
            }
            Token::End { name_end, end } => {
                self.leave_prologue(text, window, at);
                self.at = end;
                self.wrappers.pop(text.slice(at + 2, name_end));
                if self.wrappers.is_empty() {
                    self.close_top(text, window, end, false);
                }
            }
            Token::Comment { end } | Token::Instruction { end } => self.at = end,
            Token::Cdata { end } => {
                self.leave_prologue(text, window, at);
                self.at = end;
            }
            Token::Declaration { end } => {
                self.leave_prologue(text, window, at);
                self.begin_prologue(text, at, end);
            }
            Token::Doctype { end } => self.extend_by_doctype(text, end),
            Token::Unfinished if self.top.is_none() && self.is_cut_off(text, at, token_limit)? => {
                self.leave_prologue(text, window, at);
                let start = text.place(at);
                self.truncated(text, window, start);
            }
            Token::Unfinished | Token::Broken => self.at = at + 1,
        }
        Ok(None)
    }

    /// Whether the entry ends within a start tag, and by itself: a break is told on its own.
    fn is_cut_off(&self, text: &mut Text<'_>, at: u64, limit: u64) -> io::Result<bool> {
        let ended = text.end() < limit && text.feed.fault.is_none();
        Ok(ended && opening(text, at)? == Opening::Start)
    }

    /// Text between a declaration and the next root means that the declaration was not that root's.
    fn settle_prologue(&mut self, text: &mut Text<'_>, window: &mut RawBatch, at: u64) {
        if self.prologue.is_some() && !text.slice(self.at, at).iter().all(|&byte| is_white(byte)) {
            self.leave_prologue(text, window, at);
        }
    }

    /// No root follows on a prologue in a wrapper. A declaration is of no interest then; a document type declaration is
    /// an outcome by itself.
    pub(super) fn leave_prologue(&mut self, text: &mut Text<'_>, window: &mut RawBatch, end: u64) {
        let Some(Prologue { start, defect, .. }) = self.prologue.take() else {
            return;
        };
        if matches!(defect, Some(Defect::Doctype { .. })) {
            self.top = None;
            self.hand_out(text, window, Piece { start, end, dropped: false, namespaces: None, defect });
        }
    }

    /// A Base64 value that holds documents.
    fn value(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<Option<Box<Embedded>>> {
        let start = text.place(self.at);
        let hold = self.wrapper_hold();
        let value = Value::read(text, start.offset, hold, &self.limits)?;
        self.at = value.end();
        match value {
            Value::None { .. } => Ok(None),
            Value::Bytes { bytes, .. } if self.embedded_at.is_none() => {
                self.top = None;
                Ok(Some(Box::new(Embedded::new(self, start.offset, bytes))))
            }
            Value::Bytes { .. } => {
                let defect = Defect::Base64 { fault: Base64Fault::Nested, position: 0 };
                self.refuse_value(window, start, defect);
                Ok(None)
            }
            Value::Bad { fault, position, .. } => {
                self.refuse_value(window, start, Defect::Base64 { fault, position });
                Ok(None)
            }
        }
    }

    fn refuse_value(&mut self, window: &mut RawBatch, start: Place, defect: Defect) {
        self.top = None;
        let at = window.text.len();
        self.push(window, start, at, None, Some(defect));
    }

    /// How far markup may reach while the top-level element is held.
    fn wrapper_limit(&self) -> u64 {
        let held = [
            self.top.as_ref().filter(|top| !top.dropped).map(|top| top.start.offset),
            self.prologue.as_ref().map(|prologue| prologue.start.offset),
        ];
        let first = held.into_iter().flatten().min();
        first.map_or(u64::MAX, |start| start.saturating_add(self.limits.cut_bytes))
    }

    fn wrapper_hold(&self) -> u64 {
        match self.wrapper_limit() {
            u64::MAX => u64::MAX,
            limit => limit - self.limits.cut_bytes,
        }
    }

    /// What is held has grown too large, or the entry ends in a wrapper, whose own end is not required.
    fn wrapper_run_out(&mut self, text: &mut Text<'_>, window: &mut RawBatch, limit: u64) -> io::Result<()> {
        if text.end() < limit {
            self.leave_prologue(text, window, text.end());
            self.at = text.end();
            self.wrappers.clear();
            self.close_top(text, window, text.end(), true);
            return Ok(());
        }
        self.leave_prologue(text, window, limit);
        if let Some(top) = &mut self.top {
            top.dropped = true;
        }
        Ok(())
    }

    /// The top-level element ended without a document inside: it is one itself.
    fn close_top(&mut self, text: &mut Text<'_>, window: &mut RawBatch, end: u64, cut_off: bool) {
        self.prologue = None;
        self.top_defect = None;
        let Some(top) = self.top.take() else {
            return;
        };
        let position = end - top.start.offset;
        let mut defect = top.defect;
        if cut_off {
            let broken = self.fault(text, position);
            defect = broken.or(defect).or(Some(Defect::Truncated { position }));
        }
        let piece = Piece { start: top.start, end, dropped: top.dropped, namespaces: None, defect };
        self.unknown(text, window, piece);
    }
}
