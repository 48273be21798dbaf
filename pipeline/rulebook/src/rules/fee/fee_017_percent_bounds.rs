//! A percentage is more than 0 and at most 100, and nothing is reduced below 0.
//!
//! A policy with another one does not load; should one get here all the same, it takes nothing off.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-017"),
    name: "percent-bounds",
    version: 1,
    title: Words {
        zh: "减收比例应在零至百之间", en: "a percentage is more than 0 and at most 100"
    },
    message: Words {
        zh: "减收比例 {before}，减收 {after} 元", en: "percentage {before} takes {after} off"
    },
    remedy: Words {
        zh: "更正减免政策登记册中的比例",
        en: "correct the percentage in the register of policies",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-017" }],
    check: Check::Step,
};

/// What so many per cent of an amount are.
pub fn share(amount: Decimal, percent: Decimal) -> Decimal {
    if !is_percentage(percent) {
        return Decimal::ZERO;
    }
    let share =
        amount.mul_rounded(percent, Decimal::PLACES).and_then(|it| it.div_rounded(Decimal::HUNDRED, 2));
    share.unwrap_or(Decimal::ZERO).min(amount)
}

/// More than 0 and at most 100.
pub fn is_percentage(percent: Decimal) -> bool {
    percent.is_positive() && percent <= Decimal::HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_and_a_hundred_per_cent() {
        assert_eq!(share(Decimal::integer(1_500), Decimal::integer(30)), Decimal::integer(450));
        assert_eq!(share(Decimal::integer(1_500), Decimal::HUNDRED), Decimal::integer(1_500));
    }

    #[test]
    fn more_than_all_and_less_than_nothing_take_nothing_off() {
        for percent in [120, 101, 0, -5] {
            assert_eq!(share(Decimal::integer(1_500), Decimal::integer(percent)), Decimal::ZERO, "{percent}");
        }
    }
}
