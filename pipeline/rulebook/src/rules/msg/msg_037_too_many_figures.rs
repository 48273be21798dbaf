//! A number has more figures before its point or behind it than its field takes.
//!
//! What has no room would be rounded or cut off on the way, and duty and statistics be reckoned from another number. Zeros in
//! front and at the end say nothing and are not counted. A count with a fraction counts nothing.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-037"),
    name: "too-many-figures",
    version: 1,
    title: Words { zh: "数值位数超限", en: "number has too many figures" },
    message: Words {
        zh: "{field}整数部分{whole}位、小数部分{decimals}位，分别不得超过{whole_limit}位和{decimals_limit}位",
        en: "{field} has {whole} figures before the point and {decimals} behind it, {whole_limit} and {decimals_limit} at most are taken",
    },
    remedy: Words {
        zh: "按规定的位数填报：价格最多4位小数，件数和项号为整数",
        en: "give it with as many places as the field takes: prices have four at most, counts and line numbers none",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "single-window", article: "3.3" }],
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
    fn field_and_figures_are_named() {
        check_sentence(
            &RULE,
            evidence![
                field = Words { zh: "申报单价", en: "unit_price" },
                whole = 2_usize,
                decimals = 5_usize,
                whole_limit = 15_usize,
                decimals_limit = 4_usize
            ],
            expect![[r#"
                申报单价整数部分2位、小数部分5位，分别不得超过15位和4位
                unit_price has 2 figures before the point and 5 behind it, 15 and 4 at most are taken
            "#]],
        );
    }

    #[test]
    fn the_reader_finds_it_and_it_rejects() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
