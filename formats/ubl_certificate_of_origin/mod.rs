//! Certificate of origin of the Universal Business Language, `CertificateOfOrigin` (international-formats.md 9 and 10).
//!
//! The certificate, its application and its endorsement are one message. One that its issuer has not endorsed is still an
//! application, and is no more decided than a draft.

mod fields;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::ubl::{self, answer, certificate, root};
use crate::xml::row::{Gathering, RowMap};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Identity, Root};
use model::documents::{CertificateRows, Documents};
use model::evidence;
use model::finding::{Finding, Place, Words};

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblCertificateOfOrigin;

impl Message for UblCertificateOfOrigin {
    type Kind = CertificateRows;
    const NAME: &'static str = "ubl_certificate_of_origin";
    const TELLS_FINDINGS: bool = true;
    const ROOTS: &'static [Root] = &[root!("CertificateOfOrigin")];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;
    const REPEATED: &'static [&'static str] = ubl::REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        certificate::read::<fields::Origin>(reader, root, into, gathering)
    }

    fn echo(from: &Documents<'_>, rows: &CertificateRows) -> Echo {
        certificate::echo(from, rows)
    }

    fn declined(from: &Documents<'_>, rows: &CertificateRows) -> Option<Declined> {
        let head = &from.certificate_heads[rows.head as usize];
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

    fn identity<'b>(from: &Documents<'b>, rows: &CertificateRows, content: [u8; 32]) -> Identity<'b> {
        certificate::identity(from, rows, content)
    }

    fn check(from: &Documents<'_>, rows: &CertificateRows, findings: &mut Vec<Finding>) {
        certificate::check(from, rows, findings);
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, "CertificateOfOrigin", &answer.echo.certificate_number, into);
    }
}

/// Words by which issuers say that they have endorsed it: the standard lists none, so other words are no endorsement.
const ENDORSED: &[&str] = &["approved", "endorsed", "issued", "accepted"];

#[cfg(test)]
mod tests;
