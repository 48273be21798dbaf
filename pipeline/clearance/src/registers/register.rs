//! What a register is: its file, its columns, and how a row of it is judged and taken in.

use super::column::{Cell, Column};
use super::fault::Fault;
use model::registers::Registers;

/// One register. A static in a file of its own, and a line in the list.
pub(super) struct Register {
    /// Name of the file.
    pub(super) file: &'static str,
    /// Its columns, in the order of digests and of [`Row::cells`].
    pub(super) columns: &'static [Column],
    /// English name of the column whose value stands once only.
    pub(super) key: Option<&'static str>,
    /// What is wrong between good cells. Wrong ones are empty here.
    pub(super) check: fn(&Row) -> Option<Fault>,
    /// Puts a good row into the snapshot.
    pub(super) take: fn(&Row, &mut Registers),
}

/// The cells of one row in their one form, in the order of the register's columns.
pub(super) struct Row {
    pub(super) values: Vec<String>,
}

impl Row {
    /// All cells at once, to be named in a pattern.
    pub(super) fn cells<const N: usize>(&self) -> [Cell<'_>; N] {
        assert_eq!(N, self.values.len(), "a pattern names each column of its register");
        std::array::from_fn(|column| Cell { column, value: &self.values[column] })
    }
}

/// For registers whose cells have nothing to do with each other.
pub(super) fn no_check(_row: &Row) -> Option<Fault> {
    None
}
