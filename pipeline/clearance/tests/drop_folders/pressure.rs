//! More than a turn takes: nothing is lost, nobody is starved, the door says later (P7, W5, F4).

use crate::documents::*;
use crate::yard::{A, A_CERTIFICATES, B, Yard, run_down};
use clearance::serve::config::Turn;

/// A declaration of its own number.
fn numbered(n: usize) -> String {
    let without = with(&with(&plain(), "EntryId", ""), "SeqNo", "");
    with(&without, "ClientSeqNo", &format!("HD{n:06}"))
}

/// Ten times more than a turn takes, from one firm: what does not fit stays in its `OutBox`, in order.
#[test]
fn p7_what_does_not_fit_stays_at_the_door() {
    let mut yard = Yard::new();
    yard.config.turn = Turn { n_files: 4, ..yard.config.turn };
    for n in 0..40 {
        yard.drop_in(A, &format!("{n:02}.xml"), numbered(n));
    }
    let mut service = yard.start();
    for turn in 1..=10 {
        assert_eq!(service.turn().unwrap().n_settled, 4);
        let left = yard.names(A, "OutBox");
        assert_eq!(left.len(), 40 - 4 * turn);
        assert!(
            left.first().is_none_or(|name| *name == format!("{:02}.xml", 4 * turn)),
            "in order of the names"
        );
    }
    assert!(!service.turn().unwrap().is_more);
    assert_eq!(yard.names(A, "InBox").len(), 80);
    assert_eq!(yard.names(A, "SentBox").len(), 40);
}

/// Bytes are counted, too, and a file larger than a turn is taken alone.
#[test]
fn p7_a_large_file_is_taken_alone() {
    let mut yard = Yard::new();
    let length = numbered(1).len() as u64;
    yard.config.turn = Turn { n_bytes: length * 5 / 2, ..yard.config.turn };
    yard.drop_in(A, "1.xml", numbered(1));
    yard.drop_in(A, "2.xml", input(&(2..7).map(numbered).collect::<Vec<_>>()));
    yard.drop_in(A, "3.xml", numbered(7));
    let mut service = yard.start();
    let taken: Vec<usize> = (0..4).map(|_| service.turn().unwrap().n_settled).collect();
    assert_eq!(taken, [1, 1, 1, 0]);
    assert_eq!(yard.decisions().len(), 7);
}

/// One firm drops a hundred files, another one: it is served in the first turn. So it is among the types of one firm.
#[test]
fn w5_no_firm_waits_behind_the_files_of_another() {
    let mut yard = Yard::new();
    yard.config.turn = Turn { n_files: 6, ..yard.config.turn };
    for n in 0..60 {
        yard.drop_in(A, &format!("{n:02}.xml"), numbered(n));
    }
    yard.drop_in(A_CERTIFICATES, "z.xml", &claiming(1).certificates[0]);
    for n in 60..62 {
        yard.drop_in(B, &format!("{n:02}.xml"), numbered(n));
    }
    let mut service = yard.start();
    service.turn().unwrap();
    let sent = [A, A_CERTIFICATES, B].map(|folder| yard.names(folder, "SentBox").len());
    assert_eq!(sent, [3, 1, 2]);
    run_down(&mut service).unwrap();
    assert_eq!(yard.names(A, "SentBox").len(), 60);
}

