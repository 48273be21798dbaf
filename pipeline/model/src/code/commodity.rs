//! Shapes of commodity codes: HS with national figures, and the longer inspection code.
//!
//! Sources: domain-rules.md DOC-014 and DOC-015, single-window.md 3.3 (`CodeTS`).
//! Whether a code is in the tariff of a day is a table of the rule book.

/// Figures of a national commodity code.
pub const LENGTH: usize = 10;
/// Figures of an inspection (CIQ) code.
pub const INSPECTION_LENGTH: usize = 13;

/// Whether it is ten figures.
#[must_use]
pub fn is_commodity_code(code: &str) -> bool {
    code.len() == LENGTH && is_figures(code)
}

/// Figures 1–2 of any code of two or more.
#[must_use]
pub fn chapter(code: &str) -> Option<&str> {
    prefix(code, 2)
}

/// Figures 1–4.
#[must_use]
pub fn heading(code: &str) -> Option<&str> {
    prefix(code, 4)
}

/// Figures 1–6, which all members of the HS share.
#[must_use]
pub fn subheading(code: &str) -> Option<&str> {
    prefix(code, 6)
}

/// Whether a 13-figure inspection code belongs to a commodity code: it begins with it (DOC-015).
#[must_use]
pub fn is_inspection_code_of(inspection: &str, commodity: &str) -> bool {
    inspection.len() == INSPECTION_LENGTH
        && is_figures(inspection)
        && is_commodity_code(commodity)
        && inspection.starts_with(commodity)
}

fn prefix(code: &str, length: usize) -> Option<&str> {
    code.get(..length).filter(|prefix| is_figures(prefix))
}

fn is_figures(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_doc_014() {
        assert!(is_commodity_code("6403990090"));
        assert!(!is_commodity_code("64039900") && !is_commodity_code("6403.99009") && !is_commodity_code(""));
        assert_eq!(chapter("6403990090"), Some("64"));
        assert_eq!(heading("6403990090"), Some("6403"));
        assert_eq!(subheading("6403990090"), Some("640399"));
        assert_eq!(heading("64"), None);
        assert_eq!(heading("64.03"), None);
        assert_eq!(chapter("鞋"), None);
    }

    #[test]
    fn codes_of_doc_015() {
        assert!(is_inspection_code_of("6405901000101", "6405901000"));
        assert!(is_inspection_code_of("6405901000102", "6405901000"));
        assert!(!is_inspection_code_of("6403990090101", "6405901000"));
        assert!(!is_inspection_code_of("640590100010", "6405901000"));
        assert!(!is_inspection_code_of("6405901000101", ""));
    }
}
