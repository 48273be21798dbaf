//! What is sent to the office: everything that is written somewhere, held, put off, rejected, filed, repeated, refused.

use super::ledger::{self, Known, Told};
use super::scene::Scene;
use super::through::{Through, Watch};
use super::{PLAIN, Step, office, send};
use anyhow::{Context, Result};
use clearance::run::RunError;
use clearance::world::memory::Memory;
use fixtures::generate::{Kind, OrderWeights, Plan, Shape, Size, write_folder};
use std::ops::Range;
use std::sync::Arc;

/// Some submissions one after another.
pub struct Workload {
    /// What it is called by.
    pub name: &'static str,
    /// Its submissions.
    pub steps: Vec<Step>,
}

impl Scene for Workload {
    type Told = Told;
    type Known = Known;

    fn name(&self) -> &'static str {
        self.name
    }

    fn n_steps(&self) -> usize {
        self.steps.len()
    }

    /// All inputs lie there from the beginning.
    fn office(&self) -> Memory {
        office(&self.steps)
    }

    fn arrives(&self, _world: &Memory, _step: usize) {}

    fn goes<W: Watch + 'static>(
        &self,
        world: &Memory,
        watch: &Arc<W>,
        steps: Range<usize>,
        begun: &dyn Fn(usize),
    ) -> Result<u64, RunError> {
        for step in steps {
            begun(step);
            send(&Through::to(world, watch), step, PLAIN)?;
        }
        Ok(0)
    }

    fn told(&self, world: &Memory) -> Result<Told> {
        ledger::told(world, self.steps.len())
    }

    fn still(&self, world: &Memory, told: &Told) -> Result<()> {
        ledger::still(world, told)
    }

    fn nothing_untold(&self, world: &Memory, told: &[Told]) -> Result<()> {
        ledger::everything_made_again(world, told)
    }

    fn known(&self, world: &Memory) -> Result<Known> {
        ledger::known(world, &self.steps)
    }

    fn is_like(&self, known: &Known, healthy: &Known) -> Result<()> {
        known.is_like(healthy)
    }
}

/// The workloads.
///
/// # Errors
/// When the generator makes other documents than are asked for.
pub fn all() -> Result<Vec<Workload>> {
    let consignments = consignments(60)?;
    let Cast { plain, rejected, claiming, other } = Cast::of(&consignments)?;
    let (held, late) = (&claiming.declaration, &claiming.certificates);
    let broken = "<DecMessage>".to_owned();
    // The declaration stands before its certificate and waits for the end; one is repeated, one rejected, one broken.
    let mut batch = vec![other.declaration.clone(), plain.clone(), plain.clone(), rejected.clone()];
    batch.extend(other.certificates.iter().cloned());
    let mixed = step(&[("one.xml", &batch), ("two.xml", std::slice::from_ref(&broken))]);
    // The same again, and other content under a number that was released.
    let moved = |document: &str, place: &str| with(document, "GoodsPlace", place);
    let again = step(&[("again.xml", &batch), ("more.xml", &[moved(&plain, "1")?, broken.clone()])]);
    // The rejected one mended, and mended once more in vain. Not in one submission with the rejected one: sent again after a
    // crash, that would be in conflict with what was mended behind it.
    let mended = with(&rejected, "EntryType", "M")?;
    let better = step(&[("better.xml", &[mended.clone(), moved(&mended, "2")?, broken])]);
    // Two held for one certificate, which comes with a third; then everything once more.
    let second = in_own_name(held, 3)?;
    let waits = step(&[("held.xml", &[held.clone(), second.clone()])]);
    let comes = step(&[("late.xml", &[late.as_slice(), &[in_own_name(held, 4)?]].concat())]);
    let once_more = step(&[("held.xml", &[held.clone(), second])]);
    let (filed, asked) = asked_about();
    // Enough of them that a commit has several frames.
    let many: Vec<String> = consignments
        .iter()
        .flat_map(|it| it.certificates.iter().chain([&it.declaration]).cloned().collect::<Vec<_>>())
        .collect();
    Ok(vec![
        Workload { name: "batch", steps: vec![mixed.clone()] },
        Workload { name: "again", steps: vec![mixed, again, better] },
        Workload { name: "held", steps: vec![waits, comes, once_more] },
        Workload {
            name: "asked",
            steps: vec![step(&[("filed.xml", &filed)]), step(&[("asked.xml", &asked)])],
        },
        Workload { name: "many", steps: vec![step(&[("many.xml", &many)])] },
    ])
}

