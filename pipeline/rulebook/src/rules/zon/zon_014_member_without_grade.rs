//! A member of the zone has no credit grade in force: benefits that need a grade are denied.
//!
//! These are the lighter base mode (CHN-005), the halved batch ratio and the zone's columns of the document matrix; all
//! of them begin at a level. An empty grade is never read as a good one.

use crate::goods::goods;
use crate::prelude::*;
use crate::rules::zon::zon_005_membership;
use model::limits::REGISTER_ROWS_TOLD_MAX;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ZON-014"),
    name: "member-without-grade",
    version: 1,
    title: Words { zh: "示范区企业无有效信用等级", en: "a zone firm has no grade in force" },
    message: Words {
        zh: "示范区企业{firm}受理当日无有效信用等级，不享受以等级为条件的优惠",
        en: "zone firm {firm} has no credit grade in force on the day of acceptance: benefits that need a grade are denied",
    },
    remedy: Words { zh: "申请信用认定", en: "apply for a credit grade" },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "seed", article: "三(二)" },
        Citation { instrument: "domain-rules", article: "1, ZON-014" },
    ],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(moment) = case.accepted_at.filter(|_| !case.registers.members.is_empty()) else { return };
    let head = case.declaration.head;
    let mut told: Vec<&str> = Vec::new();
    let at_consignor = Place::of(head, &head.consignor_unified_code);
    let lines = goods(case).map(|line| (line.maker, Place::of(line.item, &line.item.producer_registration)));
    let consignor = (head.consignor_unified_code.value, at_consignor);
    for (firm, place) in std::iter::once(consignor).chain(lines) {
        if told.len() >= REGISTER_ROWS_TOLD_MAX {
            break;
        }
        let is_new = !told.contains(&firm);
        if is_new && zon_005_membership::active(case.registers, firm, moment.date()).is_some() {
            told.push(firm);
            if !crate::credit::credit(case.registers, law, firm, moment, &mut Vec::new()).is_graded {
                report.place(place, evidence![firm]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const MEMBER: &str = "member scc=91441323555600018G from=2018-03-20";

    #[test]
    fn without_a_grade_it_is_denied() {
        let expected = expect![[r#"
            deny declaration consignor_unified_code: zone firm 91441323555600018G has no credit grade in force on the day of acceptance: benefits that need a grade are denied
        "#]];
        check_rule(&RULE, MEMBER, expected);
    }

    #[test]
    fn a_grade_of_a_regime_that_has_ended_is_none() {
        let old =
            format!("{MEMBER}\ngrade scc=91441323555600018G regime=CUS-1 grade=一般认证 from=2015-01-01");
        check_rule(&RULE, &format!("accepted 2018-04-30\n{old}"), expect![""]);
        let expected = expect![[r#"
            deny declaration consignor_unified_code: zone firm 91441323555600018G has no credit grade in force on the day of acceptance: benefits that need a grade are denied
        "#]];
        check_rule(&RULE, &format!("accepted 2018-05-01\n{old}"), expected);
    }

    #[test]
    fn a_graded_member_and_a_firm_outside_are_not() {
        let graded =
            format!("{MEMBER}\ngrade scc=91441323555600018G regime=CUS-2 grade=一般信用 from=2018-05-01");
        check_rule(&RULE, &graded, expect![""]);
        check_rule(&RULE, "member scc=91441323MAXK00072A from=2018-03-20", expect![""]);
    }
}
