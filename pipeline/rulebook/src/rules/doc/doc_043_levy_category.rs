//! The levy category does not go with the trade mode.
//!
//! The table of domain-rules 6.2: ordinary trade is levied as usual (101) or by a few other grounds, processing under
//! its own. A mode without a row, such as those of e-commerce, is told and not judged (ruling D8).
//! An empty category is DOC-001's where the table does not allow it.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-043"),
    name: "levy-category-not-of-trade-mode",
    version: 1,
    title: Words {
        zh: "监管方式与征免性质不匹配", en: "levy category does not go with the trade mode"
    },
    message: Words {
        zh: "监管方式 {trade_mode} 可配征免性质 {allowed}，申报 {levy_category}",
        en: "trade mode {trade_mode} goes with levy category {allowed}, declared {levy_category}",
    },
    remedy: Words {
        zh: "核对监管方式和征免性质后更正",
        en: "check trade mode and levy category and correct one of them",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S22", article: "6, DOC-043; 6.2" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const NO_ROW: Words = Words { zh: "（表中无此监管方式）", en: "(no row for this mode)" };
const BLANK: Words = Words { zh: "（空）", en: "(blank)" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let (trade_mode, levy_category) = (head.trade_mode, head.levy_category);
    if trade_mode.is_empty() {
        return; // Absence is DOC-001's.
    }
    let Some(natures) = law.levy_natures.on(trade_mode.value, case.accepted_on()) else {
        let declared = if levy_category.is_empty() { Value::from(BLANK) } else { Value::from(levy_category) };
        let told = evidence![trade_mode, allowed = NO_ROW, levy_category = declared];
        report.with_effect(Effect::Warn).at(head, &head.trade_mode, told);
        return;
    };
    if levy_category.is_present() && !natures.natures.iter().any(|nature| nature == levy_category.value) {
        let allowed = natures.natures.join(", ");
        report.at(head, &head.levy_category, evidence![trade_mode, allowed, levy_category]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn every_pair_of_the_table_passes() {
        for (mode, category) in [
            ("0110", "101"),
            ("0110", "299"),
            ("0110", "602"),
            ("0214", "502"),
            ("0615", "503"),
            ("0654", ""),
            ("1039", ""),
            ("3010", "299"),
            ("4561", "299"),
        ] {
            let notation = format!("declaration trade_mode={mode} levy_category={category}");
            check_rule(&RULE, &notation, expect![""]);
        }
    }

    #[test]
    fn ordinary_trade_under_processing_is_rejected() {
        check_rule(
            &RULE,
            "declaration trade_mode=0110 levy_category=502",
            expect![[r#"
                reject declaration levy_category: trade mode 0110 goes with levy category 101, 299, 601, 602, 603, declared 502
            "#]],
        );
    }

    #[test]
    fn a_mode_without_a_row_is_told() {
        check_rule(
            &RULE,
            "declaration trade_mode=9710 levy_category=101",
            expect![[r#"
                warn declaration trade_mode: trade mode 9710 goes with levy category (no row for this mode), declared 101
            "#]],
        );
    }

    #[test]
    fn an_empty_category_is_left_to_doc_001() {
        check_rule(&RULE, "declaration trade_mode=0110 levy_category=", expect![""]);
    }
}
