//! The accounts of a run as an operator reads them.

use super::{OTHER, Profile, Stage, WAITING};
use crate::grid::grid;
use model::finding::{Language, Words};

/// A row a stage: time, its share, bytes, and bytes a second.
pub fn print(profile: &Profile, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let whole_us = (profile.wall_us * profile.lanes).max(1);
    let known = |name: &str| Stage::ALL.into_iter().find(|it| it.name() == name).map(Stage::words);
    let named = |name: &str| match name {
        WAITING => say("等待另一路", "waiting for the other lane"),
        OTHER => say("其他", "other"),
        _ => known(name).map_or("", |words| words.in_language(language)),
    };
    let rows = profile.stages.iter().filter(|row| profile.lanes > 1 || row.stage != WAITING).map(|row| {
        let share_bp = row.us * 10_000 / whole_us;
        let rate = if row.bytes == 0 { String::new() } else { (row.bytes / row.us.max(1)).to_string() };
        let share = format!("{}.{:02}", share_bp / 100, share_bp % 100);
        [named(row.stage).to_owned(), milliseconds(row.us), share, megabytes(row.bytes), rate]
    });
    let whole = [say("合计", "all"), &milliseconds(whole_us), "100.00", "", ""].map(str::to_owned);
    let head = [say("环节", "stage"), say("毫秒", "ms"), "%", "MB", say("MB/秒", "MB/s")];
    grid(head, rows.chain([whole]), 4) + &told(profile, language)
}

/// What the table does not say by itself.
fn told(profile: &Profile, language: Language) -> String {
    let (ms, n) = (milliseconds(profile.wall_us), profile.threads);
    let memory = profile.resident_max_bytes.map(megabytes).filter(|it| !it.is_empty());
    match language {
        Language::Zh => {
            let lanes = if profile.lanes > 1 { "；读取和处理两路并行，各占全程" } else { "" };
            let memory = memory.map_or(String::new(), |it| format!("，内存最多 {it} MB"));
            format!("全程 {ms} 毫秒，线程数 {n}{memory}{lanes}\n")
        }
        Language::En => {
            let lanes = if profile.lanes > 1 {
                "; reading and settling are two lanes, each as long as the run"
            } else {
                ""
            };
            let memory = memory.map_or(String::new(), |it| format!(", at most {it} MB of memory"));
            format!("{ms} ms in all on {n} threads{memory}{lanes}\n")
        }
    }
}

fn milliseconds(us: u64) -> String {
    format!("{}.{:03}", us / 1_000, us % 1_000)
}

/// Nothing for nothing: not every stage works on bytes.
fn megabytes(bytes: u64) -> String {
    if bytes == 0 { String::new() } else { format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000) }
}

#[cfg(test)]
mod tests {
    use super::super::Row;
    use super::*;

    fn profile(lanes: u64) -> Profile {
        let row = |stage, us, bytes| Row { stage, us, bytes };
        let stages = vec![
            row("parse", 1_500, 3_000_000),
            row(WAITING, 500 * (lanes - 1), 0),
            row(OTHER, 500 * lanes, 0),
        ];
        Profile {
            wall_us: 2_000,
            threads: lanes as usize,
            lanes,
            stages,
            resident_max_bytes: Some(81_234_567),
        }
    }

    #[test]
    fn the_table_adds_up_and_says_how_it_was_measured() {
        let table = print(&profile(1), Language::En);
        // The widths are the table's; what stands in the cells is ours.
        let cells: Vec<&str> = table.lines().nth(3).unwrap().split(['│', '┆']).map(str::trim).collect();
        assert_eq!(cells[1..6], ["parse: read the fields", "1.500", "75.00", "3.0", "2000"]);
        assert!(!table.contains("waiting"), "{table}");
        assert!(table.ends_with("2.000 ms in all on 1 threads, at most 81.2 MB of memory\n"), "{table}");
        let table = print(&profile(2), Language::Zh);
        assert!(table.contains("等待另一路"), "{table}");
        assert!(table.contains("4.000"), "two lanes are twice as long: {table}");
        assert!(table.ends_with("读取和处理两路并行，各占全程\n"), "{table}");
    }
}
