//! Sheets of a workbook, written by `rust_xlsxwriter` and named nowhere else.
//!
//! Rows go to nameless temporary files beside the workbook (its constant-memory mode) and from there, packed, into the
//! workbook through [`World`]; so a million rows cost no memory, and a crash leaves no file behind.
//! The library would put the time of day into the workbook. It is told the moment of acceptance instead, so that the same
//! run gives the same bytes.

use crate::publish::partial::Buffered;
use crate::record::RecordError;
use crate::world::{World, parent_of};
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use std::io;
use std::path::{Path, PathBuf};

/// A row of cells, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(Vec<Cell>);

#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    Text(String),
    Whole(u64),
    /// To the cent; as text too long for an exact number it would be a text.
    Amount(f64),
}

/// Characters a cell can hold.
const CELL_CHARACTERS_MAX: usize = 32_767;
/// Digits a spreadsheet keeps exactly.
const DIGITS_MAX: usize = 15;

impl Cells {
    pub fn text(&mut self, text: &str) {
        let end = text.char_indices().nth(CELL_CHARACTERS_MAX).map_or(text.len(), |(at, _)| at);
        self.0.push(if text.is_empty() { Cell::Empty } else { Cell::Text(text[..end].to_owned()) });
    }

    pub fn whole(&mut self, number: u64) {
        self.0.push(Cell::Whole(number));
    }

    pub fn whole_or_empty(&mut self, number: Option<u64>) {
        self.0.push(number.map_or(Cell::Empty, Cell::Whole));
    }

    /// An amount as it is written, to the cent; what is no number, or has more digits than a spreadsheet keeps, stays text.
    pub fn amount(&mut self, amount: Option<&str>) {
        let Some(amount) = amount else { return self.empty() };
        match amount.parse() {
            Ok(number) if is_number(amount) => self.0.push(Cell::Amount(number)),
            _ => self.text(amount),
        }
    }

    pub fn empty(&mut self) {
        self.0.push(Cell::Empty);
    }

    /// About what a row takes as XML.
    fn n_bytes(&self) -> u64 {
        let of_cell = |cell: &Cell| if let Cell::Text(text) = cell { 80 + text.len() } else { 40 };
        self.0.iter().map(of_cell).sum::<usize>() as u64
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part) && whole.len() + part.len() <= DIGITS_MAX
}

/// What a spreadsheet would take for a formula if a person edited it: marked as text, as if an apostrophe were typed first.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A kind of sheet: its name and its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Name on the tab; further sheets of the kind get a number behind it.
    pub name: &'static str,
    /// Titles and widths in characters.
    pub columns: &'static [(&'static str, u32)],
}

/// A sheet takes 1,048,576 rows; the first holds the titles.
const ROWS_MAX: u32 = 1_048_575;
/// XML of one sheet: readers count it in 32 bits.
const SHEET_BYTES_MAX: u64 = 3 << 30;
/// Sheets of one kind; nobody opens a workbook that is larger, and its ZIP stays below 4 GiB.
const SHEETS_MAX: usize = 10;

/// A workbook on its way.
pub(super) struct Book {
    path: PathBuf,
    workbook: Workbook,
    styles: Styles,
}

/// How cells look.
struct Styles {
    header: Format,
    text: Format,
    formula: Format,
    whole: Format,
    amount: Format,
}

const FONT: &str = "等线";

impl Styles {
    fn new() -> Styles {
        let plain = || Format::new().set_font_name(FONT);
        let header = plain().set_bold().set_font_color(0x1F_3A5F).set_background_color(0xE8_EEF5);
        let text = plain().set_num_format("@");
        Styles {
            header: header.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(0x8F_A3BA),
            formula: text.clone().set_quote_prefix(),
            text,
            whole: plain().set_num_format("0"),
            amount: plain().set_num_format("#,##0.00"),
        }
    }
}

impl Book {
    /// Begins a workbook. Rows are kept beside it until it is put together.
    pub fn create(world: &dyn World, path: &Path) -> Result<Book, RecordError> {
        let mut workbook = Workbook::new();
        let scratch = world.scratch(parent_of(path));
        workbook.set_tempdir(&scratch).map_err(|error| failed(&scratch, error))?;
        Ok(Book { path: path.to_owned(), workbook, styles: Styles::new() })
    }

    /// Puts the sheets together, in this order.
    pub fn bind(
        mut self,
        world: &dyn World,
        kinds: impl IntoIterator<Item = Sheets>,
        made_at: Option<DateTime>,
    ) -> Result<PathBuf, RecordError> {
        for mut kind in kinds {
            // A kind without rows still has its titles.
            if kind.sheets.is_empty() {
                kind.begin(&mut self)?;
            }
            kind.end(&self.path)?;
            kind.sheets.into_iter().for_each(|sheet| self.workbook.push_worksheet(sheet));
        }
        let made_at = made_at.map_or_else(no_day, moment).map_err(|error| failed(&self.path, error))?;
        self.workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
        let mut file = Buffered::create(world, &self.path)?;
        self.workbook.save_to_writer(Out(&mut file)).map_err(|error| failed(&self.path, error))?;
        file.close()?;
        Ok(self.path)
    }
}

