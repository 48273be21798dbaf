//! What this process takes of the machine, as the machine counts it.
//!
//! Not part of [`World`](super::World): nothing is decided by it, it is only told.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files and the clock come in")]

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a process takes of its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Bytes of memory that are resident.
    pub resident_bytes: u64,
    /// Open files, connections among them.
    pub n_open_files: u64,
}

/// What this process takes now; `None` where the machine does not tell.
pub fn usage() -> Option<Usage> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    // One of them is the folder that is being read.
    let n_open_files = fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1) as u64;
    Some(Usage { resident_bytes: resident_bytes(&status)?, n_open_files })
}

/// What a process said and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Its exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub told: String,
    /// What it wrote to standard error.
    pub said: String,
}

/// Runs this program again, as a process of its own, to its end.
pub fn again(arguments: &[OsString], variable: Option<(&str, &str)>) -> io::Result<Ran> {
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .envs(variable)
        .stdin(Stdio::null())
        .output()?;
    let [told, said] =
        [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).trim().to_owned());
    Ok(Ran { code: output.status.code(), told, said })
}

/// Removes a folder of ours with all that lies in it.
pub fn remove_tree(dir: &Path) -> io::Result<()> {
    fs::remove_dir_all(dir)
}

/// Cores this process may use.
pub fn n_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The most memory of this process that was ever resident, in bytes; `None` where the machine does not tell.
pub fn resident_max_bytes() -> Option<u64> {
    bytes_of(&fs::read_to_string("/proc/self/status").ok()?, "VmHWM:")
}

fn resident_bytes(status: &str) -> Option<u64> {
    bytes_of(status, "VmRSS:")
}

/// A line like `VmRSS:     4711 kB`.
fn bytes_of(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1 << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_counts_in_kilobytes() {
        assert_eq!(resident_bytes("Name:\tclearance\nVmRSS:\t    4711 kB\nThreads:\t1\n"), Some(4_824_064));
        assert_eq!(resident_bytes("Name:\tclearance\n"), None);
        assert_eq!(resident_bytes("VmRSS:\tmuch\n"), None);
        assert_eq!(bytes_of("VmHWM:\t 2 kB\nVmRSS:\t 1 kB\n", "VmHWM:"), Some(2_048));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_open_file_is_counted() {
        // Other tests open and close files meanwhile: so many more cannot be theirs.
        let before = usage().unwrap();
        let held: Vec<fs::File> = (0..200).map(|_| fs::File::open("/proc/self/status").unwrap()).collect();
        let with_them = usage().unwrap();
        assert!(with_them.n_open_files >= before.n_open_files + 100, "{before:?} {with_them:?}");
        assert!(with_them.resident_bytes > 1 << 20);
        drop(held);
    }
}
