//! The declaration was lodged before the goods are there: it waits until they are presented.
//!
//! The gateway registers such a declaration and decides it when the goods arrive.

use crate::prelude::*;
use crate::tables::declaration_types::Lane;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-002"),
    name: "goods-awaited",
    version: 1,
    title: Words { zh: "预申报，货物尚未运抵", en: "lodged before the goods are there" },
    message: Words {
        zh: "申报类型 {declaration_type} 为预申报，货物运抵前不予放行",
        en: "declaration type {declaration_type} is pre-lodged: nothing is released before the goods are there",
    },
    remedy: Words {
        zh: "货物运抵后办理运抵确认",
        en: "present the goods, then have their arrival confirmed",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "2.2; 3, DMSRCV" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let declaration_type = &particulars.declaration_type;
    let known = law.declaration_types.on(declaration_type.value, case.accepted_on());
    if known.is_some_and(|it| it.lane == Lane::Awaited) {
        report.at(particulars, declaration_type, evidence![declaration_type = *declaration_type]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn arrived_goods_are_not_waited_for() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn pre_lodged_goods_are() {
        check_rule(
            &RULE,
            "uk
             particulars declaration_type=EXD",
            expect![[r#"
                hold particulars declaration_type: declaration type EXD is pre-lodged: nothing is released before the goods are there
            "#]],
        );
    }

    #[test]
    fn what_has_left_is_not() {
        check_rule(
            &RULE,
            "uk
             particulars declaration_type=EXY",
            expect![""],
        );
    }
}
