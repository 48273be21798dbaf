//! Joint inspection is refused: the approval on file does not hold on the day, or no accredited laboratory of the firm tests
//! what it says.
//!
//! The approval names the items the firm tests itself; each of them lies in the scope of a laboratory of the firm whose
//! accreditation is in force and not suspended. With it, general supervision becomes joint inspection.

use crate::channel;
use crate::goods::goods;
use crate::prelude::*;
use jiff::civil::Date;
use model::decision::{Mode, TraceLine};
use model::registers::{JointApproval, Laboratory, Registers};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-012"),
    name: "joint-inspection-not-approved",
    version: 1,
    title: Words { zh: "不符合共同检验条件", en: "joint inspection does not apply" },
    message: Words {
        zh: "企业{firm}的共同检验批准{decision_number}：{what}",
        en: "joint inspection approval {decision_number} of firm {firm}: {what}",
    },
    remedy: Words {
        zh: "核对批准文号、有效期和实验室认可范围",
        en: "check the approval, its days, and the scope of the laboratory",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "一(三)二" },
        Citation { instrument: "domain-rules", article: "3, CHN-012" },
        Citation { instrument: "rulings", article: "C4" },
    ],
    check: Check::Dossier(check),
};

const NOT_IN_FORCE: Words =
    Words { zh: "受理当日不在有效期内", en: "it is not in force on the day of acceptance" };
const NO_ITEMS: Words =
    Words { zh: "未载明企业检测项目", en: "it does not say which items the firm tests" };
const NO_LABORATORY: Words = Words {
    zh: "企业无受理当日有效的认可实验室",
    en: "no laboratory of the firm is accredited on the day of acceptance",
};
const SUSPENDED: Words =
    Words { zh: "实验室认可已被暂停", en: "the laboratory's accreditation is suspended" };
const OUT_OF_SCOPE: Words = Words {
    zh: "检测项目超出实验室认可范围",
    en: "an item lies outside the scope of the firm's laboratories",
};

fn check(dossier: &Dossier<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let registers = dossier.case.registers;
    let Some(day) = dossier.day().filter(|_| !registers.joint_approvals.is_empty()) else { return };
    let mut told: Option<&str> = None;
    for line in goods(dossier.case) {
        let firm = line.maker;
        let rows = registers.joint_approvals.of(firm);
        if told == Some(firm) || rows.iter().any(|row| defect(registers, row, day).is_none()) {
            continue;
        }
        told = Some(firm);
        // Of several, the last one decided is the one that was to serve.
        let Some(row) = rows.iter().max_by_key(|row| row.valid.from) else { continue };
        if let Some(what) = defect(registers, row, day) {
            let evidence = evidence![firm, decision_number = row.decision_number.as_str(), what];
            report.at(line.item, &line.item.producer_registration, evidence);
        }
    }
}

/// Every producer is approved on this day.
pub fn approves_all(case: &Case<'_>, day: Date) -> bool {
    let registers = case.registers;
    let is_approved = |firm: &str| {
        registers.joint_approvals.of(firm).iter().any(|row| defect(registers, row, day).is_none())
    };
    !registers.joint_approvals.is_empty()
        && !case.items().is_empty()
        && goods(case).all(|line| is_approved(line.maker))
}

/// General supervision becomes joint inspection; told when it does.
pub fn joint(mode: Mode, is_joint: bool, trace: &mut Vec<TraceLine>) -> Mode {
    if mode != Mode::General || !is_joint {
        return mode;
    }
    trace.push(channel::step(&RULE, mode.name(), Mode::Joint.name()));
    Mode::Joint
}

fn defect(registers: &Registers, row: &JointApproval, day: Date) -> Option<Words> {
    if !row.valid.contains(day) {
        return Some(NOT_IN_FORCE);
    }
    if row.items.is_empty() {
        return Some(NO_ITEMS);
    }
    let accredited =
        || registers.laboratories.of(&row.unified_code).iter().filter(|it| it.valid.contains(day));
    let working = || accredited().filter(|it| it.suspended_from.is_none_or(|from| day < from));
    let tests =
        |it: &Laboratory, item: &String| it.items.iter().any(|known| known.eq_ignore_ascii_case(item));
    if accredited().next().is_none() {
        Some(NO_LABORATORY)
    } else if working().next().is_none() {
        Some(SUSPENDED)
    } else if !row.items.iter().all(|item| working().any(|it| tests(it, item))) {
        Some(OUT_OF_SCOPE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_rule;
    use expect_test::expect;

    const APPROVAL: &str = "joint_approval scc=91441323555600018G items=CrVI;pH factor=0.5 from=2018-01-01 to=2019-01-01 decision_no=惠检〔2018〕3号\n";
    const LABORATORY: &str =
        "laboratory accreditation_no=L1234 scc=91441323555600018G from=2017-01-01 items=";

    #[test]
    fn an_accredited_laboratory_tests_what_the_approval_names() {
        check_rule(&RULE, &format!("{APPROVAL}{LABORATORY}CrVI;pH;DMF"), expect![""]);
    }

    #[test]
    fn each_condition_that_fails_is_told() {
        let scope = format!("{APPROVAL}{LABORATORY}CrVI");
        check_rule(
            &RULE,
            &scope,
            expect![[r#"
                deny item 1 producer_registration absent: joint inspection approval 惠检〔2018〕3号 of firm 91441323555600018G: an item lies outside the scope of the firm's laboratories
            "#]],
        );
        check_rule(
            &RULE,
            &format!("{APPROVAL}{LABORATORY}CrVI;pH suspended_from=2018-06-01"),
            expect![[r#"
                deny item 1 producer_registration absent: joint inspection approval 惠检〔2018〕3号 of firm 91441323555600018G: the laboratory's accreditation is suspended
            "#]],
        );
        check_rule(
            &RULE,
            APPROVAL,
            expect![[r#"
                deny item 1 producer_registration absent: joint inspection approval 惠检〔2018〕3号 of firm 91441323555600018G: no laboratory of the firm is accredited on the day of acceptance
            "#]],
        );
        check_rule(
            &RULE,
            &format!("accepted 2019-01-01\n{APPROVAL}{LABORATORY}CrVI;pH"),
            expect![[r#"
                deny item 1 producer_registration absent: joint inspection approval 惠检〔2018〕3号 of firm 91441323555600018G: it is not in force on the day of acceptance
            "#]],
        );
    }

    #[test]
    fn a_suspension_that_begins_tomorrow_and_a_firm_without_approval_are_nothing() {
        let tomorrow = format!("{APPROVAL}{LABORATORY}CrVI;pH suspended_from=2018-06-02");
        check_rule(&RULE, &tomorrow, expect![""]);
        check_rule(&RULE, &format!("{LABORATORY}CrVI;pH"), expect![""]);
    }

    #[test]
    fn only_general_supervision_becomes_joint() {
        let mut trace = Vec::new();
        assert_eq!(joint(Mode::General, true, &mut trace), Mode::Joint);
        assert_eq!(joint(Mode::General, false, &mut trace), Mode::General);
        assert_eq!(joint(Mode::Strict, true, &mut trace), Mode::Strict);
        assert_eq!(trace, [channel::step(&RULE, "GENERAL", "JOINT")]);
    }
}
