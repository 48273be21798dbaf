//! An Asia-Pacific certificate was issued later than three working days after departure.
//!
//! Form B is issued at export or within three working days after; there is no retrospective issue, so a later one is
//! refused. Days count from the day after departure. Holidays are on file for some years; where they are not and the days
//! between might have been holidays, the rule is not judged.

use crate::prelude::*;
use crate::proof;
use crate::tables::working_days::Counted;
use jiff::civil::Date;
use model::certificate::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-029"),
    name: "issued-after-working-days",
    version: 1,
    title: Words {
        zh: "亚太证书签发超过规定工作日", en: "form B issued after its working days"
    },
    message: Words {
        zh: "证书 {certificate} 于 {departed_on} 出运后超过 {days_max} 个工作日（{issued_on}）签发，该类证书不得后发",
        en: "certificate {certificate} was issued on {issued_on}, more than {days_max} working days after departure on {departed_on}; the form has no later issue",
    },
    remedy: Words {
        zh: "该批货物不能再申请该类证书；核对出运日期与签发日期",
        en: "no such certificate can be issued for these goods any more; check the dates of departure and issue",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S26, S33", article: "8.1, ORG-029" },
        Citation { instrument: "rulings", article: "D4" },
    ],
    check: Check::CertificateAndProof(alone, beside),
};

const NO_HOLIDAYS: Words = Words {
    zh: "该年份节假日安排尚未收录，工作日无法计算",
    en: "the holidays of that year are not on file, so working days cannot be counted",
};

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    if let Some(departed_on) = head.departure_date.date() {
        judge(&case.certificate, departed_on, proof::issue_place(head), law, report);
    }
}

fn beside(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    if let Some(departed_on) = proof::departed_on_declaration(case, proof) {
        judge(&proof.certificate, departed_on, proof.place, law, report);
    }
}

fn judge(
    certificate: &Certificate<'_>,
    departed_on: Date,
    place: Place,
    law: &Tables,
    report: &mut Reporter<'_>,
) {
    let Some((issued_on, issue_field)) = certificate.issued_on() else { return };
    let Some(days_max) = proof::form(certificate, law).and_then(|form| form.late_working_days) else {
        return;
    };
    let Counted { n_days, is_covered } = law.working_days.between(departed_on, issued_on, days_max);
    if n_days <= days_max {
        return;
    }
    if !is_covered {
        return report.not_judged(NO_HOLIDAYS);
    }
    let certificate = certificate.head.number;
    report.place(place, evidence![certificate, departed_on, issued_on, issue_field, days_max]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn form_b(departed_on: &str, issued_on: &str) -> String {
        format!(
            "certificate form=B number=B185556000180061 destination_country_code=KOR departure_date={departed_on} issue_date={issued_on}"
        )
    }

    // 2018-06-01 is a Friday.
    #[test]
    fn friday_to_wednesday_and_not_to_thursday() {
        check_rule(&RULE, &form_b("2018-06-01", "2018-06-06"), expect![""]);
        check_rule(
            &RULE,
            &form_b("2018-06-01", "2018-06-07"),
            expect![[r#"
                reject certificate 1 issue_date: certificate B185556000180061 was issued on 2018-06-07, more than 3 working days after departure on 2018-06-01; the form has no later issue
            "#]],
        );
    }

    // Dragon boat festival: Saturday to Monday, 16 to 18 June 2018.
    #[test]
    fn a_holiday_is_no_working_day() {
        check_rule(&RULE, &form_b("2018-06-15", "2018-06-21"), expect![""]);
        check_rule(
            &RULE,
            &form_b("2018-06-15", "2018-06-22"),
            expect![[r#"
                reject certificate 1 issue_date: certificate B185556000180061 was issued on 2018-06-22, more than 3 working days after departure on 2018-06-15; the form has no later issue
            "#]],
        );
    }

    #[test]
    fn a_year_whose_holidays_are_not_on_file() {
        check_rule(&RULE, &form_b("2016-06-03", "2016-06-08"), expect![""]);
        check_rule(
            &RULE,
            &form_b("2016-06-03", "2016-06-09"),
            expect![[r#"
                not judged: the holidays of that year are not on file, so working days cannot be counted
            "#]],
        );
    }

    #[test]
    fn the_export_date_counts_where_the_certificate_has_none() {
        check_rule(
            &RULE,
            "declaration departure_date=20180601
             origin document_number=CB185556000180061
             certificate form=B number=B185556000180061 destination_country_code=KOR issue_date=2018-06-07 departure_date=",
            expect![[r#"
                reject origin 1 document_number: certificate B185556000180061 was issued on 2018-06-07, more than 3 working days after departure on 2018-06-01; the form has no later issue
            "#]],
        );
    }

    #[test]
    fn other_forms_have_a_late_issue() {
        check_rule(&RULE, "certificate form=E departure_date=2018-06-01 issue_date=2018-06-30", expect![""]);
    }
}
