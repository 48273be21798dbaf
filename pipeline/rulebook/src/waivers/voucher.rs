//! `VOUCHER` 检验检疫服务券: pays what is left of a platform service (FEE-021 to FEE-023).
//!
//! Vouchers need no policy: those of the payer apply by themselves (ruling F1).

use crate::fees::Nature;
use crate::rules::fee::{fee_021_voucher_for_service, fee_022_vouchers_last};
use crate::rules::zon::zon_005_membership;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::{Registers, Voucher};

/// The vouchers that may pay this head for this payer, in the order they are used: where they stand among those of the
/// payer. What they have left is not looked at.
pub fn of(
    registers: &Registers,
    day: Date,
    head: &str,
    nature: Nature,
    payer: &str,
    trace: &mut Vec<TraceLine>,
) -> Vec<usize> {
    let held = registers.vouchers.of(payer);
    let names = |voucher: &Voucher| voucher.services.iter().any(|service| service == head);
    let valid = (0..held.len()).filter(|&idx| names(&held[idx]) && held[idx].valid.contains(day));
    let is_member = zon_005_membership::active(registers, payer, day).is_some();
    let mut vouchers: Vec<usize> = valid
        .filter(|&idx| fee_021_voucher_for_service::may_pay(&held[idx], head, nature, is_member, trace))
        .collect();
    vouchers.sort_by(|&one, &other| fee_022_vouchers_last::order(&held[one], &held[other]));
    vouchers
}
