//! A value has more characters than its field takes.
//!
//! The interface document states how long each field may be; the systems behind it have no room for more, and what would be cut
//! off nobody knows. It warns: the lengths are no law, and messages that break some of them are in use. Characters count, not
//! bytes. The value itself is not repeated: it is long, and may be about a person.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-036"),
    name: "value-too-long",
    version: 1,
    title: Words { zh: "字段超长", en: "value is too long" },
    message: Words {
        zh: "{field}共{length}个字符，限填{limit}个字符",
        en: "{field} has {length} characters, {limit} at most are taken",
    },
    remedy: Words {
        zh: "缩短后重新申报；其余内容可填入备注或作为随附单据上传",
        en: "shorten it; what has no room goes into the remarks or an attached document",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "single-window", article: "3.3 and 10, trap 8" }],
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
    fn field_length_and_limit_are_named() {
        check_sentence(
            &RULE,
            evidence![
                field = Words { zh: "合同号", en: "contract_number" },
                length = 200_usize,
                limit = 32_usize
            ],
            expect![[r#"
                合同号共200个字符，限填32个字符
                contract_number has 200 characters, 32 at most are taken
            "#]],
        );
    }

    #[test]
    fn the_reader_finds_it_and_it_warns() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Warn);
    }
}
