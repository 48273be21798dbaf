//! The form is unknown, or belongs to an agreement China is no party to.
//!
//! China is no party to the CPTPP, so a certificate under it proves nothing here. The certificate is put on file, for it
//! may be true paper of someone else, but the declaration that claims it waits for a proof (ORG-051).

use crate::prelude::*;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-003"),
    name: "form-unknown",
    version: 1,
    title: Words { zh: "证书类型未知或不被认可", en: "form is unknown or not recognised" },
    message: Words {
        zh: "证书类型 {form} 不在海关签发的原产地证类型之列，不得作为原产地证明",
        en: "form {form} is none of the certificates customs issues and is no proof of origin",
    },
    remedy: Words {
        zh: "核对证书类型代码；改用中国为缔约方的协定项下证书",
        en: "check the type code; use a form of an agreement China is a party to",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules", article: "8.1, ORG-003" },
        Citation { instrument: "single-window", article: "5.4" },
    ],
    check: Check::Certificate(check),
};

fn check(case: &CertificateCase<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    if !certificate_type::LIST.is_known(head.form.value) {
        report.at(head, &head.form, evidence![form = head.form]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::proof::{Standing, proof_standing};
    use crate::tables::Tables;
    use crate::testing::check_rule;
    use expect_test::expect;
    use fixtures::notation::Notated;

    #[test]
    fn cptpp_is_refused() {
        check_rule(
            &RULE,
            "certificate form=CPTPP destination_country_code=JPN",
            expect![[r#"
                deny certificate 1 form: form CPTPP is none of the certificates customs issues and is no proof of origin
            "#]],
        );
    }

    #[test]
    fn form_e_to_viet_nam_passes() {
        check_rule(&RULE, "certificate form=E destination_country_code=VNM", expect![""]);
    }

    #[test]
    fn what_is_unknown_or_has_no_rules_on_file_is_no_proof() {
        let law = Tables::shipped().expect("shipped tables are good");
        for (form, is_proof) in [("E", true), ("RC", true), ("CPTPP", false), ("", false), ("GE", false)] {
            let notated = Notated::parse(&format!("certificate form={form}")).expect("good notation");
            notated.with_certificates(|case| {
                assert_eq!(proof_standing(case, &law) == Standing::Proof, is_proof, "{form}");
            });
        }
    }
}
