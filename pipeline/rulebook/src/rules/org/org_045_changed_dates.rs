//! A changed certificate has other dates than the one it replaces.
//!
//! A change corrects a certificate and keeps its days of application and issue; the old one is handed in, which no message
//! says. A certificate that is issued again after a loss has new dates: that is ORG-046. For one that is changed and
//! issued again at once the text is not on file.

use crate::prelude::*;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-045"),
    name: "changed-certificate-with-new-dates",
    version: 1,
    title: Words {
        zh: "更改证书未保留原申请和签发日期", en: "changed certificate does not keep its dates"
    },
    message: Words {
        zh: "更改证书 {certificate} 替换 {old_number}：{which}为 {new}，原证书为 {old}",
        en: "certificate {certificate} replaces {old_number}: its {which} is {new}, that of the old one {old}",
    },
    remedy: Words {
        zh: "更改证书沿用原申请日期和签发日期，并交回原证书",
        en: "keep the days of application and issue of the old certificate, and hand it in",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S41", article: "8, ORG-045" }],
    check: Check::Certificate(check),
};

const APPLICATION: Words = Words { zh: "申请日期", en: "day of application" };
const ISSUE: Words = Words { zh: "签发日期", en: "day of issue" };
const OLD_DAYS_MISSING: Words =
    Words { zh: "未填原证书申请或签发日期", en: "the days of the old certificate are not named" };
const HANDED_IN: Words = Words {
    zh: "原证书是否交回，报文中无法判断",
    en: "the message does not say whether the old certificate was handed in",
};
const BOTH: Words = Words {
    zh: "更改并重发的证书的日期规定尚未收录",
    en: "which dates a certificate has that is changed and issued again is not on file",
};

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let (head, amendment) = (case.certificate.head, case.certificate.amendment);
    match head.status.value {
        certificate_type::CHANGED => report.not_judged(HANDED_IN),
        certificate_type::CHANGED_AND_REISSUED => return report.not_judged(BOTH),
        _ => return,
    }
    let days = [
        (APPLICATION, &head.application_date, amendment.old_application_date),
        (ISSUE, &head.issue_date, amendment.old_issue_date),
    ];
    for (which, new_date, old_date) in days {
        let Some(old) = old_date.date() else {
            report.not_judged(OLD_DAYS_MISSING);
            continue;
        };
        if let Some(new) = new_date.date().filter(|new| *new != old) {
            let (certificate, old_number) = (head.number, amendment.old_number);
            report.at(head, new_date, evidence![certificate, old_number, which, new, old]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn changed(old: &str) -> String {
        format!(
            "certificate form=E number=E185556000180062 status=1 application_date=2018-05-28 issue_date=2018-05-30
             amendment old_number=E185556000180061 {old}"
        )
    }

    #[test]
    fn equal_dates() {
        check_rule(
            &RULE,
            &changed("old_application_date=2018-05-28 old_issue_date=2018-05-30"),
            expect![[r#"
                not judged: the message does not say whether the old certificate was handed in
            "#]],
        );
    }

    #[test]
    fn new_dates() {
        check_rule(
            &RULE,
            &changed("old_application_date=2018-05-28 old_issue_date=2018-05-29"),
            expect![[r#"
                reject certificate 1 issue_date: certificate E185556000180062 replaces E185556000180061: its day of issue is 2018-05-30, that of the old one 2018-05-29
                not judged: the message does not say whether the old certificate was handed in
            "#]],
        );
    }

    #[test]
    fn what_is_not_named_is_not_judged() {
        check_rule(
            &RULE,
            &changed(""),
            expect![[r#"
                not judged: the message does not say whether the old certificate was handed in
                not judged: the days of the old certificate are not named
            "#]],
        );
        check_rule(&RULE, "certificate form=E status=0", expect![""]);
    }
}
