//! Exporter and importer are one party.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12081"),
    name: "exporter-imports",
    version: 1,
    title: Words { zh: "出口人与进口人相同", en: "the exporter and the importer are one party" },
    message: Words {
        zh: "出口人与进口人代码均为 {code}",
        en: "the exporter and the importer are both {code}",
    },
    remedy: Words { zh: "更正当事人代码", en: "correct the codes of the parties" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12081" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let Some(particulars) = case.declaration.particulars() else { return };
    let (one, other) = (head.consignor_unified_code, &particulars.importer_code);
    if one.is_present() && one.value == other.value {
        report.at(particulars, other, evidence![code = one]);
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
             particulars importer_code=NO1",
            expect![""],
        );
    }

    #[test]
    fn one_party_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars importer_code=GB512340987555",
            expect![[r#"
                reject particulars importer_code: the exporter and the importer are both GB512340987555
            "#]],
        );
    }
}