/// A specimen of the gateway of the United Kingdom.
macro_rules! specimen {
    ($name:literal) => {
        include_str!(concat!("../../../../formats/wco_declaration/specimens/", $name))
    };
}

/// Three declarations that wait for their goods, and a request about each: one is amended, one cancelled, one presented.
/// Not in one submission: sent again after a crash, a declaration is a repeat of what was made of it.
fn asked_about() -> (Vec<String>, Vec<String>) {
    let requests =
        [specimen!("amendment.xml"), specimen!("cancellation.xml"), specimen!("goods_presented.xml")];
    let numbers = (1..).map(|n| format!("24GB7K2M9PQRS4T5C{n}"));
    let of_each = requests.iter().zip(numbers).map(|(request, number)| {
        let declared = specimen!("minimal.xml").replace("HD24EXP0002", &number);
        let waiting = declared.replace("<TypeCode>EXA", &format!("<ID>{number}</ID><TypeCode>EXD"));
        (waiting, request.replace("24GB7K2M9PQRS4T5A1", &number))
    });
    of_each.unzip()
}

/// A document and what comes after it under the same number: a row of promise P2.
pub struct Pair {
    /// The row.
    pub row: &'static str,
    /// The two, a submission each.
    pub steps: [Step; 2],
    /// What may become of the second.
    pub outcomes: &'static [&'static str],
    /// The disposition it is answered with.
    pub disposition: Option<&'static str>,
    /// The version it is answered as.
    pub version: Option<u64>,
}

impl Pair {
    /// Whether the same comes twice.
    pub fn is_same(&self) -> bool {
        self.steps[0].inputs == self.steps[1].inputs
    }
}

/// The rows of P2 that one process can meet, read with rulings K4 and K5.
///
/// # Errors
/// When the generator makes other documents than are asked for.
pub fn pairs() -> Result<Vec<Pair>> {
    let plain = consignments(60)?.into_iter().find(|it| it.certificates.is_empty());
    let plain = in_own_name(&plain.context("none without certificate")?.declaration, 1)?;
    let rejected = with(&plain, "EntryType", "0")?;
    let other = with(&plain, "GoodsPlace", "1")?;
    let two = |first: &str, second: &str| {
        [first, second].map(|it| step(&[("a.xml", std::slice::from_ref(&it.to_owned()))]))
    };
    let pair =
        |row, steps, outcomes, disposition, version| Pair { row, steps, outcomes, disposition, version };
    Ok(vec![
        pair("same content, first one decided", two(&plain, &plain), &["repeated"], Some("release"), Some(1)),
        pair(
            "same content, first one rejected",
            two(&rejected, &rejected),
            &["repeated"],
            Some("reject"),
            Some(1),
        ),
        pair(
            "same content, first one refused",
            two("<DecMessage>", "<DecMessage>"),
            &["refused"],
            None,
            None,
        ),
        pair("other content, first one decided", two(&plain, &other), &["conflict"], None, None),
        pair(
            "other version, first one rejected",
            two(&rejected, &plain),
            &["decided", "repeated"],
            Some("release"),
            Some(2),
        ),
    ])
}

/// A clean declaration and the certificates it claims.
pub(crate) struct Consignment {
    pub declaration: String,
    pub certificates: Vec<String>,
}

/// Those of the consignments that take a part in every workload.
pub(crate) struct Cast<'c> {
    /// A declaration without certificate.
    pub plain: String,
    /// It, under another number and with a code that is rejected.
    pub rejected: String,
    /// With one certificate.
    pub claiming: &'c Consignment,
    /// With one, too.
    pub other: &'c Consignment,
}

