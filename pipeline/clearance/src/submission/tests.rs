//! A fault of ours over one document: it is refused for it, and its neighbours do not notice.

use super::*;
use crate::record::Compression;
use crate::record::wire::{ANSWER, DECISION};
use crate::world::create_dir_durable;
use crate::world::memory::Memory;
use engine::outcome::OutcomeBatch;
use engine::{Settling, Step};
use fixtures::generate::{Plan, Shape, Size, write_folder};
use jiff::civil::date;
use model::registers::Registers;
use rulebook::Rulebook;

/// Stands in the document the middle fails on.
const FATAL: &str = "<!--fatal-->";

fn fails(settling: &Settling<'_>, law: &Law<'_>, pool: &Pool, done: &mut dyn FnMut(Step)) -> OutcomeBatch {
    let documents = (0..settling.read.len()).map(|it| settling.read.stored(it).0.text);
    let is_refused = (0..settling.read.len()).all(|it| settling.read.own_keys(it).is_empty());
    for text in documents {
        assert!(is_refused || !text.contains(FATAL), "{text} is nobody's business");
    }
    engine::clear_in_steps(settling, law, pool, done)
}

/// Settles a file by this middle; what the journal says of each document, and the counts.
fn settled(documents: &[String], clear: Clear) -> (Vec<(u32, String)>, Summary) {
    let memory = Memory::new();
    create_dir_durable(&memory, Path::new("/in")).unwrap();
    let path = Path::new("/in/all.xml");
    memory.create(path).unwrap();
    memory.set_bytes(path, documents.join("\n").as_bytes()).unwrap();
    let bytes = memory.bytes(path).unwrap().len() as u64;
    let world: Arc<dyn World> = Arc::new(memory);
    let (rulebook, registers) = (Rulebook::shipped().unwrap(), Registers::default());
    let mut books = Books::open(&world, Path::new("/data"), Compression::default()).unwrap();
    let limits = Limits::default();
    let desk = Desk {
        world: &world,
        data: Path::new("/data"),
        law: Law { rulebook: &rulebook, registers: &registers },
        pool: &Pool::new(1).unwrap(),
        spare: &Spare::within(limits),
        language: Language::En,
        limits: &limits,
        window_bytes: 1 << 20,
        sender: None,
        stopwatch: None,
    };
    let accepted = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));
    let file = InputFile { path: path.to_owned(), name: "all.xml".to_owned(), bytes };
    let (stop, files) = (AtomicBool::new(false), vec![Incoming { file, handle: None }]);
    let watch = Watch { stop: &stop, progress: &|_, _| {} };
    let summary = settle_by(&desk, &mut books, (accepted, ""), files, None, &watch, clear).unwrap();
    books.commit().unwrap();
    let mut said = Vec::new();
    for index in 1..books.next().0 {
        let record = books.read(index).unwrap();
        let (origin, answered) = match record.kind {
            DECISION => {
                let decided = wire::read_decided(&record.payload).unwrap();
                (decided.origin.into_owned(), decided.answered)
            }
            ANSWER => {
                let said = wire::read_said(&record.payload).unwrap();
                (said.origin, Arc::new(said.answered.unwrap()))
            }
            _ => continue,
        };
        said.push((origin.document, format!("{}{}", answered.line_head, answered.line_tail)));
    }
    (said, summary)
}

fn documents(n: u64) -> Vec<String> {
    let plan =
        Plan { size: Size::Declarations(n), shape: Shape::Folder, certificate_share_bp: 0, ..Plan::new(7) };
    let mut documents = Vec::new();
    write_folder(&plan, &mut |_, bytes| {
        documents.push(String::from_utf8(bytes.to_vec()).unwrap());
        Ok(())
    })
    .unwrap();
    documents
}

#[test]
fn p3_a_fault_over_one_document_is_its_own() {
    let mut documents = documents(5);
    let (healthy, _) = settled(&documents, engine::clear_in_steps);
    assert_eq!(healthy.len(), 5);
    let root_end = documents[2].rfind("</").unwrap();
    documents[2].insert_str(root_end, FATAL);
    let (said, summary) = settled(&documents, fails);
    assert_eq!(said.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    for (of, line) in said.iter().filter(|it| it.0 != 3) {
        assert_eq!(*line, healthy[*of as usize - 1].1, "document {of}");
    }
    let refused = &said[2].1;
    assert!(refused.contains("MSG-032") && !refused.contains("release\""), "{refused}");
    assert!(!refused.contains("nobody's business"), "{refused}");
    assert_eq!(summary.n_of(model::decision::OutcomeKind::Refused), 1);
    assert!(summary.is_closed());
}
