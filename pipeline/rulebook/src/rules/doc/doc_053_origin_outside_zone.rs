//! Goods of a zone firm are said to come from outside the zone.
//!
//! The benefits of the zone are for goods made there. Where the consignor is an active member and a goods line names its
//! place of origin by a division outside the county, an officer is told; a line that names none says nothing.

use crate::prelude::*;
use crate::rules::zon::zon_005_membership;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-053"),
    name: "origin-outside-zone",
    version: 1,
    title: Words {
        zh: "示范区企业货物产地不在示范区",
        en: "goods of a zone firm come from outside the zone",
    },
    message: Words {
        zh: "第 {line} 项产地 {place} 不在示范区所在县，境内发货人为示范区企业",
        en: "line {line} comes from {place}, outside the county of the zone, and the consignor is a zone firm",
    },
    remedy: Words {
        zh: "核对产地代码；确在区外生产的，不享受示范区优惠",
        en: "check the place of origin; goods made outside do not have the benefits of the zone",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-053 (suggested)" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    let consignor = case.declaration.head.consignor_unified_code;
    if zon_005_membership::active(case.registers, consignor.value, day).is_none() {
        return;
    }
    for item in case.items() {
        for place in [&item.origin_region, &item.division] {
            if law.zone_divisions.contain(place.value, day) == Some(false) {
                report.at(item, place, evidence![line = item.line_number, place = *place]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const MEMBER: &str = "member scc=91441323555600018G from=2018-03-20 to=2019-03-20 status=ACTIVE\n";

    #[test]
    fn goods_of_the_county_pass() {
        check_rule(&RULE, &format!("{MEMBER}item division=441323"), expect![""]);
        check_rule(&RULE, MEMBER, expect![""]);
    }

    #[test]
    fn goods_from_elsewhere_are_told() {
        check_rule(
            &RULE,
            &format!("{MEMBER}item division=440307"),
            expect![[r#"
                warn item 1 division: line 1 comes from 440307, outside the county of the zone, and the consignor is a zone firm
            "#]],
        );
    }

    #[test]
    fn a_firm_that_is_not_in_the_zone_is_not_asked() {
        check_rule(&RULE, "item division=440307", expect![""]);
        let suspended = MEMBER.replace("ACTIVE", "SUSPENDED");
        check_rule(&RULE, &format!("{suspended}item division=440307"), expect![""]);
        check_rule(&RULE, &format!("accepted 2019-03-20\n{MEMBER}item division=440307"), expect![""]);
    }
}
