//! The thread that publishes, and how it learns of heads.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::super::RecordError;
use super::super::journal::Head;
use super::Publisher;

/// The last durable head, told by who writes the books to who publishes it. Clones are the same.
#[derive(Clone)]
pub struct Durable {
    shared: Arc<Shared>,
}

struct Shared {
    told: Mutex<Told>,
    changed: Condvar,
}

#[derive(Clone, Copy)]
struct Told {
    head: Head,
    /// There will be no more.
    is_over: bool,
}

impl Default for Durable {
    fn default() -> Durable {
        let told = Mutex::new(Told { head: Head::EMPTY, is_over: false });
        Durable { shared: Arc::new(Shared { told, changed: Condvar::new() }) }
    }
}

impl Durable {
    /// Says that this head is durable. Waits for nobody.
    pub fn tell(&self, head: Head) {
        self.told().head = head;
        self.shared.changed.notify_one();
    }

    /// The last head told.
    pub fn head(&self) -> Head {
        self.told().head
    }

    fn end(&self) {
        self.told().is_over = true;
        self.shared.changed.notify_one();
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.shared.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a head is to be published, or there will be no more.
    fn wait(&self, publisher: &Publisher) -> Told {
        let mut told = self.told();
        loop {
            let due_in = publisher.due_in(told.head, publisher.world.now());
            let longest = match due_in.map(Duration::try_from) {
                _ if told.is_over => return *told,
                Some(Ok(Duration::ZERO)) => return *told,
                Some(Ok(longest)) => longest,
                Some(Err(_)) | None => Duration::MAX,
            };
            let changed = &self.shared.changed;
            told = match longest {
                Duration::MAX => changed.wait(told).unwrap_or_else(PoisonError::into_inner),
                longest => changed.wait_timeout(told, longest).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }
}

/// A publisher at work on its own thread. Closed or dropped, it publishes the last head and ends.
pub struct Beside {
    durable: Durable,
    thread: Option<JoinHandle<Result<(), RecordError>>>,
}

impl Beside {
    /// Begins to publish. `said` hears how each attempt came out.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn begin(
        publisher: Publisher,
        mut said: impl FnMut(&Result<(), RecordError>) + Send + 'static,
    ) -> io::Result<Beside> {
        let durable = Durable::default();
        let heard = durable.clone();
        let attend = move || attend(publisher, &heard, &mut said);
        let thread = std::thread::Builder::new().name("heads".to_owned()).spawn(attend)?;
        Ok(Beside { durable, thread: Some(thread) })
    }

    /// Where heads are told.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }

    /// Publishes the last head told and ends; how that came out.
    pub fn close(mut self) -> Result<(), RecordError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), RecordError> {
        self.durable.end();
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap_or(Ok(())))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Whoever wants to know closes it.
        let _told_already = self.end();
    }
}

fn attend(
    mut publisher: Publisher,
    durable: &Durable,
    said: &mut impl FnMut(&Result<(), RecordError>),
) -> Result<(), RecordError> {
    loop {
        let told = durable.wait(&publisher);
        let published = publisher.publish(told.head);
        said(&published);
        if told.is_over {
            return published;
        }
    }
}
