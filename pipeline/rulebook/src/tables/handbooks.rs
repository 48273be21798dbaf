//! Which trade mode goes with a handbook or account, by day (DOC-044).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::trade_mode;
use serde::Deserialize;

/// Handbooks by trade mode.
#[derive(Clone, Debug)]
pub struct Handbooks {
    by_mode: Dated<[u8; 4], Handbook>,
}

/// What a trade mode asks for.
#[derive(Clone, Debug, Deserialize)]
pub struct Handbook {
    /// What its number begins with; none: the mode has no handbook.
    pub prefixes: Vec<String>,
}

#[derive(Deserialize)]
struct Columns {
    mode: String,
    #[serde(flatten)]
    handbook: Handbook,
}

impl Handbooks {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_mode = read("handbooks", text, Coverage::Gapless, |row: Columns| {
            let mode = key(&row.mode).filter(|_| trade_mode::LIST.is_known(&row.mode));
            Ok((mode.ok_or_else(|| format!("{} is no trade mode", row.mode))?, row.handbook))
        })?;
        Ok(Handbooks { by_mode })
    }

    /// What this mode asks for on this day.
    pub fn on(&self, mode: &str, day: Date) -> Option<&Handbook> {
        self.by_mode.on(&key(mode)?, day)
    }
}

impl Handbook {
    /// The mode goes with one.
    pub fn is_needed(&self) -> bool {
        !self.prefixes.is_empty()
    }

    /// A number of this mode's kind.
    pub fn may_be(&self, number: &str) -> bool {
        self.prefixes.iter().any(|prefix| number.starts_with(prefix.as_str()))
    }
}

fn key(mode: &str) -> Option<[u8; 4]> {
    mode.as_bytes().try_into().ok()
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn processing_has_a_handbook_and_ordinary_trade_has_none() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let on = |mode| tables.handbooks.on(mode, date(2018, 6, 1));
        assert!(on("0110").is_some_and(|handbook| !handbook.is_needed()));
        assert!(on("0214").is_some_and(|handbook| handbook.may_be("B53168000061")));
        assert!(on("0615").is_some_and(|handbook| handbook.is_needed() && !handbook.may_be("B53168000061")));
        assert!(on("1039").is_none() && on("").is_none());
    }
}
