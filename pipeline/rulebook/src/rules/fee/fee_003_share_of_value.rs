//! Inspection of quality costs a share of the goods' value: 1.5 ‰ where the tariff says so.

use crate::channel;
use crate::fees::{Unknown, money};
use crate::prelude::*;
use crate::rules::fee::fee_008_each_head;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-003"),
    name: "share-of-value",
    version: 1,
    title: Words {
        zh: "品质检验费按货值计收", en: "inspection of quality is a share of the value"
    },
    message: Words { zh: "货值 {before} 元，应收 {after} 元", en: "value {before}, charged {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "发改价格[2003]2357号 annex 1 (domain-rules S01)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-003" },
    ],
    check: Check::Step,
};

/// What a share of this value comes to.
pub fn raw(base: Decimal, rate: Decimal, trace: &mut Vec<TraceLine>) -> Result<Decimal, Unknown> {
    let raw = base.mul_rounded(rate, 2).ok_or(fee_008_each_head::TOO_LARGE)?;
    trace.push(channel::step(&RULE, money(base), money(raw)));
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    #[test]
    fn a_permille_and_a_half_of_304800() {
        let mut trace = Vec::new();
        assert_eq!(raw(dec("304800"), dec("0.0015"), &mut trace), Ok(dec("457.20")));
        assert_eq!(trace, [channel::step(&RULE, "304800.00", "457.20")]);
    }

    #[test]
    fn a_tenth_of_that_is_another_rate() {
        assert_eq!(raw(dec("304800"), dec("0.00015"), &mut Vec::new()), Ok(dec("45.72")));
        assert_eq!(raw(Decimal::MAX, dec("2"), &mut Vec::new()), Err(fee_008_each_head::TOO_LARGE));
    }
}
