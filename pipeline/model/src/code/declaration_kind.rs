//! Kind of declaration 单据类型, field `Type`: single-window.md 8.2.
//!
//! The field is positional: characters 1–2 are the kind, 3 the way of filing, 7 says combined ports.
//! Empty is an ordinary declaration.

use super::{CodeList, Row, zh};

/// Characters 1–2.
pub static LIST: CodeList = CodeList::new("单据类型", "declaration kind", ROWS);

/// How the declaration is filed, character 3.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filing {
    /// All at once: 0 or blank.
    Full,
    /// Summary first: 5.
    Summary,
    /// The completing half: 6.
    Complete,
}

/// Characters 1–2, blanks removed; empty for an ordinary declaration.
#[must_use]
pub fn kind(field: &str) -> &str {
    field.get(..2).unwrap_or(field).trim()
}

/// Whether characters 1–2 are empty or on the list.
///
/// One source adds prefixes of self-reported tax: Z alone and with B, C, F, W, X or Y;
/// as Z alone is one, whatever begins with it is let pass.
#[must_use]
pub fn is_known(field: &str) -> bool {
    let kind = kind(field);
    kind.is_empty() || kind.starts_with('Z') || LIST.is_known(kind)
}

/// Character 3; `None` when it is neither blank nor listed.
#[must_use]
pub fn filing(field: &str) -> Option<Filing> {
    match field.as_bytes().get(2) {
        None | Some(b'0' | b' ') => Some(Filing::Full),
        Some(b'5') => Some(Filing::Summary),
        Some(b'6') => Some(Filing::Complete),
        Some(_) => None,
    }
}

/// Whether character 7 is Z, combined ports. The stated length of the field is 6, so this one is rare.
#[must_use]
pub fn is_combined_ports(field: &str) -> bool {
    field.as_bytes().get(6) == Some(&b'Z')
}

const ROWS: &[Row] = &[
    zh("AL", "极简备案清单"),
    zh("BL", "次简备案清单"),
    zh("CL", "汇总征税报关单"),
    zh("EC", "低值快速货物汇总征税报关单"),
    zh("EX", "低值快速货物报关单"),
    zh("H1", "径予放行简化申报(海南)"),
    zh("H2", "二线出岛简化申报(海南)"),
    zh("IT", "分期纳税报关单"),
    zh("LY", "两单一审备案清单"),
    zh("MF", "公路舱单跨境快速通关报关单"),
    zh("MK", "公路舱单跨境快速通关备案清单"),
    zh("ML", "保税区进出境备案清单"),
    zh("MT", "TIR运输"),
    zh("MU", "多式联运报关单"),
    zh("SD", "属地申报口岸验放报关单"),
    zh("SL", "水运中转两单一审备案清单"),
    zh("SM", "水运中转保税区备案清单"),
    zh("SS", "属地申报属地验放报关单"),
    zh("SW", "税单无纸化"),
    zh("SZ", "水运中转普通报关单"),
    zh("TT", "纳税期限报关单"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        assert_eq!(kind("ML1000"), "ML");
        assert_eq!(LIST.name_zh(kind("ML1000")), Some("保税区进出境备案清单"));
        assert_eq!(filing("ML1000"), None);
        assert_eq!(filing("ML0000"), Some(Filing::Full));
        assert_eq!(filing("  5"), Some(Filing::Summary));
        assert_eq!(filing("SW6"), Some(Filing::Complete));
        assert_eq!(filing(""), Some(Filing::Full));
        assert!(is_combined_ports("SW0000Z") && !is_combined_ports("SW0000"));
        for field in ["", "  0000", "ZC", "H1", "Z00000"] {
            assert!(is_known(field), "{field:?}");
        }
        assert!(!is_known("QQ0000") && !is_known("单据"));
    }
}
