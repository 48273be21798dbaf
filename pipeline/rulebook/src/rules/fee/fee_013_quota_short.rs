//! A waiver has kind, authority, funder, window, scope and quota; one whose quota does not reach is not granted.
//!
//! Never in part: the register has no column that would allow it.
//! A policy of kind `FIXED` takes its amount off under this rule.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use model::decision::TraceLine;
use model::registers::Policy;
use model::waiver::{Account, AccountKind, Drawing};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-013"),
    name: "quota-short",
    version: 1,
    title: Words { zh: "减免额度不足", en: "the quota of a waiver does not reach" },
    message: Words { zh: "政策 {before}：{after}", en: "policy {before}: {after}" },
    remedy: Words {
        zh: "向政策主管单位申请增加额度", en: "ask the authority of the policy for more"
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "founding plan §四(十二)1", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-013" },
    ],
    check: Check::Step,
};

const SHORT: Words = Words {
    zh: "未予减免：额度 {quota} 元，余 {left} 元，本次需 {asked} 元",
    en: "not granted, {left} left of {quota}, {asked} asked",
};

/// What the quota has left covers this relief; told when it does not.
pub fn has_room(policy: &Policy, relief: Decimal, drawing: &Drawing<'_>, trace: &mut Vec<TraceLine>) -> bool {
    let Some(quota) = policy.quota else { return true };
    let used = drawing.used(&Account::new(AccountKind::Quota, &policy.id));
    let left = used.and_then(|used| quota.checked_sub(used)).unwrap_or(Decimal::ZERO);
    let has_room = relief <= left;
    if !has_room {
        let left = left.max(Decimal::ZERO);
        let values = evidence![left = money(left), quota = money(quota), asked = money(relief)];
        trace.push(channel::step(&RULE, policy.id.as_str(), Phrase { words: SHORT, values }));
    }
    has_room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn a_quota_that_reaches_exactly_is_granted() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A quota=450",
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
            "#]],
        );
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=F kind=FIXED value=100 heads=LAB-CM firms=all decision_no=D authority_doc=A",
            expect![[r#"
                LAB-CM 1500.00 → 1400.00
                step 1500.00 -100.00 → 1400.00
            "#]],
        );
    }

    #[test]
    fn a_cent_less_and_nothing_is() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A quota=449.99",
            expect![[r#"
                LAB-CM 1500.00 → 1500.00
                trace ZONE-30 → not granted, 449.99 left of 449.99, 450.00 asked
            "#]],
        );
    }
}
