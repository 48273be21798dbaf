//! A number or a code does not have the format the gateway asks for.
//!
//! The local reference number has at most so many characters; a country has two capital letters, a currency three. Whether
//! there is such a country is another question, which the gateway's own lists answer.

use crate::prelude::*;
use crate::tables::gateway_limits::Bound;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10010"),
    name: "format-invalid",
    version: 1,
    title: Words { zh: "数据格式错误", en: "a value has the wrong format" },
    message: Words { zh: "{value}：{what}", en: "{value}: {what}" },
    remedy: Words { zh: "按规定格式填报", en: "give the value in the format asked for" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10010" }],
    check: Check::Declaration(check),
};

const TOO_LONG: Words =
    Words { zh: "申报人自编号（LRN）过长", en: "the local reference number is too long" };
const COUNTRY: Words =
    Words { zh: "国别代码应为两位大写字母", en: "a country has two capital letters" };
const CURRENCY: Words =
    Words { zh: "币制代码应为三位大写字母", en: "a currency has three capital letters" };

const COUNTRY_LETTERS: usize = 2;
const CURRENCY_LETTERS: usize = 3;

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let (head, signature) = (declaration.head, declaration.signature);
    let number = &signature.client_number;
    let limit = law.gateway_limits.on(Bound::ReferenceCharacters, case.accepted_on());
    if limit.is_some_and(|limit| number.value.chars().count() > limit) {
        report.at(signature, number, evidence![value = *number, what = TOO_LONG]);
    }
    letters(head, &head.destination_country, COUNTRY_LETTERS, COUNTRY, report);
    for country in [
        &particulars.export_country,
        &particulars.location_country,
        &particulars.border_transport_nationality,
    ] {
        letters(particulars, country, COUNTRY_LETTERS, COUNTRY, report);
    }
    letters(particulars, &particulars.invoice_currency, CURRENCY_LETTERS, CURRENCY, report);
    for on_the_way in declaration.route_countries {
        letters(on_the_way, &on_the_way.country, COUNTRY_LETTERS, COUNTRY, report);
    }
    for (item, more) in declaration.lines() {
        letters(item, &item.destination_country, COUNTRY_LETTERS, COUNTRY, report);
        letters(item, &item.currency, CURRENCY_LETTERS, CURRENCY, report);
        letters(more, &more.export_country, COUNTRY_LETTERS, COUNTRY, report);
        letters(more, &more.statistical_currency, CURRENCY_LETTERS, CURRENCY, report);
    }
}

fn letters<'b, R: Record<'b>>(row: &R, text: &Text<'b>, n: usize, what: Words, report: &mut Reporter<'_>) {
    let is_code = text.value.len() == n && text.value.bytes().all(|byte| byte.is_ascii_uppercase());
    if text.is_present() && !is_code {
        report.at(row, text, evidence![value = *text, what]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_longest_number_passes() {
        check_rule(
            &RULE,
            "uk
             signature client_number=1234567890123456789012",
            expect![""],
        );
    }

    #[test]
    fn one_character_more_is_rejected() {
        check_rule(
            &RULE,
            "uk
             signature client_number=12345678901234567890123",
            expect![[r#"
                reject signature client_number: 12345678901234567890123: the local reference number is too long
            "#]],
        );
    }

    #[test]
    fn countries_and_currencies_have_capital_letters() {
        check_rule(
            &RULE,
            "uk
             declaration destination_country=NOR
             particulars invoice_currency=gbp
             route_country country=no
             item currency=EURO",
            expect![[r#"
                reject declaration destination_country: NOR: a country has two capital letters
                reject particulars invoice_currency: gbp: a currency has three capital letters
                reject route_country 1 country: no: a country has two capital letters
                reject item 1 currency: EURO: a currency has three capital letters
            "#]],
        );
    }
}
