//! Shoes of wild animals' leather leave without the permit they need.
//!
//! Some national codes of 6403 stand for leather of protected animals and go with a permit to export endangered species.
//! It is a licence document of the declaration, by letter and number; a letter without a number is no permit.
//! No grade of the firm and no simplification waives it (SIM-005): the goods wait until it comes.

use crate::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-019"),
    name: "wild-animal-permit-missing",
    version: 1,
    title: Words {
        zh: "濒危动物皮革鞋缺少监管证件", en: "shoes of wild animals' leather lack their permit"
    },
    message: Words {
        zh: "第 {line} 项商品编号 {code} 须随附监管证件 {permits}，报文未随附",
        en: "line {line} with code {code} needs licence document {permits}, and none was sent",
    },
    remedy: Words {
        zh: "取得濒危物种允许出口证明书，填报证件代码和编号",
        en: "get the permit to export endangered species, and give its code and number",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S20a", article: "6, DOC-019; 7, SIM-005" },
        Citation { instrument: "rulings", article: "D2" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let numbered = case.declaration.licences.iter().filter(|row| row.number.is_present());
    let letters: BTreeSet<&str> = numbered.map(|row| row.code.value).collect();
    for item in case.items() {
        let Some(permit) = law.permits.on(item.commodity_code.value, case.accepted_on()) else { continue };
        if !permit.permits.iter().any(|letter| letters.contains(letter.as_str())) {
            let (line, code) = (item.line_number, item.commodity_code);
            let permits = permit.permits.join(", ");
            report.at(item, &item.commodity_code, evidence![line, code, permits]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn with_its_permit_it_passes() {
        check_rule(
            &RULE,
            "item commodity_code=6403990010
             licence code=E number=2018CN/GZ00061",
            expect![""],
        );
    }

    #[test]
    fn without_one_it_is_held() {
        check_rule(
            &RULE,
            "item commodity_code=6403990010",
            expect![[r#"
                hold item 1 commodity_code: line 1 with code 6403990010 needs licence document E, and none was sent
            "#]],
        );
    }

    #[test]
    fn a_permit_to_import_or_one_without_a_number_is_none() {
        for licence in ["licence code=F number=2018CN/GZ00061", "licence code=E", "licence code=e number=1"] {
            check_rule(
                &RULE,
                &format!("item commodity_code=6403911110\n{licence}"),
                expect![[r#"
                    hold item 1 commodity_code: line 1 with code 6403911110 needs licence document E, and none was sent
                "#]],
            );
        }
    }

    #[test]
    fn other_leather_needs_none() {
        check_rule(&RULE, "item commodity_code=6403990090", expect![""]);
        check_rule(&RULE, "item commodity_code=6404190010", expect![""]);
    }

    #[test]
    fn the_best_firm_of_the_zone_is_asked_for_it_too() {
        check_rule(
            &RULE,
            "member scc=91441323555600018G from=2018-03-20 status=ACTIVE
             grade scc=91441323555600018G regime=CUS-2 grade=高级认证 from=2018-05-01
             item commodity_code=6403990010",
            expect![[r#"
                hold item 1 commodity_code: line 1 with code 6403990010 needs licence document E, and none was sent
            "#]],
        );
    }
}
