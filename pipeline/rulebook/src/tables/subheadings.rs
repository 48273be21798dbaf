//! The subheadings of chapter 64 in each edition of the Harmonized System, by day (DOC-014, ruling D8).

use super::{Coverage, Dated, Row, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Editions, from the first one shipped on without a gap.
#[derive(Clone, Debug)]
pub struct Subheadings {
    editions: Dated<(), Edition>,
}

/// One edition.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its name, e.g. `HS 2017`.
    pub name: String,
    /// For each fourth digit, a bit for each pair of fifth and sixth digits.
    known: [u128; 10],
}

#[derive(Deserialize)]
struct Columns {
    edition: String,
    subheadings: Vec<String>,
}

impl Subheadings {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let editions = read("subheadings", text, Coverage::Gapless, |row: Columns| {
            let mut known = [0; 10];
            for subheading in &row.subheadings {
                let (heading, bit) = place(subheading)
                    .filter(|_| subheading.len() == 6)
                    .ok_or_else(|| format!("{subheading} is no subheading of chapter 64"))?;
                known[heading] |= 1 << bit;
            }
            Ok(((), Edition { name: row.edition, known }))
        })?;
        Ok(Subheadings { editions })
    }

    /// The edition in force on this day, with its source.
    pub fn on(&self, day: Date) -> Option<&Row<Edition>> {
        self.editions.row(&(), day)
    }
}

impl Edition {
    /// The code, of six digits or more, begins with a subheading of this edition.
    pub fn has(&self, commodity_code: &str) -> bool {
        place(commodity_code).is_some_and(|(heading, bit)| self.known[heading] >> bit & 1 == 1)
    }
}

/// Fourth digit, and fifth and sixth as a number.
fn place(code: &str) -> Option<(usize, usize)> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| usize::from(byte - b'0'));
    match code.as_bytes() {
        [b'6', b'4', b'0', heading, fifth, sixth, ..] => {
            Some((digit(*heading)?, digit(*fifth)? * 10 + digit(*sixth)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn soles_of_6406_are_known_and_the_code_they_replaced_is_not() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for (day, name) in [
            (date(2012, 1, 1), "HS 2012"),
            (date(2016, 12, 31), "HS 2012"),
            (date(2017, 1, 1), "HS 2017"),
            (date(2022, 1, 1), "HS 2022"),
        ] {
            let edition = &tables.subheadings.on(day).expect("an edition is in force").value;
            assert_eq!(edition.name, name);
            assert!(edition.has("6406909900") && edition.has("640399"));
            assert!(!edition.has("6406910000") && !edition.has("640398") && !edition.has("4202210090"));
        }
        assert!(tables.subheadings.on(date(2011, 12, 31)).is_none());
    }
}
