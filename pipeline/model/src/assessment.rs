//! What a consignment is charged: its fee heads, each relief with its authority, and what is left to pay
//! (domain-rules 5, ruling F2).
//!
//! An amount that is not known is none, never 0; what is 0 says by which order.

use crate::decimal::Decimal;
use crate::finding::{RuleId, Words};

/// The fees of one consignment: a line a head and payer, in the order of the heads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Lines, at least one.
    pub lines: Vec<AssessmentLine>,
}

/// One fee head, charged to one payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentLine {
    /// Fee head.
    pub head: String,
    /// Who pays, by unified code.
    pub payer: String,
    /// By what right this is charged, or is not.
    pub status: Status,
    /// What the head comes to before relief; none when it could not be judged.
    pub gross: Option<Decimal>,
    /// Every change on the way from gross to payable, in order.
    pub steps: Vec<Step>,
    /// What is left to pay; none when it could not be judged.
    pub payable: Option<Decimal>,
}

/// By what right a head is charged, or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Charged.
    Charged,
    /// Nothing is charged by this order for a time (免收).
    Free(Remitted),
    /// The head is suspended by this order (FEE-011).
    Suspended(Remitted),
    /// What it comes to is not known, and why.
    NotJudged(Words),
}

/// A head that an order took away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remitted {
    /// Number of the order.
    pub order: String,
    /// What the tariff before the order would have come to; none when that is not known.
    pub would_have_been: Option<Decimal>,
}

/// One change of an amount (domain-rules 5.2, steps 5 to 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The rule that changes it.
    pub rule: RuleId,
    /// Version of the rule.
    pub version: u32,
    /// By whose authority.
    pub authority: Authority,
    /// Before.
    pub before: Decimal,
    /// Change: below 0 for a relief.
    pub amount: Decimal,
    /// After.
    pub after: Decimal,
}

/// By whose authority an amount changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// The rule alone, such as rounding.
    Rule,
    /// A policy of relief.
    Policy {
        /// Its id.
        policy: String,
        /// Instrument and number.
        document: String,
        /// Who bears it.
        funder: String,
    },
    /// A voucher, by its serial number.
    Voucher(String),
}

/// The sums of an assessment: gross − relief + rounding = payable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Before relief.
    pub gross: Decimal,
    /// Taken off by policies and vouchers.
    pub relief: Decimal,
    /// Added or taken off by rules alone.
    pub rounding: Decimal,
    /// Left to pay.
    pub payable: Decimal,
}

impl Assessment {
    /// The one payer of all lines; none where there are several.
    pub fn payer(&self) -> Option<&str> {
        let first = self.lines.first()?;
        self.lines.iter().all(|line| line.payer == first.payer).then_some(first.payer.as_str())
    }

    /// The sums (FEE-008); none when a line could not be judged: a sum without it would look like the whole.
    pub fn totals(&self) -> Option<Totals> {
        let mut totals = Totals::default();
        for line in &self.lines {
            totals = totals.plus(&line.totals()?)?;
        }
        Some(totals)
    }
}

impl AssessmentLine {
    /// The sums of this line.
    pub fn totals(&self) -> Option<Totals> {
        let (gross, payable) = (self.gross?, self.payable?);
        let (mut relief, mut rounding) = (Decimal::ZERO, Decimal::ZERO);
        for step in &self.steps {
            match step.authority {
                Authority::Rule => rounding = rounding.checked_add(step.amount)?,
                Authority::Policy { .. } | Authority::Voucher(_) => {
                    relief = relief.checked_sub(step.amount)?;
                }
            }
        }
        Some(Totals { gross, relief, rounding, payable })
    }

    /// The steps lead from gross to payable without a gap, and nothing is below 0.
    pub fn is_closed(&self) -> bool {
        let (Some(gross), Some(payable)) = (self.gross, self.payable) else {
            return self.gross.is_none() && self.payable.is_none() && self.steps.is_empty();
        };
        let mut at = gross;
        let follows = self.steps.iter().all(|step| {
            let is_next = step.before == at && at.checked_add(step.amount) == Some(step.after);
            at = step.after;
            is_next && !at.is_negative()
        });
        follows && at == payable && !gross.is_negative()
    }
}

impl Totals {
    /// Both together, if that fits.
    pub fn plus(&self, other: &Totals) -> Option<Totals> {
        Some(Totals {
            gross: self.gross.checked_add(other.gross)?,
            relief: self.relief.checked_add(other.relief)?,
            rounding: self.rounding.checked_add(other.rounding)?,
            payable: self.payable.checked_add(other.payable)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(authority: Authority, before: i32, amount: i32) -> Step {
        let [before, amount] = [before, amount].map(Decimal::integer);
        let after = before.checked_add(amount).expect("small");
        Step { rule: RuleId("FEE-016"), version: 1, authority, before, amount, after }
    }

    fn line(steps: Vec<Step>, payable: i32) -> AssessmentLine {
        AssessmentLine {
            head: "LAB-CM".to_owned(),
            payer: "91441323555600018G".to_owned(),
            status: Status::Charged,
            gross: Some(Decimal::integer(1_500)),
            steps,
            payable: Some(Decimal::integer(payable)),
        }
    }

    #[test]
    fn the_worked_statement_closes() {
        let policy =
            Authority::Policy { policy: "P".to_owned(), document: "D".to_owned(), funder: "F".to_owned() };
        let voucher = Authority::Voucher("V-2018-000123".to_owned());
        let steps = vec![step(policy, 1_500, -450), step(voucher, 1_050, -800)];
        let assessment = Assessment { lines: vec![line(steps, 250)] };
        assert!(assessment.lines[0].is_closed());
        let totals = assessment.totals().expect("all is judged");
        assert_eq!((totals.relief, totals.payable), (Decimal::integer(1_250), Decimal::integer(250)));
        assert_eq!(assessment.payer(), Some("91441323555600018G"));
    }

    #[test]
    fn a_gap_between_steps_does_not_close() {
        assert!(!line(vec![step(Authority::Rule, 1_499, -499)], 1_000).is_closed());
        assert!(!line(Vec::new(), 1_499).is_closed());
        assert!(!line(vec![step(Authority::Rule, 1_500, -1_501)], -1).is_closed());
    }

    #[test]
    fn one_line_not_judged_leaves_no_sum() {
        let unknown = AssessmentLine {
            status: Status::NotJudged(Words { zh: "无汇率", en: "no rate" }),
            gross: None,
            payable: None,
            payer: "another".to_owned(),
            ..line(Vec::new(), 0)
        };
        assert!(unknown.is_closed());
        let assessment = Assessment { lines: vec![line(Vec::new(), 1_500), unknown] };
        assert_eq!((assessment.totals(), assessment.payer()), (None, None));
    }
}
