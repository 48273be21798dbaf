//! Certificate of origin of the Universal Business Language, `CertificateOfOrigin` (international-formats.md 9 and 10).
//!
//! The certificate, its application and its endorsement are one message. One that its issuer has not endorsed is still an
//! application, and is no more decided than a draft.

mod fields;

use crate::Root;
use crate::frame::Declined;
use crate::ubl::certificate::Paper;
use crate::ubl::root;
use crate::xml::row::RowMap;
use model::certificate::CertificateHead;
use model::evidence;
use model::finding::{Place, Words};

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblCertificateOfOrigin;

impl Paper for UblCertificateOfOrigin {
    const NAME: &'static str = "ubl_certificate_of_origin";
    const ROOTS: &'static [Root] = &[root!("CertificateOfOrigin")];
    const ELEMENT: &'static str = "CertificateOfOrigin";
    const HEAD: &'static [&'static RowMap] = &[&fields::HEAD];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;

    fn declined(head: &CertificateHead<'_>) -> Option<Declined> {
        let is_endorsed = ENDORSED.iter().any(|word| word.eq_ignore_ascii_case(head.approval.value));
        (!is_endorsed).then(|| Declined {
            why: Words {
                zh: "签发机构尚未签发，仍是申请",
                en: "not endorsed by its issuer, so still an application",
            },
            place: Place::of(head, &head.approval),
            evidence: evidence![approval = head.approval],
        })
    }
}

/// Words by which issuers say that they have endorsed it: the standard lists none, so other words are no endorsement.
const ENDORSED: &[&str] = &["approved", "endorsed", "issued", "accepted"];

#[cfg(test)]
mod tests;
