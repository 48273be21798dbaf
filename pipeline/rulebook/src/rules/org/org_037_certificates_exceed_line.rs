//! The certificates claimed for a goods line cover more than the line declares.
//!
//! A certificate may cover a part of a line, and several certificates may share one: 700 and 500 pairs of 1,200. Their
//! sum may not exceed what is declared, in the unit both papers count. What a certificate covers is what the
//! declaration maps to the line; where a line of a certificate covers several goods lines, the sum is not known for each.

use crate::prelude::*;
use crate::proof::{self, Quantities};
use model::declaration::GoodsItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-037"),
    name: "certificates-exceed-goods-line",
    version: 1,
    title: Words {
        zh: "证书数量合计大于申报数量",
        en: "certificates cover more than the goods line declares",
    },
    message: Words {
        zh: "商品第 {line} 项申报 {declared} {unit}，证书 {certificates} 合计 {certified} {unit}",
        en: "goods line {line} declares {declared} {unit}; certificates {certificates} cover {certified} {unit}",
    },
    remedy: Words {
        zh: "更正申报数量，或更改证书数量",
        en: "correct the declared quantity, or have a certificate changed",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "8, ORG-037" }],
    check: Check::Declaration(check),
};

const UNITS_DIFFER: Words = Words {
    zh: "证书与报关单的计量单位不同或数量缺失",
    en: "certificate and declaration count in different units, or a quantity is missing",
};
const SHARED: Words = Words {
    zh: "多份证书的货项对应多个商品项，无法逐项合计",
    en: "lines of several certificates cover several goods lines each",
};

/// What one certificate covers of one goods line.
struct Part<'c> {
    item: &'c GoodsItem<'c>,
    certificate: &'c str,
    quantities: Quantities<'c>,
}

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let mut parts = parts(case, report);
    // Offsets tell goods lines apart, whatever their numbers say.
    parts.sort_by_key(|part| part.item.offset);
    for of_line in parts.chunk_by(|one, other| one.item.offset == other.item.offset) {
        judge(of_line, report);
    }
}

fn parts<'c>(case: &Case<'c>, report: &mut Reporter<'_>) -> Vec<Part<'c>> {
    let mut parts = Vec::new();
    let n_proofs = case.proofs().count();
    for proof in case.proofs() {
        let certificate = proof.certificate.head.number.value;
        for group in proof::groups(case, &proof) {
            match (group.only_item(), proof::quantities(&group)) {
                (Some(item), Some(quantities)) => parts.push(Part { item, certificate, quantities }),
                (_, None) => report.not_judged(UNITS_DIFFER),
                // The sum of one certificate is ORG-038's.
                (None, Some(_)) if n_proofs > 1 => report.not_judged(SHARED),
                (None, Some(_)) => {}
            }
        }
    }
    parts
}

fn judge(parts: &[Part<'_>], report: &mut Reporter<'_>) {
    let [first, ..] = parts else { return };
    let Quantities { declared, unit, .. } = first.quantities;
    if parts.iter().any(|part| part.quantities.unit != unit) {
        return report.not_judged(UNITS_DIFFER);
    }
    let Some(certified) = proof::sum(parts.iter().map(|part| Some(part.quantities.certified))) else {
        return report.not_judged(UNITS_DIFFER);
    };
    if declared < certified {
        let certificates: Vec<&str> = parts.iter().map(|part| part.certificate).collect();
        let certificates = certificates.join(", ");
        let line = first.item.line_number;
        let item = first.item;
        report.at(item, &item.quantity, evidence![line, declared, unit, certificates, certified]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn two(one: &str, other: &str) -> String {
        format!(
            "origin document_number=CE185556000180061
             origin document_number=CE185556000180062
             certificate number=E185556000180061 form=E
             line quantity={one}
             certificate number=E185556000180062 form=E
             line quantity={other}"
        )
    }

    #[test]
    fn two_parts_make_a_whole() {
        check_rule(&RULE, &two("700", "500"), expect![""]);
    }

    #[test]
    fn two_parts_exceed_the_whole() {
        check_rule(
            &RULE,
            &two("700", "600"),
            expect![[r#"
                reject item 1 quantity: goods line 1 declares 1200 pairs; certificates E185556000180061, E185556000180062 cover 1300 pairs
            "#]],
        );
    }

    #[test]
    fn pairs_are_found_wherever_the_line_declares_them() {
        check_rule(
            &RULE,
            "item quantity=960 unit=035 second_quantity=0.12 second_unit=144
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E
             line quantity=1201",
            expect![[r#"
                reject item 1 quantity: goods line 1 declares 1200 pairs; certificates E185556000180061 cover 1201 pairs
            "#]],
        );
    }

    #[test]
    fn other_units_are_not_judged() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E
             line quantity=100 unit=箱 unit_en=CARTONS",
            expect![[r#"
                not judged: certificate and declaration count in different units, or a quantity is missing
            "#]],
        );
    }
}
