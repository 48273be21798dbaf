//! `draws.csv` 抽批种子: the committed secret of a day.

use jiff::civil::Date;

/// The seed of a day's draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// Day.
    pub date: Date,
    /// Secret part; the seed is `date:secret`.
    pub secret: String,
    /// SHA-256 of the seed, lower-case hexadecimal, published before the day.
    pub commitment: String,
    /// Day on which the secret is revealed.
    pub revealed_on: Option<Date>,
}
