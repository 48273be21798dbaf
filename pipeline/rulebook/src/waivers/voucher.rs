//! `VOUCHER` 检验检疫服务券: pays what is left of a platform service (FEE-021 to FEE-023).
//!
//! Vouchers need no policy: those of the payer apply by themselves (ruling F1).

use crate::fees::Nature;
use crate::rules::fee::{fee_021_voucher_for_service, fee_022_vouchers_last};
use crate::rules::zon::zon_005_membership;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::{Registers, Voucher};

/// The vouchers that may pay this head for this payer, in the order they are used. What they have left is not looked at.
pub fn of<'l>(
    registers: &'l Registers,
    day: Date,
    head: &str,
    nature: Nature,
    payer: &str,
    trace: &mut Vec<TraceLine>,
) -> Vec<&'l Voucher> {
    let held = registers.vouchers.of(payer).iter();
    let named = held.filter(|voucher| voucher.services.iter().any(|service| service == head));
    let valid = named.filter(|voucher| voucher.valid.contains(day));
    let is_member = zon_005_membership::active(registers, payer, day).is_some();
    let mut vouchers: Vec<&Voucher> = valid
        .filter(|voucher| fee_021_voucher_for_service::may_pay(voucher, head, nature, is_member, trace))
        .collect();
    vouchers.sort_by(|one, other| fee_022_vouchers_last::order(one, other));
    vouchers
}
