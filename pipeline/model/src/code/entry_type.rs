//! Form of the declaration 报关单类型, field `EntryType`: single-window.md 8.1.
//!
//! The reference gives the meanings in English; the Chinese names are those customs uses, not seen there.
//! Which forms this channel takes is ruling X1, here as [`is_paperless`].

use super::{CodeList, Row, both};

/// Paperless clearance, the form in use.
pub const PAPERLESS_CLEARANCE: &str = "M";

/// The list.
pub static LIST: CodeList = CodeList::new("报关单类型", "declaration form", ROWS);

/// Whether the form is one of the paperless ones, M, W and D.
#[must_use]
pub fn is_paperless(code: &str) -> bool {
    matches!(code, "M" | "W" | "D")
}

const ROWS: &[Row] = &[
    both("0", "普通报关单", "ordinary"),
    both("D", "带清单无纸报关", "list and paperless"),
    both("L", "带报关单清单", "with declaration list"),
    both("M", "通关无纸化", "paperless clearance"),
    both("W", "无纸报关", "paperless"),
];

#[cfg(test)]
mod tests {
    use super::{LIST, is_paperless};

    #[test]
    fn forms_of_ruling_x1() {
        for (code, paperless) in [("M", true), ("W", true), ("D", true), ("0", false), ("L", false)] {
            assert!(LIST.is_known(code));
            assert_eq!(is_paperless(code), paperless, "{code}");
        }
        // Code 8 belongs to older software and never appears on this wire.
        assert!(!LIST.is_known("8") && !is_paperless("8") && !is_paperless(""));
    }
}
