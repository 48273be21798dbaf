//! Additional procedure 000 says that there is none, and another stands beside it.

use crate::prelude::*;
use model::particulars::{Procedure, by_line};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12149"),
    name: "none-beside-others",
    version: 1,
    title: Words {
        zh: "附加手续 000 不得与其他附加手续并用", en: "additional procedure 000 beside another"
    },
    message: Words {
        zh: "商品项 {number} 同时填报了附加手续 000 和 {other}",
        en: "line {number} says 000, no additional procedure, and {other}",
    },
    remedy: Words { zh: "删除 000 或其他附加手续", en: "take away 000 or the others" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12149" }],
    check: Check::Declaration(check),
};

/// No additional procedure.
const NONE: &str = "000";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    for (item, procedures) in by_line(declaration.procedures, declaration.items) {
        let is_additional =
            |it: &&Procedure<'_>| it.previous.is_empty() && it.current.value.len() == NONE.len();
        let additional = || procedures.iter().filter(is_additional);
        let Some(none) = additional().find(|procedure| procedure.current.value == NONE) else { continue };
        if let Some(other) = additional().find(|procedure| procedure.current.value != NONE) {
            report.at(none, &none.current, evidence![number = item.line_number, other = other.current]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn alone_it_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn beside_another_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             procedure goods_line=1 current=10 previous=40
             procedure goods_line=1 current=000
             procedure goods_line=1 current=1CS",
            expect![[r#"
                reject procedure 2 current: line 1 says 000, no additional procedure, and 1CS
            "#]],
        );
    }

    #[test]
    fn in_another_line_it_is_none_of_this() {
        check_rule(
            &RULE,
            "uk
             item
             item
             procedure goods_line=1 current=000
             procedure goods_line=2 current=1CS",
            expect![""],
        );
    }
}
