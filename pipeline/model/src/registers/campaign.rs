//! `campaigns.csv` 专项行动: campaigns that raise the batch ratio in a window (CHN-015).

use super::Interval;

/// A campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Campaign {
    /// Campaign number.
    pub number: String,
    /// Beginning of the commodity codes; empty: any.
    pub commodity_prefix: String,
    /// Towns of production; none: any.
    pub towns: Vec<String>,
    /// Brands; none: any.
    pub brands: Vec<String>,
    /// Least ratio, basis points; none: that of the table.
    pub floor_bp: Option<u32>,
    /// Days on which it runs.
    pub valid: Interval,
}
