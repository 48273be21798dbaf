//! An invoice of a third party is used, and the firm is not named with its country.
//!
//! Who invoices from outside the parties is named in a box of the form, with company name and country. The message carries
//! a mark, the words of the remark, and a list of such firms; each of these raises the question. A remark that ends with
//! a country counts as naming the firm.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::certificate::{Certificate, NonPartyFirm};
use model::code::Country;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-035"),
    name: "third-party-not-named",
    version: 1,
    title: Words {
        zh: "第三方发票未列明企业名称和国别", en: "third-party invoice without firm and country"
    },
    message: Words {
        zh: "证书 {certificate} 使用第三方发票，{defect}；{form} 类证书应填在：{place}",
        en: "certificate {certificate} goes with a third-party invoice: {defect}; form {form} names it in box {place}",
    },
    remedy: Words {
        zh: "勾选第三方发票并填写开票企业名称和国家（地区）",
        en: "tick third-party invoicing and name the firm that invoices, with its country",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S27, S31, S40", article: "8.1, ORG-035" }],
    check: Check::Certificate(check),
};

const NO_FIRM: Words = Words { zh: "未列开票企业", en: "no firm is named" };
const NO_NAME: Words = Words { zh: "开票企业缺名称", en: "a firm has no name" };
const NO_COUNTRY: Words = Words { zh: "开票企业缺国别", en: "a firm has no country" };
const NOT_ON_FILE: Words = Words {
    zh: "该类证书对第三方发票的规定尚未收录",
    en: "what this form asks of a third-party invoice is not on file",
};

/// The mark is set.
const MARKED: [&str; 2] = ["1", "Y"];

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let certificate = &case.certificate;
    let head = certificate.head;
    let Some((issued_on, _)) = certificate.issued_on() else { return };
    let Some(form) = proof::form(certificate, law) else { return };
    if !is_used(certificate, issued_on, law) {
        return;
    }
    let Some(third_party_box) = &form.third_party_box else { return report.not_judged(NOT_ON_FILE) };
    let defect = match certificate.non_party_firms {
        [] if law.origin_places.country(head.remark.value, issued_on).is_some() => return,
        [] => NO_FIRM,
        firms if firms.iter().any(|firm| firm.name.is_empty()) => NO_NAME,
        firms if !firms.iter().all(has_country) => NO_COUNTRY,
        _ => return,
    };
    let place = proof::box_of_form(third_party_box);
    let evidence = evidence![certificate = head.number, form = head.form, defect, place];
    report.at(head, &head.third_party_invoice_flag, evidence);
}

fn is_used(certificate: &Certificate<'_>, day: Date, law: &Tables) -> bool {
    let head = certificate.head;
    let said = [head.remark, head.goods_clause, head.application_note, head.invoice_clauses];
    MARKED.contains(&head.third_party_invoice_flag.value)
        || !certificate.non_party_firms.is_empty()
        || said.iter().any(|text| law.origin_phrases.within(Phrases::ThirdParty, text.value, day).is_some())
}

fn has_country(firm: &NonPartyFirm<'_>) -> bool {
    firm.country_name.is_present() || Country::from_code(firm.country_code.value).is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn korea(rest: &str) -> String {
        format!("certificate form=K number=K185556000180061 destination_country_code=KOR {rest}")
    }

    #[test]
    fn the_operator_stands_in_box_5() {
        check_rule(&RULE, &korea(""), expect![""]);
        check_rule(
            &RULE,
            &korea(
                "third_party_invoice_flag=1 remark=\"NON-PARTY OPERATOR SEABRIDGE TRADING LTD., HONG KONG\"",
            ),
            expect![""],
        );
        check_rule(
            &RULE,
            &korea(
                "third_party_invoice_flag=1\nfirm_outside name=\"SEABRIDGE TRADING LTD.\" country_code=HKG",
            ),
            expect![""],
        );
    }

    #[test]
    fn nobody_is_named() {
        check_rule(
            &RULE,
            &korea("third_party_invoice_flag=1"),
            expect![[r#"
                reject certificate 1 third_party_invoice_flag: certificate K185556000180061 goes with a third-party invoice: no firm is named; form K names it in box 5
            "#]],
        );
        check_rule(
            &RULE,
            &korea("remark=\"THIRD PARTY INVOICING\"\nfirm_outside name=\"SEABRIDGE TRADING LTD.\""),
            expect![[r#"
                reject certificate 1 third_party_invoice_flag absent: certificate K185556000180061 goes with a third-party invoice: a firm has no country; form K names it in box 5
            "#]],
        );
    }

    #[test]
    fn a_form_without_a_rule_on_file_is_not_judged() {
        check_rule(
            &RULE,
            "certificate form=G destination_country_code=DEU third_party_invoice_flag=1",
            expect![[r#"
                not judged: what this form asks of a third-party invoice is not on file
            "#]],
        );
    }
}
