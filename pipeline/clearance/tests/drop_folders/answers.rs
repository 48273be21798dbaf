//! What a sender finds: answers under the client's names, his file in `SentBox`, and every row of P2.

use crate::documents::*;
use crate::yard::{A, A_CERTIFICATES, B, Yard, channel, run_down, technical};
use clearance::world::memory::Keep;

fn only<'f>(files: &'f crate::yard::Files, prefix: &str) -> (&'f str, &'f [u8]) {
    let mut found = files.iter().filter(|(name, _)| name.starts_with(prefix));
    let (name, bytes) = found.next().unwrap_or_else(|| panic!("no {prefix}* among {:?}", files.keys()));
    assert!(found.next().is_none(), "more than one {prefix}* among {:?}", files.keys());
    (name, bytes)
}

/// A clean declaration is released. Its sender gets a technical and a business answer, and finds his file sent.
#[test]
fn a_declaration_is_answered_and_its_file_sent() {
    let yard = Yard::new();
    yard.drop_in(A, "I_HD1_t-1.xml", plain());
    yard.serve();
    assert!(yard.names(A, "OutBox").is_empty());
    assert_eq!(yard.names(A, "SentBox"), ["I_HD1_t-1.xml"]);
    let answers = yard.files(A, "InBox");
    assert_eq!(answers.len(), 2);
    let (name, answer) = only(&answers, "Successed_");
    assert_eq!(name, "Successed_I_HD1_t-1_20180601093000000.xml");
    assert_eq!(technical(answer), ("0".to_owned(), "HD2018000000000001".to_owned()));
    let (name, answer) = only(&answers, "DEC_RESULT_");
    assert_eq!(name, "DEC_RESULT_I_HD1_t-1_20180601093000000-2.xml");
    assert_eq!(channel(answer), "I");
    // Everything of it is durable.
    yard.world.crash(|_| Keep::Nothing);
    assert_eq!(yard.files(A, "InBox"), answers);
    assert_eq!(yard.names(A, "SentBox"), ["I_HD1_t-1.xml"]);
}

/// O6: with several documents in a file the number of the document stands behind the base name.
#[test]
fn o6_several_documents_are_told_apart_by_number() {
    let yard = Yard::new();
    let other = with(&with(&plain(), "EntryId", ""), "SeqNo", "");
    let other = rejected(&with(&other, "ClientSeqNo", "HD2"));
    yard.drop_in(A, "two.xml", input(&[plain(), other]));
    yard.serve();
    let names = yard.names(A, "InBox");
    let technical: Vec<&String> = names.iter().filter(|name| name.starts_with("Successed")).collect();
    let expected = ["Successed_two-1_20180601093000000.xml", "Successed_two-2_20180601093000000.xml"];
    assert_eq!(technical, expected);
    assert_eq!(names.len(), 4);
}

/// A file in which nothing can be read goes to `FailBox`; its sender is told why.
#[test]
fn a_file_that_cannot_be_read_fails() {
    let yard = Yard::new();
    yard.drop_in(A, "broken.xml", "<DecMessage>");
    yard.drop_in(A, "half.xml", input(&[plain(), "<DecMessage>".to_owned()]));
    yard.serve();
    assert_eq!(yard.names(A, "FailBox"), ["broken.xml"]);
    assert_eq!(yard.names(A, "SentBox"), ["half.xml"]);
    let answers = yard.files(A, "InBox");
    let (_, answer) = only(&answers, "Failed_broken_20180601093000000");
    assert_eq!(technical(answer).0, "1");
    only(&answers, "Failed_half-2_");
    only(&answers, "Successed_half-1_");
}

/// P2, first row, K7: the same again, a day later and under another name, gets the first answers: the same bytes, and the
/// time of the first acceptance in their names.
#[test]
fn p2_the_same_again_is_answered_as_the_first_time() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", plain());
    yard.serve();
    let first = yard.files(A, "InBox");
    yard.at(next_day());
    yard.drop_in(A, "again.xml", plain());
    yard.serve();
    let answers = yard.files(A, "InBox");
    for prefix in ["Successed_", "DEC_RESULT_"] {
        let (name, answer) = only(&first, prefix);
        let again = name.replace("_a_", "_again_");
        assert_eq!(answers[&again], answer, "{again}");
    }
    assert_eq!(answers.len(), 4);
    assert_eq!(yard.decisions().len(), 1);
    // Under the same name nothing is new.
    yard.drop_in(A, "a.xml", plain());
    yard.serve();
    assert_eq!(yard.files(A, "InBox"), answers);
    let sent = yard.names(A, "SentBox");
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(sent[0].starts_with("a#"), "no file in SentBox is written over: {sent:?}");
}

