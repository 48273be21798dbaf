//! The site of production of a member lies outside the zone and its county.
//!
//! Four towns are the zone; elsewhere in the county a firm has to have been admitted by a decision. The site is that of
//! the producer the goods line registers, else the one of the membership; where neither names a town it is not judged.
//! Severity deny by ruling D6.

use crate::goods::goods;
use crate::prelude::*;
use crate::rules::zon::zon_005_membership;
use crate::tables::zone_towns::{Site, ZoneTowns};
use jiff::civil::Date;
use model::limits::REGISTER_ROWS_TOLD_MAX;
use model::registers::Member;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ZON-009"),
    name: "site-outside-the-zone",
    version: 1,
    title: Words {
        zh: "生产地不在示范区范围内", en: "the site of production is outside the zone"
    },
    message: Words {
        zh: "示范区企业{firm}的生产地{town}不在示范区范围内，不享受示范区优惠",
        en: "zone firm {firm} produces in {town}, outside the zone: it has no benefits of the zone",
    },
    remedy: Words {
        zh: "核对企业登记的生产地，或向示范区申请认定",
        en: "check the site on file, or apply to the zone for admission",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "title and addressees" },
        Citation { instrument: "domain-rules", article: "1, ZON-009" },
        Citation { instrument: "rulings", article: "D6" },
    ],
    check: Check::Dossier(check),
};

const NO_TOWN: Words = Words {
    zh: "登记未载明示范区企业的生产地，无法判断是否在示范区范围内",
    en: "no register names the town a zone firm produces in: whether it lies in the zone is not known",
};

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(day) = dossier.day().filter(|_| !case.registers.members.is_empty()) else { return };
    let head = case.declaration.head;
    let consignor = head.consignor_unified_code.value;
    let mut told: Vec<(&str, &str)> = Vec::new();
    let at_consignor = Place::of(head, &head.consignor_unified_code);
    let lines = goods(case)
        .map(|line| (line.maker, line.site_town(), Place::of(line.item, &line.item.producer_registration)));
    for (firm, site_town, place) in std::iter::once((consignor, "", at_consignor)).chain(lines) {
        let Some(row) = zon_005_membership::active(case.registers, firm, day) else { continue };
        let town = town(row, site_town);
        if told.len() >= REGISTER_ROWS_TOLD_MAX {
            break;
        }
        if told.contains(&(firm, town)) {
            continue;
        }
        told.push((firm, town));
        match site(row, site_town, &law.zone_towns, day) {
            None => report.not_judged(NO_TOWN),
            it if !is_inside(it, row) => report.place(place, evidence![firm, town]),
            Some(_) => {}
        }
    }
}

fn town<'t>(row: &'t Member, site_town: &'t str) -> &'t str {
    if site_town.is_empty() { &row.site_town } else { site_town }
}

/// Where a member produces; none when no town is named.
pub fn site(row: &Member, site_town: &str, towns: &ZoneTowns, day: Date) -> Option<Site> {
    let town = town(row, site_town);
    (!town.is_empty()).then(|| towns.site(town, day))
}

/// The site gives the benefits of the zone; one that nobody named takes none away.
pub fn is_inside(site: Option<Site>, row: &Member) -> bool {
    match site {
        None | Some(Site::Zone) => true,
        Some(Site::County) => !row.decision_number.is_empty(),
        Some(Site::Elsewhere) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const MEMBER: &str =
        "member scc=91441323555600018G from=2018-03-20 decision_no=惠东示范〔2018〕1号 site_town=";

    #[test]
    fn a_site_in_jilong_is_in_the_zone() {
        check_rule(&RULE, &format!("{MEMBER}吉隆镇"), expect![""]);
    }

    #[test]
    fn a_site_in_another_county_is_denied() {
        check_rule(
            &RULE,
            &format!("{MEMBER}淡水街道"),
            expect![[r#"
                deny declaration consignor_unified_code: zone firm 91441323555600018G produces in 淡水街道, outside the zone: it has no benefits of the zone
            "#]],
        );
    }

    #[test]
    fn elsewhere_in_the_county_takes_an_admission() {
        check_rule(&RULE, &format!("{MEMBER}稔山镇"), expect![""]);
        check_rule(
            &RULE,
            "member scc=91441323555600018G from=2018-03-20 site_town=稔山镇",
            expect![[r#"
                deny declaration consignor_unified_code: zone firm 91441323555600018G produces in 稔山镇, outside the zone: it has no benefits of the zone
            "#]],
        );
    }

    #[test]
    fn goods_made_at_another_site_of_a_member_are_denied() {
        check_rule(
            &RULE,
            &format!(
                "{MEMBER}吉隆镇
                producer reg_no=4413600009 scc=91441323555600018G class=2 site_town=淡水街道
                item producer_registration=4413600009"
            ),
            expect![[r#"
                deny item 1 producer_registration: zone firm 91441323555600018G produces in 淡水街道, outside the zone: it has no benefits of the zone
            "#]],
        );
    }

    #[test]
    fn a_member_without_a_town_is_not_judged_and_another_firm_is_nobody() {
        check_rule(
            &RULE,
            MEMBER,
            expect![[r#"
                not judged: no register names the town a zone firm produces in: whether it lies in the zone is not known
            "#]],
        );
        check_rule(&RULE, "member scc=91441323MAXK00072A site_town=淡水街道", expect![""]);
    }
}
