//! What a submission comes to by fee head, exact to the cent.
//!
//! A document counts with the last decision of the submission on it, so what an earlier one charged is taken out again.
//! A repeat charges nothing. What an earlier submission charged stands in its own summary.

use super::report::line::{FeeLine, fees_of};
use model::assessment::{Assessment, AssessmentLine, Status};
use model::decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Amounts by head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeeTotals {
    /// Heads that were charged, suspended or not judged.
    pub heads: BTreeMap<String, Amounts>,
}

/// Amounts in cents. Gross − relief + rounding = payable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Lines of statements.
    pub n_lines: i64,
    /// Lines whose amount is not known; nothing else here counts them.
    pub n_not_judged: i64,
    /// Before relief.
    pub gross: i128,
    /// Taken off by policies and vouchers.
    pub relief: i128,
    /// Added or taken off by rules alone.
    pub rounding: i128,
    /// Left to pay.
    pub payable: i128,
    /// What heads that an order took away would have come to.
    pub suspended: i128,
}

impl FeeTotals {
    /// Adds what a decision charges.
    pub fn add(&mut self, fees: &Assessment) {
        fees.lines.iter().for_each(|line| self.change(&line.head, Amounts::of(line), 1));
    }

    /// Takes out what a decision charged that another of this submission supersedes.
    pub fn take_out(&mut self, fees: &Assessment) {
        fees.lines.iter().for_each(|line| self.change(&line.head, Amounts::of(line), -1));
    }

    /// The same for one that is known by the tail of its line alone.
    pub fn take_out_said(&mut self, tail: &str) {
        let lines = fees_of(tail).into_iter().flat_map(|fees| fees.lines);
        lines.for_each(|line| self.change(&line.head, Amounts::said(&line), -1));
    }

    fn change(&mut self, head: &str, amounts: Amounts, sign: i64) {
        let sum = match self.heads.get_mut(head) {
            Some(sum) => sum,
            None => self.heads.entry(head.to_owned()).or_default(),
        };
        sum.add(&amounts, sign);
        if sum.n_lines == 0 {
            self.heads.remove(head);
        }
    }

    /// All heads together.
    pub fn all(&self) -> Amounts {
        let mut all = Amounts::default();
        self.heads.values().for_each(|amounts| all.add(amounts, 1));
        all
    }
}

impl Amounts {
    fn of(line: &AssessmentLine) -> Amounts {
        let cents = |amount: Decimal| i128::from(amount.to_minor(2));
        let mut amounts = Amounts { n_lines: 1, ..Amounts::default() };
        match line.totals() {
            None => amounts.n_not_judged = 1,
            Some(totals) => {
                [amounts.gross, amounts.relief, amounts.rounding, amounts.payable] =
                    [totals.gross, totals.relief, totals.rounding, totals.payable].map(cents);
            }
        }
        if let Status::Free(remitted) | Status::Suspended(remitted) = &line.status {
            amounts.suspended = remitted.would_have_been.map_or(0, cents);
        }
        amounts
    }

    fn said(line: &FeeLine) -> Amounts {
        let mut amounts = Amounts { n_lines: 1, ..Amounts::default() };
        if line.gross.is_none() {
            amounts.n_not_judged = 1;
        }
        [amounts.gross, amounts.payable, amounts.suspended] =
            [&line.gross, &line.payable, &line.would_have_been].map(|amount| cents(amount.as_deref()));
        for step in &line.steps {
            let amount = cents(step.amount.as_deref());
            if step.authority_doc.is_some() || step.voucher.is_some() {
                amounts.relief -= amount;
            } else {
                amounts.rounding += amount;
            }
        }
        amounts
    }

