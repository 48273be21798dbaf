//! Before customs and inspection became one form on 2018-08-01, goods under statutory inspection went with two
//! documents: the declaration and an inspection application (报检单). The one the declaration names is not on file.
//!
//! The declaration waits, as it does for a certificate (rulings O2, K3): the application may come after it, and a rejected
//! one may be mended. The reference asks for a return; but what is wanted is a document, and a missing document is waited
//! for (ruling D2). Whether a declaration that names none has one is not known, and told as not judged.

use crate::channel;
use crate::prelude::*;
use model::case::Applied;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-008"),
    name: "inspection-application-missing",
    version: 1,
    title: Words {
        zh: "所列报检单未到或不能使用", en: "inspection application is missing or of no use"
    },
    message: Words {
        zh: "法定检验商品的报检单{application}尚不能与报关单核对：{why}",
        en: "inspection application {application} of goods under statutory inspection: {why}",
    },
    remedy: Words {
        zh: "发送该报检单或核对编号；报检单被退回的，更正后重新发送",
        en: "send the application or check its number; mend a rejected one and send it again",
    },
    effect: Effect::Hold,
    in_force: InForce::until(2018, 8, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "海关总署公告2018年第60号", article: "" },
        Citation { instrument: "domain-rules", article: "7, SIM-008" },
        Citation { instrument: "rulings", article: "D2, D3" },
    ],
    check: Check::Declaration(check),
};

const NOT_ON_FILE: Words = Words { zh: "未到", en: "it is not on file" };
const REJECTED: Words = Words { zh: "已被退回", en: "it was rejected" };
const NONE_NAMED: Words = Words {
    zh: "法定检验商品的报关单未列报检单，也无同一统一编号的报检单，无法核对",
    en: "no inspection application is named, and none is on file under the unified number: there is nothing to compare",
};

/// Two documents are asked for: the goods are under statutory inspection, and the forms are not one yet (ruling D3).
pub(crate) fn asks_for_two(case: &Case<'_>, law: &Tables) -> bool {
    let day = case.accepted_at.map(|moment| moment.date());
    day.is_some_and(|day| RULE.in_force.on(day) && channel::is_statutory(case, day, law))
}

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    if !asks_for_two(case, law) {
        return;
    }
    if case.applications.is_empty() {
        report.not_judged(NONE_NAMED);
    }
    for application in case.applications {
        let why = match application.found {
            Applied::Filed(_) => continue,
            Applied::Missing => NOT_ON_FILE,
            Applied::Rejected => REJECTED,
        };
        report.place(application.place, evidence![application = application.number, why]);
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, check};
    use crate::rule::{Gathered, Reporter};
    use crate::tables::Tables;
    use crate::testing::check_rule;
    use expect_test::expect;
    use fixtures::notation::Notated;
    use model::case::{Application, Applied, Case};
    use model::finding::{Place, Value};

    const NAMED: &str = "licence code=B number=HD-BJ-2012-0001";

    #[test]
    fn one_that_is_named_and_not_there_is_waited_for() {
        check_rule(
            &RULE,
            &format!("accepted 2013-08-14\n{NAMED}"),
            expect![[r#"
                hold licence 1 number: inspection application HD-BJ-2012-0001 of goods under statutory inspection: it is not on file
            "#]],
        );
        check_rule(
            &RULE,
            &format!("accepted 2013-08-14\n{NAMED}\napplication number=HD-BJ-2012-0001\napplied"),
            expect![""],
        );
    }

    #[test]
    fn a_rejected_one_is_told_apart() {
        let law = Tables::shipped().expect("shipped tables are good");
        let mut gathered = Gathered::default();
        Notated::parse("accepted 2012-05-02").expect("the clean case").with_case(|clean| {
            let rejected = [Application { number: "A", place: Place::at(7), found: Applied::Rejected }];
            let case = Case { applications: &rejected, ..*clean };
            check(&case, &law, &mut Reporter::new(&RULE, &mut gathered));
        });
        let [finding] = &gathered.findings[..] else { panic!("one finding") };
        assert_eq!(finding.evidence[1], ("why", Value::Words(super::REJECTED)));
    }

    #[test]
    fn one_that_nobody_names_is_not_known() {
        check_rule(
            &RULE,
            "accepted 2013-08-14",
            expect![[r#"
                not judged: no inspection application is named, and none is on file under the unified number: there is nothing to compare
            "#]],
        );
    }

    #[test]
    fn nobody_is_asked_for_two_outside_the_catalogue_or_without_a_day() {
        for day in ["2013-08-15", "2018-07-31", "2018-08-01", "unknown"] {
            check_rule(&RULE, &format!("accepted {day}\n{NAMED}"), expect![""]);
        }
    }
}
