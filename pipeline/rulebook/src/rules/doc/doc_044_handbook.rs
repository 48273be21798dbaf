//! Processing trade without its handbook, or ordinary trade with one.
//!
//! Processing trade names a handbook or account whose number begins with the letter of its mode, and each line names its
//! own line there. Ordinary trade has neither. A mode without a row is not judged.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-044"),
    name: "handbook-not-of-trade-mode",
    version: 1,
    title: Words {
        zh: "备案号或备案序号与监管方式不符",
        en: "handbook or its line does not go with the trade mode",
    },
    message: Words {
        zh: "监管方式 {trade_mode}，{field} {value}：{what}",
        en: "trade mode {trade_mode}, {field} {value}: {what}",
    },
    remedy: Words {
        zh: "加工贸易填报手册（账册）号及各项备案序号，一般贸易不填",
        en: "give handbook and handbook lines for processing trade, and none for ordinary trade",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-044; 6.2" }],
    check: Check::Declaration(check),
};

const HANDBOOK: Words = Words { zh: "备案号", en: "handbook" };
const LINE: Words = Words { zh: "备案序号", en: "handbook line" };
const EMPTY: Words = Words { zh: "（空）", en: "(empty)" };
const REQUIRED: Words = Words { zh: "该监管方式必填", en: "this mode must have it" };
const OTHER_KIND: Words =
    Words { zh: "不是该监管方式的手册", en: "it is not a handbook of this mode" };
const NONE: Words = Words { zh: "该监管方式不应填报", en: "this mode has none" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let trade_mode = head.trade_mode;
    let Some(handbook) = law.handbooks.on(trade_mode.value, case.accepted_on()) else { return };
    let is_needed = handbook.is_needed();
    let number = head.handbook_number;
    let what = match number.is_present() {
        true if !is_needed => Some(NONE),
        true if !handbook.may_be(number.value) => Some(OTHER_KIND),
        false if is_needed => Some(REQUIRED),
        _ => None,
    };
    if let Some(what) = what {
        report.at(
            head,
            &head.handbook_number,
            evidence![trade_mode, field = HANDBOOK, value = or_empty(number), what],
        );
    }
    for item in case.items().iter().filter(|item| item.handbook_line.is_present() != is_needed) {
        let what = if is_needed { REQUIRED } else { NONE };
        let told = evidence![trade_mode, field = LINE, value = or_empty(item.handbook_line), what];
        report.at(item, &item.handbook_line, told);
    }
}

fn or_empty(text: Text<'_>) -> Value {
    if text.is_empty() { Value::from(EMPTY) } else { Value::from(text) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn each_mode_with_its_handbook_passes() {
        check_rule(&RULE, "", expect![""]);
        check_rule(
            &RULE,
            "declaration trade_mode=0214 handbook_number=B53168000061
             item handbook_line=1",
            expect![""],
        );
        check_rule(
            &RULE,
            "declaration trade_mode=0615 handbook_number=C53168000061
             item handbook_line=1",
            expect![""],
        );
    }

    #[test]
    fn processing_without_a_handbook_is_rejected() {
        check_rule(
            &RULE,
            "declaration trade_mode=0615
             item handbook_line=1",
            expect![[r#"
                reject declaration handbook_number absent: trade mode 0615, handbook (empty): this mode must have it
            "#]],
        );
    }

    #[test]
    fn each_line_names_its_own() {
        check_rule(
            &RULE,
            "declaration trade_mode=0214 handbook_number=B53168000061
             item handbook_line=1
             item",
            expect![[r#"
                reject item 2 handbook_line absent: trade mode 0214, handbook line (empty): this mode must have it
            "#]],
        );
    }

    #[test]
    fn the_handbook_of_another_mode_is_rejected() {
        check_rule(
            &RULE,
            "declaration trade_mode=0214 handbook_number=C53168000061
             item handbook_line=1",
            expect![[r#"
                reject declaration handbook_number: trade mode 0214, handbook C53168000061: it is not a handbook of this mode
            "#]],
        );
    }

    #[test]
    fn ordinary_trade_has_none() {
        check_rule(
            &RULE,
            "declaration handbook_number=B53168000061",
            expect![[r#"
                reject declaration handbook_number: trade mode 0110, handbook B53168000061: this mode has none
            "#]],
        );
    }

    #[test]
    fn other_modes_are_not_judged() {
        check_rule(&RULE, "declaration trade_mode=3010 handbook_number=B53168000061", expect![""]);
    }
}
