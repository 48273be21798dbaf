//! Trouble of one folder is its own; trouble with the books ends the service (P6, P8).

use crate::documents::*;
use crate::yard::{A, B, Yard, run_down};
use clearance::record::RecordError;
use clearance::run::RunError;
use clearance::world::World;
use clearance::world::memory::{Keep, Op};
use std::io::{self, ErrorKind};
use std::path::Path;

fn other(n: usize) -> String {
    with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", &format!("HD{n}"))
}

/// A file nobody may read: its folder is left alone for a while, then tried again; the other firm notices nothing.
#[test]
fn a_file_that_may_not_be_read_holds_up_nobody() {
    for (op, code) in
        [(Op::Open, "cannot-open-file"), (Op::Read, "cannot-read-file"), (Op::List, "cannot-list")]
    {
        let yard = Yard::new();
        yard.drop_in(A, "1.xml", plain());
        yard.drop_in(A, "2.xml", other(2));
        yard.drop_in(B, "b.xml", other(3));
        let mut service = yard.start();
        yard.world.on_call(move |call| {
            let is_it = match op {
                Op::List => call.path.ends_with("a/Deccus001/OutBox"),
                _ => call.path.ends_with("a/Deccus001/OutBox/1.xml"),
            };
            (call.op == op && is_it).then(|| ErrorKind::PermissionDenied.into())
        });
        for _ in 0..30 {
            service.turn().unwrap();
            yard.later(1);
        }
        assert_eq!(yard.names(B, "SentBox"), ["b.xml"], "{code}");
        let sent = if op == Op::List { vec![] } else { vec!["2.xml".to_owned()] };
        assert_eq!(yard.names(A, "SentBox"), sent, "{code}: its neighbour is taken");
        let events = yard.events(code);
        assert!((1..=2).contains(&events.len()), "{code}: said when it is news: {events:?}");
        assert_eq!(events[0]["folder"], "a/Deccus001");
        yard.world.mend();
        yard.later(60);
        run_down(&mut service).unwrap();
        assert_eq!(yard.names(A, "SentBox"), ["1.xml", "2.xml"], "{code}");
        assert_eq!(yard.names(A, "InBox").len(), 4, "{code}");
        assert_eq!(yard.decisions().len(), 3, "{code}");
    }
}

/// A disk that fails in the middle of a large file: what was decided of it counts, the rest follows when it can be read.
#[test]
fn a_file_that_breaks_off_is_taken_up_again() {
    let yard = Yard::new();
    let consignment = claiming(1);
    yard.drop_in(B, "waits.xml", &consignment.declaration);
    yard.serve();
    let held = yard.names(B, "InBox");
    // A certificate, and so much behind it that it fills windows.
    let mut documents = consignment.certificates.clone();
    documents.extend((0..200).map(other));
    yard.drop_in(A, "large.xml", input(&documents));
    let mut service = yard.start();
    let mut n_reads = 0;
    yard.world.on_call(move |call| {
        let is_it = call.op == Op::Read && call.path.ends_with("OutBox/large.xml");
        n_reads += u32::from(is_it);
        (is_it && n_reads == 8).then(|| io::Error::other("unreadable sector"))
    });
    service.turn().unwrap();
    let n_decided = yard.decisions().len();
    assert!((2..200).contains(&n_decided), "{n_decided}");
    assert_eq!(yard.names(A, "OutBox"), ["large.xml"]);
    assert!(yard.names(A, "InBox").is_empty(), "it is not answered in part");
    // What its certificate changed for another is told: that will not come again.
    assert_eq!(yard.names(B, "InBox").len(), held.len() + 2);
    yard.later(60);
    run_down(&mut service).unwrap();
    service.close().unwrap();
    assert_eq!(yard.names(A, "SentBox"), ["large.xml"]);
    assert_eq!(yard.names(A, "InBox").len(), 1 + 2 * 200);
    assert_eq!(yard.names(B, "InBox").len(), held.len() + 2);
    assert_eq!(yard.decisions().len(), 1 + 1 + 1 + 200);
}

