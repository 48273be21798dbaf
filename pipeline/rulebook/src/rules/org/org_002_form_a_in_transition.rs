//! A form A near the day its preference ended: the day of issue decides, and nothing else.
//!
//! Issued on the day of the end or after it, form A is worth nothing, whenever it was applied for (ORG-001 returns it).
//! Issued before, it stays usable as long as the destination's own transition lasts, which is not on file: a declaration
//! accepted after the end is told so.

use crate::prelude::*;
use crate::proof;
use jiff::civil::Date;
use model::certificate::Certificate;
use model::code::{Country, certificate_type};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-002"),
    name: "form-a-in-transition",
    version: 1,
    title: Words {
        zh: "普惠制证书临近或超过停止签发日期", en: "form A near the end of its preference"
    },
    message: Words {
        zh: "自 {ended_on} 起不再向 {destination} 签发普惠制证书，以签发日期为准；本证书 {issued_on} 签发：{defect}",
        en: "form A is no longer issued for {destination} from {ended_on}, and the day of issue counts; this one is of {issued_on}: {defect}",
    },
    remedy: Words {
        zh: "向进口国收货人确认过渡期是否仍接受该证书，否则改用一般原产地证书",
        en: "have the buyer ask whether the transition still takes it, or use a general certificate",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "海关总署公告2021年第84号", article: "" },
        Citation { instrument: "domain-rules S35", article: "8.3, ORG-002" },
    ],
    check: Check::CertificateAndProof(alone, beside),
};

const TOO_LATE: Words = Words { zh: "已停止签发", en: "it comes too late" };
const IN_TRANSITION: Words = Words {
    zh: "是否接受取决于进口国的过渡安排",
    en: "it is good as long as the destination's transition lasts",
};

fn alone(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, to)) = form_a(&case.certificate) else { return };
    if let Some(ended_on) = ended(law, to, issued_on) {
        let destination = to.code();
        let evidence = evidence![destination, ended_on, issued_on, defect = TOO_LATE];
        report.place(proof::issue_place(head), evidence);
    }
}

fn beside(case: &Case<'_>, proof: &Proof<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some((issued_on, to)) = form_a(&proof.certificate) else { return };
    if let Some(ended_on) = ended(law, to, case.accepted_on()).filter(|ended_on| issued_on < *ended_on) {
        let destination = to.code();
        report.place(proof.place, evidence![destination, ended_on, issued_on, defect = IN_TRANSITION]);
    }
}

fn form_a(certificate: &Certificate<'_>) -> Option<(Date, Country)> {
    let (issued_on, _) = certificate.issued_on()?;
    let to = proof::destination(certificate.head)?;
    (certificate.head.form.value == certificate_type::FORM_A).then_some((issued_on, to))
}

/// The day from which form A is no longer issued for the destination, when it lies on this day or before.
fn ended(law: &Tables, to: Country, day: Date) -> Option<Date> {
    if law.origin_destinations.service(certificate_type::FORM_A, Some(to), day).is_some() {
        return None;
    }
    let row = law.origin_destinations.nearest(certificate_type::FORM_A, Some(to), day)?;
    (row.to <= day).then_some(row.to)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_day_of_issue_decides() {
        let of = |day: &str| {
            format!(
                "certificate form=G destination_country_code=DEU application_date=2021-11-20 issue_date={day}"
            )
        };
        check_rule(&RULE, &of("2021-11-30"), expect![""]);
        check_rule(
            &RULE,
            &of("2021-12-01"),
            expect![[r#"
                warn certificate 1 issue_date: form A is no longer issued for DEU from 2021-12-01, and the day of issue counts; this one is of 2021-12-01: it comes too late
            "#]],
        );
    }

    #[test]
    fn an_earlier_one_is_told_when_the_goods_go_later() {
        let accepted = |day: &str, to: &str| {
            format!(
                "accepted {day}
                 licence code=Y number=G215556000180061
                 certificate form=G number=G215556000180061 destination_country_code={to} issue_date=2021-11-30"
            )
        };
        check_rule(&RULE, &accepted("2021-11-30", "DEU"), expect![""]);
        check_rule(&RULE, &accepted("2021-12-02", "NOR"), expect![""]);
        check_rule(
            &RULE,
            &accepted("2021-12-02", "DEU"),
            expect![[r#"
                warn licence 1 number: form A is no longer issued for DEU from 2021-12-01, and the day of issue counts; this one is of 2021-11-30: it is good as long as the destination's transition lasts
            "#]],
        );
    }
}
