//! What the machine and the pages of the service say while it works.

use anyhow::{Context, Result, ensure};
use clearance::serve::status::{Bound, Status};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What was seen, and the worst of it.
pub struct Asked {
    port: u16,
    /// Files taken by services that are gone, and by this one.
    n_taken: (u64, u64),
    pub resident_bytes: u64,
    pub resident_bytes_max: u64,
    pub n_open_files: u64,
    pub n_open_files_max: u64,
    /// 99 of 100 turns took no longer.
    pub turn_p99: Option<Duration>,
    pub n_looks: u64,
    /// Looks at which `/readyz` said that there is a backlog.
    pub n_later: u64,
}

/// A page that does not come within this time holds nobody up but its reader.
const PAGE_TIME_MAX: Duration = Duration::from_secs(5);

/// A port that nobody has now.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl Asked {
    pub fn at(port: u16) -> Asked {
        Asked {
            port,
            n_taken: (0, 0),
            resident_bytes: 0,
            resident_bytes_max: 0,
            n_open_files: 0,
            n_open_files_max: 0,
            turn_p99: None,
            n_looks: 0,
            n_later: 0,
        }
    }

    /// Files taken so far.
    pub fn n_taken(&self) -> u64 {
        self.n_taken.0 + self.n_taken.1
    }

    /// The service was killed: the next one counts from nothing.
    pub fn is_gone(&mut self) {
        self.n_taken = (self.n_taken(), 0);
    }

    /// Looks at the process, and asks for its pages once they are there.
    pub fn look(&mut self, process: u32) -> Result<()> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        self.resident_bytes = kilobytes << 10;
        self.resident_bytes_max = self.resident_bytes_max.max(self.resident_bytes);
        self.n_open_files = std::fs::read_dir(format!("/proc/{process}/fd"))?.count() as u64;
        self.n_open_files_max = self.n_open_files_max.max(self.n_open_files);
        // It opens its books first.
        let Ok((_, page)) = self.get("/status") else { return Ok(()) };
        let status: Status = serde_json::from_str(&page).context("/status")?;
        self.n_taken.1 = status.submissions;
        self.turn_p99 = status.turn.quantile(990).map(|it| match it {
            Bound::Within { micros } => Duration::from_micros(micros),
            Bound::Beyond { .. } => Duration::MAX,
        });
        let (code, reasons) = self.get("/readyz")?;
        self.n_looks += 1;
        let is_later = reasons.contains("\"backlog\"");
        ensure!(!is_later || code == 503, "a backlog, and {code}");
        self.n_later += u64::from(is_later);
        Ok(())
    }

    /// The code and the body of a page.
    fn get(&self, page: &str) -> Result<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PAGE_TIME_MAX))?;
        let request =
            format!("GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("half an answer")?;
        let code = head.split(' ').nth(1).context("no code")?.parse()?;
        Ok((code, body.to_owned()))
    }
}
