//! Membership of the zone is an interval: what counts is the day of acceptance, in UTC+8.
//!
//! The first day is inside, the last one named is not. Of several rows in force on a day the one that began last counts:
//! a suspension or an exit ends an open membership, and a new admission ends an exit.

use crate::channel;
use crate::prelude::*;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::{Member, MemberStatus, Registers};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ZON-005"),
    name: "not-a-member-on-the-day",
    version: 1,
    title: Words {
        zh: "受理当日的示范区企业资格", en: "membership of the zone on the day of acceptance"
    },
    message: Words {
        zh: "企业{before}的示范区资格：{after}", en: "firm {before} in the zone: {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "二(二)3" },
        Citation { instrument: "domain-rules", article: "1, ZON-005" },
    ],
    check: Check::Step,
};

const MEMBER: Words = Words { zh: "{status} {from} 至 {to}", en: "{status} {from}/{to}" };
const NO_MEMBER: Words = Words { zh: "非示范区企业", en: "not a member" };

/// The active membership of this firm on this day; told, whether there is one or not, where the office keeps the register.
pub fn member<'r>(
    registers: &'r Registers,
    unified_code: &str,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> Option<&'r Member> {
    if registers.members.is_empty() {
        return None;
    }
    let row = row_on(registers, unified_code, day);
    let line = match row {
        None => channel::step(&RULE, unified_code, NO_MEMBER),
        Some(Member { status, valid, .. }) => {
            let [from, to] = [valid.from, valid.to].map(|day| day.map_or(String::new(), |it| it.to_string()));
            channel::step(
                &RULE,
                unified_code,
                Phrase { words: MEMBER, values: evidence![status = status.words(), from, to] },
            )
        }
    };
    channel::tell_once(trace, line);
    row.filter(|row| row.status == MemberStatus::Active)
}

/// The active membership of this firm on this day.
pub fn active<'r>(registers: &'r Registers, unified_code: &str, day: Date) -> Option<&'r Member> {
    row_on(registers, unified_code, day).filter(|row| row.status == MemberStatus::Active)
}

fn row_on<'r>(registers: &'r Registers, unified_code: &str, day: Date) -> Option<&'r Member> {
    let in_force = registers.members.of(unified_code).iter().filter(|row| row.valid.contains(day));
    in_force.max_by_key(|row| (row.valid.from, row.status != MemberStatus::Active))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;
    use jiff::civil::date;
    use model::finding::Language;

    const FIRM: &str = "91441323555600018G";

    fn on(day: Date, rows: &str) -> (bool, Vec<String>) {
        let notated = Notated::parse(rows).expect("good notation");
        notated.with_case(|case| {
            let mut trace = Vec::new();
            let is_active = member(case.registers, FIRM, day, &mut trace).is_some();
            let told = trace.iter().map(|line| line.after.in_language(Language::En).into_owned());
            (is_active, told.collect())
        })
    }

    const LEFT: &str = "member scc=91441323555600018G from=2018-03-20 to=2018-09-01 status=ACTIVE";

    #[test]
    fn a_firm_that_leaves_on_the_first_of_september_is_a_member_on_the_last_of_august() {
        assert_eq!(on(date(2018, 8, 31), LEFT), (true, vec!["ACTIVE 2018-03-20/2018-09-01".to_owned()]));
        assert_eq!(on(date(2018, 9, 1), LEFT), (false, vec!["not a member".to_owned()]));
    }

    #[test]
    fn the_first_day_is_inside_and_the_day_before_is_not() {
        assert!(on(date(2018, 3, 20), LEFT).0);
        assert!(!on(date(2018, 3, 19), LEFT).0);
    }

    #[test]
    fn a_suspension_ends_an_open_membership_and_a_new_admission_an_exit() {
        let rows = "member scc=91441323555600018G from=2018-03-20 status=ACTIVE
            member scc=91441323555600018G from=2018-06-01 to=2018-07-01 status=SUSPENDED
            member scc=91441323555600018G from=2018-09-01 status=EXITED
            member scc=91441323555600018G from=2019-05-01 status=ACTIVE";
        let days =
            [date(2018, 5, 31), date(2018, 6, 1), date(2018, 7, 1), date(2018, 9, 1), date(2019, 5, 1)];
        assert_eq!(days.map(|day| on(day, rows).0), [true, false, true, false, true]);
    }

    #[test]
    fn an_office_without_the_register_says_nothing() {
        assert_eq!(on(date(2018, 6, 1), ""), (false, Vec::new()));
    }
}
