//! How the rows of a register are found: by a code, or by the commodity codes they cover.
//!
//! Either costs the same however many rows there are: a clearance never walks through a register.

use std::collections::HashMap;

/// Rows by a code, in the order of the file.
#[derive(Clone, Debug)]
pub struct ByCode<R> {
    rows: HashMap<Box<str>, Vec<R>>,
    n_rows: usize,
}

impl<R> Default for ByCode<R> {
    fn default() -> Self {
        ByCode { rows: HashMap::new(), n_rows: 0 }
    }
}

impl<R> ByCode<R> {
    /// Takes in a row under its code.
    pub fn add(&mut self, code: &str, row: R) {
        self.n_rows += 1;
        match self.rows.get_mut(code) {
            Some(rows) => rows.push(row),
            // Most codes have one row, and there may be a million of them.
            None => {
                self.rows.insert(code.into(), Vec::from([row]));
            }
        }
    }

    /// The rows of a code.
    pub fn of(&self, code: &str) -> &[R] {
        self.rows.get(code).map_or(&[], Vec::as_slice)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.n_rows
    }

    /// There are none: the office keeps no such register.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }
}

/// Digits of a commodity code; longer prefixes cover nothing.
const PREFIX_DIGITS_MAX: usize = 10;

/// Rows by the beginning of the commodity codes they cover; an empty one covers all goods.
#[derive(Clone, Debug)]
pub struct ByPrefix<R> {
    rows: ByCode<R>,
    /// By number of digits: some row has a prefix of that length.
    lengths: [bool; PREFIX_DIGITS_MAX + 1],
}

impl<R> Default for ByPrefix<R> {
    fn default() -> Self {
        ByPrefix { rows: ByCode::default(), lengths: [false; PREFIX_DIGITS_MAX + 1] }
    }
}

impl<R> ByPrefix<R> {
    /// Takes in a row that covers the commodity codes with this beginning.
    pub fn add(&mut self, prefix: &str, row: R) {
        if let Some(length) = self.lengths.get_mut(prefix.len()) {
            *length = true;
            self.rows.add(prefix, row);
        }
    }

    /// The rows that cover a commodity code, the most exact first.
    pub fn covering<'r>(&'r self, commodity_code: &'r str) -> impl Iterator<Item = &'r R> {
        let lengths = (0..self.lengths.len()).rev().filter(|length| self.lengths[*length]);
        lengths.filter_map(|length| commodity_code.get(..length)).flat_map(|prefix| self.rows.of(prefix))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_what_begins_with_it_and_the_most_exact_comes_first() {
        let mut rows = ByPrefix::default();
        rows.add("64", "chapter");
        rows.add("640399", "subheading");
        rows.add("", "all");
        rows.add("6404", "another heading");
        let covering = |code: &str| -> Vec<&str> { rows.covering(code).copied().collect() };
        assert_eq!(covering("6403990090"), ["subheading", "chapter", "all"]);
        assert_eq!(covering("64"), ["chapter", "all"]);
        assert_eq!(covering(""), ["all"]);
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn rows_of_a_code_stay_in_order() {
        let mut rows = ByCode::default();
        rows.add("a", 1);
        rows.add("b", 2);
        rows.add("a", 3);
        assert_eq!((rows.of("a"), rows.of("c"), rows.len()), (&[1, 3][..], &[][..], 3));
    }
}
