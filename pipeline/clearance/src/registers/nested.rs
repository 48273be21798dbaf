//! A register that nests: one TOML file of `[[name]]` tables, each read as a row whose columns are its keys.
//!
//! Numbers are taken as they are written, never through a float. A list is a cell whose values are joined by `;`.

use super::column::{Column, header_form};
use super::fault::{BadRow, Fault, Reason};
use super::judge::Judge;
use super::loading::Loading;
use super::register::Register;
use super::{NESTED_BYTES_MAX, Notice};
use crate::world::{File, read_exact};
use std::io;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a register. What is wrong in it goes to `loading`; only the file system makes this fail.
pub(super) fn read(
    register: &'static Register,
    table: &'static str,
    file: &dyn File,
    loading: &mut Loading,
) -> io::Result<()> {
    loading.start(register);
    let bytes = file.len();
    if bytes > NESTED_BYTES_MAX {
        loading.bad(BadRow::whole(register, 1, Reason::FileTooLong { bytes, limit: NESTED_BYTES_MAX }));
        return Ok(());
    }
    let mut text = vec![0; bytes as usize];
    read_exact(file, &mut text, 0)?;
    match text_of(&text) {
        Ok(text) => Nested { register, table, text, judge: Judge::new(register) }.read(loading),
        Err((line, reason)) => loading.bad(BadRow::whole(register, line, reason)),
    }
    Ok(())
}

fn text_of(bytes: &[u8]) -> Result<&str, (u64, Reason)> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err((1, Reason::Utf16));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    str::from_utf8(bytes).map_err(|error| (line_at(bytes, error.valid_up_to()), Reason::NotUtf8))
}

/// Line of a byte, from 1.
fn line_at(bytes: &[u8], offset: usize) -> u64 {
    let before = &bytes[..offset.min(bytes.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}

struct Nested<'t> {
    register: &'static Register,
    /// Name of the tables that are rows.
    table: &'static str,
    text: &'t str,
    judge: Judge,
}

/// A row before it is judged: by column, what stands there, where, and under which key.
struct Cells {
    line: u64,
    cells: Vec<Option<Found>>,
}

struct Found {
    text: String,
    line: u64,
    key: String,
}

impl Nested<'_> {
    fn read(mut self, loading: &mut Loading) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let line = self.line(error.span().map_or(0, |span| span.start));
            let message = error.message().to_owned();
            loading.bad(BadRow::whole(self.register, line, Reason::Toml { message }));
        }
        // What a broken file still yields may lack rows.
        if !errors.is_empty() {
            return;
        }
        for (key, value) in document.get_ref() {
            match value.get_ref() {
                DeValue::Array(rows) if key.get_ref() == self.table => {
                    rows.iter().for_each(|row| self.row(row, loading));
                }
                _ if key.get_ref() == self.table => self.no_tables(value, loading),
                _ => loading.notice(self.unknown(key.get_ref())),
            }
        }
    }

    fn row(&mut self, row: &Spanned<DeValue<'_>>, loading: &mut Loading) {
        let DeValue::Table(table) = row.get_ref() else { return self.no_tables(row, loading) };
        loading.count_row();
        let line = self.line(row.span().start);
        let n_columns = self.register.columns.len();
        let mut found = Cells { line, cells: (0..n_columns).map(|_| None).collect() };
        let mut faults = Vec::new();
        for (key, value) in table {
            match self.column(key.get_ref()) {
                Some(column) => faults.extend(self.cell(column, key, value, &mut found)),
                None => loading.notice(self.unknown(key.get_ref())),
            }
        }
        let n_before = faults.len();
        let judged = self.judge.judge(line, |column| found.bytes(column));
        // A value of the wrong shape counts as empty, and is not found missing as well.
        let is_new = |fault: &Fault| faults[..n_before].iter().all(|known| known.column != fault.column);
        let judged: Vec<Fault> = judged.into_iter().filter(is_new).collect();
        faults.extend(judged);
        if faults.is_empty() {
            return loading.take(self.register, &self.judge.row);
        }
        faults.sort_by_key(|fault| fault.column);
        for Fault { column, reason } in faults {
            loading.bad(found.bad(self.register, column, reason));
        }
    }

    fn column(&self, key: &str) -> Option<usize> {
        let form = header_form(key);
        self.register.columns.iter().position(|column| column.is_named(&form))
    }

    fn cell(
        &self,
        column: usize,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        into: &mut Cells,
    ) -> Option<Fault> {
        let is_first = into.cells[column].is_none();
        let text = text_of_value(&self.register.columns[column], value.get_ref());
        let found = Found {
            text: text.clone().unwrap_or_default(),
            line: self.line(key.span().start),
            key: key.get_ref().clone().into_owned(),
        };
        into.cells[column] = Some(found);
        match (is_first, text) {
            (false, _) => Some(Fault { column, reason: Reason::ColumnTwice }),
            (true, None) => Some(Fault { column, reason: Reason::NotPlain }),
            (true, Some(_)) => None,
        }
    }

    fn no_tables(&self, value: &Spanned<DeValue<'_>>, loading: &mut Loading) {
        let line = self.line(value.span().start);
        loading.bad(BadRow::whole(self.register, line, Reason::NotTables));
    }

    fn unknown(&self, key: &str) -> Notice {
        Notice::UnknownColumn { file: self.register.file, header: key.to_owned() }
    }

    fn line(&self, offset: usize) -> u64 {
        line_at(self.text.as_bytes(), offset)
    }
}

impl Cells {
    fn bytes(&self, column: usize) -> &[u8] {
        self.cells[column].as_ref().map_or(&[], |found| found.text.as_bytes())
    }

    /// A key that is there is named with its line, one that is missing with the line of its table.
    fn bad(&self, register: &Register, column: usize, reason: Reason) -> BadRow {
        let found = self.cells[column].as_ref();
        let line = found.map_or(self.line, |found| found.line);
        let header = found.map(|found| found.key.clone());
        BadRow {
            column: Some(register.columns[column].name),
            header,
            ..BadRow::whole(register, line, reason)
        }
    }
}

/// The value as a cell of a spreadsheet would hold it.
fn text_of_value(column: &Column, value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Array(values) if column.kind.is_list() => {
            let values: Option<Vec<String>> = values.iter().map(|value| plain(value.get_ref())).collect();
            values.map(|values| values.join(";"))
        }
        value => plain(value),
    }
}

fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(is_so) => Some(is_so.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
