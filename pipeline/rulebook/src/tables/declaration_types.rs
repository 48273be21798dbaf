//! Additional declaration types of the gateway of the United Kingdom, by day (CDS-002, CDS-12052).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Whether the goods are there when the declaration is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// They are.
    Arrived,
    /// Not yet: the declaration is pre-lodged.
    Awaited,
    /// They have left under a declaration before it.
    Gone,
}

/// What a type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclarationType {
    /// Whether the goods are there.
    pub lane: Lane,
    /// The whole data set is asked for.
    pub is_full: bool,
}

/// The types.
#[derive(Clone, Debug)]
pub struct DeclarationTypes {
    by_day: Dated<String, DeclarationType>,
}

#[derive(Deserialize)]
struct Columns {
    letter: String,
    lane: Lane,
    full: bool,
}

impl DeclarationTypes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_day = read("declaration types", text, Coverage::Gapless, |row: Columns| {
            Ok((row.letter, DeclarationType { lane: row.lane, is_full: row.full }))
        })?;
        Ok(DeclarationTypes { by_day })
    }

    /// What a whole type such as `EXA` says on this day; none when its last letter is no type.
    pub fn on(&self, declaration_type: &str, day: Date) -> Option<DeclarationType> {
        self.by_day.on(declaration_type.get(2..)?, day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn ten_types_of_which_four_are_lodged_before_the_goods_are_there() {
        let types = Tables::shipped().expect("shipped tables are good").declaration_types;
        let lane = |letter: char| types.on(&format!("EX{letter}"), date(2024, 6, 3)).map(|it| it.lane);
        assert!("DEFK".chars().all(|letter| lane(letter) == Some(Lane::Awaited)));
        assert!("ABCJ".chars().all(|letter| lane(letter) == Some(Lane::Arrived)));
        assert!("YZ".chars().all(|letter| lane(letter) == Some(Lane::Gone)));
        assert_eq!((lane('Q'), types.on("E", date(2024, 6, 3))), (None, None));
    }
}
