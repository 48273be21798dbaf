//! What a submission pays, by fee head, exact to the cent.

use super::line::Line;
use model::decimal::Decimal;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// Amounts of one head, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    pub n_lines: u64,
    pub gross: i128,
    pub payable: i128,
}

/// Amounts by head. Repeated documents pay once, so what they say again is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals(pub BTreeMap<String, Amounts>);

impl Totals {
    pub fn of(line: &Line<'_>) -> Totals {
        let mut totals = Totals::default();
        if line.outcome == "repeated" {
            return totals;
        }
        for fee in line.fees().into_iter().flat_map(|fees| fees.lines) {
            let amounts = totals.0.entry(fee.head).or_default();
            amounts.n_lines += 1;
            amounts.gross += cents(fee.gross.as_deref());
            amounts.payable += cents(fee.payable.as_deref());
        }
        totals
    }

    pub fn add(&mut self, other: &Totals) {
        for (head, amounts) in &other.0 {
            let sum = self.0.entry(head.clone()).or_default();
            sum.n_lines += amounts.n_lines;
            sum.gross += amounts.gross;
            sum.payable += amounts.payable;
        }
    }
}

impl Serialize for Totals {
    /// Each head with its number of lines, gross, relief and payable.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (head, amounts) in &self.0 {
            let relief = amounts.gross - amounts.payable;
            let texts = [amounts.gross, relief, amounts.payable].map(amount);
            map.serialize_entry(head, &(amounts.n_lines, texts))?;
        }
        map.end()
    }
}

/// An amount in cents; one that is not known counts as none.
fn cents(amount: Option<&str>) -> i128 {
    amount.and_then(Decimal::parse).map_or(0, |amount| i128::from(amount.to_minor(2)))
}

/// Cents as an amount with two places.
pub(super) fn amount(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        assert_eq!([0, 5, -5, 123_456].map(amount), ["0.00", "0.05", "-0.05", "1234.56"]);
        let all = [Some("0.10"), Some("-0.25"), Some("1500.00"), Some("unset"), None];
        assert_eq!(all.map(cents), [10, -25, 150_000, 0, 0]);
    }
}
