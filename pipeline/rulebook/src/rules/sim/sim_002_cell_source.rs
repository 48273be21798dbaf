//! Behind every cell of the document matrix stands the announcement it comes from; where none is known, it is of basis C.
//!
//! Held at the load of table 7.1. The number 2018 No. 90, often named for it, could not be confirmed: no cell may cite it.
//! Where a cell is lighter than that of a firm nobody knows, its source is told with the decision.

use crate::channel;
use crate::prelude::*;
use crate::tables::Row;
use crate::tables::papers::{Asked, Document};
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-002"),
    name: "cell-without-source",
    version: 1,
    title: Words { zh: "单证简化注明依据", en: "each cell of the matrix names its source" },
    message: Words { zh: "{before}的简化依据：{after}", en: "{before} is simplified by: {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "7, SIM-002" }],
    check: Check::Step,
};

/// Numbers of announcements that could not be confirmed.
const UNCONFIRMED: [&str; 3] = ["2018年第90号", "2018 No. 90", "No. 90"];

/// A citation and its basis go together.
pub fn check(citation: &str, basis: Basis) -> Result<(), String> {
    if let Some(number) = UNCONFIRMED.into_iter().find(|number| citation.contains(number)) {
        return Err(format!("SIM-002: {number} could not be confirmed as a source"));
    }
    let names_announcement = citation.contains("公告") || citation.contains("令第");
    if names_announcement || basis == Basis::C {
        Ok(())
    } else {
        Err("SIM-002: without an announcement the basis is C".to_owned())
    }
}

/// Tells the source of a cell.
pub fn tell(document: Document, row: &Row<Asked>, trace: &mut Vec<TraceLine>) {
    let source = format!("{} ({})", row.citation, row.basis.letter());
    trace.push(channel::step(&RULE, document.words(), source));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_90_is_never_a_source() {
        assert!(check("海关总署公告2018年第90号", Basis::A).is_err());
        assert!(check("GACC 2018 No. 90", Basis::C).is_err());
    }

    #[test]
    fn without_an_announcement_a_cell_is_of_basis_c() {
        assert!(check("domain-rules 7.1", Basis::B).is_err());
        assert_eq!(check("domain-rules 7.1", Basis::C), Ok(()));
        assert_eq!(check("质检总局公告2014年第124号", Basis::B), Ok(()));
    }
}
