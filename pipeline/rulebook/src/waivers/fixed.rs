//! `FIXED`: an amount is taken off, and never more than there is (FEE-013).

use super::{Stage, Waiver};
use crate::rules::fee::fee_013_quota_short;
use model::decimal::Decimal;
use model::registers::PolicyKind;

/// The kind.
pub static WAIVER: Waiver =
    Waiver { name: "FIXED", stage: Stage::Reduction, rule: &fee_013_quota_short::RULE, relief };

fn relief(kind: &PolicyKind, amount: Decimal) -> Decimal {
    match kind {
        PolicyKind::Fixed(fixed) => (*fixed).clamp(Decimal::ZERO, amount),
        _ => Decimal::ZERO,
    }
}
