//! `FULL`: all of it is taken off, and nothing follows (FEE-015).

use super::{Stage, Waiver};
use crate::rules::fee::fee_015_full_ends;
use model::decimal::Decimal;
use model::registers::PolicyKind;

/// The kind.
pub static WAIVER: Waiver =
    Waiver { name: "FULL", stage: Stage::Full, rule: &fee_015_full_ends::RULE, relief };

fn relief(_kind: &PolicyKind, amount: Decimal) -> Decimal {
    amount
}
