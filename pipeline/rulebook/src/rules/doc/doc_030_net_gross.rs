//! Weights that cannot be: net above gross, a weight that is not positive, lines that do not add up to the head.
//!
//! A line's net weight is its quantity in kilograms (unit 035), ruling D8; lines with another first unit leave the sum unjudged.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-030"),
    name: "net-weight-above-gross",
    version: 1,
    title: Words { zh: "净重与毛重矛盾", en: "net and gross weight contradict each other" },
    message: Words {
        zh: "毛重 {gross_kg} 千克，净重 {net_kg} 千克，各项净重合计 {lines_kg} 千克：{what}",
        en: "gross {gross_kg} kg, net {net_kg} kg, lines add up to {lines_kg} kg: {what}",
    },
    remedy: Words {
        zh: "核对装箱单后更正毛重、净重或各项数量",
        en: "correct the weights after the packing list",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-030" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

/// Lines may miss the head by this much.
const TOLERANCE_KG: Decimal = Decimal::HALF;
/// Kilogram as a statutory unit.
const KILOGRAM: &str = "035";

const NOT_POSITIVE: Words = Words { zh: "重量必须大于零", en: "a weight must be more than zero" };
const NET_ABOVE_GROSS: Words = Words { zh: "净重大于毛重", en: "net is more than gross" };
const LINES_DIFFER: Words =
    Words { zh: "各项净重合计与表头净重不符", en: "lines do not add up to the head" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let (Some(gross_kg), Some(net_kg)) = (head.gross_weight_kg.decimal(), head.net_weight_kg.decimal())
    else {
        return; // Absence is DOC-001's, a value that is no number is the reader's.
    };
    let sum = lines_net_kg(case);
    let lines_kg = sum.map_or(Value::from("-"), Value::from);
    if !gross_kg.is_positive() || !net_kg.is_positive() {
        report.at(head, &head.net_weight_kg, evidence![gross_kg, net_kg, lines_kg, what = NOT_POSITIVE]);
    } else if net_kg > gross_kg {
        report.at(head, &head.net_weight_kg, evidence![gross_kg, net_kg, lines_kg, what = NET_ABOVE_GROSS]);
    } else if let Some(sum) = sum
        && sum.distance(net_kg).is_none_or(|distance| distance > TOLERANCE_KG)
    {
        report.at(head, &head.net_weight_kg, evidence![gross_kg, net_kg, lines_kg, what = LINES_DIFFER]);
    }
    if sum.is_none() {
        report.not_judged(Words {
            zh: "有商品项的第一法定单位不是千克，净重合计无法核对",
            en: "a line's first unit is not the kilogram, so the sum of net weights cannot be checked",
        });
    }
}

fn lines_net_kg(case: &Case<'_>) -> Option<Decimal> {
    case.items().iter().try_fold(Decimal::ZERO, |sum, item| {
        let in_kilograms = item.first_unit.value == KILOGRAM;
        sum.checked_add(item.first_quantity.decimal().filter(|_| in_kilograms)?)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn net_below_gross_and_lines_that_add_up_pass() {
        check_rule(
            &RULE,
            "declaration gross_weight_kg=10800 net_weight_kg=9600
             item first_quantity=9600",
            expect![""],
        );
    }

    #[test]
    fn net_above_gross_is_rejected() {
        check_rule(
            &RULE,
            "declaration gross_weight_kg=10800 net_weight_kg=10900
             item first_quantity=10900",
            expect![[r#"
                reject declaration net_weight_kg: gross 10800 kg, net 10900 kg, lines add up to 10900 kg: net is more than gross
            "#]],
        );
    }

    #[test]
    fn lines_may_miss_the_head_by_half_a_kilogram() {
        check_rule(&RULE, "item first_quantity=960.5", expect![""]);
        check_rule(
            &RULE,
            "item first_quantity=960.51",
            expect![[r#"
                reject declaration net_weight_kg: gross 1080 kg, net 960 kg, lines add up to 960.51 kg: lines do not add up to the head
            "#]],
        );
    }

    #[test]
    fn weights_of_zero_are_rejected() {
        check_rule(
            &RULE,
            "declaration net_weight_kg=0
             item first_quantity=0",
            expect![[r#"
                reject declaration net_weight_kg: gross 1080 kg, net 0 kg, lines add up to 0 kg: a weight must be more than zero
            "#]],
        );
    }

    #[test]
    fn a_line_in_another_unit_leaves_the_sum_unjudged() {
        check_rule(
            &RULE,
            "item first_unit=025",
            expect![[r#"
                not judged: a line's first unit is not the kilogram, so the sum of net weights cannot be checked
            "#]],
        );
    }
}
