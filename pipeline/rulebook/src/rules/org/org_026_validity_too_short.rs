//! The certificate runs out before the goods can arrive.
//!
//! A certificate is valid for so many months from its day of issue, by form; the goods arrive about as many days after
//! departure as the table of transit says. A day too late is no reason to stop goods here, but the buyer should know.
//! The shipping date of the certificate counts, else the export date of the declaration (ruling D4).

use crate::prelude::*;
use crate::proof;
use jiff::Span;
use jiff::civil::Date;
use model::certificate::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-026"),
    name: "validity-ends-before-arrival",
    version: 1,
    title: Words { zh: "证书有效期早于预计到港", en: "certificate runs out before arrival" },
    message: Words {
        zh: "证书 {certificate} 有效期至 {valid_until}，{departed_on} 出运，运输约 {transit_days} 天，预计 {arrival_on} 到港",
        en: "certificate {certificate} is valid until {valid_until}; the goods leave on {departed_on}, take about {transit_days} days and arrive on {arrival_on}",
    },
    remedy: Words {
        zh: "临近出运时重新申请证书", en: "apply for a new certificate close to departure"
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "8.1, ORG-026" },
        Citation { instrument: "rulings", article: "D4" },
    ],
    check: Check::CertificateAndProof(alone, beside),
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
    let Some(months) = proof::form(certificate, law).and_then(|form| form.validity_months) else { return };
    let Some(transit_days) = law.transit_days.to(proof::destination(certificate.head), departed_on) else {
        return;
    };
    let (Some(arrival_on), Ok(valid_until)) =
        (proof::days_after(departed_on, transit_days), issued_on.checked_add(Span::new().months(months)))
    else {
        return;
    };
    if valid_until < arrival_on {
        let transit_days = i64::from(transit_days);
        report.place(
            place,
            evidence![
                certificate = certificate.head.number,
                issued_on,
                issue_field,
                valid_until,
                departed_on,
                transit_days,
                arrival_on
            ],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    // Departure 2018-06-03 and 30 days: arrival 2018-07-03.
    #[test]
    fn arrival_on_the_last_day_is_in_time() {
        check_rule(&RULE, "certificate form=E number=E185556000180061 issue_date=2017-07-03", expect![""]);
    }

    #[test]
    fn arrival_in_month_thirteen_is_told() {
        check_rule(
            &RULE,
            "certificate form=E number=E185556000180061 issue_date=2017-07-02",
            expect![[r#"
                warn certificate 1 issue_date: certificate E185556000180061 is valid until 2018-07-02; the goods leave on 2018-06-03, take about 30 days and arrive on 2018-07-03
            "#]],
        );
    }

    #[test]
    fn the_export_date_counts_where_the_certificate_has_none() {
        check_rule(
            &RULE,
            "declaration departure_date=20180604
             origin document_number=CE185556000180061
             certificate form=E number=E185556000180061 issue_date=2017-07-03 departure_date=",
            expect![[r#"
                warn origin 1 document_number: certificate E185556000180061 is valid until 2018-07-03; the goods leave on 2018-06-04, take about 30 days and arrive on 2018-07-04
            "#]],
        );
    }

    #[test]
    fn a_general_certificate_does_not_run_out() {
        check_rule(&RULE, "certificate form=C issue_date=2016-01-01", expect![""]);
    }
}
