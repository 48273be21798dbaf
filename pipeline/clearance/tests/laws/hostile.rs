//! What strangers send, between good documents, in every shape: the neighbours are decided in the very words they would be
//! decided in without it, and what is refused is told with rule, place and remedy in both languages.

use crate::documents::{consignments, morning};
use crate::support::{Line, Office, Submission, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clearance::explain::{Question, explain};
use clearance::world::World;
use model::finding::Language;
use model::limits::Limits;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use zip::write::SimpleFileOptions;

/// One thing that is wrong with a document.
pub struct Damage {
    name: &'static str,
    rule: &'static str,
    pub bytes: Vec<u8>,
    /// Line of the document where it is wrong, where that is one.
    line: Option<u64>,
    /// Only what stands in an entry of its own can be damaged like this.
    pub needs_entry: bool,
}

/// How documents come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Bare,
    Wrapper,
    Envelopes,
    Zip,
    Tar,
    Zstd,
    Frames,
    TarZstd,
}

impl Shape {
    const ALL: [Shape; 8] = [
        Shape::Bare,
        Shape::Wrapper,
        Shape::Envelopes,
        Shape::Zip,
        Shape::Tar,
        Shape::Zstd,
        Shape::Frames,
        Shape::TarZstd,
    ];

    pub fn has_entries(self) -> bool {
        matches!(self, Shape::Zip | Shape::Tar | Shape::TarZstd)
    }

    pub fn pack(self, documents: &[(String, &[u8])]) -> Vec<u8> {
        let concatenated =
            || documents.iter().flat_map(|(_, bytes)| [*bytes, b"\n"]).collect::<Vec<_>>().concat();
        match self {
            Shape::Bare => concatenated(),
            Shape::Wrapper => [b"<ImportMessage>\n", &concatenated()[..], b"</ImportMessage>\n"].concat(),
            Shape::Envelopes => {
                let envelope = |bytes| format!("<DxpMsg><Data>{}</Data></DxpMsg>\n", BASE64.encode(bytes));
                documents.iter().map(|(_, bytes)| envelope(*bytes)).collect::<String>().into_bytes()
            }
            Shape::Zip => {
                let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
                let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
                for (name, bytes) in documents {
                    zip.start_file(name.as_str(), stored).unwrap();
                    zip.write_all(bytes).unwrap();
                }
                zip.finish().unwrap().into_inner()
            }
            Shape::Tar => {
                let mut tar = tar::Builder::new(Vec::new());
                for (name, bytes) in documents {
                    let mut header = tar::Header::new_ustar();
                    header.set_size(bytes.len() as u64);
                    tar.append_data(&mut header, name, *bytes).unwrap();
                }
                tar.into_inner().unwrap()
            }
            Shape::Zstd => zstd::encode_all(&concatenated()[..], 3).unwrap(),
            // A frame for each document, as a writer makes that appends.
            Shape::Frames => {
                let frame = |bytes| zstd::encode_all(bytes, 3).unwrap();
                documents.iter().flat_map(|(_, bytes)| [frame(*bytes), frame(b"\n")]).flatten().collect()
            }
            Shape::TarZstd => zstd::encode_all(&Shape::Tar.pack(documents)[..], 3).unwrap(),
        }
    }
}

/// A good declaration without prefixes, and where a child of its head may be put in: behind the head's start tag.
fn victim() -> (String, usize) {
    let mut candidates = consignments(200, false).into_iter().rev().map(|it| it.declaration);
    let victim = candidates.find(|it| it.contains("<DecHead>")).unwrap();
    let at = victim.find("<DecHead>").unwrap() + "<DecHead>".len();
    (victim, at)
}

