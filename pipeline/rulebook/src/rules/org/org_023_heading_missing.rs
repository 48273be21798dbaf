//! Criterion W of form A lacks the heading of the goods.
//!
//! W says that materials from abroad were worked enough to become goods of another heading, so the heading stands behind
//! it: `W 64.03`. It is that of the line.

use crate::prelude::*;
use crate::proof;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-023"),
    name: "heading-behind-w-missing",
    version: 1,
    title: Words { zh: "普惠制 W 标准未填四位税目", en: "criterion W lacks the heading" },
    message: Words {
        zh: "第 {line} 项原产地标准“{criterion}”：{defect}，该项税目 {heading}",
        en: "line {line} says \"{criterion}\": {defect}; the line is of heading {heading}",
    },
    remedy: Words {
        zh: "在 W 之后填写该项货物的四位税目", en: "say the heading of the line behind W"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S34", article: "8.1, ORG-023" }],
    check: Check::Certificate(check),
};

const NO_HEADING: Words = Words { zh: "W 之后无四位税目", en: "no heading stands behind W" };
const OTHER_HEADING: Words = Words { zh: "W 之后为其他税目", en: "another heading stands behind W" };

/// Worked or processed from materials of another heading.
const WORKED: &str = "W";
/// Digits of a heading.
const HEADING_DIGITS: usize = 4;

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if case.certificate.head.form.value != certificate_type::FORM_A {
        return;
    }
    for line in case.certificate.goods() {
        let said = proof::criterion(line);
        if !said.code.eq_ignore_ascii_case(WORKED) {
            continue;
        }
        let printed = digits(said.figure.unwrap_or(""));
        let mut heading = digits(line.commodity_code.value);
        heading.truncate(HEADING_DIGITS);
        let defect = match printed.len() {
            HEADING_DIGITS if printed == heading => continue,
            HEADING_DIGITS => OTHER_HEADING,
            _ => NO_HEADING,
        };
        let evidence = evidence![line = line.line_number, criterion = line.criterion, defect, heading];
        report.at(line, &line.criterion, evidence);
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(criterion: &str) -> String {
        format!("certificate form=G destination_country_code=DEU\nline commodity_code=6403.99 {criterion}")
    }

    #[test]
    fn w_with_its_heading() {
        check_rule(&RULE, &line("criterion=\"W 64.03\""), expect![""]);
        check_rule(&RULE, &line("criterion=W criterion_auxiliary=6403"), expect![""]);
        check_rule(&RULE, &line("criterion=P"), expect![""]);
    }

    #[test]
    fn w_alone_or_with_another() {
        check_rule(
            &RULE,
            &line("criterion=W"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "W": no heading stands behind W; the line is of heading 6403
            "#]],
        );
        check_rule(
            &RULE,
            &line("criterion=\"W 64.04\""),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "W 64.04": another heading stands behind W; the line is of heading 6403
            "#]],
        );
    }
}
