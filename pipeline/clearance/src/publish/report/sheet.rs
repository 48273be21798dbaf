//! Spreadsheets as they lie on disk (ECMA-376): cells as XML, sheets packed as they grow, all of them in a ZIP at the end.
//!
//! Written here and not by a library: the libraries at hand keep rows in temporary files of their own or in memory, and
//! put the time of day into the file. This one goes through [`World`] only, holds no rows, and gives the same bytes again.

use crate::publish::partial::{Buffered, partial_of};
use crate::record::RecordError;
use crate::world::{World, read_exact};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write;
use std::path::{Path, PathBuf};

/// How a cell looks; the number is that of `styles.xml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Header = 1,
    Text = 2,
    /// Text that a spreadsheet would take for a formula if a person edited it.
    Quoted = 3,
    Whole = 4,
    Amount = 5,
}

/// A row of cells, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(Vec<u8>);

/// Characters a cell can hold.
const CELL_CHARACTERS_MAX: usize = 32_767;

impl Cells {
    pub fn header(titles: impl IntoIterator<Item = &'static str>) -> Cells {
        let mut cells = Cells::default();
        titles.into_iter().for_each(|title| cells.styled(title, Style::Header));
        cells
    }

    pub fn text(&mut self, text: &str) {
        // What begins like a formula is marked as text, as if a person had typed an apostrophe before it.
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        self.styled(text, if is_formula { Style::Quoted } else { Style::Text });
    }

    pub fn whole(&mut self, number: u64) {
        self.number(&number.to_string(), Style::Whole);
    }

    pub fn whole_or_empty(&mut self, number: Option<u64>) {
        match number {
            Some(number) => self.whole(number),
            None => self.empty(),
        }
    }

    /// An amount as it is written, to the cent; what is no number stays text.
    pub fn amount(&mut self, amount: Option<&str>) {
        match amount {
            None => self.empty(),
            Some(amount) if is_number(amount) => self.number(amount, Style::Amount),
            Some(other) => self.text(other),
        }
    }

    pub fn empty(&mut self) {
        self.0.extend_from_slice(b"<c/>");
    }

    fn number(&mut self, number: &str, style: Style) {
        self.0.extend_from_slice(format!("<c s=\"{}\"><v>{number}</v></c>", style as u8).as_bytes());
    }

    fn styled(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return self.empty();
        }
        self.0.extend_from_slice(
            format!("<c s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", style as u8).as_bytes(),
        );
        escape(text, &mut self.0);
        self.0.extend_from_slice(b"</t></is></c>");
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part)
}

