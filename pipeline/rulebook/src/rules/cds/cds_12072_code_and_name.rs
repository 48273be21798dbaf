//! A party is told by its code and by its name: one of them is enough, and two may differ.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12072"),
    name: "code-and-name",
    version: 1,
    title: Words { zh: "同时填报代码和名称", en: "a party is told by code and by name" },
    message: Words {
        zh: "{party}同时填报了代码 {code} 和名称",
        en: "{party} is told by code {code} and by name",
    },
    remedy: Words { zh: "代码与名称只填一项", en: "give the code or the name, not both" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12072" }],
    check: Check::Declaration(check),
};

const EXPORTER: Words = Words { zh: "出口人", en: "the exporter" };
const IMPORTER: Words = Words { zh: "进口人", en: "the importer" };
const SELLER: Words = Words { zh: "卖方", en: "the seller" };
const BUYER: Words = Words { zh: "买方", en: "the buyer" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let head = declaration.head;
    judge(head, &head.consignor_unified_code, &head.consignor_name, EXPORTER, report);
    judge(particulars, &particulars.importer_code, &particulars.importer_name, IMPORTER, report);
    judge(particulars, &particulars.seller_code, &particulars.seller_name, SELLER, report);
    judge(particulars, &particulars.buyer_code, &particulars.buyer_name, BUYER, report);
    for (_, more) in declaration.lines() {
        judge(more, &more.seller_code, &more.seller_name, SELLER, report);
        judge(more, &more.buyer_code, &more.buyer_name, BUYER, report);
    }
}

fn judge<'b, R: Record<'b>>(
    row: &R,
    code: &Text<'b>,
    name: &Text<'b>,
    party: Words,
    report: &mut Reporter<'_>,
) {
    if code.is_present() && name.is_present() {
        report.at(row, name, evidence![party, code = *code]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_code_or_a_name_passes() {
        check_rule(
            &RULE,
            "uk
             particulars seller_name=MARSH buyer_code=NO1",
            expect![""],
        );
    }

    #[test]
    fn both_are_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars seller_name=MARSH seller_code=GB1",
            expect![[r#"
                reject particulars seller_name: the seller is told by code GB1 and by name
            "#]],
        );
    }
}
