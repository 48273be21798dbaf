//! The invoice on the certificate is dated after departure, or is not the invoice of these goods.
//!
//! By itself a certificate shows the dates and whether its lines name its own invoices. Beside a declaration it is
//! compared with the attached invoice, whose number the message carries only as the firm's own file name: a name that
//! begins with the certificate's number fits, a name of the same series of numbers that does not is returned, and any
//! other name says nothing. Under RCEP one invoice makes one certificate.

use crate::prelude::*;
use crate::proof;
use jiff::civil::Date;
use model::certificate::Certificate;
use model::code::{certificate_type, edocument};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-034"),
    name: "invoice-mismatch",
    version: 1,
    title: Words { zh: "证书发票与货物发票不符", en: "invoice on the certificate does not fit" },
    message: Words {
        zh: "证书 {certificate} 的发票 {invoice}：{defect} {compared}",
        en: "invoice {invoice} of certificate {certificate} {defect} {compared}",
    },
    remedy: Words {
        zh: "核对发票号码和日期，更正证书或随附单据",
        en: "check number and date of the invoice, and correct the certificate or the attached document",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules S27b (agency guidance)", article: "8, ORG-034" }],
    check: Check::CertificateAndProof(alone, beside),
};

const AFTER_DEPARTURE: Words = Words { zh: "日期晚于出运日期", en: "is dated after departure on" };
const NOT_OF_LINE: Words = Words { zh: "与货项所列发票不同", en: "is not the one its line names," };
const NOT_ATTACHED: Words = Words { zh: "与报关单随附发票不同", en: "is not the one attached," };
const USED_TWICE: Words =
    Words { zh: "同时用于另一份 RCEP 证书", en: "is on another RCEP certificate too," };
const NUMBER_NOT_SHOWN: Words = Words {
    zh: "随附发票的号码未在报文中载明",
    en: "the message does not carry the number of the attached invoice",
};

fn alone(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let certificate = &case.certificate;
    let head = certificate.head;
    if let Some(departed_on) = head.departure_date.date() {
        judge_dates(certificate, departed_on, Place::of(head, &head.invoice_date), report);
    }
    for line in certificate.goods() {
        let named = line.invoice_number;
        let is_own = |own: Text<'_>| own.value.contains(named.value);
        if head.invoice_number.is_present()
            && !is_own(head.invoice_number)
            && !certificate.invoices.iter().any(|invoice| is_own(invoice.number))
        {
            let evidence = told(certificate, NOT_OF_LINE, named.into());
            report.at(line, &line.invoice_number, evidence);
        }
    }
}

fn beside(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if let Some(departed_on) = proof::departed_on_declaration(case, proof) {
        judge_dates(&proof.certificate, departed_on, proof.place, report);
    }
    judge_attached(case, proof, report);
    if let Some(other) = same_invoice_before(case, proof) {
        report.place(proof.place, told(&proof.certificate, USED_TWICE, other.into()));
    }
}

fn judge_dates(certificate: &Certificate<'_>, departed_on: Date, place: Place, report: &mut Reporter<'_>) {
    let dates = certificate.invoices.iter().map(|invoice| invoice.date);
    let latest = dates.chain([certificate.head.invoice_date]).filter_map(|date| date.date()).max();
    if let Some(invoice_date) = latest.filter(|latest| departed_on < *latest) {
        let mut evidence = told(certificate, AFTER_DEPARTURE, departed_on.into());
        evidence.extend(evidence![invoice_date]);
        report.place(place, evidence);
    }
}

fn judge_attached(case: &Case<'_>, proof: &Proof<'_>, report: &mut Reporter<'_>) {
    let number = proof.certificate.head.invoice_number.value;
    let documents = case.declaration.electronic_documents.iter();
    let invoices = documents.filter(|document| document.type_code.value == edocument::INVOICE);
    let mut stranger = None;
    for name in invoices.map(|document| document.firm_file_name.value) {
        if begins_with(name, number) {
            return;
        }
        if is_same_series(name, number) {
            stranger = Some(name);
        }
    }
    match stranger {
        Some(name) => report.place(proof.place, told(&proof.certificate, NOT_ATTACHED, name.into())),
        None => report.not_judged(NUMBER_NOT_SHOWN),
    }
}

