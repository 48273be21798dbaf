//! The type of the inspection declaration must fit the inspection mode: 21 pre-inspection, 24 inspection, 25 check at the
//! port, 28 verification.
//!
//! Only the separate inspection application carries the type, the goods declaration does not, and the mode is chosen
//! after the rules are judged: for goods under statutory inspection it is told as not judged.

use crate::channel;
use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-010"),
    name: "inspection-declaration-type",
    version: 1,
    title: Words {
        zh: "报检类别与检验监管模式不符", en: "inspection declaration type against the mode"
    },
    message: Words {
        zh: "报检类别{type}与检验监管模式{mode}不符",
        en: "inspection declaration type {type} does not fit mode {mode}",
    },
    remedy: Words { zh: "更正报检类别", en: "correct the type of the inspection declaration" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules", article: "7, SIM-010" }],
    check: Check::Declaration(check),
};

const NO_TYPE: Words = Words {
    zh: "报关单报文无报检类别，无法判断是否与检验监管模式相符",
    en: "the message has no type of inspection declaration: whether it fits the mode is not known",
};

const MODE_LATER: Words = Words {
    zh: "检验监管模式在各项规则判断之后确定，未与报检单的报检类别核对",
    en: "the mode is chosen after the rules are judged, the type on the application was not held against it",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    if case.accepted_at.is_some_and(|moment| channel::is_statutory(case, moment.date(), law)) {
        report.not_judged(if case.applications.is_empty() { NO_TYPE } else { MODE_LATER });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn under_statutory_inspection_it_is_not_judged() {
        check_rule(
            &RULE,
            "accepted 2013-08-14",
            expect![[r#"
                not judged: the message has no type of inspection declaration: whether it fits the mode is not known
            "#]],
        );
    }

    #[test]
    fn the_type_on_an_application_is_not_judged_either() {
        check_rule(
            &RULE,
            "accepted 2013-08-14\nlicence code=B number=A\napplication number=A class=28",
            expect![[r#"
                not judged: the mode is chosen after the rules are judged, the type on the application was not held against it
            "#]],
        );
    }

    #[test]
    fn outside_the_catalogue_nobody_declares_for_inspection() {
        check_rule(&RULE, "accepted 2013-08-15", expect![""]);
        check_rule(&RULE, "accepted unknown", expect![""]);
    }
}
