//! The newest entries, in memory.
//!
//! An open table of 8-byte slots: 32 bits of the key, and where its newest entry
//! is. A key that is not there is nearly always told from the slots alone, in one
//! cache line; the standard map with its 24-byte buckets would touch two.

use super::Key;

/// Slots of an empty table.
const SLOTS_MIN: usize = 1024;

#[derive(Default)]
pub(super) struct Memtable {
    /// A power of two, at most half of them taken; 0 is a free one.
    slots: Vec<u64>,
    entries: Vec<Entry>,
}

struct Entry {
    key: Key,
    value: u64,
    /// Place of the next smaller entry of this key, plus 1; or 0.
    next: u32,
}

impl Memtable {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn insert(&mut self, key: Key, value: u64) {
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.find(&key);
        let place = self.entries.len() as u32 + 1;
        let Some(newest) = (self.slots[at] as u32).checked_sub(1) else {
            self.slots[at] = u64::from(tag(&key)) << 32 | u64::from(place);
            self.entries.push(Entry { key, value, next: 0 });
            return;
        };
        // The slot leads to the largest value; a smaller one goes right behind it.
        let newest = &mut self.entries[newest as usize];
        if newest.value == value {
            return;
        }
        let smaller = newest.value.min(value);
        newest.value = newest.value.max(value);
        let next = std::mem::replace(&mut newest.next, place);
        self.entries.push(Entry { key, value: smaller, next });
    }

    pub fn for_each(&self, key: &Key, each: &mut impl FnMut(u64)) {
        if self.slots.is_empty() {
            return;
        }
        let mut place = self.slots[self.find(key)] as u32;
        while let Some(at) = place.checked_sub(1) {
            let entry = &self.entries[at as usize];
            each(entry.value);
            place = entry.next;
        }
    }

    /// All entries in order, none twice; the table is empty after that.
    pub fn take_sorted(&mut self) -> Vec<(Key, u64)> {
        self.slots = Vec::new();
        let entries = std::mem::take(&mut self.entries);
        let mut sorted: Vec<_> = entries.into_iter().map(|it| (it.key, it.value)).collect();
        sorted.sort_unstable_by_key(|(key, value)| (u128::from_be_bytes(key.0), *value));
        sorted.dedup();
        sorted
    }

    /// The slot of this key, or the free one where it belongs.
    fn find(&self, key: &Key) -> usize {
        let mask = self.slots.len() - 1;
        let tag = tag(key);
        let mut at = low_bits(key) & mask;
        loop {
            let slot = self.slots[at];
            let Some(place) = (slot as u32).checked_sub(1) else { return at };
            if (slot >> 32) as u32 == tag && self.entries[place as usize].key == *key {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let len = (self.slots.len() * 2).max(SLOTS_MIN);
        let old = std::mem::replace(&mut self.slots, vec![0; len]);
        for slot in old.into_iter().filter(|it| *it != 0) {
            let key = self.entries[slot as u32 as usize - 1].key;
            let at = self.find(&key);
            self.slots[at] = slot;
        }
    }
}

/// Runs are ordered and filtered by the first half of a key; this takes the other.
fn low_bits(key: &Key) -> usize {
    u128::from_be_bytes(key.0) as usize
}

fn tag(key: &Key) -> u32 {
    (u128::from_be_bytes(key.0) >> 32) as u32
}
