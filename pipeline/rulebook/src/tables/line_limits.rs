//! How many goods lines a declaration may have, by day (DOC-050, ruling D8).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Most lines of a declaration.
#[derive(Clone, Debug)]
pub struct LineLimits {
    by_day: Dated<(), usize>,
}

#[derive(Deserialize)]
struct Columns {
    lines_max: usize,
}

impl LineLimits {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_day = read("line limits", text, Coverage::Gapless, |row: Columns| Ok(((), row.lines_max)))?;
        Ok(LineLimits { by_day })
    }

    /// The most lines on this day.
    pub fn on(&self, day: Date) -> Option<usize> {
        self.by_day.on(&(), day).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn the_new_form_has_more_lines() {
        let tables = Tables::shipped().expect("shipped tables are good");
        assert_eq!(tables.line_limits.on(date(2018, 7, 31)), Some(20));
        assert_eq!(tables.line_limits.on(date(2018, 8, 1)), Some(50));
    }
}
