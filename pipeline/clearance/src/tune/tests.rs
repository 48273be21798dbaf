//! Tuning on a machine that is made up, so that what it says can be reckoned by hand.

use super::*;
use crate::record::Compression;
use crate::serve::config::{Config, load};
use crate::world::memory::Memory;
use std::path::Path;

/// A batch of 1,000 documents and 10 MB; the same decisions always.
fn measured(wall_us: u64) -> Measured {
    let results = Results { decisions: [7; 32], journal: "9:b3:00".to_owned() };
    Measured { wall_us, resident_max_bytes: 80_000_000, n_documents: 1_000, n_bytes: 10_000_000, results }
}

fn tuned(time_of: impl Fn(&Setting) -> u64) -> Tuned {
    tune(2, 3, |setting| Ok(measured(time_of(setting))), |_, _, _| {}).unwrap()
}

/// One second; a window of 1 MiB takes 200 ms off, and level 1 takes 50 ms more.
fn time_of(setting: &Setting) -> u64 {
    let threads = if setting.n_threads == 1 { 700_000 } else { 0 };
    let window = if setting.window_bytes == 1 << 20 { 200_000 } else { 0 };
    let packing = if setting.compression == Compression::Medium { 50_000 } else { 0 };
    1_000_000 + threads + packing - window
}

#[test]
fn everything_is_tried_in_rotation_once_to_warm_up_and_then_as_often_as_asked() {
    let mut order = Vec::new();
    let mut told = Vec::new();
    let measure = |setting: &Setting| {
        order.push(*setting);
        Ok(measured(time_of(setting)))
    };
    let tuned = tune(2, 3, measure, |n_done, n, _| told.push((n_done, n))).unwrap();
    // The defaults; one thread; five windows; four levels; three ways of the allocator.
    assert_eq!(tuned.tried.len(), 1 + 1 + 5 + 4 + 3);
    // The defaults once more behind each rotation, and in the end two settings against one another.
    assert_eq!(order.len(), 15 * 4 + 2 * 3);
    assert_eq!(order[..14], order[15..29]);
    assert_eq!((order[0], order[14]), (tuned.tried[0].setting, tuned.tried[0].setting));
    assert!(tuned.tried.iter().all(|it| it.walls_us.len() == 3));
    assert_eq!(told, (0..66).map(|n| (n, 66)).collect::<Vec<_>>());
}

#[test]
fn what_is_faster_is_recommended_with_the_gain_it_brings() {
    let tuned = tuned(time_of);
    let usual = tuned.tried[0].setting;
    assert_eq!(tuned.best(), &Setting { window_bytes: 1 << 20, ..usual });
    // 1,000 ms ÷ 800 ms.
    assert_eq!(tuned.gain_bp(), 2_500);
    assert_eq!(tuned.rates(800_000), (1_250, 125));
    let text = print(&tuned, Language::En);
    assert!(text.contains("25.0 % faster than the defaults"), "{text}");
    assert!(text.contains("run: --threads 2 --window 1048576 --compression fastest"), "{text}");
    let row = text.lines().find(|line| line.contains("1 MiB")).unwrap();
    let cells: Vec<&str> = row.split(['│', '┆']).map(str::trim).collect();
    assert_eq!(cells[1..8], ["window", "1 MiB", "800.0", "1250", "12.5", "125.0", "80"]);
    assert!(!text.contains("notice"), "{text}");
    assert!(print(&tuned, Language::Zh).contains("建议设置比默认设置快 25.0%"));
}

#[test]
fn what_is_better_by_no_more_than_the_noise_is_not_better() {
    // The defaults take 1,000 ms and 1,100 ms in turns: 1 MiB in 950 ms says nothing.
    let mut n = 0;
    let measure = |setting: &Setting| {
        n += 1;
        let is_default = *setting == setting::usual(2);
        let wall_us = match (is_default, setting.window_bytes == 1 << 20) {
            (true, _) => 1_000_000 + 100_000 * (n % 15 == 0) as u64,
            (_, true) => 950_000,
            _ => 1_200_000,
        };
        Ok(measured(wall_us))
    };
    let tuned = tune(2, 3, measure, |_, _, _| {}).unwrap();
    assert_eq!(tuned.noise_bp, 1_000);
    assert_eq!((tuned.best(), tuned.gain_bp()), (&setting::usual(2), 0));
    assert!(tuned.last.is_none());
    let text = print(&tuned, Language::En);
    assert!(text.contains("nothing is better by more than the noise (10.0 %"), "{text}");
    assert!(text.contains("run: --threads 2 --window 524288 --compression fastest"), "{text}");
}

