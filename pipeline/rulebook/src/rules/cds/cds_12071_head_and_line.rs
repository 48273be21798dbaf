//! What stands at the head or in the lines stands at both.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12071"),
    name: "head-and-line",
    version: 1,
    title: Words { zh: "表头与商品项重复填报", en: "given at the head and in a line" },
    message: Words {
        zh: "{element}在表头和商品项中均有填报",
        en: "{element} stands at the head and in a line",
    },
    remedy: Words {
        zh: "只在表头或只在商品项中填报", en: "give it either at the head or in every line"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12071" }],
    check: Check::Declaration(check),
};

const CONSIGNEE: Words = Words { zh: "收货人", en: "the consignee" };
const SELLER: Words = Words { zh: "卖方", en: "the seller" };
const BUYER: Words = Words { zh: "买方", en: "the buyer" };
const DESTINATION: Words = Words { zh: "目的国", en: "the destination" };
const NATURE: Words = Words { zh: "交易性质", en: "the nature of the transaction" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let head = declaration.head;
    for (item, more) in declaration.lines() {
        for (at_head, in_line, element) in [
            (
                [&head.consignee_code, &head.consignee_name],
                [&more.consignee_code, &more.consignee_name],
                CONSIGNEE,
            ),
            (
                [&particulars.seller_code, &particulars.seller_name],
                [&more.seller_code, &more.seller_name],
                SELLER,
            ),
            ([&particulars.buyer_code, &particulars.buyer_name], [&more.buyer_code, &more.buyer_name], BUYER),
            ([&particulars.transaction_nature; 2], [&more.transaction_nature; 2], NATURE),
        ] {
            let at_both = at_head.iter().any(|text| text.is_present());
            if let Some(text) = in_line.into_iter().find(|text| at_both && text.is_present()) {
                report.at(more, text, evidence![element]);
            }
        }
        if head.destination_country.is_present() && item.destination_country.is_present() {
            report.at(item, &item.destination_country, evidence![element = DESTINATION]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn at_one_level_it_passes() {
        check_rule(
            &RULE,
            "uk
             declaration consignee_name=
             item_particulars consignee_name=NORDLYS",
            expect![""],
        );
    }

    #[test]
    fn at_both_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item destination_country=SE
             item_particulars consignee_code=NO1",
            expect![[r#"
                reject item_particulars 1 consignee_code: the consignee stands at the head and in a line
                reject item 1 destination_country: the destination stands at the head and in a line
            "#]],
        );
    }
}
