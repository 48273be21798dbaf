//! Codes the gateway of the United Kingdom knows, by list and day (CDS-10020, CDS-77005).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use serde::Deserialize;

/// A list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// What a message does; requests about a declaration on file are no original.
    Function,
    /// Direct or indirect representation.
    RepresentativeStatus,
    /// Goods are in containers, or not.
    ContainerFlag,
    /// Origin that is not preferential, and that is.
    OriginKind,
    /// Status of a document that asks for a reason.
    StatusWithReason,
}

/// The lists.
#[derive(Clone, Debug)]
pub struct GatewayCodes {
    known: Dated<(List, String), ()>,
}

#[derive(Deserialize)]
struct Columns {
    list: List,
    codes: Vec<String>,
}

impl GatewayCodes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let known = read_each("gateway codes", text, Coverage::Sparse, |row: Columns| {
            Ok(row.codes.into_iter().map(|code| ((row.list, code), ())).collect())
        })?;
        Ok(GatewayCodes { known })
    }

    /// The list has this code on this day.
    pub fn has(&self, list: List, code: &str, day: Date) -> bool {
        self.known.on(&(list, code.to_owned()), day).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn a_code_belongs_to_its_list() {
        let codes = Tables::shipped().expect("shipped tables are good").gateway_codes;
        let has = |list, code| codes.has(list, code, date(2024, 6, 3));
        assert!(has(List::Function, "9") && has(List::Function, "09") && !has(List::Function, "13"));
        assert!(has(List::StatusWithReason, "XW") && !has(List::StatusWithReason, "EP"));
        assert!(!codes.has(List::Function, "9", date(2017, 12, 31)));
    }
}
