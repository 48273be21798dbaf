//! The declared acceptance lies in the future, or too far back.

use crate::prelude::*;
use crate::tables::gateway_limits::Bound;
use jiff::Span;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12016"),
    name: "acceptance-date",
    version: 1,
    title: Words {
        zh: "申报的受理日期不符", en: "the declared acceptance is in the future or too far back"
    },
    message: Words {
        zh: "申报的受理日期 {declared} ：{what}（今日 {today}，最多回溯 {days} 天）",
        en: "declared acceptance {declared} {what} (today {today}, at most {days} days back)",
    },
    remedy: Words { zh: "更正受理日期", en: "correct the date of acceptance" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12016" }],
    check: Check::Declaration(check),
};

const FUTURE: Words = Words { zh: "晚于今日", en: "is in the future" };
const PAST: Words = Words { zh: "过早", en: "is too far back" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let signature = case.declaration.signature;
    let Some(today) = case.accepted_at.map(|moment| moment.date()) else { return };
    let Some(days) = law.gateway_limits.on(Bound::AcceptanceDays, today) else { return };
    let Some(declared) = signature.signed_at.date() else { return };
    let earliest = today.checked_sub(Span::new().days(days as i64)).unwrap_or(Date::MIN);
    let what = if declared > today {
        FUTURE
    } else if declared < earliest {
        PAST
    } else {
        return;
    };
    report.at(signature, &signature.signed_at, evidence![declared, what, today, days]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn half_a_year_back_passes() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20231206120000Z",
            expect![""],
        );
    }

    #[test]
    fn a_day_more_is_rejected() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20231205120000Z",
            expect![[r#"
                reject signature signed_at: declared acceptance 2023-12-05 is too far back (today 2024-06-03, at most 180 days back)
            "#]],
        );
    }

    #[test]
    fn today_passes() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20240603120000Z",
            expect![""],
        );
    }

    #[test]
    fn tomorrow_is_rejected() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20240604000000+08",
            expect![[r#"
                reject signature signed_at: declared acceptance 2024-06-04 is in the future (today 2024-06-03, at most 180 days back)
            "#]],
        );
    }
}
