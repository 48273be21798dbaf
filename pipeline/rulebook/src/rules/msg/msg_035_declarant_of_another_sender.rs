//! The document came from a sender who may not file in the name of its declarant.
//!
//! The office says who may file through which folder. Whether such a document is on file is not looked up: the answer is
//! the same either way, so that nobody learns it.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-035"),
    name: "declarant-of-another-sender",
    version: 1,
    title: Words { zh: "申报单位不得从此处申报", en: "declarant may not file here" },
    message: Words {
        zh: "申报单位{declarant}未获准由本文件夹申报",
        en: "declarant {declarant} is not among those who may file through this folder",
    },
    remedy: Words {
        zh: "由该申报单位自己的文件夹报送；确需代报的，请先向本单位登记",
        en: "send it through the declarant's own folder, or have the office enter the declarant for this one",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "reliability", article: "W2" }],
    check: Check::Reader,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rule::Check;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::Effect;

    #[test]
    fn the_declarant_is_named() {
        check_sentence(
            &RULE,
            evidence![declarant = "91441323555600018G"],
            expect![[r#"
                申报单位91441323555600018G未获准由本文件夹申报
                declarant 91441323555600018G is not among those who may file through this folder
            "#]],
        );
    }

    /// Where nobody said who may file, nobody asks: the reader of a folder with declarants alone reports it.
    #[test]
    fn it_rejects_and_is_told_by_the_reader_alone() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
