//! The worked cases of the reference, from registers to verdict: two firms, the same goods, the same day.
//!
//! Numbers are those of domain-rules 4 and of the founding plan's examples, never copied from the program.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use fixtures::notation::Notated;
use model::decision::Draw;
use model::finding::Language;
use rulebook::dossier::Dossier;
use rulebook::release::{Verdict, verdict};
use rulebook::rule::{Check, Gathered, Reporter};
use rulebook::rules::RULES;
use rulebook::tables::Tables;

/// What came out, in one line and its steps.
struct Told {
    /// Disposition, mode, and where batches are drawn: draw against ratio.
    outcome: String,
    /// Ids and effects of the findings.
    findings: Vec<String>,
    steps: Vec<String>,
    waived: Vec<&'static str>,
}

fn judge(notation: &str) -> Told {
    let tables = Tables::shipped().unwrap();
    let notated = Notated::parse(notation).unwrap();
    notated.with_case(|case| {
        let mut dossier = Dossier::of(case, &tables);
        let mut gathered = Gathered::default();
        for &rule in RULES.iter().filter(|rule| rule.in_force.on(case.accepted_on())) {
            let mut reporter = Reporter::new(rule, &mut gathered);
            match rule.check {
                Check::Declaration(check) => check(case, &tables, &mut reporter),
                Check::Dossier(check) => check(&dossier, &tables, &mut reporter),
                _ => {}
            }
        }
        told(verdict(&mut dossier, &gathered, &tables, None), &gathered)
    })
}

fn told(verdict: Verdict, gathered: &Gathered) -> Told {
    let mut outcome = format!("{} {}", verdict.disposition.name(), verdict.mode.name());
    if let Some(Draw { draw_bp, ratio_bp, .. }) = verdict.draw {
        outcome.push_str(&format!(", {draw_bp} against {ratio_bp}"));
    }
    let findings =
        gathered.findings.iter().map(|found| format!("{} {}", found.rule, found.effect.name())).collect();
    let steps = verdict.trace.iter().map(|line| {
        let [before, after] = [&line.before, &line.after].map(|value| value.in_language(Language::En));
        format!("{} {before} → {after}", line.rule)
    });
    Told { outcome, findings, steps: steps.collect(), waived: verdict.documents_waived }
}

/// 2018-06-01, number …0001: draws 1989. A firm of grade 一般认证 (level 4) with goods of high risk.
const FIRM: &str = "accepted 2018-06-01 09:30
    declaration entry_number=531620180168000001
    draw date=2018-06-01 secret=S-7f3a commitment=7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a
    grade scc=91441323555600018G regime=CUS-2 grade=一般认证 from=2018-05-01
    grade scc=91441323555600018G regime=CIQ-1 grade=B from=2017-10-01 to=2018-05-01
    risk hs_prefix=6403 risk=high
    member scc=91441323MAXK00072A from=2018-03-20 status=ACTIVE site_town=吉隆镇\n";
const MEMBER: &str = "member scc=91441323555600018G from=2018-03-20 status=ACTIVE decision_no=惠东示范〔2018〕1号 site_town=吉隆镇\n";
const ALERT: &str = "alert alert_no=YJ-2018-07 level=L2 hs_prefix=6403 destination=DEU from=2018-05-01\n";

#[test]
fn the_zone_firm_is_released_by_its_documents_and_says_why() {
    let told = judge(&format!("{FIRM}{MEMBER}edoc type_code=10000001"));
    assert_eq!(told.outcome, "release DOC_RELEASE, 1989 against 1000");
    assert_eq!(told.findings, [""; 0]);
    assert_eq!(told.waived, ["contract", "invoice", "packing_list", "factory_inspection_record"]);
    assert_eq!(
        told.steps,
        [
            "ZON-005 91441323555600018G → ACTIVE 2018-03-20/",
            "CRD-021 91441323555600018G → CUS-2 一般认证: 4",
            "CHN-003 6403 → high",
            "SIM-001  → zone firm of level 4 or 5",
            "SIM-002 commercial invoice → domain-rules 7.1; rulings D3 (C)",
            "SIM-002 packing list → domain-rules 7.1; rulings D3 (C)",
            "SIM-002 factory inspection record → domain-rules 7.1; rulings D3 (C)",
            "SIM-013 5 → 2",
            "SMP-001  → 2000",
            "SMP-002 history → unknown",
            "SMP-002 2000 → 1000",
            "CHN-006 VERIFY → DOC_RELEASE",
        ]
    );
}

