//! Bytes in, a list of documents out, through one function, whatever the size of reads and windows.

mod archives;
mod bombs;
mod broken;
mod encodings;
mod limits;
mod messages;
mod properties;
mod transcoded;
mod two_faced;
mod wrapped;
mod zstd_streams;

use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use expect_test::Expect;
use model::attachment::Attachment;
use model::batch::{Defect, Inputs, KnownRoot, RawBatch, RootKind, Wrapper};
use model::limits::Limits;

use super::{Decoder, Source};

const DEC: &str = "http://www.chinaport.gov.cn/dec";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

static ROOTS: &[KnownRoot] = &[
    document("DecMessage", &[DEC, ""]),
    document("Certificate", &[DSIG, ""]),
    document("DecImportResponse", &[DEC, ""]),
    document("DEC_RESULT", &[DEC, ""]),
    document("Receipt", &[DSIG, ""]),
    document("File", &[DSIG, ""]),
    document("EEntDeclIo", &["http://www.chinaport.gov.cn/ciq", ""]),
    document("Declaration", &["urn:wco:datamodel:WCO:DEC-DMS:2"]),
    document("Manifest", &["urn:Declaration:datamodel:standard:CN:MT1401:1"]),
    wrapper("DxpMsg", &["http://www.chinaport.gov.cn/dxp", ""], Wrapper::Base64 { element: "Data" }),
    wrapper("ImportMessage", &["", DEC], Wrapper::Elements),
    wrapper("Package", &["", DSIG], Wrapper::Elements),
    wrapper("MetaData", &["urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"], Wrapper::Elements),
];

const fn document(local_name: &'static str, namespaces: &'static [&'static str]) -> KnownRoot {
    KnownRoot { local_name, namespaces, kind: RootKind::Document }
}

const fn wrapper(
    local_name: &'static str,
    namespaces: &'static [&'static str],
    wrapper: Wrapper,
) -> KnownRoot {
    KnownRoot { local_name, namespaces, kind: RootKind::Wrapper(wrapper) }
}

/// A reader that gives a few bytes at a time.
struct Trickle {
    bytes: Cursor<Vec<u8>>,
    at_a_time: usize,
}

impl Read for Trickle {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = into.len().min(self.at_a_time);
        self.bytes.read(&mut into[..n])
    }
}

impl Seek for Trickle {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// One document with everything that can be compared, out of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    input: String,
    document: u32,
    offset: u64,
    line: u32,
    column: u32,
    embedded: bool,
    namespaces: Vec<(String, String)>,
    defect: Option<Defect>,
    bytes: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Decoded {
    documents: Vec<Found>,
    attachments: Vec<Attachment>,
}

/// How the input comes and goes.
#[derive(Clone, Copy, Debug)]
struct Manner {
    read_bytes: usize,
    window_bytes: usize,
    seekable: bool,
}

const WHOLE: Manner = Manner { read_bytes: usize::MAX, window_bytes: usize::MAX, seekable: true };

fn decode(bytes: &[u8], limits: &Limits, manner: Manner) -> Decoded {
    let reader = Trickle { bytes: Cursor::new(bytes.to_vec()), at_a_time: manner.read_bytes };
    let source = if manner.seekable { Source::seekable(reader) } else { Source::stream(reader) };
    let mut decoder = Decoder::new("in", source, ROOTS, limits);
    let mut inputs = Inputs::new();
    let mut window = RawBatch::new();
    let mut decoded = Decoded::default();
    loop {
        let more = decoder.fill(&mut window, &mut inputs, manner.window_bytes).unwrap();
        take(&mut decoded, &window, &inputs);
        window.clear();
        if !more {
            return decoded;
        }
    }
}

fn take(decoded: &mut Decoded, window: &RawBatch, inputs: &Inputs) {
    decoded.attachments.extend(window.attachments.iter().cloned());
    decoded.documents.extend(window.documents.iter().map(|document| Found {
        input: inputs.name(document.input).to_owned(),
        document: document.document,
        offset: document.offset,
        line: document.line,
        column: document.column,
        embedded: document.embedded,
        namespaces: document.namespaces.as_ref().map(|found| found.bindings.clone()).unwrap_or_default(),
        defect: document.defect.clone(),
        bytes: window.text_of(document).as_bytes().to_vec(),
    }));
}

/// Decodes in several manners, which must not differ.
fn decode_alike(bytes: &[u8], limits: &Limits) -> Decoded {
    let whole = decode(bytes, limits, WHOLE);
    for (read_bytes, window_bytes, seekable) in
        [(1, 1, true), (2, 600, false), (3, 1, false), (7, 5_000, true), (64, 1, false), (4096, 300, true)]
    {
        let manner = Manner { read_bytes, window_bytes, seekable };
        assert_eq!(decode(bytes, limits, manner), whole, "{manner:?}");
    }
    whole
}

/// One line a document: input, number, offset, line:column, namespaces, defect, bytes.
fn show(decoded: &Decoded) -> String {
    let mut out = String::new();
    for Attachment { name, bytes, digest, .. } in &decoded.attachments {
        writeln!(out, "attachment {name} {bytes} {:02x}{:02x}", digest[0], digest[1]).unwrap();
    }
    for found in &decoded.documents {
        let Found { input, document, offset, line, column, .. } = found;
        write!(out, "{input} {document} @{offset} {line}:{column}").unwrap();
        if found.embedded {
            out.push_str(" embedded");
        }
        for (prefix, uri) in &found.namespaces {
            write!(out, " {prefix}={uri}").unwrap();
        }
        if let Some(defect) = &found.defect {
            write!(out, " {}", defect.name()).unwrap();
            let detail = format!("{defect:?}");
            if let Some(brace) = detail.find('{') {
                write!(out, " {}", &detail[brace..]).unwrap();
            }
        }
        let text: String = String::from_utf8_lossy(&found.bytes).escape_debug().collect();
        match text.chars().count() > 90 {
            true => writeln!(out, " | {}…", text.chars().take(90).collect::<String>()).unwrap(),
            false => writeln!(out, " | {text}").unwrap(),
        }
    }
    out
}

fn check(bytes: impl AsRef<[u8]>, expected: Expect) {
    expected.assert_eq(&show(&decode_alike(bytes.as_ref(), &Limits::default())));
}

fn check_within(limits: &Limits, bytes: impl AsRef<[u8]>, expected: Expect) {
    expected.assert_eq(&show(&decode_alike(bytes.as_ref(), limits)));
}