/// The same where a turn takes one file only, and where one is too large for what is left of a turn.
#[test]
fn w5_no_folder_and_no_large_file_waits_for_ever() {
    let mut yard = Yard::new();
    yard.config.turn = Turn { n_files: 1, ..yard.config.turn };
    for n in 0..4 {
        yard.drop_in(A, &format!("{n}.xml"), numbered(n));
        yard.drop_in(A_CERTIFICATES, &format!("{n}.xml"), numbered(10 + n));
    }
    let mut service = yard.start();
    for _ in 0..8 {
        service.turn().unwrap();
    }
    let sent = [A, A_CERTIFICATES].map(|folder| yard.names(folder, "SentBox").len());
    assert_eq!(sent, [4, 4]);

    let mut yard = Yard::new();
    let length = numbered(1).len() as u64;
    yard.config.turn = Turn { n_bytes: 3 * length, ..yard.config.turn };
    for n in 20..60 {
        yard.drop_in(A, &format!("{n}.xml"), numbered(n));
    }
    yard.drop_in(A_CERTIFICATES, "large.xml", input(&(0..5).map(numbered).collect::<Vec<_>>()));
    yard.drop_in(B, "large.xml", input(&(5..10).map(numbered).collect::<Vec<_>>()));
    let mut service = yard.start();
    for _ in 0..4 {
        service.turn().unwrap();
    }
    for folder in [A_CERTIFICATES, B] {
        assert_eq!(yard.names(folder, "SentBox"), ["large.xml"], "while others go on coming");
    }
}

/// F4: many small files, more than are remembered at once.
#[test]
fn f4_every_file_of_a_crowd_is_answered_once() {
    let yard = Yard::new();
    for n in 0..600 {
        yard.drop_in(A, &format!("{n}.xml"), "<DecMessage>");
    }
    yard.serve();
    assert_eq!(yard.names(A, "FailBox").len(), 600);
    assert_eq!(yard.names(A, "InBox").len(), 600);
}

/// Answers nobody can be given wait up to a limit; beyond it nothing new is taken for that folder, and for that one only.
#[test]
fn p6_a_folder_without_room_for_answers_is_not_served_without_end() {
    use clearance::world::memory::Op;
    let mut yard = Yard::new();
    yard.config.turn = Turn { n_files: 2, n_answers_waiting: 5, ..yard.config.turn };
    for n in 0..20 {
        yard.drop_in(A, &format!("{n:02}.xml"), numbered(n));
    }
    yard.drop_in(B, "b.xml", numbered(30));
    let mut service = yard.start();
    let is_answer = |call: &clearance::world::memory::Call<'_>| {
        call.op == Op::Create && call.path.starts_with("/firms/a/Deccus001/InBox")
    };
    yard.world.on_call(move |call| is_answer(call).then(|| std::io::ErrorKind::ReadOnlyFilesystem.into()));
    for _ in 0..20 {
        service.turn().unwrap();
        yard.later(1);
    }
    assert_eq!(yard.names(B, "SentBox"), ["b.xml"]);
    assert_eq!(yard.names(A, "OutBox").len(), 20, "none is acknowledged");
    assert_eq!(yard.decisions().len(), 1 + 5, "decisions go on up to the limit");
    assert_eq!(yard.events("cannot-write-answer").len(), 1);
    assert_eq!(yard.meters.status(yard.world_now()).answers_waiting, 5);
    // It is read-write again, after a restart.
    yard.world.mend();
    drop(service);
    yard.serve();
    assert_eq!(yard.names(A, "SentBox").len(), 20);
    assert_eq!(yard.names(A, "InBox").len(), 40);
    assert_eq!(yard.decisions().len(), 21);
}

/// More files than a look keeps: those that come first by name are kept, in whatever order the folder lists them, the
/// others are counted.
#[test]
fn p7_of_a_crowd_the_first_by_name_are_kept() {
    let mut yard = Yard::new();
    yard.config.turn = Turn { n_files: 2, ..yard.config.turn };
    for n in (0..10_003).rev() {
        let path = std::path::Path::new(A).join(format!("OutBox/{n:05}.xml"));
        clearance::world::World::create(&yard.world, &path).unwrap();
        yard.world.set_bytes(&path, b"<DecMessage>").unwrap();
    }
    let mut service = yard.start();
    service.turn().unwrap();
    assert_eq!(yard.names(A, "FailBox"), ["00000.xml", "00001.xml"]);
    let status = yard.meters.status(yard.world_now());
    let queue = status.queues.iter().find(|it| it.folders == "a" && it.business == "Deccus001").unwrap();
    assert_eq!((queue.n_files, queue.n_bytes), (10_001, 12 * 10_001));
}
