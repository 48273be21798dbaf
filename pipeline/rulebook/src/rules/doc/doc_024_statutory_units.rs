//! Quantities are not given in the statutory units.
//!
//! Shoes are counted twice by law: first in kilograms (035), then in pairs (025); the table is kept by heading and day.
//! Both quantities must be there, since the tariff has a second unit for all shoes. A first unit or quantity left out
//! altogether is DOC-001's. Units turned round are told once, at the first.

use crate::prelude::*;
use crate::tables::legal_units::Units;
use model::declaration::GoodsItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-024"),
    name: "statutory-unit-mismatch",
    version: 1,
    title: Words { zh: "法定计量单位不符", en: "quantity is not in the statutory unit" },
    message: Words {
        zh: "{field}为 {found}，税则规定为 {expected}",
        en: "{field} is {found}, the tariff has {expected}",
    },
    remedy: Words {
        zh: "第一法定单位填千克（035），第二法定单位填双（025），并填报相应数量",
        en: "give kilograms (035) first and pairs (025) second, each with its quantity",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S20", article: "6, DOC-024" }],
    check: Check::Declaration(check),
};

const FIRST_UNIT: Words = Words { zh: "第一法定单位", en: "first statutory unit" };
const SECOND_UNIT: Words = Words { zh: "第二法定单位", en: "second statutory unit" };
const SECOND_QUANTITY: Words = Words { zh: "第二法定数量", en: "second statutory quantity" };
const NOTHING: Words = Words { zh: "空", en: "empty" };

const NO_UNITS: Words = Words {
    zh: "该商品的法定计量单位未收录",
    en: "the statutory units of this heading are not on file",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        match law.legal_units.on(item.commodity_code.value, day) {
            Some(units) => check_item(item, units, report),
            None if item.commodity_code.value.starts_with("64") => report.not_judged(NO_UNITS),
            None => {} // Other goods are DOC-014's.
        }
    }
}

fn check_item(item: &GoodsItem<'_>, units: &Units, report: &mut Reporter<'_>) {
    let (first, second) = (item.first_unit, item.second_unit);
    if first.is_present() && first.value != units.first {
        let told = evidence![field = FIRST_UNIT, found = first, expected = units.first.as_str()];
        report.at(item, &item.first_unit, told);
        if second.value == units.first {
            return; // Turned round.
        }
    }
    if second.value != units.second {
        let found = if second.is_empty() { Value::from(NOTHING) } else { Value::from(second) };
        let told = evidence![field = SECOND_UNIT, found, expected = units.second.as_str()];
        report.at(item, &item.second_unit, told);
    } else if item.second_quantity.is_empty() {
        let told = evidence![field = SECOND_QUANTITY, found = NOTHING, expected = units.second.as_str()];
        report.at(item, &item.second_quantity, told);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn kilograms_first_and_pairs_second_pass() {
        check_rule(
            &RULE,
            "item first_unit=035 first_quantity=960 second_unit=025 second_quantity=1200",
            expect![""],
        );
    }

    #[test]
    fn pairs_in_the_place_of_kilograms_are_rejected_once() {
        check_rule(
            &RULE,
            "item first_unit=025 first_quantity=1200 second_unit=035 second_quantity=960",
            expect![[r#"
                reject item 1 first_unit: first statutory unit is 025, the tariff has 035
            "#]],
        );
    }

    #[test]
    fn a_second_unit_left_out_is_rejected() {
        check_rule(
            &RULE,
            "item second_unit= second_quantity=",
            expect![[r#"
                reject item 1 second_unit absent: second statutory unit is empty, the tariff has 025
            "#]],
        );
        check_rule(
            &RULE,
            "item second_quantity=",
            expect![[r#"
                reject item 1 second_quantity absent: second statutory quantity is empty, the tariff has 025
            "#]],
        );
    }

    #[test]
    fn ten_thousand_pairs_is_another_unit() {
        check_rule(
            &RULE,
            "item second_unit=144 second_quantity=0.12",
            expect![[r#"
                reject item 1 second_unit: second statutory unit is 144, the tariff has 025
            "#]],
        );
    }

    #[test]
    fn units_of_parts_are_not_on_file() {
        check_rule(
            &RULE,
            "item commodity_code=6406109000 second_unit= second_quantity=",
            expect![[r#"
                not judged: the statutory units of this heading are not on file
            "#]],
        );
    }
}
