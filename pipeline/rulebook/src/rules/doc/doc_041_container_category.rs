//! A container number whose fourth letter is not that of freight.
//!
//! U is a freight container, J its detachable equipment, Z a trailer or chassis. Other letters are allowed by list only,
//! and the list is empty: nobody has named one yet. The check digit of such a number is not looked at.

use crate::prelude::*;
use model::code::container::{self, ContainerCheck};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-041"),
    name: "container-not-freight",
    version: 1,
    title: Words {
        zh: "集装箱号第四位字母错误", en: "fourth letter of the container number is wrong"
    },
    message: Words {
        zh: "集装箱号 {number} 第4位为 {letter}，应为 U、J 或 Z",
        en: "container number {number} has {letter} as its fourth letter, it must be U, J or Z",
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
        Citation { instrument: "domain-rules S25", article: "6, DOC-041" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for row in case.declaration.containers {
        let number = row.number;
        if let ContainerCheck::NotFreight(letter) = container::check(number.value) {
            report.at(row, &row.number, evidence![number, letter]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_three_letters_of_freight_pass_here() {
        for letter in ["U", "J", "Z"] {
            check_rule(&RULE, &format!("container number=CSQ{letter}3054383"), expect![""]);
        }
    }

    #[test]
    fn x_is_rejected() {
        check_rule(
            &RULE,
            "container number=CSQX3054383",
            expect![[r#"
                reject container 1 number: container number CSQX3054383 has X as its fourth letter, it must be U, J or Z
            "#]],
        );
    }

    #[test]
    fn a_figure_there_is_a_wrong_shape_and_left_to_doc_039() {
        check_rule(&RULE, "container number=CSQ13054383", expect![""]);
    }
}
