//! The goods leave by a port that is not for their mode of transport.
//!
//! Judged for water, rail, road and air, against the table of ports; a port without a row is told as not judged
//! (ruling D8). Any other mode (mail, pipes, by hand) may leave anywhere.

use crate::prelude::*;
use model::code::transport;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-037"),
    name: "port-not-of-transport-mode",
    version: 1,
    title: Words {
        zh: "运输方式与离境口岸不符", en: "transport mode does not fit the port of exit"
    },
    message: Words {
        zh: "运输方式 {mode}，离境口岸 {port} 只适用运输方式 {allowed}",
        en: "transport mode {mode}: port of exit {port} is for transport mode {allowed} only",
    },
    remedy: Words {
        zh: "核对运输方式和离境口岸后更正",
        en: "correct the transport mode or the port of exit",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules S21", article: "6, DOC-037" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const NO_ROW: Words = Words {
    zh: "口岸表未收录该离境口岸，无法核对运输方式",
    en: "the port of exit is not in the table of ports, so the transport mode cannot be checked",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let (mode, port) = (head.transport_mode, head.exit_port);
    let is_judged =
        matches!(mode.value, transport::WATER | transport::RAIL | transport::ROAD | transport::AIR);
    if !is_judged || port.is_empty() {
        return; // Absence is DOC-001's.
    }
    match law.ports.on(port.value, case.accepted_on()) {
        None => report.not_judged(NO_ROW),
        Some(row) if row.modes.iter().any(|allowed| allowed == mode.value) => {}
        Some(row) => {
            let told = evidence![mode, port, allowed = row.modes.join(", ")];
            report.at(head, &head.transport_mode, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn ships_leave_by_the_sea_port_and_lorries_by_the_road_port() {
        check_rule(&RULE, "declaration transport_mode=2 exit_port=477101", expect![""]);
        check_rule(&RULE, "declaration transport_mode=4 exit_port=470401", expect![""]);
    }

    #[test]
    fn aircraft_at_a_sea_port_are_rejected() {
        check_rule(
            &RULE,
            "declaration transport_mode=5 exit_port=477101",
            expect![[r#"
                reject declaration transport_mode: transport mode 5: port of exit 477101 is for transport mode 2 only
            "#]],
        );
    }

    #[test]
    fn a_port_that_is_not_in_the_table_is_not_judged() {
        check_rule(
            &RULE,
            "declaration transport_mode=5 exit_port=110001",
            expect![[r#"
                not judged: the port of exit is not in the table of ports, so the transport mode cannot be checked
            "#]],
        );
    }

    #[test]
    fn any_other_mode_leaves_anywhere() {
        check_rule(&RULE, "declaration transport_mode=9 exit_port=477101", expect![""]);
        check_rule(&RULE, "declaration transport_mode=5 exit_port=", expect![""]);
    }
}
