//! Movement and procedure do not go together: an export under a procedure of import.

use crate::prelude::*;
use crate::procedures::{is_procedure, main_procedures};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11004"),
    name: "procedure-of-another-movement",
    version: 1,
    title: Words {
        zh: "申报类型与海关手续不符", en: "declaration type and procedure do not go together"
    },
    message: Words {
        zh: "申报类型 {declaration_type} 不得使用海关手续 {procedure}",
        en: "declaration type {declaration_type} cannot ask for procedure {procedure}",
    },
    remedy: Words {
        zh: "更正申报类型或海关手续", en: "correct the declaration type or the procedure"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS11004" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let declaration_type = particulars.declaration_type;
    let Some(movement) = declaration_type.value.get(..2) else { return };
    for (_, main) in main_procedures(case).filter(|(_, main)| is_procedure(main.current.value)) {
        if law.export_procedures.data_set(movement, main.current.value, case.accepted_on()).is_none() {
            report.at(main, &main.current, evidence![declaration_type, procedure = main.current]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn permanent_export_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn release_for_free_circulation_is_no_export() {
        check_rule(
            &RULE,
            "uk
             procedure goods_line=1 current=40 previous=00",
            expect![[r#"
                reject procedure 1 current: declaration type EXA cannot ask for procedure 40
            "#]],
        );
    }

    #[test]
    fn an_additional_procedure_is_none_of_these() {
        check_rule(
            &RULE,
            "uk
             procedure goods_line=1 current=10 previous=40
             procedure goods_line=1 current=1CS",
            expect![""],
        );
    }
}
