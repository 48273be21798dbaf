//! A small journal, made by hand from the document, and what must be found in it.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use super::*;
use crate::header::{keyed, own_hash};
use std::collections::BTreeMap;

/// Files in memory.
#[derive(Clone, Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Folder for Files {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        Ok(self.0.iter().rev().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let from = self.0[name].get(offset as usize..offset as usize + into.len());
        into.copy_from_slice(from.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// Writes as the document says.
#[derive(Default)]
struct Writer {
    files: Files,
    heads: Vec<Head>,
    /// Of the last segment, where each frame begins; and the length of the whole.
    starts: Vec<usize>,
}

impl Writer {
    fn head(&self) -> Head {
        self.heads.last().copied().unwrap_or(Head::EMPTY)
    }

    fn segment(&mut self) {
        let number = self.files.0.len() as u32 + 1;
        let mut bytes = b"\xF7clrseg\xFF\x01\0\0\0".to_vec();
        bytes.extend_from_slice(&number.to_le_bytes());
        bytes.extend_from_slice(&(self.head().index + 1).to_le_bytes());
        bytes.extend_from_slice(&self.head().hash);
        let hash = keyed("segment", &bytes);
        bytes.extend_from_slice(&hash);
        self.starts.clear();
        self.files.0.insert(format!("{number:08}.seg"), bytes);
    }

    fn frame(&mut self, commit_first: u64, payloads: &[&str]) {
        let before = self.head();
        let (mut raw, mut hashes) = (Vec::new(), Vec::new());
        for payload in payloads {
            let Head { index, hash } = self.head();
            let hash = own_hash(index + 1, 3, &hash, payload.as_bytes());
            self.heads.push(Head { index: index + 1, hash });
            hashes.extend_from_slice(&hash);
            raw.push(3);
            raw.extend_from_slice(&(payload.len() as u32).to_le_bytes());
            raw.extend_from_slice(payload.as_bytes());
        }
        let packed = zstd::bulk::compress(&raw, 1).unwrap();
        let body = [hashes, packed.clone()].concat();
        let mut bytes = b"\xF7clrfrm\xFF\x01\0\0\0".to_vec();
        bytes.extend_from_slice(&(payloads.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(before.index + 1).to_le_bytes());
        bytes.extend_from_slice(&commit_first.to_le_bytes());
        bytes.extend_from_slice(&(raw.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&before.hash);
        bytes.extend_from_slice(&self.head().hash);
        bytes.extend_from_slice(&keyed("body", &body));
        let hash = keyed("frame", &bytes);
        let segment = self.files.0.last_entry().unwrap().into_mut();
        self.starts.push(segment.len());
        segment.extend_from_slice(&bytes);
        segment.extend_from_slice(&hash);
        segment.extend_from_slice(&body);
    }
}

/// Two segments of seven records: three in the first; in the second a commit of one, and one of two frames.
fn journal() -> Writer {
    let mut writer = Writer::default();
    writer.segment();
    writer.frame(1, &["one", "two", "three"]);
    writer.segment();
    writer.frame(4, &["four"]);
    writer.frame(5, &["five", "six"]);
    writer.frame(5, &["seven"]);
    writer
}

fn end(files: &Files, published: &[Head]) -> End {
    verify(&mut files.clone(), published).unwrap().end
}

fn fault(first_bad_index: u64, segment: u32, offset: usize, harm: Harm) -> Fault {
    Fault { first_bad_index, segment: format!("{segment:08}.seg"), offset: offset as u64, harm }
}

const LAST: &str = "00000002.seg";

#[test]
fn what_is_whole_is_whole_and_has_its_heads() {
    let writer = journal();
    let verdict = verify(&mut writer.files.clone(), &writer.heads).unwrap();
    let after = Head::EMPTY;
    assert_eq!(verdict, Verdict { after, head: writer.heads[6], n_segments: 2, n_heads: 7, end: End::Whole });
    let empty = verify(&mut Files::default(), &[Head::EMPTY]).unwrap();
    assert_eq!(empty, Verdict { after, head: Head::EMPTY, n_segments: 0, n_heads: 1, end: End::Whole });
}

#[test]
fn what_is_vouched_for_can_be_read() {
    let mut writer = journal();
    let start = writer.starts[2];
    writer.files.0.get_mut(LAST).unwrap().truncate(start + 100);
    let mut said = Vec::new();
    let mut each =
        |it: Record<'_>| said.push((it.index, it.kind, String::from_utf8_lossy(it.payload).into_owned()));
    let verdict = read(&mut writer.files, &mut each).unwrap();
    assert_eq!(verdict.head, writer.heads[5]);
    let texts = ["one", "two", "three", "four", "five", "six"].map(str::to_owned);
    assert_eq!(said, (1..).zip(texts).map(|(index, text)| (index, 3, text)).collect::<Vec<_>>());
}

#[test]
fn a_torn_end_is_unfinished_and_damage_once_a_head_was_published() {
    let mut writer = journal();
    let start = writer.starts[2];
    writer.files.0.get_mut(LAST).unwrap().truncate(start + 100);
    let torn = fault(7, 2, start, Harm::CutShort);
    assert_eq!(end(&writer.files, &[]), End::Unfinished(torn.clone()));
    assert_eq!(end(&writer.files, &writer.heads[..6]), End::Unfinished(torn.clone()));
    assert_eq!(end(&writer.files, &writer.heads), End::Damaged(torn));
}

#[test]
fn a_commit_behind_it_makes_a_torn_frame_damage() {
    let mut writer = journal();
    let at = writer.starts[0];
    writer.files.0.get_mut(LAST).unwrap()[at + 170] ^= 1;
    assert_eq!(end(&writer.files, &[]), End::Damaged(fault(4, 2, at, Harm::BodyChanged)));
}

#[test]
fn an_end_cut_between_frames_is_found_by_a_published_head_alone() {
    let mut writer = journal();
    let start = writer.starts[1];
    writer.files.0.get_mut(LAST).unwrap().truncate(start);
    assert_eq!(end(&writer.files, &[]), End::Whole);
    let missing = Harm::EndMissing { published: 7 };
    assert_eq!(end(&writer.files, &writer.heads[6..]), End::Damaged(fault(5, 2, start, missing)));
}

#[test]
fn a_rewritten_journal_is_found_by_the_heads_of_the_true_one() {
    let writer = journal();
    let mut forged = Writer::default();
    forged.segment();
    forged.frame(1, &["one", "two", "THREE"]);
    forged.frame(4, &["four"]);
    assert_eq!(end(&forged.files, &writer.heads[..2]), End::Whole);
    let len = forged.files.0["00000001.seg"].len();
    let rewritten = fault(3, 1, len, Harm::Rewritten { published: 4 });
    let published = [writer.heads[3], writer.heads[1], writer.heads[6]];
    let verdict = verify(&mut forged.files, &published).unwrap();
    assert_eq!((verdict.head, verdict.end), (writer.heads[1], End::Damaged(rewritten)));
}

#[test]
fn segments_that_are_missing_swapped_or_of_another_journal() {
    let writer = journal();
    let first = writer.files.0["00000001.seg"].clone();
    let mut without = writer.files.clone();
    without.0.remove("00000001.seg");
    let missing = Harm::SegmentMissing { next: LAST.to_owned() };
    assert_eq!(end(&without, &[]), End::Damaged(fault(1, 1, 0, missing)));
    let mut doubled = writer.files.clone();
    doubled.0.insert("00000003.seg".to_owned(), first);
    assert_eq!(end(&doubled, &[]), End::Damaged(fault(8, 3, 0, Harm::Misnamed { number: 1 })));
    let mut other = Writer::default();
    other.segment();
    other.frame(1, &["ONE", "two", "three"]);
    let mut spliced = writer.files.clone();
    spliced.0.append(&mut other.files.0);
    assert_eq!(end(&spliced, &[]), End::Damaged(fault(4, 2, 0, Harm::Strange)));
}

#[test]
fn frames_that_are_left_out_or_doubled() {
    let writer = journal();
    let whole = &writer.files.0[LAST];
    let [four, five, seven] = [writer.starts[0], writer.starts[1], writer.starts[2]];
    let with = |bytes: Vec<u8>| {
        let mut files = writer.files.clone();
        files.0.insert(LAST.to_owned(), bytes);
        end(&files, &[])
    };
    let left_out = [&whole[..four], &whole[five..]].concat();
    assert_eq!(with(left_out), End::Damaged(fault(4, 2, four, Harm::LeftOut { next: 5 })));
    let doubled = [&whole[..five], &whole[four..]].concat();
    assert_eq!(with(doubled), End::Damaged(fault(5, 2, five, Harm::Again { first: 4 })));
    // Whatever becomes of the last commit, its frames do not change places.
    let swapped = [&whole[..five], &whole[seven..], &whole[five..seven]].concat();
    assert_eq!(with(swapped), End::Damaged(fault(5, 2, five, Harm::LeftOut { next: 7 })));
}

/// The first segment went to an archive, as the document says.
fn archived() -> (Files, Files, Writer) {
    let writer = journal();
    let (mut archive, mut here) = (Files::default(), writer.files.clone());
    let first = here.0.remove("00000001.seg").unwrap();
    archive.0.insert("00000001.seg".to_owned(), first);
    let said = format!("clearance journal archived 1\narchive /far/away\n00000001.seg {}\n", writer.heads[2]);
    let hash = blake3::Hash::from_bytes(keyed("archived", said.as_bytes()));
    here.0.insert("archived".to_owned(), format!("{said}{hash}\n").into_bytes());
    (archive, here, writer)
}

#[test]
fn what_is_left_behind_an_archive_is_verified_alone_and_together() {
    let (mut archive, mut here, writer) = archived();
    let alone = verify(&mut here, &writer.heads).unwrap();
    let (after, head) = (writer.heads[2], writer.heads[6]);
    // The head of the third record is the cut itself; the first two lie before it.
    assert_eq!(alone, Verdict { after, head, n_segments: 1, n_heads: 5, end: End::Whole });
    assert!(en(&alone).contains("records 1 to 3 are in the archive"), "{}", en(&alone));
    let together = verify_joined(&mut archive, &mut here, &writer.heads).unwrap();
    let after = Head::EMPTY;
    assert_eq!(together, Verdict { after, head, n_segments: 2, n_heads: 7, end: End::Whole });
    // What a crash left here of a segment that is in the archive changes nothing.
    here.0.insert("00000001.seg".to_owned(), b"half".to_vec());
    assert_eq!(verify(&mut here, &[]).unwrap().end, End::Whole);
    assert_eq!(verify_joined(&mut archive, &mut here, &[]).unwrap().end, End::Whole);
}

#[test]
fn another_archive_or_another_cut_is_found() {
    let (archive, here, writer) = archived();
    let mut other = Writer::default();
    other.segment();
    other.frame(1, &["one", "two", "THREE"]);
    let joined = verify_joined(&mut other.files.clone(), &mut here.clone(), &[]).unwrap();
    // The head at which the segment ended when it went is not met.
    let rewritten = Harm::Rewritten { published: 3 };
    let len = here.0[LAST].len();
    assert_eq!(joined.end, End::Damaged(fault(1, 2, len, rewritten)));
    let nothing = verify_joined(&mut Files::default(), &mut here.clone(), &[]).unwrap();
    let missing = Harm::SegmentMissing { next: LAST.to_owned() };
    assert_eq!(nothing.end, End::Damaged(fault(1, 1, 0, missing)));
    for at in 0..here.0["archived"].len() {
        let mut changed = here.clone();
        changed.0.get_mut("archived").unwrap()[at] ^= 1;
        let end = verify(&mut changed, &[]).unwrap().end;
        assert!(matches!(&end, End::Damaged(it) if it.harm == Harm::ArchivedChanged), "{at}: {end:?}");
    }
    // Everything cut away but what is archived: published heads tell.
    let mut emptied = here.clone();
    emptied.0.remove(LAST);
    assert_eq!(verify(&mut emptied, &[]).unwrap().head, writer.heads[2]);
    let found = verify_joined(&mut archive.clone(), &mut emptied, &writer.heads[6..]).unwrap();
    assert_eq!(found.first_bad_index(), Some(4));
}

#[test]
fn heads_are_read_as_people_write_them() {
    let hex = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    let head = Head { index: 17, hash: keyed_of_nothing() };
    for text in [format!("17:{hex}"), format!("17 b3:{hex}"), format!(" 17:{}\n", hex.to_uppercase())] {
        assert_eq!(text.parse(), Ok(head), "{text}");
    }
    assert_eq!(head.to_string(), format!("17:{hex}"));
    assert!("17".parse::<Head>().is_err() && format!("x:{hex}").parse::<Head>().is_err());
}

/// The plain hash of no bytes, as its specification gives it.
fn keyed_of_nothing() -> [u8; 32] {
    *blake3::hash(b"").as_bytes()
}

#[test]
fn both_languages_name_the_first_bad_record() {
    let mut writer = journal();
    writer.files.0.remove("00000001.seg");
    let verdict = verify(&mut writer.files, &[]).unwrap();
    assert!(
        en(&verdict).contains("(first bad index 1): the segment is missing, the next one is 00000002.seg")
    );
    assert!(zh(&verdict).contains("第一条不可信的记录是第 1 条"));
}