/// A journal that cannot be synced ends the service, and nothing of the turn is acknowledged.
#[test]
fn p8_a_failed_sync_ends_the_service() {
    for (part, op) in [("journal", Op::SyncData), ("evidence", Op::SyncData), ("evidence", Op::SyncDir)] {
        let yard = Yard::new();
        yard.drop_in(A, "a.xml", plain());
        let mut service = yard.start();
        let dir = Path::new("/office/data").join(part);
        yard.world.on_call(move |call| {
            (call.op == op && call.path.starts_with(&dir)).then(|| ErrorKind::StorageFull.into())
        });
        let stopped = service.turn();
        assert!(matches!(stopped, Err(RunError::Record(RecordError::Io { .. }))), "{part}: {stopped:?}");
        assert!(service.turn().is_err(), "{part}: it does not go on");
        assert_eq!(yard.names(A, "OutBox"), ["a.xml"]);
        assert!(yard.names(A, "InBox").is_empty());
        drop(service);
        yard.world.mend();
        yard.world.crash(|_| Keep::Nothing);
        yard.serve();
        assert_eq!(yard.names(A, "SentBox"), ["a.xml"]);
        assert_eq!(yard.decisions().len(), 1);
    }
}

/// One process at a time has a data folder.
#[test]
fn a_data_folder_in_use_is_refused() {
    let yard = Yard::new();
    let _held = yard.start();
    let refused = yard.try_start().map(|_| ()).unwrap_err();
    assert!(matches!(refused, RunError::Record(RecordError::InUse { .. })), "{refused:?}");
}

/// Registers that change are loaded; bad ones change nothing, and that is said.
#[test]
fn registers_are_loaded_anew_and_never_half() {
    let yard = Yard::new();
    let write = |text: &str| {
        let mut file = yard.world.create(Path::new("/office/registers/stops.csv")).unwrap();
        file.append(text.as_bytes()).unwrap();
    };
    let mut service = yard.start();
    let digest = |yard: &Yard| yard.meters.status(yard.world_now()).law.registers;
    let before = digest(&yard);
    service.look_at_registers();
    assert_eq!(digest(&yard), before);
    assert!(yard.events("registers-loaded").is_empty());
    write("nonsense\n1\n");
    service.look_at_registers();
    service.look_at_registers();
    assert_eq!(digest(&yard), before);
    assert_eq!(yard.events("registers-bad").len(), 1);
    let shown = yard.meters.status(yard.world_now()).registers;
    assert!(matches!(shown, clearance::serve::status::Registers::Stale { .. }));
    yard.drop_in(A, "a.xml", plain());
    run_down(&mut service).unwrap();
    yard.world.remove(Path::new("/office/registers/stops.csv")).unwrap();
    let firm = "scc,customs_code,ciq_code,name,name_en,aliases,town,size\n";
    let mut file = yard.world.create(Path::new("/office/registers/firms.csv")).unwrap();
    file.append(firm.as_bytes()).unwrap();
    service.look_at_registers();
    assert_eq!(yard.meters.status(yard.world_now()).registers, clearance::serve::status::Registers::Fresh);
}

/// A share of which every 37th call fails: what got through stays done, so that all of it does in the end, however much waits.
#[test]
fn p6_a_folder_that_fails_now_and_then_gets_on() {
    let yard = Yard::new();
    (0..40).for_each(|n| yard.drop_in(A, &format!("{n:02}.xml"), other(n)));
    let mut service = yard.start();
    yard.world.on_call(|call| {
        let is_it = call.path.starts_with(A) && call.number % 37 == 0;
        is_it.then(|| io::Error::other("the share stumbles"))
    });
    for _ in 0..40 {
        service.turn().unwrap();
        yard.later(3);
    }
    assert_eq!((yard.names(A, "SentBox").len(), yard.names(A, "InBox").len()), (40, 2 * 40));
    assert_eq!(yard.decisions().len(), 40);
    let status = yard.meters.status(yard.world_now());
    assert_eq!((status.answers, status.answers_waiting), (80, 0));
}

/// An answer for a folder that is not there now is kept until it is.
#[test]
fn an_answer_waits_for_its_folder_over_restarts() {
    let mut yard = Yard::new();
    let consignment = claiming(1);
    yard.drop_in(B, "waits.xml", &consignment.declaration);
    yard.serve();
    let all = yard.config.folders.clone();
    yard.config.folders.pop();
    yard.drop_in(A, "proof.xml", &consignment.certificates[0]);
    yard.serve();
    yard.serve();
    assert_eq!(yard.names(B, "InBox").len(), 2);
    yard.config.folders = all;
    yard.serve();
    assert_eq!(yard.names(B, "InBox").len(), 4, "and one for its certificate");
    yard.world.remove(&Path::new(B).join("InBox").join(&yard.names(B, "InBox")[0])).unwrap();
    yard.serve();
    assert_eq!(yard.names(B, "InBox").len(), 3, "what was delivered is not delivered again");
}

