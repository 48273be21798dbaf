//! The year in the certificate number is neither that of the application nor that of the issue.
//!
//! Around the turn of the year numbers lag behind or run ahead, so in January the year may be one off.

use crate::prelude::*;
use jiff::civil::Date;
use model::code::certificate_number::CertificateNumber;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-007"),
    name: "number-year-mismatch",
    version: 1,
    title: Words {
        zh: "证书编号年份与申请、签发年份不符",
        en: "year of the number is not that of the certificate",
    },
    message: Words {
        zh: "编号 {number} 年份为 {year}，证书 {applied_on} 申请、{issued_on} 签发",
        en: "number {number} is of {year}, the certificate was applied for on {applied_on} and issued on {issued_on}",
    },
    remedy: Words { zh: "核对证书编号与日期", en: "check number and dates" },
    effect: Effect::Warn,
    in_force: InForce::since(2007, 8, 1),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S36 (2007 numbering rule)", article: "8, ORG-007" },
        Citation { instrument: "single-window", article: "5.5" },
    ],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Ok(CertificateNumber { year, .. }) = CertificateNumber::parse(head.number.value) else { return };
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let applied_on = head.application_date.date().unwrap_or(issued_on);
    let Some(tolerances) = law.origin_tolerances.on(issued_on) else { return };
    let is_of = |day: Date| {
        let off = i32::from(day.year()).abs_diff(i32::from(year));
        off <= u32::from(tolerances.of_year(day).unsigned_abs())
    };
    if !is_of(applied_on) && !is_of(issued_on) {
        let year = u32::from(year);
        report.at(head, &head.number, evidence![number = head.number, year, applied_on, issued_on]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_year_of_application_or_issue() {
        check_rule(&RULE, "certificate form=E number=E18MA4WXY1290061", expect![""]);
        check_rule(
            &RULE,
            "certificate form=E number=E16MA4WXY1290061",
            expect![[r#"
                warn certificate 1 number: number E16MA4WXY1290061 is of 2016, the certificate was applied for on 2018-05-28 and issued on 2018-05-30
            "#]],
        );
    }

    #[test]
    fn in_january_one_year_off() {
        let of = |day: &str| {
            format!("certificate form=E number=E17MA4WXY1290061 application_date={day} issue_date={day}")
        };
        check_rule(&RULE, &of("2018-01-31"), expect![""]);
        check_rule(
            &RULE,
            &of("2018-02-01"),
            expect![[r#"
                warn certificate 1 number: number E17MA4WXY1290061 is of 2017, the certificate was applied for on 2018-02-01 and issued on 2018-02-01
            "#]],
        );
    }
}
