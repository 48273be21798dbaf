//! Where nothing is charged, nothing is waived: no step, and no quota is used.
//!
//! So relief by law goes before relief for the zone, and relief for all firms before relief for the zone.

use crate::prelude::*;
use model::registers::{Policy, PolicyFirms};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-014"),
    name: "nothing-to-waive",
    version: 1,
    title: Words { zh: "应收为零不占减免额度", en: "an amount of 0 uses no quota" },
    message: Words { zh: "应收 {before} 元，减免 {after} 元", en: "charged {before}, waived {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-014" }],
    check: Check::Step,
};

/// There is something to waive.
pub fn is_waivable(amount: Decimal) -> bool {
    amount.is_positive()
}

/// Policies for all firms, then for those listed, then for the zone.
pub fn rank(policy: &Policy) -> u8 {
    match policy.firms {
        PolicyFirms::All => 0,
        PolicyFirms::Listed(_) => 1,
        PolicyFirms::Zone => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check_fee, quota_used};
    use expect_test::expect;

    #[test]
    fn a_suspended_head_leaves_the_quota_alone() {
        let zone = "member scc=91441323555600018G from=2018-03-20\npolicy id=P kind=FULL heads=CO-VISA firms=zone quota=40 decision_no=D authority_doc=A\norigin document_number=C160000000000001\ncertificate number=C160000000000001";
        assert_eq!(quota_used(zone), [] as [String; 0]);
        check_fee(
            &RULE,
            zone,
            expect![[r#"
                CO-VISA 0.00 → 0.00 SUSPENDED
            "#]],
        );
    }

    #[test]
    fn a_head_that_is_charged_uses_it() {
        let zone = "accepted 2016-06-01\nmember scc=91441323555600018G from=2016-03-20\npolicy id=P kind=FULL heads=CO-VISA firms=zone quota=40 decision_no=D authority_doc=A\norigin document_number=C160000000000001\ncertificate number=C160000000000001";
        assert_eq!(quota_used(zone), ["P 40.00"]);
        assert!(is_waivable(Decimal::HUNDREDTH) && !is_waivable(Decimal::ZERO));
    }
}
