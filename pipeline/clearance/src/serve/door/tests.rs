//! The door as a stranger on a socket finds it.

use super::*;
use crate::serve::config::load;
use crate::serve::metrics;
use crate::serve::status::tests::at;
use crate::serve::status::{Process, Queue, Registers, State, Status};
use crate::world::memory::Memory;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

struct Opened {
    door: Door,
    meters: Arc<Meters>,
    world: Memory,
}

fn open() -> Opened {
    let world = Memory::new();
    world.set_now(at(0));
    let text = b"data = \"/d\"\nhttp.listen = \"127.0.0.1:0\"\n[[folders]]\nroot = \"/a\"\n";
    world.create(Path::new("/c.toml")).unwrap().append(text).unwrap();
    let config = load(&world, Path::new("/c.toml")).unwrap();
    let meters = Arc::new(Meters::new(at(0)));
    let door = Door::open(&config, Arc::clone(&meters), Arc::new(world.clone())).unwrap();
    Opened { door, meters, world }
}

impl Opened {
    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.door.address().unwrap()).unwrap()
    }

    /// Sends bytes and reads all that comes back.
    fn say(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> (String, String) {
        let answer = self.say(&format!("GET {path} HTTP/1.1\r\nHost: here\r\n\r\n"));
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase(), body.to_owned())
    }
}

#[test]
fn a_service_is_ready_when_it_says_so_and_as_long_as_nothing_waits_too_long() {
    let it = open();
    let not_ready = |reasons: &str| {
        format!(
            "{{\"reasons\":[{reasons}],\"status\":503,\"title\":\"not ready\",\"type\":\"about:blank\"}}\n"
        )
    };
    let (head, body) = it.get("/readyz");
    assert!(head.starts_with("http/1.1 503 "), "{head}");
    assert!(head.contains("content-type: application/problem+json"), "{head}");
    assert_eq!(body, not_ready("{\"reason\":\"starting\"}"));
    it.meters.state(State::Ready);
    let (head, body) = it.get("/readyz");
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    assert_eq!(body, "ready\n");
    it.meters.queues(vec![Queue {
        folders: "a".to_owned(),
        business: "CooImp".to_owned(),
        n_files: 1,
        n_bytes: 9,
        oldest_millis: 601_000,
        trouble: None,
    }]);
    it.meters.registers(Registers::Stale { since: at(0) });
    it.meters.state(State::Draining);
    let waiting =
        "{\"business\":\"CooImp\",\"folders\":\"a\",\"reason\":\"waiting-too-long\",\"seconds\":601}";
    let (_, body) = it.get("/readyz");
    assert_eq!(
        body,
        not_ready(&format!("{{\"reason\":\"draining\"}},{waiting},{{\"reason\":\"registers-stale\"}}"))
    );
}

#[test]
fn a_service_is_alive_until_it_has_stopped_or_is_stuck() {
    let it = open();
    it.meters.state(State::Ready);
    assert_eq!(it.get("/livez").1, "alive\n");
    it.world.set_now(at(3_600));
    assert!(it.get("/livez").0.starts_with("http/1.1 503 "));
    it.meters.alive(at(3_600));
    assert_eq!(it.get("/livez").1, "alive\n");
    it.meters.state(State::Stopped { reason: "sync-failed".to_owned() });
    assert!(it.get("/livez").0.starts_with("http/1.1 503 "));
}

#[test]
fn metrics_and_status_say_what_was_counted() {
    let it = open();
    it.meters.answers(7);
    it.world.set_now(at(3));
    let status = it.meters.status(at(3));
    // What the process takes of the machine is another at each look.
    let is_steady = |line: &&str| !line.starts_with("process_");
    let steady = |page: &str| page.lines().filter(is_steady).map(str::to_owned).collect::<Vec<String>>();
    let (head, body) = it.get("/metrics");
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"), "{head}");
    let process = Some(Process { resident_bytes: 1, n_open_files: 1 });
    assert_eq!(steady(&body), steady(&metrics::page(&Status { process, ..status.clone() })));
    let (head, body) = it.get("/status");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    let told = serde_json::from_str::<Status>(&body).unwrap();
    assert!(told.process.as_ref().is_some_and(|it| it.n_open_files > 2), "{body}");
    assert_eq!(Status { process: None, ..told }, status);
}

#[test]
fn there_are_four_pages_and_they_are_read_only() {
    let it = open();
    for path in ["/", "/metrics/", "/status/../livez", "/%2e%2e", "/LIVEZ"] {
        let (head, body) = it.get(path);
        assert!(head.starts_with("http/1.1 404 "), "{path}: {head}");
        assert!(head.contains("content-type: application/problem+json"), "{head}");
        assert_eq!(body, "{\"status\":404,\"title\":\"there is no such page\",\"type\":\"about:blank\"}\n");
    }
    let answer =
        it.say("POST /metrics HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nabc").to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 405 "), "{answer}");
    assert!(answer.contains("\r\nallow: get, head\r\n"), "{answer}");
    let answer = it.say("HEAD /livez HTTP/1.1\r\nHost: here\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\n"), "{answer}");
}

/// A head at its bound is read, one beyond is refused, and so is what is no request.
#[test]
fn what_is_too_long_or_no_request_is_refused() {
    let it = open();
    let with = |n: usize| format!("GET /metrics HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(n));
    assert!(it.say(&with(15_000)).starts_with("HTTP/1.1 200 "));
    assert!(it.say(&with(17_000)).starts_with("HTTP/1.1 431 "));
    let fields = |n: usize| format!("GET /metrics HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(n));
    assert!(it.say(&fields(64)).starts_with("HTTP/1.1 200 "));
    assert!(it.say(&fields(65)).starts_with("HTTP/1.1 431 "));
    assert!(it.say("\u{1}\u{2}\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

/// Whoever connects and says nothing takes a place, not the page from others.
#[test]
fn the_silent_do_not_keep_others_out() {
    let it = open();
    let silent: Vec<TcpStream> = (0..31).map(|_| it.connect()).collect();
    assert_eq!(it.get("/livez").1, "alive\n");
    drop(silent);
}

#[test]
fn a_closed_door_answers_nobody() {
    let it = open();
    let address = it.door.address().unwrap();
    it.door.close();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn an_address_that_is_taken_is_an_error() {
    let it = open();
    let world = it.world.clone();
    let text = format!(
        "data = \"/d\"\nhttp.listen = \"{}\"\n[[folders]]\nroot = \"/a\"\n",
        it.door.address().unwrap()
    );
    world.create(Path::new("/c.toml")).unwrap().append(text.as_bytes()).unwrap();
    let config = load(&world, Path::new("/c.toml")).unwrap();
    let refused = Door::open(&config, Arc::clone(&it.meters), Arc::new(world.clone())).err().unwrap();
    assert_eq!(refused.kind(), io::ErrorKind::AddrInUse);
    // Without HTTP there is nothing to take.
    let closed = Config { http: None, ..config };
    assert_eq!(Door::open(&closed, it.meters, Arc::new(world)).unwrap().address(), None);
}
