//! What a declaration says of its carriage, by mode of transport and day (DOC-038).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::transport;
use serde::Deserialize;

/// What is asked, by mode of transport.
#[derive(Clone, Debug)]
pub struct Carriages {
    by_mode: Dated<String, Carriage>,
}

/// What one mode asks for.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Carriage {
    /// Name or number of vessel, vehicle or flight.
    pub conveyance: bool,
    /// Number of the bill of lading or waybill.
    pub document: bool,
    /// That number is an air waybill's, which checks itself.
    pub air_waybill: bool,
}

#[derive(Deserialize)]
struct Columns {
    mode: String,
    #[serde(flatten)]
    carriage: Carriage,
}

impl Carriages {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_mode = read("carriage", text, Coverage::Gapless, |row: Columns| {
            if transport::LIST.is_known(&row.mode) {
                Ok((row.mode, row.carriage))
            } else {
                Err(format!("{} is no mode of transport", row.mode))
            }
        })?;
        Ok(Carriages { by_mode })
    }

    /// What this mode asks for on this day.
    pub fn on(&self, mode: &str, day: Date) -> Option<Carriage> {
        self.by_mode.on(mode, day).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;
    use model::code::transport;

    #[test]
    fn only_air_waybills_check_themselves() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let on = |mode| tables.carriages.on(mode, date(2018, 6, 1));
        assert!(on(transport::AIR).is_some_and(|asked| asked.air_waybill));
        assert!(on(transport::WATER).is_some_and(|asked| asked.document && !asked.air_waybill));
        assert!(on(transport::ROAD).is_some_and(|asked| asked.conveyance && !asked.document));
        assert!(on(transport::RAIL).is_none());
    }
}
