//! A fee mark is not one of its list.
//!
//! Freight and other charges are a rate in per cent (1), a price for each tonne (2) or a total (3).
//! Insurance is never charged by weight, so 2 is wrong there (ruling D7).

use crate::prelude::*;
use model::code::fee_mark;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-036"),
    name: "fee-mark-unknown",
    version: 1,
    title: Words { zh: "费用标记错误", en: "fee mark is not in its list" },
    message: Words {
        zh: "{charge}标记为 {mark}，应为 {allowed} 之一",
        en: "{charge} mark is {mark}, it must be one of {allowed}",
    },
    remedy: Words {
        zh: "改填1（率）、2（单价，保险费不适用）或3（总价）",
        en: "give 1 (rate), 2 (unit price, not for insurance) or 3 (total)",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S21", article: "6, DOC-036" },
        Citation { instrument: "rulings", article: "D7" },
    ],
    check: Check::Declaration(check),
};

const FREIGHT: Words = Words { zh: "运费", en: "freight" };
const INSURANCE: Words = Words { zh: "保险费", en: "insurance" };
const OTHER: Words = Words { zh: "杂费", en: "other charges" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for (charge, mark) in [(FREIGHT, &head.freight_mark), (OTHER, &head.other_mark)] {
        if mark.is_present() && !fee_mark::LIST.is_known(mark.value) {
            report.at(head, mark, evidence![charge, mark = *mark, allowed = "1, 2, 3"]);
        }
    }
    let mark = head.insurance_mark;
    if mark.is_present() && !fee_mark::is_insurance_mark(mark.value) {
        report.at(head, &head.insurance_mark, evidence![charge = INSURANCE, mark, allowed = "1, 3"]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_total_and_a_unit_price_of_freight_pass() {
        check_rule(&RULE, "declaration freight_mark=3 freight_rate=1800 freight_currency=USD", expect![""]);
        check_rule(&RULE, "declaration freight_mark=2 other_mark=2 insurance_mark=3", expect![""]);
    }

    #[test]
    fn mark_4_is_rejected() {
        check_rule(
            &RULE,
            "declaration freight_mark=4",
            expect![[r#"
                reject declaration freight_mark: freight mark is 4, it must be one of 1, 2, 3
            "#]],
        );
    }

    #[test]
    fn insurance_has_no_unit_price() {
        check_rule(
            &RULE,
            "declaration insurance_mark=2 other_mark=0",
            expect![[r#"
                reject declaration other_mark: other charges mark is 0, it must be one of 1, 2, 3
                reject declaration insurance_mark: insurance mark is 2, it must be one of 1, 3
            "#]],
        );
    }
}
