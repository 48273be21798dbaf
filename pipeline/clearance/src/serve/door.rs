//! The door of a running service: pages over HTTP, and what its supervisor is told. One thread beside the service,
//! which it cannot hold up.

use super::config::Config;
use super::health::Bounds;
use super::http::{self, Pages};
use super::meters::Meters;
use super::supervisor::{self, Systemd};
use crate::world::{World, process};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Bound on the wait of the oldest file where no page tells it.
const WAITING_MAX: Duration = Duration::MAX;
/// Time for the last answers, and for a supervisor to hear of the end, when the door closes.
const FAREWELL: Duration = Duration::from_millis(500);

/// An open door. Dropped or closed, it answers no more.
pub struct Door {
    address: Option<SocketAddr>,
    close: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Door {
    /// Opens the door a configuration asks for. Where it asks for no HTTP, only the supervisor is told.
    ///
    /// # Errors
    /// When the address is taken, or the system gives no thread.
    pub fn open(config: &Config, meters: Arc<Meters>, world: Arc<dyn World>) -> io::Result<Door> {
        let waiting_max = config.http.map_or(WAITING_MAX, |http| http.waiting_max);
        let bounds = Bounds { waiting_max, rescan: config.rescan };
        let listener = config.http.map(|http| TcpListener::bind(http.listen)).transpose()?;
        let address = listener.as_ref().map(TcpListener::local_addr).transpose()?;
        listener.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (close, closed) = oneshot::channel();
        let pages = Arc::new(Pages { meters, world, usage: process::usage, bounds });
        let thread = std::thread::Builder::new().name("door".to_owned()).spawn(move || {
            runtime.block_on(stand_open(listener, pages, closed));
            runtime.shutdown_background();
        })?;
        Ok(Door { address, close: Some(close), thread: Some(thread) })
    }

    /// Where it listens: the port the system gave, when it was asked for a free one.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// Closes the door, after a moment for who is being answered and for the supervisor to hear of the end.
    pub fn close(mut self) {
        self.shut();
    }

    fn shut(&mut self) {
        // When the thread is gone already, there is nobody to tell.
        let _told = self.close.take().map(|close| close.send(()));
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.shut();
    }
}

async fn stand_open(listener: Option<TcpListener>, pages: Arc<Pages>, closed: oneshot::Receiver<()>) {
    tokio::spawn(supervisor::tell(Arc::clone(&pages), Systemd));
    if let Some(listener) = listener.and_then(|it| tokio::net::TcpListener::from_std(it).ok()) {
        tokio::spawn(http::serve(listener, pages));
    }
    // A sender that is dropped closes the door as well.
    let _closed = closed.await;
    tokio::time::sleep(FAREWELL).await;
}

#[cfg(test)]
mod tests;
