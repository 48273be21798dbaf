//! A code is none of those the gateway knows for this element.

use crate::prelude::*;
use crate::tables::gateway_codes::List;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10020"),
    name: "value-not-in-list",
    version: 1,
    title: Words { zh: "代码不在规定范围内", en: "a code is not in its list" },
    message: Words { zh: "{value} 不是{element}的有效代码", en: "{value} is no code of {element}" },
    remedy: Words { zh: "按代码表更正", en: "give a code of the list" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10020" }],
    check: Check::Declaration(check),
};

const FUNCTION: Words = Words { zh: "报文功能", en: "the function of the message" };
const STATUS: Words = Words { zh: "代理方式", en: "the status of the representative" };
const CONTAINER: Words = Words { zh: "集装箱标识", en: "the container flag" };
const ORIGIN: Words = Words { zh: "原产地类型", en: "the kind of origin" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let day = case.accepted_on();
    for (list, value, element) in [
        (List::Function, &particulars.function, FUNCTION),
        (List::RepresentativeStatus, &particulars.representative_status, STATUS),
        (List::ContainerFlag, &particulars.container_flag, CONTAINER),
    ] {
        if value.is_present() && !law.gateway_codes.has(list, value.value, day) {
            report.at(particulars, value, evidence![value = *value, element]);
        }
    }
    for origin in declaration.origin_countries {
        if origin.kind.is_present() && !law.gateway_codes.has(List::OriginKind, origin.kind.value, day) {
            report.at(origin, &origin.kind, evidence![value = origin.kind, element = ORIGIN]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn codes_of_the_lists_pass() {
        check_rule(
            &RULE,
            "uk
             particulars function=09 representative_status=3 container_flag=1
             origin_country goods_line=1 country=CN kind=2",
            expect![""],
        );
    }

    #[test]
    fn other_codes_are_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars function=8 representative_status=4
             origin_country goods_line=1 country=CN kind=3",
            expect![[r#"
                reject particulars function: 8 is no code of the function of the message
                reject particulars representative_status: 4 is no code of the status of the representative
                reject origin_country 1 kind: 3 is no code of the kind of origin
            "#]],
        );
    }
}
