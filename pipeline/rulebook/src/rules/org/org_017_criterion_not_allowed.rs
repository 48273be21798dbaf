//! The origin criterion is none that the form knows for this destination on this day.
//!
//! Each form has its own short list: RCEP says `PE` or `CTC`, never `PSR`; form A says `W` with the heading for Europe
//! and `Y` with a share for Russia; form E knows `PE` since 2019-08-20 only. Blanks, quotes and capitals do not matter.
//! The general certificate has no such box. Where the form is not issued at all, ORG-001 says so.

use crate::prelude::*;
use crate::proof;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-017"),
    name: "criterion-not-of-form",
    version: 1,
    title: Words {
        zh: "原产地标准代码不适用于该类证书", en: "origin criterion is none of this form's"
    },
    message: Words {
        zh: "第 {line} 项原产地标准“{criterion}”不适用于 {issued_on} 签发、输往 {destination} 的 {form} 类证书",
        en: "line {line} has criterion \"{criterion}\", which form {form} for {destination} does not know on {issued_on}",
    },
    remedy: Words {
        zh: "按该类证书的填制说明更正原产地标准",
        en: "correct the criterion as the instructions of the form say",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S28–S34", article: "8.1, ORG-017" }],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let to = proof::destination(head);
    let Some(service) = law.origin_destinations.service(head.form.value, to, issued_on) else { return };
    for line in case.certificate.goods() {
        if !service.allows(line.criterion.value, line.criterion_auxiliary.value) {
            report.at(
                line,
                &line.criterion,
                evidence![
                    line = line.line_number,
                    criterion = line.criterion,
                    form = head.form,
                    destination = head.destination_country_code,
                    issued_on
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn rcep_knows_pe_and_no_psr() {
        check_rule(
            &RULE,
            "certificate form=RC destination_country_code=JPN issue_date=2022-06-01
             line criterion=PE
             line criterion=PSR",
            expect![[r#"
                reject certificate line 2 criterion: line 2 has criterion "PSR", which form RC for JPN does not know on 2022-06-01
            "#]],
        );
    }

    #[test]
    fn form_e_learns_pe_on_the_twentieth_of_august_2019() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM issue_date=2019-08-20
             line criterion=PE",
            expect![""],
        );
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM issue_date=2019-08-19
             line criterion=PE",
            expect![[r#"
                reject certificate line 1 criterion: line 1 has criterion "PE", which form E for VNM does not know on 2019-08-19
            "#]],
        );
    }

    #[test]
    fn an_empty_box_is_for_australia_and_the_general_certificate() {
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=AUS
             line
             certificate form=C
             line
             certificate form=G destination_country_code=DEU
             line",
            expect![[r#"
                reject certificate line 1 criterion absent: line 1 has criterion "", which form G for DEU does not know on 2018-05-30
            "#]],
        );
    }
}
