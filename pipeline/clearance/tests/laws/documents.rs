//! Documents to play with: clean ones from the generator, one element changed here and there.

use crate::support::{Line, Office, Submission, lines, text};
use fixtures::generate::{Kind, OrderWeights, Plan, Shape, Size, write_folder};
use jiff::civil::{DateTime, date};
use std::path::PathBuf;

/// The morning everything is accepted, unless a test is about the day.
pub fn morning() -> DateTime {
    date(2018, 6, 1).at(9, 30, 0, 0)
}

pub fn next_day() -> DateTime {
    date(2018, 6, 2).at(9, 30, 0, 0)
}

/// A clean declaration and the certificates it claims.
#[derive(Clone, Debug)]
pub struct Consignment {
    pub declaration: String,
    pub certificates: Vec<String>,
}

/// Clean consignments; `certified` ones claim one certificate at least. The firms are always the same.
pub fn consignments(n: u64, certified: bool) -> Vec<Consignment> {
    let plan = Plan {
        size: Size::Declarations(n),
        shape: Shape::Folder,
        lines: 1..=3,
        certificate_share_bp: if certified { 10_000 } else { 0 },
        certificate_order: OrderWeights { before: 1, with: 0, after: 0, other_batch: 0 },
        first_group: if certified { 1_000 } else { 0 },
        ..Plan::new(42)
    };
    let mut documents = Vec::new();
    let mut keep = |_: &str, bytes: &[u8]| {
        documents.push(String::from_utf8(bytes.to_vec()).unwrap());
        Ok(())
    };
    let manifest = write_folder(&plan, &mut keep).unwrap();
    let mut consignments: Vec<Consignment> = Vec::new();
    let mut certificates = Vec::new();
    for (document, expected) in documents.into_iter().zip(manifest.expected) {
        match expected.kind {
            Kind::Certificate => certificates.push(document),
            Kind::Declaration => consignments
                .push(Consignment { declaration: document, certificates: std::mem::take(&mut certificates) }),
        }
    }
    consignments
}

/// One clean declaration that claims nothing, with all three numbers.
pub fn plain() -> String {
    let mut plain = consignments(40, false).into_iter().map(|it| it.declaration);
    let is_complete = |it: &String| {
        !value(it, "EntryId").is_empty() && ELEMENTS.iter().all(|name| place(it, name).is_some())
    };
    let plain = plain.find(is_complete).expect("one in a few leaves nothing out");
    with(&with(&plain, "SeqNo", "000000001234567890"), "ClientSeqNo", "HD2018000000000001")
}

/// One declaration that claims this many certificates, and these.
pub fn claiming(n_certificates: usize) -> Consignment {
    let mut certified = certified().into_iter().filter(|it| it.certificates.len() == n_certificates);
    certified.next().expect("the generator makes such consignments")
}

/// Clean consignments that claim certificates and leave no element out.
pub fn certified() -> Vec<Consignment> {
    let mut certified = consignments(200, true);
    let has = |it: &Consignment, name: &str| place(&it.declaration, name).is_some();
    certified.retain(|it| has(it, "EcoCertNo") && ELEMENTS.iter().all(|name| has(it, name)));
    certified
}

/// Elements the tests change, and senders may leave out.
const ELEMENTS: &[&str] =
    &["SeqNo", "ClientSeqNo", "GoodsPlace", "EntryType", "PDate", "SignDate", "OperType", "GrossWet"];

/// The document with another value in the first element of this local name, which must be there.
pub fn with(document: &str, element: &str, value: &str) -> String {
    let Some((start, end)) = place(document, element) else { panic!("no {element} in {document}") };
    if let Some(tag) = document[..end].strip_suffix("/>") {
        let name = tag[tag.rfind('<').unwrap() + 1..].trim_end();
        return format!("{}>{value}</{name}>{}", tag.trim_end(), &document[end..]);
    }
    format!("{}{value}{}", &document[..start], &document[end..])
}

/// The value of the first element of this local name; empty when there is none.
pub fn value<'d>(document: &'d str, element: &str) -> &'d str {
    match place(document, element) {
        Some((start, end)) if start < end && !document[..end].ends_with("/>") => &document[start..end],
        _ => "",
    }
}

/// Where the content of an element stands; for an empty-element tag, both are its end.
fn place(document: &str, element: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = document[from..].find(element) {
        let (name, end) = (from + found, from + found + element.len());
        from = end;
        if !document[..name].ends_with(['<', ':']) {
            continue;
        }
        if document[end..].starts_with("/>") {
            return Some((end + 2, end + 2));
        }
        if document[end..].starts_with('>') && !document[..name].ends_with("</") {
            let len = document[end + 1..].find('<')?;
            return Some((end + 1, end + 1 + len));
        }
    }
    None
}

/// The same declaration with other content: nothing any rule looks at.
pub fn mended(document: &str, n: usize) -> String {
    with(document, "GoodsPlace", &format!("码头堆场{n}"))
}

/// The declaration in a way that is rejected: by DOC-004, the paper lane.
pub fn rejected(document: &str) -> String {
    with(document, "EntryType", "0")
}

/// The certificate in a way that is rejected: no such criterion.
pub fn rejected_certificate(certificate: &str) -> String {
    with(certificate, "OriCriteria", "ZZZ")
}

/// Documents one after another, as one input.
pub fn input<D: AsRef<str>>(documents: &[D]) -> String {
    documents.iter().map(|document| format!("{}\n", document.as_ref())).collect()
}

/// Submits documents as one input of this name, accepted in the morning.
pub fn submit<D: AsRef<str>>(office: &mut Office, name: &str, documents: &[D]) -> Vec<Line> {
    submit_at(office, morning(), name, documents)
}

pub fn submit_at<D: AsRef<str>>(office: &mut Office, at: DateTime, name: &str, documents: &[D]) -> Vec<Line> {
    office.submit(&Submission {
        receipts: Default::default(),
        ..Submission::at(at).with(name, input(documents))
    })
}

/// What became of the documents, in order of decision.
pub fn outcomes(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| text(line, "outcome")).collect()
}

/// All decision lists of an office, from the first submission on.
pub fn all_lines(office: &Office) -> Vec<Line> {
    let mut lists: Vec<PathBuf> = office.world.paths();
    lists.retain(|path| path.ends_with("decisions.ndjson"));
    lists.sort_by_key(|path| {
        let folder = path.parent().and_then(|it| it.to_str()).unwrap_or("");
        folder.trim_start_matches("/office/out-").parse::<u32>().unwrap_or(0)
    });
    lists.iter().flat_map(|path| lines(&office.world.bytes(path).unwrap())).collect()
}

/// Every file of answers of the latest submission: name and text.
pub fn answers(office: &Office) -> Vec<(String, String)> {
    let root = office.out().join("receipts");
    let paths = office.world.paths();
    let answers = paths.iter().filter_map(|path| Some((path, path.strip_prefix(&root).ok()?)));
    answers
        .map(|(path, name)| {
            let text = String::from_utf8(office.world.bytes(path).unwrap()).unwrap();
            (name.display().to_string(), text)
        })
        .collect()
}

/// The generator of PCG, without its output permutation: good enough to shuffle.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}
