//! `CAP`: no more than this is paid, of a head or in a year (FEE-018). What a year has left is [`fee_018_cap`]'s to say.

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
