//! A kind of package is in no list, or it is wood.
//!
//! Codes have two characters since 2018 and one figure before; both generations are read on every day, told apart by
//! their shape. Wood is told, not rejected: a treatment mark (IPPC) may be due, and whether it is on the goods no message
//! says. The count against the packing list is not judged: that list does not travel as data (ruling D8).

use crate::prelude::*;
use model::code::packaging;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-033"),
    name: "package-kind-unknown",
    version: 1,
    title: Words {
        zh: "包装种类代码错误或涉及木质包装", en: "package kind is in no list, or is wood"
    },
    message: Words { zh: "包装种类 {kind}：{what}", en: "package kind {kind}: {what}" },
    remedy: Words {
        zh: "按包装种类代码表更正；木质包装应经除害处理并加施IPPC标识",
        en: "give a code of the list; wood packaging is to be treated and to bear the IPPC mark",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-033" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const UNKNOWN: Words = Words { zh: "代码表无此代码", en: "the code is in no list" };
const WOOD: Words = Words {
    zh: "含木质包装，须核对除害处理标识；仅作提示",
    en: "wood, so a treatment mark may be due; told only",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    judge(head, &head.package_kind, report);
    for row in case.declaration.other_packaging {
        judge(row, &row.kind, report);
    }
}

fn judge<'b, R: Record<'b>>(row: &R, kind: &Text<'b>, report: &mut Reporter<'_>) {
    if kind.is_empty() {
        return; // Absence is DOC-001's.
    }
    if !packaging::is_known(kind.value) {
        report.at(row, kind, evidence![kind = *kind, what = UNKNOWN]);
    } else if packaging::is_wood(kind.value) {
        report.with_effect(Effect::Warn).at(row, kind, evidence![kind = *kind, what = WOOD]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn cartons_pass_in_both_generations() {
        check_rule(&RULE, "declaration package_kind=22", expect![""]);
        check_rule(&RULE, "declaration package_kind=2", expect![""]);
    }

    #[test]
    fn a_code_in_no_list_is_rejected() {
        check_rule(
            &RULE,
            "declaration package_kind=77",
            expect![[r#"
                reject declaration package_kind: package kind 77: the code is in no list
            "#]],
        );
    }

    #[test]
    fn pallets_of_wood_are_told() {
        check_rule(
            &RULE,
            "packaging quantity=10 kind=93
             packaging quantity=10 kind=98",
            expect![[r#"
                warn packaging 1 kind: package kind 93: wood, so a treatment mark may be due; told only
            "#]],
        );
    }

    #[test]
    fn an_empty_kind_is_left_to_doc_001() {
        check_rule(&RULE, "declaration package_kind=", expect![""]);
    }
}
