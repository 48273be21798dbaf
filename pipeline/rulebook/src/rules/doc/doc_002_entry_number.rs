//! The customs entry number is not built as an export's is.
//!
//! Eighteen digits: four of the office, four of the year, one that says export (0) or import (1), nine of a serial.
//! The number is empty until customs answers, so its absence says nothing (ruling D6).
//! Whether the year fits is DOC-003's question.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-002"),
    name: "entry-number-malformed",
    version: 1,
    title: Words { zh: "海关编号结构错误", en: "customs entry number is malformed" },
    message: Words {
        zh: "海关编号 {entry_number}：{what}",
        en: "customs entry number {entry_number}: {what}",
    },
    remedy: Words {
        zh: "按海关返回的18位编号填报；尚未取得编号时留空",
        en: "give the 18 digits customs answered with, or leave the field empty until it does",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S23", article: "6, DOC-002" },
        Citation { instrument: "rulings", article: "D6" },
    ],
    check: Check::Declaration(check),
};

/// Digits of an entry number.
const LENGTH: usize = 18;
/// Place of the flag, and what it says on an export.
const FLAG: (usize, u8) = (8, b'0');

const NOT_18_DIGITS: Words = Words { zh: "应为18位数字", en: "it must be 18 digits" };
const NOT_AN_EXPORT: Words =
    Words { zh: "出口报关单第9位应为0", en: "the ninth digit of an export must be 0" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let entry_number = head.entry_number;
    if entry_number.is_empty() {
        return;
    }
    if !is_well_formed(entry_number.value) {
        report.at(head, &head.entry_number, evidence![entry_number, what = NOT_18_DIGITS]);
    } else if entry_number.value.as_bytes()[FLAG.0] != FLAG.1 {
        report.at(head, &head.entry_number, evidence![entry_number, what = NOT_AN_EXPORT]);
    }
}

/// Eighteen digits, whatever they say.
pub(super) fn is_well_formed(entry_number: &str) -> bool {
    entry_number.len() == LENGTH && entry_number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn eighteen_digits_with_flag_0_pass() {
        check_rule(&RULE, "declaration entry_number=531620180168000001", expect![""]);
    }

    #[test]
    fn a_number_not_given_yet_passes() {
        check_rule(&RULE, "declaration entry_number=", expect![""]);
    }

    #[test]
    fn flag_1_on_an_export_is_rejected() {
        check_rule(
            &RULE,
            "declaration entry_number=531620181168000001",
            expect![[r#"
                reject declaration entry_number: customs entry number 531620181168000001: the ninth digit of an export must be 0
            "#]],
        );
    }

    #[test]
    fn seventeen_digits_and_letters_are_rejected() {
        check_rule(
            &RULE,
            "declaration entry_number=53162018016800001",
            expect![[r#"
                reject declaration entry_number: customs entry number 53162018016800001: it must be 18 digits
            "#]],
        );
        check_rule(
            &RULE,
            "declaration entry_number=53162018016800000A",
            expect![[r#"
                reject declaration entry_number: customs entry number 53162018016800000A: it must be 18 digits
            "#]],
        );
    }
}
