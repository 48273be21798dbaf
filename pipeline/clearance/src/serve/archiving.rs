//! What is old goes to the archive beside the service: at its start and once a day, on a thread of its own.
//!
//! No turn waits for it. What it moves stays readable at every moment, here or there.

use super::config::Retention;
use super::log::{Level, Log};
use super::meters::Meters;
use crate::archive;
use crate::record::RecordError;
use crate::record::archive::Moved;
use crate::world::World;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// Ages are counted in days.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// An archiver at work. Closed or dropped, it finishes the piece in its hands and ends.
pub struct Archiving {
    stop: Arc<AtomicBool>,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the archiver works with.
struct Archiver {
    world: Arc<dyn World>,
    data: PathBuf,
    retention: Retention,
    meters: Arc<Meters>,
    log: Arc<Log>,
}

impl Archiving {
    /// Begins to archive a data folder that the caller has opened.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn begin(
        world: &Arc<dyn World>,
        data: PathBuf,
        retention: Retention,
        meters: &Arc<Meters>,
        log: &Arc<Log>,
    ) -> io::Result<Archiving> {
        let (world, meters, log) = (Arc::clone(world), Arc::clone(meters), Arc::clone(log));
        let archiver = Archiver { world, data, retention, meters, log };
        let stop = Arc::new(AtomicBool::new(false));
        let (heard, (end, ended)) = (Arc::clone(&stop), mpsc::channel());
        let attend = move || archiver.attend(&heard, &ended);
        let thread = std::thread::Builder::new().name("archive".to_owned()).spawn(attend)?;
        Ok(Archiving { stop, end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Archiving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        drop(self.end.take());
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

impl Archiver {
    fn attend(&self, stop: &AtomicBool, ended: &Receiver<()>) {
        loop {
            let Retention { archive, ages } = &self.retention;
            self.tell(archive::beside(&self.world, &self.data, archive, *ages, stop));
            if ended.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn tell(&self, moved: Result<Moved, RecordError>) {
        let now = self.world.now();
        match moved {
            Ok(moved) => {
                let counts = [moved.n_segments, moved.n_inputs, moved.n_bytes].map(|it| it.to_string());
                let values = [("segments", &*counts[0]), ("inputs", &counts[1]), ("bytes", &counts[2])];
                self.log.say(now, Level::Info, "archived", &values);
                for path in moved.damaged {
                    self.trouble("evidence-damaged", &path.display().to_string());
                }
            }
            Err(error) => self.trouble("cannot-archive", &error.to_string()),
        }
    }

    fn trouble(&self, code: &'static str, said: &str) {
        let now = self.world.now();
        self.meters.trouble(now, code, "", said);
        self.log.say(now, Level::Warning, code, &[("system", said)]);
    }
}