/// P2: the same twice in one turn, from two firms: decided once, and each gets the answer in his own folder.
#[test]
fn p2_the_same_while_it_is_in_work_is_decided_once() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", plain());
    yard.drop_in(B, "a.xml", plain());
    yard.serve();
    assert_eq!(yard.decisions().len(), 1);
    assert_eq!(yard.files(A, "InBox"), yard.files(B, "InBox"));
    assert_eq!(yard.files(A, "InBox").len(), 2);
}

/// P2: what was rejected is rejected again, byte for byte.
#[test]
fn p2_a_rejected_declaration_is_never_answered_otherwise() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", rejected(&plain()));
    yard.serve();
    let first = yard.files(A, "InBox");
    assert_eq!(channel(only(&first, "DEC_RESULT_").1), "E");
    yard.later(60);
    yard.drop_in(A, "a.xml", rejected(&plain()));
    yard.serve();
    assert_eq!(yard.files(A, "InBox"), first);
}

/// P2, K5: what cannot be read is refused each time it comes, and each refusal is answered.
#[test]
fn p2_a_refused_file_is_refused_again() {
    let yard = Yard::new();
    for n in 1..=2 {
        yard.drop_in(A, "a.xml", "<DecMessage>");
        yard.serve();
        assert_eq!(yard.names(A, "InBox").len(), n);
        assert_eq!(yard.names(A, "FailBox").len(), n);
        assert!(yard.names(A, "InBox").iter().all(|name| name.starts_with("Failed_a_20180601093000")));
    }
}

/// P2: other content under a number that is decided: refused, and the first decision stands.
#[test]
fn p2_other_content_is_a_conflict() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", plain());
    yard.serve();
    yard.later(60);
    yard.drop_in(A, "b.xml", mended(&plain(), 7));
    yard.serve();
    let answers = yard.files(A, "InBox");
    let (name, answer) = only(&answers, "Failed_");
    assert_eq!(name, "Failed_b_20180601093100000.xml");
    assert_ne!(technical(answer).0, "0");
    assert_eq!(answers.len(), 3);
    assert_eq!(yard.names(A, "SentBox"), ["a.xml", "b.xml"]);
    assert_eq!(yard.decisions().len(), 1);
}

/// P2, K4: a rejected declaration that is mended is a new version, with its own answer.
#[test]
fn p2_a_new_version_is_decided() {
    let yard = Yard::new();
    yard.drop_in(A, "a.xml", rejected(&plain()));
    yard.serve();
    yard.later(60);
    yard.drop_in(A, "b.xml", plain());
    yard.serve();
    let versions: Vec<u32> = yard.decisions().iter().map(|it| it.1).collect();
    assert_eq!(versions, [1, 2]);
    let answers = yard.files(A, "InBox");
    assert_eq!(channel(only(&answers, "DEC_RESULT_b_").1), "I");
}

/// K3: a declaration waits for its certificate. When that comes, in whatever folder, the declaration is decided again, and
/// the answer goes to the folder it came from.
#[test]
fn k3_a_held_declaration_is_answered_where_it_came_from() {
    let yard = Yard::new();
    let consignment = claiming(1);
    yard.drop_in(B, "waits.xml", &consignment.declaration);
    yard.serve();
    let held = yard.files(B, "InBox");
    assert_eq!(channel(only(&held, "DEC_RESULT_").1), "N");
    yard.at(next_day());
    yard.drop_in(A_CERTIFICATES, "proof.xml", &consignment.certificates[0]);
    yard.serve();
    let certificate = yard.files(A_CERTIFICATES, "InBox");
    assert_eq!(certificate.len(), 1, "{:?}", certificate.keys());
    only(&certificate, "Receipt_proof_20180602093000000-");
    let mut answers = yard.files(B, "InBox");
    answers.retain(|name, _| !held.contains_key(name));
    // Named and dated by the day the declaration was accepted.
    let (_, again) = only(&answers, "DEC_RESULT_waits_20180601093000000-");
    assert_eq!(channel(again), "I");
    // With it goes that the certificate it rests on is approved.
    only(&answers, "Receipt_waits_20180601093000000-");
    assert_eq!(answers.len(), 2);
    assert_eq!(yard.names(B, "SentBox"), ["waits.xml"]);
    assert!(yard.files(A, "InBox").is_empty());
}

