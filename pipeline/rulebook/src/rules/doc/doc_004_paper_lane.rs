//! The declaration is not a paperless export.
//!
//! This channel takes exports filed without paper: form types M, W and D (ruling X1).
//! An ordinary form (0) or one with a declaration list (L) belongs to the paper lane, and a type nobody knows to none;
//! code 8 of older broker software never appears on this wire.
//! Imports are declined before any rule sees them, so another direction here is a mistake of the sender.

use crate::prelude::*;
use model::code::entry_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-004"),
    name: "not-a-paperless-export",
    version: 1,
    title: Words { zh: "非无纸化出口报关单", en: "not a paperless export declaration" },
    message: Words { zh: "{field}为 {value}：{what}", en: "{field} is {value}: {what}" },
    remedy: Words {
        zh: "改按通关无纸化（M）申报，或转有纸通道办理",
        en: "declare paperless (M), or go to the paper lane",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S21", article: "6, DOC-004" },
        Citation { instrument: "single-window", article: "8.1" },
        Citation { instrument: "rulings", article: "X1" },
    ],
    check: Check::Declaration(check),
};

const EXPORT: &str = "E";

const DIRECTION: Words = Words { zh: "进出口标志", en: "direction" };
const ENTRY_TYPE: Words = Words { zh: "报关单类型", en: "entry type" };
const NOT_AN_EXPORT: Words = Words { zh: "本通道仅受理出口", en: "this channel takes exports only" };
const PAPER_LANE: Words = Words { zh: "属有纸通道", en: "paper lane" };
const UNKNOWN: Words = Words { zh: "类型代码不存在", en: "no such type" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let (direction, entry_type) = (head.direction, head.entry_type);
    if direction.is_present() && direction.value != EXPORT {
        let told = evidence![field = DIRECTION, value = direction, what = NOT_AN_EXPORT];
        report.at(head, &head.direction, told);
    }
    if entry_type.is_present() && !entry_type::is_paperless(entry_type.value) {
        let what = if entry_type::LIST.is_known(entry_type.value) { PAPER_LANE } else { UNKNOWN };
        report.at(head, &head.entry_type, evidence![field = ENTRY_TYPE, value = entry_type, what]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_three_paperless_types_pass() {
        for entry_type in ["M", "W", "D"] {
            check_rule(&RULE, &format!("declaration entry_type={entry_type}"), expect![""]);
        }
    }

    #[test]
    fn ordinary_and_listed_forms_go_to_the_paper_lane() {
        check_rule(
            &RULE,
            "declaration entry_type=0",
            expect![[r#"
                reject declaration entry_type: entry type is 0: paper lane
            "#]],
        );
        check_rule(
            &RULE,
            "declaration entry_type=L",
            expect![[r#"
                reject declaration entry_type: entry type is L: paper lane
            "#]],
        );
    }

    #[test]
    fn the_code_of_older_software_is_no_type() {
        check_rule(
            &RULE,
            "declaration entry_type=8",
            expect![[r#"
                reject declaration entry_type: entry type is 8: no such type
            "#]],
        );
    }

    #[test]
    fn a_direction_that_is_no_export_is_rejected() {
        check_rule(
            &RULE,
            "declaration direction=e",
            expect![[r#"
                reject declaration direction: direction is e: this channel takes exports only
            "#]],
        );
    }
}
