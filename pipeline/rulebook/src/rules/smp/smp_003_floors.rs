//! A campaign, an alert or a return sets a floor under the ratio, and a floor beats every factor.

use crate::channel;
use crate::prelude::*;
use crate::standing::{AlertLevel, Standing};
use crate::tables::modifiers::{Modifier, Modifiers};
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-003"),
    name: "ratio-floors",
    version: 1,
    title: Words { zh: "抽批比例下限", en: "floors of the batch ratio" },
    message: Words {
        zh: "抽批比例由{before}提高到{after}", en: "batch ratio {before} is raised to {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "4.2; 4, SMP-003" }],
    check: Check::Step,
};

/// The ratio, but not below the highest floor in force; told when a floor raises it.
pub fn raised(
    bp: u32,
    modifiers: &Modifiers,
    producer: &Standing,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> u32 {
    let floors = producer.floors;
    let alert = match floors.alert {
        Some(AlertLevel::L2) => Some(Modifier::AlertL2),
        Some(AlertLevel::L3) => Some(Modifier::AlertL3),
        Some(AlertLevel::L1) | None => None,
    };
    let return_follow_up = floors.return_follow_up.then_some(Modifier::ReturnFollowUp);
    let of_the_table = [alert, return_follow_up].into_iter().flatten();
    let acting = of_the_table.filter_map(|floor| modifiers.bp(floor, producer.level, day));
    let raised_bp = acting.chain(floors.campaign_bp).fold(bp, u32::max);
    if raised_bp != bp {
        trace.push(channel::step(&RULE, bp, raised_bp));
    }
    raised_bp
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::Floors;
    use jiff::civil::date;

    fn raised_from(bp: u32, floors: Floors) -> (u32, Vec<TraceLine>) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let mut trace = Vec::new();
        let producer = Standing { floors, ..Standing::UNKNOWN };
        let bp = raised(bp, &tables.modifiers, &producer, date(2018, 6, 1), &mut trace);
        (bp, trace)
    }

    fn alert(level: AlertLevel) -> Floors {
        Floors { alert: Some(level), ..Floors::default() }
    }

    #[test]
    fn an_alert_of_level_two_raises_a_hundred_and_fifty_to_five_thousand() {
        let step = channel::step(&RULE, 150_u32, 5_000_u32);
        assert_eq!(raised_from(150, alert(AlertLevel::L2)), (5_000, vec![step]));
    }

    #[test]
    fn a_ratio_at_its_floor_stays() {
        assert_eq!(raised_from(5_000, alert(AlertLevel::L2)), (5_000, Vec::new()));
        assert_eq!(raised_from(150, alert(AlertLevel::L1)), (150, Vec::new()));
    }

    #[test]
    fn of_several_floors_the_highest_counts() {
        let both = Floors { campaign_bp: Some(3_000), ..alert(AlertLevel::L2) };
        assert_eq!(raised_from(150, both).0, 5_000);
        assert_eq!(raised_from(150, Floors { campaign_bp: Some(3_000), ..Floors::default() }).0, 3_000);
        assert_eq!(raised_from(150, Floors { return_follow_up: true, ..both }).0, 10_000);
        assert_eq!(raised_from(150, alert(AlertLevel::L3)).0, 10_000);
    }
}
