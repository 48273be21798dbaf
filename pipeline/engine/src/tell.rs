//! From findings to what a person can find in his message: pointer, line, column.

use crate::outcome::Told;
use crate::read::Document;
use formats::place::Places;
use model::finding::Finding;

/// Each finding with its place. The message is gone through once, however many there are.
pub(crate) fn all(document: &Document<'_>, findings: &[Finding]) -> Vec<Told> {
    let mut in_place: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    in_place.sort_by_key(|(_, finding)| finding.place.offset);
    let raw = document.raw;
    let mut places = Places::new(document.text, document.format, (raw.line, raw.column));
    let mut told: Vec<(usize, Told)> = Vec::with_capacity(findings.len());
    for (nth, finding) in in_place {
        let (line, column) = places.line_column(finding.place.offset);
        let pointer = places.pointer(&finding.place);
        told.push((nth, Told { finding: finding.clone(), pointer, line, column }));
    }
    told.sort_by_key(|(nth, _)| *nth);
    told.into_iter().map(|(_, told)| told).collect()
}
