//! The goods lines are invoiced in different currencies.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12057"),
    name: "invoice-currencies-differ",
    version: 1,
    title: Words {
        zh: "各项商品发票币制不一致", en: "goods lines are invoiced in different currencies"
    },
    message: Words {
        zh: "发票币制 {found}，首项为 {first}",
        en: "invoiced in {found}, the first line in {first}",
    },
    remedy: Words { zh: "各项商品使用同一发票币制", en: "invoice all lines in one currency" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12057" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let mut currencies = case.items().iter().filter(|item| item.currency.is_present());
    let Some(first) = currencies.next().map(|item| item.currency) else { return };
    for item in currencies.filter(|item| item.currency.value != first.value) {
        report.at(item, &item.currency, evidence![found = item.currency, first]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn one_currency_passes() {
        check_rule(
            &RULE,
            "uk
             item currency=EUR
             item currency=EUR",
            expect![""],
        );
    }

    #[test]
    fn two_are_rejected() {
        check_rule(
            &RULE,
            "uk
             item currency=EUR
             item currency=GBP",
            expect![[r#"
                reject item 2 currency: invoiced in GBP, the first line in EUR
            "#]],
        );
    }
}
