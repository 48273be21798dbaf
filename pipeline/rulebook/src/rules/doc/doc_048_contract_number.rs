//! The contract number on the certificate is not that of the declaration.
//!
//! Compared without width, case and blanks: `HD-2018/061` is `ＨＤ－２０１８／０６１` and not `HD-2018/016`. Either may list several
//! numbers; each of the certificate's must stand on the declaration. Invoice numbers are ORG-034's, and numbers on the
//! packing list and on the contract itself travel in files that are not opened.

use crate::prelude::*;
use model::text::{folded, reads_alike};
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-048"),
    name: "contract-numbers-differ",
    version: 1,
    title: Words {
        zh: "合同号与原产地证不一致", en: "contract number differs from the certificate's"
    },
    message: Words {
        zh: "报关单合同号 {declared}，原产地证 {certificate} 合同号 {certified}",
        en: "contract number {declared} is declared, certificate {certificate} has {certified}",
    },
    remedy: Words {
        zh: "核对合同号，更正报关单或申请更改原产地证",
        en: "check the contract number, and correct the declaration or apply for a changed certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-048; 14, AUD-006" }],
    check: Check::Proof(check),
};

fn check(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let certificate = proof.certificate.head;
    let (declared, certified) = (case.declaration.head.contract_number, certificate.contract_number);
    if declared.is_empty() || certified.is_empty() || reads_alike(declared.value, certified.value) {
        return; // Absence is DOC-001's.
    }
    let known: HashSet<String> = numbers(declared.value).collect();
    if !numbers(certified.value).all(|number| known.contains(&number)) {
        report.place(proof.place, evidence![declared, certificate = certificate.number, certified]);
    }
}

/// The numbers of a list, each in the form by which it is compared.
fn numbers(list: &str) -> impl Iterator<Item = String> {
    let parts = list.split([',', ';', '，', '；', '、', '\n']).map(|number| folded(number).collect());
    parts.filter(|number: &String| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn contracts(declared: &str, certified: &str) -> String {
        format!(
            "declaration contract_number=\"{declared}\"
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E contract_number=\"{certified}\""
        )
    }

    #[test]
    fn one_number_in_two_spellings_passes() {
        check_rule(&RULE, &contracts("HD-2018/061", "ＨＤ－２０１８／０６１"), expect![""]);
        check_rule(&RULE, &contracts("HD-2018/061", " hd-2018/061 "), expect![""]);
    }

    #[test]
    fn two_figures_exchanged_are_rejected() {
        check_rule(
            &RULE,
            &contracts("HD-2018/061", "HD-2018/016"),
            expect![[r#"
                reject origin 1 document_number: contract number HD-2018/061 is declared, certificate E185556000180061 has HD-2018/016
            "#]],
        );
    }

    #[test]
    fn a_certificate_may_be_for_one_of_several_contracts() {
        check_rule(&RULE, &contracts("HD-2018/061；HD-2018/062", "HD-2018/062"), expect![""]);
        check_rule(
            &RULE,
            &contracts("HD-2018/061", "HD-2018/061;HD-2018/062"),
            expect![[r#"
                reject origin 1 document_number: contract number HD-2018/061 is declared, certificate E185556000180061 has HD-2018/061;HD-2018/062
            "#]],
        );
    }

    #[test]
    fn a_number_that_is_not_there_is_not_compared() {
        check_rule(&RULE, &contracts("", "HD-2018/061"), expect![""]);
        check_rule(&RULE, &contracts("HD-2018/061", ""), expect![""]);
    }
}
