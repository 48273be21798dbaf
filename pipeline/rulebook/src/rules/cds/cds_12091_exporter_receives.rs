//! Exporter and consignee are one party.
//!
//! The gateway's list forbids it, yet it accepts firms that send goods to themselves between the parts of the kingdom; so this
//! is told, and rejects nothing.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12091"),
    name: "exporter-receives",
    version: 1,
    title: Words { zh: "出口人与收货人相同", en: "the exporter and the consignee are one party" },
    message: Words {
        zh: "出口人与收货人代码均为 {code}",
        en: "the exporter and the consignee are both {code}",
    },
    remedy: Words { zh: "更正当事人代码", en: "correct the codes of the parties" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12091" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let (one, other) = (head.consignor_unified_code, &head.consignee_code);
    if one.is_present() && one.value == other.value {
        report.at(head, other, evidence![code = one]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn two_parties_pass() {
        check_rule(
            &RULE,
            "uk
             declaration consignee_code=NO1",
            expect![""],
        );
    }

    #[test]
    fn one_party_is_told() {
        check_rule(
            &RULE,
            "uk
             declaration consignee_code=GB512340987555",
            expect![[r#"
                warn declaration consignee_code: the exporter and the consignee are both GB512340987555
            "#]],
        );
    }
}
