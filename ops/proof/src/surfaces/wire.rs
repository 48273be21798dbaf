//! What records of the journal say: payloads, as the program reads back its own and whoever damages them.
//!
//! What can be read is written again, and read to the same.

use super::Surface;
use crate::bases::Base;
use anyhow::Result;
use clearance::record::wire::{read_answer, read_decided, read_input, read_submission, write_decided};
use model::facts::{self, Facts};
use std::path::Path;

pub(super) const SURFACE: Surface =
    Surface { name: "wire", takes: "the payload of a record", run, seeds, cost: 1 };

fn run(bytes: &[u8]) {
    if let Some(decided) = read_decided(bytes) {
        let again = read_decided(&write_decided(&decided)).expect("what was written can be read");
        assert_eq!(again, decided);
        if let Some(facts) = facts::read(&decided.facts) {
            let mut written = Vec::new();
            match facts {
                Facts::Certificate(facts) => facts::write(&facts.certificate(), &mut written),
                Facts::Inspection(facts) => facts::write_inspection(&facts.inspection(), &mut written),
            }
            assert!(facts::read(&written).is_some(), "what was written can be read");
        }
    }
    read_answer(bytes);
    read_submission(bytes);
    read_input(bytes);
    facts::read(bytes);
}

fn seeds(root: &Path) -> Result<Vec<Base>> {
    super::journal::payloads(root)
}
