//! A unified social credit code does not check.
//!
//! Eighteen characters, the last of which follows from the others: 31 − (Σ Cᵢ·3^(i−1) mod 31), and 31 is written 0.
//! A code with one of the letters the standard leaves out is DOC-006's, so that one slip is told once; a missing one is
//! DOC-001's. The data-entry firm's code is checked when it is there.

use crate::prelude::*;
use model::declaration::DeclarationHead;
use model::party::unified_code::{self, UnifiedCodeDefect};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-005"),
    name: "unified-code-malformed",
    version: 1,
    title: Words {
        zh: "统一社会信用代码校验不通过", en: "unified social credit code does not check"
    },
    message: Words {
        zh: "统一社会信用代码 {code}：{what}，实为 {found}，应为 {expected}",
        en: "unified social credit code {code}: {what}, found {found}, expected {expected}",
    },
    remedy: Words {
        zh: "按营业执照更正统一社会信用代码", en: "correct the code after the business licence"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "GB 32100-2015", article: "" },
        Citation { instrument: "domain-rules S24", article: "6, DOC-005" },
    ],
    check: Check::Declaration(check),
};

const LENGTH: Words = Words { zh: "长度错误", en: "wrong length" };
const CHARACTER: Words = Words { zh: "含非法字符", en: "wrong character" };
const CHECK_DIGIT: Words = Words { zh: "校验位错误", en: "wrong check digit" };
const ALPHABET: &str = "0-9 A-H J-N P-R T U W-Y";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in codes(head) {
        if code.is_present()
            && let Err(defect) = unified_code::check(code.value)
            && let Some(told) = told(*code, defect)
        {
            report.at(head, code, told);
        }
    }
}

/// The unified codes of a declaration's firms.
pub(super) fn codes<'h, 'b>(head: &'h DeclarationHead<'b>) -> [&'h Text<'b>; 4] {
    [
        &head.agent_unified_code,
        &head.consignor_unified_code,
        &head.owner_unified_code,
        &head.entry_firm_unified_code,
    ]
}

fn told(code: Text<'_>, defect: UnifiedCodeDefect) -> Option<Evidence> {
    match defect {
        UnifiedCodeDefect::ForbiddenLetter { .. } => None,
        UnifiedCodeDefect::Length { found } => {
            Some(evidence![code, what = LENGTH, found, expected = unified_code::LENGTH])
        }
        UnifiedCodeDefect::Character { found, .. } => {
            Some(evidence![code, what = CHARACTER, found, expected = ALPHABET])
        }
        UnifiedCodeDefect::CheckDigit { found, expected } => {
            Some(evidence![code, what = CHECK_DIGIT, found, expected])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_three_codes_of_the_reference_pass() {
        for code in ["91441323MA4WXY1296", "91441323555600018G", "91441323MA52000160"] {
            check_rule(&RULE, &format!("declaration consignor_unified_code={code}"), expect![""]);
        }
    }

    #[test]
    fn a_wrong_check_digit_is_rejected_at_its_firm() {
        // The right last character is 3 (domain-rules DOC-005).
        check_rule(
            &RULE,
            "declaration owner_unified_code=91350100M000100Y44",
            expect![[r#"
                reject declaration owner_unified_code: unified social credit code 91350100M000100Y44: wrong check digit, found 4, expected 3
            "#]],
        );
        check_rule(&RULE, "declaration owner_unified_code=91350100M000100Y43", expect![""]);
    }

    #[test]
    fn length_and_alphabet_are_told_apart() {
        check_rule(
            &RULE,
            "declaration agent_unified_code=91441323MA4WXY129",
            expect![[r#"
                reject declaration agent_unified_code: unified social credit code 91441323MA4WXY129: wrong length, found 17, expected 18
            "#]],
        );
        check_rule(
            &RULE,
            "declaration agent_unified_code=91441323mA4WXY1296",
            expect![[r#"
                reject declaration agent_unified_code: unified social credit code 91441323mA4WXY1296: wrong character, found m, expected 0-9 A-H J-N P-R T U W-Y
            "#]],
        );
    }

    #[test]
    fn a_forbidden_letter_is_left_to_doc_006_and_an_empty_code_to_doc_001() {
        check_rule(&RULE, "declaration owner_unified_code=91350100M000100Y4Z", expect![""]);
        check_rule(&RULE, "declaration agent_unified_code= entry_firm_unified_code=", expect![""]);
    }
}
