//! The carrier is told by code and by name.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12086"),
    name: "carrier-code-and-name",
    version: 1,
    title: Words {
        zh: "承运人同时填报代码和名称", en: "the carrier is told by code and by name"
    },
    message: Words {
        zh: "承运人同时填报了代码 {code} 和名称",
        en: "the carrier is told by code {code} and by name",
    },
    remedy: Words { zh: "代码与名称只填一项", en: "give the code or the name, not both" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12086" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let (code, name) = (particulars.carrier_code, &particulars.carrier_name);
    if code.is_present() && name.is_present() {
        report.at(particulars, name, evidence![code]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_code_passes() {
        check_rule(
            &RULE,
            "uk
             particulars carrier_code=GB1",
            expect![""],
        );
    }

    #[test]
    fn both_are_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars carrier_code=GB1 carrier_name=NORTHERN",
            expect![[r#"
                reject particulars carrier_name: the carrier is told by code GB1 and by name
            "#]],
        );
    }
}
