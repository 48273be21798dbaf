//! How far answers have been delivered: `<data>/delivered`, a line of JSON and a line with its hash.
//!
//! It says what the journal cannot: which answers stand in their folders. It is written after them, so that a crash in
//! between only delivers again, under the same names and with the same bytes. Losing it loses nothing either: everything is
//! delivered again.

use crate::record::RecordError;
use crate::world::{World, parent_of, read_exact};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// How far answers have been delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Of the submissions up to this record everything is delivered but what waits.
    pub up_to: u64,
    /// Submissions, by their first record, each with a folder that has not got its answers.
    pub waiting: BTreeSet<(u64, String)>,
}

fn path_in(data: &Path) -> PathBuf {
    data.join("delivered")
}

impl Remembered {
    /// Reads it; nothing was delivered when it is not there.
    pub fn load(world: &dyn World, data: &Path) -> Result<Remembered, RecordError> {
        Ok(Remembered::find(world, data)?.unwrap_or_default())
    }

    /// Reads it, if it is there.
    pub fn find(world: &dyn World, data: &Path) -> Result<Option<Remembered>, RecordError> {
        let path = path_in(data);
        let file = match world.open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(RecordError::io("open", &path, error)),
        };
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0).map_err(|error| RecordError::io("read", &path, error))?;
        let damaged = || RecordError::damaged(&path, 0, "it does not say how far answers were delivered");
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        let (line, hash) = text.trim_end().split_once('\n').ok_or_else(damaged)?;
        if blake3::hash(line.as_bytes()).to_hex().as_str() != hash {
            return Err(damaged());
        }
        serde_json::from_str(line).map(Some).map_err(|_| damaged())
    }

    /// Writes it, durably.
    pub fn save(&self, world: &dyn World, data: &Path) -> Result<(), RecordError> {
        let line = serde_json::to_string(self).expect("numbers and texts are JSON");
        let text = format!("{line}\n{}\n", blake3::hash(line.as_bytes()).to_hex());
        let (path, partial) = (path_in(data), data.join("delivered.partial"));
        let written = || -> io::Result<()> {
            let mut file = world.create(&partial)?;
            file.append(text.as_bytes())?;
            file.sync_data()?;
            world.rename(&partial, &path)?;
            world.sync_dir(parent_of(&path))
        };
        written().map_err(|error| RecordError::io("write", &path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::{Keep, Memory};

    #[test]
    fn it_comes_back_as_it_was_written_or_not_at_all() {
        let (world, data) = (Memory::new(), Path::new("/data"));
        world.create_dir_all(data).unwrap();
        world.sync_dir(Path::new("/")).unwrap();
        assert_eq!(Remembered::load(&world, data).unwrap(), Remembered::default());
        let waiting = BTreeSet::from([(7, "/惠东/Deccus001".to_owned()), (9, "a\nb".to_owned())]);
        let remembered = Remembered { up_to: 12, waiting };
        remembered.save(&world, data).unwrap();
        world.crash(|_| Keep::Nothing);
        assert_eq!(Remembered::load(&world, data).unwrap(), remembered);
        let path = path_in(data);
        let written = world.bytes(&path).unwrap();
        for at in 0..written.len() - 1 {
            let mut flipped = written.clone();
            flipped[at] ^= 1;
            world.set_bytes(&path, &flipped).unwrap();
            assert!(Remembered::load(&world, data).is_err(), "byte {at}");
            world.set_bytes(&path, &written[..at]).unwrap();
            assert!(Remembered::load(&world, data).is_err(), "cut at {at}");
        }
    }
}
