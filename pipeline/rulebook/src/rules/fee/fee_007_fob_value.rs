//! The value fees are a share of is FOB: what a term has in its price beside the goods is taken off.
//!
//! CIF contains freight and insurance, C&F freight, C&I insurance; the other terms are taken as they are (ruling D7).
//! A charge is per cent of the sum of the lines (1), a price for each tonne of gross weight (2), or an amount (3).
//! Where only some lines are charged, they bear their share of the charges.

use crate::channel;
use crate::fees::{Charging, Goods, Unknown, money};
use crate::prelude::*;
use crate::rules::fee::{fee_006_customs_rate, fee_008_each_head};
use model::code::currency::Currency;
use model::code::fee_mark;
use model::decision::TraceLine;
use model::declaration::GoodsItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-007"),
    name: "fob-value",
    version: 1,
    title: Words { zh: "计费货值为离岸价", en: "fees are a share of the FOB value" },
    message: Words {
        zh: "申报货值 {before} 元，离岸价 {after} 元",
        en: "declared value {before}, FOB {after}",
    },
    remedy: Words {
        zh: "更正成交方式、运费、保险费或总价",
        en: "correct term, freight, insurance or totals",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "5, FEE-007" },
        Citation { instrument: "rulings", article: "D7" },
    ],
    check: Check::Step,
};

/// Term, totals or charges do not give a value.
pub const NO_VALUE: Unknown = Unknown {
    rule: RULE.id,
    why: Words {
        zh: "成交方式、总价或运保费不全，无法计算离岸价",
        en: "price term, totals or charges do not give a FOB value",
    },
};

/// The FOB value of these goods in CNY.
pub fn base(charging: &Charging<'_>, goods: Goods, trace: &mut Vec<TraceLine>) -> Result<Decimal, Unknown> {
    let items = charging.case.items();
    let (sums, all) = in_cny(charging, items.iter())?;
    let charged = match goods {
        Goods::All => all,
        Goods::Statutory => in_cny(charging, items.iter().filter(|item| is_statutory(charging, item)))?.1,
    };
    fee_006_customs_rate::step(&sums, all, trace);
    let charges = charges(charging, all)?;
    let share = if charged == all { Some(charges) } else { share_of(charges, charged, all) };
    let base =
        share.and_then(|share| charged.checked_sub(share)?.rounded(2)).filter(|base| base.is_positive());
    let base = base.ok_or(NO_VALUE)?;
    if base != all {
        trace.push(channel::step(&RULE, money(all), money(base)));
    }
    Ok(base)
}

fn is_statutory(charging: &Charging<'_>, item: &GoodsItem<'_>) -> bool {
    charging.tables.statutory.row(item.commodity_code.value, charging.day).is_some()
}

/// Totals by currency, and all of them in CNY.
fn in_cny<'i, 'c: 'i>(
    charging: &Charging<'_>,
    items: impl Iterator<Item = &'i GoodsItem<'c>>,
) -> Result<(Vec<(Currency, Decimal)>, Decimal), Unknown> {
    let mut sums: Vec<(Currency, Decimal)> = Vec::new();
    for item in items {
        let currency = Currency::from_code(item.currency.value).ok_or(fee_006_customs_rate::NO_CURRENCY)?;
        let total = item.total_price.decimal().ok_or(NO_VALUE)?;
        match sums.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, sum)) => *sum = sum.checked_add(total).ok_or(fee_008_each_head::TOO_LARGE)?,
            None => sums.push((currency, total)),
        }
    }
    let mut all = Decimal::ZERO;
    for (currency, sum) in &sums {
        let sum = fee_006_customs_rate::in_cny(charging.case.registers, *sum, *currency, charging.day)?;
        all = all.checked_add(sum).ok_or(fee_008_each_head::TOO_LARGE)?;
    }
    Ok((sums, all))
}

/// Freight and insurance that the term has in its price, in CNY.
fn charges(charging: &Charging<'_>, all: Decimal) -> Result<Decimal, Unknown> {
    let head = charging.case.declaration.head;
    let within = charging.tables.price_terms.on(head.price_term.value, charging.day).ok_or(NO_VALUE)?;
    let mut charges = Decimal::ZERO;
    for (is_within, mark, rate, currency) in [
        (within.freight, head.freight_mark, head.freight_rate, head.freight_currency),
        (within.insurance, head.insurance_mark, head.insurance_rate, head.insurance_currency),
    ] {
        if is_within {
            let charge = charge(charging, all, mark, rate, currency)?;
            charges = charges.checked_add(charge).ok_or(fee_008_each_head::TOO_LARGE)?;
        }
    }
    Ok(charges)
}

