//! What the base mode of a zone firm is lightened to (CHN-005).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::decision::Mode;
use serde::Deserialize;

/// Caps by day; a day without a row has none.
#[derive(Clone, Debug)]
pub struct ZoneCaps {
    caps: Dated<(), Cap>,
}

/// A cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The worst mode that is left.
    pub mode: Mode,
    /// Lowest internal level it is for.
    pub level_min: u8,
}

#[derive(Deserialize)]
struct Columns {
    mode: String,
    level_min: u8,
}

impl ZoneCaps {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let caps = read("zone caps", text, Coverage::Sparse, |row: Columns| {
            let mode = super::modes::mode(&row.mode)?;
            Ok(((), Cap { mode, level_min: row.level_min }))
        })?;
        Ok(ZoneCaps { caps })
    }

    /// The cap of this day.
    pub fn on(&self, day: Date) -> Option<Cap> {
        self.caps.on(&(), day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn verification_from_level_three() {
        let caps = Tables::shipped().expect("shipped tables are good").zone_caps;
        assert_eq!(caps.on(date(2012, 5, 2)), Some(Cap { mode: Mode::Verify, level_min: 3 }));
    }
}
