//! O2: neither the size of a window nor the number of threads changes a byte, and order inside a batch does not matter.

use crate::documents::*;
use crate::support::{Line, Office, Submission, lines, text};
use clearance::run::Receipts;
use fixtures::generate::{OrderWeights, Plan, Shape, Size, write_both};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const WINDOWS: [usize; 3] = [1, 20_000, 4 << 20];
const THREADS: [usize; 3] = [1, 2, 7];

/// Everything a submission left behind in its output folder.
type Output = BTreeMap<PathBuf, Vec<u8>>;

fn output(office: &Office) -> Output {
    let out = office.out();
    let files = office.world.paths().into_iter().filter_map(|path| {
        let name = path.strip_prefix(&out).ok()?.to_owned();
        Some((name, office.world.bytes(&path).unwrap()))
    });
    files.collect()
}

/// Runs the submissions one after another, in every window and on every number of threads.
pub fn assert_same_everywhere(submissions: &[Submission]) {
    let mut first: Option<Vec<Output>> = None;
    for window_bytes in WINDOWS {
        for n_threads in THREADS {
            let mut office = Office::new();
            let outputs: Vec<Output> = submissions
                .iter()
                .map(|submission| {
                    office.submit(&Submission { window_bytes, n_threads, ..submission.clone() });
                    output(&office)
                })
                .collect();
            let first = first.get_or_insert_with(|| outputs.clone());
            for (n, (one, other)) in first.iter().zip(&outputs).enumerate() {
                for (name, bytes) in one {
                    let same = other.get(name) == Some(bytes);
                    assert!(
                        same,
                        "{} of submission {n}: {window_bytes} B, {n_threads} threads",
                        name.display()
                    );
                }
                assert_eq!(one.len(), other.len());
            }
        }
    }
}

fn submission(inputs: &[(&str, String)]) -> Submission {
    let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()));
    Submission { inputs: inputs.collect(), receipts: Receipts::Packed, ..Submission::at(morning()) }
}

/// Certificates before, with, after and in another batch; defects of all kinds; two inputs, one compressed.
#[test]
fn o2_generated_batches_are_the_same_in_all_windows_and_threads() {
    let (mut first, mut late, mut second) = (Vec::new(), Vec::new(), Vec::new());
    let plan = Plan {
        size: Size::Declarations(24),
        lines: 1..=4,
        certificate_share_bp: 7_000,
        certificate_order: OrderWeights { before: 2, with: 1, after: 3, other_batch: 2 },
        defect_rate_bp: 3_000,
        ..Plan::new(7)
    };
    write_both(&plan, &mut first, &mut late).unwrap();
    let tar = Plan { shape: Shape::Tar, zstd: true, first_group: 24, size: Size::Declarations(8), ..plan };
    write_both(&tar, &mut second, &mut std::io::sink()).unwrap();
    let morning_batch = Submission {
        receipts: Receipts::Packed,
        report: true,
        ..Submission::at(morning()).with("a.xml", first).with("b.tar.zst", second)
    };
    let afternoon =
        Submission { receipts: Receipts::Files, ..Submission::at(next_day()).with("a.xml", late) };
    assert_same_everywhere(&[morning_batch.clone(), afternoon, morning_batch]);
}

/// Everything that makes one document depend on another, inside one submission.
#[test]
fn o2_documents_that_depend_on_each_other() {
    let certified = certified();
    let [first, second, third, fourth, ..] = &certified[..] else { panic!("there are more than four") };
    let plain = plain();
    let in_a_way = |document: &str, n| with(document, "GoodsPlace", &format!("堆场{n}"));
    let alias = |document: &str, number: &str| with(document, "ClientSeqNo", number);
    let mut documents = vec![
        // Deferred, and others with the same number behind it: a repeat, a mended version.
        first.declaration.clone(),
        first.declaration.clone(),
        in_a_way(&first.declaration, 1),
        // Decided, repeated, in conflict; a conflict's other number is free for somebody else (K5).
        plain.clone(),
        plain.clone(),
        alias(&in_a_way(&plain, 1), "HD2018999999999991"),
        alias(&with(&with(&in_a_way(&plain, 2), "EntryId", ""), "SeqNo", ""), "HD2018999999999991"),
        // Rejected, then mended, then in conflict; one of the versions claims what is missing.
        with(&rejected(&second.declaration), "EcoCertNo", "C000000000000001"),
        second.declaration.clone(),
        in_a_way(&second.declaration, 1),
        // A certificate rejected, mended, repeated; its declaration before, between and after.
        rejected_certificate(&third.certificates[0]),
        third.declaration.clone(),
        third.certificates[0].clone(),
        third.declaration.clone(),
        third.certificates[0].clone(),
    ];
    documents.extend(first.certificates.iter().chain(&second.certificates).cloned());
    documents.extend(third.certificates.iter().skip(1).cloned());
    // Unreadable, declined, and a declaration whose certificate never comes.
    documents.extend(["<DecMessage><DecHead></DecMessage>".to_owned(), "<Receipt/>".to_owned()]);
    documents.push(fourth.declaration.clone());
    let (head, tail) = documents.split_at(9);
    let one = submission(&[("one.xml", input(head)), ("two.xml", input(tail))]);
    let held_again = submission(&[("three.xml", input(&[in_a_way(&fourth.declaration, 1), plain.clone()]))]);
    // The certificate arrives beside yet another version that still waits for it.
    let mut arriving = vec![in_a_way(&fourth.declaration, 2)];
    arriving.extend(fourth.certificates.iter().cloned());
    arriving.push(fourth.declaration.clone());
    assert_same_everywhere(&[one.clone(), held_again, submission(&[("four.xml", input(&arriving))]), one]);
}

