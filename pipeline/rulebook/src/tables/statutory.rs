//! Which goods are under statutory export inspection, by day (domain-rules 0.4, fact 1).

use super::{Coverage, Dated, Row, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Commodity code prefixes on the list, by day.
#[derive(Clone, Debug)]
pub struct Statutory {
    by_prefix: Dated<String, ()>,
    /// How long the prefixes are, the shortest first.
    lens: BTreeSet<usize>,
}

#[derive(Deserialize)]
struct Columns {
    prefix: String,
}

impl Statutory {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_prefix = read("statutory", text, Coverage::Sparse, |row: Columns| Ok((row.prefix, ())))?;
        let lens = by_prefix.keys().map(String::len).collect();
        Ok(Statutory { by_prefix, lens })
    }

    /// Any goods at all are on the list on this day.
    pub fn is_kept_on(&self, day: Date) -> bool {
        self.by_prefix.keys().any(|prefix| self.by_prefix.row(prefix, day).is_some())
    }

    /// The row that puts this code on the list on this day.
    pub fn row(&self, commodity_code: &str, day: Date) -> Option<&Row<()>> {
        let mut prefixes = self.lens.iter().filter_map(|&len| commodity_code.get(..len));
        prefixes.find_map(|prefix| self.by_prefix.row(prefix, day))
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn footwear_left_the_list_on_the_fifteenth_of_august_2013() {
        let tables = Tables::shipped().expect("shipped tables are good");
        assert!(tables.statutory.row("6403990090", date(2013, 8, 14)).is_some());
        assert!(tables.statutory.row("6403990090", date(2013, 8, 15)).is_none());
        assert!(tables.statutory.row("4202210090", date(2013, 8, 14)).is_none());
    }
}
