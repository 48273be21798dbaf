//! A request is about a declaration that is not on file, or not in a state to process it.
//!
//! A declaration of somebody else looks the same as none: nobody learns from an answer what another firm has filed. Such a
//! request uses up no number, so it can be filed again when the declaration is there (K5).

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12015"),
    name: "declaration-not-on-file",
    version: 1,
    title: Words {
        zh: "申请所指报关单不在库中或状态不符",
        en: "the request is about no declaration that can be found",
    },
    message: Words { zh: "报关单 {number}：{what}", en: "declaration {number}: {what}" },
    remedy: Words {
        zh: "核对报关单编号（MRN）和提交人；报关单申报后再次提交申请",
        en: "check MRN and submitter; file the request again once the declaration is on file",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "international-formats", article: "4; 5, CDS12015" },
        Citation { instrument: "rulings", article: "K5" },
        Citation { instrument: "reliability", article: "W2" },
    ],
    check: Check::Step,
};

/// Not there, or somebody else's.
pub const NOT_FOUND: Words = Words {
    zh: "未找到该申请人申报的此编号报关单",
    en: "none of this submitter's is on file under this number",
};
/// Nobody is named, and several firms have one.
pub const SEVERAL: Words = Words {
    zh: "此编号对应多家企业的报关单，申请未写明提交人",
    en: "several firms filed one under this number, and the request names no submitter",
};
/// Rejected: there is nothing to wait for.
pub const REJECTED: Words = Words {
    zh: "已退单，更正后方可办理运抵",
    en: "it was rejected and has to be mended before goods are presented",
};

#[cfg(test)]
mod tests {
    use super::NOT_FOUND;
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn the_number_is_named() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A1", what = NOT_FOUND],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A1：未找到该申请人申报的此编号报关单
                declaration 24GB7K2M9PQRS4T5A1: none of this submitter's is on file under this number
            "#]],
        );
    }

    #[test]
    fn one_of_several_firms_is_not_guessed() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A1", what = super::SEVERAL],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A1：此编号对应多家企业的报关单，申请未写明提交人
                declaration 24GB7K2M9PQRS4T5A1: several firms filed one under this number, and the request names no submitter
            "#]],
        );
    }
}