pub fn damages() -> Vec<Damage> {
    let (victim, at) = victim();
    let line = 1 + victim[..at].matches('\n').count() as u64;
    let body = victim.find("<DecMessage").unwrap();
    let mut damages = Vec::new();
    let mut inside = |name, rule, piece: &[u8]| {
        let bytes = [&victim.as_bytes()[..at], piece, &victim.as_bytes()[at..]].concat();
        damages.push(Damage { name, rule, bytes, line: Some(line), needs_entry: false });
    };
    let many = |n: usize, of: &dyn Fn(usize) -> String| (0..n).map(of).collect::<String>();
    for (name, rule, piece) in [
        ("undeclared entity", "MSG-001", "<A>&shoe;</A>"),
        ("unfinished reference", "MSG-001", "<A>a & b</A>"),
        ("reference to no character", "MSG-001", "<A>&#0;</A>"),
        ("reference to half a character", "MSG-001", "<A>&#xD800;</A>"),
        ("control character", "MSG-001", "<A>\u{1}</A>"),
        ("nul", "MSG-001", "<A>\0</A>"),
        ("noncharacter", "MSG-001", "<A>\u{FFFE}</A>"),
        ("end of section in text", "MSG-001", "<A>]]></A>"),
        ("hyphens in comment", "MSG-001", "<!-- a -- b -->"),
        ("attribute twice", "MSG-001", "<A a='1' a='2'/>"),
        ("attribute twice by namespace", "MSG-001", "<A xmlns:a='u' xmlns:b='u' a:c='1' b:c='2'/>"),
        ("attributes not apart", "MSG-001", "<A a='1'b='2'/>"),
        ("attribute not quoted", "MSG-001", "<A a=1/>"),
        ("prefix not bound", "MSG-001", "<q:A/>"),
        ("prefix unbound", "MSG-001", "<A xmlns:p=''/>"),
        ("reserved prefix", "MSG-001", "<A xmlns:xmlns='u'/>"),
        ("no name", "MSG-001", "<A.:/>"),
        ("instruction to xml", "MSG-001", "<?XML x?>"),
        ("declaration inside", "MSG-001", "<?xml version='1.0'?>"),
        ("tags that do not match", "MSG-001", "<A></B>"),
        ("document type inside", "MSG-002", "<!DOCTYPE a>"),
        ("entities inside", "MSG-002", "<!DOCTYPE a [<!ENTITY b 'c'>]>"),
        ("element twice", "MSG-005", "<EntryId>1</EntryId><EntryId>2</EntryId>"),
        ("comment inside a value", "MSG-009", "<A>1<!-- -->2</A>"),
        ("text between elements", "MSG-013", "loose"),
    ] {
        inside(name, rule, piece.as_bytes());
    }
    for (name, piece) in [
        ("no byte of UTF-8", &b"<A>\xFF</A>"[..]),
        ("overlong", b"<A>\xC0\xAF</A>"),
        ("half a surrogate pair", b"<A>\xED\xA0\x80</A>"),
        ("half a character", b"<A>\xE9\x9E</A>"),
        ("beyond Unicode", b"<A>\xF4\x90\x80\x80</A>"),
        ("GBK in UTF-8", b"<A>\xD0\xAC\xD7\xD3</A>"),
    ] {
        inside(name, "MSG-003", piece);
    }
    for (name, piece) in [
        ("too deep", "<A>".repeat(63) + &"</A>".repeat(63)),
        ("attributes", format!("<A{}/>", many(65, &|n| format!(" a{n}=''")))),
        ("bindings", format!("<A{}/>", many(33, &|n| format!(" xmlns:a{n}='u'")))),
        ("references", format!("<A>{}</A>", "&lt;".repeat(10_001))),
        ("long name", format!("<{}/>", "a".repeat(257))),
        ("long attribute", format!("<A a='{}'/>", "a".repeat((64 << 10) + 1))),
        ("long value", format!("<A>{}</A>", "a".repeat((1 << 20) + 1))),
        ("long comment", format!("<!--{}-->", "a".repeat((64 << 10) + 1))),
        ("long instruction", format!("<?{}?>", "a".repeat((4 << 10) + 1))),
    ] {
        inside(name, "MSG-010", piece.as_bytes());
    }
    let mut whole = |name, rule, bytes: Vec<u8>, needs_entry| {
        damages.push(Damage { name, rule, bytes, line: None, needs_entry });
    };
    let root = &victim[body..];
    whole("cut short", "MSG-014", root.as_bytes()[..root.len() / 2].to_vec(), false);
    whole(
        "document type",
        "MSG-002",
        format!("<!DOCTYPE DecMessage SYSTEM 'http://a/'>{root}").into(),
        false,
    );
    whole("declared GBK", "MSG-003", format!("<?xml version='1.0' encoding='GBK'?>{root}").into(), false);
    whole("version 1.1", "MSG-001", format!("<?xml version='1.1'?>{root}").into(), false);
    whole("no root", "MSG-012", b"<?xml version='1.0'?><!-- nothing -->".to_vec(), false);
    let eight = format!("<A>{}</A>", "a".repeat(1 << 20)).repeat(8);
    whole("too many bytes", "MSG-010", format!("<DecMessage>{eight}</DecMessage>").into(), false);
    let utf16: Vec<u8> = root.encode_utf16().flat_map(u16::to_le_bytes).collect();
    whole("UTF-16", "MSG-003", [&b"\xFF\xFE"[..], &utf16].concat(), true);
    whole("no XML", "MSG-012", b"%PDF-1.7".to_vec(), true);
    damages
}

