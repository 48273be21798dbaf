//! Following the chain: segment by segment, frame by frame, record by record.

use crate::harm::{Fault, Harm};
use crate::head::Head;
use crate::header::{ENTRY_BYTES, FRAME_BYTES, FrameHeader, SEGMENT_BYTES, SegmentHeader, keyed, own_hash};
use crate::{End, Folder, Record, Segment, Stop};

/// How far the chain has been followed, and the published heads it has met and will meet.
pub(crate) struct Chain<'h> {
    head: Head,
    /// First index of the commit that the last frame belongs to.
    commit_first: u64,
    /// By index.
    published: Vec<&'h Head>,
    n_met: usize,
    /// The first of them that the journal contradicts.
    contradicted: Option<u64>,
    /// Who wants to see the records.
    each: Option<&'h mut dyn FnMut(Record<'_>)>,
}

impl<'h> Chain<'h> {
    /// Begins behind the last record that is not to be followed.
    pub fn new(after: Head, published: &'h [Head], each: Option<&'h mut dyn FnMut(Record<'_>)>) -> Chain<'h> {
        let mut published: Vec<&Head> = published.iter().collect();
        published.sort_unstable();
        let (head, n_met) = (after, 0);
        let mut chain = Chain { head, commit_first: 0, published, n_met, contradicted: None, each };
        chain.meet();
        chain
    }

    /// The last record that is vouched for.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Published heads that fit.
    pub fn n_met(&self) -> usize {
        self.n_met
    }

    /// Goes through one segment.
    pub fn segment(&mut self, folder: &mut dyn Folder, segment: &Segment) -> Result<(), Stop> {
        self.begin(folder, segment)?;
        let mut offset = SEGMENT_BYTES as u64;
        while offset < segment.len {
            offset += self.frame(folder, segment, offset)?;
        }
        Ok(())
    }

    fn begin(&self, folder: &mut dyn Folder, segment: &Segment) -> Result<(), Stop> {
        let fault = |harm| self.fault(segment, 0, harm);
        let mut bytes = [0; SEGMENT_BYTES];
        if segment.len < SEGMENT_BYTES as u64 {
            return Err(fault(Harm::CutShort));
        }
        folder.read(&segment.name, 0, &mut bytes)?;
        let header = SegmentHeader::read(&bytes).map_err(fault)?;
        if header.number != segment.number {
            return Err(fault(Harm::Misnamed { number: header.number }));
        }
        self.continues(header.first_index, &header.before).map_err(fault)
    }

    /// Goes through one frame; its length.
    fn frame(&mut self, folder: &mut dyn Folder, segment: &Segment, offset: u64) -> Result<u64, Stop> {
        let left = segment.len - offset;
        let fault = |harm| self.fault(segment, offset, harm);
        if left < FRAME_BYTES as u64 {
            return Err(fault(Harm::CutShort));
        }
        let mut bytes = [0; FRAME_BYTES];
        folder.read(&segment.name, offset, &mut bytes)?;
        let header = FrameHeader::read(&bytes).map_err(fault)?;
        self.continues(header.first_index, &header.before).map_err(fault)?;
        if header.commit_first < self.commit_first || header.commit_first > header.first_index {
            return Err(fault(Harm::NoCommit));
        }
        if left - (FRAME_BYTES as u64) < header.body_len() {
            return Err(fault(Harm::CutShort));
        }
        let mut body = vec![0; header.body_len() as usize];
        folder.read(&segment.name, offset + FRAME_BYTES as u64, &mut body)?;
        self.records(&header, &body).map_err(|harm| self.fault(segment, offset, harm))?;
        self.commit_first = header.commit_first;
        Ok(FRAME_BYTES as u64 + header.body_len())
    }

    /// Whether what begins with this record comes next.
    fn continues(&self, first_index: u64, before: &[u8; 32]) -> Result<(), Harm> {
        let next = self.head.index + 1;
        match first_index {
            it if it > next => Err(Harm::LeftOut { next: it }),
            it if it < next => Err(Harm::Again { first: it }),
            _ if *before != self.head.hash => Err(Harm::Strange),
            _ => Ok(()),
        }
    }

    /// Computes the own hash of every record of a frame. The head moves up to the last good one.
    fn records(&mut self, header: &FrameHeader, body: &[u8]) -> Result<(), Harm> {
        if keyed("body", body) != header.body {
            return Err(Harm::BodyChanged);
        }
        let (hashes, packed) = body.split_at(header.count as usize * 32);
        let raw = zstd::bulk::decompress(packed, header.raw_len as usize).map_err(|_| Harm::OtherRecords)?;
        let payloads = payloads(&raw, header).ok_or(Harm::OtherRecords)?;
        if hashes[hashes.len() - 32..] != header.head {
            return Err(Harm::OtherHead);
        }
        for ((kind, payload), stored) in payloads.into_iter().zip(hashes.as_chunks::<32>().0) {
            let index = self.head.index + 1;
            let hash = own_hash(index, kind, &self.head.hash, payload);
            if hash != *stored {
                return Err(Harm::RecordChanged);
            }
            self.head = Head { index, hash };
            self.meet();
            if let Some(each) = &mut self.each {
                each(Record { index, kind, payload });
            }
        }
        Ok(())
    }

    /// Holds the record reached against the heads published of it.
    fn meet(&mut self) {
        let passed = self.published.partition_point(|it| it.index < self.head.index);
        for published in self.published[passed..].iter().take_while(|it| it.index == self.head.index) {
            if published.hash == self.head.hash {
                self.n_met += 1;
            } else {
                self.contradicted.get_or_insert(published.index);
            }
        }
    }

    fn fault(&self, segment: &Segment, offset: u64, harm: Harm) -> Stop {
        let first_bad_index = self.head.index + 1;
        Stop::Fault(Fault { first_bad_index, segment: segment.name.clone(), offset, harm })
    }

    /// What the published heads say of an end, and the last record that is vouched for: an unfinished end before a published
    /// record is damage, and so is a whole one.
    pub fn held_against_published(&self, end: End, last: Option<&Segment>) -> (End, Head) {
        let at_end = |first_bad_index, harm| {
            let (segment, offset) = last.map_or((String::new(), 0), |it| (it.name.clone(), it.len));
            End::Damaged(Fault { first_bad_index, segment, offset, harm })
        };
        if let Some(published) = self.contradicted {
            let before = self.published.iter().rfind(|it| it.index < published);
            let vouched = before.map_or(Head::EMPTY, |it| **it);
            return (at_end(vouched.index + 1, Harm::Rewritten { published }), vouched);
        }
        let beyond = self.published.last().map(|it| it.index).filter(|it| *it > self.head.index);
        let end = match (end, beyond) {
            (End::Unfinished(fault), Some(_)) => End::Damaged(fault),
            (End::Whole, Some(published)) => at_end(self.head.index + 1, Harm::EndMissing { published }),
            (end, _) => end,
        };
        (end, self.head)
    }
}

/// Kind and payload of each record of a frame; none when they are not as many as said, to the last byte.
fn payloads<'r>(mut raw: &'r [u8], header: &FrameHeader) -> Option<Vec<(u8, &'r [u8])>> {
    if raw.len() != header.raw_len as usize {
        return None;
    }
    let mut found = Vec::new();
    while !raw.is_empty() {
        let (start, rest) = raw.split_at_checked(ENTRY_BYTES)?;
        let len = u32::from_le_bytes([start[1], start[2], start[3], start[4]]);
        let (payload, rest) = rest.split_at_checked(len as usize)?;
        found.push((start[0], payload));
        raw = rest;
    }
    (found.len() == header.count as usize).then_some(found)
}
