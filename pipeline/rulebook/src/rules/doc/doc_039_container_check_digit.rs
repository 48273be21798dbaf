//! A container number does not check.
//!
//! Four capital letters, six figures and a check digit: letters count 10 to 38 without the multiples of eleven, the
//! weights are powers of two, and the sum modulo eleven is the digit, where 10 is written 0.
//! Told too when it is not built like that at all. The fourth letter is DOC-041's, a remainder of 10 DOC-040's.

use crate::prelude::*;
use model::code::container::{self, ContainerCheck};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-039"),
    name: "container-number-malformed",
    version: 1,
    title: Words { zh: "集装箱号校验不通过", en: "container number does not check" },
    message: Words {
        zh: "集装箱号 {number}：{what}，应为 {expected}",
        en: "container number {number}: {what}, expected {expected}",
    },
    remedy: Words {
        zh: "核对箱体上的集装箱号后更正",
        en: "correct the number after the one painted on the box",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "ISO 6346", article: "" },
        Citation { instrument: "domain-rules S25", article: "6, DOC-039" },
    ],
    check: Check::Declaration(check),
};

const CHECK_DIGIT: Words = Words { zh: "校验码错误", en: "wrong check digit" };
const SHAPE: Words = Words { zh: "结构错误", en: "wrong shape" };
const EXPECTED_SHAPE: Words =
    Words { zh: "4位大写字母加7位数字", en: "4 capital letters and 7 figures" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for row in case.declaration.containers {
        let number = row.number;
        let (what, expected) = match container::check(number.value) {
            ContainerCheck::WrongDigit { expected } => (CHECK_DIGIT, Value::from(expected)),
            ContainerCheck::BadShape if number.is_present() => (SHAPE, Value::from(EXPECTED_SHAPE)),
            _ => continue,
        };
        report.at(row, &row.number, evidence![number, what, expected]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_three_numbers_of_the_reference_pass() {
        check_rule(
            &RULE,
            "container number=CSQU3054383
             container number=CBHU3202732
             container number=MWCU6059784",
            expect![""],
        );
    }

    #[test]
    fn a_wrong_check_digit_is_rejected() {
        check_rule(
            &RULE,
            "container number=CSQU3054380",
            expect![[r#"
                reject container 1 number: container number CSQU3054380: wrong check digit, expected 3
            "#]],
        );
    }

    #[test]
    fn remainder_ten_is_written_0_and_nothing_else() {
        check_rule(&RULE, "container number=TGHU2000060", expect![""]);
        check_rule(
            &RULE,
            "container number=TGHU2000061",
            expect![[r#"
                reject container 1 number: container number TGHU2000061: wrong check digit, expected 0
            "#]],
        );
    }

    #[test]
    fn ten_characters_are_no_number() {
        check_rule(
            &RULE,
            "container number=CSQU305438",
            expect![[r#"
                reject container 1 number: container number CSQU305438: wrong shape, expected 4 capital letters and 7 figures
            "#]],
        );
    }

    #[test]
    fn no_container_is_no_defect() {
        check_rule(&RULE, "no container", expect![""]);
    }
}
