//! A line says that goods move under the rules of Northern Ireland on export, and another does not.

use crate::prelude::*;
use model::particulars::{Explanation, by_line};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-40072"),
    name: "movement-in-some-lines",
    version: 1,
    title: Words { zh: "NIEXP 未在各项商品中一致填报", en: "NIEXP stands in some lines only" },
    message: Words {
        zh: "商品项 {number} 未填报说明 NIEXP，其他商品项已填报",
        en: "line {number} lacks statement NIEXP, which other lines have",
    },
    remedy: Words { zh: "在各项商品中填报 NIEXP", en: "give NIEXP in every line" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS40072" }],
    check: Check::Declaration(check),
};

/// Export from Northern Ireland.
const MOVEMENT: &str = "NIEXP";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let lines = || by_line(declaration.explanations, declaration.items);
    let says = |explanations: &[Explanation<'_>]| explanations.iter().any(|it| it.code.value == MOVEMENT);
    if !lines().any(|(_, explanations)| says(explanations)) {
        return;
    }
    for (item, _) in lines().filter(|(_, explanations)| !says(explanations)) {
        report.row(item, evidence![number = item.line_number]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn in_every_line_it_passes() {
        check_rule(
            &RULE,
            "uk
             item
             item
             explanation goods_line=1 code=NIEXP
             explanation goods_line=2 code=NIEXP",
            expect![""],
        );
    }

    #[test]
    fn in_one_of_two_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item
             item
             explanation goods_line=1 code=NIEXP",
            expect![[r#"
                reject item 2: line 2 lacks statement NIEXP, which other lines have
            "#]],
        );
    }
}
