//! Whether a row is good: cell by cell, between its cells, and beside the rows before it.
//!
//! The same for every kind of file: who reads it hands over the cells, and is told the faults.

use super::column::Column;
use super::fault::{Fault, Reason};
use super::register::{Register, Row};
use super::seen::Seen;

/// The judge of one file.
pub(super) struct Judge {
    register: &'static Register,
    /// The row judged last, in its one form; cells found wrong are empty.
    pub(super) row: Row,
    seen: Seen,
}

impl Judge {
    pub(super) fn new(register: &'static Register) -> Judge {
        let row = Row { values: vec![String::new(); register.columns.len()] };
        Judge { register, row, seen: Seen::new(register) }
    }

    /// Judges a row that stands on this line; `cell` gives the bytes of a column, by its number.
    pub(super) fn judge<'c>(&mut self, line: u64, cell: impl Fn(usize) -> &'c [u8]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (column_idx, (column, value)) in
            self.register.columns.iter().zip(&mut self.row.values).enumerate()
        {
            value.clear();
            if let Some(reason) = fill(column, cell(column_idx), value) {
                faults.push(Fault { column: column_idx, reason });
                value.clear();
            }
        }
        let between = (self.register.check)(&self.row);
        // An empty cell that was found wrong is not found missing as well.
        faults.extend(between.filter(|it| faults.iter().all(|fault| fault.column != it.column)));
        faults.extend(self.seen.fault(&self.row, line, &faults));
        faults.sort_by_key(|fault| fault.column);
        faults
    }
}

fn fill(column: &Column, cell: &[u8], value: &mut String) -> Option<Reason> {
    let Ok(text) = str::from_utf8(cell) else { return Some(Reason::NotUtf8) };
    column.kind.normalise(text, value);
    if value.is_empty() {
        return column.required.then_some(Reason::Empty);
    }
    column.kind.fault(value)
}
