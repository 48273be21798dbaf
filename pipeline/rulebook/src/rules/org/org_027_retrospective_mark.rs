//! A certificate issued after departure lacks the retrospective mark, or carries it without being late.
//!
//! Late means: issued after departure and the days of grace of the form. A late certificate says so, RETROACTIVELY or
//! RETROSPECTIVELY or 补发, in its remark, the note of its application or the special clause of the goods box; one
//! without the mark is returned. A mark where none is due is told only. Form B knows no late issue: that is ORG-029's.
//! The New Zealand text has no rule for it, so there a late issue is not judged. The words of the mark are ORG-028's.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_forms::Late;
use jiff::civil::Date;
use model::certificate::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-027"),
    name: "retrospective-mark-wrong",
    version: 1,
    title: Words { zh: "后发证书标注不符", en: "retrospective mark is missing or out of place" },
    message: Words {
        zh: "{departed_on} 出运，{issued_on} 签发，宽限 {grace_days} 天：{defect}",
        en: "left on {departed_on}, issued on {issued_on}, {grace_days} days of grace: {defect}",
    },
    remedy: Words {
        zh: "申请后发证书并按规定加注；未逾期的去除后发标注",
        en: "apply for a retrospective certificate with its mark; take the mark off where issue was in time",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S26", article: "8, ORG-027" },
        Citation { instrument: "rulings", article: "D4" },
    ],
    check: Check::CertificateAndProof(alone, beside),
};

const LATE_WITHOUT_MARK: Words =
    Words { zh: "逾期签发而未加注后发字样", en: "issued late without the retrospective mark" };
const MARK_WITHOUT_LATE: Words =
    Words { zh: "未逾期签发却加注后发字样", en: "marked retrospective though issued in time" };
const NO_LATE_ISSUE: Words = Words {
    zh: "该类证书文本无后发规定，逾期签发未予判断",
    en: "the text of the form has no rule for a late issue",
};

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    if let Some(departed_on) = head.departure_date.date() {
        let issued_on = case.certificate.issued_on().map_or(departed_on, |(day, _)| day);
        let mark = proof::late_mark(head, law, issued_on).map(|(text, _)| text);
        let place = Place::of(head, mark.unwrap_or(&head.remark));
        judge(&case.certificate, departed_on, place, law, report);
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
    let Some(form) = proof::form(certificate, law) else { return };
    let Some(last_day) = proof::days_after(departed_on, form.grace_days) else { return };
    let is_late = last_day < issued_on;
    let is_marked = proof::late_mark(certificate.head, law, issued_on).is_some();
    let (effect, defect) = match (is_late, form.late) {
        (true, Late::Refused) => return,
        (true, Late::Silent) => return report.not_judged(NO_LATE_ISSUE),
        (true, Late::Marked) if !is_marked => (RULE.effect, LATE_WITHOUT_MARK),
        (false, _) if is_marked => (Effect::Warn, MARK_WITHOUT_LATE),
        _ => return,
    };
    let certificate = certificate.head.number;
    let grace_days = i64::from(form.grace_days);
    report
        .with_effect(effect)
        .place(place, evidence![certificate, departed_on, issued_on, issue_field, grace_days, defect]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn check(form: &str, issued_on: &str, rest: &str, expected: expect_test::Expect) {
        let notation =
            format!("certificate form={form} departure_date=2018-06-01 issue_date={issued_on} {rest}");
        check_rule(&RULE, &notation, expected);
    }

    #[test]
    fn form_e_needs_the_mark_from_the_fourth_day() {
        check("E", "2018-06-04", "", expect![""]);
        check("E", "2018-06-05", "remark=\"Issued Retroactively\"", expect![""]);
        check(
            "E",
            "2018-06-05",
            "",
            expect![[r#"
                reject certificate 1 remark absent: left on 2018-06-01, issued on 2018-06-05, 3 days of grace: issued late without the retrospective mark
            "#]],
        );
    }

    #[test]
    fn grace_is_fifteen_days_for_pakistan_seven_for_korea_and_none_for_others() {
        check("P", "2018-06-16", "", expect![""]);
        check("K", "2018-06-08", "", expect![""]);
        check("C", "2018-06-01", "", expect![""]);
        check(
            "C",
            "2018-06-02",
            "",
            expect![[r#"
                reject certificate 1 remark absent: left on 2018-06-01, issued on 2018-06-02, 0 days of grace: issued late without the retrospective mark
            "#]],
        );
    }

    #[test]
    fn the_mark_may_stand_in_three_fields_and_is_told_where_none_is_due() {
        check("H", "2018-06-10", "application_note=补发", expect![""]);
        check(
            "E",
            "2018-06-01",
            "goods_clause=\"ISSUED RETROACTIVELY\"",
            expect![[r#"
                warn certificate 1 goods_clause: left on 2018-06-01, issued on 2018-06-01, 3 days of grace: marked retrospective though issued in time
            "#]],
        );
    }

    #[test]
    fn a_form_without_a_rule_for_it_is_not_judged_when_late() {
        check("B", "2018-06-02", "", expect![""]);
        check("N", "2018-06-01", "", expect![""]);
        check(
            "N",
            "2018-06-02",
            "",
            expect![[r#"
                not judged: the text of the form has no rule for a late issue
            "#]],
        );
    }

    #[test]
    fn the_export_date_counts_where_the_certificate_has_none() {
        check_rule(
            &RULE,
            "declaration departure_date=20180601
             origin document_number=CE185556000180061
             certificate form=E number=E185556000180061 issue_date=2018-06-05 departure_date=",
            expect![[r#"
                reject origin 1 document_number: left on 2018-06-01, issued on 2018-06-05, 3 days of grace: issued late without the retrospective mark
            "#]],
        );
    }
}
