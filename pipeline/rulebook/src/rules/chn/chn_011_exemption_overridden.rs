//! Goods with a certificate of exemption are inspected all the same.
//!
//! An exemption never covers goods under an alert or a campaign, nor goods whose buyer pays against an inspection
//! certificate: who asks for a certificate asks for an inspection. An alert of level 1 is information and changes nothing.

use crate::goods::goods;
use crate::prelude::*;
use crate::rules::chn::chn_015_campaign;
use crate::rules::rsk::{rsk_006_alert_level, rsk_007_alert_scope};
use crate::standing::Standings;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-011"),
    name: "exemption-overridden",
    version: 1,
    title: Words { zh: "免验商品仍须检验", en: "exempt goods are inspected all the same" },
    message: Words {
        zh: "持有免验证书的商品仍须检验：{what}",
        en: "goods with a certificate of exemption are inspected: {what}",
    },
    remedy: Words { zh: "等待查验", en: "wait for the inspection" },
    effect: Effect::Inspect,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "进出口商品免验办法 (质检总局令第23号, 2002)", article: "" },
        Citation { instrument: "domain-rules", article: "3, CHN-011" },
    ],
    check: Check::Dossier(check),
};

const ALERT: Words = Words { zh: "该商品处于预警期", en: "an alert is in force for them" };
const CAMPAIGN: Words = Words { zh: "该商品处于专项行动期", en: "a campaign covers them" };
const CERTIFICATE: Words =
    Words { zh: "企业申请了检验证书", en: "an inspection certificate is asked for" };

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(day) = dossier.day().filter(|_| dossier.standings.is_exempt) else { return };
    if let Some(row) = case.declaration.requested_certificates.first() {
        report.row(row, evidence![what = CERTIFICATE]);
    }
    for line in goods(case) {
        let is_lifted = rsk_007_alert_scope::acting(case, &line, law, day)
            .any(|alert| law.alert_effects.asks(alert.level, day).lifts_benefits);
        if is_lifted {
            report.row(line.item, evidence![what = ALERT]);
        }
        if chn_015_campaign::acting(case, &line, law, day).next().is_some() {
            report.row(line.item, evidence![what = CAMPAIGN]);
        }
    }
}

/// Something stands against an exemption.
pub fn is_overridden(case: &Case<'_>, standings: &Standings, law: &Tables, day: Date) -> bool {
    !case.declaration.requested_certificates.is_empty()
        || standings.producers.iter().any(|producer| {
            producer.floors.campaign_bp.is_some() || rsk_006_alert_level::lifts_benefits(producer, law, day)
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const EXEMPT: &str =
        "exemption certificate_no=MY-2016-01 scc=91441323555600018G hs_prefix=6403 from=2016-03-01\n";

    #[test]
    fn an_alert_on_6403_to_germany() {
        let alert = format!("{EXEMPT}alert alert_no=A-1 hs_prefix=6403 destination=DEU level=");
        check_rule(
            &RULE,
            &format!("{alert}L2"),
            expect![[r#"
                inspect item 1: goods with a certificate of exemption are inspected: an alert is in force for them
            "#]],
        );
        check_rule(&RULE, &format!("{alert}L1"), expect![""]);
        check_rule(&RULE, &format!("{EXEMPT}alert alert_no=A-1 hs_prefix=6404 level=L2"), expect![""]);
    }

    #[test]
    fn a_campaign_or_a_certificate_asked_for() {
        check_rule(
            &RULE,
            &format!("{EXEMPT}campaign campaign_no=Z-1 hs_prefix=64\nrequested code=11"),
            expect![[r#"
                inspect requested 1: goods with a certificate of exemption are inspected: an inspection certificate is asked for
                inspect item 1: goods with a certificate of exemption are inspected: a campaign covers them
            "#]],
        );
    }

    #[test]
    fn who_has_no_exemption_loses_none() {
        check_rule(&RULE, "alert alert_no=A-1 level=L2\nrequested code=11", expect![""]);
        check_rule(&RULE, EXEMPT, expect![""]);
    }
}
