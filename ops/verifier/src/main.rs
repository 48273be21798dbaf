//! `journal-verifier FOLDER [--archive FOLDER] [--heads FILE] [INDEX:HASH…]`: a journal verified by whoever has a copy of it, without the program
//! that wrote it.
//!
//! Exit code 0: whole; 1: whole up to an unfinished end; 3: damaged, or not to be read; 2: asked wrongly.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::process::ExitCode;
use verifier::{End, Folder, Head, en, passed_over_en, published, verify, verify_joined};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).peekable();
    let Some(folder) = arguments.next() else {
        return told("usage: journal-verifier FOLDER [--archive FOLDER] [--heads FILE] [INDEX:HASH…]", 2);
    };
    let is_archived = arguments.next_if(|it| it == "--archive").is_some();
    let archive = if is_archived { arguments.next() } else { None };
    let heads = match heads(arguments) {
        Ok(heads) => heads,
        Err(why) => return told(&why, 2),
    };
    let mut here = OnDisk { path: folder.into(), open: None };
    let verdict = match archive {
        None => verify(&mut here, &heads),
        Some(archive) => verify_joined(&mut OnDisk { path: archive.into(), open: None }, &mut here, &heads),
    };
    match verdict {
        Err(error) => told(&error.to_string(), 3),
        Ok(verdict) => {
            print!("{}", en(&verdict));
            ExitCode::from(match verdict.end {
                End::Whole => 0,
                End::Unfinished(_) => 1,
                End::Damaged(_) => 3,
            })
        }
    }
}

/// The heads that are asked for, one by one or in files.
fn heads(mut arguments: impl Iterator<Item = OsString>) -> Result<Vec<Head>, String> {
    let mut heads = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument != "--heads" {
            heads.push(argument.to_string_lossy().parse()?);
            continue;
        }
        let file = arguments.next().ok_or("--heads takes a file")?;
        let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let published = published(&bytes);
        if let Some(said) = passed_over_en(&published) {
            eprint!("journal-verifier: {said}");
        }
        if published.heads.is_empty() {
            return Err(format!("{}: there is no head in it", file.display()));
        }
        heads.extend(published.heads);
    }
    Ok(heads)
}

fn told(what: &str, code: u8) -> ExitCode {
    eprintln!("journal-verifier: {what}");
    ExitCode::from(code)
}

/// A folder of this machine.
struct OnDisk {
    path: PathBuf,
    /// The file read last.
    open: Option<(String, File)>,
}

impl Folder for OnDisk {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let mut files = Vec::new();
        for entry in self.path.read_dir()? {
            let entry = entry?;
            let about = entry.metadata()?;
            if let (true, Some(name)) = (about.is_file(), entry.file_name().to_str()) {
                files.push((name.to_owned(), about.len()));
            }
        }
        Ok(files)
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        if self.open.as_ref().is_none_or(|(open, _)| open != name) {
            self.open = Some((name.to_owned(), File::open(self.path.join(name))?));
        }
        self.open.as_ref().map_or(Ok(()), |(_, file)| file.read_exact_at(into, offset))
    }
}
