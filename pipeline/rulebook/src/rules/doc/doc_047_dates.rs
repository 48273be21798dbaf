//! The invoice is dated after the declaration.
//!
//! Contract, invoice, declaration, in this order. The message carries the dates of the invoices on the certificates it
//! claims, and no other; they are compared with the day of acceptance (ruling D8). Whether the goods were declared after
//! arrival at the supervised area and 24 hours before loading would need a manifest: not judged.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-047"),
    name: "invoice-after-declaration",
    version: 1,
    title: Words { zh: "发票日期晚于申报日期", en: "invoice is dated after the declaration" },
    message: Words {
        zh: "原产地证 {certificate} 所列发票 {invoice} 日期为 {invoice_date}，晚于受理日期 {accepted_on}",
        en: "invoice {invoice} of certificate {certificate} is dated {invoice_date}, after acceptance on {accepted_on}",
    },
    remedy: Words {
        zh: "核对发票日期，更正证书或待开具发票后申报",
        en: "check the date of the invoice, and correct the certificate or declare when there is an invoice",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "海关法", article: "第24条" },
        Citation { instrument: "domain-rules", article: "6, DOC-047" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const NO_MANIFEST: Words = Words {
    zh: "报文无合同日期、运抵和装货时间，装货24小时前申报无法核对",
    en: "the message has no date of contract, arrival or loading: 24 hours before loading cannot be checked",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    report.not_judged(NO_MANIFEST);
    let Some(moment) = case.accepted_at else { return };
    let accepted_on = moment.date();
    for proof in case.proofs() {
        let head = proof.certificate.head;
        let listed = proof.certificate.invoices.iter().map(|row| (row.number, row.date));
        let invoices = std::iter::once((head.invoice_number, head.invoice_date)).chain(listed);
        let dated = invoices.filter_map(|(invoice, date)| Some((invoice, date.date()?)));
        if let Some((invoice, invoice_date)) =
            dated.filter(|(_, date)| *date > accepted_on).max_by_key(|it| it.1)
        {
            let told = evidence![certificate = head.number, invoice, invoice_date, accepted_on];
            report.place(proof.place, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn invoiced(columns: &str) -> String {
        format!(
            "origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E {columns}"
        )
    }

    #[test]
    fn an_invoice_of_the_day_passes_and_the_24_hours_are_not_judged() {
        check_rule(
            &RULE,
            &invoiced("invoice_date=2018-06-01"),
            expect![[r#"
                not judged: the message has no date of contract, arrival or loading: 24 hours before loading cannot be checked
            "#]],
        );
    }

    #[test]
    fn an_invoice_of_tomorrow_is_rejected() {
        check_rule(
            &RULE,
            &invoiced("invoice_date=2018-06-02"),
            expect![[r#"
                reject origin 1 document_number: invoice HD-INV-061 of certificate E185556000180061 is dated 2018-06-02, after acceptance on 2018-06-01
                not judged: the message has no date of contract, arrival or loading: 24 hours before loading cannot be checked
            "#]],
        );
    }

    #[test]
    fn the_latest_of_several_is_told() {
        check_rule(
            &RULE,
            &format!(
                "{}
                 invoice number=HD-INV-062 date=2018-06-03
                 invoice number=HD-INV-063 date=2018-06-02",
                invoiced("")
            ),
            expect![[r#"
                reject origin 1 document_number: invoice HD-INV-062 of certificate E185556000180061 is dated 2018-06-03, after acceptance on 2018-06-01
                not judged: the message has no date of contract, arrival or loading: 24 hours before loading cannot be checked
            "#]],
        );
    }
}
