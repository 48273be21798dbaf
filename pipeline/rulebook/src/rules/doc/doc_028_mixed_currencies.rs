//! The lines of one invoice are in different currencies, so that nothing adds up.
//!
//! An invoice that is attached may name its lines; one that names none is for all of them, and so is the whole declaration
//! where no invoice is attached. Where several are attached and do not name their lines, which line stands on which is
//! not known: not judged. What is no currency is DOC-029's; old numbers and letters are one currency.

use crate::prelude::*;
use model::code::{Currency, edocument};
use model::declaration::GoodsItem;
use model::documents::ElectronicDocument;
use std::collections::HashMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-028"),
    name: "currencies-mixed-on-invoice",
    version: 1,
    title: Words { zh: "同一发票币制不一致", en: "one invoice has several currencies" },
    message: Words {
        zh: "第 {line} 项币制 {currency}，同一发票第 {first_line} 项币制 {first_currency}，总价无法合计",
        en: "line {line} is in {currency}, line {first_line} of the same invoice in {first_currency}: nothing adds up",
    },
    remedy: Words {
        zh: "按发票统一币制；分属不同发票的，分别随附发票并填报对应的商品项号",
        en: "declare the currency of the invoice; attach each invoice with its lines when there are several",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-028" }],
    check: Check::Declaration(check),
};

const LINES_UNKNOWN: Words = Words {
    zh: "随附多份发票且未填报对应的商品项号，各项所属发票无法确定",
    en: "several invoices are attached without their lines, so which line stands on which is not known",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let items = case.items();
    let Some(whole) = first_other(items) else { return };
    let attached = case.declaration.electronic_documents.iter();
    let invoices: Vec<_> = attached.filter(|file| file.type_code.value == edocument::INVOICE).collect();
    let is_silent = |invoice: &&ElectronicDocument<'_>| invoice.goods_lines.is_empty();
    match invoices.as_slice() {
        [] => tell(whole, report),
        [only] if is_silent(only) => tell(whole, report),
        several if several.iter().any(is_silent) => report.not_judged(LINES_UNKNOWN),
        several => {
            let by_line: HashMap<&str, &GoodsItem<'_>> =
                items.iter().map(|item| (item.line_number.value, item)).collect();
            for invoice in several {
                let lines = invoice.goods_lines.value.split(',').map(str::trim);
                if let Some(other) = first_other(lines.filter_map(|line| by_line.get(line).copied())) {
                    tell(other, report);
                }
            }
        }
    }
}

/// The first line of an invoice, and the first after it in another currency.
fn first_other<'i, 'b: 'i>(
    items: impl IntoIterator<Item = &'i GoodsItem<'b>>,
) -> Option<(&'i GoodsItem<'b>, &'i GoodsItem<'b>)> {
    let mut lines = items.into_iter().filter_map(|item| {
        let currency = Currency::from_code(item.currency.value)?;
        Some((item, currency))
    });
    let (first, currency) = lines.next()?;
    lines.find(|(_, other)| *other != currency).map(|(other, _)| (first, other))
}

fn tell((first, other): (&GoodsItem<'_>, &GoodsItem<'_>), report: &mut Reporter<'_>) {
    let told = evidence![
        line = other.line_number,
        currency = other.currency,
        first_line = first.line_number,
        first_currency = first.currency,
    ];
    report.at(other, &other.currency, told);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const USD_AND_EUR: &str = "item currency=USD\nitem currency=EUR\n";

    #[test]
    fn one_currency_passes_in_either_spelling() {
        check_rule(&RULE, "item currency=USD\nitem currency=502", expect![""]);
    }

    #[test]
    fn dollars_and_euros_on_one_invoice_are_rejected() {
        for invoice in ["edoc type_code=00000001", "no edoc", "edoc type_code=00000001 goods_lines=1,2"] {
            check_rule(
                &RULE,
                &format!("{USD_AND_EUR}{invoice}"),
                expect![[r#"
                    reject item 2 currency: line 2 is in EUR, line 1 of the same invoice in USD: nothing adds up
                "#]],
            );
        }
    }

    #[test]
    fn two_invoices_may_have_two_currencies() {
        check_rule(
            &RULE,
            &format!(
                "{USD_AND_EUR}edoc type_code=00000001 goods_lines=1\nedoc type_code=00000001 goods_lines=2"
            ),
            expect![""],
        );
    }

    #[test]
    fn two_invoices_that_do_not_name_their_lines_are_not_judged() {
        check_rule(
            &RULE,
            &format!("{USD_AND_EUR}edoc type_code=00000001\nedoc type_code=00000001"),
            expect![[r#"
                not judged: several invoices are attached without their lines, so which line stands on which is not known
            "#]],
        );
        check_rule(&RULE, "edoc type_code=00000001\nedoc type_code=00000001", expect![""]);
    }

    #[test]
    fn what_is_no_currency_is_left_to_doc_029() {
        check_rule(&RULE, "item currency=USD\nitem currency=XXX", expect![""]);
    }
}
