//! Document-review release (审单放行): the batch was not drawn, and its papers say enough.
//!
//! Outside the catalogue, from 2017-11-01. The documents are clean, the conformity statement is there, and no firm
//! concerned is below level 3. It is no benefit of a grade: an unknown firm has it too (ruling C5).

use crate::channel::{self, Reviewed};
use crate::prelude::*;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-006"),
    name: "document-review-release",
    version: 1,
    title: Words { zh: "审单放行", en: "document-review release" },
    message: Words {
        zh: "检验监管模式由{before}改为{after}",
        en: "inspection mode {before} becomes {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::since(2017, 11, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation {
            instrument: "质检总局公告 in force 2017-11-01 (number 2017 No. 89: B)", article: ""
        },
        Citation { instrument: "domain-rules", article: "3, CHN-006" },
        Citation { instrument: "rulings", article: "C2" },
    ],
    check: Check::Step,
};

/// Lowest internal level.
pub const LEVEL_MIN: u8 = 3;

/// The mode of a batch that was not drawn; told when it changes.
pub fn mode_of_miss(mode: Mode, level: u8, reviewed: Reviewed, trace: &mut Vec<TraceLine>) -> Mode {
    if level < LEVEL_MIN || !reviewed.is_clean || !reviewed.has_statement {
        return mode;
    }
    trace.push(channel::step(&RULE, mode.name(), Mode::DocRelease.name()));
    Mode::DocRelease
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Reviewed = Reviewed { is_clean: true, has_statement: true };

    fn of_miss(level: u8, reviewed: Reviewed) -> (Mode, usize) {
        let mut trace = Vec::new();
        (mode_of_miss(Mode::Verify, level, reviewed, &mut trace), trace.len())
    }

    #[test]
    fn clean_with_its_statement_at_level_three() {
        assert_eq!(of_miss(3, CLEAN), (Mode::DocRelease, 1));
    }

    #[test]
    fn one_thing_short_is_not_enough() {
        assert_eq!(of_miss(2, CLEAN), (Mode::Verify, 0));
        assert_eq!(of_miss(3, Reviewed { has_statement: false, ..CLEAN }), (Mode::Verify, 0));
        assert_eq!(of_miss(3, Reviewed { is_clean: false, ..CLEAN }), (Mode::Verify, 0));
    }
}
