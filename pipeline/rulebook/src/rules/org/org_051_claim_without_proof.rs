//! A certificate the declaration claims is not on file, or is no proof.
//!
//! The declaration waits: a certificate may come after it (rulings O2, K3), a rejected one may be mended (K4). It is
//! decided again when the certificate arrives. Why it waits is said with each claim.

use crate::prelude::*;
use model::case::Found;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-051"),
    name: "claim-without-proof",
    version: 1,
    title: Words {
        zh: "所列原产地证未到或不能作为证明", en: "claimed certificate is missing or no proof"
    },
    message: Words {
        zh: "所列原产地证 {certificate} 尚不能作为证明：{why}",
        en: "certificate {certificate} is claimed but proves nothing yet: {why}",
    },
    remedy: Words {
        zh: "提交该证书或核对编号；证书被退回的，更正后重新提交",
        en: "hand in the certificate or check its number; mend a rejected one and hand it in again",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "rulings", article: "D1, D5" }],
    check: Check::Declaration(check),
};

const NOT_ON_FILE: Words = Words { zh: "证书未到", en: "it is not on file" };

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for claim in case.claims {
        let why = match claim.found {
            Found::Proof(_) => continue,
            Found::Missing => NOT_ON_FILE,
            Found::NoProof(why) => why,
        };
        report.place(claim.place, evidence![certificate = claim.number, why]);
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, check};
    use crate::rule::{Gathered, Reporter};
    use crate::tables::Tables;
    use crate::testing::check_rule;
    use expect_test::expect;
    use fixtures::notation::Notated;
    use model::case::{Case, Claim, Found};
    use model::finding::{Place, Value, Words};

    #[test]
    fn a_certificate_on_file_is_enough() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061\ncertificate number=E185556000180061 form=E",
            expect![""],
        );
    }

    #[test]
    fn a_missing_one_is_waited_for() {
        check_rule(
            &RULE,
            "origin document_number=CE185556000180061
             licence code=Y number=C185556000180062",
            expect![[r#"
                hold origin 1 document_number: certificate E185556000180061 is claimed but proves nothing yet: it is not on file
                hold licence 1 number: certificate C185556000180062 is claimed but proves nothing yet: it is not on file
            "#]],
        );
    }

    #[test]
    fn one_that_is_no_proof_is_held_with_its_reason() {
        let law = Tables::shipped().expect("shipped tables are good");
        let why = Words { zh: "证书被退回", en: "it was rejected" };
        let mut gathered = Gathered::default();
        Notated::parse("").expect("the clean case").with_case(|clean| {
            let claims =
                [Claim { number: "E185556000180061", place: Place::at(7), found: Found::NoProof(why) }];
            check(&Case { claims: &claims, ..*clean }, &law, &mut Reporter::new(&RULE, &mut gathered));
        });
        let [finding] = &gathered.findings[..] else { panic!("one finding") };
        assert_eq!(finding.place, Place::at(7));
        assert_eq!(finding.evidence[1], ("why", Value::Words(why)));
    }
}
