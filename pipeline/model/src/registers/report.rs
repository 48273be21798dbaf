//! `reports.csv` 检测报告: test reports.

use jiff::civil::Date;

/// One item of a test report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestReport {
    /// Report number.
    pub number: String,
    /// Laboratory's accreditation number.
    pub accreditation_number: String,
    /// Registration number or unified code of the producer.
    pub producer: String,
    /// Beginning of the commodity codes it speaks of.
    pub commodity_prefix: String,
    /// Item tested.
    pub item: String,
    /// Value found, as written.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// The item passed.
    pub is_passed: bool,
    /// Day of the test.
    pub tested_on: Option<Date>,
    /// First day on which it no longer counts.
    pub valid_to: Option<Date>,
}
