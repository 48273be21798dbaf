//! Which levy categories go with a trade mode on export, by day (DOC-043, domain-rules 6.2).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::{levy, trade_mode};
use serde::Deserialize;

/// Allowed levy categories by trade mode.
#[derive(Clone, Debug)]
pub struct LevyNatures {
    by_mode: Dated<[u8; 4], Natures>,
}

/// The categories of one mode.
#[derive(Clone, Debug, Deserialize)]
pub struct Natures {
    /// Allowed ones.
    pub natures: Vec<String>,
    /// The category may also be left empty.
    #[serde(default)]
    pub blank: bool,
}

#[derive(Deserialize)]
struct Columns {
    mode: String,
    #[serde(flatten)]
    natures: Natures,
}

impl LevyNatures {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_mode = read("levy natures", text, Coverage::Gapless, |row: Columns| {
            let mode = key(&row.mode).filter(|_| trade_mode::LIST.is_known(&row.mode));
            let mode = mode.ok_or_else(|| format!("{} is no trade mode", row.mode))?;
            match row.natures.natures.iter().find(|nature| !levy::LIST.is_known(nature)) {
                Some(unknown) => Err(format!("{unknown} is no levy category")),
                None => Ok((mode, row.natures)),
            }
        })?;
        Ok(LevyNatures { by_mode })
    }

    /// What goes with this mode on this day.
    pub fn on(&self, mode: &str, day: Date) -> Option<&Natures> {
        self.by_mode.on(&key(mode)?, day)
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
    fn ordinary_trade_is_never_blank() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let day = date(2018, 6, 1);
        let ordinary = tables.levy_natures.on("0110", day).expect("0110 has a row");
        assert!(!ordinary.blank && ordinary.natures.iter().any(|nature| nature == "101"));
        assert!(tables.levy_natures.on("1039", day).is_some_and(|natures| natures.blank));
        assert!(tables.levy_natures.on("9710", day).is_none());
        assert!(tables.levy_natures.on("", day).is_none());
    }
}
