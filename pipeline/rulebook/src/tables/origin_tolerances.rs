//! How far a certificate may lie from the declaration that claims it (ORG-038, ORG-039), and the year
//! in its number from its own (ORG-007).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::decimal::Decimal;
use serde::Deserialize;

/// One hundred per cent in basis points.
const WHOLE_BP: i32 = 10_000;

/// Tolerances by day of acceptance.
#[derive(Clone, Debug)]
pub struct OriginTolerances {
    rows: Dated<(), Tolerances>,
}

/// The tolerances of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerances {
    gross_weight_bp: i32,
    value_bp: i32,
    value_min: Decimal,
    number_year_off: i16,
    number_year_month: i8,
}

impl Tolerances {
    /// How many years the number may lie from a day of the certificate.
    pub fn of_year(&self, day: Date) -> i16 {
        if day.month() == self.number_year_month { self.number_year_off } else { 0 }
    }

    /// How far the gross weight may lie from the declared one.
    pub fn of_weight(&self, declared: Decimal) -> Option<Decimal> {
        share(declared, self.gross_weight_bp)
    }

    /// How far the value may lie from the declared one.
    pub fn of_value(&self, declared: Decimal) -> Option<Decimal> {
        share(declared, self.value_bp).map(|tolerance| tolerance.max(self.value_min))
    }
}

fn share(declared: Decimal, basis_points: i32) -> Option<Decimal> {
    let rate = Decimal::integer(basis_points).div_rounded(Decimal::integer(WHOLE_BP), Decimal::PLACES)?;
    declared.mul_rounded(rate, Decimal::PLACES)
}

#[derive(Deserialize)]
struct Columns {
    gross_weight_bp: i32,
    value_bp: i32,
    value_min: String,
    number_year_off: i16,
    number_year_month: i8,
}

impl OriginTolerances {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let rows = read("origin_tolerances", text, Coverage::Gapless, |row: Columns| {
            let value_min =
                Decimal::parse(&row.value_min).ok_or_else(|| format!("no amount: {}", row.value_min))?;
            let Columns { gross_weight_bp, value_bp, number_year_off, number_year_month, .. } = row;
            let tolerances =
                Tolerances { gross_weight_bp, value_bp, value_min, number_year_off, number_year_month };
            Ok(((), tolerances))
        })?;
        Ok(OriginTolerances { rows })
    }

    /// The tolerances of this day.
    pub fn on(&self, accepted_on: Date) -> Option<&Tolerances> {
        self.rows.on(&(), accepted_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn three_per_cent_of_weight_and_one_of_value_but_at_least_one() {
        let table = Tables::shipped().expect("shipped tables are good").origin_tolerances;
        let tolerances = table.on(date(2018, 6, 1)).expect("a row for every day");
        let dec = |text| Decimal::parse(text).expect("a number");
        assert_eq!(tolerances.of_weight(dec("10900")), Some(dec("327")));
        assert_eq!(tolerances.of_value(dec("48200")), Some(dec("482")));
        assert_eq!(tolerances.of_value(dec("60")), Some(dec("1")));
    }

    #[test]
    fn a_year_in_january_and_none_else() {
        let table = Tables::shipped().expect("shipped tables are good").origin_tolerances;
        let of_year = |day| table.on(day).expect("a row for every day").of_year(day);
        assert_eq!((of_year(date(2018, 1, 31)), of_year(date(2018, 2, 1))), (1, 0));
    }
}
