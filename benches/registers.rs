//! A window settled by an office that knows a hundred firms, and by one that knows a million: a look-up costs the same.
//!
//! The firms of the window are in both registers, members of the zone with grades and a producer; the rest are strangers
//! to it. What differs is what a clearance must not feel: how many others there are.

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
use model::registers::{Firm, Grade, Interval, Member, Producer, Regime, Registers};
use rulebook::Rulebook;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const ACCEPTED: Accepted = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));

fn main() {
    let (bytes, n_rounds, n_many) = if is_bench() { (4 << 20, 9, 1_000_000) } else { (200_000, 1, 1_000) };
    let rulebook = Rulebook::shipped().expect("the shipped tables are good");
    let corpus = corpus("clean");
    let xml = corpus.bytes(bytes);
    let files = corpus.registers(bytes);
    let firms = files.iter().find(|(name, _)| *name == "firms.csv").map_or("", |(_, text)| text.as_str());
    let codes: Vec<&str> = firms.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    let (few, many) = (office(&codes, 100), office(&codes, n_many));
    let (batch, inputs) = cut(&xml);
    let pool = Pool::new(1).expect("one thread can be had");
    let [few, many] = [&few, &many].map(|registers| Law { rulebook: &rulebook, registers });
    let read = Read::window(batch, ACCEPTED, &few, &pool, &Spare::default());
    let mut cases = [
        Case::new("settle, 100 firms on file", bytes, || settling(&read, &inputs, &few, &pool)),
        Case::new(format!("settle, {n_many} firms on file"), bytes, || {
            settling(&read, &inputs, &many, &pool)
        }),
    ];
    let figures = compare(&mut cases, n_rounds);
    print!("{}", table(&figures));
    assert_eq!(figures[0].hash, figures[1].hash, "other firms changed a decision");
    println!("many : few = {:.3} : 1", figures[1].times(&figures[0]));
    if is_bench() {
        record("registers", corpus, &figures);
    }
}

/// An office that knows the firms of the window and so many others.
fn office(codes: &[&str], n_others: usize) -> Registers {
    let mut registers = Registers::default();
    codes.iter().for_each(|code| know(&mut registers, code));
    for n in 0..n_others {
        know(&mut registers, &format!("91441323OTHER{n:07}")[..18]);
    }
    registers
}

fn know(registers: &mut Registers, code: &str) {
    let unified_code = code.to_owned();
    let since = |year| Interval { from: Some(date(year, 5, 1)), to: None };
    let firm = Firm { unified_code: unified_code.clone(), name: format!("{code} 鞋业"), ..Firm::default() };
    registers.firms.add(code, firm);
    let decision_number = "3".to_owned();
    let member = Member {
        unified_code: unified_code.clone(),
        valid: since(2017),
        decision_number: decision_number.clone(),
        site_town: "吉隆镇".to_owned(),
        ..Member::default()
    };
    registers.members.add(code, member);
    let grade = Grade {
        unified_code: unified_code.clone(),
        regime: Regime::Cus2,
        grade: "一般认证".to_owned(),
        valid: since(2018),
        decided_at: None,
        decision_number,
    };
    registers.grades.add(code, grade);
    let registration = code[8..].to_owned();
    registers.producers.add(Producer { registration, unified_code, class: 2, ..Producer::default() });
}

fn cut(xml: &[u8]) -> (RawBatch, Inputs) {
    let (mut batch, mut inputs) = (RawBatch::new(), Inputs::new());
    let source = Source::stream(std::io::Cursor::new(xml.to_vec()));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    while decoder.fill(&mut batch, &mut inputs, usize::MAX).expect("memory can be read") {}
    (batch, inputs)
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
