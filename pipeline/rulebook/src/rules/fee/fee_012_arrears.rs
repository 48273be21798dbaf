//! What was accepted before a head was suspended stays payable in full, however late it is paid.
//!
//! The tariff follows the day of acceptance, so nothing has to be done; the trace says it, because payers ask.

use crate::channel;
use crate::prelude::*;
use crate::tables::tariff::Tariff;
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-012"),
    name: "arrears",
    version: 1,
    title: Words {
        zh: "停征前受理的欠费仍须缴清", en: "arrears from before a suspension stay payable"
    },
    message: Words { zh: "{before}，{after}", en: "{before}, {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "财税〔2017〕20号 item 2 (domain-rules S03)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-012" },
    ],
    check: Check::Step,
};

const LATER: Words = Words { zh: "{head} 自 {since} 起停征", en: "{head} suspended since {since}" };
const IN_FULL: Words = Words { zh: "应全额缴纳", en: "payable in full" };

/// Says that a later suspension does not touch this charge, where there is one.
pub fn step(tariff: &Tariff, head: &str, day: Date, trace: &mut Vec<TraceLine>) {
    if let Some(since) = tariff.suspended_after(head, day) {
        trace.push(channel::step(&RULE, Phrase { words: LATER, values: evidence![head, since] }, IN_FULL));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str, day: Date) -> usize {
        let tables = Tables::shipped().expect("shipped tables are good");
        let mut trace = Vec::new();
        step(&tables.tariff, head, day, &mut trace);
        trace.len()
    }

    #[test]
    fn a_batch_of_the_thirtieth_of_march_2017_is_paid_in_full() {
        assert_eq!(told("Q-INSP", jiff::civil::date(2017, 3, 30)), 1);
    }

    #[test]
    fn one_of_the_first_of_april_owes_nothing_and_a_service_is_never_suspended() {
        assert_eq!(told("Q-INSP", jiff::civil::date(2017, 4, 1)), 0);
        assert_eq!(told("LAB-CM", jiff::civil::date(2017, 3, 30)), 0);
    }
}
