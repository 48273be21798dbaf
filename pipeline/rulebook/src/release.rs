//! The only place where findings become release, inspect, hold or reject: of declarations, of certificates, and of what
//! a fault of ours left unjudged.
//!
//! Documents and goods are judged apart: the channel says what the goods need, the findings say what the documents
//! need, and the worse of the two counts (CHN-001). A hit together with a hold is a hold; the draw is kept.

use crate::channel::{self, Channel, Consignment, Reviewed};
use crate::dossier::Dossier;
use crate::papers::Papers;
use crate::proof::Standing;
use crate::rule::Gathered;
use crate::rules::cds::cds_001_lane;
use crate::rules::chn::{chn_001_worst_mode, chn_002_collect_all};
use crate::rules::rsk::rsk_006_alert_level;
use crate::rules::sim::{sim_001_required_set, sim_011_grade_fell, sim_013_documents_spared};
use crate::tables::Tables;
use crate::tables::papers::Document;
use jiff::civil::Date;
use model::decision::{Disposition, Draw, Mode, TraceLine};
use model::finding::{Effect, RuleId};
use model::jurisdiction::Jurisdiction;
use model::ledger::State;

/// What becomes of a declaration, and the steps that led there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What happens to the goods.
    pub disposition: Disposition,
    /// Inspection mode.
    pub mode: Mode,
    /// Draw, where one was made.
    pub draw: Option<Draw>,
    /// Steps, in order.
    pub trace: Vec<TraceLine>,
    /// Canonical names of the documents the firm need not send.
    pub documents_waived: Vec<&'static str>,
}

/// Decides a case by all that was found about it. `first_draw` is that of its first version (SMP-012).
pub fn verdict(
    dossier: &mut Dossier<'_>,
    gathered: &Gathered,
    tables: &Tables,
    first_draw: Option<&Draw>,
) -> Verdict {
    match dossier.day() {
        None => undated(gathered),
        Some(_) if dossier.case.jurisdiction != Jurisdiction::China => abroad(dossier, gathered),
        Some(day) => dated(dossier, day, gathered, tables, first_draw),
    }
}

fn dated(
    dossier: &mut Dossier<'_>,
    day: Date,
    gathered: &Gathered,
    tables: &Tables,
    first_draw: Option<&Draw>,
) -> Verdict {
    let mut trace = std::mem::take(&mut dossier.trace);
    let Dossier { case, standings, papers, .. } = dossier;
    sim_011_grade_fell::tell(case, &standings.consignor, tables, &mut trace);
    trace.push(sim_001_required_set::step(&standings.consignor));
    sim_013_documents_spared::tell(case, day, tables, &standings.consignor, &mut trace);
    let reviewed = Reviewed {
        is_clean: gathered.is_clean() && papers.are_complete(),
        has_statement: !papers.statement_missing(),
    };
    let consignment = Consignment { case, day, tables, standings, reviewed, first_draw };
    let channel = channel::channel(&consignment, &mut trace);
    let alerted = rsk_006_alert_level::mode(&standings.producers, tables, day);
    let asked = [papers.mode(), chn_002_collect_all::mode(gathered), alerted];
    let mode = chn_001_worst_mode::worst(channel.mode, &asked, &mut trace);
    let disposition = disposition(gathered.worst, papers, &channel);
    Verdict {
        disposition,
        mode,
        draw: channel.draw,
        trace,
        documents_waived: papers.waived().map(Document::name).collect(),
    }
}

/// Under the law of another gateway nothing is drawn and no channel of ours is asked: what was found decides.
fn abroad(dossier: &Dossier<'_>, gathered: &Gathered) -> Verdict {
    let mode = cds_001_lane::mode(gathered);
    let disposition = match gathered.worst {
        Some(Effect::Reject) => Disposition::Reject,
        Some(Effect::Hold) => Disposition::Hold,
        Some(Effect::Inspect) => Disposition::Inspect,
        Some(Effect::Deny | Effect::Warn) | None => Disposition::Release,
    };
    let trace = vec![cds_001_lane::step(dossier.case, mode)];
    Verdict { disposition, mode, draw: None, trace, documents_waived: Vec::new() }
}

/// Without a day no table has a row and no seed is known: it waits for one (ruling O4).
fn undated(gathered: &Gathered) -> Verdict {
    let is_rejected = gathered.worst == Some(Effect::Reject);
    let (disposition, mode) =
        if is_rejected { (Disposition::Reject, Mode::Reject) } else { (Disposition::Hold, Mode::Hold) };
    Verdict { disposition, mode, draw: None, trace: Vec::new(), documents_waived: Vec::new() }
}

