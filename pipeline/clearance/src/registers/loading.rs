//! What has been gathered while the files of a folder are read.

use super::digest::Digest;
use super::fault::BadRow;
use super::register::{Register, Row};
use super::{BAD_ROWS_MAX, BadFolder, Count, Loaded, NOTICES_MAX, Notice, RegisterError};
use model::registers::Registers;

pub(super) struct Loading {
    registers: Registers,
    digest: Digest,
    counts: Vec<Count>,
    notices: Vec<Notice>,
    n_more_notices: u64,
    bad: Vec<BadRow>,
    n_more_bad: u64,
    last_bad_line: u64,
    keep: Keep,
    kept: Vec<KeptRow>,
}

/// Which rows are kept, to be shown.
pub(super) enum Keep {
    /// None: they are known by what is typed and indexed.
    Nothing,
    /// Those of one register.
    Register(&'static Register),
    /// Those that name a firm, or one of its registrations as a producer.
    Firm(Vec<String>),
}

/// A row that was asked for, each value in its one form.
#[derive(Debug)]
pub(super) struct KeptRow {
    /// Its register's file.
    pub(super) file: &'static str,
    /// Its values, in the order of the register's columns.
    pub(super) values: Vec<String>,
}

impl Keep {
    fn wants(&mut self, register: &'static Register, row: &Row) -> bool {
        match self {
            Keep::Nothing => false,
            Keep::Register(wanted) => wanted.file == register.file,
            Keep::Firm(codes) => {
                let mut parts = row.values.iter().flat_map(|value| value.split(';'));
                let is_named = parts.any(|part| codes.iter().any(|code| code == part));
                // Registers that name producers by their number are read after this one.
                if is_named && let Some(column) = register.column("reg_no") {
                    codes.push(row.values[column].clone());
                }
                is_named
            }
        }
    }
}

impl Loading {
    pub(super) fn new(keep: Keep) -> Loading {
        Loading {
            registers: Registers::default(),
            digest: Digest::new(),
            counts: Vec::new(),
            notices: Vec::new(),
            n_more_notices: 0,
            bad: Vec::new(),
            n_more_bad: 0,
            last_bad_line: 0,
            keep,
            kept: Vec::new(),
        }
    }

    /// A register whose file is not there.
    pub(super) fn absent(&mut self, register: &'static Register) {
        self.counts.push(Count::new(register, false));
    }

    /// A register whose file is read next.
    pub(super) fn start(&mut self, register: &'static Register) {
        self.counts.push(Count::new(register, true));
        self.last_bad_line = 0;
    }

    pub(super) fn count_row(&mut self) {
        if let Some(count) = self.counts.last_mut() {
            count.n_rows += 1;
        }
    }

    /// A good row of the register started last.
    pub(super) fn take(&mut self, register: &'static Register, row: &Row) {
        // Nothing of a bad folder is used.
        if !self.bad.is_empty() {
            return;
        }
        if self.counts.last().is_some_and(|count| count.n_rows == 1) {
            self.digest.file(register);
        }
        self.digest.row(row);
        (register.take)(row, &mut self.registers);
        if self.keep.wants(register, row) {
            self.kept.push(KeptRow { file: register.file, values: row.values.clone() });
        }
    }

    /// The register started last is read to its end.
    pub(super) fn end(&mut self) {
        if let Some(count) = self.counts.last_mut()
            && count.n_rows > 0
        {
            count.digest = Some(self.digest.of_file());
        }
    }

    /// Something wrong in the register started last. Faults of one row come one after another.
    pub(super) fn bad(&mut self, bad: BadRow) {
        if let Some(count) = self.counts.last_mut() {
            count.n_bad += u64::from(bad.line != self.last_bad_line);
        }
        self.last_bad_line = bad.line;
        if self.bad.len() < BAD_ROWS_MAX {
            self.bad.push(bad);
        } else {
            self.n_more_bad += 1;
        }
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        if self.notices.len() < NOTICES_MAX {
            self.notices.push(notice);
        } else {
            self.n_more_notices += 1;
        }
    }

    pub(super) fn finish(mut self) -> Result<Loaded, RegisterError> {
        let Loading { counts, kept, notices, n_more_notices, bad: rows, n_more_bad: n_more, .. } = self;
        if rows.is_empty() {
            self.registers.digest = self.digest.finish();
            return Ok(Loaded { registers: self.registers, counts, kept, notices, n_more_notices });
        }
        Err(RegisterError::Bad(Box::new(BadFolder { rows, n_more, counts, notices, n_more_notices })))
    }
}
