//! A certificate issued after departure does not name the vessel or flight.
//!
//! Before departure the transport box may say `***` or BY SEA; the ship may not be known yet. Once it has left it has a
//! name. The shipping date of the certificate counts, else the export date of the declaration (ruling D4). The box is
//! filled from vessel and means of transport; when neither is sent, what it says is not known.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::certificate::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-031"),
    name: "vessel-not-named-after-departure",
    version: 1,
    title: Words {
        zh: "出运后签发的证书未列船名航次",
        en: "issued after departure without vessel or flight",
    },
    message: Words {
        zh: "证书 {certificate} 在 {departed_on} 出运后（{issued_on}）签发，船名航次栏为“{transport}”",
        en: "certificate {certificate} was issued on {issued_on}, after departure on {departed_on}, and its transport box says \"{transport}\"",
    },
    remedy: Words {
        zh: "填写实际船名航次或航班号", en: "name the vessel and voyage, or the flight"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S27, S38", article: "8, ORG-031" },
        Citation { instrument: "rulings", article: "D4" },
    ],
    check: Check::CertificateAndProof(alone, beside),
};

const NOT_SENT: Words = Words {
    zh: "报文未填运输方式和船名航次，证书运输栏内容未知",
    en: "neither vessel nor means of transport is sent, so the transport box is not known",
};

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    if let Some(departed_on) = head.departure_date.date() {
        judge(&case.certificate, departed_on, Place::of(head, &head.transport_name), law, report);
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
    if issued_on <= departed_on {
        return;
    }
    let (name, means) = (certificate.head.transport_name, certificate.head.transport_means);
    let transport = if name.is_present() { name } else { means };
    if transport.is_empty() {
        return report.not_judged(NOT_SENT);
    }
    // What stands in the field of means is no name.
    if name.is_empty() || law.origin_phrases.whole(Phrases::NoVessel, name.value, issued_on).is_some() {
        let certificate = certificate.head.number;
        report.place(place, evidence![certificate, departed_on, issued_on, issue_field, transport]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn of(issued_on: &str, transport: &str) -> String {
        format!(
            "certificate form=E number=E185556000180061 departure_date=2018-06-01 issue_date={issued_on} transport_name=\"{transport}\""
        )
    }

    #[test]
    fn stars_before_departure_and_a_name_after() {
        check_rule(&RULE, &of("2018-05-31", "***"), expect![""]);
        check_rule(&RULE, &of("2018-06-01", "BY SEA"), expect![""]);
        check_rule(&RULE, &of("2018-06-02", "COSCO FORTUNE V.018E"), expect![""]);
    }

    #[test]
    fn stars_after_departure() {
        check_rule(
            &RULE,
            &of("2018-06-02", "***"),
            expect![[r#"
                reject certificate 1 transport_name: certificate E185556000180061 was issued on 2018-06-02, after departure on 2018-06-01, and its transport box says "***"
            "#]],
        );
        check_rule(
            &RULE,
            &format!("{} transport_means=\"BY SEA\"", of("2018-06-02", "")),
            expect![[r#"
                reject certificate 1 transport_name absent: certificate E185556000180061 was issued on 2018-06-02, after departure on 2018-06-01, and its transport box says "BY SEA"
            "#]],
        );
        check_rule(
            &RULE,
            &of("2018-06-02", ""),
            expect![[r#"
                not judged: neither vessel nor means of transport is sent, so the transport box is not known
            "#]],
        );
    }

    #[test]
    fn the_export_date_counts_where_the_certificate_has_none() {
        check_rule(
            &RULE,
            "declaration departure_date=20180601
             origin document_number=CE185556000180061
             certificate form=E number=E185556000180061 issue_date=2018-06-02 departure_date= transport_name=\"BY SEA\"",
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061 was issued on 2018-06-02, after departure on 2018-06-01, and its transport box says "BY SEA"
            "#]],
        );
    }
}
