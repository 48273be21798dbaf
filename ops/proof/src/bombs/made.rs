//! The bombs, and what makes them.

use super::Bomb;
use crate::mutate::Random;
use anyhow::{Context, Result};
use fixtures::generate::{Plan, Shape, Size, write_folder};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const MIB: u64 = 1 << 20;
/// Blocks of 64 KiB that stay below the gibibyte from which the ratio of a zstd stream is judged.
const BLOCKS_BEFORE_RATIO: u64 = 16_000;

pub(super) static BOMBS: &[Bomb] = &[
    Bomb {
        name: "a value without end under zstd",
        make: |folder, mib| {
            zstd(
                folder,
                &[(b"<DecMessage><A>", 1), (&[b'a'; 1 << 16], (mib * 16 * 16).min(BLOCKS_BEFORE_RATIO))],
            )
        },
        comes_to: &[("refused", Some(1)), ("MSG-010", Some(1))],
    },
    Bomb {
        name: "a value that unpacks to more than a thousand times its size",
        make: |folder, _| {
            zstd(folder, &[(b"<DecMessage><A>", 1), (&[b'a'; 1 << 16], BLOCKS_BEFORE_RATIO + MIB / 1_000)])
        },
        comes_to: &[("refused", Some(1)), ("MSG-004", Some(1))],
    },
    Bomb {
        name: "white space without end under zstd",
        make: |folder, mib| {
            let n = (mib * 16 * 16).min(BLOCKS_BEFORE_RATIO);
            zstd(folder, &[(b"<DecMessage/>", 1), (&[b' '; 1 << 16], n), (b"<DecMessage/>", 1)])
        },
        comes_to: &[("refused", Some(0))],
    },
    Bomb {
        name: "a tag without end",
        make: |folder, mib| plain(folder, &[(b"<DecMessage a='", 1), (&[b'a'; 1 << 16], mib * 16)]),
        comes_to: &[("refused", Some(1))],
    },
    Bomb {
        name: "a comment without end",
        make: |folder, mib| plain(folder, &[(b"<DecMessage><!--", 1), (&[b'a'; 1 << 16], mib * 16)]),
        comes_to: &[("refused", Some(1))],
    },
    Bomb {
        name: "a section without end in a wrapper",
        make: |folder, mib| {
            plain(folder, &[(b"<w><DecMessage><A><![CDATA[", 1), (&[b'<'; 1 << 16], mib * 16)])
        },
        comes_to: &[("refused", Some(1))],
    },
    Bomb {
        name: "elements nested without end",
        make: |folder, mib| plain(folder, &[(b"<DecMessage>", 1), (b"<a>", mib * MIB / 3)]),
        comes_to: &[("refused", Some(1))],
    },
    Bomb {
        name: "elements nested as far as a document reaches, and closed",
        make: |folder, mib| {
            let n = (mib * MIB / 8).min(MIB);
            plain(folder, &[(b"<DecMessage>", 1), (b"<a>", n), (b"</a>", n), (b"</DecMessage>", 1)])
        },
        comes_to: &[("refused", Some(1)), ("MSG-010", Some(1))],
    },
    Bomb {
        name: "attributes",
        make: |folder, _| plain(folder, &[(b"<DecMessage", 1), (b" a=''", MIB), (b"/>", 1)]),
        comes_to: &[("refused", Some(1)), ("MSG-010", Some(1))],
    },
    Bomb { name: "namespaces bound in a wrapper", make: |folder, _| bindings(folder), comes_to: &[] },
    Bomb {
        name: "elements nobody knows",
        make: |folder, mib| {
            let n = (mib * 250_000).min(2_000_000);
            plain(folder, &[(b"<DecMessage><DecHead>", 1), (b"<a/>", n), (b"</DecHead></DecMessage>", 1)])
        },
        comes_to: &[("refused", Some(0))],
    },
    Bomb {
        name: "names of which none comes twice, and no end",
        make: |folder, mib| names(folder, (mib * 90_000).min(700_000)),
        comes_to: &[("refused", Some(1))],
    },
    Bomb {
        name: "references",
        make: |folder, _| {
            plain(folder, &[(b"<DecMessage><A>", 1), (b"&#x41;", MIB), (b"</A></DecMessage>", 1)])
        },
        comes_to: &[("refused", Some(1)), ("MSG-010", Some(1))],
    },
    Bomb {
        name: "comments that begin and do not end",
        make: |folder, mib| plain(folder, &[(b"<DecMessage/>", 1), (b"<!-- ", mib * MIB / 5)]),
        comes_to: &[("MSG-013", None)],
    },
    Bomb {
        name: "messages that begin and do not end",
        make: |folder, mib| plain(folder, &[(b"<DecMessage><DecHead>", mib * 1024)]),
        comes_to: &[("refused", None)],
    },
    Bomb {
        name: "entities that grow",
        make: |folder, _| entities(folder),
        comes_to: &[("refused", Some(1)), ("MSG-002", Some(1))],
    },
    Bomb {
        name: "frames of zstd without end",
        make: |folder, _| frames(folder, 1_001),
        comes_to: &[("MSG-004", Some(1))],
    },
    Bomb {
        name: "a ZIP that unpacks to a thousand times its size",
        make: |folder, mib| zip(folder, "a.zip", &[("a.xml", mib * 8)]),
        comes_to: &[("refused", Some(1)), ("MSG-004", Some(1))],
    },
    Bomb {
        name: "a ZIP of ten thousand entries",
        make: |folder, mib| many_entries(folder, (mib * 300).min(10_000)),
        comes_to: &[("MSG-004", Some(0))],
    },
    Bomb {
        name: "ten thousand files",
        make: |folder, mib| files(folder, (mib * 30).min(10_000)),
        comes_to: &[("MSG-004", Some(0)), ("refused", Some(0))],
    },
    Bomb {
        name: "attachments one after another under zstd",
        make: |folder, mib| attachments(folder, mib * 80),
        comes_to: &[("refused", Some(0))],
    },
];

