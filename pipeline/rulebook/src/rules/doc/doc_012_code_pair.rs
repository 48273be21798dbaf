//! The two codes of a firm are of two firms.
//!
//! Customs registration code and unified code are compared with the office's register, for agent, consignor and
//! producing and selling unit. A firm that is not on file has nothing to compare with, and nothing is said: on most
//! mornings that is most firms. A registration that is no ten characters of the pattern is DOC-009's and DOC-011's.

use crate::prelude::*;
use model::party::customs_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-012"),
    name: "codes-of-two-firms",
    version: 1,
    title: Words {
        zh: "海关编码与统一社会信用代码不属同一企业",
        en: "customs code and unified code are of two firms",
    },
    message: Words {
        zh: "{party}统一社会信用代码 {unified_code} 登记的海关编码为 {on_file}，申报 {declared}",
        en: "{party} {unified_code} is on file with customs code {on_file}, declared {declared}",
    },
    remedy: Words {
        zh: "核对两个编码后更正；登记信息有变更的，先更新企业登记",
        en: "check the two codes and correct one; when the registration has changed, have the register updated first",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-012" }],
    check: Check::Declaration(check),
};

const AGENT: Words = Words { zh: "申报单位", en: "agent" };
const CONSIGNOR: Words = Words { zh: "境内发货人", en: "consignor" };
const OWNER: Words = Words { zh: "生产销售单位", en: "producing and selling unit" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for (party, unified_code, declared) in [
        (AGENT, &head.agent_unified_code, &head.agent_customs_code),
        (CONSIGNOR, &head.consignor_unified_code, &head.consignor_customs_code),
        (OWNER, &head.owner_unified_code, &head.owner_customs_code),
    ] {
        if !customs_code::matches_pattern(declared.value) {
            continue;
        }
        let rows = case.registers.firms.of(unified_code.value);
        let mut on_file = rows.iter().map(|firm| firm.customs_code.as_str()).filter(|code| !code.is_empty());
        let Some(first) = on_file.next() else { continue };
        if first != declared.value && on_file.all(|code| code != declared.value) {
            let told = evidence![party, unified_code = *unified_code, on_file = first, declared = *declared];
            report.at(head, declared, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const ON_FILE: &str = "firm scc=91441323555600018G customs_code=4413960001\n";

    #[test]
    fn a_pair_on_file_passes() {
        check_rule(&RULE, ON_FILE, expect![""]);
    }

    #[test]
    fn the_code_of_another_firm_is_rejected() {
        check_rule(
            &RULE,
            &format!("{ON_FILE}declaration consignor_customs_code=4413960002"),
            expect![[r#"
                reject declaration consignor_customs_code: consignor 91441323555600018G is on file with customs code 4413960001, declared 4413960002
            "#]],
        );
    }

    #[test]
    fn each_party_is_compared_with_its_own_row() {
        check_rule(
            &RULE,
            &format!(
                "{ON_FILE}firm scc=91441323MA4WXY1296 customs_code=4413981234
                 declaration owner_customs_code=4413960002"
            ),
            expect![[r#"
                reject declaration agent_customs_code: agent 91441323MA4WXY1296 is on file with customs code 4413981234, declared 4413961234
                reject declaration owner_customs_code: producing and selling unit 91441323555600018G is on file with customs code 4413960001, declared 4413960002
            "#]],
        );
    }

    #[test]
    fn a_firm_that_is_not_on_file_has_nothing_to_compare_with() {
        check_rule(&RULE, "declaration consignor_customs_code=4413960002", expect![""]);
        check_rule(&RULE, "firm scc=91441323555600018G name=惠东县吉隆女鞋有限公司", expect![""]);
    }

    #[test]
    fn an_unregistered_producer_has_no_code_to_compare() {
        check_rule(&RULE, &format!("{ON_FILE}declaration owner_customs_code=NO"), expect![""]);
    }
}
