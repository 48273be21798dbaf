//! One declaration judged: rules, then the verdict. Depends on its own case only, so cases are judged side by side.

use crate::link::{LinkedCase, Source};
use crate::outcome::Told;
use crate::read::Document;
use crate::{Law, Settling, reach, tell, validate};
use formats::EntryKind;
use jiff::civil::DateTime;
use model::case::{Case, Claim, Found};
use model::decision::Disposition;
use model::declaration::Declaration;
use model::finding::NotJudged;
use model::jurisdiction::Jurisdiction;
use rulebook::dossier::Dossier;
use rulebook::fees::Draft;
use rulebook::release::{Verdict, internal_fault, verdict};
use rulebook::rules::fee::fee_020_zone_first::{self, Turn};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the law says of a declaration.
pub(crate) struct Examined {
    pub accepted_at: Option<DateTime>,
    pub told: Vec<Told>,
    pub n_more: usize,
    pub not_judged: Vec<NotJudged>,
    pub verdict: Verdict,
    pub certificates: Vec<String>,
    /// What it is charged, as far as the case alone says; none when nothing is due, or when it is rejected.
    pub fees: Option<Draft>,
}

/// Judges a case. A panic is confined to its document: the goods are held, never released.
pub(crate) fn examine(settling: &Settling<'_>, linked: &LinkedCase<'_>, law: &Law<'_>) -> Examined {
    confined(settling.accepted.at(None), || judge(settling, linked, law))
}

fn confined(accepted_at: Option<DateTime>, judge: impl FnOnce() -> Examined) -> Examined {
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|_| held_by_a_fault(accepted_at))
}

fn held_by_a_fault(accepted_at: Option<DateTime>) -> Examined {
    let finding = validate::panicked();
    let (pointer, line, column) = ("/".to_owned(), 1, 1);
    Examined {
        accepted_at,
        told: vec![Told { finding, pointer, line, column }],
        n_more: 0,
        not_judged: Vec::new(),
        verdict: internal_fault(),
        certificates: Vec::new(),
        fees: None,
    }
}

fn judge(settling: &Settling<'_>, linked: &LinkedCase<'_>, law: &Law<'_>) -> Examined {
    let (document, declaration) = document_of(settling, linked.source);
    let accepted_at = accepted_at(settling, linked.source, &declaration);
    let case = Case {
        declaration,
        number: linked.number,
        claims: &linked.claims,
        applications: &linked.applications,
        accepted_at,
        registers: law.registers,
        jurisdiction: document.jurisdiction(),
    };
    let mut dossier = Dossier::of(&case, &law.rulebook.tables);
    let gathered = validate::declaration(&dossier, &document.entry.findings, reach::of(document.format), law);
    let verdict = verdict(&mut dossier, &gathered, &law.rulebook.tables, linked.first_draw.as_ref());
    // Nothing is charged for what goes back (FEE-026), and no fee of ours is due under another law.
    let is_charged = verdict.disposition != Disposition::Reject && case.jurisdiction == Jurisdiction::China;
    let fees = is_charged.then(|| dossier.take_draft(&law.rulebook.tables)).flatten();
    let proofs = linked.claims.iter().filter(|claim| matches!(claim.found, Found::Proof(_)));
    Examined {
        accepted_at,
        told: tell::all(document, &gathered.findings),
        n_more: gathered.n_more,
        not_judged: gathered.not_judged,
        verdict,
        certificates: proofs.map(|claim| claim.number.to_owned()).collect(),
        fees,
    }
}

/// A declaration decided again keeps its day, unless its goods were presented on a later one; any other is accepted as the submission says (ruling O4).
pub(crate) fn accepted_at(
    settling: &Settling<'_>,
    source: Source,
    declaration: &Declaration<'_>,
) -> Option<DateTime> {
    if let Source::Waiting(waiting_idx) = source {
        return settling.ledger.waiting[waiting_idx].accepted_at;
    }
    settling.accepted.at_or(|| declared_at(declaration))
}

/// When a declaration says it was filed.
pub(crate) fn declared_at(declaration: &Declaration<'_>) -> Option<DateTime> {
    crate::read::declared_at(declaration.head, declaration.signature)
}

/// When a declaration of this window is served, where it draws on relief that may run short (FEE-020). A panic is left to
/// the judging, which confines it.
pub(crate) fn turn(
    settling: &Settling<'_>,
    document_idx: usize,
    number: &str,
    claims: &[Claim<'_>],
    law: &Law<'_>,
) -> Option<Turn> {
    let source = Source::Window(document_idx);
    let (document, declaration) = document_of(settling, source);
    let jurisdiction = document.jurisdiction();
    if jurisdiction != Jurisdiction::China {
        return None;
    }
    let accepted_at = accepted_at(settling, source, &declaration);
    let registers = law.registers;
    // What a declaration may draw on does not depend on its inspection.
    let case = Case { declaration, number, claims, applications: &[], accepted_at, registers, jurisdiction };
    let turn = || fee_020_zone_first::turn(&case, &law.rulebook.tables);
    catch_unwind(AssertUnwindSafe(turn)).unwrap_or_default()
}

pub(crate) fn document_of<'s>(
    settling: &'s Settling<'s>,
    source: Source,
) -> (&'s Document<'s>, Declaration<'s>) {
    let (read, document_idx) = match source {
        Source::Window(document_idx) => (settling.read, document_idx),
        Source::Waiting(waiting_idx) => (settling.waiting, waiting_idx),
    };
    let document = read.document(document_idx);
    let EntryKind::Declaration { declaration_idx, .. } = document.entry.kind else {
        unreachable!("only declarations are linked to cases")
    };
    (document, read.declaration(document_idx, declaration_idx))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::decision::Mode;
    use model::finding::{Effect, RuleId};

    /// Nothing was judged, so nothing is known: the goods wait for an officer.
    #[test]
    fn a_panic_holds_its_own_document_and_no_other() {
        let accepted_at = Some(jiff::civil::date(2018, 6, 1).at(9, 30, 0, 0));
        let held = confined(accepted_at, || panic!("a rule of ours broke down"));
        assert_eq!((held.verdict.disposition, held.verdict.mode), (Disposition::Hold, Mode::Hold));
        let findings: Vec<_> =
            held.told.iter().map(|told| (told.finding.rule, told.finding.effect)).collect();
        assert_eq!(findings, [(RuleId("MSG-032"), Effect::Hold)]);
        assert_eq!(held.accepted_at, accepted_at);
        assert!(held.verdict.draw.is_none() && held.certificates.is_empty());
        let judged = confined(accepted_at, || Examined { n_more: 7, ..held_by_a_fault(None) });
        assert_eq!((judged.n_more, judged.accepted_at), (7, None));
    }
}
