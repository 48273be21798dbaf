//! An input, and all that becomes of it: the program from end to end in a world in memory.
//!
//! It does not fail, its accounts are closed, and its journal is good; and a check of it comes to its end.

use super::Surface;
use crate::{bases, reading};
use clearance::check::{self, Form, Streams};
use clearance::record::Compression;
use clearance::run::{Order, Progress, Receipts, RunError, run as decide_order};
use clearance::verify::verify;
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable};
use engine::Accepted;
use jiff::civil::date;
use model::finding::Language;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use verifier::{End, en};

pub(super) const SURFACE: Surface = Surface {
    name: "whole",
    takes: "an input, decided from end to end",
    run,
    seeds: |root| bases::all(root),
    cost: 1_000,
};

/// Where the office keeps its books.
pub(super) const DATA: &str = "/office/data";

fn run(bytes: &[u8]) {
    let office = Memory::new();
    let decided = decide(&office, &[bytes]);
    assert!(decided.is_ok(), "{}", decided.err().map_or_else(String::new, |it| it.to_string()));
    let verdict = verify(&office, Path::new(DATA), &[]).expect("memory can be read");
    assert!(verdict.end == End::Whole, "{}", en(&verdict));
    check(bytes);
}

/// Checks an input in one of the forms; a panic on the way would be told as a fault of ours.
fn check(bytes: &[u8]) {
    let forms = [Form::Human, Form::Short, Form::Json, Form::Svrl];
    let order = check::Order {
        inputs: vec![PathBuf::from("-")],
        registers: None,
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        n_threads: 1,
        window_bytes: 4 << 10,
        language: Language::En,
        limits: reading::all_encodings(),
        form: forms[bytes.len() % forms.len()],
        is_coloured: true,
    };
    let world: Arc<dyn World> = Arc::new(Memory::new());
    let mut output: Vec<u8> = Vec::new();
    let streams = Streams { input: Box::new(Cursor::new(bytes.to_vec())), output: &mut output };
    let checked = check::check(&world, &order, streams, &AtomicBool::new(false), &Progress::hidden());
    let counts = checked.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        counts.fates.values().sum::<u64>(),
        counts.n_documents,
        "a document was lost or counted twice"
    );
    assert!(std::str::from_utf8(&output).is_ok(), "what is told is text");
}

/// Decides these inputs in an office that knows nobody.
pub(super) fn decide(office: &Memory, inputs: &[&[u8]]) -> Result<(), RunError> {
    let dropped = Path::new("/office/in");
    let registers = PathBuf::from("/office/registers");
    create_dir_durable(office, dropped).expect("memory has room");
    create_dir_durable(office, &registers).expect("memory has room");
    for (number, bytes) in inputs.iter().enumerate() {
        let path = dropped.join(format!("{number}.xml"));
        office.create(&path).and_then(|mut file| file.append(bytes)).expect("memory has room");
    }
    let order = Order {
        inputs: vec![dropped.to_owned()],
        out: PathBuf::from("/office/out"),
        data: PathBuf::from(DATA),
        registers,
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        receipts: Receipts::Packed,
        report: false,
        profile: false,
        n_threads: 1,
        window_bytes: 4 << 10,
        compression: Compression::default(),
        language: Language::Zh,
        limits: reading::all_encodings(),
    };
    let world: Arc<dyn World> = Arc::new(office.clone());
    let done = decide_order(&world, &order, &AtomicBool::new(false), &Progress::hidden())?;
    assert!(done.summary.is_closed(), "the accounts are open: {}", done.json);
    Ok(())
}
