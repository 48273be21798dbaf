//! A head is rounded once, half up, after all reductions: fees of the state to whole yuan, services to the cent.

use crate::prelude::*;
use crate::waivers::Chain;
use model::assessment::Authority;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-005"),
    name: "rounding",
    version: 1,
    title: Words { zh: "收费取整", en: "a head is rounded" },
    message: Words { zh: "{before} 元取整为 {after} 元", en: "{before} is rounded to {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "fee measures (domain-rules FEE-005)", article: "" },
        Citation { instrument: "rulings", article: "F2" },
    ],
    check: Check::Step,
};

/// Rounds the amount; a step says so when that changes it.
pub fn round(chain: &mut Chain, places: u32) {
    let change = chain.amount.rounded(places).and_then(|rounded| rounded.checked_sub(chain.amount));
    if let Some(change) = change.filter(|change| !change.is_zero()) {
        chain.change(&RULE, Authority::Rule, change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(amount: &str, places: u32) -> (String, usize) {
        let mut chain = Chain::new(Decimal::parse(amount).expect("a number"));
        round(&mut chain, places);
        (chain.amount.to_string(), chain.steps.len())
    }

    #[test]
    fn half_a_yuan_goes_up() {
        assert_eq!(rounded("457.20", 0), ("457".to_owned(), 1));
        assert_eq!(rounded("228.50", 0), ("229".to_owned(), 1));
        assert_eq!(rounded("228.60", 0), ("229".to_owned(), 1));
    }

    #[test]
    fn whole_yuan_and_cents_of_the_platform_stay() {
        assert_eq!(rounded("457", 0), ("457".to_owned(), 0));
        assert_eq!(rounded("249.75", 2), ("249.75".to_owned(), 0));
    }
}