#[test]
fn the_same_firm_outside_the_zone_is_inspected_and_says_why() {
    let told = judge(FIRM);
    assert_eq!(told.outcome, "inspect GENERAL, 1989 against 2000");
    assert_eq!(told.waived, ["contract", "factory_inspection_record"]);
    assert_eq!(told.steps[0], "ZON-005 91441323555600018G → not a member");
    assert_eq!(
        told.steps[told.steps.len() - 3..],
        ["SMP-001  → 2000", "SMP-002 history → unknown", "SMP-010 VERIFY → GENERAL"]
    );
}

#[test]
fn with_an_alert_of_level_two_both_are_inspected() {
    for firm in [FIRM.to_owned(), format!("{FIRM}{MEMBER}")] {
        let told = judge(&format!("{firm}{ALERT}"));
        assert_eq!(told.outcome, "inspect GENERAL, 1989 against 5000");
        assert_eq!(told.findings, ["RSK-006 warn"]);
        assert!(told.steps.contains(&"RSK-007 YJ-2018-07 → L2".to_owned()), "{:?}", told.steps);
    }
}

#[test]
fn a_hundred_and_fifty_basis_points_become_five_thousand_on_6403_and_stay_on_6404() {
    let firm = format!("{}{MEMBER}", FIRM.replace("risk=high", "risk=general"));
    assert_eq!(judge(&firm).outcome, "release DOC_RELEASE, 1989 against 150");
    assert_eq!(judge(&format!("{firm}{ALERT}")).outcome, "inspect GENERAL, 1989 against 5000");
    // Uppers of textile: 6404, where the alert does not reach.
    let other = format!(
        "{firm}{ALERT}item commodity_code=6404199000 specification=\"1|0|女鞋 不过踝|纺织材料|橡胶|JILONG|A-101|无\""
    );
    assert_eq!(judge(&other).outcome, "release DOC_RELEASE, 1989 against 150");
}

#[test]
fn a_firm_that_leaves_on_the_first_of_september_has_the_benefit_on_the_last_of_august() {
    let leaving = |day: &str| {
        let firm = FIRM.replace("accepted 2018-06-01 09:30", &format!("accepted {day} 09:30"));
        let told = judge(&format!("{firm}{}", MEMBER.replace("status", "to=2018-09-01 status")));
        let ratio = told.outcome.rsplit(' ').next().map(str::to_owned);
        (ratio.unwrap(), told.steps[0].clone(), told.waived.len())
    };
    let inside = "ZON-005 91441323555600018G → ACTIVE 2018-03-20/2018-09-01".to_owned();
    assert_eq!(leaving("2018-08-31"), ("1000".to_owned(), inside, 4));
    let outside = "ZON-005 91441323555600018G → not a member".to_owned();
    assert_eq!(leaving("2018-09-01"), ("2000".to_owned(), outside, 2));
}

/// Under statutory inspection, when order 197 was the regime.
const STATUTORY: &str = "accepted 2012-05-02 09:30
    member scc=91441323555600018G from=2012-01-01 site_town=吉隆镇
    producer reg_no=4413600001 scc=91441323555600018G class=3 site_town=吉隆镇\n";

#[test]
fn a_class_three_zone_firm_of_grade_b_is_verified_and_one_of_grade_c_is_not() {
    let grade = |grade| judge(&format!("{STATUTORY}grade scc=91441323555600018G regime=CUS-0 grade={grade}"));
    let b = grade("B");
    assert_eq!(b.outcome, "release VERIFY");
    assert!(
        b.steps.ends_with(&["CHN-013  → GENERAL".to_owned(), "CHN-005 GENERAL → VERIFY".to_owned()]),
        "{:?}",
        b.steps
    );
    let c = grade("C");
    assert!(c.outcome.contains(" GENERAL, ") && c.outcome.ends_with(" against 5000"), "{}", c.outcome);
    assert!(c.steps.iter().all(|step| !step.starts_with("CHN-005")), "{:?}", c.steps);
}

#[test]
fn an_alert_or_a_missing_grade_takes_the_cap_away() {
    let graded = format!("{STATUTORY}grade scc=91441323555600018G regime=CUS-0 grade=B\n");
    let alerted = judge(&format!("{graded}alert alert_no=YJ-1 level=L2 hs_prefix=64"));
    assert!(
        alerted.outcome.contains(" GENERAL, ") && alerted.outcome.ends_with(" against 5000"),
        "{}",
        alerted.outcome
    );
    let ungraded = judge(STATUTORY);
    assert!(ungraded.outcome.contains(" GENERAL, "), "{}", ungraded.outcome);
    assert!(ungraded.findings.contains(&"ZON-014 deny".to_owned()), "{:?}", ungraded.findings);
}

