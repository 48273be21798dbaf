//! The table of ratios gives a certified firm more than its share of what a firm of general credit bears.
//!
//! Held at the load of table 4.1: level 4 bears at most half and level 5 at most a fifth of level 3, level 1 at least
//! 80 % of all batches. At most, not less than: ruling C5 reads it so.

use crate::prelude::*;
use crate::tables::ratio_limits::Limits;
use crate::tables::ratios::{Cells, EVERY_BATCH_BP};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-015"),
    name: "ratio-beyond-grade",
    version: 1,
    title: Words {
        zh: "抽批比例与海关信用等级相适应", en: "batch ratios keep to the customs grades"
    },
    message: Words {
        zh: "抽批比例表不符合：{before}",
        en: "the table of ratios does not keep to it: {before}",
    },
    remedy: Words { zh: "更正抽批比例表", en: "correct the table of ratios" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "海关总署令第237号、第251号", article: "" },
        Citation { instrument: "domain-rules", article: "2, CRD-015" },
        Citation { instrument: "rulings", article: "C5" },
    ],
    check: Check::Step,
};

/// One row of the table keeps to the limits.
pub fn check(cells: Cells, limits: Limits) -> Result<(), String> {
    let [advanced, certified, general, _, lowest] = cells;
    let share = |of_bp: u32| u64::from(general) * u64::from(of_bp) / u64::from(EVERY_BATCH_BP);
    let kept = u64::from(certified) <= share(limits.certified_bp_max)
        && u64::from(advanced) <= share(limits.advanced_bp_max)
        && lowest >= limits.dishonest_bp_min;
    if kept {
        return Ok(());
    }
    let Limits { certified_bp_max, advanced_bp_max, dishonest_bp_min } = limits;
    Err(format!(
        "CRD-015: level 4 at most {certified_bp_max} and level 5 at most {advanced_bp_max} in ten thousand of level 3, \
         level 1 at least {dishonest_bp_min}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { certified_bp_max: 5_000, advanced_bp_max: 2_000, dishonest_bp_min: 8_000 };

    #[test]
    fn base_ten_per_cent_leaves_two_per_cent_to_an_advanced_firm() {
        assert_eq!(check([200, 500, 1_000, 5_000, 10_000], LIMITS), Ok(()));
    }

    #[test]
    fn one_basis_point_more_is_too_much() {
        for cells in [
            [201, 500, 1_000, 5_000, 10_000],
            [200, 501, 1_000, 5_000, 10_000],
            [200, 500, 1_000, 5_000, 7_999],
        ] {
            assert!(check(cells, LIMITS).is_err(), "{cells:?}");
        }
    }
}