fn charge(
    charging: &Charging<'_>,
    all: Decimal,
    mark: Text<'_>,
    rate: Text<'_>,
    currency: Text<'_>,
) -> Result<Decimal, Unknown> {
    let rate = rate.decimal().filter(|rate| !rate.is_negative()).ok_or(NO_VALUE)?;
    let amount = match mark.value {
        fee_mark::RATE => {
            let share = all.mul_rounded(rate, Decimal::PLACES).ok_or(fee_008_each_head::TOO_LARGE)?;
            return share.div_rounded(Decimal::HUNDRED, Decimal::PLACES).ok_or(NO_VALUE);
        }
        fee_mark::UNIT_PRICE => {
            let gross_kg = charging.case.declaration.head.gross_weight_kg.decimal().ok_or(NO_VALUE)?;
            let by_kg = rate.mul_rounded(gross_kg, Decimal::PLACES).ok_or(fee_008_each_head::TOO_LARGE)?;
            by_kg.div_rounded(KG_OF_A_TONNE, Decimal::PLACES).ok_or(NO_VALUE)?
        }
        fee_mark::TOTAL => rate,
        _ => return Err(NO_VALUE),
    };
    let currency = Currency::from_code(currency.value).ok_or(fee_006_customs_rate::NO_CURRENCY)?;
    fee_006_customs_rate::in_cny(charging.case.registers, amount, currency, charging.day)
}

const KG_OF_A_TONNE: Decimal = Decimal::integer(1_000);

fn share_of(charges: Decimal, charged: Decimal, all: Decimal) -> Option<Decimal> {
    let part = charged.div_rounded(all, Decimal::PLACES)?;
    charges.mul_rounded(part, Decimal::PLACES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    const ORDERED: &str = "accepted 2016-06-01\nexchange month=2016-06 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\n";

    #[test]
    fn cif_less_freight_and_insurance() {
        // CIF 50,000 − 1,800 − 200 = 48,000, and × 6.35 = 304,800.00.
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}item total_price=50000\ndeclaration price_term=1 freight_mark=3 freight_rate=1800 freight_currency=USD insurance_mark=3 insurance_rate=200 insurance_currency=USD"
            ),
            expect![[r#"
                Q-INSP 457.20 → 457.00
                trace 317500.00 → 304800.00
            "#]],
        );
    }

    #[test]
    fn fob_is_taken_as_it_is_and_so_is_ex_works() {
        for term in ["3", "7"] {
            check_fee(
                &RULE,
                &format!("{ORDERED}item total_price=48000\ndeclaration price_term={term}"),
                expect![[r#"
                    Q-INSP 457.20 → 457.00
                "#]],
            );
        }
    }

    #[test]
    fn per_cent_and_per_tonne() {
        // 3 % of 317,500 is 9,525; 1.08 t at USD 1,000 is USD 1,080, CNY 6,858; 317,500 − 9,525 − … of C&F and CIF.
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}item total_price=50000\ndeclaration price_term=2 freight_mark=2 freight_rate=1000 freight_currency=USD"
            ),
            expect![[r#"
                Q-INSP 465.96 → 466.00
                trace 317500.00 → 310642.00
            "#]],
        );
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}item total_price=50000\ndeclaration price_term=4 insurance_mark=1 insurance_rate=3"
            ),
            expect![[r#"
                Q-INSP 461.96 → 462.00
                trace 317500.00 → 307975.00
            "#]],
        );
    }

    #[test]
    fn a_charge_that_is_missing_leaves_no_value() {
        check_fee(
            &RULE,
            &format!("{ORDERED}declaration price_term=1"),
            expect![[r#"
                Q-INSP ? → ? NOT_JUDGED
                not judged: price term, totals or charges do not give a FOB value
            "#]],
        );
    }

    #[test]
    fn only_goods_on_the_list_are_charged_by_law() {
        // Shoes 30,000 and bags 20,000 at USD 6.3; freight of 1,000 is borne three to two: 29,400 × 6.3 = 185,220.
        check_fee(
            &RULE,
            "accepted 2013-06-03\nexchange month=2013-06 currency=USD cny_per_unit=6.3\nitem total_price=30000\nitem commodity_code=4202210090 total_price=20000\ndeclaration price_term=2 freight_mark=3 freight_rate=1000 freight_currency=USD",
            expect![[r#"
                Q-INSP 277.83 → 278.00
                trace 315000.00 → 185220.00
            "#]],
        );
    }
}
