//! What runs decided again and have not told: one that broke off between its sync and the names of its output.
//!
//! Its documents come again with the same command, and are told as repeats. What it decided again came in earlier, in
//! another submission, and would never come again: so the next run tells it. `<data>/told` says up to which record that is
//! done. It is written after the output has its names, so that a crash in between only tells the same lines once more.

use super::Receipts;
use super::output::Output;
use crate::publish::{ndjson, response_xml};
use crate::record::embedded::Books;
use crate::record::wire::{self, DECISION, SUBMISSION};
use crate::record::{Head, Position, RecordError};
use crate::world::{World, parent_of, read_exact};
use model::decision::OutcomeKind;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How far it is told.
pub struct Untold {
    world: Arc<dyn World>,
    path: PathBuf,
    /// Up to this record everything is.
    up_to: u64,
}

impl Untold {
    /// Reads how far it is told. Where nothing says so, it begins here, durably: before any run that could break off.
    pub fn load(world: &Arc<dyn World>, data: &Path, books: &Books) -> Result<Untold, RecordError> {
        let path = data.join("told");
        let mut untold = Untold { world: Arc::clone(world), path, up_to: 0 };
        match untold.read()? {
            Some(up_to) => untold.up_to = up_to,
            None => untold.told(books.head())?,
        }
        Ok(untold)
    }

    /// Tells what is not told: each line and answer as it was recorded.
    pub fn tell(&self, books: &Books, output: &mut Output) -> Result<(), RecordError> {
        let mut is_of_a_run = false;
        for index in self.up_to + 1..books.next().0 {
            let record = books.read(index)?;
            if record.kind == SUBMISSION {
                let submission = wire::read_submission(&record.payload);
                is_of_a_run = submission.is_some_and(|it| it.source.is_empty());
            }
            if record.kind != DECISION || !is_of_a_run {
                continue;
            }
            let Some(decided) = wire::read_decided(&record.payload) else { continue };
            if decided.answered.outcome() != Some(OutcomeKind::Redecided) {
                continue;
            }
            if output.receipts != Receipts::None {
                let mut answer = Vec::with_capacity(1024);
                response_xml::write(&decided.answered, Position { index, hash: record.hash }, &mut answer);
                output.answer(&decided.origin, &answer)?;
            }
            output.line(|line| {
                let said = (decided.sequence, OutcomeKind::Redecided, None);
                ndjson::write_said(said, &decided.origin, &decided.answered, line);
            })?;
        }
        Ok(())
    }

    /// Up to this head everything is told.
    pub fn told(&mut self, head: Head) -> Result<(), RecordError> {
        let line = head.index.to_string();
        let text = format!("{line}\n{}\n", blake3::hash(line.as_bytes()).to_hex());
        let partial = self.path.with_extension("partial");
        let written = || -> io::Result<()> {
            let mut file = self.world.create(&partial)?;
            file.append(text.as_bytes())?;
            file.sync_data()?;
            self.world.rename(&partial, &self.path)?;
            self.world.sync_dir(parent_of(&self.path))
        };
        written().map_err(|error| RecordError::io("write", &self.path, error))?;
        self.up_to = head.index;
        Ok(())
    }

    fn read(&self) -> Result<Option<u64>, RecordError> {
        let file = match self.world.open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(RecordError::io("open", &self.path, error)),
        };
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0).map_err(|error| RecordError::io("read", &self.path, error))?;
        let damaged = || RecordError::damaged(&self.path, 0, "it does not say how far runs have told");
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        let (line, hash) = text.trim_end().split_once('\n').ok_or_else(damaged)?;
        if blake3::hash(line.as_bytes()).to_hex().as_str() != hash {
            return Err(damaged());
        }
        line.parse().map(Some).map_err(|_| damaged())
    }
}
