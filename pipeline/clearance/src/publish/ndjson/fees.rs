//! The fees of a line: sums, payer, and a line a head with every step.
//!
//! Amounts are texts with two places, null where they are not known. Where several firms pay, `payer` is null and each
//! line names its own.

use super::json::Members;
use model::assessment::{Assessment, AssessmentLine, Authority, Remitted, Status, Step};
use model::decimal::{Decimal, Fixed};
use model::finding::Language;

/// An assessment as machines read it, with reasons in this language.
pub(super) fn write(assessment: &Assessment, language: Language, fees: &mut Members<'_>) {
    let totals = assessment.totals();
    fees.text("currency", "CNY");
    fees.digits_or_null("gross", totals.map(|totals| money(totals.gross)));
    fees.digits_or_null("relief", totals.map(|totals| money(totals.relief)));
    if let Some(totals) = totals.filter(|totals| !totals.rounding.is_zero()) {
        fees.digits("rounding", money(totals.rounding));
    }
    fees.digits_or_null("payable", totals.map(|totals| money(totals.payable)));
    let payer = assessment.payer();
    fees.text_or_null("payer", payer);
    fees.objects("lines", &assessment.lines, |object, line| {
        one_line(line, payer.is_none(), language, object);
    });
}

fn one_line(line: &AssessmentLine, names_payers: bool, language: Language, object: &mut Members<'_>) {
    object.text("head", &line.head);
    if names_payers {
        object.text("payer", &line.payer);
    }
    object.digits_or_null("gross", line.gross.map(money));
    match &line.status {
        Status::Charged => {}
        Status::Free(remitted) => remitted_by("FREE", remitted, object),
        Status::Suspended(remitted) => remitted_by("SUSPENDED", remitted, object),
        Status::NotJudged(why) => {
            object.text("status", "NOT_JUDGED");
            object.text("why", why.in_language(language));
        }
    }
    object.objects("steps", &line.steps, |object, taken| step(taken, object));
    object.digits_or_null("payable", line.payable.map(money));
}

fn remitted_by(status: &str, remitted: &Remitted, line: &mut Members<'_>) {
    line.text("status", status);
    line.text("order", &remitted.order);
    line.digits_or_null("would_have_been", remitted.would_have_been.map(money));
}

fn step(step: &Step, object: &mut Members<'_>) {
    object.text("rule", step.rule.0);
    object.number("version", step.version);
    match &step.authority {
        Authority::Rule => {}
        Authority::Policy { policy, document, funder } => {
            object.text("authority_doc", document);
            object.text("policy", policy);
            object.text("funder", funder);
        }
        Authority::Voucher(serial) => object.text("voucher", serial),
    }
    for (name, amount) in [("before", step.before), ("amount", step.amount), ("after", step.after)] {
        object.digits(name, money(amount));
    }
}

fn money(amount: Decimal) -> Fixed {
    amount.to_fixed(2)
}
