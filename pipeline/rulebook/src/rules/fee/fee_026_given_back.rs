//! A decision that is superseded gives back all it held before the new one takes anything; one that rejects takes nothing.
//!
//! So nothing is charged for a declaration that goes back, and mending one never costs a voucher twice.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use model::decision::TraceLine;
use model::waiver::{AccountKind, Take};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-026"),
    name: "given-back",
    version: 1,
    title: Words {
        zh: "退单或重报时退还已占用额度", en: "a superseded decision gives back what it held"
    },
    message: Words { zh: "{before}，{after}", en: "{before} {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-026" }],
    check: Check::Step,
};

const GIVEN_BACK: Words = Words { zh: "已退还", en: "given back" };

/// Says what is given back.
pub fn step(superseded: &[Take], trace: &mut Vec<TraceLine>) {
    for take in superseded.iter().filter(|take| take.amount.is_positive()) {
        let held = match take.account.kind {
            AccountKind::Order => take.account.name.clone(),
            AccountKind::Voucher | AccountKind::Quota | AccountKind::Pot | AccountKind::Year => {
                format!("{} {}", take.account.name, money(take.amount))
            }
        };
        trace.push(channel::step(&RULE, held, GIVEN_BACK));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use model::waiver::Account;

    fn take(amount: i32) -> Take {
        let amount = Decimal::integer(amount);
        Take { account: Account::new(AccountKind::Voucher, "V-1"), amount, used: Decimal::integer(800) }
    }

    #[test]
    fn what_was_held_is_given_back() {
        let mut trace = Vec::new();
        step(&[take(800)], &mut trace);
        assert_eq!(trace, [channel::step(&RULE, "V-1 800.00", GIVEN_BACK)]);
    }

    #[test]
    fn what_held_nothing_gives_nothing_back() {
        let mut trace = Vec::new();
        step(&[take(0)], &mut trace);
        step(&[], &mut trace);
        assert!(trace.is_empty());
    }
}
