//! A unified code names an administrative division there is none of.
//!
//! Positions 3 to 8 are the division the firm was registered in. The provinces are on file, and cities where the table has
//! them (ruling D8); counties are not. Told only. A code that fails as a whole is DOC-005's and DOC-006's.

use super::doc_005_unified_code::codes;
use crate::prelude::*;
use model::party::unified_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-008"),
    name: "division-unknown",
    version: 1,
    title: Words {
        zh: "统一社会信用代码行政区划不存在", en: "unified code names no division"
    },
    message: Words {
        zh: "统一社会信用代码 {code} 第3至8位 {division} 不是行政区划代码",
        en: "unified code {code} has {division} at positions 3 to 8, which is no division",
    },
    remedy: Words { zh: "与营业执照核对", en: "compare with the business licence" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "GB/T 2260", article: "" },
        Citation { instrument: "domain-rules", article: "6, DOC-008" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in codes(head) {
        if let Some(division) = unified_code::division(code.value)
            && !law.divisions.may_be(division, case.accepted_on())
            && unified_code::is_valid(code.value)
        {
            report.at(head, code, evidence![code = *code, division]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_county_the_province_and_the_state_pass() {
        for code in ["91441323MA4WXY1296", "91440000MA4WXY1290", "91100000MA4WXY129B"] {
            check_rule(&RULE, &format!("declaration consignor_unified_code={code}"), expect![""]);
        }
    }

    #[test]
    fn a_city_there_is_none_of_is_told() {
        check_rule(
            &RULE,
            "declaration consignor_unified_code=91449999MA4WXY129B",
            expect![[r#"
                warn declaration consignor_unified_code: unified code 91449999MA4WXY129B has 449999 at positions 3 to 8, which is no division
            "#]],
        );
    }

    #[test]
    fn so_is_a_province() {
        check_rule(
            &RULE,
            "declaration agent_unified_code=91994413MA4WXY1297",
            expect![[r#"
                warn declaration agent_unified_code: unified code 91994413MA4WXY1297 has 994413 at positions 3 to 8, which is no division
            "#]],
        );
    }

    #[test]
    fn a_code_that_fails_as_a_whole_is_left_to_doc_005() {
        check_rule(&RULE, "declaration consignor_unified_code=91449999MA4WXY1290", expect![""]);
    }
}
