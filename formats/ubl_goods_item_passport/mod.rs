//! Passport of goods of the Universal Business Language, `GoodsItemPassport` (international-formats.md 9): the carnet
//! under which goods go abroad for a time and come back.
//!
//! It is put on file as evidence beside the declaration of its goods, and proves no origin. Its counterfoils are what
//! customs writes at each crossing; goods listed on them are those of the passport once more, and are not read again.

mod fields;

use crate::Root;
use crate::ubl::certificate::Paper;
use crate::ubl::root;
use crate::xml::row::RowMap;

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblGoodsItemPassport;

impl Paper for UblGoodsItemPassport {
    const NAME: &'static str = "ubl_goods_item_passport";
    const ROOTS: &'static [Root] = &[root!("GoodsItemPassport")];
    const ELEMENT: &'static str = "GoodsItemPassport";
    const HEAD: &'static [&'static RowMap] = &[&fields::HEAD];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;
}

#[cfg(test)]
mod tests;
