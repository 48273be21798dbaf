//! Other people's messages through the whole program: each gets one outcome.
//!
//! The files are not ours to ship: `CLEARANCE_SAMPLES` names the folder, and without it nothing is run, and that is said.

use clearance::run::{Order, Progress, Receipts, run};
use clearance::world::{Disk, World};
use engine::Accepted;
use jiff::civil::date;
use model::decision::OutcomeKind;
use model::finding::Language;
use model::limits::Limits;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[test]
fn each_message_gets_one_outcome_and_none_is_lost() {
    #[expect(clippy::disallowed_methods, reason = "a test is told here where its inputs lie")]
    let Ok(samples) = std::env::var("CLEARANCE_SAMPLES") else {
        println!("not run: CLEARANCE_SAMPLES names no folder");
        return;
    };
    let dir = std::env::temp_dir().join(format!("clearance-foreign-{}", std::process::id()));
    let order = Order {
        inputs: vec![PathBuf::from(samples)],
        out: dir.join("out"),
        data: dir.join("data"),
        registers: dir.join("registers"),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        receipts: Receipts::None,
        report: false,
        n_threads: 1,
        window_bytes: 1 << 20,
        language: Language::En,
        limits: Limits::default(),
    };
    let world: Arc<dyn World> = Arc::new(Disk);
    let done =
        run(&world, &order, &AtomicBool::new(false), &Progress::hidden()).expect("the samples can be read");
    let summary = &done.summary;
    let n_outcomes: u64 = OutcomeKind::ALL.into_iter().map(|kind| summary.n_of(kind)).sum();
    assert!(summary.n_inputs > 0, "the folder is empty");
    assert!(summary.n_documents >= summary.n_inputs, "an input was lost");
    assert_eq!(n_outcomes, summary.n_documents, "a message was lost or counted twice");
    std::fs::remove_dir_all(&dir).expect("the folder is the test's own");
}
