//! A certificate number that follows neither pattern.
//!
//! Since 2007-08-01: a letter, two digits of the year, nine characters of registration, four digits of serial.
//! Later: one or two letters, the year, characters 9 to 17 of the exporter's unified code, the serial; 16 or 17 in all.
//! The day of the switch is not known, so both are taken (basis C for the switch).
//! Letters of no known form are ORG-003's, in the number or on the certificate: such a certificate is no proof, whoever
//! issued it numbers as he likes, and its number is not malformed (ruling D5).

use crate::prelude::*;
use model::code::certificate_number::{CertificateNumber, CertificateNumberDefect};
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-005"),
    name: "certificate-number-malformed",
    version: 2,
    title: Words { zh: "原产地证编号格式不符", en: "certificate number follows no known pattern" },
    message: Words {
        zh: "编号 {number} 共 {length} 位，应为类型字母、两位年份、九位注册号（或统一代码第9至17位）、四位流水号，共16或17位",
        en: "number {number} has {length} characters; wanted are form letters, two digits of year, nine of registration, four of serial, 16 or 17 in all",
    },
    remedy: Words {
        zh: "核对证书编号后重新提交",
        en: "check the number on the certificate and submit again",
    },
    effect: Effect::Reject,
    in_force: InForce::since(2007, 8, 1),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S36 (2007 numbering rule)", article: "" },
        Citation { instrument: "single-window", article: "5.5" },
    ],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    if head.form.is_present() && !certificate_type::LIST.is_known(head.form.value) {
        return;
    }
    if let Err(defect) = CertificateNumber::parse(head.number.value)
        && defect != CertificateNumberDefect::UnknownForm
    {
        let length = head.number.value.chars().count();
        report.at(head, &head.number, evidence![number = head.number, length]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn both_patterns_pass() {
        for number in ["E184400123450061", "E18MA4WXY1290061", "RC22MA4WXY1290061"] {
            check_rule(&RULE, &format!("certificate number={number}"), expect![""]);
        }
    }

    #[test]
    fn letters_of_no_form_are_left_to_org_003() {
        check_rule(&RULE, "certificate form=CP number=CP22MA4WXY1290061", expect![""]);
    }

    #[test]
    fn fifteen_characters_are_rejected() {
        check_rule(
            &RULE,
            "certificate number=E18440012345006",
            expect![[r#"
                reject certificate 1 number: number E18440012345006 has 15 characters; wanted are form letters, two digits of year, nine of registration, four of serial, 16 or 17 in all
            "#]],
        );
    }
}
