//! A voucher (检验检疫服务券) pays services of the platform for members of the zone, and nothing else.
//!
//! Never a fee of the state, even if the register of vouchers names its head.

use crate::channel;
use crate::fees::Nature;
use crate::prelude::*;
use model::decision::TraceLine;
use model::registers::Voucher;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-021"),
    name: "voucher-for-service",
    version: 1,
    title: Words { zh: "服务券仅用于平台服务", en: "a voucher pays services of the platform only" },
    message: Words { zh: "服务券 {before}：{after}", en: "voucher {before}: {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "founding plan §四(八)2", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-021" },
    ],
    check: Check::Step,
};

const REFUSED: Words = Words { zh: "{head}：{why}", en: "{head}: {why}" };
const STATE: Words = Words { zh: "不得抵扣行政事业性收费", en: "not for a fee of the state" };
const NO_MEMBER: Words =
    Words { zh: "持有人不是在册的示范区企业", en: "its holder is no active member of the zone" };

/// The voucher may pay this head; told when it may not.
pub fn may_pay(
    voucher: &Voucher,
    head: &str,
    nature: Nature,
    is_member: bool,
    trace: &mut Vec<TraceLine>,
) -> bool {
    let why = match (nature, is_member) {
        (Nature::Platform, true) => return true,
        (Nature::State, _) => STATE,
        (Nature::Platform, false) => NO_MEMBER,
    };
    trace.push(channel::step(
        &RULE,
        voucher.serial.as_str(),
        Phrase { words: REFUSED, values: evidence![head, why] },
    ));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn tests_of_a_member_are_paid() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20",
            expect![[r#"
                LAB-CM 1500.00 → 700.00
            "#]],
        );
    }

    #[test]
    fn inspection_is_not_and_nor_is_an_outsider() {
        check_fee(
            &RULE,
            "accepted 2016-06-01\nitem total_price=48000\nexchange month=2016-06 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\nvoucher serial=V-1 holder=91441323555600018G value=800 services=Q-INSP\nmember scc=91441323555600018G",
            expect![[r#"
                Q-INSP 457.20 → 457.00
                trace V-1 → Q-INSP: not for a fee of the state
            "#]],
        );
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes",
            expect![[r#"
                LAB-CM 1500.00 → 1500.00
                trace V-2018-000123 → LAB-CM: its holder is no active member of the zone
            "#]],
        );
    }
}
