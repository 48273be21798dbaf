//! How often a document asks the allocator for memory, once windows before it have left theirs behind.
//!
//! A bound, and no promise of nothing: a decision owns all it says. It keeps silly allocations out of the release path; who
//! makes it smaller lowers it here.

use engine::decode::{Decoder, Source};
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare, clear};
use fixtures::generate::{Plan, Size, write};
use formats::ROOTS;
use jiff::civil::date;
use model::batch::{Inputs, RawBatch};
use model::ledger::Ledger;
use model::limits::Limits;
use model::registers::Registers;
use rulebook::Rulebook;

const ACCEPTED: Accepted = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));

/// Reading a document: its keys and claims are its own, its rows lie in tables used before.
const READING_MAX: u64 = 24;
/// Judging and deciding it: findings, trace, draw, fees, numbers, keys.
const DECIDING_MAX: u64 = 28;

#[test]
fn a_document_in_a_steady_run_allocates_no_more_than_so_often() {
    let plan = Plan { size: Size::Declarations(64), lines: 1..=8, ..Plan::new(7) };
    let mut xml = Vec::new();
    write(&plan, &mut xml).expect("memory takes all");
    let (batch, inputs) = cut(xml);
    let rulebook = Rulebook::shipped().expect("the shipped tables are good");
    let registers = Registers::default();
    let law = Law { rulebook: &rulebook, registers: &registers };
    // One thread: the count is that of the thread that asks.
    let (pool, spare) = (Pool::new(1).expect("one thread can be had"), Spare::default());
    let ledger = Ledger::default();
    let nothing = Read::window(RawBatch::new(), ACCEPTED, &law, &pool, &Spare::default());
    let n_documents = batch.len() as u64;
    let mut counts = (0, 0);
    // Two windows leave their memory behind for the third.
    for _ in 0..3 {
        let window = batch.clone();
        let mut read = None;
        let reading = allocation_counter::measure(|| {
            read = Some(Read::window(window, ACCEPTED, &law, &pool, &spare));
        });
        let read = read.expect("it was read just now");
        let settling = Settling {
            read: &read,
            waiting: &nothing,
            inputs: &inputs,
            ledger: &ledger,
            accepted: ACCEPTED,
            is_end: true,
        };
        let mut outcomes = None;
        let deciding = allocation_counter::measure(|| outcomes = Some(clear(&settling, &law, &pool)));
        assert_eq!(outcomes.expect("it was decided just now").outcomes.len() as u64, n_documents);
        spare.recycle(read);
        counts = (reading.count_total, deciding.count_total);
    }
    let (reading, deciding) = (counts.0.div_ceil(n_documents), counts.1.div_ceil(n_documents));
    assert!(
        reading <= READING_MAX && deciding <= DECIDING_MAX,
        "allocations a document: {reading} to read it ({READING_MAX} are allowed), {deciding} to decide it ({DECIDING_MAX})"
    );
}

fn cut(xml: Vec<u8>) -> (RawBatch, Inputs) {
    let (mut batch, mut inputs) = (RawBatch::new(), Inputs::new());
    let source = Source::stream(std::io::Cursor::new(xml));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    while decoder.fill(&mut batch, &mut inputs, usize::MAX).expect("memory can be read") {}
    (batch, inputs)
}
