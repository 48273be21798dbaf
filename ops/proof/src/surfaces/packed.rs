//! Messages put into every container there is: what comes out is what went in.
//!
//! The first byte says which container and how the rest is packed. Mutants of the packed bytes themselves are the business
//! of `decode`; here the packing is always right, so that the fuzzer gets past the checksums.

use super::Surface;
use crate::bases::{self, Base};
use crate::reading::{Piece, pieces};
use anyhow::Result;
use model::limits::Limits;
use std::io::{Cursor, Write};
use std::path::Path;

pub(super) const SURFACE: Surface =
    Surface { name: "packed", takes: "an input inside zstd, tar or ZIP", run, seeds, cost: 60 };

fn run(bytes: &[u8]) {
    let Some((&how, inside)) = bytes.split_first() else { return };
    let limits = Limits::default();
    let bare = pieces(inside, &limits).expect("memory can be read");
    let packed = pack(how, inside).expect("packing into memory does not fail");
    let unpacked = pieces(&packed, &limits).expect("memory can be read");
    assert!(!unpacked.is_empty(), "an input without an outcome");
    // What is itself packed is not unpacked twice; tar and ZIP hold nothing that is empty, and stop at a ratio.
    let is_plain = !is_container(inside) && bare.iter().all(|it| it.namespaces.is_none());
    if is_plain && how % 4 == 0 && !inside.is_empty() {
        let told = |pieces: &[Piece]| -> Vec<String> {
            pieces.iter().map(|it| format!("{:?}", it.verdict)).collect()
        };
        assert_eq!(told(&unpacked), told(&bare), "zstd changes what is in it");
    }
}

fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x28\xB5\x2F\xFD")
        || bytes.starts_with(b"PK")
        || bytes.get(1..4) == Some(b"\x2A\x4D\x18")
        || bytes.get(257..262) == Some(b"ustar")
}

/// Packed as the byte says.
fn pack(how: u8, inside: &[u8]) -> Result<Vec<u8>> {
    Ok(match how % 4 {
        0 => zstd::encode_all(Cursor::new(inside), i32::from(how / 4 % 4))?,
        1 => tar(inside)?,
        2 => zip(inside, how >= 128)?,
        _ => zstd::encode_all(Cursor::new(tar(inside)?), 1)?,
    })
}

fn tar(inside: &[u8]) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(inside.len() as u64);
    header.set_mode(0o644);
    tar.append_data(&mut header, "a.xml", inside)?;
    Ok(tar.into_inner()?)
}

fn zip(inside: &[u8], is_stored: bool) -> Result<Vec<u8>> {
    let method = if is_stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.xml", options)?;
    zip.write_all(inside)?;
    Ok(zip.finish()?.into_inner())
}

/// These bytes in every container.
pub(super) fn containers(inside: &[u8]) -> Result<Vec<Base>> {
    let names = [(0, "zstd"), (1, "tar"), (2, "zip"), (130, "stored zip"), (3, "tar under zstd")];
    names
        .iter()
        .map(|(how, name)| Ok(Base { name: (*name).to_owned(), bytes: pack(*how, inside)? }))
        .collect()
}

fn seeds(root: &Path) -> Result<Vec<Base>> {
    let bases = bases::all(root)?;
    let with_first = |(at, base): (usize, Base)| {
        let how = [0, 1, 2, 130, 3, 4, 8, 12][at % 8];
        Base { name: base.name, bytes: [&[how], &base.bytes[..]].concat() }
    };
    Ok(bases.into_iter().enumerate().map(with_first).collect())
}