/// A line without what depends on how many documents stand before it. What is told of an entry stays.
fn anywhere(line: &Line, has_entries: bool) -> String {
    let mut line = line.clone();
    line["sequence"].take();
    if !has_entries {
        line["document"].take();
        line["offset"].take();
        for finding in line["findings"].as_array_mut().into_iter().flatten() {
            finding["line"].take();
            finding["column"].take();
        }
    }
    line.to_string()
}

fn submit(bytes: Vec<u8>, language: Language) -> Vec<Line> {
    Office::new().submit(&Submission { language, ..Submission::at(morning()).with("in", bytes) })
}

fn is_refused(line: &Line) -> bool {
    text(line, "outcome") == "refused"
}

#[test]
fn o5_each_damage_in_each_shape_is_told_and_its_neighbours_are_decided_as_if_it_were_not_there() {
    let damages = damages();
    let good: Vec<String> =
        consignments(damages.len() as u64 + 1, false).into_iter().map(|it| it.declaration).collect();
    for shape in Shape::ALL {
        let is_entry = shape.has_entries() || shape == Shape::Envelopes;
        let mut planted: Vec<&Damage> = damages.iter().collect();
        planted.retain(|damage| is_entry || !damage.needs_entry);
        // Inside a wrapper what holds no element is of no interest.
        planted.retain(|damage| shape != Shape::Wrapper || damage.name != "no root");
        // In a ZIP what is no XML is an attachment.
        planted.retain(|damage| shape != Shape::Zip || damage.name != "no XML");
        let mut documents: Vec<(String, &[u8])> = Vec::new();
        for (n, good) in good.iter().enumerate() {
            documents.push((format!("{n:03}.xml"), good.as_bytes()));
            if let Some(damage) = planted.get(n) {
                documents.push((format!("{n:03}-bad.xml"), &damage.bytes));
            }
        }
        let only_good: Vec<(String, &[u8])> =
            documents.iter().filter(|(name, _)| !name.contains("bad")).cloned().collect();
        let alone = submit(shape.pack(&only_good), Language::En);
        assert_eq!(alone.len(), good.len(), "{shape:?}");
        let told = [Language::En, Language::Zh].map(|language| submit(shape.pack(&documents), language));
        let (refused, beside): (Vec<&Line>, Vec<&Line>) = told[0].iter().partition(|line| is_refused(line));
        let in_chinese: Vec<&Line> = told[1].iter().filter(|line| is_refused(line)).collect();
        let found: Vec<&str> = refused.iter().map(|line| first_rule(line)).collect();
        let expected = planted.iter().map(|damage| (damage.rule, damage.name));
        for (found, (rule, name)) in found.iter().zip(expected) {
            assert_eq!(*found, rule, "{name} in {shape:?}");
        }
        assert_eq!(found.len(), planted.len(), "{shape:?}");
        for (one, other) in alone.iter().zip(&beside) {
            let of = |line| anywhere(line, shape.has_entries());
            assert_eq!(of(one), of(other), "{shape:?}");
        }
        assert_eq!(beside.len(), good.len(), "{shape:?}");
        for ((damage, en), zh) in planted.iter().zip(refused).zip(in_chinese) {
            assert_told(damage, en, zh, is_entry && damage.line.is_some(), shape);
        }
    }
}

