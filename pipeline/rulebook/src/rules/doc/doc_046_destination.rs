//! Final port, country of shipment and country of the buyer do not agree.
//!
//! The first three letters of a final port are its country. Trade through a third country is common and lawful: so this
//! is told only, and not where the remarks of the declaration say something, which may be the reason.
//! The buyer's own country is not on the message; the country of the counterparty stands for it.

use crate::prelude::*;
use model::code::Country;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-046"),
    name: "destination-inconsistent",
    version: 1,
    title: Words {
        zh: "运抵国、指运港与贸易国不一致",
        en: "destination, final port and counterparty's country do not agree",
    },
    message: Words {
        zh: "运抵国 {destination}，{field}为 {value}（{country}），备注未说明原因",
        en: "country of destination is {destination}, {field} is {value} ({country}), and the remarks give no reason",
    },
    remedy: Words {
        zh: "核对后更正；属第三国贸易或转运的，在备注中说明",
        en: "correct it, or give the reason in the remarks: trade through a third country, transhipment",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-046" },
        Citation { instrument: "rulings", article: "X6" },
    ],
    check: Check::Declaration(check),
};

const PORT: Words = Words { zh: "指运港", en: "final port" };
const COUNTERPARTY: Words = Words { zh: "贸易国", en: "counterparty's country" };

/// Letters of a port that name its country.
const COUNTRY_LETTERS: usize = 3;

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let Some(destination) = place(head.destination_country.value) else { return };
    if head.remarks.is_present() {
        return;
    }
    let of_port = head.final_port.value.get(..COUNTRY_LETTERS);
    let of_port = of_port.filter(|letters| letters.bytes().all(|byte| byte.is_ascii_uppercase()));
    for (field, value, country) in [
        (PORT, &head.final_port, of_port.and_then(place)),
        (COUNTERPARTY, &head.trading_country, place(head.trading_country.value)),
    ] {
        if let Some(country) = country
            && country != destination
        {
            let told =
                evidence![destination = destination.code(), field, value = *value, country = country.code()];
            report.at(head, value, told);
        }
    }
}

/// A country that is one place: customs' own codes for several or none agree with anything.
fn place(code: &str) -> Option<Country> {
    Country::from_code(code).filter(|country| country.is_place())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn germany_hamburg_germany_passes_in_any_code() {
        check_rule(&RULE, "", expect![""]);
        check_rule(
            &RULE,
            "declaration destination_country=304 final_port=DEU309 trading_country=DE",
            expect![""],
        );
    }

    #[test]
    fn busan_is_not_in_germany() {
        check_rule(
            &RULE,
            "declaration final_port=KOR003",
            expect![[r#"
                warn declaration final_port: country of destination is DEU, final port is KOR003 (KOR), and the remarks give no reason
            "#]],
        );
    }

    #[test]
    fn a_buyer_elsewhere_is_told() {
        check_rule(
            &RULE,
            "declaration trading_country=HKG",
            expect![[r#"
                warn declaration trading_country: country of destination is DEU, counterparty's country is HKG (HKG), and the remarks give no reason
            "#]],
        );
    }

    #[test]
    fn a_reason_in_the_remarks_is_enough() {
        check_rule(&RULE, "declaration final_port=KOR003 remarks=釜山转运", expect![""]);
    }

    #[test]
    fn what_names_no_country_is_not_compared() {
        check_rule(&RULE, "declaration final_port=1234 trading_country=ZZZ", expect![""]);
        check_rule(&RULE, "declaration destination_country=", expect![""]);
    }
}
