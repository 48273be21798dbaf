//! What a subheading of leather shoes asks of the specification beyond the list of elements, by day (DOC-021).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use serde::Deserialize;

/// What is asked, by subheading.
#[derive(Clone, Debug)]
pub struct LeatherElements {
    by_subheading: Dated<String, Vec<LeatherElement>>,
}

/// One thing that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeatherElement {
    /// Whether the shoe covers the ankle.
    Ankle,
    /// How long its inner sole is.
    Insole,
}

#[derive(Deserialize)]
struct Columns {
    subheadings: Vec<String>,
    asks: Vec<LeatherElement>,
}

impl LeatherElements {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_subheading = read_each("leather elements", text, Coverage::Gapless, |row: Columns| {
            let asks = row.asks;
            Ok(row.subheadings.into_iter().map(|subheading| (subheading, asks.clone())).collect())
        })?;
        Ok(LeatherElements { by_subheading })
    }

    /// What this subheading asks for on this day.
    pub fn on(&self, subheading: &str, day: Date) -> Option<&[LeatherElement]> {
        self.by_subheading.on(subheading, day).map(Vec::as_slice)
    }

    /// The subheading asks for something on some day.
    pub fn knows(&self, subheading: &str) -> bool {
        self.by_subheading.knows(subheading)
    }
}

#[cfg(test)]
mod tests {
    use super::LeatherElement::{Ankle, Insole};
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn boots_of_leather_tell_their_length() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let on = |subheading| tables.leather_elements.on(subheading, date(2018, 6, 1));
        assert_eq!(on("640391"), Some(&[Ankle, Insole][..]));
        assert_eq!(on("640399"), Some(&[Ankle][..]));
        assert_eq!(on("640299"), None);
        assert!(tables.leather_elements.knows("640391"));
        assert!(tables.leather_elements.on("640391", date(2017, 12, 31)).is_none());
    }
}
