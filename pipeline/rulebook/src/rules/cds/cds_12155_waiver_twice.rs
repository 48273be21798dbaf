//! Document 999L stands twice in a line.

use crate::prelude::*;
use crate::procedures::is_waiver;
use model::particulars::by_line;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12155"),
    name: "waiver-twice",
    version: 1,
    title: Words { zh: "单证 999L 重复", en: "document 999L stands twice" },
    message: Words {
        zh: "商品项 {number} 的单证 999L 多于一份",
        en: "line {number} has document 999L more than once",
    },
    remedy: Words { zh: "只保留一份 999L", en: "keep one document 999L in the line" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12155" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    for (item, documents) in by_line(declaration.supporting_documents, declaration.items) {
        let mut waivers = documents.iter().filter(|it| is_waiver(it.category.value, it.type_code.value));
        if let Some(second) = waivers.nth(1) {
            report.at(second, &second.type_code, evidence![number = item.line_number]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn one_a_line_passes() {
        check_rule(
            &RULE,
            "uk
             item
             item
             supporting_document goods_line=1 category=9 type_code=99L
             supporting_document goods_line=2 category=9 type_code=99L",
            expect![""],
        );
    }

    #[test]
    fn two_in_a_line_are_rejected() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=99L
             supporting_document goods_line=1 category=9 type_code=99L",
            expect![[r#"
                reject supporting_document 2 type_code: line 1 has document 999L more than once
            "#]],
        );
    }
}
