//! The visa of certificates of origin is charged for each of them; amendments and re-issues are certificates of their own.

use crate::channel;
use crate::fees::{Unknown, money};
use crate::prelude::*;
use crate::rules::fee::fee_008_each_head;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-028"),
    name: "each-certificate",
    version: 1,
    title: Words { zh: "产地证签证费按份计收", en: "the visa is charged for each certificate" },
    message: Words { zh: "{before}，应收 {after} 元", en: "{before} come to {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "发改价格[2003]2357号 (domain-rules S01, S08)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-028" },
    ],
    check: Check::Step,
};

/// What the visa of so many certificates comes to.
pub fn amount(n_certificates: usize, unit: Decimal, trace: &mut Vec<TraceLine>) -> Result<Decimal, Unknown> {
    let n = i64::try_from(n_certificates).ok().and_then(Decimal::from_integer);
    let amount = n.and_then(|n| n.mul_rounded(unit, 2)).ok_or(fee_008_each_head::TOO_LARGE)?;
    trace.push(channel::step(&RULE, format!("{n_certificates} × {}", money(unit)), money(amount)));
    Ok(amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    const THREE: &str = "origin document_number=C160000000000001\norigin document_number=C160000000000002\norigin document_number=C160000000000003\ncertificate number=C160000000000001\ncertificate number=C160000000000002 status=1\ncertificate number=C160000000000003 status=2\n";

    #[test]
    fn three_certificates_in_2016() {
        check_fee(
            &RULE,
            &format!("accepted 2016-06-01\n{THREE}"),
            expect![[r#"
                CO-VISA 120.00 → 120.00
                trace 3 × 40.00 → 120.00
            "#]],
        );
    }

    #[test]
    fn in_2018_they_are_suspended_and_one_that_is_missing_is_none() {
        check_fee(
            &RULE,
            THREE,
            expect![[r#"
                CO-VISA 0.00 → 0.00 SUSPENDED
            "#]],
        );
        check_fee(&RULE, "accepted 2016-06-01\norigin document_number=C160000000000001", expect![[""]]);
    }
}
