//! From findings to what a person can find in his message: pointer, line, column.

use crate::outcome::Told;
use crate::read::Document;
use formats::place::{line_column, pointer};
use model::finding::Finding;

/// Each finding with its place.
pub(crate) fn all(document: &Document<'_>, findings: &[Finding]) -> Vec<Told> {
    findings.iter().map(|finding| one(document, finding)).collect()
}

fn one(document: &Document<'_>, finding: &Finding) -> Told {
    let raw = document.raw;
    let (line, column) = line_column(document.text, finding.place.offset, raw.line, raw.column);
    Told {
        finding: finding.clone(),
        pointer: pointer(document.text, &finding.place, document.format),
        line,
        column,
    }
}
