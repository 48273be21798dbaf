//! The procedures of the goods lines lead to different data sets: such goods are not filed in one declaration.

use crate::prelude::*;
use crate::procedures::main_procedures;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11005"),
    name: "data-sets-differ",
    version: 1,
    title: Words { zh: "各项商品数据集不一致", en: "goods lines lead to different data sets" },
    message: Words {
        zh: "商品项手续 {procedure} 属数据集 {found}，首项属 {first}",
        en: "procedure {procedure} leads to data set {found}, that of the first line to {first}",
    },
    remedy: Words { zh: "按数据集分单申报", en: "file the goods in a declaration for each data set" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS11005" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let Some(movement) = particulars.declaration_type.value.get(..2) else { return };
    let mut first: Option<&str> = None;
    for (_, main) in main_procedures(case) {
        let procedure = main.current;
        let Some(found) = law.export_procedures.data_set(movement, procedure.value, case.accepted_on())
        else {
            continue; // No procedure of this movement: CDS-11004's.
        };
        let first = *first.get_or_insert(found);
        if first != found {
            report.at(main, &main.current, evidence![procedure, found, first]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn procedures_of_one_data_set_pass() {
        check_rule(
            &RULE,
            "uk
             item
             item
             procedure goods_line=1 current=10 previous=40
             procedure goods_line=2 current=31 previous=51",
            expect![""],
        );
    }

    #[test]
    fn procedures_of_two_are_rejected() {
        check_rule(
            &RULE,
            "uk
             item
             item
             procedure goods_line=1 current=10 previous=40
             procedure goods_line=2 current=21 previous=00",
            expect![[r#"
                reject procedure 2 current: procedure 21 leads to data set B2, that of the first line to B1
            "#]],
        );
    }
}
