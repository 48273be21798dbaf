//! A segment of the journal on a disk that may hold anything.
//!
//! What `verify` vouches for can be read from the first record to the last; what a start cuts off or refuses is told.

use super::{Surface, whole};
use crate::bases::{self, Base};
use anyhow::{Result, anyhow};
use clearance::record::RecordError;
use clearance::record::journal::{Journal, Limits, look};
use clearance::verify::verify;
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable};
use std::path::Path;
use std::sync::Arc;
use verifier::End;

pub(super) const SURFACE: Surface =
    Surface { name: "journal", takes: "a segment of the journal", run, seeds, cost: 20 };

const SEGMENT: &str = "journal/00000001.seg";

fn run(bytes: &[u8]) {
    let memory = Memory::new();
    let data = Path::new("/data");
    create_dir_durable(&memory, &data.join("journal")).expect("memory has room");
    memory.create(&data.join(SEGMENT)).and_then(|mut file| file.append(bytes)).expect("memory has room");
    let verdict = verify(&memory, data, &[]).expect("memory can be read");
    let world: Arc<dyn World> = Arc::new(memory);
    if verdict.end == End::Whole {
        let reader = look(Arc::clone(&world), data, Limits::default()).expect("what is good can be opened");
        assert_eq!(reader.head().hash, verdict.head.hash, "two readers end at different records");
        let mut next = 1;
        let read = reader.scan(1, |record| {
            assert_eq!(record.index, next, "a record is missing");
            next += 1;
            Ok::<(), RecordError>(())
        });
        assert!(read.is_ok() && next == verdict.head.index + 1, "what is good can be read");
    }
    // A start cuts off what the verifier calls unfinished, and then everything left is good.
    if Journal::open(Arc::clone(&world), data, Limits::default()).is_ok() {
        assert!(!matches!(verdict.end, End::Damaged(_)), "a start takes what the verifier calls damaged");
        let after = verify(&*world, data, &[]).expect("memory can be read");
        assert!(after.end == End::Whole, "after a start something bad is left");
        assert!(after.head == verdict.head, "a start cuts more off than is unfinished");
    }
}

fn seeds(root: &Path) -> Result<Vec<Base>> {
    let office = decided(root)?;
    let segment = office.bytes(&Path::new(whole::DATA).join(SEGMENT))?;
    let cut =
        |end: usize| Base { name: format!("a segment cut to {end} bytes"), bytes: segment[..end].to_vec() };
    Ok(vec![cut(segment.len()), cut(segment.len() - 1), cut(segment.len() / 2), cut(64.min(segment.len()))])
}

/// The payloads of the records that deciding a few messages leaves.
pub(super) fn payloads(root: &Path) -> Result<Vec<Base>> {
    let world: Arc<dyn World> = Arc::new(decided(root)?);
    let reader = look(world, Path::new(whole::DATA), Limits::default()).map_err(|it| anyhow!("{it}"))?;
    let mut payloads = Vec::new();
    reader
        .scan(1, |record| {
            payloads.push(Base { name: format!("record {}", record.index), bytes: record.payload.to_vec() });
            Ok::<(), RecordError>(())
        })
        .map_err(|it| anyhow!("{it}"))?;
    Ok(payloads)
}

fn decided(root: &Path) -> Result<Memory> {
    let office = Memory::new();
    let messages: Vec<Base> = bases::all(root)?.into_iter().take(12).collect();
    whole::decide(&office, &messages.iter().map(|it| &it.bytes[..]).collect::<Vec<_>>())
        .map_err(|it| anyhow!("{it}"))?;
    Ok(office)
}
