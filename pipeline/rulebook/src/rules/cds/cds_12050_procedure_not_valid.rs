//! What stands for the procedure asked for is none: it has two figures.

use crate::prelude::*;
use crate::procedures::{is_procedure, main_procedures};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12050"),
    name: "procedure-not-valid",
    version: 1,
    title: Words { zh: "海关手续代码无效", en: "no valid procedure is asked for" },
    message: Words {
        zh: "海关手续代码 {procedure} 无效，应为两位数字",
        en: "{procedure} is no procedure, which has two figures",
    },
    remedy: Words {
        zh: "更正海关手续代码", en: "give the procedure asked for and the one before it"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12050" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for (_, main) in main_procedures(case) {
        if main.current.is_present() && !is_procedure(main.current.value) {
            report.at(main, &main.current, evidence![procedure = main.current]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn two_figures_pass() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn both_procedures_in_one_are_none() {
        check_rule(
            &RULE,
            "uk
             procedure goods_line=1 current=1040",
            expect![[r#"
                reject procedure 1 current: 1040 is no procedure, which has two figures
            "#]],
        );
    }

    #[test]
    fn an_additional_procedure_may_have_letters() {
        check_rule(
            &RULE,
            "uk
             procedure goods_line=1 current=10 previous=40
             procedure goods_line=1 current=F15",
            expect![""],
        );
    }
}