/// Attachments stand in the first window of their ZIP, their documents in later ones or at the end of the submission.
#[test]
fn o2_attachments_are_the_same_in_all_windows() {
    let mut first = submission(&[("b.xml", input(&[mended(&plain(), 1)]))]);
    first.inputs.insert(0, ("a.zip".to_owned(), crate::attachments::client_zip()));
    assert_same_everywhere(&[first.clone(), first]);
}

/// A version of a declaration on file waits; a document under the same number stays behind it in every window.
#[test]
fn o2_a_mended_version_that_waits_keeps_its_place() {
    let consignment = claiming(1);
    let without = with(&rejected(&consignment.declaration), "EcoCertNo", "");
    let held = [without, consignment.declaration.clone(), mended(&consignment.declaration, 1)];
    let first = submission(&[("one.xml", input(&held[..1]))]);
    let second = submission(&[("two.xml", input(&[&held[1..], &consignment.certificates].concat()))]);
    assert_same_everywhere(&[first.clone(), second.clone()]);
    let mut office = Office::new();
    office.submit(&first);
    let lines = office.submit(&second);
    // The certificate first, then what waited for it in the order it came in.
    let places: Vec<u64> = lines.iter().map(|line| line["document"].as_u64().unwrap()).collect();
    assert_eq!(places, [3, 1, 2]);
}

/// What a sender is told does not depend on where in the batch his certificates stand.
#[test]
fn o2_order_inside_a_batch_never_matters() {
    let consignments = consignments(8, true);
    let certificates: Vec<&str> =
        consignments.iter().flat_map(|it| it.certificates.iter().map(String::as_str)).collect();
    let declarations: Vec<&str> = consignments.iter().map(|it| it.declaration.as_str()).collect();
    let mut said: Vec<BTreeMap<String, String>> = Vec::new();
    for documents in
        [[&certificates[..], &declarations].concat(), [&declarations[..], &certificates].concat()]
    {
        let mut office = Office::new();
        let lines = submit(&mut office, "a.xml", &documents);
        let said_of = |line: &serde_json::Value| {
            let mut line = line.clone();
            for field in ["sequence", "document", "offset"] {
                line[field].take();
            }
            for finding in line["findings"].as_array_mut().into_iter().flatten() {
                finding["line"].take();
            }
            (text(&line, "number").to_owned(), line.to_string())
        };
        said.push(lines.iter().map(said_of).collect());
    }
    assert_eq!(said[0], said[1]);
}

/// A declaration under some numbers, in some content, claiming some of two certificates; or one of the certificates, good,
/// rejected or with other content.
struct Deck {
    declaration: String,
    certificates: [String; 2],
}

impl Deck {
    fn new() -> Deck {
        let consignment = claiming(2);
        let certificates = consignment.certificates.try_into().expect("two were asked for");
        Deck { declaration: consignment.declaration, certificates }
    }

    fn draw(&self, n_submission: usize, random: &mut Random) -> String {
        // Few certificates at first, so that many declarations wait.
        if random.below(8) < n_submission {
            let certificate = &self.certificates[random.below(2)];
            return match random.below(4) {
                0 | 1 => certificate.clone(),
                2 => rejected_certificate(certificate),
                _ => with(certificate, "FetchPlace", "4400"),
            };
        }
        let mut document = self.declaration.clone();
        let claimed = random.below(4);
        for (n, certificate) in self.certificates.iter().enumerate() {
            if claimed & (1 << n) == 0 {
                document = document.replace(value(certificate, "CertNo"), "");
            }
        }
        if random.below(3) == 0 {
            document = rejected(&document);
        }
        document = mended(&document, random.below(2));
        let consignment = random.below(4);
        for (element, number) in [
            ("EntryId", "53162018016800000"),
            ("SeqNo", "00000000123456780"),
            ("ClientSeqNo", "HD201800000000000"),
        ] {
            // Some numbers are left out, and now and then one is somebody else's.
            let of = if random.below(12) == 0 { random.below(4) } else { consignment };
            let number = if random.below(3) == 0 { String::new() } else { format!("{number}{of}") };
            document = with(&document, element, &number);
        }
        document
    }
}

