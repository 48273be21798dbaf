//! A document stands twice in a line, with one number.

use crate::prelude::*;
use model::particulars::by_line;
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-71200"),
    name: "document-twice",
    version: 1,
    title: Words { zh: "同一单证重复", en: "a document stands twice in a line" },
    message: Words {
        zh: "商品项 {number} 的单证 {code} 编号 {document} 重复",
        en: "line {number} has document {code} with number {document} twice",
    },
    remedy: Words { zh: "删除重复的单证", en: "take away one of the two" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS71200" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    for (item, documents) in by_line(declaration.supporting_documents, declaration.items) {
        let mut seen = HashSet::new();
        for it in documents.iter().filter(|it| it.number.is_present()) {
            if !seen.insert((it.category.value, it.type_code.value, it.number.value)) {
                let code = format!("{}{}", it.category.value, it.type_code.value);
                report.at(it, &it.number, evidence![number = item.line_number, code, document = it.number]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn two_numbers_of_one_kind_pass() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=N type_code=935 number=INV-1
             supporting_document goods_line=1 category=N type_code=935 number=INV-2",
            expect![""],
        );
    }

    #[test]
    fn one_number_twice_is_rejected() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=N type_code=935 number=INV-1
             supporting_document goods_line=1 category=N type_code=935 number=INV-1",
            expect![[r#"
                reject supporting_document 2 number: line 1 has document N935 with number INV-1 twice
            "#]],
        );
    }
}
