//! An export names no declaration unique consignment reference.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12108"),
    name: "consignment-reference-missing",
    version: 1,
    title: Words {
        zh: "缺少货物唯一参考号（DUCR）", en: "no declaration unique consignment reference"
    },
    message: Words {
        zh: "出口报关单未填报货物唯一参考号（DUCR）",
        en: "an export names a declaration unique consignment reference (previous document DCR), and this one does not",
    },
    remedy: Words {
        zh: "在前一单证中填报 DCR", en: "give the reference as a previous document of type DCR"
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12108" }],
    check: Check::Declaration(check),
};

/// Exports: what goes to a fiscal territory may have none.
const MOVEMENT: &str = "EX";
/// The reference, as a previous document.
pub(super) const REFERENCE: &str = "DCR";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let is_export = particulars.declaration_type.value.starts_with(MOVEMENT);
    let documents = case.declaration.previous_documents;
    if is_export && documents.iter().all(|document| document.type_code.value != REFERENCE) {
        report.row(particulars, evidence![]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_reference_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn without_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             previous_document category=Z type_code=380 number=INV-1",
            expect![[r#"
                reject particulars: an export names a declaration unique consignment reference (previous document DCR), and this one does not
            "#]],
        );
    }
}
