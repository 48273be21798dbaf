//! All findings count together, once every document check has run: the declarant sees everything at once.
//!
//! Any rejecting finding ends in REJECT. A hold that waits for papers only is VERIFY, any other hold is HOLD (ruling C2);
//! an inspection asked for is at least GENERAL.

use crate::prelude::*;
use crate::rule::Gathered;
use crate::rules::doc::doc_019_permit_missing;
use crate::rules::sim::{sim_005_statement_missing, sim_014_document_missing};
use model::decision::Mode;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-002"),
    name: "collect-all",
    version: 1,
    title: Words { zh: "全部审单后一次告知", en: "all checks run before the document goes back" },
    message: Words {
        zh: "全部审单意见要求检验监管模式{after}",
        en: "the findings together ask for inspection mode {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "3, CHN-002" },
        Citation { instrument: "rulings", article: "C2, C8" },
    ],
    check: Check::Step,
};

/// The mode that the findings ask for.
pub fn mode(gathered: &Gathered) -> Option<Mode> {
    match gathered.worst? {
        Effect::Reject => Some(Mode::Reject),
        Effect::Hold => Some(mode_of_holds(gathered)),
        Effect::Inspect => Some(Mode::General),
        Effect::Deny | Effect::Warn => None,
    }
}

fn mode_of_holds(gathered: &Gathered) -> Mode {
    let mode = gathered.findings.iter().map(|finding| match finding.effect {
        Effect::Hold if !waits_for_papers(finding.rule) => Mode::Hold,
        Effect::Inspect => Mode::General,
        _ => Mode::Verify,
    });
    // Findings beyond the limit are not kept: what holds among them may be anything.
    if gathered.n_more > 0 { Mode::Hold } else { mode.max().unwrap_or(Mode::Hold) }
}

fn waits_for_papers(rule: RuleId) -> bool {
    [&sim_005_statement_missing::RULE, &sim_014_document_missing::RULE, &doc_019_permit_missing::RULE]
        .iter()
        .any(|known| known.id == rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::finding::Finding;
    use model::limits::FINDINGS_MAX;

    fn gathered(found: &[(&'static str, Effect)]) -> Gathered {
        let mut gathered = Gathered::default();
        for &(id, effect) in found {
            gathered.push(Finding { rule: RuleId(id), effect, place: Place::ROOT, evidence: Vec::new() });
        }
        gathered
    }

    #[test]
    fn three_defects_are_three_findings_and_one_reject() {
        use Effect::Reject;
        let gathered = gathered(&[("DOC-026", Reject), ("DOC-030", Reject), ("DOC-001", Reject)]);
        assert_eq!(gathered.findings.len(), 3);
        assert_eq!(mode(&gathered), Some(Mode::Reject));
    }

    #[test]
    fn each_effect_asks_for_its_mode() {
        use Effect::{Deny, Hold, Inspect, Warn};
        assert_eq!(mode(&gathered(&[])), None);
        assert_eq!(mode(&gathered(&[("DOC-031", Warn), ("CHN-007", Deny)])), None);
        assert_eq!(mode(&gathered(&[("RSK-012", Inspect)])), Some(Mode::General));
        assert_eq!(mode(&gathered(&[("SIM-014", Hold), ("SIM-005", Hold)])), Some(Mode::Verify));
        assert_eq!(mode(&gathered(&[("DOC-019", Hold)])), Some(Mode::Verify));
        assert_eq!(mode(&gathered(&[("SIM-014", Hold), ("RSK-012", Inspect)])), Some(Mode::General));
        assert_eq!(mode(&gathered(&[("SIM-014", Hold), ("ORG-051", Hold)])), Some(Mode::Hold));
    }

    #[test]
    fn a_hold_beyond_the_limit_is_any_hold() {
        let full = gathered(&[("SIM-014", Effect::Hold); FINDINGS_MAX]);
        assert_eq!(mode(&full), Some(Mode::Verify));
        let over = gathered(&[("SIM-014", Effect::Hold); FINDINGS_MAX + 1]);
        assert_eq!(mode(&over), Some(Mode::Hold));
    }
}
