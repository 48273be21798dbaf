//! A certificate issued after departure does not name the vessel or flight.
//!
//! Before departure the transport box may say `***` or BY SEA; the ship may not be known yet. Once it has left it has a
//! name. The shipping date of the certificate counts, else the export date of the declaration (ruling D4).

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
    let transport = certificate.head.transport_name;
    let is_named = transport.is_present()
        && law.origin_phrases.whole(Phrases::NoVessel, transport.value, issued_on).is_none();
    if departed_on < issued_on && !is_named {
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
            &of("2018-06-02", ""),
            expect![[r#"
                reject certificate 1 transport_name absent: certificate E185556000180061 was issued on 2018-06-02, after departure on 2018-06-01, and its transport box says ""
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
