//! The paper, proved on the specimens beside it.

use super::UblGoodsCertificate;
use crate::testing::read;
use crate::ubl::testing::{Subject, check_values, unprefixed};
use expect_test::expect_file;

const COMPLETE: &str = include_str!("specimens/complete.xml");
const MINIMAL: &str = include_str!("specimens/minimal.xml");

static SUBJECT: Subject = Subject {
    format: &UblGoodsCertificate,
    complete: COMPLETE,
    minimal: MINIMAL,
    identity: &["/GoodsCertificate/ID"],
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
    SUBJECT.check_spellings(&unprefixed(COMPLETE));
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
fn it_is_filed_by_whose_it_is_and_proves_no_origin() {
    let reading = read(COMPLETE);
    assert_eq!(reading.kind, "certificate");
    assert_eq!(reading.identity, ["declarant 91441323MA4WXY1296", "Certificate HC-2024-5"]);
    assert_eq!(reading.value("CertificateHead 1 form"), "", "its type `E` is none of the letters of origin");
    assert_eq!(
        read(MINIMAL).identity[0],
        "declarant 1234",
        "without an exporter, whoever consigns the goods"
    );
}
