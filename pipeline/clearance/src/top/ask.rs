//! Asking a service for its status: one GET over HTTP/1.1 on a connection of its own.
//!
//! Plain HTTP to an address or a name with a port, as a service on this machine or behind a tunnel has it. An answer is
//! read as long as it comes, at most so much, and taken when it is 200 with a length or until the end of the
//! connection. There are no redirects, no proxies, no encryption and no chunks: `serve` sends none of them.

use crate::serve::status::Status;
use model::finding::Language;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::str::FromStr;
use std::time::Duration;

/// Time for each step: to connect, and between two pieces of the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer: a few thousand folders fit.
const ANSWER_BYTES_MAX: u64 = 4 << 20;

/// Where a service listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Host and port.
    authority: String,
}

/// Why there is no status.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nobody answered, or not in time.
    #[error("{place}: no answer: {source}")]
    Silent {
        /// Who was asked.
        place: String,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody answered, but not with a status.
    #[error("{place}: answered, but not as a `serve` of this version does")]
    Strange {
        /// Who was asked.
        place: String,
    },
}

impl AskError {
    /// The error as a sentence.
    pub fn in_language(&self, language: Language) -> String {
        match (self, language) {
            (AskError::Silent { place, source }, Language::Zh) => format!("{place}：没有应答：{source}"),
            (AskError::Strange { place }, Language::Zh) => format!("{place}：有应答，但不是本版本的 serve"),
            (_, Language::En) => self.to_string(),
        }
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(url: &str) -> Result<Place, String> {
        let told = || format!("`{url}` is no address like http://127.0.0.1:9090; only plain HTTP is spoken");
        let authority = url.strip_prefix("http://").ok_or_else(told)?;
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let port = authority.rsplit_once(':').and_then(|(host, port)| (!host.is_empty()).then_some(port));
        let is_plain =
            authority.chars().all(|it| it.is_ascii_graphic() && !matches!(it, '/' | '?' | '#' | '@'));
        let is_port = port.is_some_and(|port| port.parse::<u16>().is_ok());
        if is_plain && is_port { Ok(Place { authority: authority.to_owned() }) } else { Err(told()) }
    }
}

/// Asks once.
pub fn ask(place: &Place) -> Result<Status, AskError> {
    let name = || place.authority.clone();
    let answer = fetch(&place.authority).map_err(|source| AskError::Silent { place: name(), source })?;
    status(&answer).ok_or_else(|| AskError::Strange { place: name() })
}

fn fetch(authority: &str) -> io::Result<Vec<u8>> {
    let mut stream = connect(authority)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /status HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    Ok(answer)
}

/// The first address of a name that takes the connection.
fn connect(authority: &str) -> io::Result<TcpStream> {
    let mut refused = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in authority.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn status(answer: &[u8]) -> Option<Status> {
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = str::from_utf8(&answer[..end]).ok()?;
    let mut words = head.lines().next()?.split(' ');
    let is_ours = words.next()?.starts_with("HTTP/1.") && words.next()? == "200";
    is_ours.then(|| serde_json::from_slice(&answer[end + 4..]).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::tests::sample;

    #[test]
    fn a_place_is_plain_http_with_a_port() {
        for good in ["http://127.0.0.1:9090", "http://127.0.0.1:9090/", "http://[::1]:80", "http://desk:1"] {
            assert!(good.parse::<Place>().is_ok(), "{good}");
        }
        for bad in [
            "https://127.0.0.1:9090",
            "127.0.0.1:9090",
            "http://127.0.0.1",
            "http://:9090",
            "http://a:b",
            "http://a:99999",
            "http://a:1/status",
            "http://u@a:1",
            "http://a b:1",
            "http://a\r\nX:1",
        ] {
            assert!(bad.parse::<Place>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_answer_is_a_status_or_it_is_strange() {
        let body = serde_json::to_string(&sample()).unwrap();
        let answer = |head: &str| format!("{head}\r\nContent-Type: x\r\n\r\n{body}").into_bytes();
        assert_eq!(status(&answer("HTTP/1.1 200 OK")), Some(sample()));
        assert_eq!(status(&answer("HTTP/1.1 404 Not Found")), None);
        assert_eq!(status(&answer("SSH-2.0 200")), None);
        assert_eq!(status(b"HTTP/1.1 200 OK\r\n\r\n{}"), None);
        assert_eq!(status(b"HTTP/1.1 200 OK"), None);
        assert_eq!(status(b""), None);
        assert_eq!(status(b"HTTP/1.1 200\xff\r\n\r\n{}"), None);
    }
}
