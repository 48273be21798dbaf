//! The journal beside SQLite with a write-ahead log and full syncs, the same records in the same groups, in turns.

use benches::{percentile, short_hash, timed};
use clearance::record::{Journal, Kind, Limits};
use clearance::world::Disk;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

const GROUP: usize = 10_000;
const RECORD_BYTES: usize = 200;

/// So many groups of each.
pub fn against_sqlite(n_groups: usize, dir: &Path) -> Vec<Value> {
    let mut journal =
        Journal::open(Arc::new(Disk), &dir.join("groups"), Limits::default()).expect("a journal can be made");
    let mut other = Connection::open(dir.join("records.sqlite")).expect("a database can be made");
    other
        .execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE record (number INTEGER PRIMARY KEY, said BLOB)",
        )
        .expect("a table can be made");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for group in 0..n_groups {
        let records: Vec<Vec<u8>> = (0..GROUP).map(|it| record(group * GROUP + it)).collect();
        let (_, ns) = timed(|| {
            for record in &records {
                journal.append(Kind(3), record, None).expect("it takes a record");
            }
            journal.commit().expect("it can be synced");
        });
        ours.push(ns);
        let (_, ns) = timed(|| {
            let group = other.transaction().expect("it begins");
            let mut insert = group.prepare("INSERT INTO record (said) VALUES (?1)").expect("it is sound");
            records.iter().for_each(|record| {
                insert.execute([record]).expect("it takes a record");
            });
            drop(insert);
            group.commit().expect("it can be synced");
        });
        theirs.push(ns);
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    let [ours, theirs] = [ours, theirs].map(|ns| percentile(&ns, 50).max(1));
    let n: i64 =
        other.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).expect("it can be asked");
    assert_eq!(n, (n_groups * GROUP) as i64, "a record was lost");
    vec![json!({
        "case": "journal ÷ SQLite", "groups": n_groups, "records": GROUP, "ours_us_p50": ours / 1_000,
        "sqlite_us_p50": theirs / 1_000, "ratio_per_mille": theirs * 1_000 / ours,
        "hash": format!("{:016x}", short_hash(&journal.head().hash)),
    })]
}

/// As a decision is: text, part of which does not pack.
fn record(number: usize) -> Vec<u8> {
    let mut said = format!("{{\"number\":\"53162018{number:010}\",\"digest\":\"b3:").into_bytes();
    said.extend_from_slice(blake3::hash(&number.to_le_bytes()).to_hex().as_bytes());
    said.resize(RECORD_BYTES, b' ');
    said
}
