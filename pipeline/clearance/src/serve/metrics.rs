//! A status in the text format of Prometheus, version 0.0.4.
//!
//! The format is lines of text, and the counters are kept already: a library for it would bring a second set of them.
//! Labels are ids and names of ours, so that no sender can make a new series.

use super::status::{BUCKETS_MICROS, Histogram, Queue, Registers, StageTimes, State, Status};
use std::fmt::Display;

/// What a page of this kind is called.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The status as a page of metrics.
pub fn page(status: &Status) -> String {
    let mut page = Page(String::new());
    page.about_itself(status);
    page.work(status);
    page.queues(&status.queues);
    page.times(status);
    page.books(status);
    page.0
}

struct Page(String);

impl Page {
    fn about_itself(&mut self, status: &Status) {
        self.head("clearance_build_info", "gauge", "version of the program");
        self.sample("clearance_build_info", &[("version", &status.version)], 1);
        self.head("clearance_state", "gauge", "1 for what the service is doing");
        for name in State::NAMES {
            let is_now = u64::from(status.state.name() == name);
            self.sample("clearance_state", &[("state", name)], is_now);
        }
        let seconds = [
            ("clearance_start_time_seconds", "when the service was started, since 1970", status.started_at),
            (
                "clearance_alive_time_seconds",
                "when it last got on with its work, since 1970",
                status.alive_at,
            ),
        ];
        for (name, help, at) in seconds {
            self.one(name, "gauge", help, at.as_second());
        }
        if let Some(process) = &status.process {
            let help = "bytes of memory that are resident";
            self.one("process_resident_memory_bytes", "gauge", help, process.resident_bytes);
            self.one("process_open_fds", "gauge", "open files, connections among them", process.n_open_files);
        }
    }

    fn work(&mut self, status: &Status) {
        let counters = [
            ("clearance_submissions_total", "files settled", status.submissions),
            ("clearance_documents_total", "documents in them", status.documents),
            ("clearance_received_bytes_total", "their bytes as received", status.bytes),
            ("clearance_answers_total", "answers that stand in their folders", status.answers),
            ("clearance_turns_total", "looks at the folders", status.turns),
            ("clearance_troubles_total", "troubles, of which /status tells the last", status.n_troubles),
        ];
        for (name, help, n) in counters {
            self.one(name, "counter", help, n);
        }
        let families = [
            ("clearance_outcomes_total", "documents by outcome", "outcome", &status.outcomes),
            ("clearance_decisions_total", "decisions by disposition", "disposition", &status.dispositions),
            ("clearance_files_moved_total", "files moved out of OutBox", "to", &status.moved),
        ];
        for (name, help, label, counts) in families {
            self.head(name, "counter", help);
            counts.iter().for_each(|(value, n)| self.sample(name, &[(label, value)], n));
        }
        let waiting = status.answers_waiting;
        self.one("clearance_answers_waiting", "gauge", "answers their folders do not take", waiting);
    }

    fn queues(&mut self, queues: &[Queue]) {
        type Of = fn(&Queue) -> String;
        let families: [(&str, &str, Of); 4] = [
            ("clearance_queue_files", "complete files that wait", |it| it.n_files.to_string()),
            ("clearance_queue_bytes", "bytes that wait", |it| it.n_bytes.to_string()),
            ("clearance_queue_oldest_age_seconds", "age of the oldest file that waits", |it| {
                decimal(it.oldest_millis, 3)
            }),
            ("clearance_queue_left_alone", "1 while a folder is left alone after trouble", |it| {
                u64::from(it.trouble.is_some()).to_string()
            }),
        ];
        for (name, help, of) in families {
            self.head(name, "gauge", help);
            for queue in queues {
                let labels = [("folders", &*queue.folders), ("business", &*queue.business)];
                self.sample(name, &labels, of(queue));
            }
        }
        let oldest = queues.iter().map(|queue| queue.oldest_millis).max().unwrap_or(0);
        let help = "age of the oldest file that waits anywhere: set the alert on this";
        self.one("clearance_oldest_waiting_age_seconds", "gauge", help, decimal(oldest, 3));
    }

    fn times(&mut self, status: &Status) {
        let turn = [StageTimes { name: String::new(), times: status.turn.clone() }];
        self.histograms("clearance_turn_seconds", "how long turns took", "", &turn);
        self.histograms("clearance_stage_seconds", "how long stages of turns took", "stage", &status.stages);
        self.histograms("clearance_sync_seconds", "how long syncs took", "of", &status.syncs);
        let acknowledged = [StageTimes { name: String::new(), times: status.acknowledged.clone() }];
        let help = "from when a file was first seen until it was acknowledged";
        self.histograms("clearance_acknowledge_seconds", help, "", &acknowledged);
    }

