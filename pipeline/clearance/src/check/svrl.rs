//! Findings in SVRL, the report language of Schematron (ISO/IEC 19757-3, annex D), for people with tools for it.
//!
//! A file of SVRL has one root, so one `schematron-output` holds all documents of a check: each is an `active-pattern`
//! with the name of its input and its number in it, one `fired-rule` for its root, and its findings. What would stop or
//! slow the goods is a `failed-assert`; what was not judged, and a document that stands in the check before, is a
//! `successful-report`. `role` and `flag` are `error`, `warning` or `information`. An `id` may stand once in a file
//! (`xsd:ID`), so it is the id of the rule with the number of the document behind it; `test` is the id of the rule alone,
//! which is code and no path. `location` leads into the document by itself, without the wrapper it came in, to the
//! element, or to its parent where it is missing.

use super::form::Telling;
use super::human::{NO_REGISTERS, severity, source};
use crate::publish::ndjson::sentence;
use engine::outcome::Told;
use formats::Format;
use formats::place::pointer;
use formats::xml::writer::Writer;
use model::finding::{Language, Place, Words};
use model::ledger::Origin;
use rustc_hash::FxHashMap;

/// Closes the report.
pub(super) const END: &str = "</svrl:schematron-output>\n";

/// Opens the report.
pub(super) fn head(language: Language, has_registers: bool) -> Vec<u8> {
    let mut bytes = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec();
    let mut writer = Writer::new(&mut bytes);
    let title = concat!("clearance check, version ", env!("CARGO_PKG_VERSION"));
    let attributes = [("xmlns:svrl", "http://purl.oclc.org/dsdl/svrl"), ("title", title)];
    writer.open_with("svrl:schematron-output", &attributes);
    if !has_registers {
        writer.leaf("svrl:text", NO_REGISTERS.in_language(language));
    }
    bytes.push(b'\n');
    bytes
}

/// A document, the n-th of the check from 1.
pub(super) fn pattern(telling: &Telling<'_>, nth: u64) -> Vec<u8> {
    let Telling { outcome, first, text, language, .. } = *telling;
    let mut bytes = Vec::with_capacity(256 + 1024 * outcome.told.len());
    let name = format!("{}#{}", outcome.origin.input, outcome.origin.document);
    let context = path(&pointer(text, &Place::ROOT, None));
    let mut pattern = Pattern { writer: Writer::new(&mut bytes), nth, n_fired: FxHashMap::default() };
    pattern.empty("svrl:active-pattern", &[("name", &name)]);
    pattern.empty("svrl:fired-rule", &[("context", &context)]);
    for told in &outcome.told {
        pattern.finding(telling, told, &location(told, text, formats::named(outcome.format)));
    }
    if outcome.n_more > 0 {
        let more = Words { zh: "另有问题未列出，数量：", en: "findings that are not listed: " };
        let more = format!("{}{}", more.in_language(language), outcome.n_more);
        pattern.report("findings-more", "warning", &context, &more);
    }
    for it in &outcome.not_judged {
        let not_judged = Words { zh: "未作判断：", en: "not judged: " }.in_language(language);
        let why = format!("{not_judged}{}", it.why.in_language(language));
        pattern.report(it.rule.0, "information", &context, &why);
    }
    if let Some(Origin { input, document, .. }) = first {
        let repeats = Words { zh: "与此前的单证相同：", en: "the same document as one before: " };
        let repeats = format!("{}{input}#{document}", repeats.in_language(language));
        pattern.report("repeated", "information", &context, &repeats);
    }
    bytes.push(b'\n');
    bytes
}

struct Pattern<'w> {
    writer: Writer<'w>,
    nth: u64,
    /// How often each rule has been told of in this document.
    n_fired: FxHashMap<String, u64>,
}

