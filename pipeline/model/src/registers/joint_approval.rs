//! `joint_approvals.csv` 共同检验: approvals of joint inspection (CHN-012, FEE-009).

use super::Interval;
use crate::decimal::Decimal;

/// An approval of joint inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointApproval {
    /// The firm's unified code.
    pub unified_code: String,
    /// Items the firm tests itself.
    pub items: Vec<String>,
    /// Factor on the fee.
    pub factor: Decimal,
    /// Validity.
    pub valid: Interval,
    /// Number of the decision.
    pub decision_number: String,
}
