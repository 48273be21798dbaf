//! The certificate was issued more than a year after shipment.
//!
//! A retrospective certificate is issued within a year, read as 365 days; the cross-strait form within 90 days of the
//! export declaration. Later ones are refused, mark or no mark. The year counts from the shipping date of the
//! certificate, else from the export date of the declaration (ruling D4).

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_forms::LateFrom;
use jiff::civil::Date;
use model::certificate::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-030"),
    name: "retrospective-issue-too-late",
    version: 1,
    title: Words { zh: "证书后发超过期限", en: "certificate issued too long after shipment" },
    message: Words {
        zh: "证书 {certificate} 于{counted_from} {from_day} 后第 {days} 天（{issued_on}）签发，期限 {days_max} 天",
        en: "certificate {certificate} was issued on {issued_on}, {days} days after {counted_from} {from_day}; {days_max} are allowed",
    },
    remedy: Words {
        zh: "该批货物不能再申请该类证书；核对出运日期与签发日期",
        en: "no such certificate can be issued for these goods any more; check the dates of shipment and issue",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S26", article: "8.1, ORG-030" }],
    check: Check::CertificateAndProof(alone, beside),
};

const SHIPMENT: Words = Words { zh: "出运日期", en: "shipment on" };
const DECLARATION: Words = Words { zh: "出口报关日期", en: "the export declaration of" };
const NO_DECLARATION_DATE: Words =
    Words { zh: "证书无出口报关日期", en: "the certificate has no export declaration date" };

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some(form) = proof::form(&case.certificate, law) else { return };
    let place = proof::issue_place(head);
    match form.late_from {
        LateFrom::Departure => {
            if let Some(departed_on) = head.departure_date.date() {
                judge(&case.certificate, (SHIPMENT, departed_on), form.late_days_max, place, report);
            }
        }
        LateFrom::Declaration => match head.declaration_date.date() {
            Some(day) => judge(&case.certificate, (DECLARATION, day), form.late_days_max, place, report),
            None => report.not_judged(NO_DECLARATION_DATE),
        },
    }
}

fn beside(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(form) = proof::form(&proof.certificate, law) else { return };
    if form.late_from == LateFrom::Departure
        && let Some(departed_on) = proof::departed_on_declaration(case, proof)
    {
        judge(&proof.certificate, (SHIPMENT, departed_on), form.late_days_max, proof.place, report);
    }
}

fn judge(
    certificate: &Certificate<'_>,
    (counted_from, from_day): (Words, Date),
    days_max: i32,
    place: Place,
    report: &mut Reporter<'_>,
) {
    let Some((issued_on, issue_field)) = certificate.issued_on() else { return };
    let days = proof::days_between(from_day, issued_on);
    let days_max = i64::from(days_max);
    if days_max < days {
        let certificate = certificate.head.number;
        report.place(
            place,
            evidence![certificate, issued_on, issue_field, counted_from, from_day, days, days_max],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn day_365_is_the_last() {
        let certificate = |issued_on: &str| {
            format!(
                "certificate form=E number=E185556000180061 departure_date=2018-06-01 issue_date={issued_on}"
            )
        };
        check_rule(&RULE, &certificate("2019-06-01"), expect![""]);
        check_rule(
            &RULE,
            &certificate("2019-06-02"),
            expect![[r#"
                reject certificate 1 issue_date: certificate E185556000180061 was issued on 2019-06-02, 366 days after shipment on 2018-06-01; 365 are allowed
            "#]],
        );
    }

    #[test]
    fn the_cross_strait_form_has_ninety_days_from_the_export_declaration() {
        // 2018-06-01 and 90 days: 2018-08-30.
        let certificate = |rest: &str| format!("certificate form=H number=H185556000180061 {rest}");
        check_rule(&RULE, &certificate("declaration_date=2018-06-01 issue_date=2018-08-30"), expect![""]);
        check_rule(
            &RULE,
            &certificate("declaration_date=2018-06-01 issue_date=2018-08-31"),
            expect![[r#"
                reject certificate 1 issue_date: certificate H185556000180061 was issued on 2018-08-31, 91 days after the export declaration of 2018-06-01; 90 are allowed
            "#]],
        );
        check_rule(
            &RULE,
            &certificate("issue_date=2018-08-31"),
            expect![[r#"
                not judged: the certificate has no export declaration date
            "#]],
        );
    }

    #[test]
    fn the_export_date_counts_where_the_certificate_has_none() {
        check_rule(
            &RULE,
            "declaration departure_date=20180601
             origin document_number=CE185556000180061
             certificate form=E number=E185556000180061 issue_date=2019-06-02 departure_date=",
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061 was issued on 2019-06-02, 366 days after shipment on 2018-06-01; 365 are allowed
            "#]],
        );
    }
}
