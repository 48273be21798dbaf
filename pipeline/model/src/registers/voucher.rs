//! `vouchers.csv` 服务券: service vouchers of zone firms (FEE-021).

use super::Interval;
use crate::decimal::Decimal;

/// A service voucher as it was issued; what is left of it is the ledger's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Serial number.
    pub serial: String,
    /// Holder's unified code.
    pub holder: String,
    /// Face value, CNY.
    pub value: Decimal,
    /// Fee heads it pays.
    pub services: Vec<String>,
    /// Validity.
    pub valid: Interval,
    /// What one use leaves may be used again.
    pub is_splittable: bool,
}