/// A fault of ours over one file: it goes into quarantine, and the service goes on from what is durable. What was begun
/// beside it is read again, and nobody else notices.
#[test]
fn a_file_the_program_fails_on_is_quarantined_and_the_service_goes_on() {
    let yard = Yard::new();
    yard.drop_in(A, "1.xml", plain());
    yard.drop_in(A, "2.xml", other(2));
    yard.drop_in(A, "3.xml", other(3));
    yard.drop_in(B, "b.xml", other(4));
    let mut service = yard.start();
    yard.world.on_call(|call| {
        let is_it = call.op == Op::Read && call.path.ends_with("a/Deccus001/OutBox/2.xml");
        assert!(!is_it, "a fault of ours");
        None
    });
    let mut is_more = true;
    while is_more {
        let (again, turn) = service.turn_or_anew().unwrap();
        (service, is_more) = (again, turn.is_more || turn.n_settled > 0);
    }
    yard.world.mend();
    assert_eq!(yard.names(A, "SentBox"), ["1.xml", "3.xml"]);
    assert_eq!(yard.names(A, "FailBox"), ["2.xml"]);
    assert_eq!(yard.files(A, "FailBox")["2.xml"], other(2).into_bytes());
    assert_eq!(yard.names(B, "SentBox"), ["b.xml"]);
    assert_eq!((yard.names(A, "InBox").len(), yard.names(B, "InBox").len()), (4, 2));
    assert_eq!(yard.decisions().len(), 3, "each of the others once");
    let quarantined = yard.events("quarantined");
    assert_eq!((quarantined.len(), &quarantined[0]["why"]), (1, &"internal-fault".into()));
    let status = yard.meters.status(yard.world_now());
    assert_eq!(status.troubles.iter().map(|it| &*it.code).collect::<Vec<_>>(), ["internal-fault"]);
    // Moved back by its sender when the fault is mended, it is taken like any other.
    yard.world.rename(&Path::new(A).join("FailBox/2.xml"), &Path::new(A).join("OutBox/2.xml")).unwrap();
    run_down(&mut service).unwrap();
    service.close().unwrap();
    assert_eq!(yard.names(A, "SentBox").len(), 3);
    assert_eq!(yard.decisions().len(), 4);
}

/// A fault of ours that is of no file ends the service, as a fault of the books does.
#[test]
fn p8_a_fault_of_no_file_ends_the_service() {
    let yard = Yard::new();
    yard.drop_in(A, "1.xml", plain());
    let service = yard.start();
    yard.world.on_call(|call| {
        let is_it = call.op == Op::SyncData && call.path.starts_with("/office/data/journal");
        assert!(!is_it, "a fault of ours");
        None
    });
    let stopped = service.turn_or_anew().map(|_| ());
    assert!(matches!(stopped, Err(RunError::Fault)), "{stopped:?}");
    yard.world.mend();
    assert_eq!(yard.names(A, "OutBox"), ["1.xml"]);
    yard.serve();
    assert_eq!((yard.names(A, "SentBox").len(), yard.decisions().len()), (1, 1));
}

/// A fault of ours over an answer keeps the answers of its folder waiting, and nobody else's.
#[test]
fn p6_a_fault_over_an_answer_holds_up_its_folder_alone() {
    let yard = Yard::new();
    yard.drop_in(A, "1.xml", plain());
    yard.drop_in(B, "b.xml", other(4));
    let mut service = yard.start();
    yard.world.on_call(|call| {
        let is_it = call.op == Op::Create && call.path.starts_with("/firms/a/Deccus001/InBox");
        assert!(!is_it, "a fault of ours");
        None
    });
    run_down(&mut service).unwrap();
    assert_eq!((yard.names(A, "SentBox").len(), yard.names(B, "SentBox").len()), (0, 1));
    assert_eq!(yard.events("internal-fault").len(), 1);
    yard.world.mend();
    yard.later(60);
    run_down(&mut service).unwrap();
    assert_eq!((yard.names(A, "SentBox").len(), yard.names(A, "InBox").len()), (1, 2));
    assert_eq!(yard.decisions().len(), 2);
}
