//! Procedures an export may ask for, and the data set they lead to, by day (CDS-11004, CDS-11005, CDS-12050).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// The procedures.
#[derive(Clone, Debug)]
pub struct ExportProcedures {
    data_sets: Dated<String, String>,
}

#[derive(Deserialize)]
struct Columns {
    movement: String,
    requested: String,
    data_set: String,
}

impl ExportProcedures {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let data_sets = read("export procedures", text, Coverage::Gapless, |row: Columns| {
            Ok((key(&row.movement, &row.requested), row.data_set))
        })?;
        Ok(ExportProcedures { data_sets })
    }

    /// The data set that a movement such as `EX` under this procedure leads to; none where they do not go together.
    pub fn data_set(&self, movement: &str, requested: &str, day: Date) -> Option<&str> {
        self.data_sets.on(&key(movement, requested), day).map(String::as_str)
    }
}

fn key(movement: &str, requested: &str) -> String {
    format!("{movement} {requested}")
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn an_export_goes_out_under_a_procedure_of_export() {
        let procedures = Tables::shipped().expect("shipped tables are good").export_procedures;
        let data_set = |movement, requested| procedures.data_set(movement, requested, date(2024, 6, 3));
        assert_eq!(data_set("EX", "10"), Some("B1"));
        assert_eq!(data_set("EX", "21"), Some("B2"));
        assert_eq!(data_set("EX", "40"), None);
        assert_eq!(data_set("CO", "10"), Some("B4"));
    }
}
