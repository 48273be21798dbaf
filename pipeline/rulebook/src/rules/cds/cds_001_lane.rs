//! What was found decides the lane of a declaration under the law of the United Kingdom: nothing is drawn, and no class of firm
//! or goods is asked.

use crate::channel;
use crate::prelude::*;
use crate::rule::Gathered;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-001"),
    name: "lane",
    version: 1,
    title: Words { zh: "英国申报按核查结果处置", en: "what was found decides the lane" },
    message: Words {
        zh: "申报类型 {before}，检验监管模式为{after}",
        en: "declaration type {before} goes by {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "3; 14, decision mapping" }],
    check: Check::Step,
};

/// The mode that the findings ask for; documents that are in order are verified and pass.
pub fn mode(gathered: &Gathered) -> Mode {
    match gathered.worst {
        Some(Effect::Reject) => Mode::Reject,
        Some(Effect::Hold) => Mode::Hold,
        Some(Effect::Inspect) => Mode::General,
        Some(Effect::Deny | Effect::Warn) | None => Mode::Verify,
    }
}

/// The step, for the trace.
pub fn step(case: &Case<'_>, mode: Mode) -> TraceLine {
    let declared = case.declaration.particulars().map_or("", |it| it.declaration_type.value);
    channel::step(&RULE, declared, mode.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::finding::Finding;

    fn of(effects: &[Effect]) -> Mode {
        let mut gathered = Gathered::default();
        for &effect in effects {
            gathered.push(Finding { rule: RULE.id, effect, place: Place::ROOT, evidence: Vec::new() });
        }
        mode(&gathered)
    }

    #[test]
    fn what_is_in_order_is_verified_and_passes() {
        assert_eq!((of(&[]), of(&[Effect::Warn])), (Mode::Verify, Mode::Verify));
    }

    #[test]
    fn the_gravest_finding_decides() {
        assert_eq!(of(&[Effect::Warn, Effect::Inspect]), Mode::General);
        assert_eq!(of(&[Effect::Hold, Effect::Inspect]), Mode::Hold);
        assert_eq!(of(&[Effect::Reject, Effect::Hold]), Mode::Reject);
    }
}
