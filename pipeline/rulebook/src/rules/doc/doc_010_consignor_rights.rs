//! The consignor is a firm that may only declare for others.
//!
//! The sixth character of a customs registration tells the kind of firm; 8 is a customs broker.
//! A broker may be the agent of a declaration, never the one whose goods they are.

use crate::prelude::*;
use model::party::customs_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-010"),
    name: "consignor-declaration-right-only",
    version: 1,
    title: Words { zh: "境内发货人仅有报关权", en: "consignor has the right to declare only" },
    message: Words {
        zh: "境内发货人海关注册编码 {code} 第6位为8，仅可作申报单位",
        en: "consignor's customs registration code {code} has 8 at position 6: it may be the agent only",
    },
    remedy: Words {
        zh: "境内发货人改填有进出口经营权的企业",
        en: "name a firm with the right to trade as consignor",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S23", article: "6, DOC-010" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let code = head.consignor_customs_code;
    if customs_code::is_declaration_only(code.value) {
        report.at(head, &head.consignor_customs_code, evidence![code]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_broker_may_be_the_agent() {
        check_rule(&RULE, "declaration agent_customs_code=4413980001", expect![""]);
    }

    #[test]
    fn a_broker_as_consignor_is_rejected() {
        check_rule(
            &RULE,
            "declaration consignor_customs_code=4413980001",
            expect![[r#"
                reject declaration consignor_customs_code: consignor's customs registration code 4413980001 has 8 at position 6: it may be the agent only
            "#]],
        );
    }
}
