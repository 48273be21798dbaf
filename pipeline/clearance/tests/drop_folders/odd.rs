//! What lies in an `OutBox` and is no complete file with one plain name (F1, F2).

use crate::documents::*;
use crate::yard::{A, B, Yard, run_down};
use clearance::world::memory::Op;
use clearance::world::{World, create_dir_durable};
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

#[test]
fn f2_what_is_still_being_written_is_left_alone() {
    let yard = Yard::new();
    for name in ["a.xml.tmp", "b.TEMP", ".c.xml", "empty.xml"] {
        let bytes = if name == "empty.xml" { String::new() } else { plain() };
        yard.drop_in(A, name, bytes);
    }
    create_dir_durable(&yard.world, &Path::new(A).join("OutBox/folder")).unwrap();
    let mut service = yard.start();
    run_down(&mut service).unwrap();
    assert_eq!(yard.names(A, "OutBox").len(), 4);
    assert!(yard.records().is_empty());
    assert!(yard.events("quarantined").is_empty());
    drop(service);
    // Renamed, it is complete.
    let out_box = Path::new(A).join("OutBox");
    yard.world.rename(&out_box.join("a.xml.tmp"), &out_box.join("a.xml")).unwrap();
    yard.serve();
    assert_eq!(yard.names(A, "SentBox"), ["a.xml"]);
}

#[test]
fn f1_links_devices_and_odd_names_are_quarantined_unread() {
    let yard = Yard::new();
    let out_box = Path::new(A).join("OutBox");
    yard.drop_in(B, "kept.tmp", plain());
    yard.world.link(&Path::new(B).join("OutBox/kept.tmp"), &out_box.join("linked.xml")).unwrap();
    yard.world.plant_other(&out_box.join("link.xml"));
    yard.drop_in(A, "line\nend.xml", plain());
    let odd = OsStr::from_bytes(b"\xFF.xml");
    yard.drop_in(A, "odd.tmp", plain());
    yard.world.rename(&out_box.join("odd.tmp"), &out_box.join(odd)).unwrap();
    yard.drop_in(A, "plain.xml", plain());
    yard.serve();
    assert_eq!(yard.names(A, "SentBox"), ["plain.xml"]);
    assert_eq!(yard.names(A, "FailBox"), ["%FF.xml", "line%0Aend.xml", "link.xml", "linked.xml"]);
    assert!(yard.names(A, "OutBox").is_empty());
    assert_eq!(yard.decisions().len(), 1);
    let mut told: Vec<(String, String)> = yard
        .events("quarantined")
        .iter()
        .map(|event| (event["name"].as_str().unwrap().to_owned(), event["why"].as_str().unwrap().to_owned()))
        .collect();
    told.sort();
    let expected = [
        ("%FF.xml", "odd-name"),
        ("line%0Aend.xml", "odd-name"),
        ("link.xml", "not-a-file"),
        ("linked.xml", "several-names"),
    ];
    assert_eq!(told, expected.map(|(name, why)| (name.to_owned(), why.to_owned())));
    // Whoever knows what it is may move it back: its name is a plain one now.
    yard.world.rename(&Path::new(A).join("FailBox/%FF.xml"), &out_box.join("%FF.xml")).unwrap();
    yard.serve();
    assert_eq!(yard.names(A, "SentBox"), ["%FF.xml", "plain.xml"]);
}

/// A box that is a link would lead answers, and files, to where they do not belong.
#[test]
fn f1_a_box_that_is_no_folder_is_not_entered() {
    for name in ["InBox", "SentBox", "FailBox"] {
        let yard = Yard::new();
        yard.world.plant_other(&Path::new(A).join(name));
        yard.drop_in(A, "a.xml", plain());
        yard.drop_in(B, "b.xml", rejected(&with(&plain(), "ClientSeqNo", "HD5")));
        yard.serve();
        assert_eq!(yard.names(A, "OutBox"), ["a.xml"]);
        assert_eq!(yard.names(B, "SentBox"), ["b.xml"]);
        assert_eq!(yard.events("box-is-no-folder").len(), 1, "{name}");
    }
}

/// A link under the name an answer would get, or is written under, is not written through.
#[test]
fn f1_no_answer_is_written_through_a_link() {
    let yard = Yard::new();
    let name = "Successed_a_20180601093000000.xml";
    let in_box = Path::new(A).join("InBox");
    create_dir_durable(&yard.world, &in_box).unwrap();
    yard.world.plant_other(&in_box.join(name));
    yard.drop_in(B, "b.tmp", "precious");
    let target = Path::new(B).join("OutBox/b.tmp");
    yard.world.link(&target, &in_box.join("Successed_a_20180601093000001.xml.tmp")).unwrap();
    yard.drop_in(A, "a.xml", plain());
    yard.serve();
    assert!(yard.names(A, "InBox").contains(&"Successed_a_20180601093000001.xml".to_owned()));
    assert_eq!(yard.world.bytes(&target).unwrap(), b"precious");
}

/// Another file that gets the name of one that was read, before that is moved, is a submission of its own.
#[test]
fn f3_a_file_that_took_the_name_is_not_mistaken_for_the_one_that_was_read() {
    let yard = Yard::new();
    let other = with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", "HD5");
    yard.drop_in(A, "a.xml", plain());
    let mut service = yard.start();
    yard.world.on_call(|call| {
        let is_answer = call.op == Op::Create && call.path.starts_with("/firms/a/Deccus001/InBox");
        is_answer.then(|| io::ErrorKind::ReadOnlyFilesystem.into())
    });
    service.turn().unwrap();
    assert_eq!(yard.names(A, "OutBox"), ["a.xml"], "not acknowledged");
    yard.drop_in(A, "a.xml", &other);
    yard.world.mend();
    yard.later(60);
    run_down(&mut service).unwrap();
    assert_eq!(yard.files(A, "SentBox"), [("a.xml".to_owned(), other.into_bytes())].into());
    assert!(yard.names(A, "OutBox").is_empty());
    assert_eq!(yard.decisions().len(), 2);
    assert_eq!(yard.names(A, "InBox").len(), 4);
}

/// What is read is hashed, whatever becomes of the name meanwhile: a file removed after it was opened is decided.
#[test]
fn f2_a_file_that_is_taken_back_is_no_trouble() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", plain());
    yard.drop_in(A, "b.xml", rejected(&plain()));
    let mut service = yard.start();
    let removed = Path::new(A).join("OutBox/b.xml");
    yard.world.on_call(|call| {
        let is_it = call.op == Op::Open && call.path.ends_with("OutBox/b.xml");
        is_it.then(|| io::ErrorKind::NotFound.into())
    });
    service.turn().unwrap();
    yard.world.mend();
    yard.world.remove(&removed).unwrap();
    run_down(&mut service).unwrap();
    assert_eq!(yard.names(A, "SentBox"), ["a.xml"]);
    assert!(yard.log.lock().unwrap().iter().all(|line| !line.contains("warning")));
}
