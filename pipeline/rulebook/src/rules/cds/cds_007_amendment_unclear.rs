//! An amendment does not say for sure what is to be changed: it changes nothing.
//!
//! Each changed element is named by a chain of pointers and brought with its new value. What is named and not brought, what
//! is brought and not named, and what may be one of several is not guessed at.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-007"),
    name: "amendment-unclear",
    version: 1,
    title: Words {
        zh: "修改申请内容不明确", en: "the amendment does not say what is to be changed"
    },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "每项变更在 Amendment 中用指针逐级指明，并在报文中填报新值；需删除数据或无法指明的，用原编号重报全部内容",
        en: "name each changed element in an Amendment by its pointers and bring its new value; to take something away, or where it cannot be named, file the whole declaration again under its number",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "3, pointers; 4" }],
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
    fn it_says_what_is_unclear() {
        check_sentence(
            &RULE,
            evidence![what = Words { zh: "指针没有指向任何数据", en: "the pointers lead to nothing" }],
            expect![[r#"
                指针没有指向任何数据
                the pointers lead to nothing
            "#]],
        );
    }

    #[test]
    fn it_sends_the_request_back_and_not_the_declaration() {
        assert_eq!(RULE.effect, crate::prelude::Effect::Reject);
        assert!(matches!(RULE.check, crate::rule::Check::Step), "no check over a declaration finds it");
    }
}
