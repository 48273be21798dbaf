//! What an operator sees while a run goes on: notices, and on a terminal how far it is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Standard error while a run goes on, or nothing.
pub struct Progress {
    bar: ProgressBar,
    is_silent: bool,
}

impl Progress {
    /// On standard error; the bar is drawn only when that is a terminal.
    pub fn on_standard_error() -> Progress {
        Progress {
            bar: ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(8)),
            is_silent: false,
        }
    }

    /// Nothing is drawn or said.
    pub fn hidden() -> Progress {
        Progress { bar: ProgressBar::hidden(), is_silent: true }
    }

    /// Says a line, whether or not there is a terminal.
    pub fn say(&self, line: &str) {
        if !self.is_silent {
            self.bar.suspend(|| eprintln!("clearance: {line}"));
        }
    }

    /// Does something that writes to the terminal, with the bar out of its way.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// So many bytes will be read.
    pub fn begin(&self, bytes: u64) {
        let style = ProgressStyle::with_template(
            "{bar:32} {percent:>3}%  {bytes}/{total_bytes}  {binary_bytes_per_sec}  {msg}  ETA {eta}",
        );
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_length(bytes);
    }

    /// So many documents are settled, so many bytes read.
    pub fn at(&self, n_documents: u64, n_bytes: u64) {
        self.bar.set_position(n_bytes);
        let seconds = self.bar.elapsed().as_millis().max(1);
        let rate = u128::from(n_documents) * 1_000 / seconds;
        self.bar.set_message(format!("{n_documents} documents, {rate}/s"));
    }

    /// So many trials will be made.
    pub fn begin_trials(&self, n: usize) {
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len}  {msg}  ETA {eta}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_length(n as u64);
    }

    /// So many trials are done, and this comes next.
    pub fn trial(&self, n_done: usize, next: String) {
        self.bar.set_position(n_done as u64);
        self.bar.set_message(next);
    }

    /// Done: the bar goes away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Time since it was begun, in milliseconds.
    pub fn elapsed_ms(&self) -> u128 {
        self.bar.elapsed().as_millis()
    }
}
