//! Somebody holds an authorisation for a comprehensive guarantee, and no guarantee of kind 0 or 1 is declared.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12113"),
    name: "guarantee-kind-missing",
    version: 1,
    title: Words {
        zh: "总担保授权未申报担保类型", en: "a comprehensive guarantee without its kind"
    },
    message: Words {
        zh: "授权 {kind} 须申报类型为 0 或 1 的担保",
        en: "authorisation {kind} asks for a guarantee of kind 0 or 1",
    },
    remedy: Words { zh: "补填担保类型", en: "declare the guarantee with its kind" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12113" }],
    check: Check::Declaration(check),
};

/// Comprehensive guarantee.
const COMPREHENSIVE: &str = "CGU";
/// Waived, and not waived.
const KINDS: &[&str] = &["0", "1"];

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    if declaration.guarantees.iter().any(|guarantee| KINDS.contains(&guarantee.kind.value)) {
        return;
    }
    for holder in declaration.authorisations.iter().filter(|it| it.kind.value == COMPREHENSIVE) {
        report.at(holder, &holder.kind, evidence![kind = holder.kind]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn with_its_guarantee_it_passes() {
        check_rule(
            &RULE,
            "uk
             authorised kind=CGU holder=GB1
             guarantee kind=1",
            expect![""],
        );
    }

    #[test]
    fn without_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             authorised kind=CGU holder=GB1
             guarantee kind=3",
            expect![[r#"
                reject authorised 1 kind: authorisation CGU asks for a guarantee of kind 0 or 1
            "#]],
        );
    }
}
