//! The declaration type is none: two letters for the movement and one for what is declared.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12052"),
    name: "type-not-valid",
    version: 1,
    title: Words { zh: "申报类型无效", en: "no valid declaration type" },
    message: Words {
        zh: "申报类型 {declaration_type} 无效",
        en: "{declaration_type} is no declaration type",
    },
    remedy: Words { zh: "更正申报类型", en: "give a movement and an additional type of the list" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12052" }],
    check: Check::Declaration(check),
};

/// Movements that are decided: what comes in is declined before any rule looks.
const MOVEMENTS: &[&str] = &["EX", "CO"];

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let declaration_type = &particulars.declaration_type;
    let has_movement = declaration_type.value.get(..2).is_some_and(|movement| MOVEMENTS.contains(&movement));
    let is_known = law.declaration_types.on(declaration_type.value, case.accepted_on()).is_some();
    if declaration_type.is_present() && !(has_movement && is_known) {
        report.at(particulars, declaration_type, evidence![declaration_type = *declaration_type]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn types_of_the_list_pass() {
        check_rule(
            &RULE,
            "uk
             particulars declaration_type=COZ",
            expect![""],
        );
    }

    #[test]
    fn another_letter_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars declaration_type=EXQ",
            expect![[r#"
                reject particulars declaration_type: EXQ is no declaration type
            "#]],
        );
    }

    #[test]
    fn another_movement_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars declaration_type=TRA",
            expect![[r#"
                reject particulars declaration_type: TRA is no declaration type
            "#]],
        );
    }
}