/// Nothing was judged, so nothing is known: the goods wait for an officer, and are never released by a fault of ours.
pub fn internal_fault() -> Verdict {
    Verdict {
        disposition: Disposition::Hold,
        mode: Mode::Hold,
        draw: None,
        trace: Vec::new(),
        documents_waived: Vec::new(),
    }
}

/// What becomes of a document that is put on file, by itself (ruling O3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilingVerdict {
    /// Reject; none when it is put on file, as no goods hang on it yet.
    pub disposition: Option<Disposition>,
    /// How it stands on file.
    pub state: State,
}

/// Decides a certificate by what was found in it, and by whether it can prove anything: one that proves nothing is put on
/// file all the same, and holds the declarations that claim it.
pub fn certificate_standing(gathered: &Gathered, standing: Standing) -> FilingVerdict {
    match standing {
        _ if gathered.worst == Some(Effect::Reject) => {
            FilingVerdict { disposition: Some(Disposition::Reject), state: State::Rejected }
        }
        Standing::Proof => FilingVerdict { disposition: None, state: State::Filed },
        Standing::NoProof(_) => FilingVerdict { disposition: None, state: State::FiledNoProof },
    }
}

/// Decides an inspection application by what was found in it.
pub fn application_standing(gathered: &Gathered) -> FilingVerdict {
    if gathered.worst == Some(Effect::Reject) {
        FilingVerdict { disposition: Some(Disposition::Reject), state: State::Rejected }
    } else {
        FilingVerdict { disposition: None, state: State::Filed }
    }
}

fn disposition(worst: Option<Effect>, papers: &Papers, channel: &Channel) -> Disposition {
    if worst == Some(Effect::Reject) {
        Disposition::Reject
    } else if worst == Some(Effect::Hold) || !papers.are_complete() || channel.is_officers {
        Disposition::Hold
    } else if worst == Some(Effect::Inspect) || channel.is_inspection {
        Disposition::Inspect
    } else {
        Disposition::Release
    }
}

/// A hold by this rule waits for a document the declarant can send (ruling O9: `N` on the wire).
pub fn wants_documents(rule: RuleId) -> bool {
    matches!(rule.0, "SIM-008" | "SIM-014" | "SIM-005" | "ORG-033" | "ORG-051" | "DOC-019")
}