impl Cast<'_> {
    pub(crate) fn of(consignments: &[Consignment]) -> Result<Cast<'_>> {
        let with_one = |it: &&Consignment| it.certificates.len() == 1;
        let plain =
            consignments.iter().find(|it| it.certificates.is_empty()).context("none without certificate")?;
        let plain = in_own_name(&plain.declaration, 1)?;
        Ok(Cast {
            rejected: with(&in_own_name(&plain, 2)?, "EntryType", "0")?,
            plain,
            claiming: consignments.iter().find(with_one).context("none with one")?,
            other: consignments.iter().rfind(with_one).context("none with one")?,
        })
    }
}

pub(crate) fn consignments(n: u64) -> Result<Vec<Consignment>> {
    let plan = Plan {
        size: Size::Declarations(n),
        shape: Shape::Folder,
        lines: 1..=3,
        certificate_share_bp: 4_000,
        certificate_order: OrderWeights { before: 1, with: 0, after: 0, other_batch: 0 },
        ..Plan::new(42)
    };
    let mut documents = Vec::new();
    let manifest = write_folder(&plan, &mut |_, bytes| {
        documents.push(String::from_utf8_lossy(bytes).into_owned());
        Ok(())
    })?;
    let (mut consignments, mut certificates) = (Vec::new(), Vec::new());
    for (document, expected) in documents.into_iter().zip(manifest.expected) {
        match expected.kind {
            Kind::Certificate => certificates.push(document),
            Kind::Declaration => {
                let certificates = std::mem::take(&mut certificates);
                consignments.push(Consignment { declaration: document, certificates });
            }
        }
    }
    let is_changeable = |it: &Consignment| FIELDS.iter().all(|name| place(&it.declaration, name).is_some());
    consignments.retain(is_changeable);
    Ok(consignments)
}

/// What is changed here and there.
const FIELDS: &[&str] = &["EntryId", "SeqNo", "ClientSeqNo", "GoodsPlace", "EntryType"];

/// A clean declaration that claims no certificate.
///
/// # Errors
/// When the generator makes none.
pub fn plain() -> Result<String> {
    let plain = consignments(60)?.into_iter().find(|it| it.certificates.is_empty());
    Ok(plain.context("none without certificate")?.declaration)
}

/// The number a declaration in its own name is known by.
pub fn client_number(n: u32) -> String {
    format!("HD2018{n:012}")
}

/// The same declaration with content that no rule looks at.
///
/// # Errors
/// When it has no such element.
pub fn elsewhere(document: &str) -> Result<String> {
    with(document, "GoodsPlace", "1")
}

/// The same declaration under numbers of its own.
///
/// # Errors
/// When it has no such elements.
pub fn in_own_name(document: &str, n: u32) -> Result<String> {
    let document = with(document, "EntryId", "")?;
    let document = with(&document, "SeqNo", "")?;
    with(&document, "ClientSeqNo", &client_number(n))
}

pub(crate) fn step(inputs: &[(&str, &[String])]) -> Step {
    let n_documents = inputs.iter().map(|(_, documents)| documents.len()).sum();
    let inputs =
        inputs.iter().map(|(name, documents)| ((*name).to_owned(), documents.join("\n").into_bytes()));
    Step { inputs: inputs.collect(), n_documents }
}

/// The document with another value in the first element of this local name.
pub(crate) fn with(document: &str, element: &str, value: &str) -> Result<String> {
    let (start, end) = place(document, element).with_context(|| format!("no {element} in {document}"))?;
    if let Some(tag) = document[..end].strip_suffix("/>") {
        let name = tag.rsplit('<').next().unwrap_or("").trim_end();
        return Ok(format!("{}>{value}</{name}>{}", tag.trim_end(), &document[end..]));
    }
    Ok(format!("{}{value}{}", &document[..start], &document[end..]))
}

/// Where the content of an element stands; for an empty-element tag, both are its end.
fn place(document: &str, element: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = document[from..].find(element) {
        let (name, end) = (from + found, from + found + element.len());
        from = end;
        if !document[..name].ends_with(['<', ':']) || document[..name].ends_with("</") {
            continue;
        }
        if document[end..].starts_with("/>") {
            return Some((end + 2, end + 2));
        }
        if document[end..].starts_with('>') {
            return Some((end + 1, end + 1 + document[end + 1..].find('<')?));
        }
    }
    None
}
