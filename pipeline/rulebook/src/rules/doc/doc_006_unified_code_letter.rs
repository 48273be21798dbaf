//! A unified social credit code has a letter the standard leaves out.
//!
//! I, O, S, V and Z never occur in a code, not even as the last character: they look like 1, 0, 5, U and 2.
//! Such a code is nearly always one typed from paper, so the letter and its place are told instead of a check digit.

use super::doc_005_unified_code::codes;
use crate::prelude::*;
use model::party::unified_code::{self, UnifiedCodeDefect};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-006"),
    name: "unified-code-forbidden-letter",
    version: 1,
    title: Words {
        zh: "统一社会信用代码含禁用字母",
        en: "unified social credit code has a forbidden letter",
    },
    message: Words {
        zh: "统一社会信用代码 {code} 第 {position} 位为 {letter}，代码中不使用 I、O、S、V、Z",
        en: "unified social credit code {code} has {letter} at position {position}; I, O, S, V and Z never occur",
    },
    remedy: Words {
        zh: "核对易混字符（1/I、0/O、5/S、U/V、2/Z）后更正",
        en: "look for characters taken for each other (1/I, 0/O, 5/S, U/V, 2/Z) and correct the code",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "GB 32100-2015", article: "" },
        Citation { instrument: "domain-rules S24", article: "6, DOC-006" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in codes(head) {
        if has_forbidden_letter(code.value)
            && let Err(UnifiedCodeDefect::ForbiddenLetter { position, letter }) =
                unified_code::check(code.value)
        {
            report.at(head, code, evidence![code = *code, position, letter]);
        }
    }
}

/// A look at the bytes: cheaper than the whole check, which nearly every code passes.
fn has_forbidden_letter(code: &str) -> bool {
    code.bytes().any(|byte| matches!(byte, b'I' | b'O' | b'S' | b'V' | b'Z'))
}

#[cfg(test)]
mod tests {
    use super::{RULE, has_forbidden_letter};
    use crate::testing::check_rule;
    use expect_test::expect;
    use model::party::unified_code::FORBIDDEN_LETTERS;

    #[test]
    fn a_code_without_these_letters_passes() {
        check_rule(&RULE, "declaration consignor_unified_code=91441323MA4WXY1296", expect![""]);
    }

    #[test]
    fn z_is_forbidden_in_the_last_place_too() {
        check_rule(
            &RULE,
            "declaration consignor_unified_code=91350100M000100Y4Z",
            expect![[r#"
                reject declaration consignor_unified_code: unified social credit code 91350100M000100Y4Z has Z at position 18; I, O, S, V and Z never occur
            "#]],
        );
    }

    #[test]
    fn each_of_the_five_letters_is_seen() {
        for letter in FORBIDDEN_LETTERS {
            assert!(has_forbidden_letter(&format!("9144132{letter}MA4WXY1296")), "{letter}");
        }
    }

    #[test]
    fn a_wrong_length_or_digit_is_left_to_doc_005() {
        check_rule(&RULE, "declaration consignor_unified_code=91441323MA4WXY129", expect![""]);
        check_rule(&RULE, "declaration consignor_unified_code=91441323MA4WXY1295", expect![""]);
    }
}
