//! The tariff of the kingdom is not at hand: whether a code is whole, and what measures ask for, is not known.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-40059"),
    name: "tariff-unknown",
    version: 1,
    title: Words { zh: "税则措施无法核对", en: "the tariff cannot be looked up" },
    message: Words {
        zh: "商品编号 {code} 无法核对", en: "commodity code {code} cannot be looked up"
    },
    remedy: Words { zh: "由主管海关核对", en: "have it checked by customs" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS40059" }],
    check: Check::Declaration(check),
};

const NO_TARIFF: Words = Words {
    zh: "本办公室无英国税则，商品编号是否完整及税则措施无法核对",
    en: "the tariff of the kingdom is not at hand: whether codes are whole and what measures ask for cannot be checked",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if case.items().iter().any(|item| item.commodity_code.is_present()) {
        report.not_judged(NO_TARIFF);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_code_is_not_judged() {
        check_rule(
            &RULE,
            "uk",
            expect![[r#"
                not judged: the tariff of the kingdom is not at hand: whether codes are whole and what measures ask for cannot be checked
            "#]],
        );
    }

    #[test]
    fn without_a_code_there_is_nothing_to_look_up() {
        check_rule(
            &RULE,
            "uk
             item commodity_code=",
            expect![""],
        );
    }
}
