//! The goods are loaded outside China, or discharged outside the parties.
//!
//! The port of discharge lies in a country the preferential form is issued for. A landlocked destination is named with
//! the way behind it, SWITZERLAND VIA ROTTERDAM, and not the port on the way alone. Ports are read by name; a name that is
//! not on file is not judged, nor is an empty box.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::code::Country;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-032"),
    name: "port-outside-party",
    version: 1,
    title: Words {
        zh: "启运港或卸货港不符", en: "port of loading or discharge is of another country"
    },
    message: Words {
        zh: "{which}“{port}”位于 {country}：{defect} {wanted}",
        en: "{which} \"{port}\" lies in {country}: {defect} {wanted}",
    },
    remedy: Words {
        zh: "更正港口；经第三方港口转运的，写明目的地并注明 VIA 及该港",
        en: "correct the port; where the way leads through another country, name the destination and VIA",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S38, S38b", article: "8, ORG-032" }],
    check: Check::Certificate(check),
};

const LOADING: Words = Words { zh: "启运港", en: "port of loading" };
const DISCHARGE: Words = Words { zh: "卸货港", en: "port of discharge" };
const NOT_CHINA: Words = Words { zh: "应位于", en: "it should be in" };
const NOT_PARTY: Words =
    Words { zh: "应位于缔约方，进口国为", en: "it should be in a party; the goods are for" };
const UNKNOWN_PORT: Words = Words {
    zh: "港口名称未收录，无法判断所在国家",
    en: "the country of a port is not on file",
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let Some(form) = proof::form(&case.certificate, law) else { return };
    if head.load_port.is_present() {
        let port = head.load_port;
        match country(port, issued_on, law) {
            None => report.not_judged(UNKNOWN_PORT),
            Some(Country::CHINA) => {}
            Some(country) => {
                let (which, country, defect, wanted) =
                    (LOADING, country.code(), NOT_CHINA, Country::CHINA.code());
                report.at(head, &head.load_port, evidence![which, port, country, defect, wanted]);
            }
        }
    }
    if form.is_preferential() && head.discharge_port.is_present() {
        let port = head.discharge_port;
        match country(port, issued_on, law) {
            None => report.not_judged(UNKNOWN_PORT),
            Some(country) if proof::is_party(head, country, issued_on, law) => {}
            Some(country) => {
                let wanted = head.destination_country_code;
                let (which, country, defect) = (DISCHARGE, country.code(), NOT_PARTY);
                report.at(head, &head.discharge_port, evidence![which, port, country, defect, wanted]);
            }
        }
    }
}

/// The country of the port, the way behind it left out.
fn country(port: Text<'_>, day: Date, law: &Tables) -> Option<Country> {
    law.origin_places.country(law.origin_phrases.before(Phrases::BehindPort, port.value, day), day)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn swiss(port: &str) -> String {
        format!(
            "certificate form=S destination_country_code=CHE load_port=\"YANTIAN, CHINA\" discharge_port=\"{port}\""
        )
    }

    #[test]
    fn switzerland_via_rotterdam() {
        check_rule(&RULE, &swiss("SWITZERLAND VIA ROTTERDAM"), expect![""]);
        check_rule(&RULE, &swiss("BASEL"), expect![""]);
        check_rule(
            &RULE,
            &swiss("ROTTERDAM"),
            expect![[r#"
                reject certificate 1 discharge_port: port of discharge "ROTTERDAM" lies in NLD: it should be in a party; the goods are for CHE
            "#]],
        );
    }

    #[test]
    fn goods_are_loaded_in_china() {
        let from =
            |port: &str| format!("certificate form=E destination_country_code=VNM load_port=\"{port}\"");
        check_rule(&RULE, &from("SHENZHEN"), expect![""]);
        check_rule(&RULE, &from("SHENZHEN VIA HONG KONG"), expect![""]);
        check_rule(
            &RULE,
            &from("HONG KONG"),
            expect![[r#"
                reject certificate 1 load_port: port of loading "HONG KONG" lies in HKG: it should be in CHN
            "#]],
        );
    }

    #[test]
    fn another_party_will_do_and_the_general_form_goes_anywhere() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=LAO discharge_port=\"LAEM CHABANG\"
             certificate form=G destination_country_code=DEU discharge_port=ROTTERDAM
             certificate form=C destination_country_code=DEU discharge_port=\"HONG KONG\"",
            expect![""],
        );
    }

    #[test]
    fn a_port_that_is_not_on_file_is_not_judged() {
        check_rule(
            &RULE,
            &swiss("RIVERSIDE QUAY 7"),
            expect![[r#"
                not judged: the country of a port is not on file
            "#]],
        );
    }
}
