//! Every grade a decision rests on stands in its trace by value: firm, regime, grade and level.
//!
//! With the digest of the registers that every decision names, it can be told for ever what was known, whatever became of
//! the firm later.

use crate::channel;
use crate::prelude::*;
use crate::rules::crd::crd_001_regime_not_in_force::written;
use model::decision::TraceLine;
use model::registers::Grade;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-021"),
    name: "grade-by-value",
    version: 1,
    title: Words { zh: "记录所采用的信用等级", en: "the grade used is kept by value" },
    message: Words {
        zh: "企业{before}信用等级及级别：{after}",
        en: "grade and level of firm {before}: {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "2, CRD-021; 2.2" }],
    check: Check::Step,
};

/// Tells a grade and its level.
pub fn tell(grade: &Grade, level: u8, trace: &mut Vec<TraceLine>) {
    let line = channel::step(&RULE, grade.unified_code.as_str(), format!("{}: {level}", written(grade)));
    channel::tell_once(trace, line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::registers::Regime;

    fn grade() -> Grade {
        Grade {
            unified_code: "91441323555600018G".to_owned(),
            regime: Regime::Cus2,
            grade: "一般认证".to_owned(),
            ..Grade::default()
        }
    }

    #[test]
    fn firm_regime_grade_and_level() {
        let mut trace = Vec::new();
        tell(&grade(), 4, &mut trace);
        assert_eq!(trace, [channel::step(&RULE, "91441323555600018G", "CUS-2 一般认证: 4")]);
    }

    #[test]
    fn the_same_grade_is_told_once() {
        let mut trace = Vec::new();
        tell(&grade(), 4, &mut trace);
        tell(&grade(), 4, &mut trace);
        assert_eq!(trace.len(), 1);
    }
}
