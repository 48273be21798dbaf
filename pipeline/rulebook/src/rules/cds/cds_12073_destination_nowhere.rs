//! The destination stands neither at the head nor in every line.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12073"),
    name: "destination-nowhere",
    version: 1,
    title: Words { zh: "未填报目的国", en: "the destination stands nowhere" },
    message: Words {
        zh: "表头和商品项 {number} 均未填报目的国",
        en: "neither the head nor line {number} says where the goods go",
    },
    remedy: Words {
        zh: "在表头或每项商品中填报目的国",
        en: "give the destination at the head or in every line",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12073" }],
    check: Check::Declaration(check),
};

/// Exports: a fiscal territory is told otherwise.
const MOVEMENT: &str = "EX";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let is_export = particulars.declaration_type.value.starts_with(MOVEMENT);
    if !is_export || declaration.head.destination_country.is_present() {
        return;
    }
    for item in declaration.items.iter().filter(|item| item.destination_country.is_empty()) {
        report.at(item, &item.destination_country, evidence![number = item.line_number]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn at_the_head_it_passes() {
        check_rule(
            &RULE,
            "uk
             item
             item",
            expect![""],
        );
    }

    #[test]
    fn in_some_lines_only_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             declaration destination_country=
             item destination_country=SE
             item",
            expect![[r#"
                reject item 2 destination_country absent: neither the head nor line 2 says where the goods go
            "#]],
        );
    }
}
