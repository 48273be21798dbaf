//! A preferential certificate is claimed without the preference block, or the block does not fit it.
//!
//! From 2021-05-10 the declaration names the agreement, the certificate and the lines that belong together, one row a
//! goods line. A licence document `Y` alone is the old way. Form A and the general certificate are of no agreement and
//! are claimed as before. The country of origin in the block follows the rule without preference and is not judged here.

use crate::prelude::*;
use crate::proof;
use model::documents::OriginMapping;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-044"),
    name: "preference-block-wrong",
    version: 1,
    title: Words {
        zh: "优惠贸易协定享惠栏目填报不符", en: "preference block is missing or does not fit"
    },
    message: Words {
        zh: "证书 {certificate}（{form} 类，协定代码 {agreement}）：{defect} {found}",
        en: "certificate {certificate} of form {form}, agreement {agreement}: {defect} {found}",
    },
    remedy: Words {
        zh: "按协定代码、原产地证明编号和商品项对应关系填报享惠栏目",
        en: "fill in the block: agreement, number of the certificate, and the lines that belong together",
    },
    effect: Effect::Reject,
    in_force: InForce::since(2021, 5, 10),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation {
        instrument: "海关总署公告2021年第34号, S39", article: "domain-rules 8, ORG-044"
    }],
    check: Check::Declaration(check),
};

const OLD_STYLE: Words = Words {
    zh: "未填享惠栏目，仅在随附单证中列为",
    en: "it is claimed outside the block only, as document",
};
const OTHER_AGREEMENT: Words =
    Words { zh: "享惠栏目所填单证代码为", en: "the block has document code" };
const NO_LINES: Words = Words {
    zh: "享惠栏目未填商品项对应关系，单证代码",
    en: "the block does not say which lines belong together, document code",
};

/// Licence document for origin, and the first letter of a document code that names an agreement.
const ORIGIN: &str = "Y";

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    for proof in case.proofs() {
        let form = proof.certificate.head.form;
        let Some(agreement) = law.origin_agreements.number(form.value, case.accepted_on()) else { continue };
        let mut mappings = proof::mappings(case, &proof).peekable();
        if mappings.peek().is_none() {
            let place = proof.place;
            report.place(place, told(&proof, agreement, OLD_STYLE, ORIGIN));
        }
        for mapping in mappings {
            let found = mapping.document_type;
            if found.value.strip_prefix(ORIGIN) != Some(agreement) {
                let evidence = told(&proof, agreement, OTHER_AGREEMENT, found.value);
                report.at(mapping, &mapping.document_type, evidence);
            } else if !is_linked(mapping) {
                report.row(mapping, told(&proof, agreement, NO_LINES, found.value));
            }
        }
    }
}

fn is_linked(mapping: &OriginMapping<'_>) -> bool {
    mapping.goods_line.is_present() && mapping.document_line.is_present()
}

fn told(proof: &Proof<'_>, agreement: &str, defect: Words, found: &str) -> Evidence {
    let head = proof.certificate.head;
    evidence![certificate = head.number, form = head.form, agreement, defect, found]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn claimed(day: &str, claim: &str) -> String {
        format!(
            "accepted {day}
             {claim}
             certificate number=RC225556000180061 form=RC destination_country_code=JPN issue_date=2022-03-10
             line"
        )
    }

    #[test]
    fn a_linked_claim() {
        let claim =
            "origin document_type=Y22 document_number=CRC225556000180061 goods_line=1 document_line=1";
        check_rule(&RULE, &claimed("2022-03-14", claim), expect![""]);
    }

    #[test]
    fn the_old_way_in_2022() {
        let claim = "licence code=Y number=RC225556000180061";
        check_rule(&RULE, &claimed("2021-05-09", claim), expect![""]);
        check_rule(
            &RULE,
            &claimed("2022-03-14", claim),
            expect![[r#"
                reject licence 1 number: certificate RC225556000180061 of form RC, agreement 22: it is claimed outside the block only, as document Y
            "#]],
        );
    }

    #[test]
    fn another_agreement_or_no_lines() {
        check_rule(
            &RULE,
            &claimed("2022-03-14", "origin document_type=Y03 document_number=CRC225556000180061"),
            expect![[r#"
                reject origin 1 document_type: certificate RC225556000180061 of form RC, agreement 22: the block has document code Y03
            "#]],
        );
        check_rule(
            &RULE,
            &claimed(
                "2022-03-14",
                "origin document_type=Y22 document_number=CRC225556000180061 document_line=",
            ),
            expect![[r#"
                reject origin 1: certificate RC225556000180061 of form RC, agreement 22: the block does not say which lines belong together, document code Y22
            "#]],
        );
    }

    #[test]
    fn the_general_certificate_is_of_no_agreement() {
        check_rule(
            &RULE,
            "accepted 2022-03-14
             licence code=Y number=C225556000180061
             certificate number=C225556000180061 form=C",
            expect![""],
        );
    }
}
