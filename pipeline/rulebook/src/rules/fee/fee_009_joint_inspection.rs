//! A firm approved for joint inspection (共同检验) pays its part only: the factor of its approval, after the minimum and
//! before rounding.
//!
//! The approval of the consignor or of the producing and selling unit counts, on the day of acceptance.

use crate::channel;
use crate::fees::{Charging, money};
use crate::prelude::*;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-009"),
    name: "joint-inspection",
    version: 1,
    title: Words { zh: "共同检验按系数计收", en: "joint inspection bears its factor" },
    message: Words {
        zh: "共同检验：{before} 元按系数收 {after} 元",
        en: "joint inspection: {before} becomes {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "founding plan §一(三)二 (50 %: B)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-009" },
    ],
    check: Check::Step,
};

/// What is left of an amount for a firm with an approval; told when it changes.
pub fn reduced(charging: &Charging<'_>, amount: Decimal, trace: &mut Vec<TraceLine>) -> Decimal {
    let reduced = factor(charging).and_then(|factor| amount.mul_rounded(factor, 2)).unwrap_or(amount);
    if reduced != amount {
        trace.push(channel::step(&RULE, money(amount), money(reduced)));
    }
    reduced
}

/// The lowest factor in force; one that is not between 0 and 1 is none.
fn factor(charging: &Charging<'_>) -> Option<Decimal> {
    let head = charging.case.declaration.head;
    let firms = [head.consignor_unified_code.value, head.owner_unified_code.value];
    let approvals = firms.iter().flat_map(|firm| charging.case.registers.joint_approvals.of(firm));
    let in_force = approvals.filter(|approval| approval.valid.contains(charging.day));
    let factors = in_force.map(|approval| approval.factor);
    factors.filter(|factor| factor.is_positive() && *factor < Decimal::ONE).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    const ORDERED: &str = "accepted 2016-06-01\nitem total_price=48000\nexchange month=2016-06 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\n";

    #[test]
    fn half_of_the_unrounded_amount_is_rounded_once() {
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}joint_approval scc=91441323555600018G items=cr6 factor=0.5 from=2016-01-01 to=2017-01-01 decision_no=GJ-1"
            ),
            expect![[r#"
                Q-INSP 228.60 → 229.00
                trace 457.20 → 228.60
            "#]],
        );
    }

    #[test]
    fn an_approval_that_ended_that_day_changes_nothing() {
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}joint_approval scc=91441323555600018G items=cr6 factor=0.5 from=2016-01-01 to=2016-06-01 decision_no=GJ-1"
            ),
            expect![[r#"
                Q-INSP 457.20 → 457.00
            "#]],
        );
    }
}
