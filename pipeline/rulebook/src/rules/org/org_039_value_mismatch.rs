//! The FOB value on the certificate lies outside the tolerance of the declared value.
//!
//! Judged where the certificate shows a value, in one currency, against a declaration in FOB terms; any other pair of
//! papers is not comparable. The tolerance is one per cent of the declared value and at least 1.00. A certificate for
//! a part may show less.

use crate::prelude::*;
use crate::proof::{self, Group};
use model::code::{Currency, price_term};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-039"),
    name: "certificate-value-mismatch",
    version: 1,
    title: Words { zh: "证书FOB值与申报价值不符", en: "FOB value differs from the declared value" },
    message: Words {
        zh: "证书 {certificate} FOB值 {certified} {currency}，申报 {declared} {currency}，容差 {tolerance}",
        en: "certificate {certificate}: FOB value {certified} {currency}, declared {declared} {currency}, tolerance {tolerance}",
    },
    remedy: Words {
        zh: "更正报关单价值，或申请更改证书",
        en: "correct the declared value, or apply for a changed certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "8, ORG-039" }],
    check: Check::Proof(check),
};

const NOT_FOB: Words =
    Words { zh: "报关单成交方式不是FOB", en: "the declaration is not in FOB terms" };
const OTHER_CURRENCY: Words = Words {
    zh: "证书与报关单币制不同",
    en: "certificate and declaration are in different currencies",
};
const PARTLY_CLAIMED: Words = Words {
    zh: "报关单只使用了证书的部分货项",
    en: "the declaration claims only some lines of the certificate",
};

fn check(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = proof.certificate.head;
    let groups = proof::groups(case, proof);
    let mut values = proof.certificate.goods().map(|line| line.fob_value).chain([head.fob_value]);
    if values.all(|value| shown(value).is_none()) {
        return;
    }
    if case.declaration.head.price_term.value != price_term::FOB {
        return report.not_judged(NOT_FOB);
    }
    if !is_one_currency(head.currency, &groups) {
        return report.not_judged(OTHER_CURRENCY);
    }
    let mut is_line_wrong = false;
    for group in &groups {
        let certified = proof::sum(group.lines.iter().map(|line| shown(line.fob_value)));
        let place = group.place(proof, |item| &item.total_price);
        is_line_wrong |= judge(case, proof, certified, std::slice::from_ref(group), place, law, report);
    }
    // A wrong line makes the total wrong as well; once is enough.
    if is_line_wrong {
        return;
    }
    if !proof::claims_all_lines(proof, &groups) {
        return report.not_judged(PARTLY_CLAIMED);
    }
    judge(case, proof, shown(head.fob_value), &groups, proof.place, law, report);
}

/// Compares a value with the sum of the goods lines it is for; true when it is wrong.
fn judge(
    case: &Case<'_>,
    proof: &Proof<'_>,
    certified: Option<Decimal>,
    groups: &[Group<'_>],
    place: Place,
    law: &Tables,
    report: &mut Reporter<'_>,
) -> bool {
    let items = groups.iter().flat_map(|group| &group.items);
    let (Some(certified), Some(declared)) =
        (certified, proof::sum(items.map(|item| item.total_price.decimal())))
    else {
        return false;
    };
    let tolerances = law.origin_tolerances.on(case.accepted_on());
    let Some(tolerance) = tolerances.and_then(|tolerances| tolerances.of_value(declared)) else {
        return false;
    };
    let is_within = certified.distance(declared).is_some_and(|distance| distance <= tolerance);
    let is_part = certified < declared && !proof::are_whole(groups);
    if is_within || is_part {
        return false;
    }
    let head = proof.certificate.head;
    report.place(
        place,
        evidence![certificate = head.number, certified, declared, currency = head.currency, tolerance],
    );
    true
}

/// A value the form shows; zero is what senders write where it does not.
fn shown(value: Text<'_>) -> Option<Decimal> {
    value.decimal().filter(|value| value.is_positive())
}

fn is_one_currency(on_certificate: Text<'_>, groups: &[Group<'_>]) -> bool {
    let Some(wanted) = Currency::from_code(on_certificate.value) else { return false };
    groups
        .iter()
        .flat_map(|group| &group.items)
        .all(|item| Currency::from_code(item.currency.value) == Some(wanted))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn claimed(head: &str, line: &str) -> String {
        format!(
            "item total_price=48200
             origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E {head}
             line {line}"
        )
    }

    #[test]
    fn one_per_cent_is_tolerated() {
        check_rule(&RULE, &claimed("fob_value=48000", "fob_value=48000"), expect![""]);
        check_rule(
            &RULE,
            &claimed("fob_value=49000", "fob_value="),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061: FOB value 49000 USD, declared 48200 USD, tolerance 482
            "#]],
        );
    }

    #[test]
    fn a_wrong_line_is_told_once_and_at_its_place() {
        check_rule(
            &RULE,
            &claimed("fob_value=49000", "fob_value=49000"),
            expect![[r#"
                reject item 1 total_price: certificate E185556000180061: FOB value 49000 USD, declared 48200 USD, tolerance 482
            "#]],
        );
    }

    #[test]
    fn a_small_value_may_differ_by_one() {
        let claimed = |value: &str| {
            format!(
                "item total_price=60.00
                 origin document_number=CE185556000180061
                 certificate number=E185556000180061 form=E fob_value={value}
                 line fob_value="
            )
        };
        check_rule(&RULE, &claimed("61.00"), expect![""]);
        check_rule(
            &RULE,
            &claimed("61.01"),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061: FOB value 61.01 USD, declared 60 USD, tolerance 1
            "#]],
        );
    }

    #[test]
    fn a_certificate_for_a_part_shows_less() {
        check_rule(&RULE, &claimed("fob_value=20000", "quantity=500 fob_value=20000"), expect![""]);
    }

    #[test]
    fn what_is_not_fob_or_not_one_currency_is_not_judged() {
        check_rule(
            &RULE,
            &format!("declaration price_term=1\n{}", claimed("", "")),
            expect![[r#"
                not judged: the declaration is not in FOB terms
            "#]],
        );
        check_rule(
            &RULE,
            &claimed("currency=EUR", ""),
            expect![[r#"
                not judged: certificate and declaration are in different currencies
            "#]],
        );
        check_rule(&RULE, &claimed("fob_value=0.00000", "fob_value="), expect![""]);
    }
}
