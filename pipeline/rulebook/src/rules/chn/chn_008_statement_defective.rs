//! A conformity statement on file lacks what makes it one.
//!
//! It names the consignment, the standard or contract it rests on and who signed it, and was signed by the day of
//! acceptance. Judged on rows of the register only: a promise in the message carries none of this (ruling D2).
//! A row for this declaration is always judged; a yearly master only where the statement rests on masters alone,
//! and one sound master is enough.

use crate::papers::{has_promise, statements};
use crate::prelude::*;
use jiff::civil::Date;
use model::registers::Statement;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-008"),
    name: "conformity-statement-defective",
    version: 1,
    title: Words { zh: "合格保证内容不全", en: "conformity statement is defective" },
    message: Words { zh: "登记的合格保证{what}", en: "conformity statement on file {what}" },
    remedy: Words {
        zh: "更正登记的合格保证后重新申报",
        en: "correct the statement on file and declare again",
    },
    effect: Effect::Reject,
    in_force: InForce::since(2017, 11, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation {
            instrument: "质检总局公告 in force 2017-11-01 (number 2017 No. 89: B)", article: ""
        },
        Citation { instrument: "domain-rules", article: "3, CHN-008" },
        Citation { instrument: "rulings", article: "D2" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(accepted_on) = case.accepted_at.map(|moment| moment.date()) else {
        return; // MSG-020 holds it until there is a day.
    };
    let mut has_own = false;
    for row in statements(case, accepted_on).filter(|row| !is_master(row)) {
        has_own = true;
        tell(row, accepted_on, case, report);
    }
    let rests_on_masters = !has_own && !has_promise(case);
    let mut masters =
        statements(case, accepted_on).filter(|row| rests_on_masters && is_master(row)).peekable();
    let Some(first) = masters.peek().copied() else { return };
    if !masters.any(|row| defects(row, accepted_on).next().is_none()) {
        tell(first, accepted_on, case, report);
    }
}

fn is_master(row: &Statement) -> bool {
    row.number.is_empty()
}

fn tell(row: &Statement, accepted_on: Date, case: &Case<'_>, report: &mut Reporter<'_>) {
    for what in defects(row, accepted_on) {
        let mut evidence = evidence![what, number = row.number.as_str(), accepted_on];
        evidence.extend(row.signed_on.map(|day| ("signed_on", Value::from(day))));
        report.row(case.declaration.head, evidence);
    }
}

fn defects(row: &Statement, accepted_on: Date) -> impl Iterator<Item = Words> {
    let signing = match row.signed_on {
        None => Some(Words { zh: "未注明签署日期", en: "bears no date of signing" }),
        Some(day) if day > accepted_on => {
            Some(Words { zh: "签署日期晚于受理日期", en: "was signed after the day of acceptance" })
        }
        Some(_) => None,
    };
    let basis = row
        .basis
        .is_empty()
        .then_some(Words {
            zh: "未注明依据的标准或合同", en: "names neither standard nor contract"
        });
    let signatory =
        row.signatory.is_empty().then_some(Words { zh: "未注明签署人", en: "names no signatory" });
    [basis, signatory, signing].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const OWN: &str = "statement scc=91441323555600018G number=HD2018000000000001 ";
    const MASTER: &str = "no promise\nstatement scc=91441323555600018G ";

    #[test]
    fn signed_on_the_day_of_acceptance() {
        check_rule(
            &RULE,
            &format!("{OWN} basis=QB/T1002 signatory=manager signed_on=2018-06-01"),
            expect![""],
        );
    }

    #[test]
    fn signed_a_day_later() {
        check_rule(
            &RULE,
            &format!("{OWN} basis=QB/T1002 signatory=manager signed_on=2018-06-02"),
            expect![[r#"
                reject declaration: conformity statement on file was signed after the day of acceptance
            "#]],
        );
    }

    #[test]
    fn undated_unsigned_and_resting_on_nothing() {
        check_rule(
            &RULE,
            OWN,
            expect![[r#"
                reject declaration: conformity statement on file names neither standard nor contract
                reject declaration: conformity statement on file names no signatory
                reject declaration: conformity statement on file bears no date of signing
            "#]],
        );
    }

    #[test]
    fn one_sound_yearly_master_is_enough() {
        let undated = format!("{MASTER} basis=QB/T1002 signatory=manager");
        check_rule(&RULE, &format!("{undated}\n{} signed_on=2018-01-02", &undated[11..]), expect![""]);
        check_rule(
            &RULE,
            &undated,
            expect![[r#"
                reject declaration: conformity statement on file bears no date of signing
            "#]],
        );
    }

    #[test]
    fn a_promise_carries_nothing_to_judge_and_leaves_masters_alone() {
        check_rule(&RULE, "", expect![""]);
        check_rule(&RULE, "statement scc=91441323555600018G", expect![""]);
    }
}
