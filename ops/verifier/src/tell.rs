//! A verdict in words.

use crate::harm::{Fault, Harm, Part};
use crate::{End, Published, Verdict};

/// In English.
pub fn en(verdict: &Verdict) -> String {
    let Verdict { after, head, n_segments, n_heads, end } = verdict;
    let told = match end {
        End::Whole => {
            let published =
                if *n_heads > 0 { format!(", {n_heads} published heads are in it") } else { String::new() };
            let n_records = head.index - after.index;
            format!("{n_records} records in {n_segments} segments, chain whole{published}; head {head}\n")
        }
        End::Unfinished(fault) => format!(
            "journal is good up to index {}; {}: the end is unfinished from byte {} on: {}\n\
             a writer that was stopped leaves that behind, and the next start cuts it off; whether an acknowledged record stood \
             there is known from a published head or a receipt only (--head); head {head}\n",
            head.index,
            fault.segment,
            fault.offset,
            why_en(&fault.harm)
        ),
        End::Damaged(fault) => format!(
            "journal is good up to index {}; {}: damaged at byte {} (first bad index {}): {}\n\
             put back a good copy of this file; nothing has been changed\n",
            head.index,
            fault.segment,
            fault.offset,
            fault.first_bad_index,
            why_en(&fault.harm)
        ),
    };
    match after.index {
        0 => told,
        last => format!(
            "{told}records 1 to {last} are in the archive and were not read (--archive), nor were heads published of them; the \
             chain begins here behind {after}\n"
        ),
    }
}

/// In Chinese.
pub fn zh(verdict: &Verdict) -> String {
    let Verdict { after, head, n_segments, n_heads, end } = verdict;
    let told = match end {
        End::Whole => {
            let published = if *n_heads > 0 {
                format!("，与 {n_heads} 个已公布的链头相符")
            } else {
                String::new()
            };
            let n_records = head.index - after.index;
            format!("共 {n_records} 条记录、{n_segments} 个分段，链条完整{published}；链头 {head}\n")
        }
        End::Unfinished(fault) => format!(
            "日志到第 {} 条为止完好；{} 从第 {} 字节起结尾不完整：{}\n\
             程序中断时会留下这样的结尾，下次启动时截去；其中是否有已经回执的记录，只能用已公布的链头或回执核对（--head）；链头 {head}\n",
            head.index,
            fault.segment,
            fault.offset,
            why_zh(&fault.harm)
        ),
        End::Damaged(Fault { first_bad_index, segment, offset, harm }) => format!(
            "日志到第 {} 条为止完好；{segment} 第 {offset} 字节处损坏（第一条不可信的记录是第 {first_bad_index} 条）：{}\n\
             请用完好的副本换回这个文件；本次核验未作任何改动\n",
            head.index,
            why_zh(harm)
        ),
    };
    match after.index {
        0 => told,
        last => format!(
            "{told}第 1 至 {last} 条已归档，本次未核验（可用 --archive 一并核验），其间公布的链头也未核对；此处的链条从 {after} 之后开始\n"
        ),
    }
}

/// What is to be said of a file of published heads whose lines are not all heads; nothing when they are.
pub fn passed_over_en(published: &Published) -> Option<String> {
    let first = published.passed_over.first()?;
    let n = published.passed_over.len();
    Some(format!(
        "{n} lines of the published heads are not as they were written, the first is line {first}: passed over\n"
    ))
}

/// The same in Chinese.
pub fn passed_over_zh(published: &Published) -> Option<String> {
    let first = published.passed_over.first()?;
    let n = published.passed_over.len();
    Some(format!("已公布的链头中有 {n} 行残缺或被改动，首行为第 {first} 行：未采用\n"))
}

fn why_en(harm: &Harm) -> String {
    let part = |part: &Part| if *part == Part::Segment { "segment" } else { "frame" };
    match harm {
        Harm::SegmentMissing { next } => format!("the segment is missing, the next one is {next}"),
        Harm::ArchivedChanged => "it does not say what went to the archive: changed".to_owned(),
        Harm::NoHeader(it) => format!("there should be a {} header here", part(it)),
        Harm::NewerVersion(version) => format!("format version {version}, this verifier reads 1"),
        Harm::HeaderChanged(it) => format!("the {} header was changed", part(it)),
        Harm::CutShort => "the file is cut short".to_owned(),
        Harm::Misnamed { number } => format!("this is segment {number} under another name"),
        Harm::LeftOut { next } => format!("records are left out, the next one here is {next}"),
        Harm::Again { first } => {
            format!("what begins with record {first} stands here again, or in the wrong place")
        }
        Harm::Strange => "the chain does not go on here: out of another journal, or rewritten".to_owned(),
        Harm::NoCommit => "the frame belongs to no possible commit".to_owned(),
        Harm::Impossible => "the frame header has impossible counts".to_owned(),
        Harm::BodyChanged => "the records of the frame were changed".to_owned(),
        Harm::OtherRecords => "the frame holds other records than its header says".to_owned(),
        Harm::RecordChanged => "the record does not match its own hash".to_owned(),
        Harm::OtherHead => "the frame does not end in the head it names".to_owned(),
        Harm::Rewritten { published } => {
            format!("record {published} is not the one published: the journal was rewritten before it")
        }
        Harm::EndMissing { published } => {
            format!("the end is missing, record {published} was published and is not there")
        }
    }
}

fn why_zh(harm: &Harm) -> String {
    let part = |part: &Part| if *part == Part::Segment { "分段" } else { "数据块" };
    match harm {
        Harm::SegmentMissing { next } => format!("缺少这个分段，后面一个是 {next}"),
        Harm::ArchivedChanged => "归档记录残缺或被改动".to_owned(),
        Harm::NoHeader(it) => format!("此处应为{}头", part(it)),
        Harm::NewerVersion(version) => format!("格式版本为 {version}，本核验程序只识别版本 1"),
        Harm::HeaderChanged(it) => format!("{}头被改动", part(it)),
        Harm::CutShort => "文件被截短".to_owned(),
        Harm::Misnamed { number } => format!("文件名不符，这是第 {number} 号分段"),
        Harm::LeftOut { next } => format!("中间缺少记录，此处接着的是第 {next} 条"),
        Harm::Again { first } => format!("从第 {first} 条开始的内容重复出现或次序错乱"),
        Harm::Strange => "链条在此中断：内容来自别的日志，或被重写".to_owned(),
        Harm::NoCommit => "数据块的提交序号不可能成立".to_owned(),
        Harm::Impossible => "数据块头中的数量不可能成立".to_owned(),
        Harm::BodyChanged => "数据块中的记录被改动".to_owned(),
        Harm::OtherRecords => "数据块中的记录与块头所载不符".to_owned(),
        Harm::RecordChanged => "记录与自身的哈希值不符".to_owned(),
        Harm::OtherHead => "数据块的末尾与块头所载的链头不符".to_owned(),
        Harm::Rewritten { published } => format!("第 {published} 条与已公布的不同：此前的日志被重写"),
        Harm::EndMissing { published } => format!("结尾缺失：第 {published} 条已经公布，现在没有"),
    }
}
