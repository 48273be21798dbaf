//! Licence documents 监管证件, field `DocuCode`: single-window.md 8.7.
//!
//! One character, case sensitive. The small letters and K, L, M, R come from a second source of the reference.

use super::{CodeList, Row, both, zh};

/// Export clearance slip 出境货物通关单.
pub const EXPORT_CLEARANCE: &str = "B";
/// Permit to export endangered species 濒危物种允许出口证明书 (DOC-019).
pub const SPECIES_EXPORT: &str = "E";
/// Permit to import endangered species 濒危物种允许进口证明书 (DOC-019).
pub const SPECIES_IMPORT: &str = "F";
/// Proof of origin 原产地证明.
pub const ORIGIN: &str = "Y";

/// The list.
pub static LIST: CodeList = CodeList::new("监管证件", "licence document", ROWS);

const ROWS: &[Row] = &[
    zh("1", "进口许可证"),
    zh("2", "两用物项和技术进口许可证"),
    zh("3", "两用物项和技术出口许可证"),
    zh("4", "出口许可证"),
    zh("5", "纺织品临时出口许可证"),
    zh("6", "旧机电产品禁止进口"),
    zh("7", "自动进口许可证"),
    zh("8", "禁止出口商品"),
    zh("9", "禁止进口商品"),
    zh("A", "入境货物通关单"),
    both("B", "出境货物通关单", "export clearance slip"),
    zh("D", "出/入境货物通关单(毛坯钻石用)"),
    zh("E", "濒危物种允许出口证明书"),
    zh("F", "濒危物种允许进口证明书"),
    zh("G", "两用物项和技术出口许可证(定向)"),
    zh("H", "港澳OPA纺织品证明"),
    zh("I", "精神药物进(出)口准许证"),
    zh("J", "金产品出口证或人总行进口批件"),
    zh("K", "深加工结转申请表"),
    zh("L", "药品进出口准许证"),
    zh("M", "密码产品和设备进口许可证"),
    zh("O", "自动进口许可证(新旧机电产品)"),
    zh("P", "固体废物进口许可证"),
    zh("Q", "进口药品通关单"),
    zh("R", "进口兽药通关单"),
    zh("S", "进出口农药登记证明"),
    zh("T", "银行调运外币现钞进出境许可证"),
    zh("U", "白银进口准许证"),
    zh("W", "麻醉药品进出口准许证"),
    zh("X", "有毒化学品环境管理放行通知单"),
    both("Y", "原产地证明", "proof of origin"),
    zh("Z", "音像制品进口批准单或节目提取单"),
    zh("c", "内销征税联系单"),
    zh("e", "关税配额外优惠税率进口棉花配额证"),
    zh("q", "国别关税配额证明"),
    zh("r", "预归类标志"),
    zh("s", "适用ITA税率的商品用途认定证明"),
    zh("t", "关税配额证明"),
    zh("v", "自动进口许可证（加工贸易）"),
    zh("x", "出口许可证（加工贸易）"),
    zh("y", "出口许可证（边境小额贸易）"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_matters() {
        assert_eq!(LIST.name_zh(EXPORT_CLEARANCE), Some("出境货物通关单"));
        assert_eq!(LIST.name_zh(ORIGIN), Some("原产地证明"));
        assert_eq!(LIST.name_zh("y"), Some("出口许可证（边境小额贸易）"));
        assert_eq!(LIST.name_zh("x"), Some("出口许可证（加工贸易）"));
        assert_eq!(LIST.name_zh("X"), Some("有毒化学品环境管理放行通知单"));
        assert_eq!(LIST.name_zh(SPECIES_EXPORT), Some("濒危物种允许出口证明书"));
        assert_eq!(LIST.name_zh(SPECIES_IMPORT), Some("濒危物种允许进口证明书"));
        assert!(!LIST.is_known("b"));
        assert_eq!(LIST.rows().len(), 41);
    }
}
