//! One CSV file, row by row: the header says which cell is which, each row is judged, and good ones are taken in.

use super::column::{header_form, is_blank};
use super::fault::{BadRow, Fault, Reason};
use super::judge::Judge;
use super::lines::{Broken, Lines};
use super::loading::Loading;
use super::register::Register;
use super::{CHUNK_BYTES, FILE_BYTES_MAX, Notice};
use crate::world::File;
use csv::{ByteRecord, ErrorKind, ReaderBuilder, Terminator};
use std::io;

/// Reads a register. What is wrong in it goes to `loading`; only the file system makes this fail.
pub(super) fn read(
    register: &'static Register,
    file: Box<dyn File>,
    loading: &mut Loading,
) -> io::Result<()> {
    loading.start(register);
    let bytes = file.len();
    if bytes > FILE_BYTES_MAX {
        loading.bad(BadRow::whole(register, 1, Reason::FileTooLong { bytes, limit: FILE_BYTES_MAX }));
        return Ok(());
    }
    match Table::new(register, file).read(loading) {
        Ok(()) => Ok(()),
        Err(Stop::Broken(Broken { line, reason })) => {
            loading.bad(BadRow::whole(register, line, reason));
            Ok(())
        }
        Err(Stop::Io(error)) => Err(error),
    }
}

/// Why a file is not read to its end.
enum Stop {
    Broken(Broken),
    Io(io::Error),
}

struct Table {
    register: &'static Register,
    reader: csv::Reader<Lines>,
    record: ByteRecord,
    judge: Judge,
}

/// Where the register's columns stand in the file.
struct Header {
    n_cells: usize,
    /// By column of the register: which cell, and how it is written.
    places: Vec<Option<(usize, String)>>,
}

impl Table {
    fn new(register: &'static Register, file: Box<dyn File>) -> Table {
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(CHUNK_BYTES);
        Table {
            register,
            reader: builder.from_reader(Lines::new(file)),
            record: ByteRecord::new(),
            judge: Judge::new(register),
        }
    }

    fn read(mut self, loading: &mut Loading) -> Result<(), Stop> {
        let Some(line) = self.next()? else {
            loading.bad(BadRow::whole(self.register, 1, Reason::NoHeader));
            return Ok(());
        };
        // Without a good header every row would be reported for the same reason.
        let Some(header) = Header::read(self.register, &self.record, line, loading) else { return Ok(()) };
        while let Some(line) = self.next()? {
            self.judge(&header, line, loading);
        }
        Ok(())
    }

    /// The next row that has something in it, and the line it starts on.
    fn next(&mut self) -> Result<Option<u64>, Stop> {
        while self.reader.read_byte_record(&mut self.record).map_err(Stop::from)? {
            if self.record.iter().any(|cell| !is_blank_cell(cell)) {
                // The reader stands behind the line end, and every other one was inside quotes.
                let n_inside = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count();
                return Ok(Some(self.reader.position().line() - 1 - n_inside as u64));
            }
        }
        Ok(None)
    }

    fn judge(&mut self, header: &Header, line: u64, loading: &mut Loading) {
        loading.count_row();
        let n_cells = self.record.len();
        if n_cells != header.n_cells {
            let reason = Reason::CellCount { found: n_cells, expected: header.n_cells };
            return loading.bad(BadRow::whole(self.register, line, reason));
        }
        let record = &self.record;
        let cell = |column: usize| header.cell(record, column);
        let faults = self.judge.judge(line, cell);
        if faults.is_empty() {
            return loading.take(self.register, &self.judge.row);
        }
        for Fault { column, reason } in faults {
            loading.bad(header.bad_cell(self.register, column, line, reason));
        }
    }
}

fn is_blank_cell(cell: &[u8]) -> bool {
    cell.is_empty() || str::from_utf8(cell).is_ok_and(is_blank)
}

impl Header {
    /// Finds the columns by name; `None` when one is named twice or a required one is missing.
    fn read(
        register: &'static Register,
        record: &ByteRecord,
        line: u64,
        loading: &mut Loading,
    ) -> Option<Header> {
        let mut header = Header { n_cells: record.len(), places: vec![None; register.columns.len()] };
        let mut is_good = true;
        for (cell_idx, cell) in record.iter().enumerate() {
            let Ok(written) = str::from_utf8(cell) else {
                loading.bad(BadRow::whole(register, line, Reason::NotUtf8));
                return None;
            };
            is_good &= header.place(register, cell_idx, written, line, loading);
        }
        for (column, place) in register.columns.iter().zip(&header.places) {
            if column.required && place.is_none() {
                is_good = false;
                let zh = column.aliases.first().copied().unwrap_or_default();
                let bad = BadRow::whole(register, line, Reason::ColumnMissing { zh });
                loading.bad(BadRow { column: Some(column.name), ..bad });
            }
        }
        is_good.then_some(header)
    }

    fn place(
        &mut self,
        register: &'static Register,
        cell_idx: usize,
        written: &str,
        line: u64,
        loading: &mut Loading,
    ) -> bool {
        let form = header_form(written);
        let Some(column) = register.columns.iter().position(|column| column.is_named(&form)) else {
            loading.notice(Notice::UnknownColumn { file: register.file, header: written.trim().to_owned() });
            return true;
        };
        let is_first = self.places[column].is_none();
        let written = written.trim().to_owned();
        if is_first {
            self.places[column] = Some((cell_idx, written));
        } else {
            let bad = BadRow::whole(register, line, Reason::ColumnTwice);
            loading.bad(BadRow { column: Some(register.columns[column].name), header: Some(written), ..bad });
        }
        is_first
    }

    /// What stands in a column; nothing where the file has no such column.
    fn cell<'r>(&self, record: &'r ByteRecord, column: usize) -> &'r [u8] {
        let place = self.places[column].as_ref();
        place.and_then(|(cell_idx, _)| record.get(*cell_idx)).unwrap_or_default()
    }

    fn bad_cell(&self, register: &Register, column: usize, line: u64, reason: Reason) -> BadRow {
        let header = self.places[column].as_ref().map(|(_, written)| written.clone());
        BadRow {
            column: Some(register.columns[column].name),
            header,
            ..BadRow::whole(register, line, reason)
        }
    }
}

impl From<csv::Error> for Stop {
    fn from(error: csv::Error) -> Stop {
        let error = match error.into_kind() {
            ErrorKind::Io(error) => error,
            other => return Stop::Io(io::Error::other(format!("{other:?}"))),
        };
        match error.downcast::<Broken>() {
            Ok(broken) => Stop::Broken(broken),
            Err(error) => Stop::Io(error),
        }
    }
}
