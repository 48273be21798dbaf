//! A cell of the class matrix is one of the five supervision modes: special, strict, general, verification, credit.
//!
//! Held at the load of table 3.2. The other modes come about in other ways: by exemption, by document review, by approval
//! of joint inspection, by a hold or a reject.

use crate::prelude::*;
use model::decision::Mode;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-004"),
    name: "no-supervision-mode",
    version: 1,
    title: Words { zh: "检验监管模式为五种之一", en: "supervision modes are five" },
    message: Words { zh: "{before}不是检验监管模式", en: "{before} is no supervision mode" },
    remedy: Words {
        zh: "更正企业分类与产品风险矩阵", en: "correct the matrix of class and risk"
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "质检总局令第113号; SN/T 2755.4-2011", article: "" },
        Citation { instrument: "domain-rules", article: "3, CHN-004" },
    ],
    check: Check::Step,
};

/// The supervision modes, from the lightest.
pub const MODES: [Mode; 5] = [Mode::Credit, Mode::Verify, Mode::General, Mode::Strict, Mode::Special];

/// The supervision mode of this name.
pub fn named(name: &str) -> Result<Mode, String> {
    let known = MODES.into_iter().find(|mode| mode.name() == name);
    known.ok_or_else(|| format!("CHN-004: {name} is no supervision mode"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verification_is_one() {
        assert_eq!(named("VERIFY"), Ok(Mode::Verify));
    }

    #[test]
    fn free_text_and_modes_that_come_about_otherwise_are_none() {
        for name in ["verification", "EXEMPT", "DOC_RELEASE", "JOINT", "HOLD", "REJECT", ""] {
            assert!(named(name).is_err(), "{name}");
        }
    }
}
