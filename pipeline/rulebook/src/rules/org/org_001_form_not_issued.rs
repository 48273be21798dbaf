//! The form is not issued for this destination on this day.
//!
//! Each form serves certain countries, from the day its agreement began until the day it ended: form A is no longer
//! issued for Germany from 2021-12-01, RCEP is issued for Korea from 2022-02-01. The day of issue decides.
//! Forms of agreements whose rules are not on file are not judged (ruling D5); unknown letters are ORG-003's.

use crate::prelude::*;
use crate::proof;
use crate::tables::Row;
use crate::tables::origin_destinations::Service;
use jiff::civil::Date;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-001"),
    name: "form-not-issued-for-destination",
    version: 1,
    title: Words {
        zh: "该类证书不得向该目的国签发",
        en: "form is not issued for this destination on this day",
    },
    message: Words {
        zh: "{issued_on} 不得向 {destination} 签发 {form} 类证书（可签发时段：{served}）",
        en: "form {form} is not issued for {destination} on {issued_on} (issued for it: {served})",
    },
    remedy: Words {
        zh: "改为申请适用于该目的国的证书，或申请一般原产地证书",
        en: "apply for a form that serves the destination, or for a general certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S35, S27", article: "8.1, 8.3, 8.4, ORG-001" }],
    check: Check::Certificate(check),
};

const NO_ROW: Words =
    Words { zh: "该类型证书的规则尚未收录", en: "the rules of this form are not on file" };
const NO_DAY: Words = Words { zh: "证书无签发日期", en: "the certificate has no day of issue" };
const NO_DESTINATION: Words =
    Words { zh: "证书进口国代码无法识别", en: "the importing country is not known" };
const NEVER: Words = Words { zh: "无", en: "never" };

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let letters = head.form.value;
    if !certificate_type::LIST.is_known(letters) {
        return;
    }
    if !law.origin_forms.knows(letters) {
        return report.not_judged(NO_ROW);
    }
    let Some((issued_on, issue_field)) = case.certificate.issued_on() else {
        return report.not_judged(NO_DAY);
    };
    let destination = proof::destination(head);
    if law.origin_destinations.service(letters, destination, issued_on).is_some() {
        return;
    }
    let Some(country) = destination else {
        return report.not_judged(NO_DESTINATION);
    };
    let nearest = law.origin_destinations.nearest(letters, destination, issued_on);
    let served = nearest.map_or(Value::Words(NEVER), |row| period(row).into());
    report.at(
        head,
        &head.form,
        evidence![form = head.form, destination = country.code(), issued_on, issue_field, served],
    );
}

/// The days of a row with its source, in signs that need no translation.
fn period(row: &Row<Service>) -> String {
    let mut period = String::new();
    if row.from != Date::MIN {
        period.push_str(&format!("≥ {} ", row.from));
    }
    if row.to != Date::MAX {
        period.push_str(&format!("< {} ", row.to));
    }
    period + &format!("[{}; {}]", row.citation, row.basis.letter())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn form_a_ended_for_germany_and_goes_on_for_norway() {
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=DEU issue_date=2021-12-01",
            expect![[r#"
                reject certificate 1 form: form G is not issued for DEU on 2021-12-01 (issued for it: < 2021-12-01 [海关总署公告2021年第84号, S35; criteria S34; A])
            "#]],
        );
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=DEU issue_date=2021-11-30",
            expect![""],
        );
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=NO issue_date=2022-02-15",
            expect![""],
        );
    }

    #[test]
    fn an_agreement_not_yet_begun_or_never_made() {
        check_rule(
            &RULE,
            "certificate form=RC destination_country_code=KR issue_date=2022-01-31
             certificate form=G destination_country_code=USA issue_date=2018-06-01",
            expect![[r#"
                reject certificate 1 form: form RC is not issued for KOR on 2022-01-31 (issued for it: ≥ 2022-02-01 [domain-rules 8.4, S27; criteria S28; A])
                reject certificate 2 form: form G is not issued for USA on 2018-06-01 (issued for it: never)
            "#]],
        );
    }

    #[test]
    fn without_an_issue_date_the_application_date_counts() {
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=JPN issue_date= application_date=2019-03-31",
            expect![""],
        );
    }

    #[test]
    fn a_form_without_rules_on_file_is_not_judged() {
        check_rule(
            &RULE,
            "certificate form=GE destination_country_code=GEO",
            expect![[r#"
                not judged: the rules of this form are not on file
            "#]],
        );
        check_rule(&RULE, "certificate form=CP destination_country_code=JPN", expect![""]);
    }
}
