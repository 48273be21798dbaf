//! Which modes of transport leave by a port, by day (DOC-037, ruling D8).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::transport;
use serde::Deserialize;

/// Ports of exit.
#[derive(Clone, Debug)]
pub struct Ports {
    by_code: Dated<[u8; 6], Port>,
}

/// One port.
#[derive(Clone, Debug, Deserialize)]
pub struct Port {
    /// Modes that leave by it.
    pub modes: Vec<String>,
}

#[derive(Deserialize)]
struct Columns {
    port: String,
    #[serde(flatten)]
    row: Port,
}

impl Ports {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_code = read("ports", text, Coverage::Gapless, |columns: Columns| {
            let port = key(&columns.port).ok_or_else(|| format!("{} has not six digits", columns.port))?;
            match columns.row.modes.iter().find(|mode| !transport::LIST.is_known(mode)) {
                Some(unknown) => Err(format!("{unknown} is no mode of transport")),
                None => Ok((port, columns.row)),
            }
        })?;
        Ok(Ports { by_code })
    }

    /// The port with this code on this day.
    pub fn on(&self, port: &str, day: Date) -> Option<&Port> {
        self.by_code.on(&key(port)?, day)
    }
}

fn key(port: &str) -> Option<[u8; 6]> {
    port.as_bytes().try_into().ok().filter(|digits: &[u8; 6]| digits.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::Ports;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn ships_leave_by_the_sea_port_and_an_unknown_port_has_no_row() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let day = date(2018, 6, 1);
        assert_eq!(tables.ports.on("477101", day).expect("it has a row").modes, ["2"]);
        assert!(tables.ports.on("999999", day).is_none() && tables.ports.on("", day).is_none());
    }

    #[test]
    fn a_mode_nobody_knows_does_not_load() {
        let row = |port: &str, mode: &str| {
            format!("[[row]]\nport = \"{port}\"\nmodes = [\"{mode}\"]\ncitation = \"x\"\nbasis = \"C\"")
        };
        assert!(Ports::parse(&row("477101", "2")).is_ok());
        assert!(Ports::parse(&row("477101", "sea")).is_err());
        assert!(Ports::parse(&row("CNYTN", "2")).is_err());
    }
}