/// A reject by this rule can be mended by the declarant under the same numbers (ruling O9: `Z` on the wire, else `E`).
/// A paper declaration belongs to another lane altogether, a cancelled one has no effect any more.
pub fn is_mendable(rule: RuleId) -> bool {
    !matches!(rule.0, "DOC-004" | "CDS-003")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Seed, draw};
    use crate::standing::{Standing, Standings};
    use crate::tables::modes::Risk;
    use fixtures::notation::Notated;
    use jiff::civil::date;
    use model::finding::{Finding, Language, Place, RuleId};
    use model::limits::FINDINGS_MAX;

    /// Findings of a row: rule and effect.
    type Found = &'static [(&'static str, Effect)];

    const HIT: u32 = 0;
    const MISS: u32 = 9_999;
    const CLEAN: Found = &[];
    const WARNED: Found = &[("DOC-031", Effect::Warn)];
    const DENIED: Found = &[("ZON-009", Effect::Deny)];
    const INSPECT: Found = &[("RSK-012", Effect::Inspect)];
    const HELD: Found = &[("ORG-051", Effect::Hold)];
    const REJECTED: Found = &[("DOC-026", Effect::Reject)];
    const NO_INVOICE: Found = &[("SIM-014", Effect::Hold)];
    const NO_STATEMENT: Found = &[("SIM-005", Effect::Hold)];

    const AFTER: &str = "accepted 2018-06-01\n";
    const AFTER_NO_STATEMENT: &str = "accepted 2018-06-01\nno promise\n";
    const AFTER_NO_INVOICE: &str = "accepted 2018-06-01\nedoc type_code=00000002\nedoc type_code=10000001\n";
    const BETWEEN: &str = "accepted 2016-05-03\n";
    const BETWEEN_NO_FILES: &str = "accepted 2016-05-03\nno edoc\n";
    const STATUTORY: &str = "accepted 2012-05-02\n";
    const STATUTORY_NO_FILES: &str = "accepted 2012-05-02\nno edoc\n";

    const UNKNOWN: Standing = Standing::UNKNOWN;
    const LEVEL_2: Standing = Standing { level: 2, ..UNKNOWN };
    const CLASS_1: Standing = Standing { class: 1, ..UNKNOWN };
    const CLASS_1_HIGH: Standing = Standing { risk: Risk::High, ..CLASS_1 };
    const CLASS_3_HIGH: Standing = Standing { class: 3, risk: Risk::High, ..UNKNOWN };
    const CLASS_4_HIGH: Standing = Standing { class: 4, risk: Risk::High, ..UNKNOWN };

    fn tables() -> Tables {
        Tables::shipped().expect("shipped tables are good")
    }

    fn gathered(found: Found) -> Gathered {
        let mut gathered = Gathered::default();
        for &(id, effect) in found {
            gathered.push(Finding { rule: RuleId(id), effect, place: Place::ROOT, evidence: Vec::new() });
        }
        gathered
    }

    fn first_draw(draw_bp: u32) -> Draw {
        let seed = Seed { day: date(2018, 6, 1), secret: "S-7f3a", commitment: "" };
        Draw { draw_bp, ..draw("531620180168000001", &seed, 1_000) }
    }

    fn decide(notation: &str, firm: Standing, first: &Draw, found: Found) -> Verdict {
        let standings = Standings { consignor: firm, producers: vec![firm].into(), ..Standings::unknown() };
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let mut dossier = Dossier::with(case, &tables(), standings);
            verdict(&mut dossier, &gathered(found), &tables(), Some(first))
        })
    }

    #[test]
    fn which_case_gets_which_disposition_and_mode() {
        use Disposition::{Hold, Inspect, Reject, Release};
        for (notation, firm, draw_bp, found, disposition, mode) in [
            // C2: outside the catalogue, from 2017-11-01.
            (AFTER, UNKNOWN, MISS, CLEAN, Release, Mode::DocRelease),
            (AFTER, UNKNOWN, MISS, WARNED, Release, Mode::DocRelease),
            (AFTER, UNKNOWN, MISS, DENIED, Release, Mode::DocRelease),
            (AFTER, UNKNOWN, HIT, CLEAN, Inspect, Mode::General),
            (AFTER_NO_STATEMENT, UNKNOWN, MISS, NO_STATEMENT, Hold, Mode::Verify),
            (AFTER_NO_INVOICE, UNKNOWN, MISS, NO_INVOICE, Hold, Mode::Verify),
            (AFTER, LEVEL_2, MISS, CLEAN, Hold, Mode::Verify),
            (AFTER, LEVEL_2, HIT, CLEAN, Inspect, Mode::General),
            (AFTER, UNKNOWN, MISS, HELD, Hold, Mode::Hold),
            (AFTER_NO_INVOICE, UNKNOWN, MISS, HELD, Hold, Mode::Hold),
            (AFTER, UNKNOWN, MISS, REJECTED, Reject, Mode::Reject),
            (AFTER_NO_INVOICE, UNKNOWN, MISS, REJECTED, Reject, Mode::Reject),
            // A hit together with a hold is a hold, and the worse mode counts.
            (AFTER_NO_INVOICE, UNKNOWN, HIT, NO_INVOICE, Hold, Mode::General),
            (AFTER, UNKNOWN, HIT, HELD, Hold, Mode::Hold),
            (AFTER, UNKNOWN, HIT, REJECTED, Reject, Mode::Reject),
            // An inspection asked for is at least GENERAL.
            (AFTER, UNKNOWN, MISS, INSPECT, Inspect, Mode::General),
            (AFTER, UNKNOWN, HIT, INSPECT, Inspect, Mode::General),
            // C3: outside the catalogue, before.
            (BETWEEN, UNKNOWN, HIT, CLEAN, Release, Mode::Verify),
            (BETWEEN, LEVEL_2, HIT, CLEAN, Release, Mode::Verify),
            (BETWEEN_NO_FILES, UNKNOWN, MISS, NO_INVOICE, Hold, Mode::Verify),
            (BETWEEN, UNKNOWN, MISS, HELD, Hold, Mode::Hold),
            (BETWEEN, UNKNOWN, MISS, REJECTED, Reject, Mode::Reject),
            (BETWEEN, UNKNOWN, MISS, INSPECT, Inspect, Mode::General),
            // C4: under statutory inspection.
            (STATUTORY, CLASS_1, HIT, CLEAN, Release, Mode::Credit),
            (STATUTORY, CLASS_1_HIGH, HIT, CLEAN, Release, Mode::Verify),
            (STATUTORY, UNKNOWN, MISS, CLEAN, Release, Mode::General),
            (STATUTORY, UNKNOWN, HIT, CLEAN, Inspect, Mode::General),
            (STATUTORY, CLASS_3_HIGH, MISS, CLEAN, Release, Mode::Strict),
            (STATUTORY, CLASS_3_HIGH, HIT, CLEAN, Inspect, Mode::Strict),
            (STATUTORY, CLASS_4_HIGH, MISS, CLEAN, Inspect, Mode::Special),
            (STATUTORY_NO_FILES, CLASS_1, MISS, NO_INVOICE, Hold, Mode::Verify),
            (STATUTORY_NO_FILES, UNKNOWN, HIT, NO_INVOICE, Hold, Mode::General),
            (STATUTORY, CLASS_4_HIGH, MISS, HELD, Hold, Mode::Hold),
            (STATUTORY, CLASS_1, MISS, INSPECT, Inspect, Mode::General),
            (STATUTORY, UNKNOWN, HIT, REJECTED, Reject, Mode::Reject),
        ] {
            let verdict = decide(notation, firm, &first_draw(draw_bp), found);
            let case = format!("{notation:?}, {firm:?}, draw {draw_bp}, {found:?}");
            assert_eq!((verdict.disposition, verdict.mode), (disposition, mode), "{case}");
        }
    }

    #[test]
    fn how_a_certificate_stands() {
        use crate::proof::Standing::{NoProof, Proof};
        let unknown = NoProof(model::finding::Words { zh: "未知", en: "unknown" });
        let rejected = (Some(Disposition::Reject), State::Rejected);
        for (found, standing, expected) in [
            (CLEAN, Proof, (None, State::Filed)),
            (WARNED, Proof, (None, State::Filed)),
            (HELD, Proof, (None, State::Filed)),
            (CLEAN, unknown, (None, State::FiledNoProof)),
            (REJECTED, Proof, rejected),
            (REJECTED, unknown, rejected),
        ] {
            let verdict = certificate_standing(&gathered(found), standing);
            assert_eq!((verdict.disposition, verdict.state), expected, "{found:?}, {standing:?}");
        }
    }

    #[test]
    fn a_fault_of_ours_holds() {
        let verdict = internal_fault();
        assert_eq!((verdict.disposition, verdict.mode), (Disposition::Hold, Mode::Hold));
    }

    #[test]
    fn a_draw_is_made_where_batches_are_drawn_whatever_was_found() {
        for (notation, firm, is_drawn) in [
            (AFTER, UNKNOWN, true),
            (AFTER_NO_STATEMENT, LEVEL_2, true),
            (BETWEEN, UNKNOWN, false),
            (STATUTORY, UNKNOWN, true),
            (STATUTORY, CLASS_3_HIGH, true),
            (STATUTORY, CLASS_1, false),
            (STATUTORY, CLASS_1_HIGH, false),
            (STATUTORY, CLASS_4_HIGH, false),
        ] {
            for found in [CLEAN, INSPECT, HELD, REJECTED] {
                let verdict = decide(notation, firm, &first_draw(MISS), found);
                assert_eq!(verdict.draw.is_some(), is_drawn, "{notation:?}, {firm:?}, {found:?}");
            }
        }
    }

    /// The graver of two effects counts, in whatever order they were found.
    #[test]
    fn effects_that_conflict() {
        use Disposition::{Hold, Inspect, Reject, Release};
        let effects = [Effect::Reject, Effect::Hold, Effect::Inspect, Effect::Deny, Effect::Warn];
        let alone = [Reject, Hold, Inspect, Release, Release];
        let notated = Notated::parse(AFTER).expect("good notation");
        for (i, first) in effects.into_iter().enumerate() {
            for (j, second) in effects.into_iter().enumerate() {
                let mut gathered = gathered(CLEAN);
                for effect in [first, second] {
                    let rule = RuleId("ORG-051");
                    gathered.push(Finding { rule, effect, place: Place::ROOT, evidence: Vec::new() });
                }
                let miss = first_draw(MISS);
                let verdict = notated.with_case(|case| {
                    let mut dossier = Dossier::with(case, &tables(), Standings::unknown());
                    verdict(&mut dossier, &gathered, &tables(), Some(&miss))
                });
                assert_eq!(verdict.disposition, alone[i.min(j)], "{first:?} with {second:?}");
            }
        }
    }

    #[test]
    fn a_rejecting_finding_beyond_the_limit_still_rejects() {
        let mut gathered = gathered(CLEAN);
        for n in 0..=FINDINGS_MAX {
            let effect = if n < FINDINGS_MAX { Effect::Warn } else { Effect::Reject };
            gathered.push(Finding {
                rule: RuleId("DOC-026"),
                effect,
                place: Place::ROOT,
                evidence: Vec::new(),
            });
        }
        let notated = Notated::parse("").expect("good notation");
        let verdict =
            notated.with_case(|case| verdict(&mut Dossier::of(case, &tables()), &gathered, &tables(), None));
        assert_eq!((verdict.disposition, verdict.mode), (Disposition::Reject, Mode::Reject));
    }

    const SEALED: &str = "accepted 2018-06-01\ndeclaration entry_number=531620180168000001\n\
        draw date=2018-06-01 secret=S-7f3a commitment=7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a";

    fn told(notation: &str, found: Found) -> (Verdict, Vec<String>) {
        let notated = Notated::parse(notation).expect("good notation");
        let tables = tables();
        let verdict = notated
            .with_case(|case| verdict(&mut Dossier::of(case, &tables), &gathered(found), &tables, None));
        let lines = verdict.trace.iter().map(|line| {
            let [before, after] = [&line.before, &line.after].map(|value| value.in_language(Language::En));
            format!("{} {before} → {after}", line.rule)
        });
        let lines = lines.collect();
        (verdict, lines)
    }

    #[test]
    fn an_unknown_firm_on_the_first_of_june_2018() {
        let (verdict, steps) = told(SEALED, CLEAN);
        assert_eq!((verdict.disposition, verdict.mode), (Disposition::Release, Mode::DocRelease));
        assert_eq!(verdict.documents_waived, ["contract"]);
        let draw = verdict.draw.expect("batches are drawn");
        assert_eq!((draw.number.as_str(), draw.draw_bp, draw.ratio_bp), ("531620180168000001", 1_989, 1_000));
        assert!(draw.committed && !draw.hit);
        assert_eq!(
            steps,
            [
                "SIM-001  → firm of level 3",
                "SMP-001  → 1000",
                "SMP-002 history → unknown",
                "CHN-006 VERIFY → DOC_RELEASE",
            ]
        );
    }

    #[test]
    fn a_defect_is_told_as_the_last_step() {
        let (verdict, steps) = told(SEALED, REJECTED);
        assert_eq!(verdict.disposition, Disposition::Reject);
        assert_eq!(steps.last().map(String::as_str), Some("CHN-001 VERIFY → REJECT"));
        assert_eq!(verdict.draw.map(|draw| draw.draw_bp), Some(1_989));
    }

    #[test]
    fn before_document_review_the_step_says_so() {
        let (verdict, steps) = told(BETWEEN, CLEAN);
        assert_eq!(steps, ["SIM-001  → firm of level 3", "CHN-007 DOC_RELEASE → VERIFY"]);
        assert!(verdict.documents_waived.is_empty());
    }

    #[test]
    fn under_statutory_inspection_the_matrix_comes_first() {
        let (_, steps) = told(STATUTORY, CLEAN);
        assert_eq!(steps[1], "CHN-013  → GENERAL");
    }

    #[test]
    fn one_line_under_statutory_inspection_is_enough() {
        let (_, steps) = told("accepted 2012-05-02\nitem commodity_code=4202210090\nitem", CLEAN);
        assert_eq!(steps[1], "CHN-013  → GENERAL");
        let (_, steps) = told("accepted 2012-05-02\nitem commodity_code=4202210090", CLEAN);
        assert_eq!(steps[1], "CHN-007 DOC_RELEASE → VERIFY");
    }

    #[test]
    fn without_a_day_it_waits() {
        let (held, steps) = told("accepted unknown", &[("MSG-020", Effect::Hold)]);
        assert_eq!((held.disposition, held.mode), (Disposition::Hold, Mode::Hold));
        assert!(steps.is_empty() && held.draw.is_none() && held.documents_waived.is_empty());
        let (rejected, _) = told("accepted unknown", REJECTED);
        assert_eq!((rejected.disposition, rejected.mode), (Disposition::Reject, Mode::Reject));
    }
}
