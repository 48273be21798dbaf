//! Base inspection mode by producer class and product risk (domain-rules 3.2).

use super::{Coverage, Dated, TableError, read};
use crate::rules::chn::chn_004_supervision_mode::named;
use jiff::civil::Date;
use model::decision::Mode;
pub use model::registers::Risk;
use serde::Deserialize;

/// The matrix.
#[derive(Clone, Debug)]
pub struct Modes {
    by_class: Dated<u8, [Mode; 3]>,
}

#[derive(Deserialize)]
struct Columns {
    class: u8,
    general: String,
    raised: String,
    high: String,
}

impl Modes {
    /// Reads the table; all four classes have a row, and its cells keep to CHN-004.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_class = read("modes", text, Coverage::Gapless, |row: Columns| {
            let cells = [&row.general, &row.raised, &row.high].map(|name| named(name));
            let [general, raised, high] = cells;
            Ok((row.class, [general?, raised?, high?]))
        })?;
        if by_class.keys().copied().eq(1..=4) {
            Ok(Modes { by_class })
        } else {
            Err(TableError {
                table: "modes",
                key: "-".to_owned(),
                what: "the classes are 1, 2, 3 and 4".to_owned(),
            })
        }
    }

    /// The cell of this class and risk; none where there is no such class, or no row on this day.
    pub fn base(&self, class: u8, risk: Risk, day: Date) -> Option<Mode> {
        self.by_class.on(&class, day).map(|cells| cells[risk as usize])
    }
}

/// The mode of this name.
pub(super) fn mode(name: &str) -> Result<Mode, String> {
    Mode::ALL.into_iter().find(|mode| mode.name() == name).ok_or_else(|| format!("no such mode: {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shipped_cells() {
        let modes = Modes::parse(include_str!("../../data/modes.toml")).expect("shipped tables are good");
        let day = date(2012, 5, 2);
        for (class, cells) in [
            (1, [Mode::Credit, Mode::Credit, Mode::Verify]),
            (2, [Mode::Verify, Mode::Verify, Mode::General]),
            (3, [Mode::General, Mode::General, Mode::Strict]),
            (4, [Mode::Strict, Mode::Special, Mode::Special]),
        ] {
            assert_eq!(Risk::ALL.map(|risk| modes.base(class, risk, day)), cells.map(Some), "class {class}");
        }
        assert_eq!(modes.base(5, Risk::General, day), None);
    }

    #[test]
    fn a_class_without_a_row_or_a_mode_nobody_knows_does_not_load() {
        let row = "[[row]]\nclass = 1\ngeneral = \"CREDIT\"\nraised = \"CREDIT\"\nhigh = \"VERIFY\"\ncitation = \"x\"\nbasis = \"C\"";
        assert_eq!(Modes::parse(row).expect_err("three are missing").what, "the classes are 1, 2, 3 and 4");
        let error = Modes::parse(&row.replace("VERIFY", "RETURN")).expect_err("no such mode");
        assert_eq!(error.what, "CHN-004: RETURN is no supervision mode");
    }
}