fn first_rule(line: &Line) -> &str {
    text(&line["findings"][0], "rule")
}

/// Rule, place and remedy, in words for people of either language.
fn assert_told(damage: &Damage, en: &Line, zh: &Line, at_line: bool, shape: Shape) {
    let told = format!("{} in {shape:?}: {en}", damage.name);
    let (en, zh) = (&en["findings"][0], &zh["findings"][0]);
    for field in ["rule", "line", "column", "pointer"] {
        assert_eq!(en[field], zh[field], "{told}");
    }
    let place = ["line", "column"].map(|field| en[field].as_u64().unwrap());
    assert!(place[0] >= 1 && place[1] >= 1, "{told}");
    if at_line {
        assert_eq!(Some(place[0]), damage.line, "{told}");
    }
    let is_chinese = |text: &str| text.chars().any(|it| ('\u{4E00}'..='\u{9FFF}').contains(&it));
    for field in ["title", "message", "remedy"] {
        assert!(!text(en, field).is_empty() && !is_chinese(text(en, field)), "{told}");
        assert!(is_chinese(text(zh, field)), "{told}");
    }
}

/// An entry of an archive that cannot be read as a file, made of the bytes of a good document.
type Entry = fn(&mut Vec<u8>, usize, usize);

const CENTRAL: &[u8] = b"PK\x01\x02";

/// What is wrong with the second of three entries of a ZIP: the archive, and where the entry's own header and its line
/// of the directory stand.
const BAD_IN_ZIP: &[(&str, Entry)] = &[
    ("zip-corrupt", |zip, local, _| zip[local + 60] ^= 1),
    ("zip-encrypted", |zip, local, central| {
        zip[local + 6] |= 1;
        zip[central + 8] |= 1;
    }),
    ("zip-method", |zip, local, central| {
        zip[local + 8] = 12;
        zip[central + 10] = 12;
    }),
    ("zip-mismatch", |zip, local, _| zip[local + 30] = b'x'),
    ("container-nested", |zip, local, central| {
        // The bytes of the entry begin like a ZIP of their own, and its checksum is as the directory says.
        let from = local + 30 + "1-bad.xml".len();
        zip[from..from + 4].copy_from_slice(b"PK\x03\x04");
        let to = from + u32::from_le_bytes(zip[local + 18..local + 22].try_into().unwrap()) as usize;
        let mut crc = flate2::Crc::new();
        crc.update(&zip[from..to]);
        zip[local + 14..local + 18].copy_from_slice(&crc.sum().to_le_bytes());
        zip[central + 16..central + 20].copy_from_slice(&crc.sum().to_le_bytes());
    }),
];

#[test]
fn z1_a_bad_entry_of_an_archive_is_told_and_its_neighbours_are_decided_as_if_it_were_not_there() {
    let good: Vec<String> = consignments(3, false).into_iter().map(|it| it.declaration).collect();
    let names = ["0.xml", "1-bad.xml", "2.xml"];
    let documents: Vec<(String, &[u8])> =
        names.iter().zip(&good).map(|(name, text)| ((*name).to_owned(), text.as_bytes())).collect();
    let beside = [documents[0].clone(), documents[2].clone()];
    let check = |shape: Shape, bytes: Vec<u8>, fault: &str| {
        let alone = submit(shape.pack(&beside), Language::En);
        let lines = submit(bytes, Language::En);
        let of = |lines: &[Line]| -> Vec<String> {
            let rest = lines.iter().filter(|line| !is_refused(line));
            rest.map(|line| anywhere(line, true)).collect()
        };
        assert_eq!(of(&lines), of(&alone), "{fault}");
        let refused: Vec<&Line> = lines.iter().filter(|line| is_refused(line)).collect();
        assert_eq!(refused.len(), 1, "{fault}");
        assert_eq!(text(&refused[0]["findings"][0]["evidence"], "fault"), fault);
        assert_eq!((text(refused[0], "input"), first_rule(refused[0])), ("in!1-bad.xml", "MSG-004"));
    };
    for (fault, damage) in BAD_IN_ZIP {
        let mut zip = Shape::Zip.pack(&documents);
        let local = find(&zip, b"PK\x03\x04", 1);
        let central = find(&zip, CENTRAL, 1);
        damage(&mut zip, local, central);
        check(Shape::Zip, zip, fault);
    }
    for (fault, kind, content) in [
        ("container-not-a-file", tar::EntryType::Symlink, &b""[..]),
        ("container-not-a-file", tar::EntryType::Link, b""),
        ("container-not-a-file", tar::EntryType::Char, b""),
        ("container-not-a-file", tar::EntryType::Fifo, b""),
        ("tar-kind", tar::EntryType::GNUSparse, good[1].as_bytes()),
        ("container-nested", tar::EntryType::Regular, b"PK\x03\x04"),
        ("container-nested", tar::EntryType::Regular, b"\x28\xB5\x2F\xFD"),
        ("container-unread", tar::EntryType::Regular, b"\x1F\x8B\x08"),
    ] {
        let mut tar = tar::Builder::new(Vec::new());
        for ((name, bytes), nth) in documents.iter().zip(0..) {
            let mut header = tar::Header::new_ustar();
            let bytes = if nth == 1 { content } else { bytes };
            header.set_entry_type(if nth == 1 { kind } else { tar::EntryType::Regular });
            header.set_size(bytes.len() as u64);
            tar.append_data(&mut header, name, bytes).unwrap();
        }
        let bytes = tar.into_inner().unwrap();
        check(Shape::TarZstd, zstd::encode_all(&bytes[..], 3).unwrap(), fault);
    }
}

