//! The year in the customs entry number is not the year of the declaration.
//!
//! The day of the declaration is the day of acceptance in UTC+8 (ruling X3), so the last hours of a year decide.
//! A number that is not 18 digits has no year to compare: DOC-002 tells that, and this rule is silent.

use super::doc_002_entry_number::is_well_formed;
use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-003"),
    name: "entry-year-mismatch",
    version: 1,
    title: Words {
        zh: "海关编号年份与申报年份不符",
        en: "year of the entry number is not that of the declaration",
    },
    message: Words {
        zh: "海关编号 {entry_number} 年份为 {year}，申报日期 {accepted_on}",
        en: "customs entry number {entry_number} is of {year}, declared on {accepted_on}",
    },
    remedy: Words { zh: "核对海关编号后重新申报", en: "check the entry number and declare again" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S23", article: "6, DOC-003" },
        Citation { instrument: "rulings", article: "D6, X3" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let entry_number = head.entry_number;
    if !is_well_formed(entry_number.value) {
        return;
    }
    let Some(accepted_at) = case.accepted_at else {
        report.not_judged(Words {
            zh: "受理日期不明，无法核对海关编号年份",
            en: "the day of acceptance is unknown, so the year of the entry number cannot be checked",
        });
        return;
    };
    let accepted_on = accepted_at.date();
    let year = &entry_number.value[4..8];
    if year.parse() != Ok(accepted_on.year()) {
        report.at(head, &head.entry_number, evidence![entry_number, year, accepted_on]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_same_year_passes() {
        check_rule(&RULE, "declaration entry_number=531620180168000001", expect![""]);
    }

    #[test]
    fn the_year_before_is_rejected() {
        check_rule(
            &RULE,
            "declaration entry_number=531620170168000001",
            expect![[r#"
                reject declaration entry_number: customs entry number 531620170168000001 is of 2017, declared on 2018-06-01
            "#]],
        );
    }

    #[test]
    fn the_last_minute_of_the_year_still_counts() {
        check_rule(
            &RULE,
            "accepted 2017-12-31 23:59
             declaration entry_number=531620170168000001",
            expect![""],
        );
    }

    #[test]
    fn a_malformed_number_is_left_to_doc_002() {
        check_rule(&RULE, "declaration entry_number=53162017016800001", expect![""]);
    }

    #[test]
    fn without_a_day_of_acceptance_nothing_is_judged() {
        check_rule(
            &RULE,
            "accepted unknown
             declaration entry_number=531620170168000001",
            expect![[r#"
                not judged: the day of acceptance is unknown, so the year of the entry number cannot be checked
            "#]],
        );
    }
}
