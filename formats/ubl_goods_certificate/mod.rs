//! Goods certificate of the Universal Business Language, `GoodsCertificate` (international-formats.md 9): health,
//! catch, quality and the like, as one authority attests it to another.
//!
//! It is put on file as evidence beside the declaration of its goods, and proves no origin: the kinds it comes in are
//! national, so its type is no form of a certificate of origin, whatever letters it has.

mod fields;

use crate::Root;
use crate::ubl::certificate::Paper;
use crate::ubl::root;
use crate::xml::row::RowMap;

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblGoodsCertificate;

impl Paper for UblGoodsCertificate {
    const NAME: &'static str = "ubl_goods_certificate";
    const ROOTS: &'static [Root] = &[root!("GoodsCertificate")];
    const ELEMENT: &'static str = "GoodsCertificate";
    const HEAD: &'static [&'static RowMap] = &[&fields::HEAD];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;
}

#[cfg(test)]
mod tests;
