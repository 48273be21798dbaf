//! A duty mode that is not normal for an export of shoes, without a levy category that is its ground.
//!
//! Shoes leave under 1, per tariff. Processing trade, by its levy category, may be exempt as well. Told, not rejected;
//! a code that is in no list is told in the same way.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-045"),
    name: "duty-mode-without-ground",
    version: 1,
    title: Words { zh: "征免方式异常", en: "duty mode is unusual" },
    message: Words {
        zh: "第 {line} 项征免方式 {duty_mode}，征免性质“{levy_category}”下通常为 {normal}",
        en: "line {line} has duty mode {duty_mode}: under levy category \"{levy_category}\" {normal} is normal",
    },
    remedy: Words {
        zh: "核对征免方式；确有依据的，核对征免性质",
        en: "check the duty mode, and the levy category when there is a ground for it",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules S21", article: "6, DOC-045" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let levy_category = case.declaration.head.levy_category;
    let Some(normal) = law.duty_modes.on(levy_category.value, case.accepted_on()) else { return };
    for item in case.items() {
        let duty_mode = item.duty_mode;
        if duty_mode.is_present() && !normal.iter().any(|known| known == duty_mode.value) {
            let told =
                evidence![line = item.line_number, duty_mode, levy_category, normal = normal.join(", ")];
            report.at(item, &item.duty_mode, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn per_tariff_passes() {
        check_rule(&RULE, "item duty_mode=1", expect![""]);
    }

    #[test]
    fn an_exemption_without_ground_is_told() {
        check_rule(
            &RULE,
            "item duty_mode=3",
            expect![[r#"
                warn item 1 duty_mode: line 1 has duty mode 3: under levy category "101" 1 is normal
            "#]],
        );
    }

    #[test]
    fn processing_is_a_ground() {
        check_rule(&RULE, "declaration trade_mode=0615 levy_category=503\nitem duty_mode=3", expect![""]);
        check_rule(
            &RULE,
            "declaration trade_mode=0615 levy_category=503\nitem duty_mode=0",
            expect![[r#"
                warn item 1 duty_mode: line 1 has duty mode 0: under levy category "503" 1, 3 is normal
            "#]],
        );
    }

    #[test]
    fn an_empty_mode_is_left_to_doc_001() {
        check_rule(&RULE, "item duty_mode=", expect![""]);
    }
}