/// Text of a cell: what XML cannot say is said as `_xHHHH_`, and what looks like that already has its line escaped.
fn escape(text: &str, into: &mut Vec<u8>) {
    for (at, character) in text.char_indices().take(CELL_CHARACTERS_MAX) {
        match character {
            '&' => into.extend_from_slice(b"&amp;"),
            '<' => into.extend_from_slice(b"&lt;"),
            '>' => into.extend_from_slice(b"&gt;"),
            '_' if looks_escaped(&text.as_bytes()[at..]) => into.extend_from_slice(b"_x005F_"),
            '\t' | '\n' => into.push(character as u8),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                into.extend_from_slice(format!("_x{:04X}_", character as u32).as_bytes());
            }
            _ => into.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
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
const ROWS_MAX: u64 = 1_048_575;
/// XML of one sheet: readers count it in 32 bits.
const SHEET_BYTES_MAX: u64 = 3 << 30;
/// Sheets of one kind; nobody opens a workbook that is larger, and its ZIP stays below 4 GiB.
const SHEETS_MAX: usize = 10;
/// Rows are alike, so the quickest is nearly the best.
const LEVEL: Compression = Compression::new(2);
/// Compressed bytes are written away in pieces of this size.
const PACKED_BYTES: usize = 128 << 10;

/// Sheets of one kind as they grow, each in a file of its own until the workbook is put together.
pub(super) struct Sheets {
    layout: Layout,
    path: PathBuf,
    open: Option<Entry>,
    n_rows: u64,
    done: Vec<(String, Packed)>,
    /// Rows beyond what a workbook holds.
    pub n_left_out: u64,
}

/// An entry of the ZIP that is packed.
struct Packed {
    path: PathBuf,
    crc: u32,
    n_bytes: u64,
    n_packed: u64,
}

/// An entry of the ZIP as it grows.
struct Entry {
    path: PathBuf,
    file: Buffered,
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    n_packed: u64,
}

impl Entry {
    fn create(world: &dyn World, path: PathBuf) -> Result<Entry, RecordError> {
        let file = Buffered::create(world, &path)?;
        let encoder = DeflateEncoder::new(Vec::new(), LEVEL);
        Ok(Entry { path, file, encoder, crc: Crc::new(), n_packed: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        self.crc.update(bytes);
        self.encoder.write_all(bytes).expect("writing to memory does not fail");
        if self.encoder.get_ref().len() >= PACKED_BYTES {
            self.n_packed += self.encoder.get_ref().len() as u64;
            self.file.write(self.encoder.get_ref())?;
            self.encoder.get_mut().clear();
        }
        Ok(())
    }

    fn n_bytes(&self) -> u64 {
        self.encoder.total_in()
    }

    fn close(mut self) -> Result<Packed, RecordError> {
        let (crc, n_bytes) = (self.crc.sum(), self.n_bytes());
        let rest = self.encoder.finish().expect("writing to memory does not fail");
        self.file.write(&rest)?;
        self.file.flush()?;
        let n_packed = self.n_packed + rest.len() as u64;
        Ok(Packed { path: partial_of(&self.path), crc, n_bytes, n_packed })
    }
}

impl Sheets {
    /// Rows are kept beside the workbook until it is put together.
    pub fn new(workbook: &Path, layout: Layout) -> Sheets {
        Sheets { layout, path: workbook.to_owned(), open: None, n_rows: 0, done: Vec::new(), n_left_out: 0 }
    }

    pub fn add(&mut self, world: &dyn World, row: &Cells) -> Result<(), RecordError> {
        let is_full = self.n_rows == ROWS_MAX
            || self.open.as_ref().is_some_and(|open| open.n_bytes() > SHEET_BYTES_MAX);
        if is_full {
            self.end()?;
        }
        if self.open.is_none() {
            if self.done.len() == SHEETS_MAX {
                self.n_left_out += 1;
                return Ok(());
            }
            self.begin(world)?;
        }
        self.n_rows += 1;
        self.row(row)
    }

    fn begin(&mut self, world: &dyn World) -> Result<(), RecordError> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}-{}", self.layout.columns.len(), self.done.len() + 1));
        let mut entry = Entry::create(world, self.path.with_file_name(name))?;
        entry.write(sheet_open(&self.layout).as_bytes())?;
        self.open = Some(entry);
        self.row(&Cells::header(self.layout.columns.iter().map(|(title, _)| *title)))
    }

    fn row(&mut self, cells: &Cells) -> Result<(), RecordError> {
        let Some(open) = &mut self.open else { unreachable!("a row goes into a sheet that was begun") };
        open.write(b"<row>")?;
        open.write(&cells.0)?;
        open.write(b"</row>")
    }

    fn end(&mut self) -> Result<(), RecordError> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        open.write(sheet_close(&self.layout, self.n_rows).as_bytes())?;
        let name = match self.done.len() {
            0 => self.layout.name.to_owned(),
            n => format!("{} {}", self.layout.name, n + 1),
        };
        self.done.push((name, open.close()?));
        self.n_rows = 0;
        Ok(())
    }
}

fn sheet_open(layout: &Layout) -> String {
    let mut text = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
        "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">",
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
        "</sheetView></sheetViews><cols>"
    ));
    for ((_, width), n) in layout.columns.iter().zip(1..) {
        text.push_str(&format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>"));
    }
    text.push_str("</cols><sheetData>");
    text
}

fn sheet_close(layout: &Layout, n_rows: u64) -> String {
    let last = column_name(layout.columns.len());
    format!(
        "</sheetData><autoFilter ref=\"A1:{last}{}\"/>\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <headerFooter><oddHeader>&amp;L&amp;A</oddHeader><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>\
         </worksheet>",
        n_rows + 1
    )
}

