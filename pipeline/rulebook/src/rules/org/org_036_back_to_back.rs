//! A back-to-back certificate does not go with the certificate it rests on.
//!
//! Goods that come from another party and go on are certified by the party between them, on the ground of the original:
//! its number, day and country are named, and no more goes on than the original has left. What is left is seen only as
//! far as one declaration claims the original and the certificates that rest on it; otherwise that part is not judged.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::Phrases;
use jiff::civil::Date;
use model::certificate::Certificate;
use model::code::Country;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-036"),
    name: "back-to-back-without-ground",
    version: 1,
    title: Words {
        zh: "背对背证书与原证书不符",
        en: "back-to-back certificate does not go with the original",
    },
    message: Words {
        zh: "背对背证书 {certificate}（原证书 {original}）：{defect} {compared}",
        en: "back-to-back certificate {certificate} on {original}: {defect} {compared}",
    },
    remedy: Words {
        zh: "填写原证书编号、日期和原产国，数量不超过原证书余量",
        en: "name number, day and country of the original, and certify no more than it has left",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules S27c", article: "8.1, ORG-036" }],
    check: Check::CertificateAndProof(alone, beside),
};

const NOT_OF_FORM: Words = Words { zh: "不得签发背对背证书，类型", en: "there are none of form" };
const MISSING: Words = Words { zh: "未填", en: "it lacks" };
const NOT_ANOTHER_PARTY: Words =
    Words { zh: "原产国不是其他缔约方，为", en: "the goods are of no other party, but of" };
const TOO_MUCH: Words =
    Words { zh: "数量超过原证书余量", en: "it certifies more than the original has left," };
const NUMBER: Words = Words { zh: "原证书编号", en: "the number of the original" };
const DAY: Words = Words { zh: "原证书签发日期", en: "the day of the original" };
const COUNTRY: Words = Words { zh: "原产国", en: "the country of origin" };
const NOT_SEEN: Words =
    Words { zh: "原证书余量无法判断", en: "what the original certificate has left is not known" };

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let certificate = &case.certificate;
    let head = certificate.head;
    let Some((issued_on, _)) = certificate.issued_on() else { return };
    let Some(form) = proof::form(certificate, law) else { return };
    let Some(said) = back_to_back(certificate, issued_on, law) else { return };
    let original = certificate.amendment.old_number;
    let (defect, compared): (Words, Value) = if !form.back_to_back {
        (NOT_OF_FORM, head.form.into())
    } else if original.is_empty() {
        (MISSING, NUMBER.into())
    } else if certificate.amendment.old_issue_date.date().is_none() {
        (MISSING, DAY.into())
    } else {
        match origin(certificate) {
            None => (MISSING, COUNTRY.into()),
            Some(origin) if origin == Country::CHINA || !proof::is_party(head, origin, issued_on, law) => {
                (NOT_ANOTHER_PARTY, origin.code().into())
            }
            Some(_) => return,
        }
    };
    report.at(head, said, evidence![certificate = head.number, original, defect, compared]);
}

fn beside(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let certificate = &proof.certificate;
    let Some((issued_on, _)) = certificate.issued_on() else { return };
    if back_to_back(certificate, issued_on, law).is_none() {
        return;
    }
    let (number, original) = (certificate.head.number, certificate.amendment.old_number);
    let Some((left, certified)) = left_before(case, proof).zip(quantity(certificate)) else {
        return report.not_judged(NOT_SEEN);
    };
    if left < certified {
        let compared = format!("{certified} > {left}");
        report.place(proof.place, evidence![certificate = number, original, defect = TOO_MUCH, compared]);
    }
}

/// The field that says so.
fn back_to_back<'c>(certificate: &Certificate<'c>, day: Date, law: &Tables) -> Option<&'c Text<'c>> {
    let says = |text: &&Text<'_>| law.origin_phrases.within(Phrases::BackToBack, text.value, day).is_some();
    proof::remarks(certificate.head).into_iter().find(says)
}

/// The country the goods were made in, as the head or the first line that says so has it.
fn origin(certificate: &Certificate<'_>) -> Option<Country> {
    let lines = certificate.goods().map(|line| line.origin_country.value);
    [certificate.head.origin_country_code.value].into_iter().chain(lines).find_map(Country::from_code)
}

