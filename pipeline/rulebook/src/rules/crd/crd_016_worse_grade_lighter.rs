//! The table of ratios lets a worse grade bear less than a better one.
//!
//! Held at the load of table 4.1, whose columns are the grades (ruling C5): from level 5 down to level 1 no ratio falls,
//! and none passes every batch.

use crate::prelude::*;
use crate::tables::ratios::{Cells, EVERY_BATCH_BP};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-016"),
    name: "worse-grade-lighter",
    version: 1,
    title: Words {
        zh: "信用等级越低抽批比例越高", en: "a worse grade never bears a lighter ratio"
    },
    message: Words {
        zh: "抽批比例表不符合：{before}",
        en: "the table of ratios does not keep to it: {before}",
    },
    remedy: Words { zh: "更正抽批比例表", en: "correct the table of ratios" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "2, CRD-016; 4.1" },
        Citation { instrument: "rulings", article: "C5" },
    ],
    check: Check::Step,
};

/// The ratios of one row rise as the level falls.
pub fn check(cells: Cells) -> Result<(), String> {
    if cells.is_sorted() && cells.iter().all(|bp| *bp <= EVERY_BATCH_BP) {
        Ok(())
    } else {
        Err(format!("CRD-016: ratios rise from level 5 to level 1 and end at {EVERY_BATCH_BP}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grade_c_with_high_risk_may_bear_every_batch() {
        assert_eq!(check([1_000, 2_000, 5_000, 10_000, 10_000]), Ok(()));
    }

    #[test]
    fn grade_c_may_not_keep_what_grade_b_bears_less_of() {
        assert!(check([100, 300, 1_000, 500, 10_000]).is_err());
        assert!(check([100, 300, 1_000, 5_000, 10_001]).is_err());
    }
}
