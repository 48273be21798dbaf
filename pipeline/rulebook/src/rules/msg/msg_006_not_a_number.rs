//! A value is not the number its field asks for.
//!
//! Digits 0 to 9, at most one decimal point, an optional sign: no separators between thousands, no exponent, no blanks, no
//! full-width digits, and no more digits than are kept exactly. An absent value is not judged here.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-006"),
    name: "not-a-number",
    version: 1,
    title: Words { zh: "数值字段不是数字", en: "value is not a number" },
    message: Words {
        zh: "{field}的值“{value}”不是数字", en: "{field} is \"{value}\", which is no number"
    },
    remedy: Words {
        zh: "填写十进制数字，不用千分位、单位或全角字符",
        en: "give a plain decimal number without thousands separators, units or full-width characters",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "single-window", article: "3.3 and 5" },
        Citation { instrument: "reliability", article: "3, X6" },
    ],
    check: Check::Reader,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rule::Check;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::{Effect, Words};

    #[test]
    fn field_and_value_are_named() {
        check_sentence(
            &RULE,
            evidence![field = Words { zh: "毛重", en: "gross_weight_kg" }, value = "1,250.00"],
            expect![[r#"
                毛重的值“1,250.00”不是数字
                gross_weight_kg is "1,250.00", which is no number
            "#]],
        );
    }

    #[test]
    fn a_name_in_the_field_is_told_in_the_language_of_the_reader() {
        check_sentence(
            &RULE,
            evidence![field = Words { zh: "成交数量", en: "quantity" }, value = "１２００"],
            expect![[r#"
                成交数量的值“１２００”不是数字
                quantity is "１２００", which is no number
            "#]],
        );
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
