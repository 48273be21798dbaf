//! What firms drop: everything that has a box or an answer of its own, held and decided again, dropped twice, dropped where
//! answers cannot be laid.

use super::{A, A_CERTIFICATES, B, Dropped, Step, Workload};
use crate::office::workloads::{Cast, consignments, elsewhere, in_own_name, with};
use anyhow::Result;

/// The workloads.
///
/// # Errors
/// When the generator makes other documents than are asked for.
pub fn all() -> Result<Vec<Workload>> {
    let consignments = consignments(60)?;
    let Cast { plain, rejected, claiming, other } = Cast::of(&consignments)?;
    let (held, late) = (&claiming.declaration, &claiming.certificates[0]);
    let broken = "<DecMessage>";
    let first = |it: &Dropped| Step { dropped: vec![it.clone()], full: None };

    // The declaration stands before its certificate and waits for the end; one is repeated, one rejected, one broken. Beside
    // it a certificate, a file nothing can be made of, and what is no file.
    let mixed = [&*other.declaration, &plain, &plain, &rejected, &other.certificates[0], broken];
    let together = Step {
        dropped: vec![
            file(A, "1-mixed.xml", &mixed),
            file(A_CERTIFICATES, "proof.xml", &[late]),
            file(B, "broken.xml", &[broken]),
            Dropped { bytes: None, ..file(A, "link.xml", &[]) },
        ],
        full: None,
    };
    // The same name with other content under a number that was released; the rejected one mended. Then another firm repeats
    // all of it, in a step of its own: which firm is served first is nobody's promise when one gives trouble.
    let mended = Step {
        dropped: vec![
            file(A, "1-mixed.xml", &[&elsewhere(&plain)?]),
            file(A, "better.xml", &[&with(&rejected, "EntryType", "M")?]),
        ],
        full: None,
    };
    let again = first(&file(B, "again.xml", &mixed));

    // Two held for a certificate that comes from another firm, with a third; then the first two once more.
    let two = file(A, "held.xml", &[held, &in_own_name(held, 3)?]);
    let comes = Step {
        dropped: vec![
            file(B, "late.xml", &[late, &in_own_name(held, 4)?]),
            file(A, "more.xml", &[&plain, broken]),
        ],
        full: None,
    };

    // The same, but nothing can be laid into the folder that is to be told.
    let full = |step: Step| Step { full: Some(A), ..step };
    let beside = Step { dropped: vec![two.clone(), file(B, "plain.xml", &[&plain])], full: None };
    let late_one = first(&file(A_CERTIFICATES, "late.xml", &[late]));
    let at_last = first(&file(B, "rejected.xml", &[&rejected]));

    // The same file under two names and in two folders, later under its first name again; then other content.
    let same = Step {
        dropped: [(A, "a.xml"), (A, "b.xml"), (B, "a.xml")]
            .map(|(at, name)| file(at, name, &[&plain]))
            .into(),
        full: None,
    };
    let more = Step {
        dropped: vec![file(A, "a.xml", &[&plain]), file(B, "c.xml", &[&elsewhere(&plain)?])],
        full: None,
    };
    let workload = |name, n_files, steps| Workload { name, steps, n_files };
    Ok(vec![
        workload("boxes", 256, vec![together, mended, again]),
        workload("late", 1, vec![first(&two), comes, first(&two)]),
        workload("full", 256, vec![full(beside), full(late_one), at_last]),
        workload("same", 2, vec![same, more]),
    ])
}

/// A file of these documents.
pub fn file(folder: &'static str, name: &str, documents: &[&str]) -> Dropped {
    Dropped { folder, name: name.to_owned(), bytes: Some(documents.join("\n").into_bytes()) }
}
