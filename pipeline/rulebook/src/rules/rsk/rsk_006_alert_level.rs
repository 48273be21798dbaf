//! An alert in force on the goods: information at level 1, a floor under the batch ratio at level 2, every batch at level 3.
//!
//! What each level asks for stands in a table, its floor in the table of modifiers (SMP-003). Level 3 also asks for strict
//! supervision, and from level 2 on the document matrix asks for a laboratory report (SIM-014). A stop is an order of its own
//! (CHN-016).

use crate::goods::goods;
use crate::prelude::*;
use crate::rules::rsk::rsk_007_alert_scope;
use crate::standing::Standing;
use jiff::civil::Date;
use model::decision::Mode;
use model::limits::REGISTER_ROWS_TOLD_MAX;
use model::registers::Alert;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("RSK-006"),
    name: "alert-in-force",
    version: 1,
    title: Words { zh: "预警有效", en: "an alert is in force" },
    message: Words {
        zh: "预警{number}（{level}级）适用于该项商品",
        en: "alert {number} of level {level} is in force for these goods",
    },
    remedy: Words {
        zh: "按预警要求加强自检，配合抽批或查验",
        en: "test by what the alert names, and be ready for an inspection",
    },
    effect: Effect::Inspect,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "四(六)" },
        Citation { instrument: "domain-rules", article: "11, RSK-006" },
    ],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let is_alerted = dossier.standings.producers.iter().any(|it| it.floors.alert.is_some());
    let Some(day) = dossier.day().filter(|_| is_alerted) else { return };
    let mut told: Vec<&Alert> = Vec::new();
    for line in goods(case) {
        for alert in rsk_007_alert_scope::acting(case, &line, law, day) {
            // Beyond the limit they act all the same: by floor and mode.
            let is_new = || told.iter().all(|known| !std::ptr::eq(*known, alert));
            if told.len() < REGISTER_ROWS_TOLD_MAX && is_new() {
                told.push(alert);
                let effect = law.alert_effects.asks(alert.level, day).effect;
                let evidence = evidence![number = alert.number.as_str(), level = alert.level.name()];
                report.with_effect(effect).row(line.item, evidence);
            }
        }
    }
}

/// The mode that the alerts ask for at least.
pub fn mode(producers: &[Standing], tables: &Tables, day: Date) -> Option<Mode> {
    let levels = producers.iter().filter_map(|producer| producer.floors.alert);
    levels.filter_map(|level| tables.alert_effects.asks(level, day).mode).max()
}

/// An alert asks for a laboratory report.
pub fn needs_report(producers: &[Standing], tables: &Tables, day: Date) -> bool {
    let mut levels = producers.iter().filter_map(|producer| producer.floors.alert);
    levels.any(|level| tables.alert_effects.asks(level, day).report)
}

/// An alert in force for these goods takes the zone cap and the exemption away.
pub fn lifts_benefits(producer: &Standing, tables: &Tables, day: Date) -> bool {
    producer.floors.alert.is_some_and(|level| tables.alert_effects.asks(level, day).lifts_benefits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::Floors;
    use crate::testing::check_rule;
    use expect_test::expect;
    use jiff::civil::date;
    use model::registers::AlertLevel;

    #[test]
    fn level_one_is_information_and_level_three_an_inspection() {
        check_rule(
            &RULE,
            "alert alert_no=A-1 level=L1 hs_prefix=6403\nalert alert_no=A-2 level=L2\nalert alert_no=A-3 level=L3 destination=DEU",
            expect![[r#"
                warn item 1: alert A-1 of level L1 is in force for these goods
                warn item 1: alert A-2 of level L2 is in force for these goods
                inspect item 1: alert A-3 of level L3 is in force for these goods
            "#]],
        );
    }

    #[test]
    fn an_alert_is_told_at_the_first_line_it_covers() {
        check_rule(
            &RULE,
            "alert alert_no=A-1 level=L2 hs_prefix=6403\nitem commodity_code=6404199000\nitem\nitem",
            expect![[r#"
                warn item 2: alert A-1 of level L2 is in force for these goods
            "#]],
        );
    }

    #[test]
    fn an_alert_on_other_goods_is_none() {
        check_rule(&RULE, "alert alert_no=A-1 level=L3 hs_prefix=6404", expect![""]);
        check_rule(&RULE, "accepted unknown\nalert alert_no=A-1 level=L3", expect![""]);
    }

    #[test]
    fn only_level_three_asks_for_a_mode_and_level_one_lifts_nothing() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let day = date(2018, 6, 1);
        let under = |level| {
            let floors = Floors { alert: Some(level), ..Floors::default() };
            let producer = Standing { floors, ..Standing::UNKNOWN };
            (mode(&[producer], &tables, day), lifts_benefits(&producer, &tables, day))
        };
        assert_eq!(under(AlertLevel::L1), (None, false));
        assert_eq!(under(AlertLevel::L2), (None, true));
        assert_eq!(under(AlertLevel::L3), (Some(Mode::Strict), true));
    }
}
