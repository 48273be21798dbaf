//! Packages are declared, and there is not one of them.
//!
//! Lines of one package may share it, so some may say 0. Goods that are not packed at all have a kind of their own and are left out.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12058"),
    name: "no-package",
    version: 1,
    title: Words { zh: "包装件数均为零", en: "no line has a package" },
    message: Words { zh: "各项包装件数均为零", en: "the number of packages is 0 in every line" },
    remedy: Words {
        zh: "至少一项填报大于零的件数",
        en: "give at least one line a number of packages above 0",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12058" }],
    check: Check::Declaration(check),
};

/// Kinds that mean unpacked (UN/ECE recommendation 21).
const UNPACKED: &[&str] = &["NE", "NF", "NG"];

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let packages = case.declaration.packages;
    let mut packed = packages.iter().filter(|package| !UNPACKED.contains(&package.kind.value)).peekable();
    let Some(first) = packed.peek().copied() else { return };
    if packed.all(|package| package.quantity.decimal().is_some_and(Decimal::is_zero)) {
        report.at(first, &first.quantity, evidence![]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn lines_may_share_a_package() {
        check_rule(
            &RULE,
            "uk
             package goods_line=1 quantity=0 kind=CT
             package goods_line=2 quantity=1 kind=CT",
            expect![""],
        );
    }

    #[test]
    fn no_package_at_all_is_rejected() {
        check_rule(
            &RULE,
            "uk
             package goods_line=1 quantity=0 kind=CT
             package goods_line=2 quantity=0 kind=CT",
            expect![[r#"
                reject package 1 quantity: the number of packages is 0 in every line
            "#]],
        );
    }

    #[test]
    fn unpacked_goods_have_none() {
        check_rule(
            &RULE,
            "uk
             package goods_line=1 quantity=0 kind=NE",
            expect![""],
        );
    }
}
