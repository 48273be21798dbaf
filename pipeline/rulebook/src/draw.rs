//! Reproducible sampling: how many batches are looked at, and whether this one is (domain-rules 4, ruling C7).
//!
//! Anyone can recompute a draw after the reveal: it depends on the declaration's number, the day's seed, and the
//! rule's version, and on nothing else. SHA-256, because strangers have it everywhere.

use crate::rules::smp::{smp_001_base_ratio, smp_002_modifiers, smp_003_floors, smp_010_draw, smp_011_seed};
use crate::standing::{Floors, Standing};
use crate::tables::Tables;
use jiff::civil::Date;
use model::decision::{Draw, TraceLine};
use model::registers::Registers;

pub use crate::rules::smp::smp_011_seed::Seed;

/// The seed of a day; where none was committed, `DATE:unsealed`.
pub fn seed(registers: &Registers, day: Date) -> Seed<'_> {
    smp_011_seed::seed(registers, day)
}

/// The batch ratio in basis points: of several producers, the highest one counts, and only its steps are told.
pub fn ratio(tables: &Tables, producers: &[Standing], day: Date, trace: &mut Vec<TraceLine>) -> u32 {
    let highest = producers
        .iter()
        .map(|producer| ratio_of(tables, producer, day))
        .reduce(|highest, next| if next.bp > highest.bp { next } else { highest })
        .unwrap_or_else(|| ratio_of(tables, &Standing::UNKNOWN, day));
    trace.extend(highest.steps);
    highest.bp
}

/// The highest floor of an alert, a campaign or a return; 0 where there is none. Only its steps are told.
pub fn floor(tables: &Tables, producers: &[Standing], day: Date, trace: &mut Vec<TraceLine>) -> u32 {
    producers.iter().fold(0, |bp, producer| {
        let floored = producer.floors != Floors::default();
        if floored { smp_003_floors::raised(bp, &tables.modifiers, producer, day, trace) } else { bp }
    })
}

/// Draws for a number.
pub fn draw(number: &str, seed: &Seed<'_>, ratio_bp: u32) -> Draw {
    let draw_bp = smp_010_draw::draw_bp(number, seed);
    Draw {
        rule: smp_010_draw::RULE.id,
        version: smp_010_draw::RULE.version,
        number: number.to_owned(),
        seed_date: seed.day,
        commitment: seed.commitment.to_owned(),
        committed: seed.is_committed(),
        ratio_bp,
        draw_bp,
        hit: smp_010_draw::is_hit(draw_bp, ratio_bp),
    }
}

struct Ratio {
    bp: u32,
    steps: Vec<TraceLine>,
}

/// Base, then factors, then floors: the order of domain-rules 4.2.
fn ratio_of(tables: &Tables, producer: &Standing, day: Date) -> Ratio {
    let mut steps = Vec::with_capacity(4);
    let bp = smp_001_base_ratio::base_bp(&tables.ratios, producer, day, &mut steps);
    let bp = smp_002_modifiers::modified(bp, &tables.modifiers, producer, day, &mut steps);
    let bp = smp_003_floors::raised(bp, &tables.modifiers, producer, day, &mut steps);
    Ratio { bp, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::AlertLevel;
    use crate::tables::modes::Risk;
    use jiff::civil::date;

    const SEED: Seed<'_> = Seed {
        day: date(2018, 6, 1),
        secret: "S-7f3a",
        commitment: "7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a",
    };

    fn drawn(producers: &[Standing]) -> Draw {
        let tables = Tables::shipped().expect("shipped tables are good");
        let ratio_bp = ratio(&tables, producers, SEED.day, &mut Vec::new());
        draw("531620180168000001", &SEED, ratio_bp)
    }

    /// Level 4, high risk.
    const FIRM: Standing = Standing { level: 4, risk: Risk::High, ..Standing::UNKNOWN };
    const ZONE_FIRM: Standing = Standing { in_zone: true, ..FIRM };

    #[test]
    fn the_worked_pair_of_the_reference() {
        let (outside, inside) = (drawn(&[FIRM]), drawn(&[ZONE_FIRM]));
        assert_eq!((outside.ratio_bp, outside.draw_bp, outside.hit), (2_000, 1_989, true));
        assert_eq!((inside.ratio_bp, inside.draw_bp, inside.hit), (1_000, 1_989, false));
    }

    #[test]
    fn with_an_alert_of_level_two_both_are_inspected() {
        let floors = Floors { alert: Some(AlertLevel::L2), ..Floors::default() };
        for firm in [FIRM, ZONE_FIRM] {
            let draw = drawn(&[Standing { floors, ..firm }]);
            assert_eq!((draw.ratio_bp, draw.hit), (5_000, true));
        }
    }

    #[test]
    fn of_several_producers_the_highest_ratio_counts_and_is_the_only_one_told() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let mut trace = Vec::new();
        assert_eq!(ratio(&tables, &[ZONE_FIRM, FIRM, Standing::UNKNOWN], SEED.day, &mut trace), 2_000);
        let told: Vec<&str> = trace.iter().map(|line| line.rule.0).collect();
        assert_eq!(told, ["SMP-001", "SMP-002"]);
    }

    #[test]
    fn without_a_producer_the_firm_is_unknown() {
        assert_eq!(drawn(&[]), drawn(&[Standing::UNKNOWN]));
    }

    #[test]
    fn a_draw_carries_all_that_is_needed_to_repeat_it() {
        let draw = drawn(&[FIRM]);
        assert_eq!((draw.rule.0, draw.version), ("SMP-010", 3));
        assert_eq!(draw.number, "531620180168000001");
        assert_eq!(draw.seed_date, date(2018, 6, 1));
        assert_eq!(draw.commitment, SEED.commitment);
        assert!(draw.committed);
    }
}
