//! Document-review release did not exist yet on the day of acceptance.
//!
//! Before 2017-11-01 only listed pilots had it, and no list is on file: goods outside the catalogue were verified by
//! their papers and released (ruling C3). Goods under statutory inspection never asked for it, so nothing is denied.

use crate::channel;
use crate::prelude::*;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-007"),
    name: "document-review-not-yet",
    version: 1,
    title: Words { zh: "审单放行尚未实施", en: "document-review release not yet in force" },
    message: Words {
        zh: "受理日期 {accepted_on} 早于2017-11-01，审单放行尚未实施，按验证监管办理",
        en: "accepted on {accepted_on}: document-review release began on 2017-11-01, the papers are verified instead",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Deny,
    in_force: InForce::until(2017, 11, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "四(十二)4" },
        Citation { instrument: "domain-rules", article: "3, CHN-007" },
        Citation { instrument: "rulings", article: "C3" },
    ],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(accepted_on) = case.accepted_at.map(|moment| moment.date()) else {
        return; // MSG-020 holds it until there is a day.
    };
    if RULE.in_force.on(accepted_on) && !channel::is_statutory(case, accepted_on, law) {
        report.row(case.declaration.head, evidence![accepted_on]);
    }
}

/// The mode there was instead.
pub fn mode(trace: &mut Vec<TraceLine>) -> Mode {
    trace.push(channel::step(&RULE, Mode::DocRelease.name(), Mode::Verify.name()));
    Mode::Verify
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::chn::chn_006_document_review;
    use crate::testing::check_rule;
    use expect_test::expect;
    use jiff::civil::date;

    #[test]
    fn a_consignment_of_may_2016_is_denied() {
        check_rule(
            &RULE,
            "accepted 2016-05-03",
            expect![[r#"
                deny declaration: accepted on 2016-05-03: document-review release began on 2017-11-01, the papers are verified instead
            "#]],
        );
    }

    #[test]
    fn one_of_the_first_of_november_2017_is_not() {
        check_rule(&RULE, "accepted 2017-11-01", expect![""]);
        check_rule(&RULE, "accepted unknown", expect![""]);
    }

    #[test]
    fn nothing_is_denied_to_goods_under_statutory_inspection() {
        check_rule(&RULE, "accepted 2013-08-14", expect![""]);
    }

    #[test]
    fn it_ends_on_the_day_document_review_begins() {
        for day in [date(2017, 10, 31), date(2017, 11, 1)] {
            assert_ne!(RULE.in_force.on(day), chn_006_document_review::RULE.in_force.on(day), "{day}");
        }
    }
}
