//! Nothing is charged or reserved twice.
//!
//! A document sent again settles nothing. An order that names a contract is charged with the first declaration decided
//! under it; those after it leave it out, unless that one is rejected and gives it back.

use crate::channel;
use crate::fees::{Draft, Gross, Part};
use crate::prelude::*;
use model::decision::TraceLine;
use model::waiver::{Account, Drawing};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-025"),
    name: "charged-once",
    version: 1,
    title: Words { zh: "同一委托单不重复收费", en: "an order is charged once" },
    message: Words { zh: "委托单 {before}：{after}", en: "order {before}: {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-025" }],
    check: Check::Step,
};

const ELSEWHERE: Words = Words { zh: "已随另一报关单收费", en: "charged with another declaration" };

/// Orders of a contract that were charged with another declaration.
pub fn elsewhere(draft: &Draft, drawing: &Drawing<'_>, trace: &mut Vec<TraceLine>) -> Vec<Account> {
    let mut elsewhere: Vec<Account> = Vec::new();
    for account in draft.lines.iter().flat_map(|line| parts(&line.gross)).flat_map(|part| &part.once) {
        let is_free = drawing.used(account).is_some_and(|used| used.is_zero());
        if !is_free && !elsewhere.contains(account) {
            trace.push(channel::step(&RULE, account.name.as_str(), ELSEWHERE));
            elsewhere.push(account.clone());
        }
    }
    elsewhere
}

/// The parts that are charged now; their orders are used by that.
pub fn take<'p>(parts: &'p [Part], elsewhere: &[Account], drawing: &mut Drawing<'_>) -> Vec<&'p Part> {
    let is_charged =
        |part: &&Part| part.once.is_empty() || part.once.iter().any(|it| !elsewhere.contains(it));
    let charged: Vec<&Part> = parts.iter().filter(is_charged).collect();
    for account in charged.iter().flat_map(|part| &part.once).filter(|it| !elsewhere.contains(it)) {
        if drawing.used(account).is_some_and(|used| used.is_zero()) {
            drawing.take(account, Decimal::ONE);
        }
    }
    charged
}

fn parts(gross: &Gross) -> &[Part] {
    match gross {
        Gross::Charged { parts, .. } => parts,
        Gross::Uncharged(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    use model::waiver::{AccountKind, Balances};

    fn parts_of(names: &[&str]) -> Vec<Part> {
        let part = |name: &&str| Part {
            amount: Decimal::HUNDRED,
            once: vec![Account::new(AccountKind::Order, name)],
        };
        names.iter().map(part).collect()
    }

    #[test]
    fn two_rows_of_an_order_are_charged_together_and_only_once() {
        let mut balances = Balances::default();
        balances.set(Account::new(AccountKind::Order, "O-1").key(), Decimal::ZERO);
        let parts = parts_of(&["O-1", "O-1"]);
        let mut drawing = Drawing::new(&mut balances, &[]);
        assert_eq!(take(&parts, &[], &mut drawing).len(), 2);
        let takes = drawing.finish();
        assert_eq!((takes.len(), takes[0].used), (1, Decimal::ONE));
        let elsewhere = [Account::new(AccountKind::Order, "O-1")];
        assert!(take(&parts, &elsewhere, &mut Drawing::new(&mut balances, &[])).is_empty());
        // The decision that holds it is superseded: it may be charged again.
        assert_eq!(take(&parts, &[], &mut Drawing::new(&mut balances, &takes)).len(), 2);
    }

    #[test]
    fn an_order_for_one_declaration_needs_no_account() {
        check_fee(
            &RULE,
            "signature client_number=HD2018000000000001\norder order_no=O-1 number=HD2018000000000001 head=LAB-CM quantity=1 unit_price=400",
            expect![[r#"
                LAB-CM 400.00 → 400.00
            "#]],
        );
        assert_eq!(parts_of(&["O-1"]).len(), 1);
    }
}