#[test]
fn a_certificate_for_6403_exempts_it_and_not_a_declaration_with_a_line_in_6404() {
    let exempt = format!(
        "{FIRM}exemption certificate_no=MY-2017-3 scc=91441323555600018G hs_prefix=6403 from=2017-01-01\n"
    );
    let told = judge(&exempt);
    assert_eq!(told.outcome, "release EXEMPT");
    assert!(told.steps.ends_with(&["CHN-009  → EXEMPT".to_owned()]), "{:?}", told.steps);
    let two = judge(&format!(
        "{exempt}declaration gross_weight_kg=2160 net_weight_kg=1920\nitem\nitem commodity_code=6404199000 specification=\"1|0|女鞋 不过踝|纺织材料|橡胶|JILONG|A-101|无\""
    ));
    assert!(two.outcome.starts_with("inspect GENERAL, 1989 against 2000"), "{}", two.outcome);
    assert!(two.findings.contains(&"CHN-009 deny".to_owned()), "{:?}", two.findings);
    let alerted = judge(&format!("{exempt}{ALERT}"));
    assert_eq!(alerted.outcome, "inspect GENERAL, 1989 against 5000");
    assert!(alerted.findings.contains(&"CHN-011 inspect".to_owned()), "{:?}", alerted.findings);
}

#[test]
fn an_approved_firm_is_jointly_inspected_under_the_catalogue() {
    let approved = format!(
        "{}joint_approval scc=91441323555600018G items=CrVI factor=0.5 from=2012-01-01\n\
         laboratory accreditation_no=L1 scc=91441323555600018G items=CrVI;pH from=2011-01-01",
        STATUTORY.replace("member", "brand")
    );
    let told = judge(&approved);
    assert!(told.outcome.contains(" JOINT, "), "{}", told.outcome);
    let suspended = judge(&format!("{approved} suspended_from=2012-05-02"));
    assert!(suspended.outcome.contains(" GENERAL, "), "{}", suspended.outcome);
    assert!(suspended.findings.contains(&"CHN-012 deny".to_owned()), "{:?}", suspended.findings);
}

#[test]
fn before_document_review_only_an_alert_draws_and_level_three_inspects_strictly() {
    let day =
        "accepted 2016-05-03\ndeclaration departure_date=20160506\nsignature signed_at=2016050309300000\n";
    assert_eq!(judge(day).outcome, "release VERIFY");
    let told = judge(&format!("{day}alert alert_no=YJ-2 level=L3 hs_prefix=6403"));
    assert!(
        told.outcome.starts_with("inspect STRICT, ") && told.outcome.ends_with(" against 10000"),
        "{}",
        told.outcome
    );
    assert!(told.findings.contains(&"RSK-006 inspect".to_owned()), "{:?}", told.findings);
}

#[test]
fn goods_of_a_trader_in_the_zone_are_drawn_by_their_producer_and_the_papers_are_the_traders() {
    let trader =
        format!("{FIRM}{MEMBER}declaration owner_unified_code=91441302MAXB004455\nedoc type_code=10000001");
    let told = judge(&trader);
    assert_eq!(told.outcome, "inspect GENERAL, 1989 against 5000");
    assert_eq!(told.findings, ["ZON-015 deny"]);
    assert_eq!(told.waived.len(), 4);
}

#[test]
fn an_office_without_registers_says_no_more_than_before() {
    let told = judge("declaration entry_number=531620180168000001");
    assert_eq!(told.steps.len(), 4, "{:?}", told.steps);
}

#[test]
fn history_doubles_what_is_new_and_nothing_else() {
    let ratio = |rows: &str| {
        let told = judge(&format!("{FIRM}{rows}"));
        told.outcome.rsplit(' ').next().unwrap().to_owned()
    };
    let history = |heading: &str, to: &str, n: u32| {
        format!("history producer=91441323555600018G hs4={heading} destination={to} batches={n}\n")
    };
    assert_eq!(ratio(&history("6403", "DEU", 3)), "2000");
    assert_eq!(
        ratio(&history("6403", "DEU", 2)),
        "4000",
        "a third batch to a destination is among the first three"
    );
    assert_eq!(ratio(&history("6404", "DEU", 9)), "4000", "a new heading");
    assert_eq!(ratio(&history("6404", "FRA", 9)), "8000", "both are new");
    let by_site = "producer reg_no=4413600007 scc=91441323555600018G class=3\n\
        history producer=4413600007 hs4=6403 destination=DEU batches=3";
    assert_eq!(ratio(by_site), "2000", "the site is named in the history, the line names the firm");
}
