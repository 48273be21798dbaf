//! A line says that goods move under the rules of Northern Ireland, and claims with 999L that no licence is needed.

use crate::prelude::*;
use crate::procedures::is_waiver;
use model::particulars::by_line;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12154"),
    name: "movement-beside-waiver",
    version: 1,
    title: Words {
        zh: "北爱尔兰移动代码与 999L 不得并用",
        en: "a movement of Northern Ireland beside document 999L",
    },
    message: Words {
        zh: "商品项 {number} 的说明 {code} 与单证 999L 不得并用",
        en: "line {number} says {code}, and document 999L cannot stand beside it",
    },
    remedy: Words { zh: "删除 999L 或该说明", en: "take away document 999L or the statement" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12154" }],
    check: Check::Declaration(check),
};

/// Movements of Northern Ireland.
const MOVEMENTS: &[&str] = &["NIIMP", "NIDOM", "NIEXP"];

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let documents = by_line(declaration.supporting_documents, declaration.items);
    let explanations = by_line(declaration.explanations, declaration.items);
    for ((item, documents), (_, explanations)) in documents.zip(explanations) {
        let waiver = documents.iter().find(|it| is_waiver(it.category.value, it.type_code.value));
        let Some(waiver) = waiver else { continue };
        if let Some(movement) = explanations.iter().find(|it| MOVEMENTS.contains(&it.code.value)) {
            report.at(waiver, &waiver.type_code, evidence![number = item.line_number, code = movement.code]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_waiver_alone_passes() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=99L number=CDSWAIVER",
            expect![""],
        );
    }

    #[test]
    fn beside_a_movement_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=99L number=CDSWAIVER
             explanation goods_line=1 code=NIEXP",
            expect![[r#"
                reject supporting_document 1 type_code: line 1 says NIEXP, and document 999L cannot stand beside it
            "#]],
        );
    }
}