/// What is put among good messages; the first is nothing.
pub(super) const BAD: &[&str] = &[
    "",
    "<DecMessage><DecHead><IEFlag>E</DecHead></DecMessage>",
    "<DecMessage><DecHead><IEFlag>&#0;</IEFlag></DecHead></DecMessage>",
    "<DecMessage><DecHead><IEFlag>E</IEFlag>",
    "<DecMessage><DecHead><!-- <IEFlag>E</IEFlag></DecHead></DecMessage>",
    "<!DOCTYPE DecMessage [<!ENTITY a 'b'>]><DecMessage><DecHead><IEFlag>&a;</IEFlag></DecHead></DecMessage>",
    "loose text",
    "<p:DecMessage><DecHead/></p:DecMessage>",
];

fn pieces(out: &mut dyn Write, pieces: &[(&[u8], u64)]) -> Result<()> {
    for (piece, n) in pieces {
        for _ in 0..*n {
            out.write_all(piece)?;
        }
    }
    Ok(())
}

fn create(folder: &Path, name: &str) -> Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(
        1 << 18,
        File::create(folder.join(name)).context("the folder takes no file")?,
    ))
}

fn plain(folder: &Path, of: &[(&[u8], u64)]) -> Result<()> {
    let mut out = create(folder, "a.xml")?;
    pieces(&mut out, of)?;
    Ok(out.flush()?)
}

fn zstd(folder: &Path, of: &[(&[u8], u64)]) -> Result<()> {
    let mut out = zstd::Encoder::new(create(folder, "a.xml.zst")?, 1)?;
    pieces(&mut out, of)?;
    Ok(out.finish()?.flush()?)
}

