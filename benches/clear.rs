//! The engine from memory: a window read, and a window settled with nothing on file.

use benches::{Case, compare, corpus, is_bench, record, short_hash, table};
use engine::decode::{Decoder, Source};
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare, clear};
use formats::ROOTS;
use jiff::civil::date;
use mimalloc::MiMalloc;
use model::batch::{Inputs, RawBatch};
use model::ledger::Ledger;
use model::limits::Limits;
use model::registers::Registers;
use rulebook::Rulebook;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const ACCEPTED: Accepted = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));

fn main() {
    let (bytes, n_rounds) = if is_bench() { (16 << 20, 7) } else { (200_000, 1) };
    let rulebook = Rulebook::shipped().expect("the shipped tables are good");
    let registers = Registers::default();
    let law = Law { rulebook: &rulebook, registers: &registers };
    for name in ["clean", "mixed"] {
        let corpus = corpus(name);
        let xml = corpus.bytes(bytes);
        let (batch, inputs) = cut(&xml);
        let pool = Pool::new(1).expect("one thread can be had");
        let read = Read::window(batch.clone(), ACCEPTED, &law, &pool, &Spare::default());
        let spare = Spare::default();
        let mut cases = [
            Case::new(format!("{name}: read a window"), xml.len() as u64, || {
                reading(&batch, &law, &pool, &spare)
            }),
            Case::new(format!("{name}: settle a window"), xml.len() as u64, || {
                settling(&read, &inputs, &law, &pool)
            }),
        ];
        let figures = compare(&mut cases, n_rounds);
        print!("{}", table(&figures));
        if is_bench() {
            record("clear", corpus, &figures);
        }
    }
}

fn cut(xml: &[u8]) -> (RawBatch, Inputs) {
    let (mut batch, mut inputs) = (RawBatch::new(), Inputs::new());
    let source = Source::stream(std::io::Cursor::new(xml.to_vec()));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    while decoder.fill(&mut batch, &mut inputs, usize::MAX).expect("memory can be read") {}
    (batch, inputs)
}

fn reading(batch: &RawBatch, law: &Law<'_>, pool: &Pool, spare: &Spare) -> u64 {
    let read = Read::window(batch.clone(), ACCEPTED, law, pool, spare);
    let hash = |sum, key: model::ledger::Key| {
        sum ^ u64::from_le_bytes(key.0[..8].try_into().expect("a key has 16 bytes"))
    };
    let sum = read.keys().fold(0, hash);
    spare.recycle(read);
    sum
}

fn settling(read: &Read, inputs: &Inputs, law: &Law<'_>, pool: &Pool) -> u64 {
    let ledger = Ledger::default();
    let nothing = Read::window(RawBatch::new(), ACCEPTED, law, pool, &Spare::default());
    let settling =
        Settling { read, waiting: &nothing, inputs, ledger: &ledger, accepted: ACCEPTED, is_end: true };
    let batch = clear(&settling, law, pool);
    let mut said = String::new();
    for outcome in &batch.outcomes {
        said.push_str(outcome.disposition.map_or("-", |disposition| disposition.name()));
        said.push_str(&outcome.number);
        outcome.told.iter().for_each(|told| said.push_str(told.finding.rule.0));
    }
    short_hash(said.as_bytes())
}
