//! Types of customs-issued certificates of origin, field `CertType`, and the two lists beside it.
//!
//! Sources: single-window.md 5.1 (`CertStatus`), 5.4 (`CertType`) and 5.6 (`TradeModeCode`), English there;
//! the Chinese names are those of the agreements.
//! Destinations, criteria and dates of a form are the rule book's (domain-rules.md 8.1).
//! The list is the later one: in 2007 `S` meant Singapore, which is `X` here (ORG-006).

use super::{CodeList, Row, both};

/// The non-preferential certificate.
pub const GENERAL: &str = "C";
/// The certificate of the generalised system of preferences.
pub const FORM_A: &str = "G";
/// The certificate for ASEAN.
pub const FORM_E: &str = "E";
/// The certificate for the regional partnership.
pub const RCEP: &str = "RC";

/// Status: changed.
pub const CHANGED: &str = "1";
/// Status: issued again.
pub const REISSUED: &str = "2";
/// Status: changed and issued again.
pub const CHANGED_AND_REISSUED: &str = "3";

/// The types, by letter.
pub static LIST: CodeList = CodeList::new("证书类型", "certificate type", ROWS);

/// Trade modes on the certificate, `TradeModeCode`: not the customs list.
pub static TRADE_MODES: CodeList =
    CodeList::new("贸易方式", "trade mode on the certificate", TRADE_MODE_ROWS);

/// Whether a certificate is new, changed or issued again, `CertStatus`.
pub static STATUSES: CodeList = CodeList::new("证书类别", "certificate status", STATUS_ROWS);

/// Whether the certificate of these letters asks for a preference at the destination: all but the general one, and those
/// that are no proofs of origin under an agreement.
#[must_use]
pub fn is_preferential(letters: &str) -> bool {
    LIST.is_known(letters) && !matches!(letters, GENERAL | "AD" | "AP" | "M" | "PR" | "T" | "TR")
}

const ROWS: &[Row] = &[
    both("A", "中国—澳大利亚自由贸易协定", "Australia"),
    both("AD", "输墨西哥瓷砖价格承诺", "Mexico tile price promise"),
    both("AP", "输巴基斯坦瓷砖价格承诺", "Pakistan tile price promise"),
    both("B", "亚太贸易协定", "Asia-Pacific (FORM B)"),
    both("C", "一般原产地证书", "general (CO)"),
    both("CA", "中国—柬埔寨自由贸易协定", "Cambodia"),
    // The reference does not say which Congo.
    both("CG", "中国—刚果", "Congo"),
    both("E", "中国—东盟自由贸易区", "ASEAN (FORM E)"),
    both("EC", "中国—厄瓜多尔自由贸易协定", "Ecuador"),
    both("F", "中国—智利自由贸易协定", "Chile (FORM F)"),
    both("G", "普惠制原产地证书", "GSP (FORM A)"),
    both("GE", "中国—格鲁吉亚自由贸易协定", "Georgia"),
    both("H", "海峡两岸经济合作框架协议", "cross-strait (ECFA)"),
    both("HD", "中国—洪都拉斯自由贸易协定早期收获", "Honduras"),
    both("I", "中国—冰岛自由贸易协定", "Iceland"),
    both("K", "中国—韩国自由贸易协定", "Korea"),
    both("L", "中国—哥斯达黎加自由贸易协定", "Costa Rica"),
    both("M", "输欧盟蘑菇证书", "EU mushrooms"),
    both("MU", "中国—毛里求斯自由贸易协定", "Mauritius"),
    both("MV", "中国—马尔代夫自由贸易协定", "Maldives"),
    both("N", "中国—新西兰自由贸易协定", "New Zealand"),
    both("NI", "中国—尼加拉瓜自由贸易协定", "Nicaragua"),
    both("P", "中国—巴基斯坦自由贸易协定", "Pakistan"),
    both("PR", "加工装配证书", "processing and assembly"),
    both("R", "中国—秘鲁自由贸易协定", "Peru"),
    both("RC", "区域全面经济伙伴关系协定", "RCEP"),
    both("S", "中国—瑞士自由贸易协定", "Switzerland"),
    both("SE", "中国—塞尔维亚自由贸易协定", "Serbia"),
    both("T", "烟草真实性证书", "tobacco"),
    both("TR", "转口证明书", "re-export"),
    both("X", "中国—新加坡自由贸易协定", "Singapore"),
];

const TRADE_MODE_ROWS: &[Row] = &[
    both("0", "其他", "other"),
    both("1", "一般贸易", "general"),
    both("10", "援助", "aid"),
    both("2", "来料加工", "processing with supplied material"),
    both("3", "进料加工", "processing with imported material"),
    both("33", "边民互市", "border residents"),
    both("34", "小额贸易", "small-scale"),
    both("4", "外商投资", "foreign investment"),
    both("5", "易货贸易", "barter"),
    both("6", "补偿贸易", "compensation"),
    both("7", "边境贸易", "border"),
    both("8", "展卖", "exhibition"),
    both("9", "零售", "retail"),
];

const STATUS_ROWS: &[Row] = &[
    both("0", "新证", "new"),
    both("1", "更改", "change"),
    both("2", "重发", "re-issue"),
    both("3", "更改重发", "change and re-issue"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_general_certificate_asks_for_no_preference() {
        for letters in ["E", "G", "RC", "B", "CA"] {
            assert!(is_preferential(letters), "{letters}");
        }
        for letters in ["C", "TR", "PR", "", "CP"] {
            assert!(!is_preferential(letters), "{letters}");
        }
    }

    #[test]
    fn letters_of_org_006() {
        assert_eq!(LIST.name_en("X"), Some("Singapore"));
        assert_eq!(LIST.name_en("S"), Some("Switzerland"));
        assert_eq!(LIST.name_en(FORM_E), Some("ASEAN (FORM E)"));
        assert_eq!(LIST.name_en(FORM_A), Some("GSP (FORM A)"));
        assert!(LIST.is_known(GENERAL) && LIST.is_known(RCEP));
        assert!(!LIST.is_known("D") && !LIST.is_known("e") && !LIST.is_known("CPTPP"));
        assert_eq!(LIST.rows().len(), 31);
    }

    #[test]
    fn trade_modes_are_a_list_of_their_own() {
        assert_eq!(TRADE_MODES.name_en("1"), Some("general"));
        assert_eq!(TRADE_MODES.name_en("34"), Some("small-scale"));
        assert!(!TRADE_MODES.is_known("0110"));
        assert_eq!(TRADE_MODES.rows().len(), 13);
    }

    #[test]
    fn statuses() {
        assert_eq!(STATUSES.name_en("3"), Some("change and re-issue"));
        assert!(!STATUSES.is_known("4"));
    }
}
