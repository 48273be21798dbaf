//! The whole program as a process, on files, with everything recorded and synced: one thread, two threads, and beside it in
//! the same rotation the tokenizer's bare loop over the same bytes and `xmllint --stream`.
//!
//! `CLEARANCE` names the program; that of the release build when unset.

use benches::work::{clear_away, deciding, program};
use benches::{Case, Corpus, compare, corpus, is_bench, record, table};
use mimalloc::MiMalloc;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::path::Path;
use std::process::Command;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let Some(program) = program() else {
        println!("run: not run, there is no release build of the program");
        return;
    };
    let (bytes, n_rounds) = if is_bench() { (256 << 20, 7) } else { (200_000, 1) };
    let dir = std::env::temp_dir().join(format!("clearance-bench-{}", std::process::id()));
    for corpus in [corpus("clean"), corpus("mixed")] {
        measure(corpus, bytes, n_rounds, &program, &dir);
    }
    std::fs::remove_dir_all(&dir).expect("the folder of the bench is ours");
}

fn measure(corpus: &Corpus, bytes: u64, n_rounds: usize, program: &Path, dir: &Path) {
    let input = dir.join(format!("{}.xml", corpus.name));
    std::fs::create_dir_all(dir).expect("a folder can be made");
    let xml = corpus.bytes(bytes);
    std::fs::write(&input, &xml).expect("a file can be written");
    let registers = dir.join(format!("{}-registers", corpus.name));
    std::fs::create_dir_all(&registers).expect("a folder can be made");
    for (name, text) in corpus.registers(bytes) {
        std::fs::write(registers.join(name), text).expect("a file can be written");
    }
    let len = xml.len() as u64;
    let text = String::from_utf8(xml).expect("the corpus is UTF-8");
    let mut cases = vec![Case::new("quick-xml bare loop", len, || bare(&text))];
    for n_threads in [1, 2] {
        let (input, registers, place) = (input.clone(), registers.clone(), dir.to_owned());
        let mut case = Case::new(format!("clearance run --threads {n_threads}"), len, move || {
            run(program, &input, &registers, &place, n_threads)
        });
        case.after = Some(Box::new(|| clear_away(dir)));
        cases.push(case);
    }
    if corpus.name == "clean" {
        cases.push(Case::new("xmllint --stream", len, || xmllint(&input)));
    }
    let figures = compare(&mut cases, n_rounds);
    print!("{}", table(&figures));
    let (one, two) = (figures[1].best_wall(), figures[2].best_wall());
    println!("two threads are {}.{:02} x one", one / two, one * 100 / two % 100);
    if is_bench() {
        record("run", corpus, &figures);
    }
}

fn bare(text: &str) -> u64 {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut n_events = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return n_events,
            Ok(_) => n_events += 1,
            // The mixed corpus holds broken documents: the loop goes on where it can.
            Err(_) => n_events += 1_000_000,
        }
    }
}

/// Decides the corpus into a fresh data folder.
fn run(program: &Path, input: &Path, registers: &Path, dir: &Path, n_threads: usize) -> u64 {
    let status = deciding(program, input, registers, dir, n_threads).status().expect("the program starts");
    u64::from(status.success())
}

fn xmllint(input: &Path) -> u64 {
    let status = Command::new("xmllint").args(["--stream", "--noout", "--huge"]).arg(input).status();
    status.map_or(0, |status| u64::from(status.success()))
}