impl Pattern<'_> {
    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.writer.open_with(name, attributes);
        self.writer.close(name);
    }

    /// An id that stands nowhere else in the report.
    fn id(&mut self, rule: &str) -> String {
        let n_fired = self.n_fired.entry(rule.to_owned()).or_insert(0);
        *n_fired += 1;
        match *n_fired {
            1 => format!("{rule}.{}", self.nth),
            n => format!("{rule}.{}.{n}", self.nth),
        }
    }

    fn finding(&mut self, telling: &Telling<'_>, told: &Told, location: &str) {
        let rule = telling.law.rulebook.rule(told.finding.rule);
        let language = telling.language;
        let id = self.id(rule.id.0);
        let severity = severity(told.finding.effect);
        let attributes = [
            ("id", id.as_str()),
            ("location", location),
            ("test", rule.id.0),
            ("role", severity),
            ("flag", severity),
        ];
        let place = format!("{}:{}:{}", telling.outcome.origin.input, told.line, told.column);
        let source = source(rule, language);
        // The order is that of the schema: what explains stands before what is said.
        self.writer.open_with("svrl:failed-assert", &attributes);
        let diagnostics = [
            ("effect", told.finding.effect.name()),
            ("place", &place),
            ("pointer", &told.pointer),
            ("source", &source),
            ("remedy", rule.remedy.in_language(language)),
        ];
        for (diagnostic, text) in diagnostics.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.writer.open_with("svrl:diagnostic-reference", &[("diagnostic", diagnostic)]);
            self.writer.leaf("svrl:text", text);
            self.writer.close("svrl:diagnostic-reference");
        }
        let title = rule.title.in_language(language);
        let colon = Words { zh: "：", en: ": " }.in_language(language);
        let text = format!("{title}{colon}{}", sentence(rule, told, language));
        self.writer.leaf("svrl:text", &text);
        self.writer.close("svrl:failed-assert");
    }

    fn report(&mut self, test: &str, severity: &str, location: &str, text: &str) {
        let id = self.id(test);
        let attributes = [
            ("id", id.as_str()),
            ("location", location),
            ("test", test),
            ("role", severity),
            ("flag", severity),
        ];
        self.writer.open_with("svrl:successful-report", &attributes);
        self.writer.leaf("svrl:text", text);
        self.writer.close("svrl:successful-report");
    }
}

/// The path to a finding's element, or to the parent of one that is missing.
fn location(told: &Told, text: &str, format: Option<&dyn Format>) -> String {
    match told.finding.place.absent {
        Some(_) => path(&pointer(text, &Place::at(told.finding.place.offset), format)),
        None => path(&told.pointer),
    }
}

/// A pointer as a path of XPath, in any namespace: `/*[local-name()='A']/*[local-name()='B'][2]`.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for step in pointer.split('/').filter(|step| !step.is_empty()) {
        let (name, nth) = step.split_once('[').map_or((step, None), |(name, nth)| (name, Some(nth)));
        // A name with a quote is none XML knows, so there is no element to find.
        let test = if name.contains('\'') { String::new() } else { format!("[local-name()='{name}']") };
        path.push_str("/*");
        path.push_str(&test);
        if let Some(nth) = nth {
            path.push('[');
            path.push_str(nth);
        }
    }
    if path.is_empty() { "/".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_becomes_a_path_in_any_namespace() {
        assert_eq!(
            path("/DecMessage/DecLists/DecList[2]/GNo"),
            "/*[local-name()='DecMessage']/*[local-name()='DecLists']/*[local-name()='DecList'][2]/*[local-name()='GNo']"
        );
        assert_eq!([path("/"), path("")], ["/", "/"]);
        assert_eq!(path("/it's"), "/*");
    }

    #[test]
    fn no_id_stands_twice() {
        let mut bytes = Vec::new();
        let mut pattern = Pattern { writer: Writer::new(&mut bytes), nth: 7, n_fired: FxHashMap::default() };
        let ids = ["DOC-026", "DOC-026", "DOC-027", "DOC-026"].map(|rule| pattern.id(rule));
        assert_eq!(ids, ["DOC-026.7", "DOC-026.7.2", "DOC-027.7", "DOC-026.7.3"]);
    }
}
