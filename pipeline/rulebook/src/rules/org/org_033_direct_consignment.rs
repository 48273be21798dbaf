//! The route leads through a third place, and nothing shows that the goods were left alone there.
//!
//! Preference asks for direct consignment: goods that pass a place outside the agreement need a through bill of lading or
//! a proof that they were not worked on. The message names the place and whether a bill of lading is attached, never
//! whether it is a through bill: with one attached the rule is not judged, without one, or when the certificate itself
//! says the goods were repacked, the goods wait.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::certificate::CertificateHead;
use model::code::{Country, edocument};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-033"),
    name: "consignment-not-direct",
    version: 1,
    title: Words {
        zh: "经第三地运输，缺少直接运输证明", en: "carried through a third place without proof"
    },
    message: Words {
        zh: "证书 {certificate}（{destination}）经 {transit} 转运：{defect}",
        en: "certificate {certificate} for {destination} goes through {transit}: {defect}",
    },
    remedy: Words {
        zh: "提交全程提单或未再加工证明",
        en: "hand in a through bill of lading or a certificate of non-manipulation",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules (agreement texts)", article: "8, ORG-033" }],
    check: Check::Proof(check),
};

const NO_BILL: Words =
    Words { zh: "未附提单或未再加工证明", en: "no bill of lading or other proof is attached" };
const HANDLED: Words = Words {
    zh: "证书注明货物在途中再包装或再加工",
    en: "the certificate says that the goods were handled on the way",
};
const BILL_NOT_READ: Words = Words {
    zh: "所附提单是否为全程提单，报文中无法判断",
    en: "the message does not say whether the attached bill of lading is a through bill",
};
const UNKNOWN_PLACE: Words = Words {
    zh: "中转地名称未收录，无法判断是否属第三方",
    en: "the country of the transit place is not on file",
};

fn check(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = proof.certificate.head;
    let Some((issued_on, _)) = proof.certificate.issued_on() else { return };
    if !proof::form(&proof.certificate, law).is_some_and(|form| form.is_preferential()) {
        return;
    }
    let Some(named) = transit(head, issued_on, law) else { return };
    let Some(country) = named else { return report.not_judged(UNKNOWN_PLACE) };
    if country == Country::CHINA || proof::is_party(head, country, issued_on, law) {
        return;
    }
    let defect = if is_handled(head, issued_on, law) {
        HANDLED
    } else if has_bill(case) {
        return report.not_judged(BILL_NOT_READ);
    } else {
        NO_BILL
    };
    let (certificate, destination, transit) = (head.number, head.destination_country_code, country.code());
    report.place(proof.place, evidence![certificate, destination, transit, defect]);
}

/// The transit country, where a place of transit is named; `Some(None)` when it is one we do not know.
fn transit(head: &CertificateHead<'_>, day: Date, law: &Tables) -> Option<Option<Country>> {
    let way = law.origin_phrases.behind(Phrases::BehindPort, head.route.value, day);
    let named = [head.transit_country_name.value, head.transit_port.value, way.unwrap_or("")];
    let mut named = named.into_iter().filter(|named| is_place(named)).peekable();
    let by_code = Country::from_code(head.transit_country_code.value);
    if by_code.is_none() {
        named.peek()?;
    }
    Some(by_code.or_else(|| named.find_map(|named| law.origin_places.country(named, day))))
}

/// `***` and the like are no place.
fn is_place(named: &str) -> bool {
    named.contains(char::is_alphabetic)
}

fn is_handled(head: &CertificateHead<'_>, day: Date, law: &Tables) -> bool {
    let said = [head.route, head.remark, head.application_note, head.goods_clause];
    said.iter().any(|text| law.origin_phrases.within(Phrases::Handled, text.value, day).is_some())
}

fn has_bill(case: &Case<'_>) -> bool {
    let documents = case.declaration.electronic_documents.iter();
    documents.into_iter().any(|document| document.type_code.value == edocument::BILL_OF_LADING)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn through(documents: &str, route: &str) -> String {
        format!(
            "{documents}
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E destination_country_code=VNM {route}"
        )
    }

    const BILL: &str = "edoc type_code=00000003";
    const VIA: &str = "transit_country_code=HKG transit_port=\"HONG KONG\"";

    #[test]
    fn a_direct_route_and_one_through_a_party() {
        check_rule(&RULE, &through("no edoc", "route=\"FROM YANTIAN TO HAI PHONG BY SEA\""), expect![""]);
        check_rule(&RULE, &through("no edoc", "transit_country_code=SGP"), expect![""]);
        check_rule(&RULE, &through("no edoc", "transit_country_code=*** transit_port=***"), expect![""]);
    }

    #[test]
    fn through_hong_kong_with_a_bill_and_without() {
        check_rule(
            &RULE,
            &through(BILL, VIA),
            expect![[r#"
                not judged: the message does not say whether the attached bill of lading is a through bill
            "#]],
        );
        check_rule(
            &RULE,
            &through("no edoc", "route=\"FROM YANTIAN TO HAI PHONG VIA HONG KONG\""),
            expect![[r#"
                hold origin 1 document_number: certificate E185556000180061 for VNM goes through HKG: no bill of lading or other proof is attached
            "#]],
        );
    }

    #[test]
    fn repacked_in_hong_kong() {
        check_rule(
            &RULE,
            &through(BILL, &format!("{VIA} remark=\"REPACKED IN HONG KONG\"")),
            expect![[r#"
                hold origin 1 document_number: certificate E185556000180061 for VNM goes through HKG: the certificate says that the goods were handled on the way
            "#]],
        );
    }

    #[test]
    fn a_place_that_is_not_on_file_is_not_judged() {
        check_rule(
            &RULE,
            &through(BILL, "transit_port=\"RIVERSIDE QUAY\""),
            expect![[r#"
                not judged: the country of the transit place is not on file
            "#]],
        );
    }

    #[test]
    fn the_general_certificate_may_go_anywhere() {
        check_rule(
            &RULE,
            "no edoc
             licence code=Y number=C185556000180061
             certificate number=C185556000180061 form=C transit_country_code=HKG",
            expect![""],
        );
    }
}
