//! The certificate is issued by a body that may not issue the form.
//!
//! Inspection and quarantine issued until 2018-04-19, customs issues from the day after, the council for the promotion of
//! trade some of the forms. The message carries an office code of four figures, which both offices share, or a name.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-004"),
    name: "issuer-not-authorised",
    version: 1,
    title: Words { zh: "签证机构无权签发该类证书", en: "issuer may not issue this form" },
    message: Words {
        zh: "签证机构“{office}”在 {issued_on} 不得签发 {form} 类证书",
        en: "\"{office}\" may not issue form {form} on {issued_on}",
    },
    remedy: Words {
        zh: "向海关申请签发；贸促会仅签发其获授权的证书种类",
        en: "apply to customs; the council for the promotion of trade issues some forms only",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules S27", article: "8, ORG-004" }],
    check: Check::Certificate(check),
};

const NO_OFFICE: Words =
    Words { zh: "证书未填签证机构", en: "the certificate names no issuing office" };

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let (office, form) = (head.issuing_office, head.form);
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    if !law.origin_forms.knows(form.value) {
        return;
    }
    if office.is_empty() {
        return report.not_judged(NO_OFFICE);
    }
    if !law.origin_issuers.may_issue(office.value, form.value, issued_on, &law.origin_phrases) {
        report.at(head, &head.issuing_office, evidence![office, form, issued_on]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_council_issues_rcep_and_a_private_body_nothing() {
        let of = |office: &str| {
            format!(
                "certificate form=RC destination_country_code=JPN issue_date=2022-06-01 issuing_office={office}"
            )
        };
        check_rule(&RULE, &of("\"CCPIT HUIZHOU\""), expect![""]);
        check_rule(
            &RULE,
            &of("\"SUN CHAMBER OF TRADE LTD\""),
            expect![[r#"
                reject certificate 1 issuing_office: "SUN CHAMBER OF TRADE LTD" may not issue form RC on 2022-06-01
            "#]],
        );
    }

    #[test]
    fn inspection_until_the_nineteenth_of_april_2018() {
        let of = |day: &str| format!("certificate form=E issue_date={day} issuing_office=\"HUIZHOU CIQ\"");
        check_rule(&RULE, &of("2018-04-19"), expect![""]);
        check_rule(
            &RULE,
            &of("2018-04-20"),
            expect![[r#"
                reject certificate 1 issuing_office: "HUIZHOU CIQ" may not issue form E on 2018-04-20
            "#]],
        );
    }

    #[test]
    fn a_code_of_four_figures_is_an_office() {
        check_rule(&RULE, "certificate form=G issuing_office=4413", expect![""]);
        check_rule(
            &RULE,
            "certificate form=G",
            expect![[r#"
                not judged: the certificate names no issuing office
            "#]],
        );
    }
}
