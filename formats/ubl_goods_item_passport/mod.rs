//! Passport of goods of the Universal Business Language, `GoodsItemPassport` (international-formats.md 9): the carnet
//! under which goods go abroad for a time and come back.
//!
//! It is put on file as evidence beside the declaration of its goods, and proves no origin. Its counterfoils are what
//! customs writes at each crossing; goods listed on them are those of the passport once more, and are not read again.

mod fields;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::ubl::{self, answer, certificate, root};
use crate::xml::row::{Gathering, RowMap};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Identity, Root};
use model::documents::{CertificateRows, Documents};
use model::finding::Finding;

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblGoodsItemPassport;

impl Message for UblGoodsItemPassport {
    type Kind = CertificateRows;
    const NAME: &'static str = "ubl_goods_item_passport";
    const TELLS_FINDINGS: bool = true;
    const ROOTS: &'static [Root] = &[root!("GoodsItemPassport")];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;
    const REPEATED: &'static [&'static str] = ubl::REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        certificate::read::<fields::Passport>(reader, root, into, gathering)
    }

    fn echo(from: &Documents<'_>, rows: &CertificateRows) -> Echo {
        certificate::echo(from, rows)
    }

    fn declined(_from: &Documents<'_>, _rows: &CertificateRows) -> Option<Declined> {
        None
    }

    fn identity<'b>(from: &Documents<'b>, rows: &CertificateRows, content: [u8; 32]) -> Identity<'b> {
        certificate::identity(from, rows, content)
    }

    fn check(from: &Documents<'_>, rows: &CertificateRows, findings: &mut Vec<Finding>) {
        certificate::check(from, rows, findings);
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, "GoodsItemPassport", &answer.echo.certificate_number, into);
    }
}

#[cfg(test)]
mod tests;
