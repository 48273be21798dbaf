//! A funder's pot for the year limits all its policies together: what it cannot bear is not granted, and it never goes
//! below 0.
//!
//! A held consignment reserves, one released or inspected commits, and a decision that is superseded gives back (FEE-026).
//! Never in part: the register has no column that would allow it.
//! A reservation does not lapse with time: it stands until its declaration is decided again.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use crate::waivers::Means;
use model::assessment::{Assessment, Authority};
use model::decision::TraceLine;
use model::registers::Policy;
use model::waiver::Account;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-024"),
    name: "pot-short",
    version: 1,
    title: Words { zh: "出资单位年度资金不足", en: "the pot of a funder does not reach" },
    message: Words { zh: "资金池 {before}：{after}", en: "pot {before}: {after}" },
    remedy: Words { zh: "向出资单位申请追加年度资金", en: "ask the funder for more this year" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "founding plan §六(三)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-024" },
    ],
    check: Check::Step,
};

const SHORT: Words = Words {
    zh: "未予减免：年度资金 {pot} 元，余 {left} 元，本次需 {asked} 元",
    en: "not granted, {left} left of {pot}, {asked} asked",
};
const LEFT: Words =
    Words { zh: "{status}，年度资金 {pot} 元，余 {left} 元", en: "{status}, {left} left of {pot}" };
const COMMITTED: Words = Words { zh: "已列支", en: "COMMITTED" };
const RESERVED: Words = Words { zh: "已预留", en: "RESERVED" };

/// What the pot has left covers this relief, beside others that are granted with it; told when it does not.
pub fn has_room(
    policy: &Policy,
    relief: Decimal,
    beside: &[(&Policy, Decimal)],
    means: &Means<'_, '_>,
    trace: &mut Vec<TraceLine>,
) -> bool {
    let Some((pot, left)) = left(&policy.funder, means) else { return true };
    let of_this_pot = beside.iter().filter(|(other, _)| other.funder == policy.funder);
    let left = of_this_pot.fold(left, |left, (_, relief)| left.checked_sub(*relief).unwrap_or_default());
    let has_room = relief <= left;
    if !has_room {
        let values = evidence![left = money(left), pot = money(pot), asked = money(relief)];
        trace.push(channel::step(&RULE, name(&policy.funder, means), Phrase { words: SHORT, values }));
    }
    has_room
}

/// Says how a decision leaves the pots it draws on.
pub fn statuses(assessment: &Assessment, means: &Means<'_, '_>, is_final: bool, trace: &mut Vec<TraceLine>) {
    let status = if is_final { COMMITTED } else { RESERVED };
    let mut told: Vec<&str> = Vec::new();
    for step in assessment.lines.iter().flat_map(|line| &line.steps) {
        let Authority::Policy { funder, .. } = &step.authority else { continue };
        if told.contains(&funder.as_str()) {
            continue;
        }
        told.push(funder);
        if let Some((pot, left)) = left(funder, means) {
            let values = evidence![status, left = money(left), pot = money(pot)];
            trace.push(channel::step(&RULE, name(funder, means), Phrase { words: LEFT, values }));
        }
    }
}

/// What a pot holds, and what of that is left; none where the funder has no pot.
fn left(funder: &str, means: &Means<'_, '_>) -> Option<(Decimal, Decimal)> {
    let pot = means.registers.pot(funder, means.year)?;
    let used = means.drawing.used(&Account::pot(funder, means.year));
    let left = used.and_then(|used| pot.checked_sub(used)).unwrap_or_default();
    Some((pot, left.max(Decimal::ZERO)))
}

fn name(funder: &str, means: &Means<'_, '_>) -> String {
    Account::pot(funder, means.year).name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check_fee, pots_used};
    use expect_test::expect;

    const THIRTY: &str = "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=P kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A funder=县财政\n";

    #[test]
    fn a_pot_that_reaches_exactly_is_used_up() {
        let notation = format!("{THIRTY}pot funder=县财政 year=2018 amount=450");
        check_fee(
            &RULE,
            &notation,
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
                trace 县财政 2018 → COMMITTED, 0.00 left of 450.00
            "#]],
        );
        assert_eq!(pots_used(&notation), ["县财政 2018 450.00"]);
    }

    #[test]
    fn a_cent_less_and_nothing_is_granted() {
        let notation = format!("{THIRTY}pot funder=县财政 year=2018 amount=449.99");
        check_fee(
            &RULE,
            &notation,
            expect![[r#"
                LAB-CM 1500.00 → 1500.00
                trace 县财政 2018 → not granted, 449.99 left of 449.99, 450.00 asked
            "#]],
        );
        assert_eq!(pots_used(&notation), [] as [String; 0]);
    }

    #[test]
    fn a_year_without_a_row_has_nothing_and_another_funder_no_pot() {
        check_fee(
            &RULE,
            &format!("{THIRTY}pot funder=县财政 year=2017 amount=10000"),
            expect![[r#"
                LAB-CM 1500.00 → 1500.00
                trace 县财政 2018 → not granted, 0.00 left of 0.00, 450.00 asked
            "#]],
        );
        check_fee(
            &RULE,
            &format!("{THIRTY}pot funder=镇财政 year=2018 amount=1"),
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
            "#]],
        );
    }

    /// 30 per cent of 1500 and 10 per cent of what that leaves are 555; a pot of 554 bears the first alone.
    #[test]
    fn reductions_that_follow_one_another_share_a_pot() {
        let sequence = format!(
            "{}policy id=TEN kind=PERCENT value=10 heads=LAB-CM firms=all decision_no=D authority_doc=A funder=县财政 stack=sequential\n",
            THIRTY.replace("funder=县财政", "funder=县财政 stack=sequential")
        );
        assert_eq!(
            pots_used(&format!("{sequence}pot funder=县财政 year=2018 amount=555")),
            ["县财政 2018 555.00"]
        );
        assert_eq!(
            pots_used(&format!("{sequence}pot funder=县财政 year=2018 amount=554")),
            ["县财政 2018 450.00"]
        );
    }
}
