//! A member of the zone exports goods that a firm outside the zone made: being the exporter is not enough.
//!
//! The inspection mode and the batch ratio follow the producer of each goods line, the fees whoever pays them. A trader
//! outside the zone that exports goods of a member has the member's mode.

use crate::goods::goods;
use crate::prelude::*;
use crate::rules::zon::zon_005_membership;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ZON-015"),
    name: "producer-outside-the-zone",
    version: 1,
    title: Words { zh: "生产企业非示范区企业", en: "the producer is no member of the zone" },
    message: Words {
        zh: "收发货人{consignor}为示范区企业，该项商品由{producer}生产，检验监管模式随生产企业，不享受示范区优惠",
        en: "consignor {consignor} is a member of the zone, but {producer} made these goods: mode and ratio are the producer's, without benefits of the zone",
    },
    remedy: Words {
        zh: "核对生产销售单位和生产单位注册号",
        en: "check the producing unit and the registration number of the producer",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "质检总局令第113号", article: "" },
        Citation { instrument: "domain-rules", article: "1, ZON-015" },
        Citation { instrument: "rulings", article: "C7" },
    ],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(day) = dossier.day().filter(|_| dossier.standings.consignor.is_member) else { return };
    let consignor = case.declaration.head.consignor_unified_code.value;
    let mut told: Option<&str> = None;
    for line in goods(case) {
        let is_new = line.maker != consignor && told != Some(line.maker);
        if is_new && zon_005_membership::active(case.registers, line.maker, day).is_none() {
            told = Some(line.maker);
            report.at(
                line.item,
                &line.item.producer_registration,
                evidence![consignor, producer = line.maker],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const TRADER_INSIDE: &str =
        "member scc=91441323555600018G from=2018-03-20\ndeclaration owner_unified_code=91441302MAXB004455\n";

    #[test]
    fn a_member_exports_goods_of_a_producer_outside() {
        check_rule(
            &RULE,
            TRADER_INSIDE,
            expect![[r#"
                deny item 1 producer_registration absent: consignor 91441323555600018G is a member of the zone, but 91441302MAXB004455 made these goods: mode and ratio are the producer's, without benefits of the zone
            "#]],
        );
    }

    #[test]
    fn a_trader_outside_exports_goods_of_a_member() {
        let inside = "member scc=91441323MAXK00072A from=2018-03-20\ndeclaration owner_unified_code=91441323MAXK00072A";
        check_rule(&RULE, inside, expect![""]);
    }

    #[test]
    fn both_are_members_or_one_firm() {
        let both = format!("{TRADER_INSIDE}member scc=91441302MAXB004455 from=2018-03-20");
        check_rule(&RULE, &both, expect![""]);
        check_rule(&RULE, "member scc=91441323555600018G from=2018-03-20", expect![""]);
    }
}
