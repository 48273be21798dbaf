//! A customs registration code does not have ten characters.
//!
//! Ten for agent and consignor. The producing and selling unit may also give nine, an organisation code, or the word
//! `NO` when it is not registered (single-window.md 3.3). What the ten are is DOC-011's question (ruling D6).

use crate::prelude::*;
use model::party::{customs_code, organisation_code};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-009"),
    name: "customs-code-length",
    version: 1,
    title: Words {
        zh: "海关注册编码位数错误", en: "customs registration code has the wrong length"
    },
    message: Words {
        zh: "海关注册编码 {code} 为 {found} 位，应为 {expected} 位",
        en: "customs registration code {code} has {found} characters, expected {expected}",
    },
    remedy: Words { zh: "填报10位海关注册编码", en: "give the ten characters of the registration" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S23", article: "6, DOC-009" },
        Citation { instrument: "rulings", article: "D6" },
    ],
    check: Check::Declaration(check),
};

/// What a producing unit without registration gives.
pub(super) const UNREGISTERED: &str = "NO";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for code in [&head.agent_customs_code, &head.consignor_customs_code] {
        if code.is_present() && !customs_code::has_length(code.value) {
            report.at(head, code, told(*code));
        }
    }
    let owner = &head.owner_customs_code;
    if owner.is_present() && !customs_code::has_length(owner.value) && !stands_for_none(owner.value) {
        report.at(head, owner, told(*owner));
    }
}

fn stands_for_none(code: &str) -> bool {
    code == UNREGISTERED || code.chars().count() == organisation_code::LENGTH
}

fn told(code: Text<'_>) -> Evidence {
    evidence![code, found = code.value.chars().count(), expected = customs_code::LENGTH]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn ten_characters_pass() {
        check_rule(
            &RULE,
            "declaration agent_customs_code=4413961234 consignor_customs_code=4413-96123",
            expect![""],
        );
    }

    #[test]
    fn nine_digits_are_rejected() {
        check_rule(
            &RULE,
            "declaration agent_customs_code=441396123",
            expect![[r#"
                reject declaration agent_customs_code: customs registration code 441396123 has 9 characters, expected 10
            "#]],
        );
    }

    #[test]
    fn the_producing_unit_may_be_unregistered() {
        check_rule(&RULE, "declaration owner_customs_code=NO", expect![""]);
        check_rule(&RULE, "declaration owner_customs_code=MA4WXY129", expect![""]);
        check_rule(
            &RULE,
            "declaration consignor_customs_code=NO owner_customs_code=44139612",
            expect![[r#"
                reject declaration consignor_customs_code: customs registration code NO has 2 characters, expected 10
                reject declaration owner_customs_code: customs registration code 44139612 has 8 characters, expected 10
            "#]],
        );
    }
}
