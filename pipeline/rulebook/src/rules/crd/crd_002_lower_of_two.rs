//! While two credit regimes run side by side, the lower of the two levels counts.

use crate::channel;
use crate::prelude::*;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-002"),
    name: "lower-of-two-regimes",
    version: 1,
    title: Words { zh: "两套信用制度并行时从低", en: "of two regimes the lower level counts" },
    message: Words {
        zh: "信用级别由{before}级降为{after}级", en: "credit level {before} becomes {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "2, CRD-002" }],
    check: Check::Step,
};

/// The lower of what is known and the level of one more regime; told when it is not what stood first.
pub fn lower(known: Option<u8>, level: u8, trace: &mut Vec<TraceLine>) -> u8 {
    let Some(known) = known else { return level };
    let lower = known.min(level);
    if known != level {
        let higher = known.max(level);
        channel::tell_once(trace, channel::step(&RULE, u32::from(higher), u32::from(lower)));
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_and_three_is_three_whichever_comes_first() {
        for (known, level) in [(4, 3), (3, 4)] {
            let mut trace = Vec::new();
            assert_eq!(lower(Some(known), level, &mut trace), 3);
            assert_eq!(trace, [channel::step(&RULE, 4_u32, 3_u32)]);
        }
    }

    #[test]
    fn equal_levels_and_a_single_one_change_nothing() {
        let mut trace = Vec::new();
        assert_eq!(lower(Some(4), 4, &mut trace), 4);
        assert_eq!(lower(None, 5, &mut trace), 5);
        assert!(trace.is_empty());
    }
}
