//! The agent files for the consignor on an authorisation that does not cover the declaration.
//!
//! An authorisation on file (代理委托) has a term and a scope: both are judged from its row, and one row that covers the
//! day and an export is enough (ruling D2). An agreement that travels with the declaration is a file whose term and
//! scope the message does not carry: not judged. Neither of the two is SIM-014's to miss.

use crate::papers;
use crate::prelude::*;
use crate::tables::words::Scope;
use jiff::civil::Date;
use model::registers::Authorisation;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-013"),
    name: "authorisation-does-not-cover",
    version: 1,
    title: Words {
        zh: "代理报关委托不在有效期或委托范围内",
        en: "authorisation of the agent does not cover the declaration",
    },
    message: Words {
        zh: "{agent} 受 {principal} 委托：{what} {value}",
        en: "authorisation of {agent} by {principal}: {what} {value}",
    },
    remedy: Words {
        zh: "续签或重新签订代理报关委托，登记或随附后重新申报",
        en: "renew the authorisation, put it on file or attach it, and declare again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules S21", article: "6, DOC-013" },
        Citation { instrument: "rulings", article: "D2" },
    ],
    check: Check::Declaration(check),
};

const ENDED: Words = Words { zh: "已失效，失效日期", en: "it is no longer valid from" };
const NOT_BEGUN: Words = Words { zh: "尚未生效，生效日期", en: "it is not valid before" };
const OTHER_SCOPE: Words =
    Words { zh: "委托范围不含出口报关：", en: "its scope is not the declaration of an export:" };

const SCOPE_UNKNOWN: Words = Words {
    zh: "登记的委托范围无法识别是否包括出口报关",
    en: "whether the scope on file covers the declaration of an export is not known",
};
const ATTACHED: Words = Words {
    zh: "随附的代理报关委托协议，其有效期和委托范围报文未载明",
    en: "the message carries neither term nor scope of the agency agreement that is attached",
};

/// What a row says of this declaration, the better the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cover {
    OutOfTerm,
    OtherScope,
    ScopeUnknown,
    Full,
}

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let Some(moment) = case.accepted_at.filter(|_| papers::agent_files(case)) else { return };
    let day = moment.date();
    let (agent, principal) = (head.agent_unified_code, head.consignor_unified_code);
    let rows = case.registers.authorisations(agent.value, principal.value);
    let best = rows.map(|row| (cover(row, law, day), row)).max_by_key(|(cover, row)| (*cover, row.valid.to));
    let (what, value) = match best {
        Some((Cover::Full, _)) => return,
        _ if papers::has_agreement(case) => return report.not_judged(ATTACHED),
        None => return, // Its absence is SIM-014's.
        Some((Cover::ScopeUnknown, _)) => return report.not_judged(SCOPE_UNKNOWN),
        Some((Cover::OtherScope, row)) => (OTHER_SCOPE, Value::from(row.scope.as_str())),
        Some((Cover::OutOfTerm, row)) => match (row.valid.to, row.valid.from) {
            (Some(to), _) if to <= day => (ENDED, Value::from(to)),
            (_, Some(from)) => (NOT_BEGUN, Value::from(from)),
            (_, None) => return,
        },
    };
    report.at(head, &head.agent_unified_code, evidence![agent, principal, what, value]);
}

fn cover(row: &Authorisation, law: &Tables, day: Date) -> Cover {
    if !row.valid.contains(day) {
        Cover::OutOfTerm
    } else if row.scope.is_empty() || law.scopes.has(&row.scope, day, Scope::Export) {
        Cover::Full
    } else if law.scopes.has(&row.scope, day, Scope::Other) {
        Cover::OtherScope
    } else {
        Cover::ScopeUnknown
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    /// A row on file and no agreement attached.
    fn on_file(columns: &str) -> String {
        format!("no edoc\nauthorisation agent=91441323MA4WXY1296 principal=91441323555600018G {columns}")
    }

    #[test]
    fn a_row_that_covers_the_day_passes() {
        check_rule(&RULE, &on_file("scope=出口报关 to=2018-12-31"), expect![""]);
        check_rule(&RULE, &on_file("scope=进出口报关 to=2018-06-02"), expect![""]);
        check_rule(&RULE, &on_file(""), expect![""]);
    }

    #[test]
    fn a_row_that_has_ended_is_rejected() {
        check_rule(
            &RULE,
            &on_file("scope=出口报关 from=2017-06-01 to=2018-06-01"),
            expect![[r#"
                reject declaration agent_unified_code: authorisation of 91441323MA4WXY1296 by 91441323555600018G: it is no longer valid from 2018-06-01
            "#]],
        );
    }

    #[test]
    fn so_is_one_that_has_not_begun() {
        check_rule(
            &RULE,
            &on_file("scope=出口报关 from=2018-06-02"),
            expect![[r#"
                reject declaration agent_unified_code: authorisation of 91441323MA4WXY1296 by 91441323555600018G: it is not valid before 2018-06-02
            "#]],
        );
    }

    #[test]
    fn an_authorisation_for_imports_is_none_for_exports() {
        check_rule(
            &RULE,
            &on_file("scope=进口报关 to=2018-12-31"),
            expect![[r#"
                reject declaration agent_unified_code: authorisation of 91441323MA4WXY1296 by 91441323555600018G: its scope is not the declaration of an export: 进口报关
            "#]],
        );
        check_rule(
            &RULE,
            &on_file("scope=仓储 to=2018-12-31"),
            expect![[r#"
                not judged: whether the scope on file covers the declaration of an export is not known
            "#]],
        );
    }

    #[test]
    fn one_row_that_covers_it_is_enough() {
        let rows = format!(
            "{}\nauthorisation agent=91441323MA4WXY1296 principal=91441323555600018G scope=出口 from=2018-06-01",
            on_file("scope=出口报关 to=2018-06-01")
        );
        check_rule(&RULE, &rows, expect![""]);
    }

    #[test]
    fn of_an_agreement_that_is_attached_the_term_is_not_known() {
        check_rule(
            &RULE,
            "authorisation agent=91441323MA4WXY1296 principal=91441323555600018G to=2018-06-01",
            expect![[r#"
                not judged: the message carries neither term nor scope of the agency agreement that is attached
            "#]],
        );
    }

    #[test]
    fn none_at_all_is_left_to_sim_014_and_a_firm_that_files_for_itself_needs_none() {
        check_rule(&RULE, "no edoc", expect![""]);
        check_rule(
            &RULE,
            &format!("{}\ndeclaration agent_unified_code=91441323555600018G", on_file("to=2018-06-01")),
            expect![""],
        );
    }
}
