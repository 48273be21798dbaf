//! The registration part of the certificate number is another firm's.
//!
//! Nine characters of the number name the exporter: characters 9 to 17 of its unified code or, by the rule of 2007, its
//! nine-figure registration. The registration is looked for in the firm number of the message and in the register of
//! firms; where neither says it, nine figures that are not of the unified code are not judged.

use crate::prelude::*;
use model::code::certificate_number::CertificateNumber;
use model::party::unified_code;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-008"),
    name: "registration-of-another-firm",
    version: 1,
    title: Words {
        zh: "证书编号中的注册号不属于出口商",
        en: "registration part of the number is not the exporter's",
    },
    message: Words {
        zh: "编号 {number} 中的注册号为 {registration}，出口商 {exporter_code} 的应为 {wanted}",
        en: "number {number} carries registration {registration}; exporter {exporter_code} has {wanted}",
    },
    remedy: Words {
        zh: "以出口商本企业的注册号重新编号并提交",
        en: "number the certificate with the exporter's own registration and submit again",
    },
    effect: Effect::Reject,
    in_force: InForce::since(2007, 8, 1),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S36 (2007 numbering rule)", article: "8, ORG-008" },
        Citation { instrument: "single-window", article: "5.5" },
    ],
    check: Check::Certificate(check),
};

const NOT_ON_FILE: Words =
    Words { zh: "出口商的产地证注册号未登记", en: "the exporter's registration is not on file" };

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Ok(number) = CertificateNumber::parse(head.number.value) else { return };
    let exporter_code = head.exporter_code.value;
    let own = unified_code::organisation_code(exporter_code);
    if own == Some(number.registration) {
        return;
    }
    let on_file = case.registers.firm(exporter_code).map_or("", |firm| firm.inspection_code.as_str());
    let registered = [head.firm_number.value, on_file];
    let mut wanted = own;
    if number.fits_pattern_of_2007() {
        // Ten-figure inspection codes begin with the nine of the registration.
        if registered.iter().any(|known| known.starts_with(number.registration)) {
            return;
        }
        let known = registered.into_iter().find(|known| !known.is_empty());
        wanted = known.map(|known| own.unwrap_or(known));
    }
    match wanted {
        None => report.not_judged(NOT_ON_FILE),
        Some(wanted) => report.at(
            head,
            &head.number,
            evidence![
                number = head.number,
                registration = number.registration,
                exporter_code = head.exporter_code,
                wanted
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn characters_9_to_17_of_the_unified_code() {
        check_rule(
            &RULE,
            "certificate number=E18MA4WXY1290061 exporter_code=91441323MA4WXY1296",
            expect![""],
        );
        check_rule(
            &RULE,
            "certificate number=E18MA4XYZ7K90061 exporter_code=91441323MA4WXY1296",
            expect![[r#"
                reject certificate 1 number: number E18MA4XYZ7K90061 carries registration MA4XYZ7K9; exporter 91441323MA4WXY1296 has MA4WXY129
            "#]],
        );
    }

    #[test]
    fn nine_figures_may_be_the_registration_of_2007() {
        check_rule(
            &RULE,
            "certificate number=E184400123450061 exporter_code=91441323MA4WXY1296 firm_number=4400123451",
            expect![""],
        );
        check_rule(
            &RULE,
            "certificate number=E184400123450061 exporter_code=91441323MA4WXY1296 firm_number=4400999991",
            expect![[r#"
                reject certificate 1 number: number E184400123450061 carries registration 440012345; exporter 91441323MA4WXY1296 has MA4WXY129
            "#]],
        );
        check_rule(
            &RULE,
            "certificate number=E184400123450061 exporter_code=91441323MA4WXY1296",
            expect![[r#"
                not judged: the exporter's registration is not on file
            "#]],
        );
    }
}
