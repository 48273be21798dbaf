//! The digest that names a snapshot of registers in each decision.
//!
//! It covers what was read, in its one form and with the columns in our order, so the same rows have
//! the same digest however a spreadsheet saved them. The order of rows counts. A register without
//! rows adds nothing: it means the same as no file, and a version that reads more files
//! names an old folder as before. Each register has a digest of its own beside, so that two offices can see
//! where they differ.

use super::register::{Register, Row};

const CONTEXT: &str = "clearance 2026-11 registers of an office, normalised rows";

const FILE: u8 = 1;
const ROW: u8 = 2;

pub(super) struct Digest {
    hasher: blake3::Hasher,
    /// Of the register named last.
    of_file: blake3::Hasher,
    buffer: Vec<u8>,
}

impl Digest {
    pub(super) fn new() -> Digest {
        let hasher = blake3::Hasher::new_derive_key(CONTEXT);
        Digest { of_file: hasher.clone(), hasher, buffer: Vec::new() }
    }

    /// Before the first row of a register.
    pub(super) fn file(&mut self, register: &Register) {
        self.of_file.reset();
        let names = register.columns.iter().map(|column| column.name);
        self.add(FILE, std::iter::once(register.file).chain(names));
    }

    /// A row of the register named last.
    pub(super) fn row(&mut self, row: &Row) {
        self.add(ROW, row.values.iter().map(String::as_str));
    }

    pub(super) fn finish(&self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }

    /// The digest of the register named last alone: that of a folder with nothing else.
    pub(super) fn of_file(&self) -> [u8; 32] {
        *self.of_file.finalize().as_bytes()
    }

    /// A kind, the number of texts, and each text after its length: no two lists look alike.
    fn add<'t>(&mut self, kind: u8, texts: impl Iterator<Item = &'t str>) {
        self.buffer.clear();
        self.buffer.push(kind);
        self.buffer.extend([0; 8]);
        let mut n_texts = 0_u64;
        for text in texts {
            n_texts += 1;
            self.buffer.extend((text.len() as u64).to_le_bytes());
            self.buffer.extend(text.as_bytes());
        }
        self.buffer[1..9].copy_from_slice(&n_texts.to_le_bytes());
        self.hasher.update(&self.buffer);
        self.of_file.update(&self.buffer);
    }
}
