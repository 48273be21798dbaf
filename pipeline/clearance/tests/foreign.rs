//! Other people's messages through the whole program: each gets one outcome, and what is none of ours is not decided.
//!
//! The files are not ours to ship: `CLEARANCE_SAMPLES` names the folder, and without it nothing is run, and that is said.
//! What is read of each is held in `formats/tests/foreign/`.

use clearance::record::Compression;
use clearance::run::{Order, Progress, Receipts, run};
use clearance::world::{Disk, World};
use engine::Accepted;
use jiff::civil::date;
use model::decision::OutcomeKind;
use model::finding::Language;
use model::limits::Limits;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[test]
fn each_message_gets_one_outcome_and_what_is_none_of_ours_is_not_decided() {
    #[expect(clippy::disallowed_methods, reason = "a test is told here where its inputs lie")]
    let Ok(samples) = std::env::var("CLEARANCE_SAMPLES") else {
        println!("not run: CLEARANCE_SAMPLES names no folder");
        return;
    };
    let samples = PathBuf::from(samples);
    // No gateway that is read sends what lies there.
    for folder in ["single-window", "other"] {
        let counts = counts(&samples.join(folder));
        assert_eq!(counts.n_declined + counts.n_refused, counts.n_documents, "{folder}: one was decided");
    }
    let all = counts(&samples);
    assert!(all.n_decided > 0, "declarations are decided");
    assert_eq!(all.n_outcomes, all.n_documents, "a message was lost or counted twice");
}

struct Counts {
    n_documents: u64,
    n_declined: u64,
    n_refused: u64,
    n_decided: u64,
    n_outcomes: u64,
}

fn counts(samples: &Path) -> Counts {
    let name = samples.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let dir = std::env::temp_dir().join(format!("clearance-foreign-{}-{name}", std::process::id()));
    let order = Order {
        inputs: vec![samples.to_owned()],
        out: dir.join("out"),
        data: dir.join("data"),
        registers: dir.join("registers"),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        receipts: Receipts::None,
        report: false,
        profile: false,
        n_threads: 1,
        window_bytes: 1 << 20,
        compression: Compression::default(),
        language: Language::En,
        limits: Limits::default(),
    };
    let world: Arc<dyn World> = Arc::new(Disk);
    let done =
        run(&world, &order, &AtomicBool::new(false), &Progress::hidden()).expect("the samples can be read");
    let summary = &done.summary;
    assert!(summary.n_inputs > 0, "the folder is empty");
    assert!(summary.n_documents >= summary.n_inputs, "an input was lost");
    let counts = Counts {
        n_documents: summary.n_documents,
        n_declined: summary.n_of(OutcomeKind::Declined),
        n_refused: summary.n_of(OutcomeKind::Refused),
        n_decided: summary.n_of(OutcomeKind::Decided),
        n_outcomes: OutcomeKind::ALL.into_iter().map(|kind| summary.n_of(kind)).sum(),
    };
    std::fs::remove_dir_all(&dir).expect("the folder is the test's own");
    counts
}
