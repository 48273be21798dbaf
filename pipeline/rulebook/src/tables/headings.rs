//! Values by heading of chapter 64 and day, found without a search: the fourth digit is the place.

use super::{Dated, Row, TableError};
use jiff::civil::Date;

/// Rows of each heading, 6400 to 6409.
#[derive(Clone, Debug)]
pub struct ByHeading<V> {
    rows: [Vec<Row<V>>; 10],
}

impl<V> ByHeading<V> {
    /// Sorts the rows of a table into their headings.
    pub fn new(table: &'static str, dated: Dated<String, V>) -> Result<Self, TableError> {
        let mut rows = [const { Vec::new() }; 10];
        for (heading, of_heading) in dated.rows {
            let Some(place) = place(&heading).filter(|_| heading.len() == 4) else {
                let what = "is no heading of chapter 64".to_owned();
                return Err(TableError { table, key: heading, what });
            };
            rows[place] = of_heading;
        }
        Ok(ByHeading { rows })
    }

    /// The value for the heading of this code, of four digits or more, on this day.
    pub fn on(&self, commodity_code: &str, day: Date) -> Option<&V> {
        let rows = &self.rows[place(commodity_code)?];
        rows.iter().find(|row| row.from <= day && day < row.to).map(|row| &row.value)
    }
}

fn place(code: &str) -> Option<usize> {
    match code.as_bytes() {
        [b'6', b'4', b'0', heading @ b'0'..=b'9', ..] => Some(usize::from(heading - b'0')),
        _ => None,
    }
}