/// An RCEP certificate claimed before this one that names the same invoice.
fn same_invoice_before<'c>(case: &Case<'c>, proof: &Proof<'c>) -> Option<Text<'c>> {
    let head = proof.certificate.head;
    if head.form.value != certificate_type::RCEP || head.invoice_number.is_empty() {
        return None;
    }
    case.proofs()
        .map(|other| other.certificate.head)
        .take_while(|other| other.number.value != head.number.value)
        .find(|other| {
            other.form.value == head.form.value && other.invoice_number.value == head.invoice_number.value
        })
        .map(|other| other.number)
}

fn told(certificate: &Certificate<'_>, defect: Words, compared: Value) -> Evidence {
    let head = certificate.head;
    vec![
        ("certificate", head.number.into()),
        ("invoice", head.invoice_number.into()),
        ("defect", defect.into()),
        ("compared", compared),
    ]
}

/// Letters and figures of a number, in capitals: `hd-2018/061` and `HD2018061` are one number.
fn signs(number: &str) -> impl Iterator<Item = char> {
    number.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase)
}

/// The file name begins with the number.
fn begins_with(name: &str, number: &str) -> bool {
    let mut name = signs(name);
    !number.is_empty() && signs(number).all(|sign| name.next() == Some(sign))
}

/// Both begin with the same letters, and figures follow: numbers of one series.
fn is_same_series(name: &str, number: &str) -> bool {
    let letters = |text| signs(text).take_while(|sign| !sign.is_ascii_digit());
    letters(number).next().is_some()
        && letters(name).eq(letters(number))
        && name.contains(|sign: char| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn claimed(file_name: &str, invoice: &str) -> String {
        format!(
            "edoc type_code=00000001 firm_file_name={file_name}
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E invoice_number={invoice}"
        )
    }

    #[test]
    fn an_invoice_of_the_day_of_departure_is_in_time() {
        check_rule(&RULE, "certificate number=E185556000180061 form=E invoice_date=2018-06-03", expect![""]);
        check_rule(
            &RULE,
            "certificate number=E185556000180061 form=E invoice_date=2018-06-04",
            expect![[r#"
                reject certificate 1 invoice_date: invoice HD-INV-061 of certificate E185556000180061 is dated after departure on 2018-06-03
            "#]],
        );
    }

    #[test]
    fn the_number_of_the_attached_invoice() {
        check_rule(&RULE, &claimed("hd_inv061.pdf", "HD-INV-061"), expect![""]);
        check_rule(&RULE, &claimed("HD-INV-061_signed.pdf", "HD-INV-061"), expect![""]);
        check_rule(
            &RULE,
            &claimed("HD-INV-062.pdf", "HD-INV-061"),
            expect![[r#"
                reject origin 1 document_number: invoice HD-INV-061 of certificate E185556000180061 is not the one attached, HD-INV-062.pdf
            "#]],
        );
    }

    #[test]
    fn a_file_name_of_no_such_series_says_nothing() {
        for name in ["scan20180601.pdf", "发票.pdf", ""] {
            check_rule(
                &RULE,
                &claimed(name, "HD-INV-061"),
                expect![[r#"
                    not judged: the message does not carry the number of the attached invoice
                "#]],
            );
        }
    }

    #[test]
    fn a_line_names_an_invoice_of_its_certificate() {
        check_rule(
            &RULE,
            "certificate number=E185556000180061 form=E
             line invoice_number=HD-INV-061
             line invoice_number=HD-INV-070",
            expect![[r#"
                reject certificate line 2 invoice_number: invoice HD-INV-061 of certificate E185556000180061 is not the one its line names, HD-INV-070
            "#]],
        );
    }

    #[test]
    fn one_invoice_makes_one_rcep_certificate() {
        let two = |form: &str| {
            format!(
                "edoc type_code=00000001 firm_file_name=HD-INV-061.pdf
                 origin document_number=C{form}225556000180061
                 origin document_number=C{form}225556000180062
                 certificate number={form}225556000180061 form={form}
                 certificate number={form}225556000180062 form={form}"
            )
        };
        check_rule(&RULE, &two("E"), expect![""]);
        check_rule(
            &RULE,
            &two("RC"),
            expect![[r#"
                reject origin 2 document_number: invoice HD-INV-061 of certificate RC225556000180062 is on another RCEP certificate too, RC225556000180061
            "#]],
        );
    }
}
