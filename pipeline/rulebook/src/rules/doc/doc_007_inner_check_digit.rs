//! The organisation code inside a unified code does not check by its own digit.
//!
//! Positions 9 to 17 are the older organisation code with a check digit of its own. Told only, as codes older than the
//! standard miss it now and then; a code that fails as a whole is DOC-005's and DOC-006's.

use super::doc_005_unified_code::codes;
use crate::prelude::*;
use model::party::organisation_code::{self, OrganisationCodeDefect};
use model::party::unified_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-007"),
    name: "inner-check-digit",
    version: 1,
    title: Words {
        zh: "统一社会信用代码内的组织机构代码校验不通过",
        en: "organisation code inside the unified code does not check",
    },
    message: Words {
        zh: "统一社会信用代码 {code} 第9至17位 {inner} 校验码应为 {expected}；老代码可能不符，仅作提示",
        en: "unified code {code} has {inner} at positions 9 to 17, whose check digit should be {expected}; old codes vary, told only",
    },
    remedy: Words {
        zh: "与营业执照核对；确为老代码的无需处理",
        en: "compare with the business licence; nothing to do when the code is an old one",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "GB 11714", article: "" },
        Citation { instrument: "domain-rules", article: "6, DOC-007" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in codes(head) {
        if let Some(inner) = unified_code::organisation_code(code.value)
            && let Err(OrganisationCodeDefect::CheckDigit { expected, .. }) = organisation_code::check(inner)
            && unified_code::is_valid(code.value)
        {
            report.at(head, code, evidence![code = *code, inner, expected]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_codes_of_the_reference_pass() {
        for code in ["91441323MA4WXY1296", "91441323555600018G", "91441323MA52000160"] {
            check_rule(&RULE, &format!("declaration consignor_unified_code={code}"), expect![""]);
        }
    }

    #[test]
    fn a_wrong_inner_digit_is_told_and_no_more() {
        // MA4WXY12 checks with 9; the unified code around MA4WXY128 checks with 3.
        check_rule(
            &RULE,
            "declaration consignor_unified_code=91441323MA4WXY1283",
            expect![[r#"
                warn declaration consignor_unified_code: unified code 91441323MA4WXY1283 has MA4WXY128 at positions 9 to 17, whose check digit should be 9; old codes vary, told only
            "#]],
        );
    }

    #[test]
    fn a_code_that_fails_as_a_whole_is_left_to_doc_005() {
        check_rule(&RULE, "declaration consignor_unified_code=91441323MA4WXY1286", expect![""]);
    }
}
