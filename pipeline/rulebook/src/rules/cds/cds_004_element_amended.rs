//! An element was changed by an amendment, and the declaration decided again with it.
//!
//! Told once for each value, so that an officer sees what this version differs in from the one before. Values that may be
//! personal are not shown (ruling J2): they stand in the messages.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-004"),
    name: "element-amended",
    version: 1,
    title: Words { zh: "按修改申请变更的数据", en: "an element was amended" },
    message: Words {
        zh: "由 {before} 改为 {after}（修改申请 {request}，变更原因代码 {reason}）",
        en: "changed from {before} to {after} by request {request}, reason {reason}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "3, DMSRES; 4" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn values_request_and_reason_are_named() {
        check_sentence(
            &RULE,
            evidence![before = "98", after = "100", request = "HD24REQ0001", reason = "32"],
            expect![[r#"
                由 98 改为 100（修改申请 HD24REQ0001，变更原因代码 32）
                changed from 98 to 100 by request HD24REQ0001, reason 32
            "#]],
        );
    }

    /// What was changed is judged by the other rules; that it was changed keeps nothing back.
    #[test]
    fn it_keeps_nothing_back() {
        let mut gathered = crate::rule::Gathered::default();
        let evidence = evidence![request = "HD24REQ0001", reason = "32"];
        let place = crate::prelude::Place::ROOT;
        gathered.push(model::finding::Finding { rule: RULE.id, effect: RULE.effect, place, evidence });
        let mode = super::super::cds_001_lane::mode(&gathered);
        assert_eq!((gathered.is_clean(), mode), (true, model::decision::Mode::Verify));
    }
}
