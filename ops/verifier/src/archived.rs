//! A journal whose first segments lie in an archive: what the file `archived` says, and both parts read as one.

use crate::harm::{Fault, Harm};
use crate::head::Head;
use crate::header::keyed;
use crate::{Folder, Stop, segment_number};
use std::io;

/// The file that says so, among the segments.
const NAME: &str = "archived";
const TITLE: &str = "clearance journal archived 1";

/// The head at the end of each archived segment, from segment 1 on; empty when the journal is all in one place.
pub(crate) fn heads(folder: &mut dyn Folder) -> Result<Vec<Head>, Stop> {
    let Some((_, len)) = folder.files()?.into_iter().find(|(name, _)| name == NAME) else {
        return Ok(Vec::new());
    };
    let mut bytes = vec![0; len as usize];
    folder.read(NAME, 0, &mut bytes)?;
    let fault =
        Fault { first_bad_index: 1, segment: NAME.to_owned(), offset: 0, harm: Harm::ArchivedChanged };
    String::from_utf8(bytes).ok().and_then(|text| read(&text)).ok_or(Stop::Fault(fault))
}

fn read(text: &str) -> Option<Vec<Head>> {
    let (said, hash) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let said = &text[..=said.len()];
    if blake3::Hash::from_bytes(keyed("archived", said.as_bytes())).to_hex().as_str() != hash {
        return None;
    }
    let mut lines = said.lines();
    if lines.next()? != TITLE || !lines.next()?.starts_with("archive ") {
        return None;
    }
    let numbered = (1..).zip(lines).map(|(number, line)| {
        let (name, head) = line.split_once(' ')?;
        (segment_number(name)? == number).then(|| head.parse().ok())?
    });
    numbered.collect()
}

/// An archive and what is left here, as if they lay in one folder.
pub(crate) struct Joined<'f> {
    pub archive: &'f mut dyn Folder,
    pub here: &'f mut dyn Folder,
    /// Segments up to this one are read from the archive.
    pub n_archived: u32,
}

impl Joined<'_> {
    fn is_archived(&self, name: &str) -> bool {
        segment_number(name).is_some_and(|number| number <= self.n_archived)
    }
}

impl Folder for Joined<'_> {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let mut files = self.archive.files()?;
        files.retain(|(name, _)| self.is_archived(name));
        let here = self.here.files()?;
        files.extend(here.into_iter().filter(|(name, _)| !self.is_archived(name)));
        Ok(files)
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        match self.is_archived(name) {
            true => self.archive.read(name, offset, into),
            false => self.here.read(name, offset, into),
        }
    }
}
