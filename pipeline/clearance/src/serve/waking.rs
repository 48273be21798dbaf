//! What wakes a service up: file events, the time of a rescan, and the signals of its operator.
//!
//! The only module that names `notify`. An event says nothing but that it is time to look: a share that sends none is looked
//! at all the same, only later.

use crate::world::World;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What an operator asked for.
#[derive(Default)]
struct Asked {
    stop: AtomicBool,
    reload: AtomicBool,
}

/// Waits for whatever comes first.
pub(super) struct Waking {
    asked: Arc<Asked>,
    wake: SyncSender<()>,
    woken: Receiver<()>,
    /// None where the system gives no events.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
}

impl Waking {
    /// Begins to listen for signals. SIGTERM and SIGINT ask to stop, SIGHUP to reload.
    pub fn listen() -> io::Result<Waking> {
        let (wake, woken) = sync_channel(1);
        let asked: Arc<Asked> = Arc::default();
        let waker = wake.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if is_news(&event) {
                poke(&waker);
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let signals = runtime.block_on(async { Signals::listen() })?;
        let (heard, waker) = (Arc::clone(&asked), wake.clone());
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || runtime.block_on(signals.hear(&heard, &waker)))?;
        Ok(Waking { asked, wake, woken, watcher: watcher.ok(), watched: BTreeSet::new() })
    }

    /// Has events of these folders sent, too. Those that cannot be watched are looked at in time.
    pub fn watch(&mut self, world: &dyn World, folders: impl Iterator<Item = PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in folders {
            let is_new = !self.watched.contains(&folder) && world.exists(&folder).unwrap_or(false);
            if is_new && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(folder);
                // What came between the last look and now has sent no event.
                poke(&self.wake);
            }
        }
    }

    /// The service is asked to stop.
    pub fn is_to_stop(&self) -> bool {
        self.asked.stop.load(Ordering::Relaxed)
    }

    /// The service is asked to reload: once for each time it is asked.
    pub fn is_to_reload(&self) -> bool {
        self.asked.reload.swap(false, Ordering::Relaxed)
    }

    /// Waits until something happens, at most so long.
    pub fn wait(&self, longest: Duration) {
        let _either_way = self.woken.recv_timeout(longest);
    }
}

/// Whether there may be something new. That somebody looked is none: it would be our own look, for ever.
fn is_news(event: &notify::Result<Event>) -> bool {
    event.as_ref().map_or(true, |event| !event.kind.is_access())
}

/// One waking is as good as many: what does not fit is not missed.
fn poke(wake: &SyncSender<()>) {
    let _woken_or_awake = wake.try_send(());
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn listen() -> io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn hear(mut self, asked: &Asked, wake: &SyncSender<()>) {
        loop {
            let heard = tokio::select! {
                _ = self.terminate.recv() => &asked.stop,
                _ = self.interrupt.recv() => &asked.stop,
                _ = self.hang_up.recv() => &asked.reload,
            };
            heard.store(true, Ordering::Relaxed);
            poke(wake);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::EventKind;
    use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};

    #[test]
    fn looking_is_no_news() {
        let news = |kind| is_news(&Ok(Event::new(kind)));
        assert!(!news(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(!news(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(news(EventKind::Modify(ModifyKind::Name(RenameMode::To))));
        assert!(news(EventKind::Create(CreateKind::File)));
        // What was missed is unknown.
        assert!(is_news(&Err(notify::Error::generic("overflow"))));
    }
}
