//! The two firms: one drops too much, the other a file a second, and waits for it.

use crate::kills::now;
use crate::office::workloads::{client_number, in_own_name, plain};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Folders of the firm that drops too much.
pub const CROWD: &str = "crowd";
/// Folders of the other one.
pub const LITTLE: &str = "little";

/// Numbers of the little firm begin here.
const LITTLE_FROM: u32 = 500_000_000;

/// Both firms.
pub struct Firms {
    dir: PathBuf,
    plain: String,
    n_crowd: u32,
    n_little: u32,
    /// What the little firm waits for.
    waiting: Vec<(String, Instant)>,
    /// How long it waited for each file.
    waited: Vec<Duration>,
    dropped: Option<Instant>,
}

/// Writes what the service is told.
pub fn configure(dir: &Path, port: u16) -> Result<()> {
    let folders = [CROWD, LITTLE].map(|it| format!("[[folders]]\nid = \"{it}\"\nroot = \"{it}\"\n"));
    let config = format!(
        "data = \"data\"\nlanguage = \"zh\"\nrescan = \"1 s\"\nthreads = 1\n[http]\nlisten = \"127.0.0.1:{port}\"\n{}",
        folders.concat()
    );
    Ok(std::fs::write(dir.join("clearance.toml"), config)?)
}

/// The names of the files in a box.
pub fn names(dir: &Path, firm: &str, of: &str) -> Result<Vec<String>> {
    let folder = folder(dir, firm).join(of);
    let entries = folder.read_dir().with_context(|| folder.display().to_string())?;
    entries.map(|it| Ok(it?.file_name().to_string_lossy().into_owned())).collect()
}

/// The number of the declaration in a file of this name.
pub fn number(name: &str) -> Option<String> {
    let digits = name.strip_suffix(".xml.zst")?;
    Some(client_number(digits.parse().ok()?))
}

fn folder(dir: &Path, firm: &str) -> PathBuf {
    dir.join(firm).join("Deccus001")
}

fn name(n: u32) -> String {
    format!("{n:09}.xml.zst")
}

impl Firms {
    pub fn new(dir: &Path) -> Result<Firms> {
        for firm in [CROWD, LITTLE] {
            std::fs::create_dir_all(folder(dir, firm).join("OutBox"))?;
        }
        std::fs::create_dir_all(dir.join("data/registers"))?;
        Ok(Firms {
            dir: dir.to_owned(),
            plain: plain()?,
            n_crowd: 0,
            n_little: 0,
            waiting: Vec::new(),
            waited: Vec::new(),
            dropped: None,
        })
    }

    /// Files the crowd has dropped.
    pub fn n_crowd(&self) -> u64 {
        self.n_crowd.into()
    }

    /// Files the little firm has dropped.
    pub fn n_little(&self) -> u64 {
        self.n_little.into()
    }

    /// One more file of the crowd.
    pub fn crowd_drops(&mut self) -> Result<()> {
        self.n_crowd += 1;
        self.drops(CROWD, self.n_crowd)
    }

    /// The little firm looks for what it waits for, and drops a file when the last one is so old.
    pub fn little_looks_and_drops(&mut self, pause: Duration) -> Result<()> {
        let sent = folder(&self.dir, LITTLE).join("SentBox");
        let (there, waiting) =
            std::mem::take(&mut self.waiting).into_iter().partition(|(name, _)| sent.join(name).exists());
        self.waiting = waiting;
        let there: Vec<(String, Instant)> = there;
        self.waited.extend(there.iter().map(|(_, since)| since.elapsed()));
        if self.dropped.is_none_or(|it| it.elapsed() >= pause) {
            let n = LITTLE_FROM + self.n_little;
            self.n_little += 1;
            self.drops(LITTLE, n)?;
            self.dropped = Some(now());
            self.waiting.push((name(n), now()));
        }
        Ok(())
    }

    /// The little firm waits for all it dropped.
    pub fn little_waits(&mut self, patience: Duration) -> Result<()> {
        let begun = now();
        while !self.waiting.is_empty() {
            ensure!(
                begun.elapsed() < patience,
                "after {patience:?} the little firm waits for {:?}",
                self.waiting
            );
            self.little_looks_and_drops(Duration::MAX)?;
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// So many of a hundred files of the little firm were acknowledged within this time.
    pub fn little_waited(&self, of_hundred: usize) -> Duration {
        let mut waited = self.waited.clone();
        waited.sort_unstable();
        let at = (waited.len() * of_hundred).div_ceil(100).max(1) - 1;
        waited.get(at).copied().unwrap_or(Duration::MAX)
    }

    /// Under a temporary name, then renamed.
    fn drops(&self, firm: &str, n: u32) -> Result<()> {
        let bytes = zstd::encode_all(in_own_name(&self.plain, n)?.as_bytes(), 1)?;
        let out_box = folder(&self.dir, firm).join("OutBox");
        std::fs::write(out_box.join("dropping.tmp"), bytes)?;
        Ok(std::fs::rename(out_box.join("dropping.tmp"), out_box.join(name(n)))?)
    }
}
