//! Vouchers pay last, the one that expires first before the others, then the lowest serial number.
//!
//! No change is paid. What one use leaves may be used again only where the voucher is splittable.

use crate::prelude::*;
use crate::waivers::Chain;
use jiff::civil::Date;
use model::assessment::Authority;
use model::registers::Voucher;
use model::waiver::{Account, AccountKind, Drawing};
use std::cmp::Ordering;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-022"),
    name: "vouchers-last",
    version: 1,
    title: Words { zh: "服务券最后抵扣", en: "vouchers pay last" },
    message: Words {
        zh: "抵扣前 {before} 元，抵扣后 {after} 元", en: "{before} becomes {after} by voucher"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "5, FEE-022" },
        Citation { instrument: "rulings", article: "F1" },
    ],
    check: Check::Step,
};

/// Which of two vouchers is used first.
pub fn order(one: &Voucher, other: &Voucher) -> Ordering {
    let expiry = |voucher: &Voucher| voucher.valid.to.unwrap_or(Date::MAX);
    expiry(one).cmp(&expiry(other)).then_with(|| one.serial.cmp(&other.serial))
}

/// Pays what is left with vouchers that are in order.
pub fn pay<'l>(chain: &mut Chain, vouchers: impl Iterator<Item = &'l Voucher>, drawing: &mut Drawing<'_>) {
    for voucher in vouchers {
        let account = Account::new(AccountKind::Voucher, &voucher.serial);
        let left =
            drawing.used(&account).and_then(|used| voucher.value.checked_sub(used)).unwrap_or(Decimal::ZERO);
        let paid = left.min(chain.amount);
        if paid.is_positive() {
            chain.change(&RULE, Authority::Voucher(voucher.serial.clone()), paid.negated());
            drawing.take(&account, if voucher.is_splittable { paid } else { left });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check_fee, vouchers_used};
    use expect_test::expect;

    #[test]
    fn the_worked_statement() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20",
            expect![[r#"
                LAB-CM 1500.00 → 250.00
                step 1050.00 -800.00 → 250.00
            "#]],
        );
    }

    #[test]
    fn the_one_that_expires_first_then_the_lowest_serial() {
        let voucher = |serial: &str, to: &str| {
            format!(
                "voucher serial={serial} holder=91441323555600018G value=600 services=LAB-CM to={to} splittable=yes\n"
            )
        };
        let three =
            voucher("V-1", "2019-06-01") + &voucher("V-3", "2019-01-01") + &voucher("V-2", "2019-01-01");
        assert_eq!(
            vouchers_used(&format!(
                "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nmember scc=91441323555600018G from=2018-03-20\n{three}"
            )),
            ["V-2 600.00", "V-3 600.00", "V-1 300.00"]
        );
    }

    #[test]
    fn one_that_expired_that_day_is_not_used_and_one_that_cannot_be_split_is_used_up() {
        assert_eq!(
            vouchers_used(
                "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nmember scc=91441323555600018G from=2018-03-20\nvoucher serial=V-1 holder=91441323555600018G value=600 services=LAB-CM to=2018-06-01"
            ),
            [] as [String; 0]
        );
        assert_eq!(
            vouchers_used(
                "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nmember scc=91441323555600018G from=2018-03-20\nvoucher serial=V-1 holder=91441323555600018G value=2000 services=LAB-CM to=2018-06-02"
            ),
            ["V-1 2000.00"]
        );
    }
}
