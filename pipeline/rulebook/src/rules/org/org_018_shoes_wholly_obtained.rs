//! Shoes are said to be wholly obtained.
//!
//! `WO` is for what grows, is mined or is born: shoes are made. Shoes of local materials alone are `PE` or `WP` where the
//! form has it; where it has neither, they go by share or by product rule.

use crate::prelude::*;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-018"),
    name: "shoes-wholly-obtained",
    version: 1,
    title: Words { zh: "鞋类不得使用完全获得标准", en: "shoes are not wholly obtained" },
    message: Words {
        zh: "第 {line} 项商品编号 {commodity_code} 属第64章制成品，不得使用 {criterion}",
        en: "line {line} with code {commodity_code} is made, not grown: {criterion} is not for chapter 64",
    },
    remedy: Words {
        zh: "全部使用原产材料生产的改填 PE 或 WP，其余按区域价值成分或产品特定规则填写",
        en: "say PE or WP when all materials are originating, else the share or the product rule",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S28, S29 (2019-08 notice)", article: "8, ORG-018" }],
    check: Check::Certificate(check),
};

/// Footwear.
const CHAPTER: &str = "64";
/// Wholly obtained.
const WHOLLY_OBTAINED: &str = "WO";

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for line in case.certificate.goods() {
        let is_shoe = commodity::chapter(line.commodity_code.value) == Some(CHAPTER);
        // Under RCEP a suffix may follow.
        let mut words = line.criterion.value.split([' ', '"', ',']).filter(|word| !word.is_empty());
        if is_shoe && words.next().is_some_and(|word| word.eq_ignore_ascii_case(WHOLLY_OBTAINED)) {
            report.at(
                line,
                &line.criterion,
                evidence![
                    line = line.line_number,
                    commodity_code = line.commodity_code,
                    criterion = line.criterion
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn shoes_of_local_materials_are_pe() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM issue_date=2019-09-10
             line commodity_code=6403.99 criterion=PE",
            expect![""],
        );
    }

    #[test]
    fn shoes_do_not_grow() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM issue_date=2019-09-10
             line commodity_code=6403.99 criterion=WO",
            expect![[r#"
                reject certificate line 1 criterion: line 1 with code 6403.99 is made, not grown: WO is not for chapter 64
            "#]],
        );
    }

    #[test]
    fn a_suffix_changes_nothing() {
        check_rule(
            &RULE,
            "certificate form=RC destination_country_code=JPN issue_date=2022-06-01
             line commodity_code=640399 criterion=\"WO ACU\"",
            expect![[r#"
                reject certificate line 1 criterion: line 1 with code 640399 is made, not grown: WO ACU is not for chapter 64
            "#]],
        );
    }

    #[test]
    fn tea_may_be_wholly_obtained() {
        check_rule(&RULE, "certificate form=E\nline commodity_code=090210 criterion=WO", expect![""]);
    }
}
