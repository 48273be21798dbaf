//! `firms.csv` 企业: who is who.

/// A firm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// Unified social credit code.
    pub unified_code: String,
    /// Customs registration code.
    pub customs_code: String,
    /// Inspection registration code.
    pub inspection_code: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Town.
    pub town: String,
    /// Size.
    pub size: String,
}
