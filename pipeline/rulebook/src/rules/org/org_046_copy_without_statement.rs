//! A certificate issued again for a lost one does not say so, or has the dates of the lost one.
//!
//! The copy says CERTIFIED TRUE COPY, with number and day of the original, and is dated anew. That the original was never
//! used cannot be read off the message.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::certificate::Certificate;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-046"),
    name: "copy-without-statement",
    version: 1,
    title: Words {
        zh: "重发证书声明或日期不符",
        en: "re-issued certificate lacks its statement or new dates",
    },
    message: Words {
        zh: "重发证书 {certificate} 替换 {old_number}：{defect}",
        en: "certificate {certificate} is issued again for {old_number}: {defect}",
    },
    remedy: Words {
        zh: "加注 CERTIFIED TRUE COPY、原证书编号和日期，并使用新的申请、签发日期",
        en: "say CERTIFIED TRUE COPY with number and day of the original, and date the copy anew",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S41, S33", article: "8, ORG-046" }],
    check: Check::Certificate(check),
};

const NO_STATEMENT: Words =
    Words { zh: "未注明 CERTIFIED TRUE COPY", en: "it does not say CERTIFIED TRUE COPY" };
const NO_NUMBER: Words = Words {
    zh: "声明未写明原证书编号",
    en: "its statement does not give the number of the original",
};
const NO_DAY: Words =
    Words { zh: "声明未写明原证书日期", en: "its statement does not give the day of the original" };
const OLD_DATES: Words = Words { zh: "沿用了原证书的日期", en: "it has the dates of the original" };
const UNUSED: Words = Words {
    zh: "原证书是否未曾使用，报文中无法判断",
    en: "the message does not say whether the original was used",
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let (head, amendment) = (case.certificate.head, case.certificate.amendment);
    if head.status.value != certificate_type::REISSUED {
        return;
    }
    report.not_judged(UNUSED);
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let (certificate, old_number) = (head.number, amendment.old_number);
    if let Some((field, defect)) = statement_defect(&case.certificate, issued_on, law) {
        report.at(head, field, evidence![certificate, old_number, defect]);
    }
    if amendment.old_issue_date.date() == Some(issued_on) {
        report.place(proof::issue_place(head), evidence![certificate, old_number, defect = OLD_DATES]);
    }
}

/// What is wrong with the statement, and where it stands or should stand.
fn statement_defect<'c>(
    certificate: &Certificate<'c>,
    day: Date,
    law: &Tables,
) -> Option<(&'c Text<'c>, Words)> {
    let head = certificate.head;
    let says = |text: &&Text<'_>| law.origin_phrases.within(Phrases::TrueCopy, text.value, day).is_some();
    let Some(statement) = proof::remarks(head).into_iter().find(says) else {
        return Some((&head.remark, NO_STATEMENT));
    };
    let number = certificate.amendment.old_number.value;
    if number.is_empty() || !statement.value.contains(number) {
        return Some((statement, NO_NUMBER));
    }
    let is_dated = law.origin_phrases.behind(Phrases::TrueCopyDate, statement.value, day);
    if !is_dated.is_some_and(|dated| dated.contains(|sign: char| sign.is_ascii_digit())) {
        return Some((statement, NO_DAY));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn again(remark: &str, old_issue_date: &str) -> String {
        format!(
            "certificate form=E number=E185556000180062 status=2 issue_date=2018-05-30 remark=\"{remark}\"
             amendment old_number=E185556000180061 old_issue_date={old_issue_date}"
        )
    }

    const STATEMENT: &str = "CERTIFIED TRUE COPY OF THE ORIGINAL NUMBER E185556000180061 DATED MAY 10, 2018";

    #[test]
    fn a_copy_with_its_statement_and_new_dates() {
        check_rule(
            &RULE,
            &again(STATEMENT, "2018-05-10"),
            expect![[r#"
                not judged: the message does not say whether the original was used
            "#]],
        );
    }

    #[test]
    fn no_statement() {
        check_rule(
            &RULE,
            &again("", "2018-05-10"),
            expect![[r#"
                reject certificate 1 remark absent: certificate E185556000180062 is issued again for E185556000180061: it does not say CERTIFIED TRUE COPY
                not judged: the message does not say whether the original was used
            "#]],
        );
        check_rule(
            &RULE,
            &again("CERTIFIED TRUE COPY DATED MAY 10, 2018", "2018-05-10"),
            expect![[r#"
                reject certificate 1 remark: certificate E185556000180062 is issued again for E185556000180061: its statement does not give the number of the original
                not judged: the message does not say whether the original was used
            "#]],
        );
    }

    #[test]
    fn the_dates_of_the_original() {
        check_rule(
            &RULE,
            &again(STATEMENT, "2018-05-30"),
            expect![[r#"
                reject certificate 1 issue_date: certificate E185556000180062 is issued again for E185556000180061: it has the dates of the original
                not judged: the message does not say whether the original was used
            "#]],
        );
        check_rule(&RULE, "certificate form=E status=0", expect![""]);
    }
}