    fn add(&mut self, other: &Amounts, sign: i64) {
        self.n_lines += sign * other.n_lines;
        self.n_not_judged += sign * other.n_not_judged;
        for (sum, amount) in [
            (&mut self.gross, other.gross),
            (&mut self.relief, other.relief),
            (&mut self.rounding, other.rounding),
            (&mut self.payable, other.payable),
            (&mut self.suspended, other.suspended),
        ] {
            *sum += i128::from(sign) * amount;
        }
    }

    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("lines", &self.n_lines)?;
        for (name, cents) in [
            ("gross", self.gross),
            ("relief", self.relief),
            ("rounding", self.rounding),
            ("payable", self.payable),
            ("suspended", self.suspended),
        ] {
            map.serialize_entry(name, &amount(cents))?;
        }
        map.serialize_entry("not_judged", &self.n_not_judged)
    }
}

impl Serialize for FeeTotals {
    /// The sums, then each head with its own.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("currency", "CNY")?;
        self.all().entries(&mut map)?;
        map.serialize_entry("heads", &self.heads)?;
        map.end()
    }
}

impl Serialize for Amounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

/// An amount in cents; one that is not known counts as none.
fn cents(amount: Option<&str>) -> i128 {
    amount.and_then(Decimal::parse).map_or(0, |amount| i128::from(amount.to_minor(2)))
}

/// Cents as an amount with two places.
pub fn amount(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::ndjson::fees_alone;
    use model::assessment::{Authority, Remitted, Step};
    use model::finding::{Language, RuleId, Words};

    fn line(head: &str, status: Status, amounts: Option<(i32, i32)>) -> AssessmentLine {
        let step = |(gross, payable): (i32, i32)| {
            let [before, after, amount] = [gross, payable, payable - gross].map(Decimal::integer);
            let authority = Authority::Voucher("V-1".to_owned());
            Step { rule: RuleId("FEE-022"), version: 1, authority, before, amount, after }
        };
        AssessmentLine {
            head: head.to_owned(),
            payer: "91441323555600018G".to_owned(),
            status,
            gross: amounts.map(|(gross, _)| Decimal::integer(gross)),
            steps: amounts.filter(|(gross, payable)| gross != payable).map(step).into_iter().collect(),
            payable: amounts.map(|(_, payable)| Decimal::integer(payable)),
        }
    }

    fn statement() -> Assessment {
        let suspended = Status::Suspended(Remitted {
            order: "财税〔2017〕20号".to_owned(),
            would_have_been: Decimal::parse("457.20"),
        });
        let unknown = Status::NotJudged(Words { zh: "无汇率", en: "no rate" });
        Assessment {
            lines: vec![
                line("Q-INSP", suspended, Some((0, 0))),
                line("LAB-CM", Status::Charged, Some((1_050, 250))),
                line("LAB-CM", unknown, None),
            ],
        }
    }

    #[test]
    fn heads_are_summed_and_what_is_suspended_stands_apart() {
        let mut totals = FeeTotals::default();
        totals.add(&statement());
        totals.add(&statement());
        let lab = totals.heads["LAB-CM"];
        assert_eq!((lab.n_lines, lab.n_not_judged), (4, 2));
        assert_eq!((lab.gross, lab.relief, lab.payable), (210_000, 160_000, 50_000));
        assert_eq!(totals.all().suspended, 91_440);
        assert_eq!(totals.heads["Q-INSP"].payable, 0);
    }

    #[test]
    fn what_is_superseded_leaves_nothing_behind() {
        let mut totals = FeeTotals::default();
        totals.add(&statement());
        totals.take_out(&statement());
        assert_eq!(totals, FeeTotals::default());
    }

    /// Said in a line and read again, a statement is the same to the cent.
    #[test]
    fn a_statement_is_taken_out_by_its_line_too() {
        let mut totals = FeeTotals::default();
        totals.add(&statement());
        let (assessment, language) = (&statement(), Language::Zh);
        let fees = fees_alone(assessment, language);
        totals.take_out_said(&format!("\"disposition\":\"hold\",\"fees\":{fees}}}"));
        assert_eq!(totals, FeeTotals::default());
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!([0, 5, -5, 123_456].map(amount), ["0.00", "0.05", "-0.05", "1234.56"]);
        let all = [Some("0.10"), Some("-0.25"), Some("1500.00"), Some("unset"), None];
        assert_eq!(all.map(cents), [10, -25, 150_000, 0, 0]);
    }
}
