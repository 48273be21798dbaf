//! The lines do not add up to the invoice total.
//!
//! The invoice itself does not travel with the message; its total stands on a certificate of origin that is claimed
//! (ruling D8), so the sum of the lines is compared with that one. A certificate may be for part of a declaration
//! (ORG-037): its total may then be that of the lines it is claimed for. Where several certificates are claimed they may
//! even share a line, and a total that fits neither is not judged. Nor are sums over different currencies (DOC-028).

use crate::prelude::*;
use model::code::Currency;
use model::code::certificate_number::strip_claim_letter;
use model::declaration::GoodsItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-027"),
    name: "invoice-total-mismatch",
    version: 1,
    title: Words {
        zh: "各项总价合计与发票总额不符", en: "lines do not add up to the invoice total"
    },
    message: Words {
        zh: "各项总价合计 {lines_total} {currency}，原产地证 {certificate} 总金额 {invoice_total}",
        en: "lines add up to {lines_total} {currency}, certificate {certificate} has a total of {invoice_total}",
    },
    remedy: Words {
        zh: "按发票更正各项总价，或申请更改原产地证",
        en: "correct the lines after the invoice, or apply for a changed certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-027" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Proof(check),
};

/// How far the sum may miss the total, in the currency of the invoice.
const TOLERANCE: Decimal = Decimal::HUNDREDTH;

const NO_TOTAL: Words =
    Words { zh: "原产地证无总金额", en: "the certificate shows no total in a known currency" };
const OTHER_CURRENCY: Words = Words {
    zh: "报关单各项与原产地证币制不同或总价无法合计",
    en: "lines and certificate are not all in one currency, or cannot be added up",
};
const SEVERAL: Words = Words {
    zh: "多份原产地证合用，总金额可能只对应部分货物",
    en: "several certificates are claimed, so a total may be for part of the goods",
};

fn check(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let certificate = proof.certificate.head;
    let total = certificate.total_amount.decimal();
    let (Some(invoice_total), Some(currency)) = (total, Currency::from_code(certificate.currency.value))
    else {
        report.not_judged(NO_TOTAL);
        return;
    };
    let Some(lines_total) = sum(case.items().iter(), currency) else {
        report.not_judged(OTHER_CURRENCY);
        return;
    };
    let number = certificate.number.value;
    let claimed = case.items().iter().filter(|item| is_claimed_for(case, number, item));
    let fits = |sum: Decimal| sum.distance(invoice_total).is_some_and(|distance| distance <= TOLERANCE);
    if fits(lines_total) || sum(claimed, currency).is_some_and(fits) {
        return;
    }
    if case.claims.iter().any(|claim| claim.number != number) {
        report.not_judged(SEVERAL);
        return;
    }
    let told = evidence![lines_total, currency = currency.code(), certificate = number, invoice_total];
    report.place(proof.place, told);
}

/// The total of some lines, when all of them are in this currency.
fn sum<'i, 'b: 'i>(
    mut items: impl Iterator<Item = &'i GoodsItem<'b>>,
    currency: Currency,
) -> Option<Decimal> {
    items.try_fold(Decimal::ZERO, |sum, item| {
        let same = Currency::from_code(item.currency.value) == Some(currency);
        sum.checked_add(item.total_price.decimal().filter(|_| same)?)
    })
}

fn is_claimed_for(case: &Case<'_>, number: &str, item: &GoodsItem<'_>) -> bool {
    case.declaration.origin_mappings.iter().any(|mapping| {
        mapping.goods_line.value == item.line_number.value
            && (mapping.document_number.value == number
                || strip_claim_letter(mapping.document_number.value) == number)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn lines_that_add_up_to_the_total_pass() {
        check_rule(
            &RULE,
            "item total_price=14820.00
             item total_price=180.00
             origin document_number=CE185556000180061
             certificate number=E185556000180061 total_amount=15000.01",
            expect![""],
        );
    }

    #[test]
    fn a_hundred_too_much_is_rejected() {
        check_rule(
            &RULE,
            "item total_price=14820.00
             origin document_number=CE185556000180061
             certificate number=E185556000180061 total_amount=14920.00",
            expect![[r#"
                reject origin 1 document_number: lines add up to 14820 USD, certificate E185556000180061 has a total of 14920
            "#]],
        );
    }

    #[test]
    fn one_hundredth_is_tolerated_and_no_more() {
        check_rule(
            &RULE,
            "item total_price=14820.00
             origin document_number=CE185556000180061
             certificate number=E185556000180061 total_amount=14820.011",
            expect![[r#"
                reject origin 1 document_number: lines add up to 14820 USD, certificate E185556000180061 has a total of 14820.011
            "#]],
        );
    }

    #[test]
    fn a_certificate_for_one_line_may_have_the_total_of_that_line() {
        check_rule(
            &RULE,
            "item total_price=14820.00
             item total_price=180.00
             origin document_number=CE185556000180061 goods_line=2
             certificate number=E185556000180061 total_amount=180.00",
            expect![""],
        );
    }

    #[test]
    fn two_generations_of_codes_are_one_currency_and_two_currencies_are_not() {
        check_rule(
            &RULE,
            "item currency=502
             origin document_number=CE185556000180061
             certificate number=E185556000180061",
            expect![""],
        );
        check_rule(
            &RULE,
            "item currency=EUR
             origin document_number=CE185556000180061
             certificate number=E185556000180061 total_amount=14920.00",
            expect![[r#"
                not judged: lines and certificate are not all in one currency, or cannot be added up
            "#]],
        );
    }

    #[test]
    fn a_certificate_without_a_total_is_not_judged() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061
             certificate number=E185556000180061 total_amount=",
            expect![[r#"
                not judged: the certificate shows no total in a known currency
            "#]],
        );
    }

    #[test]
    fn of_several_certificates_a_total_that_fits_nothing_is_not_judged() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061
             origin document_number=CE185556000180062
             certificate number=E185556000180061 total_amount=6175.00
             certificate number=E185556000180062 total_amount=14820.00",
            expect![[r#"
                not judged: several certificates are claimed, so a total may be for part of the goods
            "#]],
        );
    }
}
