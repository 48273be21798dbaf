//! What a firm's place and past change about its ratio: whole basis points, multiplied, then rounded down.
//!
//! In the order of domain-rules 4.2: zone, new pair of producer and heading, new destination, cap. A past the office
//! does not keep changes nothing, and the trace says that it is unknown (ruling C6).

use crate::channel;
use crate::prelude::*;
use crate::standing::{History, Standing};
use crate::tables::modifiers::{Modifier, Modifiers};
use crate::tables::ratios::EVERY_BATCH_BP;
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-002"),
    name: "ratio-modifiers",
    version: 1,
    title: Words { zh: "抽批比例系数", en: "factors of the batch ratio" },
    message: Words { zh: "抽批比例由{before}改为{after}", en: "batch ratio {before} becomes {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "4.2; 4, SMP-002" },
        Citation { instrument: "rulings", article: "C6" },
    ],
    check: Check::Step,
};

const HISTORY: Words = Words { zh: "历史", en: "history" };
const UNKNOWN: Words = Words { zh: "未知", en: "unknown" };

/// The ratio after all factors; each one that changes it is told.
pub fn modified(
    bp: u32,
    modifiers: &Modifiers,
    producer: &Standing,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> u32 {
    if producer.history.is_none() {
        trace.push(channel::step(&RULE, HISTORY, UNKNOWN));
    }
    let History { is_new_pair, is_new_destination } = producer.history.unwrap_or_default();
    let factors = [
        (producer.in_zone, Modifier::Zone),
        (is_new_pair, Modifier::NewPair),
        (is_new_destination, Modifier::NewDestination),
    ];
    let mut ratio_bp = bp;
    for (_, modifier) in factors.into_iter().filter(|(acts, _)| *acts) {
        let factor_bp = modifiers.bp(modifier, producer.level, day);
        let product_bp = factor_bp.map_or(ratio_bp, |factor_bp| multiplied(ratio_bp, factor_bp));
        if product_bp != ratio_bp {
            trace.push(channel::step(&RULE, ratio_bp, product_bp));
        }
        ratio_bp = product_bp;
    }
    if ratio_bp > EVERY_BATCH_BP {
        trace.push(channel::step(&RULE, ratio_bp, EVERY_BATCH_BP));
    }
    ratio_bp.min(EVERY_BATCH_BP)
}

/// A ratio times a factor, both in basis points, rounded down.
pub fn multiplied(ratio_bp: u32, factor_bp: u32) -> u32 {
    let product = u64::from(ratio_bp) * u64::from(factor_bp) / u64::from(EVERY_BATCH_BP);
    u32::try_from(product).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const KNOWN: Standing = Standing {
        history: Some(History { is_new_pair: false, is_new_destination: false }),
        ..Standing::UNKNOWN
    };

    fn modified_from(bp: u32, producer: Standing) -> (u32, Vec<TraceLine>) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let mut trace = Vec::new();
        let bp = modified(bp, &tables.modifiers, &producer, date(2018, 6, 1), &mut trace);
        (bp, trace)
    }

    #[test]
    fn half_of_three_hundred_is_a_hundred_and_fifty() {
        assert_eq!(multiplied(300, 5_000), 150);
        assert_eq!(multiplied(301, 5_000), 150);
        let zone_firm = Standing { in_zone: true, level: 4, ..KNOWN };
        assert_eq!(modified_from(300, zone_firm), (150, vec![channel::step(&RULE, 300_u32, 150_u32)]));
    }

    #[test]
    fn the_zone_helps_nobody_below_level_three() {
        assert_eq!(modified_from(5_000, Standing { in_zone: true, level: 2, ..KNOWN }), (5_000, Vec::new()));
        assert_eq!(modified_from(1_000, Standing { in_zone: true, level: 3, ..KNOWN }).0, 500);
    }

    #[test]
    fn what_is_new_doubles_and_the_cap_comes_last() {
        let new = |is_new_pair, is_new_destination| Standing {
            history: Some(History { is_new_pair, is_new_destination }),
            ..Standing::UNKNOWN
        };
        assert_eq!(modified_from(1_000, new(true, false)).0, 2_000);
        assert_eq!(modified_from(1_000, new(true, true)).0, 4_000);
        let (bp, trace) = modified_from(5_000, new(true, true));
        let steps = [(5_000_u32, 10_000_u32), (10_000, 20_000), (20_000, 10_000)];
        assert_eq!(bp, 10_000);
        assert_eq!(trace, steps.map(|(before, after)| channel::step(&RULE, before, after)));
    }

    #[test]
    fn an_unknown_past_is_told_and_changes_nothing() {
        let (bp, trace) = modified_from(1_000, Standing::UNKNOWN);
        assert_eq!(bp, 1_000);
        assert_eq!(trace, [channel::step(&RULE, HISTORY, UNKNOWN)]);
    }
}
