//! A container number whose check digit is 0 because the remainder is 10.
//!
//! Legal, but the standard asks owners to leave such serials out, since 0 stands for two remainders there and one
//! slip in ten goes unseen. So it is told, and the box is looked at once more; it is never a reason to reject.

use crate::prelude::*;
use model::code::container::{self, ContainerCheck};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-040"),
    name: "container-remainder-ten",
    version: 1,
    title: Words { zh: "集装箱号校验余数为10", en: "container number has remainder ten" },
    message: Words {
        zh: "集装箱号 {number} 校验余数为10，校验码记作0，标准不推荐使用",
        en: "container number {number} has remainder 10, written 0, which the standard discourages",
    },
    remedy: Words {
        zh: "与箱体核对集装箱号，无误则无需更正",
        en: "compare the number with the box; if it is right, nothing is to be done",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "ISO 6346", article: "" },
        Citation { instrument: "domain-rules S25", article: "6, DOC-040" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for row in case.declaration.containers {
        let number = row.number;
        if container::check(number.value) == ContainerCheck::RemainderTen {
            report.at(row, &row.number, evidence![number]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn remainder_ten_is_told_and_not_rejected() {
        check_rule(
            &RULE,
            "container number=TGHU2000060",
            expect![[r#"
                warn container 1 number: container number TGHU2000060 has remainder 10, written 0, which the standard discourages
            "#]],
        );
    }

    #[test]
    fn another_remainder_passes_and_a_wrong_digit_is_left_to_doc_039() {
        check_rule(
            &RULE,
            "container number=CSQU3054383
             container number=TGHU2000061",
            expect![""],
        );
    }
}
