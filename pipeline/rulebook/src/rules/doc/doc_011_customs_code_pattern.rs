//! A customs registration code of ten characters is not built as one.
//!
//! Four digits of the area, then zone type, ownership (never 0) and a serial; newer registrations have letters from
//! the fifth place on, so digits are not asked for there. A code of another length is DOC-009's (ruling D6).

use crate::prelude::*;
use model::party::customs_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-011"),
    name: "customs-code-pattern",
    version: 1,
    title: Words { zh: "海关注册编码结构错误", en: "customs registration code is malformed" },
    message: Words {
        zh: "海关注册编码 {code} 不符合结构 {pattern}",
        en: "customs registration code {code} does not fit {pattern}",
    },
    remedy: Words {
        zh: "按海关注册登记证书更正编码",
        en: "correct the code after the registration certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-011" },
        Citation { instrument: "rulings", article: "D6" },
    ],
    check: Check::Declaration(check),
};

/// The pattern as it is shown; [`customs_code::matches_pattern`] is what judges.
const PATTERN: &str = "[0-9]4 [0-9A-Z] [1-9A-Z] [0-9A-Z]4";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in [&head.agent_customs_code, &head.consignor_customs_code, &head.owner_customs_code] {
        if !customs_code::matches_pattern(code.value) && customs_code::has_length(code.value) {
            report.at(head, code, evidence![code = *code, pattern = PATTERN]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn letters_from_the_fifth_place_on_pass() {
        check_rule(
            &RULE,
            "declaration agent_customs_code=44139609K1 consignor_customs_code=4403W6K0A1",
            expect![""],
        );
    }

    #[test]
    fn a_hyphen_is_rejected() {
        check_rule(
            &RULE,
            "declaration consignor_customs_code=4413-96123",
            expect![[r#"
                reject declaration consignor_customs_code: customs registration code 4413-96123 does not fit [0-9]4 [0-9A-Z] [1-9A-Z] [0-9A-Z]4
            "#]],
        );
    }

    #[test]
    fn ownership_is_never_0() {
        check_rule(
            &RULE,
            "declaration agent_customs_code=4413901234",
            expect![[r#"
                reject declaration agent_customs_code: customs registration code 4413901234 does not fit [0-9]4 [0-9A-Z] [1-9A-Z] [0-9A-Z]4
            "#]],
        );
    }

    #[test]
    fn other_lengths_are_left_to_doc_009() {
        check_rule(&RULE, "declaration agent_customs_code=441396123 owner_customs_code=NO", expect![""]);
    }
}
