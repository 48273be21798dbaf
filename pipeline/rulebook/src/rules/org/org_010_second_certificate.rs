//! A second certificate for the same goods does not say which one it replaces.
//!
//! A changed or re-issued certificate has a number of its own and names the old one. Two certificates of one form, one
//! invoice and the same lines, both claimed by one declaration, are such a pair as well: one of them must name the other.
//! Certificates other declarations claim are not seen here. The goods wait until it is said which certificate counts.

use crate::prelude::*;
use model::certificate::{Certificate, CertificateItem};
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-010"),
    name: "second-certificate-without-reference",
    version: 1,
    title: Words {
        zh: "同一货物的第二份证书未注明原证书",
        en: "second certificate for the same goods without reference",
    },
    message: Words {
        zh: "证书 {certificate}：{defect} {other}",
        en: "certificate {certificate} {defect} {other}",
    },
    remedy: Words {
        zh: "更改、重发的证书填写原证书编号；重复申领的撤销其中一份",
        en: "name the certificate that is replaced; have one of two equal ones withdrawn",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules S41", article: "8, ORG-010" }],
    check: Check::Proof(check),
};

const NO_OLD_NUMBER: Words =
    Words { zh: "未填原证书编号，证书类别", en: "names no old certificate and has status" };
const OWN_NUMBER: Words =
    Words { zh: "所填原证书编号即为本证书", en: "names itself as the old certificate," };
const SAME_GOODS: Words = Words {
    zh: "与另一份所列货物、发票相同，且互未注明",
    en: "is for the goods and the invoice of another and neither names the other,",
};

/// Statuses that replace a certificate.
const REPLACING: [&str; 3] =
    [certificate_type::CHANGED, certificate_type::REISSUED, certificate_type::CHANGED_AND_REISSUED];

fn check(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = proof.certificate.head;
    let old_number = proof.certificate.amendment.old_number;
    let is_replacing = REPLACING.contains(&head.status.value);
    let (defect, other) = if is_replacing && old_number.is_empty() {
        (NO_OLD_NUMBER, head.status.value)
    } else if is_replacing && old_number.value == head.number.value {
        (OWN_NUMBER, old_number.value)
    } else if let Some(twin) = twin_before(case, proof) {
        (SAME_GOODS, twin)
    } else {
        return;
    };
    report.place(proof.place, evidence![certificate = head.number, defect, other]);
}

/// A certificate claimed before this one for the same goods, where neither names the other.
fn twin_before<'c>(case: &Case<'c>, proof: &Proof<'c>) -> Option<&'c str> {
    let number = proof.certificate.head.number.value;
    case.proofs()
        .map(|other| other.certificate)
        .take_while(|other| other.head.number.value != number)
        .find(|other| are_twins(other, &proof.certificate))
        .map(|other| other.head.number.value)
}

fn are_twins(one: &Certificate<'_>, other: &Certificate<'_>) -> bool {
    let names = |one: &Certificate<'_>, other: &Certificate<'_>| {
        one.amendment.old_number.value == other.head.number.value
    };
    let invoice = one.head.invoice_number.value;
    one.head.form.value == other.head.form.value
        && !invoice.is_empty()
        && invoice == other.head.invoice_number.value
        && one.goods().map(goods).eq(other.goods().map(goods))
        && !names(one, other)
        && !names(other, one)
}

/// What of a line says which goods it is for.
fn goods<'c>(line: &CertificateItem<'c>) -> (&'c str, Option<Decimal>, &'c str, &'c str) {
    (line.commodity_code.value, line.quantity.decimal(), line.name.value, line.name_en.value)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn two(rest: &str, line: &str) -> String {
        format!(
            "origin document_number=CE185556000180061
             origin document_number=CE185556000180062
             certificate number=E185556000180061 form=E
             line
             certificate number=E185556000180062 form=E {rest}
             line {line}"
        )
    }

    #[test]
    fn a_re_issue_names_the_old_one() {
        check_rule(
            &RULE,
            &format!("{}\namendment old_number=E185556000180061", two("status=2", "")),
            expect![""],
        );
        check_rule(
            &RULE,
            &two("status=2", ""),
            expect![[r#"
                hold origin 2 document_number: certificate E185556000180062 names no old certificate and has status 2
            "#]],
        );
    }

    #[test]
    fn two_equal_ones_wait_and_two_parts_do_not() {
        check_rule(&RULE, &two("", "quantity=500"), expect![""]);
        check_rule(&RULE, &two("invoice_number=HD-INV-062", ""), expect![""]);
        check_rule(
            &RULE,
            &two("", ""),
            expect![[r#"
                hold origin 2 document_number: certificate E185556000180062 is for the goods and the invoice of another and neither names the other, E185556000180061
            "#]],
        );
    }

    #[test]
    fn a_changed_one_does_not_name_itself() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E status=1
             amendment old_number=E185556000180061",
            expect![[r#"
                hold origin 1 document_number: certificate E185556000180061 names itself as the old certificate, E185556000180061
            "#]],
        );
    }
}
