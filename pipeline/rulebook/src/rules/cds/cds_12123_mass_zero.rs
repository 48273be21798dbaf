//! A mass or a quantity is zero, where only goods that weigh something are declared.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12123"),
    name: "mass-zero",
    version: 1,
    title: Words { zh: "重量或数量须大于零", en: "a mass or a quantity is zero" },
    message: Words { zh: "{value}：应大于零", en: "{value} is not greater than zero" },
    remedy: Words { zh: "更正重量或数量", en: "correct the mass or the quantity" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12123" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for (_, more) in case.declaration.lines() {
        for value in [&more.gross_mass_kg, &more.net_mass_kg, &more.supplementary_quantity] {
            if value.decimal().is_some_and(Decimal::is_zero) {
                report.at(more, value, evidence![value = *value]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_gram_passes() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg=0.002 net_mass_kg=0.001",
            expect![""],
        );
    }

    #[test]
    fn nothing_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg=1 net_mass_kg=0.000",
            expect![[r#"
                reject item_particulars 1 net_mass_kg: 0.000 is not greater than zero
            "#]],
        );
    }
}
