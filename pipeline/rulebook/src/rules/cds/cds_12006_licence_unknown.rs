//! A licence is declared, and no register of licences is at hand: whether it is valid, covers the goods and has enough left is
//! not known.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12006"),
    name: "licence-unknown",
    version: 1,
    title: Words { zh: "许可证无法核对", en: "a licence cannot be looked up" },
    message: Words { zh: "许可证 {number} 无法核对", en: "licence {number} cannot be looked up" },
    remedy: Words { zh: "由发证机构核对", en: "have it checked by its issuer" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12006" }],
    check: Check::Declaration(check),
};

const NO_REGISTER: Words = Words {
    zh: "本办公室无许可证登记册，许可证的效力、适用范围和余额无法核对",
    en: "no register of licences is at hand: whether one is valid, covers the goods and has enough left cannot be checked",
};

/// The letter of licences, and the figure of national ones.
const CATEGORIES: &[&str] = &["X", "9"];

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let documents = case.declaration.supporting_documents;
    if documents.iter().any(|document| CATEGORIES.contains(&document.category.value)) {
        report.not_judged(NO_REGISTER);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn without_a_licence_there_is_nothing_to_look_up() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=N type_code=935 number=INV-1",
            expect![""],
        );
    }

    #[test]
    fn a_licence_is_not_judged() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=X type_code=002 number=GBSIE-1 status=EE",
            expect![[r#"
                not judged: no register of licences is at hand: whether one is valid, covers the goods and has enough left cannot be checked
            "#]],
        );
    }
}
