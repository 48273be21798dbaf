//! One trial: a whole `run` of this program as a process of its own, into a folder that is removed behind it.

use super::{Measured, Results, Setting, TuneError};
use crate::world::{World, create_dir_durable, process, read_some};
use serde_json::Value;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// What is tried on.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Files and folders of messages, in order.
    pub inputs: Vec<PathBuf>,
    /// Arguments of `run` that decide what comes out: registers, acceptance, encodings, limits.
    pub arguments: Vec<OsString>,
}

/// A folder for trials, which holds nothing of anybody else's.
pub struct Trials<'w> {
    world: &'w dyn World,
    batch: Batch,
    dir: PathBuf,
}

/// The folder below the one that was named.
const DIR: &str = "trial";

impl<'w> Trials<'w> {
    /// Makes the folder; whatever else has its name is left alone.
    pub fn new(world: &'w dyn World, batch: Batch, out: &Path) -> Result<Trials<'w>, TuneError> {
        let dir = out.join(DIR);
        let failed = |error| TuneError::World { what: dir.display().to_string(), error };
        create_dir_durable(world, out).map_err(failed)?;
        if world.exists(&dir).map_err(failed)? {
            return Err(TuneError::InTheWay(dir.display().to_string()));
        }
        world.create_dir_all(&dir).map_err(failed)?;
        Ok(Trials { world, batch, dir })
    }

    /// Runs the batch once with this setting, into new books.
    pub fn measure(&self, setting: &Setting) -> Result<Measured, TuneError> {
        let [data, out] = ["data", "out"].map(|name| self.dir.join(name));
        let mut arguments: Vec<OsString> = ["--lang", "en", "run"].map(OsString::from).into();
        arguments.extend(self.batch.inputs.iter().map(OsString::from));
        arguments.extend(self.batch.arguments.iter().cloned());
        arguments.extend([
            "--data".into(),
            data.into_os_string(),
            "--out".into(),
            out.clone().into_os_string(),
        ]);
        arguments.extend(["--profile", "--json"].map(OsString::from));
        arguments.extend(setting.arguments().map(OsString::from));
        let failed = |error| TuneError::World { what: setting.flags(), error };
        let began = self.world.now();
        let ran = process::again(&arguments, setting.allocator.variable()).map_err(failed)?;
        let wall_us = u64::try_from((self.world.now().as_nanosecond() - began.as_nanosecond()) / 1_000);
        let wall_us = wall_us.unwrap_or(0).max(1);
        if ran.code != Some(0) {
            let code = ran.code.and_then(|code| u8::try_from(code).ok()).unwrap_or(3);
            return Err(TuneError::Failed { setting: setting.flags(), code, said: ran.said });
        }
        let decisions = self.hash(&out.join("decisions.ndjson")).map_err(failed)?;
        process::remove_tree(&self.dir)
            .and_then(|()| self.world.create_dir_all(&self.dir))
            .map_err(failed)?;
        measured(wall_us, &ran.told, decisions)
            .ok_or_else(|| failed(io::Error::other("what the run told cannot be read")))
    }

    fn hash(&self, path: &Path) -> io::Result<[u8; 32]> {
        let file = self.world.open(path)?;
        let (mut hasher, mut buffer, mut offset) = (blake3::Hasher::new(), vec![0; 1 << 20], 0);
        loop {
            match read_some(&*file, &mut buffer, offset)? {
                0 => return Ok(*hasher.finalize().as_bytes()),
                n => {
                    hasher.update(&buffer[..n]);
                    offset += n as u64;
                }
            }
        }
    }
}

impl Drop for Trials<'_> {
    /// A trial that broke off leaves books behind that nobody wants.
    fn drop(&mut self) {
        // What cannot be removed is in the way of the next tuning, which then says so.
        let _ = process::remove_tree(&self.dir);
    }
}

/// What the summary of a run says of it.
fn measured(wall_us: u64, summary: &str, decisions: [u8; 32]) -> Option<Measured> {
    let summary: Value = serde_json::from_str(summary).ok()?;
    let journal = &summary["journal"];
    Some(Measured {
        wall_us,
        resident_max_bytes: summary["profile"]["resident_max_bytes"].as_u64().unwrap_or(0),
        n_documents: summary["documents"].as_u64()?,
        n_bytes: summary["bytes"].as_u64()?,
        results: Results {
            decisions,
            journal: format!("{}:{}", journal["index"].as_u64()?, journal["hash"].as_str()?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_read_and_one_without_a_journal_is_none() {
        let summary = r#"{"documents":3,"bytes":90,"journal":{"index":7,"hash":"b3:aa"},"profile":{"resident_max_bytes":5}}"#;
        let expected = Measured {
            wall_us: 11,
            resident_max_bytes: 5,
            n_documents: 3,
            n_bytes: 90,
            results: Results { decisions: [1; 32], journal: "7:b3:aa".to_owned() },
        };
        assert_eq!(measured(11, summary, [1; 32]), Some(expected));
        assert_eq!(measured(11, r#"{"documents":3,"bytes":90}"#, [1; 32]), None);
    }
}
