//! The local share is below what the criterion asks.
//!
//! Build-down: (FOB - value of non-originating materials) / FOB. The message carries the share of imported materials of a
//! line in per cent, so the local share is what it leaves of one hundred, rounded half up to two places. A line that goes
//! by share and does not state it is not judged; nor is a change of heading, whose bill of materials nobody sends.

use crate::prelude::*;
use crate::proof;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-020"),
    name: "local-share-too-low",
    version: 1,
    title: Words { zh: "区域价值成分低于标准", en: "local share is below the criterion" },
    message: Words {
        zh: "第 {line} 项进口成份 {imported}%，区域价值成分 {local}%，{form} 类证书 {criterion} 标准不低于 {local_min}%",
        en: "line {line} has {imported} % of imported materials, a local share of {local} %; form {form} asks at least {local_min} % for {criterion}",
    },
    remedy: Words {
        zh: "核算非原产材料价值；达不到标准的不得申领该证书",
        en: "work out the value of non-originating materials; goods below the share have no such certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules S30", article: "8.2, ORG-020" }],
    check: Check::Certificate(check),
};

const NOT_STATED: Words = Words {
    zh: "按区域价值成分申报的货物未填进口成份比例",
    en: "a line that goes by share does not state its imported content",
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let form = case.certificate.head.form;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    for line in case.certificate.goods() {
        let said = proof::criterion(line);
        let is_said = !said.code.is_empty() || said.figure.is_some();
        let shares = law.origin_shares.shares(form.value, said.code, issued_on).filter(|_| is_said);
        let Some(local_min) = shares.and_then(|shares| shares.local_min) else { continue };
        let Some(imported) = proof::imported_share(line) else {
            report.not_judged(NOT_STATED);
            continue;
        };
        let local = proof::build_down(Decimal::HUNDRED, imported);
        if let Some(local) = local.filter(|local| *local < local_min) {
            let evidence = evidence![
                line = line.line_number,
                imported,
                local,
                form,
                criterion = line.criterion,
                local_min
            ];
            report.at(line, &line.imported_content, evidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn form_e(line: &str) -> String {
        format!("certificate form=E destination_country_code=VNM\nline {line}")
    }

    // 6.10 of 14.20 are 42.96 %, 8.60 are 60.56 %.
    #[test]
    fn six_dollars_ten_of_fourteen_twenty() {
        check_rule(&RULE, &form_e("criterion=57% imported_content=42.96"), expect![""]);
        check_rule(
            &RULE,
            &form_e("criterion=57% imported_content=60.56%"),
            expect![[r#"
                reject certificate line 1 imported_content: line 1 has 60.56 % of imported materials, a local share of 39.44 %; form E asks at least 40 % for 57%
            "#]],
        );
    }

    #[test]
    fn forty_is_enough() {
        let rcep = |imported: &str| {
            format!(
                "certificate form=RC destination_country_code=JPN issue_date=2022-06-01
                 line criterion=RVC imported_content={imported}"
            )
        };
        check_rule(&RULE, &rcep("60"), expect![""]);
        check_rule(
            &RULE,
            &rcep("60.01"),
            expect![[r#"
                reject certificate line 1 imported_content: line 1 has 60.01 % of imported materials, a local share of 39.99 %; form RC asks at least 40 % for RVC
            "#]],
        );
    }

    #[test]
    fn a_share_that_is_not_stated_is_not_judged() {
        check_rule(
            &RULE,
            &form_e("criterion=57%"),
            expect![[r#"
                not judged: a line that goes by share does not state its imported content
            "#]],
        );
        check_rule(&RULE, &form_e("criterion=PSR"), expect![""]);
        check_rule(&RULE, &form_e(""), expect![""]);
    }
}