fn bindings(folder: &Path) -> Result<()> {
    let mut out = create(folder, "a.xml")?;
    out.write_all(b"<w")?;
    for number in 0..200_000 {
        write!(out, " xmlns:p{number}='u{number}'")?;
    }
    out.write_all(b"><DecMessage/></w>")?;
    Ok(out.flush()?)
}

fn names(folder: &Path, n: u64) -> Result<()> {
    let mut out = create(folder, "a.xml")?;
    out.write_all(b"<DecMessage>")?;
    for number in 0..n {
        write!(out, "<a{number}/>")?;
    }
    Ok(out.flush()?)
}

fn entities(folder: &Path) -> Result<()> {
    let mut text = "<!DOCTYPE DecMessage [<!ENTITY a0 'aaaaaaaaaa'>".to_owned();
    for level in 1..10 {
        let before = level - 1;
        text.push_str(&format!("<!ENTITY a{level} '{}'>", format!("&a{before};").repeat(10)));
    }
    text.push_str("]><DecMessage><A>&a9;</A></DecMessage>");
    plain(folder, &[(text.as_bytes(), 1)])
}

fn frames(folder: &Path, n: u64) -> Result<()> {
    let frame = zstd::bulk::compress(b"<DecMessage/>", 1)?;
    let mut out = create(folder, "a.xml.zst")?;
    pieces(&mut out, &[(&frame, n)])?;
    Ok(out.flush()?)
}

/// A ZIP of values without end, of so many mebibytes each.
fn zip(folder: &Path, name: &str, entries: &[(&str, u64)]) -> Result<()> {
    let mut zip = zip::ZipWriter::new(File::create(folder.join(name))?);
    for (entry, mib) in entries {
        zip.start_file(*entry, zip::write::SimpleFileOptions::default())?;
        pieces(&mut zip, &[(b"<DecMessage><A>", 1), (&[b'a'; 1 << 16], mib * 16)])?;
    }
    zip.finish()?;
    Ok(())
}

fn many_entries(folder: &Path, n: u64) -> Result<()> {
    let mut zip = zip::ZipWriter::new(File::create(folder.join("a.zip"))?);
    for number in 0..n {
        zip.start_file(format!("{number}.xml"), zip::write::SimpleFileOptions::default())?;
        zip.write_all(b"<DecMessage><DecHead/></DecMessage>")?;
    }
    zip.finish()?;
    Ok(())
}

fn files(folder: &Path, n: u64) -> Result<()> {
    for number in 0..n {
        std::fs::write(folder.join(format!("{number:05}.xml")), b"<DecMessage><DecHead/></DecMessage>")?;
    }
    Ok(())
}

/// Messages with an attachment as long as one may be: what passes through is `mib`, what is kept is next to nothing.
fn attachments(folder: &Path, mib: u64) -> Result<()> {
    let mut block = [b'A'; 1 << 16];
    let mut random = Random::of(1, 0);
    let mut out = zstd::Encoder::new(create(folder, "a.xml.zst")?, 1)?;
    for _ in 0..mib / 12 {
        out.write_all(b"<DecMessage><DecMarkLobs><DecMarkLob><AttachName>a</AttachName><Attachment>")?;
        for _ in 0..12 * 16 {
            // As much as keeps it from packing to less than a thousandth.
            block[..256].fill_with(|| b'A' + random.below(26) as u8);
            out.write_all(&block)?;
        }
        out.write_all(b"</Attachment></DecMarkLob></DecMarkLobs></DecMessage>")?;
    }
    Ok(out.finish()?.flush()?)
}

/// Generated messages, one document each.
pub(super) fn messages(n: u64) -> Result<Vec<Vec<u8>>> {
    let plan = Plan {
        size: Size::Declarations(n),
        shape: Shape::Folder,
        lines: 1..=2,
        certificate_share_bp: 0,
        ..Plan::new(11)
    };
    let mut messages = Vec::new();
    write_folder(&plan, &mut |_, bytes| {
        messages.push(bytes.to_vec());
        Ok(())
    })?;
    Ok(messages)
}
