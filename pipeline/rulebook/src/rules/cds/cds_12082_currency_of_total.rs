//! The invoice total is in another currency than the lines.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12082"),
    name: "currency-of-total",
    version: 1,
    title: Words {
        zh: "发票总金额与商品项币制不一致",
        en: "the invoice total is in another currency than the lines",
    },
    message: Words {
        zh: "发票总金额币制 {total}，商品项币制 {line}",
        en: "the total is in {total}, the lines are in {line}",
    },
    remedy: Words { zh: "使用同一币制", en: "give total and lines in one currency" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12082" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let total = &particulars.invoice_currency;
    let Some(line) = case.items().iter().map(|item| item.currency).find(Text::is_present) else { return };
    if total.is_present() && total.value != line.value {
        report.at(particulars, total, evidence![total = *total, line]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn one_currency_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn two_are_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars invoice_currency=EUR",
            expect![[r#"
                reject particulars invoice_currency: the total is in EUR, the lines are in GBP
            "#]],
        );
    }
}
