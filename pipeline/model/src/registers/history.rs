//! `history.csv` 历史: what a producer has sent before (ruling C6).

use crate::code::country::Country;

/// Batches a producer has sent of a heading to a destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastBatches {
    /// Registration number or unified code of the producer.
    pub producer: String,
    /// Heading: four digits.
    pub heading: String,
    /// Destination; none: not told.
    pub destination: Option<Country>,
    /// Batches.
    pub n_batches: u32,
}
