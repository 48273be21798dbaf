//! Goods are presented later than a pre-lodged declaration may wait for them.

use crate::prelude::*;
use crate::tables::gateway_limits::Bound;
use jiff::Span;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12031"),
    name: "presented-too-late",
    version: 1,
    title: Words { zh: "运抵通知超过期限", en: "the goods are presented too late" },
    message: Words {
        zh: "预申报日期 {lodged}，运抵日期 {presented}，超过 {days} 天",
        en: "lodged on {lodged}, presented on {presented}: more than {days} days",
    },
    remedy: Words { zh: "撤销后重新申报", en: "cancel the declaration and declare the goods anew" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "4; 5, CDS12031" }],
    check: Check::Step,
};

/// The days there are, where goods lodged on one day are presented on another that is too late.
pub fn days_exceeded(lodged: Date, presented: Date, law: &Tables) -> Option<usize> {
    let days = law.gateway_limits.on(Bound::PresentationDays, presented)?;
    let last = lodged.checked_add(Span::new().days(i64::try_from(days).ok()?)).unwrap_or(Date::MAX);
    (presented > last).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use super::days_exceeded;
    use crate::tables::Tables;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use jiff::civil::date;
    use model::evidence;

    #[test]
    fn the_days_are_named() {
        check_sentence(
            &RULE,
            evidence![lodged = date(2024, 6, 3), presented = date(2024, 7, 4), days = 30_usize],
            expect![[r#"
                预申报日期 2024-06-03，运抵日期 2024-07-04，超过 30 天
                lodged on 2024-06-03, presented on 2024-07-04: more than 30 days
            "#]],
        );
    }

    #[test]
    fn the_thirtieth_day_counts() {
        let law = Tables::shipped().expect("shipped");
        assert_eq!(days_exceeded(date(2024, 6, 3), date(2024, 7, 3), &law), None);
        assert_eq!(days_exceeded(date(2024, 6, 3), date(2024, 7, 4), &law), Some(30));
    }
}
