//! What mutants are made of: the specimens of every format, generated messages in every shape, and small texts that use
//! what messages seldom use.

use anyhow::{Context, Result};
use fixtures::generate::{Plan, Shape, Size, write, write_folder};
use std::path::Path;

/// A well-formed input.
#[derive(Clone, Debug)]
pub struct Base {
    /// What it is called by.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A specimen longer than this would take the time of many others.
const BYTES_MAX: usize = 24 * 1024;

/// Texts of our own, in which a change strikes something more often than in a message.
const TEXTS: &[(&str, &str)] = &[
    ("plain", "<DecMessage><DecHead><IEFlag>E</IEFlag><TradeName>鞋业</TradeName></DecHead></DecMessage>"),
    (
        "namespaces",
        "<?xml version='1.0'?><d:DecMessage xmlns:d='http://www.chinaport.gov.cn/dec' xmlns:x='u' x:a='1' a='2'><d:DecHead>\
         <IEFlag x:b='1' xmlns:y='u'>E</IEFlag><x:Note xmlns='v'><n>1</n></x:Note></d:DecHead></d:DecMessage>",
    ),
    (
        "values",
        "<DecMessage>\r\n<DecHead><IEFlag>&#69;</IEFlag><TradeName><![CDATA[A & B]]>&amp;C\r\n D</TradeName><NoteS/>\
         <!-- c --><?p q?><BillNo> 1 </BillNo></DecHead></DecMessage>",
    ),
    ("unknown", "<a><b c='d'>1<e/>2<!-- f --></b><![CDATA[g]]>&lt;</a>"),
    ("two", "<DecMessage><DecHead/></DecMessage>\n<Certificate><CertNo>1</CertNo></Certificate>"),
    (
        "wrapped",
        "<w xmlns='u' xmlns:d='http://www.chinaport.gov.cn/dec'><h>x</h><d:DecMessage><d:DecHead/></d:DecMessage></w>",
    ),
    (
        "exchange",
        "<DxpMsg><TransInfo/><Data>PERlY01lc3NhZ2U+PERlY0hlYWQvPjwvRGVjTWVzc2FnZT4=</Data></DxpMsg>",
    ),
];

/// All of them.
///
/// # Errors
/// When the specimens cannot be read.
pub fn all(root: &Path) -> Result<Vec<Base>> {
    let mut bases = specimens(root)?;
    bases.extend(
        TEXTS.iter().map(|(name, text)| Base { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() }),
    );
    bases.extend(generated()?);
    Ok(bases)
}

/// Every specimen of every format, so that a new format is here as soon as it is there.
fn specimens(root: &Path) -> Result<Vec<Base>> {
    let formats = root.join("formats");
    let mut bases = Vec::new();
    for folder in formats.read_dir().with_context(|| formats.display().to_string())? {
        let specimens = folder?.path().join("specimens");
        if specimens.is_dir() {
            for file in specimens.read_dir()? {
                bases.extend(specimen(&formats, &file?.path())?);
            }
        }
    }
    bases.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(bases)
}

fn specimen(formats: &Path, path: &Path) -> Result<Option<Base>> {
    let is_message = path.extension().is_some_and(|it| it == "xml");
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let name = path.strip_prefix(formats).unwrap_or(path).display().to_string();
    Ok((is_message && bytes.len() <= BYTES_MAX).then_some(Base { name, bytes }))
}

fn generated() -> Result<Vec<Base>> {
    let mut bases = Vec::new();
    let plan = Plan { size: Size::Declarations(12), lines: 1..=3, ..Plan::new(4) };
    write_folder(&Plan { shape: Shape::Folder, ..plan.clone() }, &mut |name, bytes| {
        bases.push(Base { name: format!("generated {name}"), bytes: bytes.to_vec() });
        Ok(())
    })?;
    for (name, shape) in [
        ("one after another", Shape::Concatenated),
        ("in a wrapper", Shape::UnknownWrapper),
        ("in import messages", Shape::ImportMessage),
        ("in exchange messages", Shape::DxpMsg),
    ] {
        let mut bytes = Vec::new();
        write(&Plan { shape, size: Size::Declarations(1), ..plan.clone() }, &mut bytes)?;
        bases.push(Base { name: format!("generated {name}"), bytes });
    }
    Ok(bases)
}
