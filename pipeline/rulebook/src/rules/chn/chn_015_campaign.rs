//! A campaign is on for goods like these: the batch ratio is raised to its floor at least.
//!
//! All a campaign names must match: goods by the beginning of the commodity code, the town of production, the brand.
//! It covers all exporters of its area, not only zone firms (ENF-006). Where it names towns and no register says where
//! the goods were made, or brands and the declaration names none, it is told as not judged.

use crate::channel;
use crate::goods::{Goods, goods};
use crate::prelude::*;
use crate::tables::modifiers::Modifier;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::Campaign;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-015"),
    name: "campaign-on",
    version: 1,
    title: Words { zh: "专项行动期间提高抽批比例", en: "a campaign raises the batch ratio" },
    message: Words {
        zh: "专项行动{before}，抽批比例不低于万分之{after}",
        en: "campaign {before}: batch ratio at least {after} in ten thousand",
    },
    remedy: Words { zh: "配合抽批查验", en: "be ready for an inspection" },
    effect: Effect::Inspect,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "三(六)" },
        Citation { instrument: "domain-rules", article: "3, CHN-015; 4.2" },
    ],
    check: Check::Dossier(check),
};

const NOT_KNOWN: Words = Words {
    zh: "专项行动限定产地或品牌，登记和报文未载明，无法判断是否适用",
    en: "a campaign names towns or brands that neither register nor message tells of these goods: whether it covers them is not known",
};

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(day) = dossier.day().filter(|_| !case.registers.campaigns.is_empty()) else { return };
    let mut lines = goods(case).flat_map(|line| running(case, &line, day).map(move |it| (line, it)));
    if lines.any(|(line, campaign)| covers(case, &line, campaign, law, day).is_none()) {
        report.not_judged(NOT_KNOWN);
    }
}

/// The campaigns that cover a goods line on this day.
pub fn acting<'c>(
    case: &'c Case<'c>,
    line: &Goods<'c>,
    tables: &Tables,
    day: Date,
) -> impl Iterator<Item = &'c Campaign> {
    running(case, line, day).filter(move |it| covers(case, line, it, tables, day) == Some(true))
}

/// The highest floor of the campaigns on a goods line; each of them is told.
pub fn floor_bp(
    case: &Case<'_>,
    line: &Goods<'_>,
    tables: &Tables,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> Option<u32> {
    let mut highest_bp = None;
    for campaign in acting(case, line, tables, day) {
        let of_the_table = || tables.modifiers.bp(Modifier::Campaign, 0, day);
        let Some(floor_bp) = campaign.floor_bp.or_else(of_the_table) else { continue };
        channel::tell_once(trace, channel::step(&RULE, campaign.number.as_str(), floor_bp));
        highest_bp = highest_bp.max(Some(floor_bp));
    }
    highest_bp
}

fn running<'c>(case: &Case<'c>, line: &Goods<'c>, day: Date) -> impl Iterator<Item = &'c Campaign> + use<'c> {
    let covering = case.registers.campaigns.covering(line.item.commodity_code.value);
    covering.filter(move |campaign| campaign.valid.contains(day))
}

/// Town and brand match; none where something that matters is not known.
fn covers(case: &Case<'_>, line: &Goods<'_>, campaign: &Campaign, law: &Tables, day: Date) -> Option<bool> {
    let named = |names: &[String], name: &str| match (names, name) {
        ([], _) => Some(true),
        (_, "") => None,
        _ => Some(names.iter().any(|it| is_same(it, name))),
    };
    match (named(&campaign.towns, town(case, line)), named(&campaign.brands, line.brand(law, day))) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

/// Two ways to write a town or a brand: `吉隆` and `吉隆镇`, `Jilong` and `JILONG`.
fn is_same(one: &str, other: &str) -> bool {
    let cut = |name: &str| {
        let name = name.trim().trim_end_matches('镇').trim_end_matches("街道");
        name.to_ascii_lowercase()
    };
    cut(one) == cut(other)
}

/// The town the goods were made in: of the site, else of the membership, else of the firm.
fn town<'c>(case: &Case<'c>, line: &Goods<'c>) -> &'c str {
    let of_member = case.registers.members.of(line.maker).iter().map(|row| row.site_town.as_str());
    let of_firm = case.registers.firm(line.maker).map(|firm| firm.town.as_str());
    let mut towns = std::iter::once(line.site_town()).chain(of_member).chain(of_firm);
    towns.find(|town| !town.is_empty()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_rule;
    use expect_test::expect;
    use fixtures::notation::Notated;

    fn floor(notation: &str) -> Option<u32> {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let line = goods(case).next().expect("the clean case has a line");
            floor_bp(case, &line, &tables, case.accepted_on(), &mut Vec::new())
        })
    }

    const WINDOW: &str = "campaign campaign_no=Z-2018-2 hs_prefix=64 from=2018-09-01 to=2018-10-01 ";

    #[test]
    fn from_the_first_of_september_to_the_thirtieth() {
        let on = |day| floor(&format!("accepted {day}\n{WINDOW}"));
        let days = ["2018-08-31", "2018-09-01", "2018-09-30", "2018-10-01"];
        assert_eq!(days.map(on), [None, Some(3_000), Some(3_000), None]);
    }

    #[test]
    fn its_own_floor_comes_before_that_of_the_table() {
        let on = |rest| floor(&format!("accepted 2018-09-01\n{WINDOW}{rest}"));
        assert_eq!(on("floor_bp=4000"), Some(4_000));
        assert_eq!(on("brands=HELAN;XIMAN"), None);
        assert_eq!(on("brands=HELAN;Jilong"), Some(3_000));
    }

    #[test]
    fn a_town_is_that_of_the_site_the_membership_or_the_firm() {
        let on = |rest| floor(&format!("accepted 2018-09-01\n{WINDOW}towns=吉隆\n{rest}"));
        assert_eq!(on("member scc=91441323555600018G site_town=吉隆镇"), Some(3_000));
        assert_eq!(on("firm scc=91441323555600018G town=吉隆镇"), Some(3_000));
        assert_eq!(on("firm scc=91441323555600018G town=大岭镇"), None);
    }

    #[test]
    fn a_town_nobody_knows_is_not_judged() {
        let here = format!("accepted 2018-09-01\n{WINDOW}towns=吉隆");
        check_rule(
            &RULE,
            &here,
            expect![[r#"
                not judged: a campaign names towns or brands that neither register nor message tells of these goods: whether it covers them is not known
            "#]],
        );
        check_rule(&RULE, &format!("{here}\nfirm scc=91441323555600018G town=大岭镇"), expect![""]);
        check_rule(&RULE, &format!("accepted 2018-10-01\n{WINDOW}towns=吉隆"), expect![""]);
    }
}
