//! What strangers send, between good documents, in every shape: the neighbours are decided in the very words they would be
//! decided in without it, and what is refused is told with rule, place and remedy in both languages.

use crate::documents::{consignments, morning};
use crate::support::{Line, Office, Submission, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use model::finding::Language;
use std::io::Write;
use zip::write::SimpleFileOptions;

/// One thing that is wrong with a document.
struct Damage {
    name: &'static str,
    rule: &'static str,
    bytes: Vec<u8>,
    /// Line of the document where it is wrong, where that is one.
    line: Option<u64>,
    /// Only what stands in an entry of its own can be damaged like this.
    needs_entry: bool,
}

/// How documents come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
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

    fn has_entries(self) -> bool {
        matches!(self, Shape::Zip | Shape::Tar | Shape::TarZstd)
    }

    fn pack(self, documents: &[(String, &[u8])]) -> Vec<u8> {
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

fn damages() -> Vec<Damage> {
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
