//! A value does not have the format of the schema: too long, with letters where figures belong, with too many decimals.
//!
//! The local reference number is bounded more narrowly than by the schema; countries and currencies are in capital letters.
//! Whether there is such a country is another question, which the gateway's own lists answer.

use crate::prelude::*;
use crate::tables::gateway_formats::Format;
use crate::tables::gateway_limits::Bound;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10010"),
    name: "format-invalid",
    version: 1,
    title: Words { zh: "数据格式错误", en: "a value has the wrong format" },
    message: Words {
        zh: "{value} 不符合格式 {format}", en: "{value} does not have the format {format}"
    },
    remedy: Words { zh: "按规定格式填报", en: "give the value in the format asked for" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10010" }],
    check: Check::Declaration(check),
};

const COUNTRY: &str = "A-Z, 2";
const CURRENCY: &str = "A-Z, 3";
const COUNTRY_LETTERS: usize = 2;
const CURRENCY_LETTERS: usize = 3;

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let (head, signature) = (declaration.head, declaration.signature);
    let day = case.accepted_on();
    let number = &signature.client_number;
    let limit = law.gateway_limits.on(Bound::ReferenceCharacters, day);
    if let Some(limit) = limit.filter(|limit| number.value.chars().count() > *limit) {
        report.at(signature, number, evidence![value = shown(number), format = format!("an..{limit}")]);
    }
    capitals(head, &head.destination_country, COUNTRY_LETTERS, report);
    for country in [
        &particulars.export_country,
        &particulars.location_country,
        &particulars.border_transport_nationality,
    ] {
        capitals(particulars, country, COUNTRY_LETTERS, report);
    }
    capitals(particulars, &particulars.invoice_currency, CURRENCY_LETTERS, report);
    for on_the_way in declaration.route_countries {
        capitals(on_the_way, &on_the_way.country, COUNTRY_LETTERS, report);
    }
    for (item, more) in declaration.lines() {
        capitals(item, &item.destination_country, COUNTRY_LETTERS, report);
        capitals(item, &item.currency, CURRENCY_LETTERS, report);
        capitals(more, &more.export_country, COUNTRY_LETTERS, report);
        capitals(more, &more.statistical_currency, CURRENCY_LETTERS, report);
    }
    by_schema(case, law, report);
}

fn by_schema(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let day = case.accepted_on();
    rows(std::slice::from_ref(declaration.head), law, day, report);
    rows(declaration.particulars, law, day, report);
    rows(declaration.items, law, day, report);
    rows(declaration.item_particulars, law, day, report);
    rows(declaration.containers, law, day, report);
    rows(declaration.classifications, law, day, report);
    rows(declaration.origin_countries, law, day, report);
    rows(declaration.procedures, law, day, report);
    rows(declaration.packages, law, day, report);
    rows(declaration.supporting_documents, law, day, report);
    rows(declaration.explanations, law, day, report);
    rows(declaration.previous_documents, law, day, report);
    rows(declaration.authorisations, law, day, report);
    rows(declaration.guarantees, law, day, report);
    rows(declaration.duty_claims, law, day, report);
    rows(declaration.route_countries, law, day, report);
}

fn rows<'c, R: Record<'c>>(rows: &[R], law: &Tables, day: Date, report: &mut Reporter<'_>) {
    if rows.is_empty() {
        return;
    }
    let formats: Vec<(usize, Format)> = law
        .gateway_formats
        .of_row(R::NAME, day)
        .into_iter()
        .filter_map(|(field, format)| Some((R::field_named(field)?, format)))
        .collect();
    for row in rows {
        for &(field_idx, format) in &formats {
            let text = row.text(field_idx);
            if text.is_present() && format.is_missed_by(text.value) {
                report.at(row, text, evidence![value = shown(text), format = format.to_string()]);
            }
        }
    }
}

fn capitals<'b, R: Record<'b>>(row: &R, text: &Text<'b>, n: usize, report: &mut Reporter<'_>) {
    // Another length is the schema's.
    if text.value.len() == n && !text.value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let format = if n == COUNTRY_LETTERS { COUNTRY } else { CURRENCY };
        report.at(row, text, evidence![value = *text, format]);
    }
}

/// Characters of a value that a finding repeats.
const SHOWN_MAX: usize = 64;

fn shown(text: &Text<'_>) -> String {
    match text.value.char_indices().nth(SHOWN_MAX) {
        None => text.value.to_owned(),
        Some((end, _)) => format!("{}…", &text.value[..end]),
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
                reject signature client_number: 12345678901234567890123 does not have the format an..22
            "#]],
        );
    }

    #[test]
    fn countries_and_currencies_have_capital_letters() {
        check_rule(
            &RULE,
            "uk
             particulars invoice_currency=gbp
             route_country country=no",
            expect![[r#"
                reject particulars invoice_currency: gbp does not have the format A-Z, 3
                reject route_country 1 country: no does not have the format A-Z, 2
            "#]],
        );
    }

    #[test]
    fn values_have_the_length_and_the_letters_of_the_schema() {
        check_rule(
            &RULE,
            "uk
             declaration destination_country=NOR
             particulars declaration_type=EXAM
             package goods_line=1 quantity=123456789",
            expect![[r#"
                reject declaration destination_country: NOR does not have the format a2
                reject particulars declaration_type: EXAM does not have the format an..3
                reject package 1 quantity: 123456789 does not have the format n..8
            "#]],
        );
    }

    #[test]
    fn numbers_have_no_more_decimals_than_the_schema() {
        check_rule(
            &RULE,
            "uk
             item_particulars gross_mass_kg=590.25000 net_mass_kg=480.5 statistical_value=1.0001
             item total_price=1.001",
            expect![[r#"
                reject item_particulars 1 statistical_value: 1.0001 does not have the format n..16,3
            "#]],
        );
    }
}
