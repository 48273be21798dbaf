//! The declaration has more goods lines than its form.
//!
//! Twenty before the form of 2018-08-01, fifty since (ruling D8). It is split into several declarations.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-050"),
    name: "too-many-lines",
    version: 1,
    title: Words { zh: "商品项数超过上限", en: "declaration has too many lines" },
    message: Words {
        zh: "商品 {lines} 项，一份报关单最多 {lines_max} 项",
        en: "there are {lines} goods lines, a declaration has at most {lines_max}",
    },
    remedy: Words { zh: "拆分为多份报关单申报", en: "split it into several declarations" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S21", article: "6, DOC-050" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(lines_max) = law.line_limits.on(case.accepted_on()) else { return };
    let items = case.items();
    if let Some(first_too_many) = items.get(lines_max) {
        report.row(first_too_many, evidence![lines = items.len(), lines_max]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn lines(day: &str, n: usize) -> String {
        format!("accepted {day}\n{}", "item\n".repeat(n))
    }

    #[test]
    fn as_many_as_the_form_has_pass() {
        check_rule(&RULE, &lines("2018-07-31", 20), expect![""]);
        check_rule(&RULE, &lines("2018-08-01", 50), expect![""]);
    }

    #[test]
    fn one_more_is_rejected() {
        check_rule(
            &RULE,
            &lines("2018-07-31", 21),
            expect![[r#"
                reject item 21: there are 21 goods lines, a declaration has at most 20
            "#]],
        );
        check_rule(
            &RULE,
            &lines("2018-08-01", 51),
            expect![[r#"
                reject item 51: there are 51 goods lines, a declaration has at most 50
            "#]],
        );
    }
}
