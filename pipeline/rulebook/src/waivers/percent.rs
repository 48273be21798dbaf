//! `PERCENT`: so many per cent are taken off (FEE-016, FEE-017).

use super::{Stage, Waiver};
use crate::rules::fee::{fee_016_best_single, fee_017_percent_bounds};
use model::decimal::Decimal;
use model::registers::PolicyKind;

/// The kind.
pub static WAIVER: Waiver =
    Waiver { name: "PERCENT", stage: Stage::Reduction, rule: &fee_016_best_single::RULE, relief };

fn relief(kind: &PolicyKind, amount: Decimal) -> Decimal {
    match kind {
        PolicyKind::Percent(percent) => fee_017_percent_bounds::share(amount, *percent),
        _ => Decimal::ZERO,
    }
}
