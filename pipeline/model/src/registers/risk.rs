//! `risk.csv` 产品风险: the risk of goods by commodity code (CHN-003).

use super::Interval;
use crate::finding::Words;

/// Risk of a product (order 113).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// 一般
    General,
    /// 较高
    Raised,
    /// 高
    High,
}

impl Risk {
    /// All, from the lightest.
    pub const ALL: [Risk; 3] = [Risk::General, Risk::Raised, Risk::High];

    /// Name in tables and registers.
    pub const fn name(self) -> &'static str {
        match self {
            Risk::General => "general",
            Risk::Raised => "raised",
            Risk::High => "high",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        let zh = match self {
            Risk::General => "一般",
            Risk::Raised => "较高",
            Risk::High => "高",
        };
        Words { zh, en: self.name() }
    }

    /// The risk with this name.
    pub fn named(name: &str) -> Option<Risk> {
        Risk::ALL.into_iter().find(|risk| risk.name() == name)
    }
}

/// Risk of the goods under a commodity prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRisk {
    /// Beginning of the commodity codes.
    pub commodity_prefix: String,
    /// Risk.
    pub risk: Risk,
    /// Days on which it holds.
    pub valid: Interval,
}
