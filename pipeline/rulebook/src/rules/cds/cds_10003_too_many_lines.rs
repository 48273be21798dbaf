//! There are more goods lines than the gateway takes in one declaration.

use crate::prelude::*;
use crate::tables::gateway_limits::Bound;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10003"),
    name: "too-many-lines",
    version: 1,
    title: Words { zh: "商品项数超限", en: "more goods lines than the gateway takes" },
    message: Words {
        zh: "共 {found} 项商品，最多 {limit} 项",
        en: "{found} goods lines, at most {limit} are taken",
    },
    remedy: Words { zh: "分单申报", en: "file the goods in several declarations" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10003" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let items = case.items();
    let Some(limit) = law.gateway_limits.on(Bound::Lines, case.accepted_on()) else { return };
    if let Some(beyond) = items.get(limit) {
        report.row(beyond, evidence![found = items.len(), limit]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn lines(n: usize) -> String {
        format!("uk\n{}", "item\n".repeat(n))
    }

    #[test]
    fn a_full_declaration_passes() {
        check_rule(&RULE, &lines(999), expect![""]);
    }

    #[test]
    fn one_line_more_is_rejected() {
        check_rule(
            &RULE,
            &lines(1_000),
            expect![[r#"
                reject item 1000: 1000 goods lines, at most 999 are taken
            "#]],
        );
    }
}
