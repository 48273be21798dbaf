//! Goods of a zone firm are in principle verified by their papers: the base mode is lightened to VERIFY.
//!
//! For a member with a grade of level 3 or better, and only while no alert on its goods says otherwise. Each producer is
//! capped by itself, and the worst of them counts.

use crate::channel;
use crate::prelude::*;
use crate::rules::chn::chn_013_class_matrix;
use crate::rules::rsk::rsk_006_alert_level;
use crate::standing::Standing;
use jiff::civil::Date;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-005"),
    name: "zone-cap",
    version: 1,
    title: Words {
        zh: "示范区企业原则上实施验证监管或信用监管",
        en: "zone firms are verified, or supervised by credit",
    },
    message: Words {
        zh: "示范区企业，检验监管模式由{before}改为{after}",
        en: "zone firm: inspection mode {before} becomes {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "一(三)一" },
        Citation { instrument: "domain-rules", article: "3, CHN-005" },
        Citation { instrument: "rulings", article: "C1" },
    ],
    check: Check::Step,
};

/// The base mode with the producers of the zone capped; told when it changes.
pub fn capped(
    base: Mode,
    producers: &[Standing],
    tables: &Tables,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> Mode {
    let worst = producers.iter().map(|producer| of_producer(producer, tables, day)).max();
    let mode = worst.map_or(base, |worst| base.min(worst));
    if mode != base {
        trace.push(channel::step(&RULE, base.name(), mode.name()));
    }
    mode
}

fn of_producer(producer: &Standing, tables: &Tables, day: Date) -> Mode {
    let cell = chn_013_class_matrix::cell(&tables.modes, producer, day);
    let cap = tables.zone_caps.on(day).filter(|cap| {
        producer.in_zone
            && producer.level >= cap.level_min
            && !rsk_006_alert_level::lifts_benefits(producer, tables, day)
    });
    cap.map_or(cell, |cap| cell.min(cap.mode))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::{AlertLevel, Floors, Risk};
    use jiff::civil::date;

    const MEMBER: Standing = Standing { is_member: true, in_zone: true, ..Standing::UNKNOWN };

    fn capped_from(base: Mode, producers: &[Standing]) -> (Mode, usize) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let mut trace = Vec::new();
        (capped(base, producers, &tables, date(2012, 5, 2), &mut trace), trace.len())
    }

    #[test]
    fn a_class_three_zone_firm_of_grade_b_is_verified() {
        assert_eq!(capped_from(Mode::General, &[MEMBER]), (Mode::Verify, 1));
    }

    #[test]
    fn grade_c_is_not_capped_nor_a_firm_outside_nor_a_member_without_grade() {
        for firm in
            [Standing { level: 2, ..MEMBER }, Standing::UNKNOWN, Standing { in_zone: false, ..MEMBER }]
        {
            assert_eq!(capped_from(Mode::General, &[firm]), (Mode::General, 0), "{firm:?}");
        }
    }

    #[test]
    fn an_alert_of_level_two_blocks_it_and_one_of_level_one_does_not() {
        let under = |level| Standing { floors: Floors { alert: Some(level), ..Floors::default() }, ..MEMBER };
        assert_eq!(capped_from(Mode::General, &[under(AlertLevel::L2)]).0, Mode::General);
        assert_eq!(capped_from(Mode::General, &[under(AlertLevel::L1)]).0, Mode::Verify);
    }

    #[test]
    fn a_lighter_mode_stays_and_the_producer_outside_counts() {
        let first_class = Standing { class: 1, ..MEMBER };
        assert_eq!(capped_from(Mode::Credit, &[first_class]), (Mode::Credit, 0));
        let high = Standing { risk: Risk::High, ..MEMBER };
        assert_eq!(capped_from(Mode::Strict, &[high, Standing::UNKNOWN]), (Mode::General, 1));
    }
}
