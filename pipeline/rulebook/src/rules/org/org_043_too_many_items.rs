//! The certificate has more goods lines than its form takes.
//!
//! The Swiss form takes twenty; the Korean one took twenty until 2022-06-11.

use crate::prelude::*;
use crate::proof;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-043"),
    name: "too-many-certificate-items",
    version: 1,
    title: Words { zh: "证书货物项数超过限制", en: "certificate has too many goods lines" },
    message: Words {
        zh: "{issued_on} 签发的 {form} 类证书（{destination}）列有 {n_items} 项货物，最多 {items_max} 项",
        en: "form {form} for {destination}, issued on {issued_on}, has {n_items} goods lines; it takes {items_max}",
    },
    remedy: Words { zh: "分为多份证书申请", en: "apply for several certificates" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S38, S31", article: "8.1, ORG-043" }],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let service = law.origin_destinations.service(head.form.value, proof::destination(head), issued_on);
    let Some(items_max) = service.and_then(|service| service.items_max) else { return };
    if let Some(line) = case.certificate.goods().nth(items_max) {
        let n_items = case.certificate.goods().count();
        let (form, destination) = (head.form, head.destination_country_code);
        report.at(line, &line.line_number, evidence![issued_on, form, destination, n_items, items_max]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn lines(n: usize, certificate: &str) -> String {
        format!("certificate {certificate}\n{}", "line\n".repeat(n))
    }

    #[test]
    fn twenty_five_to_korea() {
        let korea = |day: &str| lines(25, &format!("form=K destination_country_code=KOR issue_date={day}"));
        check_rule(&RULE, &korea("2022-07-01"), expect![""]);
        check_rule(&RULE, &korea("2022-06-12"), expect![""]);
        check_rule(
            &RULE,
            &korea("2022-05-20"),
            expect![[r#"
                reject certificate line 21 line_number: form K for KOR, issued on 2022-05-20, has 25 goods lines; it takes 20
            "#]],
        );
    }

    #[test]
    fn twenty_to_switzerland_and_not_one_more() {
        check_rule(&RULE, &lines(20, "form=S destination_country_code=CHE"), expect![""]);
        check_rule(
            &RULE,
            &lines(21, "form=S destination_country_code=CHE"),
            expect![[r#"
                reject certificate line 21 line_number: form S for CHE, issued on 2018-05-30, has 21 goods lines; it takes 20
            "#]],
        );
    }
}
