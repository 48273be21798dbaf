//! Relief for the zone is refused: the payer was no active member on the day of acceptance.
//!
//! Membership is an interval, and a suspension ends benefits at once. The payer counts, not the exporter (ZON-015).
//! Only relief that would have taken something off is refused.

use crate::fees::Gross;
use crate::prelude::*;
use crate::rules::zon::zon_005_membership;
use crate::waivers;
use jiff::civil::Date;
use model::registers::{PolicyFirms, Registers};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-019"),
    name: "payer-not-in-zone",
    version: 1,
    title: Words {
        zh: "付费企业不在示范区，不予减免", en: "payer is not in the zone: no relief"
    },
    message: Words {
        zh: "费目 {head}：付费企业 {payer} 于 {day} {why}，政策 {policy} 不适用",
        en: "{head}: payer {payer} {why} on {day}, policy {policy} does not apply",
    },
    remedy: Words {
        zh: "付费企业取得示范区企业资格后方可享受；已批准的，核对示范区企业登记册",
        en: "relief needs membership of the payer on the day; if it was admitted, check the register of members",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "founding plan §四(十二)1", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-019" },
        Citation { instrument: "domain-rules", article: "1, ZON-005, ZON-015" },
    ],
    check: Check::Dossier(check),
};

const NEVER: Words = Words { zh: "未列入示范区企业名单", en: "is not in the register of members" };
const NOT_THEN: Words = Words { zh: "不在示范区企业有效期内", en: "was no member" };
const NOT_ACTIVE: Words =
    Words { zh: "示范区企业资格已暂停或终止", en: "was suspended or had left" };

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let registers = case.registers;
    let of_zone = || registers.policies.iter().filter(|policy| policy.firms == PolicyFirms::Zone);
    if of_zone().next().is_none() {
        return;
    }
    let Some(draft) = dossier.draft(law) else { return };
    let (day, at) = (case.accepted_on(), case.declaration.head);
    for line in draft.lines.iter().filter(|line| is_charged(&line.gross)) {
        let Some(why) = why_no_member(registers, &line.payer, day) else { continue };
        for policy in of_zone().filter(|policy| waivers::covers(policy, case, day, &line.head)) {
            let (head, payer, policy) = (line.head.as_str(), line.payer.as_str(), policy.id.as_str());
            report.at(at, &at.consignor_unified_code, evidence![policy, payer, head, day, why]);
        }
    }
}

fn is_charged(gross: &Gross) -> bool {
    matches!(gross, Gross::Charged { parts, .. } if parts.iter().any(|part| part.amount.is_positive()))
}

fn why_no_member(registers: &Registers, payer: &str, day: Date) -> Option<Words> {
    if zon_005_membership::active(registers, payer, day).is_some() {
        return None;
    }
    let rows = registers.members.of(payer);
    Some(match rows {
        [] => NEVER,
        _ if rows.iter().any(|row| row.valid.contains(day)) => NOT_ACTIVE,
        _ => NOT_THEN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_rule;
    use expect_test::expect;

    const LAB: &str = "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM;CO-VISA firms=zone decision_no=D authority_doc=A\n";

    #[test]
    fn a_member_and_a_suspended_head_pass() {
        check_rule(
            &RULE,
            &format!("{LAB}member scc=91441323555600018G from=2018-03-20 to=2018-06-02"),
            expect![""],
        );
        check_rule(
            &RULE,
            "policy id=ZONE-30 kind=PERCENT value=30 heads=CO-VISA firms=zone decision_no=D authority_doc=A\norigin document_number=C160000000000001\ncertificate number=C160000000000001",
            expect![""],
        );
    }

    #[test]
    fn a_firm_that_left_the_day_before_is_refused() {
        check_rule(
            &RULE,
            &format!("{LAB}member scc=91441323555600018G from=2018-03-20 to=2018-06-01"),
            expect![[r#"
                deny declaration consignor_unified_code: LAB-CM: payer 91441323555600018G was no member on 2018-06-01, policy ZONE-30 does not apply
            "#]],
        );
    }

    #[test]
    fn the_payer_counts_and_not_the_exporter() {
        check_rule(
            &RULE,
            &format!(
                "{LAB}order order_no=O-2 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=9 payer=91441323MA4WXY1296\nmember scc=91441323555600018G from=2018-03-20\nmember scc=91441323MA4WXY1296 from=2018-03-20 status=SUSPENDED"
            ),
            expect![[r#"
                deny declaration consignor_unified_code: LAB-CM: payer 91441323MA4WXY1296 was suspended or had left on 2018-06-01, policy ZONE-30 does not apply
            "#]],
        );
    }
}
