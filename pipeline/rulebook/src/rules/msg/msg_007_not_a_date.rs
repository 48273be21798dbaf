//! A value is not the day or moment its field asks for.
//!
//! A day of the calendar as `yyyyMMdd` or `yyyy-MM-dd`, with a time after it where the field has one. Neither the order of
//! day and month nor a missing century is guessed. An absent value is not judged here.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-007"),
    name: "not-a-date",
    version: 1,
    title: Words { zh: "日期字段不是日期", en: "value is not a date" },
    message: Words {
        zh: "{field}的值“{value}”不是日期", en: "{field} is \"{value}\", which is no date"
    },
    remedy: Words {
        zh: "按yyyyMMdd或yyyy-MM-dd填写日历上存在的日期",
        en: "give a day of the calendar as yyyyMMdd or yyyy-MM-dd",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "single-window", article: "3.3 and 5" },
        Citation { instrument: "reliability", article: "3, X6" },
    ],
    check: Check::Reader,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rule::Check;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::{Effect, Words};

    #[test]
    fn field_and_value_are_named() {
        check_sentence(
            &RULE,
            evidence![field = Words { zh: "出口日期", en: "departure_date" }, value = "20180631"],
            expect![[r#"
                出口日期的值“20180631”不是日期
                departure_date is "20180631", which is no date
            "#]],
        );
    }

    #[test]
    fn it_is_rejected_rather_than_read_as_a_neighbouring_day() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
