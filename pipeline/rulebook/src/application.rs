//! What of an inspection application is compared with the declaration, in units both use (SIM-009).

use crate::proof::{is_kilogram, sum};
use model::code::{Currency, unit};
use model::decimal::Decimal;
use model::declaration::GoodsItem;
use model::finding::Value;
use model::inspection::InspectionGoods;
use model::text::Text;
use std::collections::BTreeMap;

/// Digits of a commodity code that both documents use; the older dialect of inspection appends its own.
const CODE_DIGITS: usize = 10;

/// The code of the tariff.
pub fn tariff_code(code: &str) -> &str {
    code.get(..CODE_DIGITS).unwrap_or(code)
}

/// Declared and applied, in a unit that both use for all lines of a code.
pub fn quantities(
    declared: &[&GoodsItem<'_>],
    applied: &[&InspectionGoods<'_>],
) -> Option<(Decimal, Decimal)> {
    let first = applied.first()?;
    [first.unit.value, first.standard_unit.value].into_iter().find_map(|unit| {
        let applied = sum(applied.iter().map(|line| {
            in_unit([(line.quantity, line.unit), (line.standard_quantity, line.standard_unit)], unit)
        }))?;
        let declared = sum(declared.iter().map(|item| {
            let quantities = [
                (item.quantity, item.unit),
                (item.first_quantity, item.first_unit),
                (item.second_quantity, item.second_unit),
            ];
            in_unit(quantities, unit)
        }))?;
        Some((declared, applied))
    })
}

fn in_unit<'b, const N: usize>(quantities: [(Text<'b>, Text<'b>); N], unit: &str) -> Option<Decimal> {
    let (quantity, _) =
        quantities.into_iter().find(|(_, counted)| !unit.is_empty() && counted.value == unit)?;
    quantity.decimal()
}

/// Sums by currency; none where a line lacks either.
pub fn by_currency<'b>(
    lines: impl Iterator<Item = (&'b str, Text<'b>)>,
) -> Option<BTreeMap<&'static str, Decimal>> {
    let mut sums: BTreeMap<&'static str, Decimal> = BTreeMap::new();
    for (currency, total) in lines {
        let sum = sums.entry(Currency::from_code(currency)?.code()).or_insert(Decimal::ZERO);
        *sum = sum.checked_add(total.decimal()?)?;
    }
    Some(sums)
}

/// The sums in one line.
pub fn listed(sums: &BTreeMap<&'static str, Decimal>) -> Value {
    let sums: Vec<String> = sums.iter().map(|(currency, sum)| format!("{sum} {currency}")).collect();
    sums.join(" + ").into()
}

/// Weight of a line, where it is stated in kilograms.
pub fn kilograms(line: &InspectionGoods<'_>) -> Option<Decimal> {
    let unit = line.weight_unit.value;
    (unit == unit::KILOGRAM || is_kilogram(unit)).then(|| line.weight.decimal()).flatten()
}