/// Histories nobody thought of: few numbers, few contents, two certificates, in any order over three submissions. The
/// whole of each submission in one window and each document in its own must come to the same bytes.
#[test]
fn o2_any_history_is_the_same_in_all_windows() {
    let deck = Deck::new();
    for seed in 0..N_HISTORIES {
        let mut random = Random(seed);
        let submissions: Vec<Submission> = (0..3)
            .map(|n| {
                let documents: Vec<String> =
                    (0..1 + random.below(16)).map(|_| deck.draw(n, &mut random)).collect();
                Submission {
                    receipts: Receipts::Packed,
                    ..Submission::at(morning()).with("a.xml", input(&documents))
                }
            })
            .collect();
        let outputs = [1, 30_000, 4 << 20].map(|window_bytes| {
            let mut office = Office::new();
            submissions
                .iter()
                .map(|submission| {
                    let lines = office.submit(&Submission { window_bytes, ..submission.clone() });
                    let outcome =
                        |line: &Line| format!("{} {} {}", line["document"], line["outcome"], line["version"]);
                    (lines.iter().map(outcome).collect::<Vec<_>>(), output(&office))
                })
                .collect::<Vec<_>>()
        });
        let mut on_file = OnFile::default();
        for (n, (_, output)) in outputs[0].iter().enumerate() {
            on_file.take(
                &lines(&output[Path::new("decisions.ndjson")]),
                &format!("history {seed}, submission {n}"),
            );
        }
        for other in &outputs[1..] {
            for (n, (one, other)) in outputs[0].iter().zip(other).enumerate() {
                assert_eq!(one.0, other.0, "history {seed}, submission {n}");
                assert_eq!(one.1, other.1, "history {seed}, submission {n}");
            }
        }
    }
}

const N_HISTORIES: u64 = 30;

/// The latest decision under each number, and what may follow on it (K3, K4, K7).
#[derive(Default)]
struct OnFile {
    latest: BTreeMap<(String, String), Line>,
}

impl OnFile {
    fn take(&mut self, lines: &[Line], place: &str) {
        // What has no number has no identity, and is decided for itself.
        for line in lines.iter().filter(|line| !line["number"].is_null()) {
            let key = (text(line, "format").to_owned(), text(line, "number").to_owned());
            let before = self.latest.get(&key);
            let fields = |line: &Line, names: &[&str]| {
                names.iter().map(|name| line[*name].clone()).collect::<Vec<_>>()
            };
            match (text(line, "outcome"), before) {
                ("conflict" | "refused" | "declined", _) => continue,
                ("decided" | "filed", None) => {
                    assert_eq!(
                        (line["version"].as_u64(), line.get("supersedes")),
                        (Some(1), None),
                        "{place}: {line}"
                    );
                }
                ("decided" | "filed", Some(before)) => {
                    let may_be_mended = matches!(text(before, "disposition"), "hold" | "reject");
                    assert!(may_be_mended && before["digest"] != line["digest"], "{place}: {line}");
                    assert_eq!(
                        line["version"].as_u64(),
                        before["version"].as_u64().map(|n| n + 1),
                        "{place}"
                    );
                    assert_eq!(line["supersedes"], before["sequence"], "{place}");
                }
                ("redecided", Some(before)) => {
                    assert_eq!(text(before, "disposition"), "hold", "{place}: {line}");
                    let same = ["version", "digest", "input", "document", "offset", "accepted_at"];
                    assert_eq!(fields(line, &same), fields(before, &same), "{place}");
                    assert_eq!(line["supersedes"], before["sequence"], "{place}");
                }
                ("repeated", Some(before)) => {
                    let same = ["version", "digest", "disposition", "mode", "findings", "draw", "supersedes"];
                    assert_eq!(fields(line, &same), fields(before, &same), "{place}");
                    continue;
                }
                _ => panic!("{place}: {line}"),
            }
            self.latest.insert(key, line.clone());
        }
        self.assert_nothing_waits_in_vain(place);
    }

    /// At the end of a submission nothing is held for certificates that are all on file.
    fn assert_nothing_waits_in_vain(&self, place: &str) {
        let is_filed = |number: &str| {
            let key = ("single_window_certificate".to_owned(), number.to_owned());
            self.latest.get(&key).is_some_and(|line| text(line, "outcome") == "filed")
        };
        for line in self.latest.values().filter(|line| text(line, "disposition") == "hold") {
            let findings = line["findings"].as_array().unwrap().iter();
            let mut claimed = findings.filter(|finding| text(finding, "rule") == "ORG-051").peekable();
            let waits = claimed.peek().is_some();
            let in_vain = claimed.all(|finding| is_filed(text(&finding["evidence"], "certificate")));
            assert!(!waits || !in_vain, "{place}: {line}");
        }
    }
}
