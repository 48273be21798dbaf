//! The base ratio of batches that are looked at, by risk of the goods and level of the firm.
//!
//! Published, the same for all, and never chosen by an officer.

use crate::channel;
use crate::prelude::*;
use crate::standing::Standing;
use crate::tables::ratios::Ratios;
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-001"),
    name: "base-ratio",
    version: 1,
    title: Words { zh: "按风险与信用确定抽批比例", en: "base batch ratio by risk and credit" },
    message: Words { zh: "抽批比例为万分之{after}", en: "batch ratio is {after} in ten thousand" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation {
            instrument: "质检总局公告 in force 2017-11-01 (number 2017 No. 89: B)", article: ""
        },
        Citation { instrument: "domain-rules", article: "4.1; 4, SMP-001" },
    ],
    check: Check::Step,
};

/// The base ratio in basis points.
pub fn base_bp(ratios: &Ratios, producer: &Standing, day: Date, trace: &mut Vec<TraceLine>) -> u32 {
    let base_bp = ratios.base_bp(producer.risk, producer.level, day);
    trace.push(channel::step(&RULE, "", base_bp));
    base_bp
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::modes::Risk;
    use jiff::civil::date;

    fn base_of(producer: Standing) -> u32 {
        let tables = Tables::shipped().expect("shipped tables are good");
        base_bp(&tables.ratios, &producer, date(2018, 6, 1), &mut Vec::new())
    }

    #[test]
    fn risk_and_level_change_the_ratio() {
        assert_eq!(base_of(Standing::UNKNOWN), 1_000);
        assert_eq!(base_of(Standing { risk: Risk::Raised, ..Standing::UNKNOWN }), 2_000);
        assert_eq!(base_of(Standing { level: 4, ..Standing::UNKNOWN }), 300);
    }

    #[test]
    fn membership_of_the_zone_does_not() {
        assert_eq!(base_of(Standing { in_zone: true, ..Standing::UNKNOWN }), 1_000);
    }
}
