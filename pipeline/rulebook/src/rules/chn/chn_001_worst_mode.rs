//! Of all modes that something asks for, the worst one counts.
//!
//! Goods, documents and firms are judged apart, and none of them can lighten what another asks for.

use crate::channel;
use crate::prelude::*;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-001"),
    name: "worst-mode",
    version: 1,
    title: Words { zh: "检验监管模式从严", en: "the worst inspection mode counts" },
    message: Words {
        zh: "检验监管模式由{before}改为{after}",
        en: "inspection mode {before} becomes {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "3, CHN-001" }],
    check: Check::Step,
};

/// The worst of a mode and of what is asked for; told when it changes.
pub fn worst(mode: Mode, asked: &[Option<Mode>], trace: &mut Vec<TraceLine>) -> Mode {
    let worst = asked.iter().flatten().copied().fold(mode, Mode::max);
    if worst != mode {
        trace.push(channel::step(&RULE, mode.name(), worst.name()));
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worse_mode_wins_and_is_told() {
        let mut trace = Vec::new();
        let asked = [Some(Mode::Verify), None, Some(Mode::Strict)];
        assert_eq!(worst(Mode::DocRelease, &asked, &mut trace), Mode::Strict);
        assert_eq!(trace, [channel::step(&RULE, "DOC_RELEASE", "STRICT")]);
    }

    #[test]
    fn an_equal_or_lighter_one_changes_nothing() {
        let mut trace = Vec::new();
        assert_eq!(
            worst(Mode::General, &[Some(Mode::General), Some(Mode::Credit)], &mut trace),
            Mode::General
        );
        assert!(trace.is_empty());
    }
}