/// Where a mark stands for the n-th time, from 0.
fn find(bytes: &[u8], mark: &[u8], nth: usize) -> usize {
    let mut places = (0..bytes.len() - mark.len()).filter(|at| bytes[*at..].starts_with(mark));
    places.nth(nth).unwrap()
}

/// F4, at a size that a test can afford: the command for 100,000 stands in `formats/hostile.md`.
#[test]
fn f4_one_bad_document_among_many_in_windows_of_any_size() {
    let good: Vec<String> = consignments(1_500, false).into_iter().map(|it| it.declaration).collect();
    let text = |documents: &[&str]| documents.join("\n").into_bytes();
    let good: Vec<&str> = good.iter().map(String::as_str).collect();
    let submitted = |bytes: Vec<u8>, window_bytes| {
        let lines = Office::new().submit(&Submission {
            window_bytes,
            n_threads: 2,
            ..Submission::at(morning()).with("in", bytes)
        });
        lines.iter().map(|line| anywhere(line, false)).collect::<Vec<_>>()
    };
    let alone = submitted(text(&good), 1 << 20);
    for (at, window_bytes) in [(0, 1 << 12), (700, 1 << 16), (1_499, 1 << 22)] {
        let mut documents = good.clone();
        let cut = &good[at][..good[at].len() / 2];
        documents.insert(at + 1, cut);
        let mut lines = submitted(text(&documents), window_bytes);
        let refused = lines.iter().position(|line| line.contains("\"outcome\":\"refused\"")).unwrap();
        assert!(lines.remove(refused).contains("MSG-014"));
        assert!(lines == alone, "at {at}");
    }
}

