//! A pair of shoes weighs what no pair does.
//!
//! Net kilograms (first statutory quantity) over pairs (second): below 0.10 kg or above 3.00 kg a figure has slipped or
//! two have changed places. Told only, since a child's sandal and a fisherman's boot do exist.
//! Lines whose units are not kilogram and pair are DOC-024's.

use crate::prelude::*;
use crate::tables::pair_weight::Plausible;
use model::code::unit;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-031"),
    name: "pair-weight-implausible",
    version: 1,
    title: Words { zh: "单双净重异常", en: "weight of a pair is implausible" },
    message: Words {
        zh: "每双净重 {weight_per_pair_kg} 千克，通常为 {min_kg}–{max_kg} 千克",
        en: "a pair weighs {weight_per_pair_kg} kg net, usual is {min_kg} to {max_kg} kg",
    },
    remedy: Words { zh: "核对千克数与双数", en: "check kilograms and pairs" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-031" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(plausible) = law.pair_weight.on(case.accepted_on()) else { return };
    for item in case.items() {
        if item.first_unit.value != unit::KILOGRAM || item.second_unit.value != unit::PAIR {
            continue;
        }
        let (Some(net_kg), Some(pairs)) = (item.first_quantity.decimal(), item.second_quantity.decimal())
        else {
            continue; // Absence is DOC-001's or DOC-024's.
        };
        if !pairs.is_positive() || is_plausible(net_kg, pairs, plausible) {
            continue; // No pairs: DOC-025.
        }
        let weight_per_pair_kg =
            net_kg.div_rounded(pairs, Decimal::PLACES).map_or(Value::from("-"), Value::from);
        let (min_kg, max_kg) = (plausible.min_kg, plausible.max_kg);
        report.at(item, &item.first_quantity, evidence![weight_per_pair_kg, min_kg, max_kg]);
    }
}

/// Compared by multiplying, which is exact; the quotient is only made to be shown.
fn is_plausible(net_kg: Decimal, pairs: Decimal, plausible: Plausible) -> bool {
    let product = |one: Decimal, other: i64| i128::from(one.scaled()) * i128::from(other);
    let net_kg = product(net_kg, Decimal::SCALE);
    product(plausible.min_kg, pairs.scaled()) <= net_kg && net_kg <= product(plausible.max_kg, pairs.scaled())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn four_fifths_of_a_kilogram_pass() {
        check_rule(&RULE, "item first_quantity=9600 second_quantity=12000", expect![""]);
    }

    #[test]
    fn nine_kilograms_and_six_tenths_are_told() {
        check_rule(
            &RULE,
            "item first_quantity=11520 second_quantity=1200",
            expect![[r#"
                warn item 1 first_quantity: a pair weighs 9.6 kg net, usual is 0.1 to 3 kg
            "#]],
        );
    }

    #[test]
    fn both_ends_are_plausible() {
        check_rule(
            &RULE,
            "item first_quantity=120 second_quantity=1200
             item first_quantity=3600 second_quantity=1200",
            expect![""],
        );
        check_rule(
            &RULE,
            "item first_quantity=119.88 second_quantity=1200
             item first_quantity=3600.12 second_quantity=1200",
            expect![[r#"
                warn item 1 first_quantity: a pair weighs 0.0999 kg net, usual is 0.1 to 3 kg
                warn item 2 first_quantity: a pair weighs 3.0001 kg net, usual is 0.1 to 3 kg
            "#]],
        );
    }

    #[test]
    fn other_units_and_no_pairs_are_left_to_their_rules() {
        check_rule(&RULE, "item first_unit=025 first_quantity=11520", expect![""]);
        check_rule(&RULE, "item second_quantity=0", expect![""]);
    }
}
