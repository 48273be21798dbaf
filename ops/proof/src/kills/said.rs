//! What the journal says, read with the verifier and the format document alone.

use anyhow::{Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use verifier::{End, Folder, Record, en};

/// What matters to a client.
#[derive(Default)]
pub struct Said {
    /// How often each number was decided, as whatever version.
    pub decisions: BTreeMap<String, u64>,
    /// Inputs that an outcome names.
    pub inputs: BTreeSet<String>,
    pub n_records: u64,
}

/// Reads a journal that must be whole.
pub fn journal(folder: &Path) -> Result<Said> {
    let (mut said, mut unread) = (Said::default(), None);
    let mut each = |record: Record<'_>| {
        said.n_records = record.index;
        if take(&mut said, record).is_none() {
            unread.get_or_insert(record.index);
        }
    };
    let verdict = verifier::read(&mut OnDisk(folder.to_owned()), &mut each)?;
    ensure!(verdict.end == End::Whole, "{}", en(&verdict));
    if let Some(index) = unread {
        bail!("record {index} is not as the format document says");
    }
    Ok(said)
}

/// Kinds 3 and 4 of the document: a decision and an answer.
fn take(said: &mut Said, record: Record<'_>) -> Option<()> {
    let mut fields = Fields(record.payload);
    fields.bytes(1)?; // The version of the layout.
    match record.kind {
        3 => {
            // Sequence, first record, first sequence, supersedes; state; version; content; accepted at.
            (0..4).try_for_each(|_| fields.integer().map(|_| ()))?;
            fields.bytes(1)?;
            fields.integer()?;
            fields.bytes(32)?;
            fields.text()?;
            let input = fields.origin()?;
            *said.decisions.entry(fields.text()?).or_default() += 1;
            said.inputs.insert(input);
        }
        4 => {
            // Sequence, repeats, first record.
            (0..3).try_for_each(|_| fields.integer().map(|_| ()))?;
            said.inputs.insert(fields.origin()?);
        }
        _ => {}
    }
    Some(())
}

/// Fields one after another, as "What a payload says" gives their forms.
struct Fields<'p>(&'p [u8]);

impl<'p> Fields<'p> {
    fn bytes(&mut self, n: usize) -> Option<&'p [u8]> {
        let (bytes, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(bytes)
    }

    fn integer(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1)?[0];
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let len = usize::try_from(self.integer()?).ok()?;
        String::from_utf8(self.bytes(len)?.to_vec()).ok()
    }

    /// The input of it; document, offset, line and column are passed over.
    fn origin(&mut self) -> Option<String> {
        let input = self.text()?;
        (0..4).try_for_each(|_| self.integer().map(|_| ()))?;
        Some(input)
    }
}

/// A folder of this machine.
struct OnDisk(PathBuf);

impl Folder for OnDisk {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let entries = self.0.read_dir()?;
        entries
            .map(|it| {
                it.and_then(|it| Ok((it.file_name().to_string_lossy().into_owned(), it.metadata()?.len())))
            })
            .collect()
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        File::open(self.0.join(name))?.read_exact_at(into, offset)
    }
}
