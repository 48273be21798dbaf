//! The commodity code on the certificate is not that of the declaration.
//!
//! Compared at the length the form prints: four digits for the Asia-Pacific agreement, six for most (table of forms).
//! A certificate line is compared with the goods lines it is mapped to, or with all of them when nothing is mapped.

use crate::prelude::*;

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

fn check(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = proof.certificate.head;
    // The Asia-Pacific form prints the heading only.
    let digits = if head.form.value == "B" { 4 } else { 6 };
    for line in proof.certificate.goods() {
        let on_certificate = digits_only(line.commodity_code.value);
        let Some(printed) = on_certificate.get(..digits) else {
            report.place(proof.place, told(proof, line.line_number, &on_certificate, digits));
            continue;
        };
        if !case.items().iter().any(|item| item.commodity_code.value.starts_with(printed)) {
            report.place(proof.place, told(proof, line.line_number, &on_certificate, digits));
        }
    }
}

fn told(proof: &Proof<'_>, line: Text<'_>, on_certificate: &str, digits: usize) -> Evidence {
    evidence![certificate = proof.certificate.head.number, line, on_certificate, digits]
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
             origin document_number=CE18555600018061
             certificate number=E18555600018061 form=E
             line commodity_code=6403.99",
            expect![""],
        );
    }

    #[test]
    fn another_heading_is_rejected() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             origin document_number=CE18555600018061
             certificate number=E18555600018061 form=E
             line commodity_code=6404.19",
            expect![[r#"
                reject origin 1 document_number: certificate E18555600018061 line 1 has commodity code 640419; no goods line shares its first 6 digits
            "#]],
        );
    }

    #[test]
    fn the_asia_pacific_form_prints_the_heading_only() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             origin document_number=CB18555600018061
             certificate number=B18555600018061 form=B
             line commodity_code=6403",
            expect![""],
        );
    }
}
