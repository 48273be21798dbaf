//! An amount, a mass or a number of things is negative.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10021"),
    name: "value-negative",
    version: 1,
    title: Words { zh: "数值不得为负", en: "a value is negative" },
    message: Words { zh: "{value} 小于零", en: "{value} is less than zero" },
    remedy: Words { zh: "更正后重新申报", en: "correct the value" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10021" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let head = declaration.head;
    judge(head, &[&head.gross_weight_kg, &head.package_count], report);
    judge(particulars, &[&particulars.item_count, &particulars.invoice_total], report);
    for (item, more) in declaration.lines() {
        judge(item, &[&item.total_price], report);
        judge(more, &[&more.gross_mass_kg, &more.net_mass_kg, &more.supplementary_quantity], report);
        judge(more, &[&more.statistical_value, &more.customs_value], report);
    }
    for package in declaration.packages {
        judge(package, &[&package.quantity], report);
    }
    for document in declaration.supporting_documents {
        judge(document, &[&document.write_off_quantity, &document.write_off_amount], report);
    }
}

fn judge<'b, R: Record<'b>>(row: &R, values: &[&Text<'b>], report: &mut Reporter<'_>) {
    for &value in values {
        if value.decimal().is_some_and(Decimal::is_negative) {
            report.at(row, value, evidence![value = *value]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn zero_is_not_negative() {
        check_rule(
            &RULE,
            "uk
             package goods_line=1 quantity=0",
            expect![""],
        );
    }

    #[test]
    fn less_than_zero_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars invoice_total=-0.01
             package goods_line=1 quantity=-1",
            expect![[r#"
                reject particulars invoice_total: -0.01 is less than zero
                reject package 1 quantity: -1 is less than zero
            "#]],
        );
    }
}
