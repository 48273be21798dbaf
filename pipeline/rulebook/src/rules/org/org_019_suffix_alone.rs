//! An RCEP suffix stands without a criterion.
//!
//! ACU and DMI say how a criterion was reached, by accumulation or by de minimis; by themselves they say nothing.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_destinations::is_suffix;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-019"),
    name: "criterion-suffix-alone",
    version: 1,
    title: Words { zh: "RCEP 原产地标准只填后缀", en: "RCEP suffix stands without a criterion" },
    message: Words {
        zh: "第 {line} 项原产地标准只填“{criterion}”，ACU、DMI 须与 WO、PE、CTC、RVC 或 CR 同时填写",
        en: "line {line} says \"{criterion}\" alone; ACU and DMI go with WO, PE, CTC, RVC or CR",
    },
    remedy: Words { zh: "补填原产地标准", en: "say the criterion as well" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S28", article: "8.1, ORG-019" }],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if case.certificate.head.form.value != certificate_type::RCEP {
        return;
    }
    for line in case.certificate.goods() {
        let mut words = proof::criterion_words(line).peekable();
        if words.peek().is_some() && words.all(is_suffix) {
            let field = if line.criterion.is_present() { &line.criterion } else { &line.criterion_auxiliary };
            report.at(line, field, evidence![line = line.line_number, criterion = *field]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const RCEP: &str = "certificate form=RC destination_country_code=JPN issue_date=2022-06-01";

    #[test]
    fn with_a_criterion() {
        check_rule(&RULE, &format!("{RCEP}\nline criterion=\"CTC DMI\""), expect![""]);
        check_rule(&RULE, &format!("{RCEP}\nline criterion=CTC criterion_auxiliary=ACU"), expect![""]);
        check_rule(&RULE, &format!("{RCEP}\nline"), expect![""]);
    }

    #[test]
    fn without_one() {
        check_rule(
            &RULE,
            &format!("{RCEP}\nline criterion=DMI\nline criterion=ACU criterion_auxiliary=DMI"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "DMI" alone; ACU and DMI go with WO, PE, CTC, RVC or CR
                reject certificate line 2 criterion: line 2 says "ACU" alone; ACU and DMI go with WO, PE, CTC, RVC or CR
            "#]],
        );
    }
}
