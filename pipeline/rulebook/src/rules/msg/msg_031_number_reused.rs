//! A number was used before, with other content.
//!
//! One declaration has one decision. The same content again gets the same answer; other content is taken as mended while the
//! latest decision is a reject or a provisional hold, and is a conflict after release or inspection (K4). It is a conflict
//! whatever the content when the numbers lead to two declarations, or one client number to two entry numbers (K6).

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-031"),
    name: "number-reused",
    version: 1,
    title: Words { zh: "编号重复使用", en: "number is used again" },
    message: Words { zh: "{what}：{number}", en: "{what}: {number}" },
    remedy: Words {
        zh: "改用新的编号申报；如需修改已放行的报关单，请向海关申请改单",
        en: "declare under a number of its own; to change a declaration that was released, apply to customs",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "rulings", article: "K4, K6" },
        Citation { instrument: "reliability", article: "1, P2" },
    ],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::Words;

    #[test]
    fn the_number_is_named() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "编号已用于内容不同的单证",
                    en: "the number was used before with other content"
                },
                number = "HD2024000000000001"
            ],
            expect![[r#"
                编号已用于内容不同的单证：HD2024000000000001
                the number was used before with other content: HD2024000000000001
            "#]],
        );
    }

    #[test]
    fn numbers_of_two_declarations_are_told_apart_from_changed_content() {
        let what = Words {
            zh: "同一客户端编号对应两个海关编号",
            en: "one client number stands for two entry numbers",
        };
        check_sentence(
            &RULE,
            evidence![what, number = "HD2024000000000001"],
            expect![[r#"
                同一客户端编号对应两个海关编号：HD2024000000000001
                one client number stands for two entry numbers: HD2024000000000001
            "#]],
        );
    }
}
