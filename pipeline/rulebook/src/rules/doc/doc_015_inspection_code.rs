//! The 13-digit inspection code belongs to another commodity.
//!
//! An inspection code is the ten digits of the commodity code and three more.
//! The same field also carries a supervision class of three characters, which says nothing of the commodity, so only
//! thirteen digits are compared. A commodity code that is not ten digits is DOC-014's.

use crate::prelude::*;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-015"),
    name: "inspection-code-of-other-goods",
    version: 1,
    title: Words {
        zh: "检验检疫编码与商品编号不符",
        en: "inspection code belongs to another commodity code",
    },
    message: Words {
        zh: "检验检疫编码 {inspection_code} 前10位与商品编号 {commodity_code} 不同",
        en: "inspection code {inspection_code} does not begin with commodity code {commodity_code}",
    },
    remedy: Words {
        zh: "选择该商品编号项下的13位检验检疫编码",
        en: "choose an inspection code under the commodity code",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S20", article: "6, DOC-015" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for item in case.items() {
        let (inspection_code, commodity_code) = (item.inspection_code, item.commodity_code);
        if is_inspection_code(inspection_code.value)
            && commodity::is_commodity_code(commodity_code.value)
            && !inspection_code.value.starts_with(commodity_code.value)
        {
            report.at(item, &item.inspection_code, evidence![inspection_code, commodity_code]);
        }
    }
}

fn is_inspection_code(code: &str) -> bool {
    code.len() == commodity::INSPECTION_LENGTH && code.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn an_inspection_code_of_the_commodity_passes() {
        check_rule(
            &RULE,
            "item commodity_code=6405901000 inspection_code=6405901000101
             item commodity_code=6405901000 inspection_code=6405901000102",
            expect![""],
        );
    }

    #[test]
    fn one_of_another_commodity_is_rejected() {
        check_rule(
            &RULE,
            "item commodity_code=6405901000 inspection_code=6403990090101",
            expect![[r#"
                reject item 1 inspection_code: inspection code 6403990090101 does not begin with commodity code 6405901000
            "#]],
        );
    }

    #[test]
    fn a_supervision_class_is_no_inspection_code() {
        check_rule(&RULE, "item commodity_code=6405901000 inspection_code=101", expect![""]);
    }

    #[test]
    fn a_commodity_code_of_eight_digits_is_left_to_doc_014() {
        check_rule(&RULE, "item commodity_code=64059010 inspection_code=6403990090101", expect![""]);
    }
}
