//! `CAP`: no more than this is paid (FEE-018).

use super::{Stage, Waiver};
use crate::rules::fee::fee_018_cap;
use model::decimal::Decimal;
use model::registers::PolicyKind;

/// The kind.
pub static WAIVER: Waiver = Waiver { name: "CAP", stage: Stage::Cap, rule: &fee_018_cap::RULE, relief };

fn relief(kind: &PolicyKind, amount: Decimal) -> Decimal {
    match kind {
        PolicyKind::Cap(cap) => fee_018_cap::above(amount, *cap),
        _ => Decimal::ZERO,
    }
}
