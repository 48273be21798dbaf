//! What a fee head costs on a day of acceptance (domain-rules 5.1, FEE-001).

use super::{Coverage, Dated, Row, TableError, read};
use jiff::civil::Date;
use model::decimal::Decimal;
use serde::Deserialize;

/// Charges by head and day.
#[derive(Clone, Debug)]
pub struct Tariff {
    by_head: Dated<String, Charge>,
}

/// How a head is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charge {
    /// A share of the goods' value.
    Rate(Rate),
    /// So much a certificate or document, CNY.
    Unit(Decimal),
    /// Quantity and price as ordered.
    Ordered,
    /// Nothing for a time, by this order.
    Free(String),
    /// Suspended by this order.
    Suspended(String),
    /// Charged, but the amount is not known.
    Unset,
}

/// A share of the goods' value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Share.
    pub rate: Decimal,
    /// Least for a batch, CNY.
    pub min: Decimal,
    /// Most for a batch, CNY.
    pub max: Option<Decimal>,
    /// The minimum holds again after a reduction (FEE-010).
    pub min_after_reduction: bool,
}

#[derive(Deserialize)]
struct Columns {
    head: String,
    charge: String,
    rate: Option<String>,
    min: Option<String>,
    max: Option<String>,
    unit: Option<String>,
    order: Option<String>,
    #[serde(default)]
    min_after_reduction: bool,
}

impl Tariff {
    /// Reads the table: a gap or an overlap between the rows of a head fails the load.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_head = read("tariff", text, Coverage::Gapless, |row: Columns| {
            let charge = row.charge().map_err(|what| format!("{}: {what}", row.head))?;
            Ok((row.head, charge))
        })?;
        Ok(Tariff { by_head })
    }

    /// The row of a head on a day; none before its first day.
    pub fn row(&self, head: &str, day: Date) -> Option<&Row<Charge>> {
        self.by_head.row(head, day)
    }

    /// The head has a tariff on some day.
    pub fn knows(&self, head: &str) -> bool {
        self.by_head.knows(head)
    }

    /// What was charged last before this day: what an order that took the head away saves.
    pub fn charged_before(&self, head: &str, day: Date) -> Option<&Charge> {
        let earlier = self.rows(head).iter().rev().filter(|row| row.from <= day);
        earlier.map(|row| &row.value).find(|charge| !charge.is_remitted())
    }

    /// The first day after this one on which the head is suspended (FEE-012).
    pub fn suspended_after(&self, head: &str, day: Date) -> Option<Date> {
        let suspended = |row: &&Row<Charge>| matches!(row.value, Charge::Suspended(_)) && day < row.from;
        self.rows(head).iter().find(suspended).map(|row| row.from)
    }

    fn rows(&self, head: &str) -> &[Row<Charge>] {
        self.by_head.rows.get(head).map_or(&[], Vec::as_slice)
    }
}

impl Charge {
    fn is_remitted(&self) -> bool {
        matches!(self, Charge::Free(_) | Charge::Suspended(_))
    }
}

impl Columns {
    fn charge(&self) -> Result<Charge, String> {
        match self.charge.as_str() {
            "rate" => Ok(Charge::Rate(self.rate()?)),
            "unit" => Ok(Charge::Unit(amount("unit", self.unit.as_ref())?)),
            "ordered" => Ok(Charge::Ordered),
            "free" => Ok(Charge::Free(self.order()?)),
            "suspended" => Ok(Charge::Suspended(self.order()?)),
            "unset" => Ok(Charge::Unset),
            other => Err(format!("no such charge: {other}")),
        }
    }

    fn rate(&self) -> Result<Rate, String> {
        let rate = amount("rate", self.rate.as_ref())?;
        let min = amount("min", self.min.as_ref())?;
        let max = self.max.is_some().then(|| amount("max", self.max.as_ref())).transpose()?;
        if max.is_some_and(|max| max < min) {
            return Err("the most is less than the least".to_owned());
        }
        Ok(Rate { rate, min, max, min_after_reduction: self.min_after_reduction })
    }

    fn order(&self) -> Result<String, String> {
        let order = self.order.clone().filter(|order| !order.is_empty());
        order.ok_or_else(|| "what is not charged names its order".to_owned())
    }
}

fn amount(name: &str, text: Option<&String>) -> Result<Decimal, String> {
    let text = text.ok_or_else(|| format!("{name} is missing"))?;
    let amount = Decimal::parse(text).filter(|amount| !amount.is_negative());
    amount.ok_or_else(|| format!("{name} cannot be {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/tariff.toml");

    fn tariff() -> Tariff {
        Tariff::parse(SHIPPED).expect("shipped tables are good")
    }

    #[test]
    fn windows_of_quality_inspection() {
        let tariff = tariff();
        let charge = |day: Date| &tariff.row("Q-INSP", day).expect("a row").value;
        for day in
            [date(2012, 9, 30), date(2013, 1, 1), date(2013, 7, 31), date(2016, 6, 1), date(2017, 3, 31)]
        {
            let Charge::Rate(rate) = charge(day) else { panic!("{day}") };
            assert_eq!(
                (rate.rate, rate.min),
                (Decimal::from_minor(15, 4).expect("small"), Decimal::integer(60))
            );
        }
        for day in [date(2012, 10, 1), date(2012, 12, 31), date(2013, 8, 1), date(2014, 12, 31)] {
            assert!(matches!(charge(day), Charge::Free(_)), "{day}");
        }
        assert_eq!(*charge(date(2017, 4, 1)), Charge::Suspended("财税〔2017〕20号".to_owned()));
        assert!(tariff.row("Q-INSP", date(2004, 3, 31)).is_none());
    }

    #[test]
    fn an_order_saves_what_was_charged_before_it() {
        let tariff = tariff();
        assert!(matches!(tariff.charged_before("Q-INSP", date(2018, 6, 1)), Some(Charge::Rate(_))));
        assert_eq!(
            tariff.charged_before("CO-VISA", date(2012, 12, 31)),
            Some(&Charge::Unit(Decimal::integer(40)))
        );
        assert_eq!(tariff.suspended_after("Q-INSP", date(2017, 3, 31)), Some(date(2017, 4, 1)));
        assert_eq!(tariff.suspended_after("Q-INSP", date(2017, 4, 1)), None);
    }

    #[test]
    fn a_gap_in_a_head_does_not_load() {
        let error = Tariff::parse(&SHIPPED.replacen("to = \"2012-10-01\"", "to = \"2012-09-30\"", 1))
            .expect_err("a gap");
        assert_eq!(error.what, "no row is in force from 2012-09-30 to 2012-10-01");
    }
}