/// `A` is 1. There are fewer columns than letters.
fn column_name(n: usize) -> char {
    char::from(b'A' + u8::try_from(n - 1).unwrap_or(25).min(25))
}

const STYLES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/></font>",
    "<font><b/><sz val=\"11\"/><color rgb=\"FF1F3A5F\"/><name val=\"等线\"/></font></fonts>",
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill>",
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EEF5\"/></patternFill></fill></fills>",
    "<borders count=\"2\"><border/><border><left/><right/><top/>",
    "<bottom style=\"thin\"><color rgb=\"FF8FA3BA\"/></bottom></border></borders>",
    "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"6\"><xf/>",
    "<xf fontId=\"1\" fillId=\"2\" borderId=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\"/>",
    "<xf numFmtId=\"49\" applyNumberFormat=\"1\"/>",
    "<xf numFmtId=\"49\" applyNumberFormat=\"1\" quotePrefix=\"1\"/>",
    "<xf numFmtId=\"1\" applyNumberFormat=\"1\"/><xf numFmtId=\"4\" applyNumberFormat=\"1\"/>",
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
);

/// Puts the sheets together into a workbook, in this order, and removes the files they were kept in.
pub(super) fn bind(
    world: &dyn World,
    path: &Path,
    kinds: impl IntoIterator<Item = Sheets>,
) -> Result<(), RecordError> {
    let mut sheets = Vec::new();
    for mut kind in kinds {
        // A kind without rows still has its titles.
        if kind.open.is_none() && kind.done.is_empty() {
            kind.begin(world)?;
        }
        kind.end()?;
        sheets.append(&mut kind.done);
    }
    let mut zip = Zip { file: Buffered::create(world, path)?, at: 0, directory: Vec::new(), n_entries: 0 };
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    zip.small("[Content_Types].xml", &content_types(names.len()))?;
    zip.small("_rels/.rels", ROOT_RELATIONS)?;
    zip.small("xl/workbook.xml", &workbook(&names))?;
    zip.small("xl/_rels/workbook.xml.rels", &relations(names.len()))?;
    zip.small("xl/styles.xml", STYLES)?;
    for ((_, packed), n) in sheets.iter().zip(1..) {
        zip.packed(world, &format!("xl/worksheets/sheet{n}.xml"), packed)?;
    }
    zip.finish()?;
    for (_, packed) in &sheets {
        world.remove(&packed.path).map_err(|error| RecordError::io("remove", &packed.path, error))?;
    }
    Ok(())
}

