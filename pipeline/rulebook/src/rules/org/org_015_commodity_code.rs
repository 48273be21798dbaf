//! The commodity code on the certificate is not that of the declaration.
//!
//! Compared at the length the form prints: four digits for the Asia-Pacific agreement, six for most (table of forms).
//! A certificate line is compared with the goods lines it is mapped to, or with all of them when nothing is mapped.

use crate::prelude::*;
use crate::proof;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-015"),
    name: "certificate-commodity-code-mismatch",
    version: 1,
    title: Words {
        zh: "原产地证与报关单商品编号不符",
        en: "commodity code differs between certificate and declaration",
    },
    message: Words {
        zh: "证书 {certificate} 第 {line} 项商品编号 {on_certificate}，报关单无前 {digits} 位相同的商品",
        en: "certificate {certificate} line {line} has commodity code {on_certificate}; no goods line shares its first {digits} digits",
    },
    remedy: Words {
        zh: "更正报关单商品编号，或申请更改证书",
        en: "correct the declaration, or apply for a changed certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S27, S31, S33", article: "8, ORG-015" }],
    check: Check::Proof(check),
};

const NO_ROW: Words =
    Words { zh: "该类型证书的规则尚未收录", en: "the rules of this form are not on file" };

fn check(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(form) = proof::form(&proof.certificate, law) else {
        return report.not_judged(NO_ROW);
    };
    let digits = form.code_digits;
    for group in proof::groups(case, proof) {
        for line in group.lines {
            let on_certificate = digits_only(line.commodity_code.value);
            let printed = on_certificate.get(..digits);
            let is_declared =
                |printed: &str| group.items.iter().any(|item| item.commodity_code.value.starts_with(printed));
            if !printed.is_some_and(is_declared) {
                let certificate = proof.certificate.head.number;
                let line = line.line_number;
                report.place(proof.place, evidence![certificate, line, on_certificate, digits]);
            }
        }
    }
}

/// `6403.99` and `640399` are the same code.
fn digits_only(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn six_digits_with_a_dot_against_ten() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E
             line commodity_code=6403.99",
            expect![""],
        );
    }

    #[test]
    fn another_heading_is_rejected() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E
             line commodity_code=6404.19",
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061 line 1 has commodity code 640419; no goods line shares its first 6 digits
            "#]],
        );
    }

    #[test]
    fn the_asia_pacific_form_prints_the_heading_only() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             origin document_number=CB185556000180061
             certificate number=B185556000180061 form=B
             line commodity_code=6403",
            expect![""],
        );
    }

    #[test]
    fn a_mapped_line_is_compared_with_its_own_goods_line() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             item commodity_code=6404199000
             origin document_number=CE185556000180061 goods_line=1 document_line=1
             origin document_number=CE185556000180061 goods_line=2 document_line=2
             certificate number=E185556000180061 form=E
             line commodity_code=6404.19
             line commodity_code=6404.19",
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061 line 1 has commodity code 640419; no goods line shares its first 6 digits
            "#]],
        );
    }
}
