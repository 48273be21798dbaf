//! The letters the certificate number begins with are not those of the form.
//!
//! A number begins with the letters of its form: E for form E, RC for RCEP. Letters moved with time: S stood for
//! Singapore in the numbering rule of 2007 and stands for Switzerland in the later list, where Singapore is X.
//! A number that is malformed altogether is ORG-005's.

use crate::prelude::*;
use crate::proof;
use model::certificate::Certificate;
use model::code::certificate_number::{CertificateNumber, CertificateNumberDefect};
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-006"),
    name: "number-letter-mismatch",
    version: 1,
    title: Words {
        zh: "证书编号字母与证书类型不符", en: "letters of the number do not fit the form"
    },
    message: Words {
        zh: "编号 {number} 以 {letters} 开头，{form} 类证书（{destination}，{issued_on}）应以 {wanted} 开头",
        en: "number {number} begins with {letters}; form {form} for {destination} on {issued_on} begins with {wanted}",
    },
    remedy: Words {
        zh: "核对证书类型与编号后重新提交", en: "check form and number and submit again"
    },
    effect: Effect::Reject,
    in_force: InForce::since(2007, 8, 1),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S36 (2007 numbering rule)", article: "8.1, ORG-006" },
        Citation { instrument: "single-window", article: "5.4" },
    ],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some(letters) = letters(head.number.value) else { return };
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    if !certificate_type::LIST.is_known(head.form.value) {
        return;
    }
    let wanted = successor(&case.certificate, law).unwrap_or(head.form.value);
    if letters != wanted {
        let destination = head.destination_country_code;
        report.at(
            head,
            &head.number,
            evidence![number = head.number, letters, form = head.form, destination, issued_on, wanted],
        );
    }
}

/// The letters of a number that is well-formed but for them.
fn letters(number: &str) -> Option<&str> {
    match CertificateNumber::parse(number) {
        Ok(number) => Some(number.form),
        Err(CertificateNumberDefect::UnknownForm) => number.get(..number.chars().count() - 15),
        Err(_) => None,
    }
}

/// The letter that serves the destination now, where that of the form does no more.
fn successor<'t>(certificate: &Certificate<'_>, law: &'t Tables) -> Option<&'t str> {
    let (issued_on, _) = certificate.issued_on()?;
    let (letters, to) = (certificate.head.form.value, proof::destination(certificate.head));
    if law.origin_destinations.service(letters, to, issued_on).is_some() {
        return None;
    }
    let row = law.origin_destinations.nearest(letters, to, issued_on)?;
    if row.to <= issued_on { row.value.successor.as_deref() } else { None }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_letter_of_the_form() {
        check_rule(
            &RULE,
            "certificate form=E number=E18MA4WXY1290061 destination_country_code=VNM",
            expect![""],
        );
        check_rule(
            &RULE,
            "certificate form=E number=C18MA4WXY1290061 destination_country_code=VNM",
            expect![[r#"
                reject certificate 1 number: number C18MA4WXY1290061 begins with C; form E for VNM on 2018-05-30 begins with E
            "#]],
        );
    }

    #[test]
    fn singapore_was_s_in_2007_and_is_x_now() {
        let certificate = |letter: &str, year: &str| {
            format!(
                "certificate form={letter} number={letter}22MA4WXY1290061 destination_country_code=SGP issue_date={year}-01-10"
            )
        };
        check_rule(&RULE, &certificate("S", "2008"), expect![""]);
        check_rule(&RULE, &certificate("X", "2022"), expect![""]);
        check_rule(
            &RULE,
            &certificate("S", "2022"),
            expect![[r#"
                reject certificate 1 number: number S22MA4WXY1290061 begins with S; form S for SGP on 2022-01-10 begins with X
            "#]],
        );
    }

    #[test]
    fn letters_of_no_form_do_not_fit_any() {
        check_rule(
            &RULE,
            "certificate form=RC number=CP22MA4WXY1290061 destination_country_code=JPN issue_date=2022-06-01",
            expect![[r#"
                reject certificate 1 number: number CP22MA4WXY1290061 begins with CP; form RC for JPN on 2022-06-01 begins with RC
            "#]],
        );
        check_rule(&RULE, "certificate form=CP number=CP22MA4WXY1290061", expect![""]);
    }
}
