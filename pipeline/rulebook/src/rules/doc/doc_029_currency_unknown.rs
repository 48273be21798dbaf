//! A currency is none, or none that customs takes on the day.
//!
//! Letters are those of ISO 4217, three figures the old numbers of customs; both are read on every day, as the two
//! generations live side by side. Judged for the lines, and for freight, insurance and other charges unless they are a
//! rate, which has no currency.

use crate::prelude::*;
use model::code::{Currency, fee_mark};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-029"),
    name: "currency-not-taken",
    version: 1,
    title: Words { zh: "币制代码错误", en: "currency is not in the list of customs" },
    message: Words { zh: "币制 {currency}：{what}", en: "currency {currency} {what}" },
    remedy: Words {
        zh: "按申报日的货币代码表更正币制",
        en: "give a currency of the list in force on the day",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-029" },
        Citation { instrument: "single-window", article: "8.13; 10, trap 6" },
    ],
    check: Check::Declaration(check),
};

const NONE: Words = Words { zh: "无此货币代码", en: "is no code of a currency" };
const NOT_TAKEN: Words =
    Words { zh: "申报日不在海关货币代码表内", en: "is not in the list of the day" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    for (mark, currency) in [
        (head.freight_mark, &head.freight_currency),
        (head.insurance_mark, &head.insurance_currency),
        (head.other_mark, &head.other_currency),
    ] {
        if mark.value != fee_mark::RATE {
            judge(case, law, head, currency, report);
        }
    }
    for item in case.items() {
        judge(case, law, item, &item.currency, report);
    }
}

fn judge<'b, R: Record<'b>>(
    case: &Case<'_>,
    law: &Tables,
    row: &R,
    currency: &Text<'b>,
    report: &mut Reporter<'_>,
) {
    let what = match Currency::from_code(currency.value) {
        _ if currency.is_empty() => return, // Absence is DOC-001's and DOC-035's.
        Some(known) if law.currencies.are_taken(known, case.accepted_on()) => return,
        Some(_) => NOT_TAKEN,
        None => NONE,
    };
    report.at(row, currency, evidence![currency = *currency, what]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn dollars_pass_in_letters_and_by_the_old_number() {
        check_rule(&RULE, "item currency=USD\nitem currency=502", expect![""]);
    }

    #[test]
    fn xxx_is_rejected() {
        check_rule(
            &RULE,
            "item currency=XXX",
            expect![[r#"
                reject item 1 currency: currency XXX is no code of a currency
            "#]],
        );
    }

    #[test]
    fn kuna_were_money_until_2023() {
        check_rule(&RULE, "accepted 2023-01-14\nitem currency=HRK", expect![""]);
        check_rule(
            &RULE,
            "accepted 2023-01-15\nitem currency=HRK",
            expect![[r#"
                reject item 1 currency: currency HRK is not in the list of the day
            "#]],
        );
    }

    #[test]
    fn charges_have_currencies_and_a_rate_has_none() {
        check_rule(
            &RULE,
            "declaration freight_mark=3 freight_rate=1800 freight_currency=usd insurance_mark=1 insurance_currency=000",
            expect![[r#"
                reject declaration freight_currency: currency usd is no code of a currency
            "#]],
        );
    }

    #[test]
    fn an_empty_currency_is_left_to_doc_001() {
        check_rule(&RULE, "item currency=", expect![""]);
    }
}
