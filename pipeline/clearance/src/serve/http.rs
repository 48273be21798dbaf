//! Health, metrics and status over HTTP/1.1, for this machine: four pages to read and nothing to change.
//!
//! It has a thread and a runtime of its own and reads the meters, so that whoever asks, however much and however
//! slowly, takes nothing from the service but a few kilobytes (reliability P7, W5).

use super::health::{self, Bounds};
use super::meters::Meters;
use super::metrics;
use super::status::{Process, Status};
use crate::world::World;
use crate::world::process::Usage;
use axum::Router;
use axum::extract::State;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections served at once; others wait where the system lets them.
const CONNECTIONS_MAX: usize = 32;
/// Bytes of a request's head.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// Fields of a request's head.
const HEAD_FIELDS_MAX: usize = 64;
/// Time for a request's head to be there.
const HEAD_TIME_MAX: Duration = Duration::from_secs(5);
/// Time for a request and its answer, all in all.
const CONNECTION_TIME_MAX: Duration = Duration::from_secs(15);
/// Pause after the system would not give a connection, e.g. because files run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// What the pages are made of.
pub(super) struct Pages {
    /// What the service counts.
    pub meters: Arc<Meters>,
    /// For the clock alone.
    pub world: Arc<dyn World>,
    /// What the process takes of the machine.
    pub usage: fn() -> Option<Usage>,
    /// What the service is held to.
    pub bounds: Bounds,
}

impl Pages {
    /// What the service says of itself now.
    pub fn status(&self) -> Status {
        let process = (self.usage)().map(Process::from);
        Status { process, ..self.meters.status(self.world.now()) }
    }
}

/// Answers whoever asks, for ever.
pub(super) async fn serve(listener: TcpListener, pages: Arc<Pages>) {
    let router = router(pages);
    let free = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    while let Ok(permit) = Arc::clone(&free).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let router = router.clone();
                tokio::spawn(async move {
                    answer(stream, router).await;
                    drop(permit);
                });
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// One request, one answer. A connection that breaks or dawdles is nobody's business but its own.
async fn answer<S: AsyncRead + AsyncWrite + Unpin + 'static>(stream: S, router: Router) {
    let connection = http1::Builder::new()
        .keep_alive(false)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEAD_FIELDS_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let _over = tokio::time::timeout(CONNECTION_TIME_MAX, connection).await;
}

fn router(pages: Arc<Pages>) -> Router {
    Router::new()
        .route("/livez", get(livez))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .route("/status", get(status))
        .fallback(async || problem(StatusCode::NOT_FOUND, "there is no such page", json!({})))
        .method_not_allowed_fallback(async || {
            let told = problem(StatusCode::METHOD_NOT_ALLOWED, "this page can only be read", json!({}));
            ([(ALLOW, "GET, HEAD")], told).into_response()
        })
        .with_state(pages)
}

async fn livez(State(pages): State<Arc<Pages>>) -> Response {
    if health::is_alive(&pages.status(), &pages.bounds) {
        return page("text/plain; charset=utf-8", "alive\n".to_owned());
    }
    problem(StatusCode::SERVICE_UNAVAILABLE, "not alive", json!({}))
}

async fn readyz(State(pages): State<Arc<Pages>>) -> Response {
    let reasons = health::not_ready(&pages.status(), &pages.bounds);
    if reasons.is_empty() {
        return page("text/plain; charset=utf-8", "ready\n".to_owned());
    }
    problem(StatusCode::SERVICE_UNAVAILABLE, "not ready", json!({ "reasons": reasons }))
}

async fn metrics(State(pages): State<Arc<Pages>>) -> Response {
    page(metrics::CONTENT_TYPE, metrics::page(&pages.status()))
}

async fn status(State(pages): State<Arc<Pages>>) -> Response {
    match serde_json::to_string(&pages.status()) {
        Ok(text) => page("application/json", text + "\n"),
        Err(_) => problem(StatusCode::INTERNAL_SERVER_ERROR, "the status cannot be written", json!({})),
    }
}

fn page(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind)], COMMON, text).into_response()
}

/// An error after RFC 9457. It says nothing of paths, versions or inner workings (reliability W10).
fn problem(code: StatusCode, title: &str, more: Value) -> Response {
    let mut body = json!({ "type": "about:blank", "title": title, "status": code.as_u16() });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    (code, [(CONTENT_TYPE, "application/problem+json")], COMMON, format!("{body}\n")).into_response()
}

/// No answer is kept by anybody, nor taken for what it is not.
const COMMON: [(axum::http::HeaderName, HeaderValue); 2] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::tests::at;
    use crate::world::memory::Memory;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    fn pages() -> Arc<Pages> {
        let bounds = Bounds { waiting_max: Duration::from_secs(600), rescan: Duration::from_secs(5) };
        let meters = Arc::new(Meters::new(at(0)));
        Arc::new(Pages { meters, world: Arc::new(Memory::new()), usage: || None, bounds })
    }

    /// In a runtime whose clock stands still until everybody waits: what waits for ever would never end here.
    fn with_clock_in_hand<F: Future>(work: F) -> F::Output {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().start_paused(true).build().unwrap().block_on(work)
    }

    #[test]
    fn who_does_not_finish_the_head_is_cut_off() {
        with_clock_in_hand(async {
            let (mut client, server) = duplex(1 << 10);
            let begun = tokio::time::Instant::now();
            let served = tokio::spawn(answer(server, router(pages())));
            client.write_all(b"GET /metrics HTTP/1.1\r\nHost: ").await.unwrap();
            served.await.unwrap();
            assert_eq!(begun.elapsed().as_secs(), HEAD_TIME_MAX.as_secs());
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            assert!(!answer.starts_with(b"HTTP/1.1 200"));
        });
    }

    #[test]
    fn who_does_not_take_the_answer_is_cut_off() {
        with_clock_in_hand(async {
            let (mut client, server) = duplex(256);
            let begun = tokio::time::Instant::now();
            let served = tokio::spawn(answer(server, router(pages())));
            client.write_all(b"GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n").await.unwrap();
            served.await.unwrap();
            assert_eq!(begun.elapsed().as_secs(), CONNECTION_TIME_MAX.as_secs());
        });
    }
}
