//! The certificate, proved on the specimens beside it.

use super::UblCertificateOfOrigin;
use crate::testing::read;
use crate::ubl::testing::{Subject, check_values, values};
use expect_test::{expect, expect_file};

const COMPLETE: &str = include_str!("specimens/complete.xml");
const PREFIXED: &str = include_str!("specimens/prefixed.xml");
const MINIMAL: &str = include_str!("specimens/minimal.xml");
const NOT_ENDORSED: &str = include_str!("specimens/not_endorsed.xml");

static SUBJECT: Subject = Subject {
    format: &UblCertificateOfOrigin,
    complete: COMPLETE,
    minimal: MINIMAL,
    identity: &["/CertificateOfOrigin/ID"],
};

#[test]
fn the_page_is_current() {
    SUBJECT.check_page(include_str!("README.md"), expect_file!["README.md"]);
}

#[test]
fn every_value_arrives_in_its_field() {
    SUBJECT.check_complete(expect_file!["specimens/complete.txt"]);
    SUBJECT.check_leaves();
    check_values(COMPLETE);
}

#[test]
fn how_it_is_written_does_not_matter() {
    SUBJECT.check_spellings(PREFIXED);
}

#[test]
fn the_key_is_no_content_and_all_else_is() {
    SUBJECT.check_content();
}

#[test]
fn nothing_breaks_it() {
    SUBJECT.check_hostile();
}

#[test]
fn who_and_which() {
    assert_eq!(read(COMPLETE).identity, ["declarant 91441323MA4WXY1296", "Certificate E24MA4WXY1290021"]);
    assert_eq!(read(MINIMAL).identity, ["declarant P-1", "Certificate NP-1"]);
}

#[test]
fn invoices_are_kept_and_other_papers_are_not() {
    let reading = read(COMPLETE);
    let names = [
        "CertificateItem 1 invoice_number",
        "CertificateItem 2 invoice_number",
        "CertificateInvoice 1 number",
        "CertificateInvoice 2 date",
        "CertificateInvoice 3 number",
    ];
    expect![[r#"
        CertificateItem 1 invoice_number = INV-9001
        CertificateItem 2 invoice_number = INV-9002
        CertificateInvoice 1 number = INV-9001
        CertificateInvoice 2 date = 2024-09-13
        CertificateInvoice 3 number = 
    "#]]
    .assert_eq(&values(&reading, &names));
}

#[test]
fn what_its_issuer_has_not_endorsed_is_an_application_still() {
    let reading = read(NOT_ENDORSED);
    assert_eq!(reading.kind, "declined");
    expect![[r#"
        MSG-030 warn 41:5 /CertificateOfOrigin/IssuerEndorsement/ApprovalStatus what=not endorsed by its issuer, so still an application approval=Pending
    "#]].assert_eq(&reading.told);
    let silent = NOT_ENDORSED.replace(">Pending<", "><");
    assert_eq!(read(&silent).kind, "declined", "silence is no endorsement");
}
