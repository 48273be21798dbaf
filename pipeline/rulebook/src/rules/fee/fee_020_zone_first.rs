//! Where relief may run short, firms of the zone are served before others, then by acceptance, then by number.
//!
//! Relief may run short where its policy has a quota or its funder a pot. All that draw on such relief wait for the end of
//! their submission, where all claims are known, and are settled in this order (ruling F4); so neither the order of the
//! files nor the order in them decides who is served. A consignment that several firms pay comes first only if all that
//! draw on such relief belong to the zone.
//! What was held in an earlier submission and is decided again took its turn there, and keeps what it reserved.
//! Vouchers are held by one firm each: nobody else is before it.

use crate::channel;
use crate::fees::{self, Gross};
use crate::prelude::*;
use crate::rules::zon::zon_005_membership;
use crate::tables::tariff::Charge;
use jiff::civil::{Date, DateTime};
use model::decision::TraceLine;
use model::registers::{Policy, Registers};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-020"),
    name: "zone-first",
    version: 1,
    title: Words {
        zh: "额度有限时示范区企业优先",
        en: "where relief may run short, the zone is served first",
    },
    message: Words { zh: "企业 {before}：{after}", en: "firm {before}: {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "founding plan §四(十二)1", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-020" },
        Citation { instrument: "rulings", article: "F4" },
    ],
    check: Check::Step,
};

const FIRST: Words = Words { zh: "示范区企业，优先适用", en: "of the zone, served first" };
const AFTER: Words = Words {
    zh: "非示范区企业，在示范区企业之后适用",
    en: "not of the zone, served after it",
};

/// When a consignment is served, among those of its submission that draw on relief that may run short. The least is first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// A payer is not of the zone.
    pub is_outside: bool,
    /// Acceptance.
    pub accepted_at: Option<DateTime>,
    /// Declaration number.
    pub number: String,
}

/// The turn of a case that may draw on relief that may run short; none where it draws on none. Certificates that have not
/// come yet count as if they had.
pub fn turn(case: &Case<'_>, tables: &Tables) -> Option<Turn> {
    let registers = case.registers;
    let accepted_at = case.accepted_at?;
    let day = accepted_at.date();
    let may_run_short = |policy: &&Policy| policy.valid.contains(day) && is_limited(policy, registers, day);
    let mut limited = registers.policies.iter().filter(may_run_short).peekable();
    limited.peek()?;
    let orders = fees::orders_for(&case.declaration, &[case.number], registers);
    let may_be_due = |head: &String| {
        let row = tables.tariff.row(head, day);
        let is_due_by_itself = row.is_some_and(|row| matches!(row.value, Charge::Rate(_) | Charge::Unit(_)));
        is_due_by_itself || orders.iter().any(|order| order.head == *head)
    };
    if !limited.any(|policy| policy.heads.iter().any(may_be_due)) {
        return None;
    }
    let draft = fees::draft_for(case, case.claims.len(), tables)?;
    let draws = |line: &&fees::DraftLine| {
        matches!(line.gross, Gross::Charged { .. })
            && line.policies(registers).any(|policy| is_limited(policy, registers, day))
    };
    let mut payers = draft.lines.iter().filter(draws).map(|line| line.payer.as_str()).peekable();
    payers.peek()?;
    let is_outside = payers.any(|payer| zon_005_membership::active(registers, payer, day).is_none());
    Some(Turn { is_outside, accepted_at: Some(accepted_at), number: case.number.to_owned() })
}

/// Tells whom a payer is served before or after, where one of these policies may run short.
pub fn tell(registers: &Registers, policies: &[usize], payer: &str, day: Date, trace: &mut Vec<TraceLine>) {
    if policies.iter().any(|&idx| is_limited(&registers.policies[idx], registers, day)) {
        let is_member = zon_005_membership::active(registers, payer, day).is_some();
        channel::tell_once(trace, channel::step(&RULE, payer, if is_member { FIRST } else { AFTER }));
    }
}

fn is_limited(policy: &Policy, registers: &Registers, day: Date) -> bool {
    policy.quota.is_some() || registers.pot(&policy.funder, day.year()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;
    use fixtures::notation::Notated;
    use jiff::civil::date;

    const FIRM: &str = "91441323555600018G";
    const ORDER: &str = "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\n";
    const QUOTA: &str = "policy id=P kind=PERCENT value=30 heads=LAB-CM;CO-VISA firms=all decision_no=D authority_doc=A quota=450\n";

    fn turn_of(notation: &str) -> Option<Turn> {
        let tables = Tables::shipped().expect("shipped tables are good");
        Notated::parse(notation).expect("good notation").with_case(|case| turn(case, &tables))
    }

    fn turn_at(is_outside: bool, minute: i8, number: &str) -> Turn {
        let accepted_at = Some(date(2018, 6, 1).at(10, minute, 0, 0));
        Turn { is_outside, accepted_at, number: number.to_owned() }
    }

    #[test]
    fn the_zone_firm_of_five_past_is_served_before_the_outsider_of_ten() {
        let mut turns = [
            turn_at(true, 0, "D-1"),
            turn_at(false, 5, "D-4"),
            turn_at(false, 5, "D-3"),
            turn_at(false, 0, "D-5"),
        ];
        turns.sort();
        assert_eq!(turns.map(|turn| turn.number), ["D-5", "D-3", "D-4", "D-1"]);
    }

    #[test]
    fn who_draws_on_a_quota_takes_a_turn() {
        let member = format!("{ORDER}{QUOTA}member scc={FIRM} from=2018-03-20\n");
        assert!(turn_of(&member).is_some_and(|turn| !turn.is_outside));
        assert!(turn_of(&format!("{ORDER}{QUOTA}")).is_some_and(|turn| turn.is_outside));
        let paid_by_another = format!(
            "{member}order order_no=O-2 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=9 payer=91441323MA4WXY1296\n"
        );
        assert!(turn_of(&paid_by_another).is_some_and(|turn| turn.is_outside));
    }

    #[test]
    fn who_draws_on_none_does_not_wait() {
        assert_eq!(turn_of(&format!("{ORDER}{}", QUOTA.replace(" quota=450", ""))), None);
        assert_eq!(turn_of(QUOTA), None);
        assert_eq!(turn_of(&format!("{ORDER}{}", QUOTA.replace("LAB-CM;CO-VISA", "TRAIN"))), None);
        // The visa is suspended: nothing is charged, and no quota is used.
        assert_eq!(turn_of(&format!("{QUOTA}origin document_number=C160000000000001\n")), None);
    }

    #[test]
    fn a_pot_is_a_limit_and_so_is_a_certificate_to_come() {
        let pot = QUOTA.replace(" quota=450", " funder=县财政") + "pot funder=县财政 year=2018 amount=450\n";
        assert!(turn_of(&format!("{ORDER}{pot}")).is_some());
        let claims = "accepted 2016-06-01\norigin document_number=C160000000000001\n";
        assert!(turn_of(&format!("{claims}{QUOTA}")).is_some());
    }

    #[test]
    fn the_statement_says_who_is_served_first() {
        check_fee(
            &RULE,
            &format!("{ORDER}{QUOTA}member scc={FIRM} from=2018-03-20\n"),
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
                trace 91441323555600018G → of the zone, served first
            "#]],
        );
        check_fee(
            &RULE,
            &format!("{ORDER}{}", QUOTA.replace(" quota=450", "")),
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
            "#]],
        );
    }
}