/// The first day a spreadsheet knows.
fn no_day() -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(1900, 1, 1)
}

fn moment(moment: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| part.unsigned_abs();
    let [month, day, hour, minute, second] =
        [moment.month(), moment.day(), moment.hour(), moment.minute(), moment.second()].map(part);
    ExcelDateTime::from_ymd(moment.year().unsigned_abs(), month, day)?.and_hms(hour.into(), minute, second)
}

fn failed(path: &Path, error: XlsxError) -> RecordError {
    RecordError::io("write", path, io::Error::other(error))
}

/// Where the library writes to.
struct Out<'f>(&'f mut Buffered);

impl io::Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sheets of one kind as they grow.
pub(super) struct Sheets {
    layout: Layout,
    sheets: Vec<Worksheet>,
    /// Rows of the last sheet, and about their size.
    n_rows: u32,
    n_bytes: u64,
    /// Rows beyond what a workbook holds.
    pub n_left_out: u64,
}

impl Sheets {
    pub fn new(layout: Layout) -> Sheets {
        Sheets { layout, sheets: Vec::new(), n_rows: 0, n_bytes: 0, n_left_out: 0 }
    }

    pub fn add(&mut self, book: &mut Book, row: &Cells) -> Result<(), RecordError> {
        let is_full = self.n_rows == ROWS_MAX || self.n_bytes > SHEET_BYTES_MAX;
        if is_full && self.sheets.len() == SHEETS_MAX {
            self.n_left_out += 1;
            return Ok(());
        }
        if is_full || self.sheets.is_empty() {
            self.end(&book.path)?;
            self.begin(book)?;
        }
        self.n_rows += 1;
        self.n_bytes += row.n_bytes();
        let Some(sheet) = self.sheets.last_mut() else { unreachable!("a sheet was begun") };
        write(sheet, self.n_rows, row, &book.styles).map_err(|error| failed(&book.path, error))
    }

    fn begin(&mut self, book: &mut Book) -> Result<(), RecordError> {
        let Layout { name, columns } = self.layout;
        let name = match self.sheets.len() {
            0 => name.to_owned(),
            n => format!("{name} {}", n + 1),
        };
        let sheet = open_sheet(&mut book.workbook, &name, columns, &book.styles.header);
        self.sheets.push(sheet.map_err(|error| failed(&book.path, error))?);
        (self.n_rows, self.n_bytes) = (0, 0);
        Ok(())
    }

    /// Which rows can be filtered is known when all are there.
    fn end(&mut self, path: &Path) -> Result<(), RecordError> {
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        let last_column = u16::try_from(self.layout.columns.len() - 1).unwrap_or(u16::MAX);
        let filtered = sheet.autofilter(0, 0, self.n_rows, last_column);
        filtered.map(|_| ()).map_err(|error| failed(path, error))
    }
}

fn open_sheet(
    workbook: &mut Workbook,
    name: &str,
    columns: &[(&str, u32)],
    header: &Format,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3).set_header("&L&A").set_footer("&R&P / &N");
    for ((title, width), column) in columns.iter().zip(0..) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *title, header)?;
    }
    Ok(sheet)
}

fn write(sheet: &mut Worksheet, row: u32, cells: &Cells, styles: &Styles) -> Result<(), XlsxError> {
    for (cell, column) in cells.0.iter().zip(0..) {
        match cell {
            Cell::Empty => continue,
            Cell::Text(text) => {
                let style = if is_formula(text) { &styles.formula } else { &styles.text };
                sheet.write_string_with_format(row, column, text, style)
            }
            Cell::Whole(number) => {
                // Counts and line numbers: far below what a float keeps exactly.
                sheet.write_number_with_format(row, column, *number as f64, &styles.whole)
            }
            Cell::Amount(amount) => sheet.write_number_with_format(row, column, *amount, &styles.amount),
        }?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for formula in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(is_formula(formula), "{formula}");
        }
        assert!(!is_formula("531620180168000001"));
        let mut cells = Cells::default();
        cells.text("531620180168000001");
        cells.text("");
        cells.text(&"鞋".repeat(CELL_CHARACTERS_MAX + 1));
        let longest = "鞋".repeat(CELL_CHARACTERS_MAX);
        assert_eq!(cells.0, [Cell::Text("531620180168000001".to_owned()), Cell::Empty, Cell::Text(longest)]);
    }

    #[test]
    fn amounts_are_numbers_as_they_are_written() {
        let mut cells = Cells::default();
        for amount in [Some("1250.00"), Some("-450.00"), Some("1e5"), Some("12345678901234.00"), None] {
            cells.amount(amount);
        }
        let text = |text: &str| Cell::Text(text.to_owned());
        let expected =
            [Cell::Amount(1250.0), Cell::Amount(-450.0), text("1e5"), text("12345678901234.00"), Cell::Empty];
        assert_eq!(cells.0, expected);
    }
}
