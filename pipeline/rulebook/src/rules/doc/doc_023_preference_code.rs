//! The export preference declared for a line does not go with the certificates it is claimed by.
//!
//! The second declared element says whether the goods have a preference at the destination. A line that says so is named
//! by a preferential certificate, and a line that says it has none is not. Told only: the certificate may yet be applied
//! for. A certificate claimed as licence document stands for all lines, one mapped to lines for those.
//! The element alone claims no certificate (ruling D1).

use crate::prelude::*;
use crate::tables::elements::Element;
use crate::tables::preference_codes::Preference;
use model::case::{Claim, Found};
use model::code::certificate_number::{CertificateNumber, strip_claim_letter};
use model::code::{certificate_type, licence};
use model::declaration::{Declaration, GoodsItem};
use std::collections::{HashMap, HashSet};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-023"),
    name: "preference-code-without-certificate",
    version: 1,
    title: Words {
        zh: "出口享惠情况与优惠原产地证不一致",
        en: "export preference does not go with the certificates claimed",
    },
    message: Words {
        zh: "出口享惠情况申报 {code}（{declared}），{found}",
        en: "export preference {code} ({declared}) is declared, {found}",
    },
    remedy: Words {
        zh: "核对出口享惠情况：享惠的填报优惠原产地证，不享惠的填0",
        en: "claim the preferential certificate, or declare 0 when there is no preference",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "domain-rules", article: "6, DOC-023" },
        Citation { instrument: "rulings", article: "D1" },
    ],
    check: Check::Declaration(check),
};

const NO_CODE: Words = Words { zh: "无此代码", en: "no such code" };
const NOT_COMPARED: Words = Words { zh: "未核对原产地证", en: "and was not compared" };
const IMPORTS: Words = Words { zh: "该代码不适用于出口", en: "which is no code of an export" };
const PREFERENCE: Words = Words { zh: "享受优惠关税", en: "a preference" };
const NO_PREFERENCE: Words = Words { zh: "不享受优惠关税", en: "no preference" };
const NOT_FOR_EXPORTS: Words = Words { zh: "不适用", en: "not applicable" };
const NO_CERTIFICATE: Words = Words {
    zh: "未填报优惠原产地证",
    en: "and no preferential certificate is claimed for the line",
};
const CERTIFICATE: Words = Words {
    zh: "却填报了优惠原产地证",
    en: "and a preferential certificate is claimed for the line",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    let claimed = Claimed::of(case);
    for item in case.items() {
        let Some(elements) = law.elements.on(item.commodity_code.value, day) else { continue };
        let code = elements.value(Element::ExportPreference, item.specification.value);
        if !matches!(code.as_bytes(), [b'0'..=b'9']) {
            continue; // What is no digit is DOC-020's.
        }
        let (declared, found) = match law.preference_codes.on(code, day) {
            None => (NO_CODE, NOT_COMPARED),
            Some(Preference::Import) => (NOT_FOR_EXPORTS, IMPORTS),
            Some(Preference::Claimed) if !claimed.covers(item) => (PREFERENCE, NO_CERTIFICATE),
            Some(Preference::NotClaimed) if claimed.covers(item) => (NO_PREFERENCE, CERTIFICATE),
            Some(Preference::Claimed | Preference::NotClaimed | Preference::Open) => continue,
        };
        report.at(item, &item.specification, evidence![code, declared, found]);
    }
}

/// The lines a preferential certificate is claimed for.
struct Claimed<'c> {
    all: bool,
    lines: HashSet<&'c str>,
}

impl<'c> Claimed<'c> {
    /// What is claimed under an agreement is preferential, unless its letters are those of a general certificate; of a
    /// licence document the letters must say so.
    fn of(case: &Case<'c>) -> Self {
        let Declaration { origin_mappings, licences, .. } = case.declaration;
        let claims: HashMap<&str, &Claim<'_>> =
            case.claims.iter().map(|claim| (claim.number, claim)).collect();
        let mapped =
            origin_mappings.iter().filter(|row| row.document_type.value.starts_with(licence::ORIGIN));
        let mut licences = licences.iter().filter(|row| row.code.value == licence::ORIGIN);
        Claimed {
            lines: mapped
                .filter(|row| is_preferential(&claims, row.document_number.value).unwrap_or(true))
                .map(|row| row.goods_line.value)
                .collect(),
            all: licences.any(|row| is_preferential(&claims, row.number.value).unwrap_or(false)),
        }
    }

    fn covers(&self, item: &GoodsItem<'_>) -> bool {
        self.all || self.lines.contains(item.line_number.value)
    }
}

/// By the form of the certificate on file; of one that is not, by the letters of its number; none where they say nothing.
fn is_preferential(claims: &HashMap<&str, &Claim<'_>>, claimed: &str) -> Option<bool> {
    let stripped = strip_claim_letter(claimed);
    let claim = claims.get(claimed).or_else(|| claims.get(stripped));
    let letters = match claim.map(|claim| claim.found) {
        Some(Found::Proof(certificate)) => Some(certificate.head.form.value),
        _ => {
            let number = claim.map_or(stripped, |claim| claim.number);
            CertificateNumber::parse(number).ok().map(|number| number.form)
        }
    };
    letters.map(certificate_type::is_preferential)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(code: &str) -> String {
        format!("item specification=\"1|{code}|女鞋 不过踝|牛皮革|橡胶|JILONG|A-101\"\n")
    }

    const FORM_E: &str =
        "origin document_number=CE185556000180061\ncertificate number=E185556000180061 form=E";

    #[test]
    fn a_preference_with_form_e_passes() {
        check_rule(&RULE, &format!("{}{FORM_E}", line("1")), expect![""]);
    }

    #[test]
    fn a_preference_without_a_certificate_is_told() {
        check_rule(
            &RULE,
            &line("1"),
            expect![[r#"
                warn item 1 specification: export preference 1 (a preference) is declared, and no preferential certificate is claimed for the line
            "#]],
        );
    }

    #[test]
    fn a_certificate_without_a_preference_is_told_too() {
        check_rule(
            &RULE,
            &format!("{}{FORM_E}", line("0")),
            expect![[r#"
                warn item 1 specification: export preference 0 (no preference) is declared, and a preferential certificate is claimed for the line
            "#]],
        );
    }

    #[test]
    fn a_certificate_that_has_not_come_is_known_by_its_number() {
        check_rule(&RULE, &format!("{}origin document_number=CE185556000180061", line("1")), expect![""]);
    }

    #[test]
    fn the_general_certificate_goes_with_no_preference() {
        let general = "licence code=Y number=C185556000180061\ncertificate number=C185556000180061 form=C";
        check_rule(&RULE, &format!("{}{general}", line("0")), expect![""]);
        check_rule(
            &RULE,
            &format!("{}{general}", line("1")),
            expect![[r#"
                warn item 1 specification: export preference 1 (a preference) is declared, and no preferential certificate is claimed for the line
            "#]],
        );
    }

    #[test]
    fn a_firm_that_cannot_tell_is_not_asked() {
        check_rule(&RULE, &line("2"), expect![""]);
        check_rule(&RULE, &format!("{}{FORM_E}", line("2")), expect![""]);
    }

    #[test]
    fn three_is_for_imports_and_four_is_nothing() {
        check_rule(
            &RULE,
            &format!("{}{}", line("3"), line("4")),
            expect![[r#"
                warn item 1 specification: export preference 3 (not applicable) is declared, which is no code of an export
                warn item 2 specification: export preference 4 (no such code) is declared, and was not compared
            "#]],
        );
    }
}
