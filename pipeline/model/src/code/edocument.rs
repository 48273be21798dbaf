//! E-documents 随附单据, field `EdocCode`, and statement material of `DecCopPromise`: single-window.md 8.10.
//!
//! The full official table was not found, so an unknown code is no defect.

use super::{CodeList, Row, both};

/// Invoice 发票.
pub const INVOICE: &str = "00000001";
/// Packing list 装箱单.
pub const PACKING_LIST: &str = "00000002";
/// Bill of lading or waybill 提/运单.
pub const BILL_OF_LADING: &str = "00000003";
/// Contract 合同.
pub const CONTRACT: &str = "00000004";
/// Agency agreement 代理报关委托协议.
pub const AGENCY_AGREEMENT: &str = "10000001";
/// Statement of conformity of an export, in `DeclaratioMaterialCode` (ruling D2).
pub const EXPORT_STATEMENT: &str = "102053";

/// The types of e-document seen.
pub static LIST: CodeList = CodeList::new("随附单据", "e-document", ROWS);

/// The statement materials seen. Six figures; 101 for entry, 102 for exit (uncertain: inferred).
pub static STATEMENTS: CodeList = CodeList::new("证明/声明材料", "statement material", STATEMENT_ROWS);

const ROWS: &[Row] = &[
    both("00000001", "发票", "invoice"),
    both("00000002", "装箱单", "packing list"),
    both("00000003", "提/运单", "bill of lading or waybill"),
    both("00000004", "合同", "contract"),
    both("10000001", "代理报关委托协议", "agency agreement, electronic"),
    both("10000002", "减免税货物税款担保证明", "proof of guarantee for duty"),
    both("10000003", "减免税货物税款担保延期证明", "extension of the proof of guarantee for duty"),
    both("10000004", "跨境电商B2B订单", "B2B e-commerce order"),
];

const STATEMENT_ROWS: &[Row] = &[
    both("101040", "进口证明/声明材料", "statement material, import"),
    both("102053", "出口证明/声明材料", "statement material, export"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_ruling_d2() {
        for (code, name) in [
            (INVOICE, "发票"),
            (PACKING_LIST, "装箱单"),
            (BILL_OF_LADING, "提/运单"),
            (CONTRACT, "合同"),
            (AGENCY_AGREEMENT, "代理报关委托协议"),
        ] {
            assert_eq!(LIST.name_zh(code), Some(name));
        }
        assert!(STATEMENTS.is_known(EXPORT_STATEMENT));
        assert!(!LIST.is_known("1"));
    }
}
