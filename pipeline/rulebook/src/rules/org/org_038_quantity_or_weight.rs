//! Quantity or gross weight on the certificate lies outside the tolerance of the declaration.
//!
//! Quantities have no tolerance, but a certificate may cover a part (ORG-037), so only more than is declared is a
//! defect. Gross weight is declared for the whole consignment: a certificate that covers all of it may differ by three
//! per cent either way, one that covers a part may not exceed it. Pairs are compared with pairs, kilograms with
//! kilograms, and nothing with anything else.

use crate::prelude::*;
use crate::proof::{self, Group};
use model::certificate::CertificateItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-038"),
    name: "certificate-quantity-or-weight-mismatch",
    version: 1,
    title: Words {
        zh: "证书数量或毛重与报关单不符",
        en: "quantity or gross weight differs from the declaration",
    },
    message: Words {
        zh: "证书 {certificate} {what} {certified} {unit}，报关单 {declared} {unit}，容差 {tolerance} {unit}",
        en: "certificate {certificate}: {what} {certified} {unit}, declared {declared} {unit}, tolerance {tolerance} {unit}",
    },
    remedy: Words {
        zh: "更正报关单，或申请更改证书",
        en: "correct the declaration, or apply for a changed certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "8, ORG-038" }],
    check: Check::Proof(check),
};

const QUANTITY: Words = Words { zh: "数量", en: "quantity" };
const GROSS_WEIGHT: Words = Words { zh: "毛重", en: "gross weight" };
const KILOGRAM: Words = Words { zh: "千克", en: "kg" };
const UNITS_DIFFER: Words = Words {
    zh: "证书与报关单的计量单位不同或数量缺失",
    en: "certificate and declaration count in different units, or a quantity is missing",
};
const WEIGHT_NOT_SHOWN: Words = Words {
    zh: "证书毛重不全或非千克",
    en: "gross weight is not shown for every line in kilograms",
};

fn check(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let groups = proof::groups(case, proof);
    for group in &groups {
        judge_quantity(group, proof, report);
    }
    judge_weight(case, proof, &groups, law, report);
}

fn judge_quantity(group: &Group<'_>, proof: &Proof<'_>, report: &mut Reporter<'_>) {
    let Some(quantities) = proof::quantities(group) else {
        return report.not_judged(UNITS_DIFFER);
    };
    if quantities.declared < quantities.certified {
        let evidence = evidence![
            certificate = proof.certificate.head.number,
            what = QUANTITY,
            certified = quantities.certified,
            declared = quantities.declared,
            unit = quantities.unit,
            tolerance = Decimal::ZERO
        ];
        report.place(group.place(proof, |item| &item.quantity), evidence);
    }
}

fn judge_weight(
    case: &Case<'_>,
    proof: &Proof<'_>,
    groups: &[Group<'_>],
    law: &Tables,
    report: &mut Reporter<'_>,
) {
    let Some(declared) = case.declaration.head.gross_weight_kg.decimal() else { return };
    let Some(certified) = proof::sum(groups.iter().flat_map(|group| &group.lines).map(|line| gross_kg(line)))
    else {
        return report.not_judged(WEIGHT_NOT_SHOWN);
    };
    let tolerances = law.origin_tolerances.on(case.accepted_on());
    let Some(tolerance) = tolerances.and_then(|tolerances| tolerances.of_weight(declared)) else { return };
    let Some(distance) = certified.distance(declared) else { return };
    let is_too_much = declared < certified;
    if tolerance < distance && (is_too_much || proof::covers_all(case, groups)) {
        let certificate = proof.certificate.head.number;
        let evidence =
            evidence![certificate, what = GROSS_WEIGHT, certified, declared, unit = KILOGRAM, tolerance];
        report.place(proof.place, evidence);
    }
}

fn gross_kg(line: &CertificateItem<'_>) -> Option<Decimal> {
    if proof::is_kilogram(line.weight_unit.value) { line.gross_weight.decimal() } else { None }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn claimed(declared: &str, line: &str) -> String {
        format!(
            "declaration {declared}
             item quantity=11900 second_quantity=11900
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E
             line quantity=11900 gross_weight=10800 {line}"
        )
    }

    #[test]
    fn three_per_cent_of_weight_are_tolerated() {
        check_rule(&RULE, &claimed("gross_weight_kg=10900", ""), expect![""]);
        // 3 % of 10485 is 314.55; 10800 is 315 more.
        check_rule(
            &RULE,
            &claimed("gross_weight_kg=10485", ""),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061: gross weight 10800 kg, declared 10485 kg, tolerance 314.55 kg
            "#]],
        );
    }

    #[test]
    fn a_pair_too_many_is_one_too_many() {
        check_rule(
            &RULE,
            &claimed("gross_weight_kg=10900", "quantity=12000"),
            expect![[r#"
                reject item 1 quantity: certificate E185556000180061: quantity 12000 pairs, declared 11900 pairs, tolerance 0 pairs
            "#]],
        );
    }

    #[test]
    fn a_certificate_for_a_part_may_weigh_less_but_not_more() {
        check_rule(&RULE, &claimed("gross_weight_kg=10900", "quantity=5000 gross_weight=4500"), expect![""]);
        check_rule(
            &RULE,
            &claimed("gross_weight_kg=10900", "gross_weight=4500"),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061: gross weight 4500 kg, declared 10900 kg, tolerance 327 kg
            "#]],
        );
    }

    #[test]
    fn a_certificate_claimed_without_mapping_is_compared_as_a_whole() {
        let claimed = |quantity: u32| {
            format!(
                "item quantity=700
                 item quantity=500
                 licence code=Y number=C185556000180061
                 certificate number=C185556000180061 form=C
                 line quantity={quantity}
                 line quantity=500 gross_weight=0"
            )
        };
        check_rule(&RULE, &claimed(700), expect![""]);
        check_rule(
            &RULE,
            &claimed(800),
            expect![[r#"
                reject licence 1 number: certificate C185556000180061: quantity 1300 pairs, declared 1200 pairs, tolerance 0 pairs
            "#]],
        );
    }

    #[test]
    fn pounds_are_not_compared_with_kilograms() {
        check_rule(
            &RULE,
            &claimed("gross_weight_kg=10900", "weight_unit=LBS"),
            expect![[r#"
                not judged: gross weight is not shown for every line in kilograms
            "#]],
        );
    }
}
