//! Findings as JSON, an object a line, for machines. Field names are those of `decisions.ndjson`; `kind` comes first.
//!
//! `finding` is one of a document, `findings_more` says how many of it are not listed, `not_judged` names a rule that
//! lacks what it needs, `repeated` a document that stands in the check before. Lines and columns of a document with
//! `embedded` count within what its Base64 holds. A document of which there is nothing to say has no line. The last line is the `summary`: where it is missing, the check did not come to its end.

use super::counts::{Counts, EFFECTS, Fate};
use super::form::Telling;
use crate::publish::ndjson;
use crate::publish::ndjson::json::Members;
use engine::Law;
use model::ledger::Origin;

/// The lines of a document.
pub(super) fn of(telling: &Telling<'_>) -> String {
    let Telling { outcome, first, law, language, .. } = *telling;
    let mut lines = String::new();
    let kept = outcome.told.iter();
    kept.for_each(|told| {
        line(telling, "finding", &mut lines, |line| ndjson::finding(told, &law, language, line))
    });
    if outcome.n_more > 0 {
        line(telling, "findings_more", &mut lines, |line| line.number("findings_more", outcome.n_more));
    }
    for not_judged in &outcome.not_judged {
        line(telling, "not_judged", &mut lines, |line| {
            line.text("rule", not_judged.rule.0);
            line.text("why", not_judged.why.in_language(language));
        });
    }
    if let Some(Origin { input, document, offset, .. }) = first {
        line(telling, "repeated", &mut lines, |line| {
            line.object("first", |first| {
                first.text("input", input);
                first.number("document", *document);
                first.number("offset", *offset);
            });
        });
    }
    lines
}

/// A line about a document: what it is and what would become of it, then what is to be said.
fn line(telling: &Telling<'_>, kind: &str, into: &mut String, rest: impl FnOnce(&mut Members<'_>)) {
    let outcome = telling.outcome;
    into.push('{');
    let mut line = Members::new(into);
    line.text("kind", kind);
    line.text("input", &outcome.origin.input);
    line.number("document", outcome.origin.document);
    line.number("offset", outcome.origin.offset);
    if telling.is_embedded {
        line.truth("embedded", true);
    }
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    line.text_or_null("format", text(outcome.format).as_deref());
    line.text_or_null("declarant", text(&outcome.declarant).as_deref());
    line.text_or_null("number", text(&outcome.number).as_deref());
    line.text("outcome", outcome.kind.name());
    line.text_or_null("disposition", outcome.disposition.map(|disposition| disposition.name()));
    rest(&mut line);
    into.push_str("}\n");
}

/// The last line.
pub(super) fn summary(counts: &Counts, law: &Law<'_>, has_registers: bool) -> String {
    let mut summary = String::from("{");
    let mut line = Members::new(&mut summary);
    line.text("kind", "summary");
    line.number("documents", counts.n_documents);
    line.truth("would_reject", counts.would_reject());
    line.object("outcomes", |object| {
        Fate::ALL.iter().for_each(|fate| object.number(fate.name(), counts.n_of(*fate)));
    });
    line.object("findings", |object| {
        EFFECTS.iter().for_each(|effect| object.number(effect.name(), counts.n_with(*effect)));
    });
    line.number("findings_more", counts.n_more);
    line.number("not_judged", counts.not_judged.values().map(|(_, n)| n).sum::<u64>());
    line.digest("rulebook", law.rulebook.digest);
    match has_registers {
        true => line.digest("registers", law.registers.digest),
        false => line.null("registers"),
    }
    summary.push_str("}\n");
    summary
}