    fn books(&mut self, status: &Status) {
        let index = status.head.as_ref().map_or(0, |head| head.index);
        self.one("clearance_journal_index", "gauge", "index of the last durable record", index);
        let is_stale = u64::from(matches!(status.registers, Registers::Stale { .. }));
        let help = "1 while the folder of registers holds what does not load";
        self.one("clearance_registers_stale", "gauge", help, is_stale);
        self.head("clearance_law_info", "gauge", "digests of what is decided by");
        let labels = [("rulebook", &*status.law.rulebook), ("registers", &*status.law.registers)];
        self.sample("clearance_law_info", &labels, 1);
    }

    fn histograms(&mut self, name: &str, help: &str, label: &str, kinds: &[StageTimes]) {
        self.head(name, "histogram", help);
        for kind in kinds {
            let own: &[(&str, &str)] = if label.is_empty() { &[] } else { &[(label, &kind.name)] };
            self.histogram(name, own, &kind.times);
        }
    }

    fn histogram(&mut self, name: &str, labels: &[(&str, &str)], times: &Histogram) {
        let mut n = 0;
        let bucket = format!("{name}_bucket");
        let bounds = BUCKETS_MICROS.iter().map(|micros| decimal(*micros, 6));
        for (count, bound) in times.counts.iter().zip(bounds.chain(["+Inf".to_owned()])) {
            n += count;
            let labels: Vec<(&str, &str)> = labels.iter().copied().chain([("le", &*bound)]).collect();
            self.sample(&bucket, &labels, n);
        }
        self.sample(&format!("{name}_sum"), labels, decimal(times.sum_micros, 6));
        self.sample(&format!("{name}_count"), labels, n);
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.head(name, kind, help);
        self.sample(name, &[], value);
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        self.0.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> =
            labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        self.0.push_str(&format!("{name}{labels} {value}\n"));
    }
}

/// A label's value as the format wants it.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// A count of parts as a decimal number: `decimal(1_500, 3)` is 1.5. No number goes through a float here.
fn decimal(parts: u64, places: u32) -> String {
    let one = 10_u64.pow(places);
    let fraction = format!("{:0width$}", parts % one, width = places as usize);
    match fraction.trim_end_matches('0') {
        "" => (parts / one).to_string(),
        fraction => format!("{}.{fraction}", parts / one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::tests::sample;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_written_without_floats() {
        assert_eq!(decimal(1_500, 3), "1.5");
        assert_eq!(decimal(0, 6), "0");
        assert_eq!(decimal(100, 6), "0.0001");
        assert_eq!(decimal(1_800_000_000, 6), "1800");
        assert_eq!(decimal(u64::MAX, 6), "18446744073709.551615");
    }

    #[test]
    fn a_label_cannot_break_out_of_its_quotes() {
        let mut page = Page(String::new());
        page.sample("a", &[("b", "c\"} 1\n\\")], 2);
        assert_eq!(page.0, "a{b=\"c\\\"} 1\\n\\\\\"} 2\n");
    }

    /// The whole page of a made-up status but its histograms, which have a test of their own.
    #[test]
    fn a_status_is_a_page_of_metrics() {
        let is_time = |line: &&str| {
            ["turn", "stage", "sync", "acknowledge"]
                .iter()
                .any(|it| line.contains(&format!("clearance_{it}_seconds")))
        };
        let page = page(&sample());
        let lines: Vec<&str> = page.lines().filter(|line| !is_time(line)).collect();
        expect_test::expect_file!["tests/metrics.txt"].assert_eq(&(lines.join("\n") + "\n"));
    }

    /// The page for operators says what each metric is, and names none there is not.
    #[test]
    fn the_page_for_operators_names_every_metric() {
        let text = include_str!("../../../../ops/serve.md");
        let told: BTreeSet<&str> =
            text.split('`').filter(|it| it.starts_with("clearance_") || it.starts_with("process_")).collect();
        let page = page(&sample());
        let families = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
        assert_eq!(told, families.collect());
    }

    /// Two times of 100 µs and one of 150 µs: the first bucket ends at 100 µs inclusive, each counts those before it.
    #[test]
    fn buckets_count_all_that_is_not_longer() {
        let mut counts = vec![0; BUCKETS_MICROS.len() + 1];
        (counts[0], counts[1]) = (2, 1);
        let mut page = Page(String::new());
        page.histogram("t", &[("of", "journal")], &Histogram { counts, sum_micros: 350 });
        let lines: Vec<&str> = page.0.lines().collect();
        assert_eq!(
            lines[..3],
            [
                "t_bucket{of=\"journal\",le=\"0.0001\"} 2",
                "t_bucket{of=\"journal\",le=\"0.0002\"} 3",
                "t_bucket{of=\"journal\",le=\"0.0005\"} 3",
            ]
        );
        assert_eq!(
            lines[19..],
            [
                "t_bucket{of=\"journal\",le=\"1800\"} 3",
                "t_bucket{of=\"journal\",le=\"+Inf\"} 3",
                "t_sum{of=\"journal\"} 0.00035",
                "t_count{of=\"journal\"} 3",
            ]
        );
    }
}
