//! What a register is: its file, its columns, and how a row of it is judged and taken in.

use super::column::{Cell, Column};
use super::fault::Fault;
use model::registers::Registers;

/// One register. A static in a file of its own, and a line in the list.
pub(super) struct Register {
    /// Name of the file; its ending says how it is written.
    pub(super) file: &'static str,
    /// Chinese name.
    pub(super) title: &'static str,
    /// Its columns, in the order of digests and of [`Row::cells`].
    pub(super) columns: &'static [Column],
    /// What stands once.
    pub(super) once: Once,
    /// What is wrong between good cells. Wrong ones are empty here.
    pub(super) check: fn(&Row) -> Option<Fault>,
    /// Puts a good row into the snapshot.
    pub(super) take: fn(&Row, &mut Registers),
}

/// Which rows exclude each other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Once {
    /// None do.
    Never,
    /// The values of these columns together stand once in the file.
    InTheFile(&'static [&'static str]),
    /// The values of these columns together count once on any day from `from` to `to`.
    OnADay(&'static [&'static str]),
}

/// The cells of one row in their one form, in the order of the register's columns.
pub(super) struct Row {
    pub(super) values: Vec<String>,
}

impl Register {
    /// Name without the ending of the file.
    pub(super) fn name(&self) -> &'static str {
        self.file.split('.').next().unwrap_or(self.file)
    }

    /// Number of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl Row {
    /// All cells at once, to be named in a pattern.
    pub(super) fn cells<const N: usize>(&self) -> [Cell<'_>; N] {
        assert_eq!(N, self.values.len(), "a pattern names each column of its register");
        std::array::from_fn(|column| self.cell(column))
    }

    /// One cell, by the number of its column.
    pub(super) fn cell(&self, column: usize) -> Cell<'_> {
        Row::cell_of(&self.values, column)
    }

    /// One cell of the values of a row.
    pub(super) fn cell_of(values: &[String], column: usize) -> Cell<'_> {
        Cell { column, value: &values[column] }
    }
}

/// For registers whose cells have nothing to do with each other.
pub(super) fn no_check(_row: &Row) -> Option<Fault> {
    None
}
