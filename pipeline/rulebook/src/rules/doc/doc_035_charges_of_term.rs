//! Freight or insurance does not go with the price term.
//!
//! The declared price is turned into FOB with the charges in the head, so a term that has them in its price must show
//! them: CIF freight and insurance, C&F freight, C&I insurance. The other terms need none (ruling D7). A charge that is
//! not needed is told only, as some senders fill in what they paid.
//! A charge is a mark, a rate or amount above zero, and a currency unless the mark says per cent. A mark outside its
//! list is DOC-036's.

use crate::prelude::*;
use model::code::{fee_mark, price_term};
use model::declaration::DeclarationHead;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-035"),
    name: "charges-not-of-price-term",
    version: 1,
    title: Words { zh: "成交方式与运保费不符", en: "charges do not go with the price term" },
    message: Words { zh: "成交方式 {term}：{charge}{what}", en: "price term {term}: {charge} {what}" },
    remedy: Words {
        zh: "按成交方式填报运费、保险费的标记、数额和币制",
        en: "give mark, amount and currency of the charges the term asks for",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-035" },
        Citation { instrument: "rulings", article: "D7" },
    ],
    check: Check::Declaration(check),
};

const FREIGHT: Words = Words { zh: "运费", en: "freight" };
const INSURANCE: Words = Words { zh: "保险费", en: "insurance" };
const TERM: Words = Words { zh: "代码", en: "the code" };
const MISSING: Words = Words { zh: "未填报", en: "is missing" };
const INCOMPLETE: Words = Words { zh: "填报不完整", en: "is incomplete" };
const NOT_NEEDED: Words =
    Words { zh: "无需填报，仅作提示", en: "is given and not needed; told only" };
const UNKNOWN: Words = Words { zh: "不存在", en: "is in no list" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    if head.price_term.is_empty() {
        return; // Absence is DOC-001's.
    }
    let Some(needs) = law.price_terms.on(head.price_term.value, case.accepted_on()) else {
        let told = evidence![term = head.price_term, charge = TERM, what = UNKNOWN];
        report.at(head, &head.price_term, told);
        return;
    };
    let freight = Charge {
        name: FREIGHT,
        mark: &head.freight_mark,
        rate: &head.freight_rate,
        currency: &head.freight_currency,
    };
    let insurance = Charge {
        name: INSURANCE,
        mark: &head.insurance_mark,
        rate: &head.insurance_rate,
        currency: &head.insurance_currency,
    };
    freight.check(needs.freight, head, report);
    insurance.check(needs.insurance, head, report);
}

struct Charge<'h, 'b> {
    name: Words,
    mark: &'h Text<'b>,
    rate: &'h Text<'b>,
    currency: &'h Text<'b>,
}

impl<'b> Charge<'_, 'b> {
    fn check(&self, needed: bool, head: &DeclarationHead<'b>, report: &mut Reporter<'_>) {
        let absent = self.mark.is_empty() && self.currency.is_empty() && !self.has_rate();
        let (place, what) = match (needed, self.first_gap()) {
            (true, _) if absent => (self.rate, MISSING),
            (true, Some(gap)) => (gap, INCOMPLETE),
            (false, _) if !absent => (self.first_given(), NOT_NEEDED),
            _ => return,
        };
        let told = evidence![term = term(head), charge = self.name, what];
        if needed {
            report.at(head, place, told);
        } else {
            report.with_effect(Effect::Warn).at(head, place, told);
        }
    }

    fn has_rate(&self) -> bool {
        self.rate.decimal().is_some_and(Decimal::is_positive)
    }

    fn first_gap(&self) -> Option<&Text<'b>> {
        if self.mark.is_empty() {
            Some(self.mark)
        } else if !self.has_rate() {
            Some(self.rate)
        } else if self.currency.is_empty() && self.mark.value != fee_mark::RATE {
            Some(self.currency)
        } else {
            None
        }
    }

    fn first_given(&self) -> &Text<'b> {
        [self.rate, self.mark, self.currency].into_iter().find(|text| text.is_present()).unwrap_or(self.rate)
    }
}

/// The term by name.
fn term(head: &DeclarationHead<'_>) -> &'static str {
    price_term::LIST.name_en(head.price_term.value).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const FREIGHT: &str = "freight_mark=3 freight_rate=1800 freight_currency=USD";
    const INSURANCE: &str = "insurance_mark=1 insurance_rate=0.3";

    fn head(term: &str, charges: &[&str]) -> String {
        format!("declaration price_term={term} {}", charges.join(" "))
    }

    #[test]
    fn each_term_with_its_own_charges_passes() {
        check_rule(&RULE, &head("1", &[FREIGHT, INSURANCE]), expect![""]);
        check_rule(&RULE, &head("2", &[FREIGHT]), expect![""]);
        check_rule(&RULE, &head("3", &[]), expect![""]);
        check_rule(&RULE, &head("4", &[INSURANCE]), expect![""]);
        check_rule(&RULE, &head("7", &["freight_rate=0 insurance_rate=0.00"]), expect![""]);
    }

    #[test]
    fn cif_without_freight_is_rejected() {
        check_rule(
            &RULE,
            &head("1", &[INSURANCE]),
            expect![[r#"
                reject declaration freight_rate absent: price term CIF: freight is missing
            "#]],
        );
    }

    #[test]
    fn c_and_i_needs_insurance() {
        check_rule(
            &RULE,
            &head("4", &[]),
            expect![[r#"
                reject declaration insurance_rate absent: price term C&I: insurance is missing
            "#]],
        );
    }

    #[test]
    fn a_charge_has_a_mark_an_amount_and_a_currency() {
        check_rule(
            &RULE,
            &head("2", &["freight_mark=3 freight_rate=1800"]),
            expect![[r#"
                reject declaration freight_currency absent: price term C&F: freight is incomplete
            "#]],
        );
        check_rule(
            &RULE,
            &head("2", &["freight_mark=3 freight_rate=0 freight_currency=USD"]),
            expect![[r#"
                reject declaration freight_rate: price term C&F: freight is incomplete
            "#]],
        );
    }

    #[test]
    fn a_charge_that_is_not_needed_is_told() {
        check_rule(
            &RULE,
            &head("3", &[FREIGHT]),
            expect![[r#"
                warn declaration freight_rate: price term FOB: freight is given and not needed; told only
            "#]],
        );
        check_rule(
            &RULE,
            &head("5", &[INSURANCE]),
            expect![[r#"
                warn declaration insurance_rate: price term market: insurance is given and not needed; told only
            "#]],
        );
    }

    #[test]
    fn a_term_in_no_list_is_rejected() {
        check_rule(
            &RULE,
            &head("8", &[]),
            expect![[r#"
                reject declaration price_term: price term 8: the code is in no list
            "#]],
        );
    }
}
