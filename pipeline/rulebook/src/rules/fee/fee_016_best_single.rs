//! Of several reductions the best single one counts; policies that allow it follow one another; none are ever added up.
//!
//! A policy marked `sequential` goes with others so marked, each on what the one before has left. One that is not stands
//! alone. Whichever way takes more off is taken, a single one where both take the same.

use crate::prelude::*;
use crate::waivers::{self, Means};
use model::decision::TraceLine;
use model::registers::{Policy, Stack};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-016"),
    name: "best-single",
    version: 1,
    title: Words { zh: "多项减收取最优一项", en: "the best single reduction counts" },
    message: Words {
        zh: "减收前 {before} 元，减收后 {after} 元", en: "{before} is reduced to {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-016" }],
    check: Check::Step,
};

/// The reductions that are granted on this amount, with what each takes off.
pub fn choose<'l>(
    amount: Decimal,
    policies: impl Iterator<Item = &'l Policy>,
    means: &Means<'_, '_>,
    trace: &mut Vec<TraceLine>,
) -> Vec<(&'l Policy, Decimal)> {
    let (mut best, mut sequence) = (None, Vec::<(&Policy, Decimal)>::new());
    let (mut best_relief, mut left) = (Decimal::ZERO, amount);
    for policy in policies {
        let is_sequential = policy.stack == Stack::Sequential;
        let relief = (waivers::of(policy).relief)(&policy.kind, if is_sequential { left } else { amount });
        let beside = if is_sequential { &sequence[..] } else { &[] };
        if !relief.is_positive() || !means.reach(policy, relief, beside, trace) {
            continue;
        }
        if is_sequential {
            left = left.checked_sub(relief).unwrap_or(Decimal::ZERO);
            sequence.push((policy, relief));
        } else if relief > best_relief {
            best_relief = relief;
            best = Some((policy, relief));
        }
    }
    let is_sequence_better = amount.checked_sub(left).is_some_and(|relief| relief > best_relief);
    if is_sequence_better { sequence } else { best.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    fn thirty_and_ten(stack: &str) -> String {
        format!(
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A{stack}\npolicy id=TEN kind=PERCENT value=10 heads=LAB-CM firms=all decision_no=D authority_doc=A{stack}"
        )
    }

    #[test]
    fn the_better_of_thirty_and_ten_per_cent() {
        check_fee(
            &RULE,
            &thirty_and_ten(""),
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
                step 1500.00 -450.00 → 1050.00
            "#]],
        );
    }

    #[test]
    fn one_after_the_other_where_both_allow_it_and_never_nine_hundred() {
        check_fee(
            &RULE,
            &thirty_and_ten(" stack=sequential"),
            expect![[r#"
                LAB-CM 1500.00 → 945.00
                step 1500.00 -450.00 → 1050.00
                step 1050.00 -105.00 → 945.00
            "#]],
        );
    }

    #[test]
    fn one_whose_quota_is_used_up_leaves_the_next_best() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A quota=100\npolicy id=TEN kind=PERCENT value=10 heads=LAB-CM firms=all decision_no=D authority_doc=A",
            expect![[r#"
                LAB-CM 1500.00 → 1350.00
                step 1500.00 -150.00 → 1350.00
            "#]],
        );
    }
}
