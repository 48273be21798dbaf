//! A batch is charged at least the minimum of its tariff row, and at most the maximum where there is one.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use crate::tables::tariff::Rate;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-004"),
    name: "minimum",
    version: 1,
    title: Words { zh: "每批收费不低于最低额", en: "a batch is charged at least the minimum" },
    message: Words {
        zh: "应收 {before} 元，按限额收 {after} 元", en: "{before} is charged as {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "发改价格[2003]2357号 annex 1 (domain-rules S01)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-004" },
    ],
    check: Check::Step,
};

/// The amount within its bounds; told when they change it.
pub fn bounded(raw: Decimal, rate: &Rate, trace: &mut Vec<TraceLine>) -> Decimal {
    let bounded = rate.max.map_or(raw.max(rate.min), |max| raw.max(rate.min).min(max));
    if bounded != raw {
        trace.push(channel::step(&RULE, money(raw), money(bounded)));
    }
    bounded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least_60(raw: &str) -> (String, usize) {
        let rate =
            Rate { rate: Decimal::ZERO, min: Decimal::integer(60), max: None, min_after_reduction: false };
        let mut trace = Vec::new();
        let bounded = bounded(Decimal::parse(raw).expect("a number"), &rate, &mut trace);
        (money(bounded), trace.len())
    }

    #[test]
    fn less_than_sixty_is_sixty() {
        assert_eq!(at_least_60("49.53"), ("60.00".to_owned(), 1));
    }

    #[test]
    fn sixty_and_more_stay() {
        assert_eq!(at_least_60("60"), ("60.00".to_owned(), 0));
        assert_eq!(at_least_60("457.20"), ("457.20".to_owned(), 0));
        let rate = Rate {
            rate: Decimal::ZERO,
            min: Decimal::ONE,
            max: Some(Decimal::HUNDRED),
            min_after_reduction: false,
        };
        assert_eq!(bounded(Decimal::integer(457), &rate, &mut Vec::new()), Decimal::HUNDRED);
    }
}