fn content_types(n_sheets: usize) -> String {
    let sheets: String = (1..=n_sheets)
        .map(|n| {
            format!(
                "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
         {sheets}</Types>"
    )
}

const ROOT_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"xl/workbook.xml\"/></Relationships>"
);

fn workbook(names: &[&str]) -> String {
    let sheets: String = names
        .iter()
        .zip(1..)
        .map(|(name, n)| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
        .collect();
    let titles: String = names
        .iter()
        .enumerate()
        .map(|(idx, name)| {
            format!(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{idx}\">'{name}'!$1:$1</definedName>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>\
         <definedNames>{titles}</definedNames></workbook>"
    )
}

fn relations(n_sheets: usize) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheets: String = (1..=n_sheets)
        .map(|n| {
            format!(
                "<Relationship Id=\"rId{n}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{sheets}\
         <Relationship Id=\"rId{}\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>",
        n_sheets + 1
    )
}

/// A ZIP file, entry after entry.
struct Zip {
    file: Buffered,
    at: u64,
    directory: Vec<u8>,
    n_entries: u16,
}

const DEFLATED: u16 = 8;
/// The first day a ZIP can name: it is not the time that makes a workbook.
const NO_DAY: u16 = 1 << 5 | 1;

impl Zip {
    fn small(&mut self, name: &str, text: &str) -> Result<(), RecordError> {
        let mut encoder = DeflateEncoder::new(Vec::new(), LEVEL);
        let bytes = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
        let bytes = bytes.expect("writing to memory does not fail");
        let mut crc = Crc::new();
        crc.update(text.as_bytes());
        self.header(name, crc.sum(), text.len() as u64, bytes.len() as u64)?;
        self.write(&bytes)
    }

    fn packed(&mut self, world: &dyn World, name: &str, packed: &Packed) -> Result<(), RecordError> {
        self.header(name, packed.crc, packed.n_bytes, packed.n_packed)?;
        let failed = |error| RecordError::io("read", &packed.path, error);
        let file = world.open(&packed.path).map_err(failed)?;
        let mut piece = vec![0; PACKED_BYTES];
        let mut at = 0;
        while at < packed.n_packed {
            let n = (packed.n_packed - at).min(PACKED_BYTES as u64) as usize;
            read_exact(&*file, &mut piece[..n], at).map_err(failed)?;
            self.write(&piece[..n])?;
            at += n as u64;
        }
        Ok(())
    }

    /// Before the entry, and once more for the directory behind all entries.
    fn header(&mut self, name: &str, crc: u32, n_bytes: u64, n_packed: u64) -> Result<(), RecordError> {
        let [n_bytes, n_packed, at] = [n_bytes, n_packed, self.at].map(in_32_bits);
        let mut common = Vec::with_capacity(26 + name.len());
        for half in [20, 0, DEFLATED, 0, NO_DAY] {
            common.extend_from_slice(&half.to_le_bytes());
        }
        for word in [crc, n_packed, n_bytes] {
            common.extend_from_slice(&word.to_le_bytes());
        }
        common.extend_from_slice(&[in_16_bits(name.len()), 0].map(u16::to_le_bytes).concat());
        self.directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        self.directory.extend_from_slice(&common);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.n_entries += 1;
        self.write(b"PK\x03\x04")?;
        self.write(&common)?;
        self.write(name.as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        self.at += bytes.len() as u64;
        self.file.write(bytes)
    }

    fn finish(mut self) -> Result<(), RecordError> {
        let (at, directory) = (in_32_bits(self.at), std::mem::take(&mut self.directory));
        self.write(&directory)?;
        self.write(b"PK\x05\x06\0\0\0\0")?;
        self.write(&[self.n_entries; 2].map(u16::to_le_bytes).concat())?;
        self.write(&[in_32_bits(directory.len() as u64), at].map(u32::to_le_bytes).concat())?;
        self.write(&[0; 2])?;
        self.file.close()
    }
}

fn in_32_bits(n: u64) -> u32 {
    u32::try_from(n).expect("the bounds on sheets keep a workbook below 4 GiB")
}

fn in_16_bits(n: usize) -> u16 {
    u16::try_from(n).expect("names of entries are short")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut cells = Cells::default();
        cells.text(text);
        String::from_utf8(cells.0).unwrap()
    }

    #[test]
    fn text_stays_text() {
        let inside =
            |text: &str| cell(text).split_once("\"preserve\">").unwrap().1.replace("</t></is></c>", "");
        assert_eq!(inside("a<b>&\u{2028}\"'"), "a&lt;b&gt;&amp;\u{2028}\"'");
        assert_eq!(inside("\u{1}_x0041_ _x"), "_x0001__x005F_x0041_ _x");
        for formula in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(cell(formula).starts_with("<c s=\"3\" t=\"inlineStr\">"), "{formula}");
        }
        assert!(cell("531620180168000001").starts_with("<c s=\"2\" t=\"inlineStr\">"));
    }

    #[test]
    fn amounts_are_numbers_as_they_are_written() {
        let mut cells = Cells::default();
        for amount in [Some("1250.00"), Some("-450.00"), Some("unset"), Some("1e5"), None] {
            cells.amount(amount);
        }
        let text = String::from_utf8(cells.0).unwrap();
        assert!(text.starts_with(
            "<c s=\"5\"><v>1250.00</v></c><c s=\"5\"><v>-450.00</v></c><c s=\"2\" t=\"inlineStr\">"
        ));
        assert_eq!((text.matches("<v>").count(), text.matches("inlineStr").count()), (2, 2));
        assert!(text.ends_with("<c/>"));
    }
}
