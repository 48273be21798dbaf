//! The consignee of a preferential certificate is no firm of a party.
//!
//! The consignee box names the firm that imports, in a country the form is issued for; form B may leave it TO ORDER in
//! third-party trade. The general certificate goes to anybody. The country is read off the end of the box; a box that
//! names none is not judged.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_forms::Consignee;
use crate::tables::origin_phrases::Phrases;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-012"),
    name: "consignee-outside-party",
    version: 1,
    title: Words { zh: "收货人不在协定缔约方", en: "consignee is no firm of a party" },
    message: Words {
        zh: "{form} 类证书（{destination}）收货人栏{defect} {found}",
        en: "form {form} for {destination}: the consignee box {defect} {found}",
    },
    remedy: Words {
        zh: "收货人填写进口方实际收货企业；中间商填入第三方栏目",
        en: "name the importing firm as consignee, and a middleman in the box for third parties",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S27, S33, S34b, S37", article: "8, ORG-012" }],
    check: Check::Certificate(check),
};

const ELSEWHERE: Words = Words { zh: "所填企业位于", en: "names a firm in" };
const LEFT_OPEN: Words = Words { zh: "不得填", en: "may not say" };
const NO_COUNTRY: Words =
    Words { zh: "收货人栏未写明国家", en: "the consignee box names no country" };

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let Some(form) = proof::form(&case.certificate, law) else { return };
    let box_2 = head.consignee.value;
    if form.consignee == Consignee::Any {
        return;
    }
    let (defect, found) = if law.origin_phrases.behind(Phrases::ToOrder, box_2, issued_on).is_some() {
        if form.consignee == Consignee::PartyOrOrder {
            return;
        }
        (LEFT_OPEN, box_2)
    } else {
        let Some(country) = law.origin_places.country(box_2, issued_on) else {
            return report.not_judged(NO_COUNTRY);
        };
        if proof::is_party(head, country, issued_on, law) {
            return;
        }
        (ELSEWHERE, country.code())
    };
    let destination = head.destination_country_code;
    report.at(head, &head.consignee, evidence![form = head.form, destination, defect, found]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_german_firm_on_form_a() {
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=DEU consignee=\"SCHUHHAUS GMBH, HAMBURG, GERMANY\"
             certificate form=G destination_country_code=DEU consignee=\"MERROW SARL, LE HAVRE, FRANCE\"",
            expect![""],
        );
        // Japan grants its own preference, so its firm is a middleman here.
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=DEU consignee=\"HARUKAZE SHOES K.K., KOBE, JAPAN\"",
            expect![[r#"
                reject certificate 1 consignee: form G for DEU: the consignee box names a firm in JPN
            "#]],
        );
    }

    #[test]
    fn a_firm_of_hong_kong_on_rcep() {
        let to = |consignee: &str| {
            format!(
                "certificate form=RC destination_country_code=JPN issue_date=2022-06-01 consignee=\"{consignee}\""
            )
        };
        check_rule(&RULE, &to("HARUKAZE SHOES K.K., KOBE, JAPAN"), expect![""]);
        check_rule(
            &RULE,
            &to("SEABRIDGE TRADING LTD., 9 QUEEN STREET, HONG KONG"),
            expect![[r#"
                reject certificate 1 consignee: form RC for JPN: the consignee box names a firm in HKG
            "#]],
        );
    }

    #[test]
    fn to_order_is_for_the_asia_pacific_form_and_the_general_one() {
        for form in ["form=B destination_country_code=IND", "form=C"] {
            check_rule(&RULE, &format!("certificate {form} consignee=\"TO ORDER\""), expect![""]);
        }
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM consignee=\"TO ORDER\"",
            expect![[r#"
                reject certificate 1 consignee: form E for VNM: the consignee box may not say TO ORDER
            "#]],
        );
    }

    #[test]
    fn a_box_without_a_country_is_not_judged() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM consignee=\"SONG HONG SHOES CO., LTD.\"",
            expect![[r#"
                not judged: the consignee box names no country
            "#]],
        );
    }
}