/// The same declaration in three encodings is the same, and is explained within the limits it was read in.
#[test]
fn x2_an_encoding_that_is_taken_changes_nothing_of_what_is_said() {
    let plain = crate::documents::plain();
    let body = &plain[plain.find("<DecMessage").or_else(|| plain.find("<ns0:DecMessage")).unwrap()..];
    assert!(body.contains(|letter: char| !letter.is_ascii()));
    let gbk = format!("<?xml version=\"1.0\" encoding=\"GBK\"?>\n{body}");
    let (gbk, _, has_gaps) = encoding_rs::GBK.encode(&gbk);
    assert!(!has_gaps);
    let utf16: Vec<u8> = format!("\u{FEFF}{body}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let limits = Limits { encodings: "GB18030,UTF-16".parse().unwrap(), ..Limits::default() };
    let mut office = Office::new();
    let mut submit = |bytes: &[u8], limits| {
        let submission = Submission { limits, ..Submission::at(morning()).with("in.xml", bytes) };
        let mut lines = office.submit(&submission);
        assert_eq!(lines.len(), 1);
        lines.remove(0)
    };
    let decided = submit(&gbk, limits);
    assert_eq!(text(&decided, "outcome"), "decided");
    for bytes in [&utf16[..], body.as_bytes()] {
        let again = submit(bytes, limits);
        assert_eq!((text(&again, "outcome"), &again["digest"]), ("repeated", &decided["digest"]));
    }
    let refused = submit(&gbk, Limits::default());
    assert_eq!((text(&refused, "outcome"), first_rule(&refused)), ("refused", "MSG-003"));

    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let question = Question {
        number: text(&decided, "number"),
        declarant: Some(text(&decided, "declarant")),
        version: None,
        data: Path::new("/office/data"),
        registers: Path::new("/office/registers"),
        language: Language::En,
    };
    let explained = explain(&world, &question).unwrap();
    assert_eq!(explained.not_again, None);
    assert!(explained.again.is_some_and(|again| again.same_decision));
}

/// An operator's bound is kept by the whole program.
#[test]
fn tighter_limits_refuse_what_usual_ones_let_pass() {
    let plain = crate::documents::plain();
    // As it is cut: without the line end behind it.
    let plain = plain.trim_end();
    let of = |limits| {
        let submission = Submission { limits, ..Submission::at(morning()).with("in.xml", plain.as_bytes()) };
        let lines = Office::new().submit(&submission);
        (text(&lines[0], "outcome").to_owned(), first_rule(&lines[0]).to_owned())
    };
    let size = plain.len() as u64;
    for (limits, is_read) in [
        (Limits::default(), true),
        (Limits { document_bytes: size, ..Limits::default() }, true),
        (Limits { document_bytes: size - 1, ..Limits::default() }, false),
        (Limits { cut_bytes: size - 1, ..Limits::default() }, false),
        (Limits { depth: 3, ..Limits::default() }, false),
        (Limits { text_value_bytes: 9, ..Limits::default() }, false),
        (Limits { raw_bytes: size - 1, ..Limits::default() }, false),
    ] {
        let (outcome, rule) = of(limits);
        assert_eq!(outcome == "decided", is_read, "{limits:?}");
        assert!(is_read || matches!(rule.as_str(), "MSG-010" | "MSG-004"), "{rule} {limits:?}");
    }
}

/// The break of an archive is told behind its entries, under the name of the archive: whatever stands in the window.
#[test]
fn z2_an_archive_that_breaks_off_ends_nothing_but_itself() {
    let good: Vec<String> = consignments(4, false).into_iter().map(|it| it.declaration).collect();
    let entries: Vec<(String, &[u8])> =
        good[..2].iter().enumerate().map(|(n, text)| (format!("{n}.xml"), text.as_bytes())).collect();
    let tar = Shape::Tar.pack(&entries);
    let whole = zstd::encode_all(&tar[..], 3).unwrap();
    let empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap().into_inner();
    for (broken, n_read, fault) in [
        (tar[..tar.len() - 1_024].to_vec(), 2, "tar-truncated"),
        ([&tar[..], b"x"].concat(), 2, "tar-truncated"),
        ([&tar[..], &[b'x'; 512]].concat(), 2, "tar-header"),
        (tar[..700].to_vec(), 0, "tar-truncated"),
        ([&whole[..], b"x"].concat(), 2, "zstd-trailing"),
        (empty, 0, "container-without-document"),
    ] {
        for window_bytes in [1, 1 << 20] {
            let submission = Submission { window_bytes, ..Submission::at(morning()) };
            let submission = submission
                .with("0.xml", good[2].as_bytes())
                .with("1.bin", broken.clone())
                .with("2.xml", good[3].as_bytes());
            let lines = Office::new().submit(&submission);
            let refused: Vec<&Line> = lines.iter().filter(|line| is_refused(line)).collect();
            assert_eq!((lines.len(), refused.len()), (n_read + 3, 1), "{fault}");
            assert_eq!(text(&refused[0]["findings"][0]["evidence"], "fault"), fault);
            assert!(text(refused[0], "input").starts_with("1.bin"), "{fault}");
            let inputs = ["0.xml", "2.xml"].map(|name| lines.iter().any(|line| text(line, "input") == name));
            assert_eq!(inputs, [true; 2], "{fault}");
        }
    }
}