#[test]
fn what_is_best_by_itself_may_gain_nothing_together() {
    let tuned = tuned(|setting| match (setting.window_bytes == 1 << 20, setting.n_threads == 1) {
        (true, true) => 1_300_000,
        (true, _) | (_, true) => 900_000,
        _ => 1_000_000,
    });
    assert!(tuned.last.is_some(), "both were better, each by itself");
    assert_eq!((tuned.best(), tuned.gain_bp()), (&setting::usual(2), 0));
    let text = print(&tuned, Language::En);
    assert!(text.contains("single values looked better, but together"), "{text}");
    assert!(print(&tuned, Language::Zh).contains("个别取值单独测得较快"));
}

#[test]
fn a_setting_that_changes_a_result_fails_the_tuning_and_is_named() {
    type Change = fn(&mut Results);
    let otherwise: [(&str, Change); 2] = [
        ("the list of decisions", |it| it.decisions[31] = 8),
        ("the journal", |it| it.journal = "9:b3:01".to_owned()),
    ];
    for (what, change) in otherwise {
        let measure = |setting: &Setting| {
            let mut measured = measured(1_000_000);
            if setting.allocator == Allocator::Keeps {
                change(&mut measured.results);
            }
            Ok(measured)
        };
        let said = tune(2, 3, measure, |_, _, _| {}).map(|_| ()).unwrap_err().to_string();
        let expected = format!(
            "MIMALLOC_PURGE_DELAY=-1 … --threads 2 --window 524288 --compression fastest: {what} came out"
        );
        assert!(said.starts_with(&expected), "{said}");
    }
}

#[test]
fn what_is_written_for_a_service_is_read_by_it() {
    let tuned = tuned(time_of);
    let text = toml(&tuned) + "data = \"/d\"\n[[folders]]\nroot = \"/srv/a\"\n";
    assert!(text.starts_with("# Written by `clearance tune`: 25.0 % faster"), "{text}");
    let world = Memory::new();
    world.create_dir_all(Path::new("/etc")).unwrap();
    world.create(Path::new("/etc/c.toml")).unwrap().append(text.as_bytes()).unwrap();
    let Config { n_threads, window_bytes, compression, .. } = load(&world, Path::new("/etc/c.toml")).unwrap();
    assert_eq!((n_threads, window_bytes, compression), (2, 1 << 20, Compression::Fastest));
}

#[test]
fn nobody_elses_folder_is_taken_for_trials_or_removed() {
    let world = Memory::new();
    world.create_dir_all(Path::new("/o/trial")).unwrap();
    let batch = Batch { inputs: Vec::new(), arguments: Vec::new() };
    let said = Trials::new(&world, batch, Path::new("/o")).map(|_| ()).unwrap_err().to_string();
    assert!(said.starts_with("/o/trial: it is there already"), "{said}");
    assert!(world.exists(Path::new("/o/trial")).unwrap());
}

#[test]
fn the_drawing_has_a_bar_a_value_and_says_which_to_use() {
    let tuned = tuned(time_of);
    let text = svg(&tuned, Language::Zh);
    // Four panels show the default, too; then the key, and the paper.
    let n = |class: &str| text.matches(&format!("<rect class=\"{class}\"")).count();
    assert_eq!((n("usual"), n("best"), n("bar")), (4 + 1, 1 + 1, 12 + 1));
    // 800 ms are the longest bar, and the defaults reach four fifths of it.
    let widths = |class: &str| -> Vec<u64> {
        let opening = format!("<rect class=\"{class}\" ");
        let width = |it: &str| it.split_once("width=\"")?.1.split_once('"')?.0.parse().ok();
        text.split(&opening).skip(1).filter_map(width).collect()
    };
    let (best, usual) = (widths("best")[1], widths("usual")[1]);
    assert_eq!(usual, best * 4 / 5);
    assert!(text.contains("建议设置快 25.0%"), "{text}");
    assert!(text.contains(">12.5<") && text.contains(">10.0<"), "{text}");
}
