//! Rows of one register against each other: what may stand once in the file, or once on any day.
//!
//! A register may have a million rows, so of each key only a digest is kept, and of each interval its days.

use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// The keys of a register, and where they stood.
pub(super) struct Seen {
    /// Columns of the key.
    columns: Vec<usize>,
    /// Columns of the interval, where the key may stand again on other days.
    interval: Option<[usize; 2]>,
    /// By digest of the key: its line, or the place of its latest interval.
    keys: FxHashMap<u128, u32>,
    spans: Vec<Span>,
}

/// Days on which a row counts.
struct Span {
    from: Date,
    /// First day outside; none: open.
    to: Option<Date>,
    line: u32,
    /// Place of the interval of the same key before this one.
    before: Option<u32>,
}

impl Seen {
    pub(super) fn new(register: &Register) -> Seen {
        let place = |name: &&str| register.columns.iter().position(|column| column.name == *name);
        let places = |names: &[&str]| names.iter().filter_map(place).collect();
        let (columns, interval) = match register.once {
            Once::Never => (Vec::new(), None),
            Once::InTheFile(names) => (places(names), None),
            Once::OnADay(names) => {
                (places(names), place(&"from").zip(place(&"to")).map(|(from, to)| [from, to]))
            }
        };
        Seen { columns, interval, keys: FxHashMap::default(), spans: Vec::new() }
    }

    /// What is wrong with a row beside the rows before it. A row whose key or days are wrong is no witness.
    pub(super) fn fault(&mut self, row: &Row, line: u64, faults: &[Fault]) -> Option<Fault> {
        let of_interval = self.interval.as_ref().map_or(&[][..], |columns| columns);
        let is_bad = |column: &usize| faults.iter().any(|fault| fault.column == *column);
        if self.columns.is_empty() || self.columns.iter().chain(of_interval).any(is_bad) {
            return None;
        }
        // No file has more lines: that is more bytes than one may have.
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match self.interval {
            None => self.stands_twice(row, line),
            Some(interval) => self.overlaps(row, line, interval),
        }
    }

    fn stands_twice(&mut self, row: &Row, line: u32) -> Option<Fault> {
        match self.keys.entry(digest(row, &self.columns)) {
            Entry::Vacant(place) => {
                place.insert(line);
                None
            }
            Entry::Occupied(place) => {
                let values = self.columns.iter().map(|column| row.values[*column].as_str());
                let value = values.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ");
                let reason = Reason::Duplicate { value, line: u64::from(*place.get()) };
                Some(Fault { column: self.columns[0], reason })
            }
        }
    }

    fn overlaps(&mut self, row: &Row, line: u32, [from, to]: [usize; 2]) -> Option<Fault> {
        let span = Span::of(row, line, [from, to]);
        let place = self.spans.len() as u32;
        let latest = self.keys.insert(digest(row, &self.columns), place);
        let mut before = latest;
        let mut overlapped = None;
        while let Some(place) = before {
            let other = &self.spans[place as usize];
            if other.overlaps(&span) {
                overlapped = Some(other.line);
            }
            before = other.before;
        }
        self.spans.push(Span { before: latest, ..span });
        let reason = Reason::Overlap { line: u64::from(overlapped?) };
        Some(Fault { column: from, reason })
    }
}

impl Span {
    /// A decision at a time of day begins on the next day at the latest (CRD-019), so the row before it may still end
    /// there.
    fn of(row: &Row, line: u32, [from, to]: [usize; 2]) -> Span {
        let [from, to] = [from, to].map(|column| row.cell(column));
        let first = from.day().unwrap_or(Date::MIN);
        let first = if from.moment().is_some() { first.saturating_add(1.day()) } else { first };
        Span { from: first, to: to.day(), line, before: None }
    }

    fn overlaps(&self, other: &Span) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }
}

/// The values of the key, each after its length: no two keys look alike.
fn digest(row: &Row, columns: &[usize]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    for column in columns {
        let value = row.values[*column].as_bytes();
        hasher.update(&(value.len() as u64).to_le_bytes());
        hasher.update(value);
    }
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    u128::from_le_bytes(key)
}
