//! Whether the minimum holds again after a reduction is a switch of the tariff row, and it is off.
//!
//! The law leaves it open. Where it is on, the step says so, so that the statement and what is paid agree.

use crate::prelude::*;
use crate::waivers::Chain;
use model::assessment::Authority;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-010"),
    name: "minimum-again",
    version: 1,
    title: Words { zh: "减收后是否仍按最低额", en: "whether the minimum holds again" },
    message: Words {
        zh: "减收后 {before} 元，按最低额收 {after} 元",
        en: "{before} after relief is raised to {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-010" }],
    check: Check::Step,
};

/// Raises a reduced amount to the minimum, where it holds again.
pub fn raise(chain: &mut Chain, min_again: Option<Decimal>) {
    let short = min_again.and_then(|min| min.checked_sub(chain.amount));
    if let Some(short) = short.filter(|short| short.is_positive() && chain.amount.is_positive()) {
        chain.change(&RULE, Authority::Rule, short);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 60 × 0.5 = 30.
    fn half_of_sixty(min_again: Option<Decimal>) -> (Decimal, usize) {
        let mut chain = Chain::new(Decimal::integer(30));
        raise(&mut chain, min_again);
        (chain.amount, chain.steps.len())
    }

    #[test]
    fn with_the_switch_off_thirty_are_paid() {
        assert_eq!(half_of_sixty(None), (Decimal::integer(30), 0));
        let tables = Tables::shipped().expect("shipped tables are good");
        let row = tables.tariff.row("Q-INSP", jiff::civil::date(2016, 6, 1)).expect("a row");
        assert!(matches!(row.value, crate::tables::tariff::Charge::Rate(rate) if !rate.min_after_reduction));
    }

    #[test]
    fn with_the_switch_on_sixty_are_paid_and_the_statement_says_so() {
        assert_eq!(half_of_sixty(Some(Decimal::integer(60))), (Decimal::integer(60), 1));
    }
}
