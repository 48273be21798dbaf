//! The net mass of a goods line is not below its gross mass.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11006"),
    name: "net-mass-not-below-gross",
    version: 1,
    title: Words { zh: "净重不小于毛重", en: "net mass is not below gross mass" },
    message: Words {
        zh: "净重 {net_kg} 千克，毛重 {gross_kg} 千克",
        en: "net mass {net_kg} kg is not below gross mass {gross_kg} kg",
    },
    remedy: Words { zh: "按装箱单更正重量", en: "correct the masses after the packing list" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS11006" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for (_, more) in case.declaration.lines() {
        let (Some(net_kg), Some(gross_kg)) = (more.net_mass_kg.decimal(), more.gross_mass_kg.decimal())
        else {
            continue;
        };
        if net_kg >= gross_kg {
            report.at(more, &more.net_mass_kg, evidence![net_kg, gross_kg]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_gram_less_passes() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg=20 net_mass_kg=19.999",
            expect![""],
        );
    }

    #[test]
    fn as_much_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg=20 net_mass_kg=20",
            expect![[r#"
                reject item_particulars 1 net_mass_kg: net mass 20 kg is not below gross mass 20 kg
            "#]],
        );
    }

    #[test]
    fn without_a_gross_mass_nothing_is_compared() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg= net_mass_kg=20",
            expect![""],
        );
    }
}
