//! Importer and buyer are one party: a buyer is told only where it is another.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12117"),
    name: "importer-buys",
    version: 1,
    title: Words { zh: "进口人与买方相同", en: "the importer and the buyer are one party" },
    message: Words {
        zh: "进口人与买方代码均为 {code}", en: "the importer and the buyer are both {code}"
    },
    remedy: Words { zh: "更正当事人代码", en: "correct the codes of the parties" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12117" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let (one, other) = (particulars.importer_code, &particulars.buyer_code);
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
             particulars importer_code=NO1 buyer_code=NO2",
            expect![""],
        );
    }

    #[test]
    fn one_party_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars importer_code=NO1 buyer_code=NO1",
            expect![[r#"
                reject particulars buyer_code: the importer and the buyer are both NO1
            "#]],
        );
    }
}