/// What the original has left for this certificate, when the declaration claims it, too: certificates on the same ground
/// that are claimed before this one have taken their part.
fn left_before(case: &Case<'_>, proof: &Proof<'_>) -> Option<Decimal> {
    let (number, original) =
        (proof.certificate.head.number.value, proof.certificate.amendment.old_number.value);
    let claimed = || case.proofs().map(|other| other.certificate);
    let whole = quantity(&claimed().find(|other| other.head.number.value == original)?)?;
    let before = claimed().take_while(|other| other.head.number.value != number);
    let on_it = before.filter(|other| other.amendment.old_number.value == original);
    let taken = proof::sum(on_it.map(|other| quantity(&other)))?;
    whole.checked_sub(taken)
}

/// Everything a certificate certifies, when it counts in one unit.
fn quantity(certificate: &Certificate<'_>) -> Option<Decimal> {
    let unit = certificate.goods().next()?.unit.value;
    proof::sum(certificate.goods().map(|line| line.quantity.decimal().filter(|_| line.unit.value == unit)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const RCEP: &str = "form=RC destination_country_code=JPN issue_date=2022-06-01 remark=\"BACK-TO-BACK CERTIFICATE OF ORIGIN\"";

    fn alone(rest: &str) -> String {
        format!("certificate {RCEP} number=RC225556000180061 {rest}")
    }

    #[test]
    fn number_day_and_country_of_the_original() {
        let full = "origin_country_code=VNM\namendment old_number=VN-RC-0007 old_issue_date=2022-05-02";
        check_rule(&RULE, &alone(full), expect![""]);
        check_rule(
            &RULE,
            &alone("origin_country_code=VNM\namendment old_number=VN-RC-0007"),
            expect![[r#"
                reject certificate 1 remark: back-to-back certificate RC225556000180061 on VN-RC-0007: it lacks the day of the original
            "#]],
        );
        check_rule(
            &RULE,
            &alone("origin_country_code=CHN\namendment old_number=VN-RC-0007 old_issue_date=2022-05-02"),
            expect![[r#"
                reject certificate 1 remark: back-to-back certificate RC225556000180061 on VN-RC-0007: the goods are of no other party, but of CHN
            "#]],
        );
    }

    #[test]
    fn a_form_that_has_none() {
        check_rule(
            &RULE,
            "certificate form=N number=N185556000180061 destination_country_code=NZL remark=BACK-TO-BACK
             amendment old_number=X1",
            expect![[r#"
                reject certificate 1 remark: back-to-back certificate N185556000180061 on X1: there are none of form N
            "#]],
        );
        check_rule(&RULE, "certificate form=N destination_country_code=NZL", expect![""]);
    }

    // 12,000 pairs, of which 7,000 went on: 5,000 are left.
    fn on_one_original(quantity: u32) -> String {
        let part = |number: &str, quantity: u32| {
            format!(
                "certificate {RCEP} number={number} origin_country_code=VNM
                 line quantity={quantity}
                 amendment old_number=RC225556000180001 old_issue_date=2022-05-02\n"
            )
        };
        let claims = ["RC225556000180001", "RC225556000180002", "RC225556000180003"]
            .map(|number| format!("origin document_number=C{number}\n"));
        format!(
            "{}certificate form=RC number=RC225556000180001
             line quantity=12000
             {}{}",
            claims.concat(),
            part("RC225556000180002", 7000),
            part("RC225556000180003", quantity)
        )
    }

    #[test]
    fn no_more_than_the_original_has_left() {
        check_rule(&RULE, &on_one_original(3000), expect![""]);
        check_rule(
            &RULE,
            &on_one_original(6000),
            expect![[r#"
                reject origin 3 document_number: back-to-back certificate RC225556000180003 on RC225556000180001: it certifies more than the original has left, 6000 > 5000
            "#]],
        );
    }

    #[test]
    fn an_original_nobody_claims_here_is_not_judged() {
        check_rule(
            &RULE,
            &format!(
                "origin document_number=CRC225556000180061\n{}\nline\namendment old_number=VN-RC-0007 old_issue_date=2022-05-02",
                alone("origin_country_code=VNM")
            ),
            expect![[r#"
                not judged: what the original certificate has left is not known
            "#]],
        );
    }
}