/// The same, when the declaration came in a file of several, and the service was restarted in between.
#[test]
fn k3_the_number_of_the_document_is_known_after_a_restart() {
    let yard = Yard::new();
    let consignment = claiming(1);
    yard.drop_in(
        B,
        "three.xml",
        input(&[plain(), consignment.declaration.clone(), "<DecMessage>".to_owned()]),
    );
    yard.serve();
    let held = yard.files(B, "InBox");
    yard.drop_in(A, "proof.xml", &consignment.certificates[0]);
    yard.serve();
    let mut answers = yard.files(B, "InBox");
    answers.retain(|name, _| !held.contains_key(name));
    only(&answers, "DEC_RESULT_three-2_20180601093000000-");
}

/// Two files of one name within a second, with other content: neither answer and neither file is written over.
#[test]
fn no_name_is_given_twice() {
    let yard = Yard::new();
    let mut service = yard.start();
    for number in ["HD1", "HD2", "HD3"] {
        let document = with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", number);
        yard.drop_in(A, "a.xml", document);
        run_down(&mut service).unwrap();
    }
    let answers = yard.files(A, "InBox");
    let technical: Vec<_> = answers.iter().filter(|(name, _)| name.starts_with("Succ")).collect();
    let names: Vec<&str> = technical.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [0, 1, 2].map(|n| format!("Successed_a_2018060109300000{n}.xml"));
    assert_eq!(names, expected);
    let numbers: Vec<String> = technical.iter().map(|(_, answer)| crate::yard::technical(answer).1).collect();
    assert_eq!(numbers, ["HD1", "HD2", "HD3"]);
    assert_eq!(yard.files(A, "SentBox").len(), 3);
}

/// W2: a firm that files in the name of another is refused, the same whether or not such a declaration is on file; its
/// certificate, named by the inspection code, is known by the register.
#[test]
fn w2_nobody_files_in_the_name_of_another() {
    let mut yard = Yard::new();
    let consignment = claiming(1);
    let declarant = value(&consignment.declaration, "AgentCodeScc").to_owned();
    yard.config.folders[0].declarants = Some(vec![declarant.clone()]);
    yard.config.folders[1].declarants = Some(vec!["91441302MAWB000054".to_owned()]);
    let holder = value(&consignment.certificates[0], "CiqRegNo");
    let firms =
        format!("scc,customs_code,ciq_code,name,name_en,aliases,town,size\n{declarant},,{holder},甲,,,,\n");
    yard.register("firms.csv", &firms);
    yard.drop_in(B, "stranger.xml", &consignment.declaration);
    yard.serve();
    let before = yard.files(B, "InBox");
    let (name, answer) = only(&before, "Failed_stranger_");
    assert_eq!(technical(answer).0, "1");
    assert!(String::from_utf8_lossy(answer).contains("MSG-035"));
    assert_eq!(yard.names(B, "FailBox"), ["stranger.xml"]);
    assert!(yard.decisions().is_empty());
    yard.drop_in(A, "own.xml", &consignment.declaration);
    yard.drop_in(A_CERTIFICATES, "proof.xml", &consignment.certificates[0]);
    yard.serve();
    assert_eq!(yard.decisions().len(), 2, "{:?}", yard.names(A, "InBox"));
    // It is on file by now, and the stranger learns nothing of that.
    yard.drop_in(B, "stranger.xml", &consignment.declaration);
    yard.serve();
    let after = yard.files(B, "InBox");
    let again = after.iter().find(|(known, _)| *known != name).unwrap().1;
    let said = |answer: &[u8]| String::from_utf8_lossy(answer).split("[journal").next().unwrap().to_owned();
    assert_eq!(said(again), said(answer));
    assert_eq!(yard.decisions().len(), 2);
}
