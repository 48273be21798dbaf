//! A cap limits what is paid of a head, or what a firm pays in a year; it never raises it.
//!
//! Of several caps the lowest counts. A yearly cap counts what its firm was charged for the heads it covers, by the year
//! of acceptance, before vouchers pay; a decision that is superseded gives back what it counted.

use crate::channel;
use crate::fees::{DraftLine, money};
use crate::prelude::*;
use crate::waivers::{self, Means};
use model::decision::TraceLine;
use model::registers::{Policy, PolicyKind};
use model::waiver::Account;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-018"),
    name: "cap",
    version: 1,
    title: Words { zh: "费目收费封顶", en: "a cap limits a head" },
    message: Words {
        zh: "封顶前 {before} 元，封顶后 {after} 元", en: "{before} is capped at {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-018" }],
    check: Check::Step,
};

/// What an amount is above a cap.
pub fn above(amount: Decimal, cap: Decimal) -> Decimal {
    amount.checked_sub(cap.max(Decimal::ZERO)).unwrap_or(Decimal::ZERO).max(Decimal::ZERO)
}

/// The lowest cap below the amount, with what it takes off.
pub fn lowest<'l>(
    amount: Decimal,
    policies: impl Iterator<Item = &'l Policy>,
    payer: &str,
    means: &Means<'_, '_>,
    trace: &mut Vec<TraceLine>,
) -> Option<(&'l Policy, Decimal)> {
    let mut lowest: Option<(&Policy, Decimal)> = None;
    for policy in policies {
        let relief = match policy.kind {
            PolicyKind::YearlyCap(cap) => {
                let Some(charged) = charged(policy, payer, means) else { continue };
                above(amount, cap.checked_sub(charged).unwrap_or_default())
            }
            _ => (waivers::of(policy).relief)(&policy.kind, amount),
        };
        let is_lower = relief.is_positive() && lowest.is_none_or(|(_, best)| relief > best);
        if is_lower && means.reach(policy, relief, &[], trace) {
            lowest = Some((policy, relief));
        }
    }
    lowest
}

/// Counts what is charged towards the yearly caps that cover it.
pub fn count(amount: Decimal, line: &DraftLine, means: &mut Means<'_, '_>, trace: &mut Vec<TraceLine>) {
    for policy in line.policies(means.registers) {
        let PolicyKind::YearlyCap(cap) = policy.kind else { continue };
        let Some(charged) = charged(policy, &line.payer, means) else { continue };
        let account = Account::year(&policy.id, &line.payer, means.year);
        if amount.is_positive() {
            means.drawing.take(&account, amount);
        }
        let charged = charged.checked_add(amount).unwrap_or(Decimal::MAX);
        let values = evidence![charged = money(charged), cap = money(cap)];
        trace.push(channel::step(&RULE, account.name, Phrase { words: THIS_YEAR, values }));
    }
}

const THIS_YEAR: Words = Words {
    zh: "本年度已收 {charged} 元，封顶 {cap} 元",
    en: "{charged} charged this year, capped at {cap}",
};

/// What a firm was charged this year; none where nobody has looked it up.
fn charged(policy: &Policy, payer: &str, means: &Means<'_, '_>) -> Option<Decimal> {
    means.drawing.used(&Account::year(&policy.id, payer, means.year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    fn capped(price: u32) -> String {
        format!(
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price={price}\npolicy id=CAP kind=CAP value=800 heads=LAB-CM firms=all decision_no=D authority_doc=A"
        )
    }

    #[test]
    fn a_cap_of_eight_hundred_on_1050() {
        check_fee(
            &RULE,
            &capped(1_050),
            expect![[r#"
                LAB-CM 1050.00 → 800.00
                step 1050.00 -250.00 → 800.00
            "#]],
        );
    }

    #[test]
    fn five_hundred_are_not_raised_to_eight() {
        check_fee(
            &RULE,
            &capped(500),
            expect![[r#"
                LAB-CM 500.00 → 500.00
            "#]],
        );
        assert_eq!(above(Decimal::integer(800), Decimal::integer(800)), Decimal::ZERO);
    }

    /// 500 and 700 of one firm: the second pays what the cap of 800 leaves. Another firm has a year of its own.
    #[test]
    fn a_yearly_cap_counts_all_heads_of_a_firm_together() {
        let order = |n: u32, head: &str, price: u32, payer: &str| {
            format!(
                "order order_no=O-{n} contract=HD-2018-061 head={head} quantity=1 unit_price={price}{payer}\n"
            )
        };
        let cap = "policy id=CAP kind=CAP per=year value=800 heads=LAB-CM;TRAIN firms=all decision_no=D authority_doc=A\n";
        let own = order(1, "LAB-CM", 500, "") + &order(2, "TRAIN", 700, "");
        let another = order(3, "TRAIN", 700, " payer=91441323MA4WXY1296");
        check_fee(
            &RULE,
            &(own + &another + cap),
            expect![[r#"
                LAB-CM 500.00 → 500.00
                TRAIN 700.00 → 300.00
                TRAIN 700.00 → 700.00
                step 700.00 -400.00 → 300.00
                trace CAP 91441323555600018G 2018 → 500.00 charged this year, capped at 800.00
                trace CAP 91441323555600018G 2018 → 800.00 charged this year, capped at 800.00
                trace CAP 91441323MA4WXY1296 2018 → 700.00 charged this year, capped at 800.00
            "#]],
        );
    }
}
