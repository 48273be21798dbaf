//! Values in other currencies become CNY by the customs rate of the month of acceptance.
//!
//! The rate is the one of the third Wednesday of the month before, used from the 1st; the office keeps it in `exchange.csv`.
//! Without a rate of that month the value is not known.

use crate::channel;
use crate::fees::Unknown;
use crate::fees::money;
use crate::prelude::*;
use crate::rules::fee::fee_008_each_head;
use jiff::civil::Date;
use model::code::currency::Currency;
use model::decision::TraceLine;
use model::registers::Registers;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-006"),
    name: "customs-rate",
    version: 1,
    title: Words {
        zh: "按受理当月海关汇率折算", en: "converted at the customs rate of the month"
    },
    message: Words { zh: "{before} 折合人民币 {after} 元", en: "{before} is {after} CNY" },
    remedy: Words {
        zh: "维护当月汇率登记册后重新计算", en: "enter the rate of the month in the register"
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "customs duty rules (domain-rules FEE-006)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-006" },
    ],
    check: Check::Step,
};

/// The register has no rate of the month.
pub const NO_RATE: Unknown = Unknown {
    rule: RULE.id,
    why: Words {
        zh: "汇率登记册没有受理当月该币制的汇率",
        en: "the register has no customs rate of the currency for the month of acceptance",
    },
};
/// The currency is in no list.
pub const NO_CURRENCY: Unknown =
    Unknown { rule: RULE.id, why: Words { zh: "币制代码不存在", en: "the currency is in no list" } };

/// An amount in CNY.
pub fn in_cny(
    registers: &Registers,
    amount: Decimal,
    currency: Currency,
    day: Date,
) -> Result<Decimal, Unknown> {
    if currency == Currency::CNY {
        return Ok(amount);
    }
    let rate = registers.exchange_rates.on(currency, day).ok_or(NO_RATE)?;
    amount.mul_rounded(rate.cny_per_unit, Decimal::PLACES).ok_or(fee_008_each_head::TOO_LARGE)
}

/// Says what sums of which currencies came to.
pub fn step(sums: &[(Currency, Decimal)], in_cny: Decimal, trace: &mut Vec<TraceLine>) {
    let sums: Vec<String> =
        sums.iter().map(|(currency, sum)| format!("{} {}", money(*sum), currency.code())).collect();
    trace.push(channel::step(&RULE, sums.join(" + "), money(in_cny)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    const ORDERED: &str = "item quantity=4800 unit_price=10 total_price=48000\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\n";

    #[test]
    fn the_rate_of_the_month_counts() {
        check_fee(
            &RULE,
            &format!(
                "accepted 2016-06-30\n{ORDERED}exchange month=2016-06 currency=USD cny_per_unit=6.35\nexchange month=2016-07 currency=USD cny_per_unit=6.6"
            ),
            expect![[r#"
                Q-INSP 457.20 → 457.00
                trace 48000.00 USD → 304800.00
            "#]],
        );
    }

    #[test]
    fn without_a_rate_the_head_is_not_judged() {
        check_fee(
            &RULE,
            &format!("accepted 2016-06-30\n{ORDERED}exchange month=2016-07 currency=USD cny_per_unit=6.6"),
            expect![[r#"
                Q-INSP ? → ? NOT_JUDGED
                not judged: the register has no customs rate of the currency for the month of acceptance
            "#]],
        );
    }
}
