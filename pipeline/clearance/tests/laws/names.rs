//! O1, O6, X5: which inputs are read, in which order, and under which names their answers are written.

use crate::documents::*;
use crate::support::{Office, Submission, text};
use clearance::run::Receipts;
use std::path::Path;

fn inputs_of(office: &mut Office, submission: &Submission) -> Vec<String> {
    office.submit(submission).iter().map(|line| text(line, "input").to_owned()).collect()
}

/// A declaration with a number of its own, so that nothing is repeated.
fn document(n: usize) -> String {
    let document = with(&with(&plain(), "EntryId", ""), "SeqNo", "");
    with(&document, "ClientSeqNo", &format!("HD20180000000{n:05}"))
}

#[test]
fn o1_arguments_as_given_and_folders_by_byte_order() {
    let names = [
        "z.xml",
        "folder/b.xml",
        "folder/a/x.xml",
        "folder/a.xml",
        "folder/B.xml",
        "folder/中.xml",
        "folder/a-.xml",
        "a.xml",
    ];
    let mut submission = Submission::at(morning());
    for (n, name) in names.iter().enumerate() {
        submission = submission.with(name, document(n));
    }
    for (n, left_alone) in
        ["folder/x.tmp", "folder/x.temp", "folder/.hidden", "folder/.git/x.xml"].iter().enumerate()
    {
        submission = submission.with(left_alone, document(100 + n));
    }
    submission = submission.with("folder/empty.xml", "");
    let order = ["z.xml", "B.xml", "a-.xml", "a.xml", "a/x.xml", "b.xml", "中.xml", "a.xml#2"];
    assert_eq!(inputs_of(&mut Office::new(), &submission), order);
}

/// A tar of these entries.
fn tar(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, text) in entries {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        header[136..147].copy_from_slice(b"00000000000");
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(text.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1_024, 0);
    bytes
}

#[test]
fn x5_no_name_leads_out_of_the_folder_of_answers() {
    let long = format!("{}/{}", "l".repeat(48), "n".repeat(49));
    let names = [
        "../../x.xml",
        "/etc/passwd.xml",
        "..",
        "./y.xml",
        "a//b.xml",
        "deep/er/x.xml",
        "x",
        "x.xml/y",
        "..xml",
        "CON",
        " ",
        "a\tb.xml",
        "x.xml.partial/z",
        &long,
    ];
    let documents: Vec<String> = (0..names.len()).map(document).collect();
    let entries: Vec<(&str, &str)> =
        names.iter().copied().zip(documents.iter().map(String::as_str)).collect();
    for receipts in [Receipts::Packed, Receipts::Files] {
        let mut office = Office::new();
        let before = office.world.paths();
        let lines =
            office.submit(&Submission { receipts, ..Submission::at(morning()).with("t.tar", tar(&entries)) });
        assert_eq!(lines.len(), names.len());
        let root = office.out();
        for path in office.world.paths().into_iter().filter(|path| !before.contains(path)) {
            let known = ["/office/data", "/office/in-1"].iter().any(|root| path.starts_with(root));
            assert!(known || path.starts_with(&root), "{}", path.display());
            assert!(path.components().all(|part| part.as_os_str() != ".."), "{}", path.display());
            assert!(path.extension().is_none_or(|it| it != "partial"), "{}", path.display());
        }
        let answers = answers(&office);
        let n_answers: usize =
            answers.iter().map(|(_, text)| text.matches("<DEC_RESULT").count().max(1)).sum();
        assert!(n_answers >= names.len(), "{answers:?}");
        assert!(answers.iter().all(|(name, _)| name.split('/').all(|part| part.len() < 240)));
    }
}

/// Entries that share a name but for what is not kept of it share a file, and none of their answers is lost.
#[test]
fn o6_names_that_fall_together_lose_no_answer() {
    let documents: Vec<String> = (0..3).map(document).collect();
    let names = ["a/b.xml", "a/./b.xml", "a/../b.xml"];
    let entries: Vec<(&str, &str)> =
        names.iter().copied().zip(documents.iter().map(String::as_str)).collect();
    for (receipts, n_files) in [(Receipts::Packed, 1), (Receipts::Files, 3)] {
        let mut office = Office::new();
        let lines =
            office.submit(&Submission { receipts, ..Submission::at(morning()).with("t.tar", tar(&entries)) });
        let answers = answers(&office);
        assert_eq!(answers.len(), n_files, "{answers:?}");
        let text: String = answers.into_iter().map(|(_, text)| text).collect();
        assert!(lines.iter().all(|line| text.contains(crate::support::text(line, "number"))));
    }
}

#[test]
fn o6_two_inputs_of_one_name_have_two_files_of_answers() {
    let mut office = Office::new();
    let submission = Submission::at(morning()).with("one/a.xml", document(1)).with("two/a.xml", document(2));
    let inputs = inputs_of(&mut office, &Submission { receipts: Receipts::Packed, ..submission });
    assert_eq!(inputs, ["a.xml", "a.xml#2"]);
    let names: Vec<String> = answers(&office).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.xml#2.xml", "a.xml.xml"]);
}

/// Answers of one input stand in its file in the order of decision, within one wrapper, also when one comes late.
#[test]
fn o6_the_three_ways_to_write_answers() {
    let consignment = claiming(1);
    let one = [consignment.declaration, document(1)];
    for (receipts, names) in [
        (Receipts::Packed, &["a.xml.xml", "b.xml.xml"][..]),
        (Receipts::Files, &["a.xml-1.xml", "a.xml-2.xml", "b.xml-1.xml"]),
        (Receipts::None, &[]),
    ] {
        let mut office = Office::new();
        let submission = Submission::at(morning())
            .with("a.xml", input(&one))
            .with("b.xml", input(&consignment.certificates));
        office.submit(&Submission { receipts, ..submission });
        let answers = answers(&office);
        let found: Vec<&str> = answers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(found, names);
        if receipts == Receipts::Packed {
            for (name, text) in &answers {
                assert_eq!(text.matches("<Receipts>").count(), 1, "{name}");
                assert!(text.ends_with("</Receipts>\n"), "{name}");
            }
        }
        assert_eq!(
            office.world.paths().iter().any(|path| path.starts_with(office.out().join("receipts"))),
            !names.is_empty()
        );
        assert!(office.world.bytes(&Path::new("/office/out-1").join("summary.json")).is_ok());
    }
}
